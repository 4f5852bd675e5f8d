"""One installation: its home, its register, and the parts that are opened from both."""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.archive import Archive, open_archive
from archive.settings import ArchiveSettings, archive_settings
from council.live_register import LiveRegister
from council.register import Register, read_register
from crawlers.systems import READABLE
from indexer.index.contract import Engine
from indexer.index.engines import open_engine
from indexer.settings import IndexerSettings, indexer_settings

LOG = logging.getLogger("ratslupe")
DEFAULT_REGISTER = "config/municipalities.yaml"
SETTINGS = (
    "HOME", "REGISTER", "ARCHIVE_URL", "WORKERS", "ENGINE", "ELASTICSEARCH_URL", "ELASTICSEARCH_INDEX",
    "ELASTICSEARCH_USER", "ELASTICSEARCH_PASSWORD", "ELASTICSEARCH_API_KEY", "ELASTICSEARCH_CA",
    "ELASTICSEARCH_SHARDS", "ELASTICSEARCH_REPLICAS", "CONTACT", "PURPOSE_URL", "BASE_URL", "IMPRINT", "PRIVACY",
    "PARENT", "DEMO",
)  # fmt: skip
"""Every setting, without RATSLUPE_ before it; docs/settings.md says what each does."""
TEST_SETTINGS = "RATSLUPE_TEST_"
"""What begins so is for the tests alone."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where everything of one installation is, and how to open it."""

    archive_settings: ArchiveSettings
    indexer_settings: IndexerSettings
    register_path: Path
    quiet: bool = False
    """Whether its processes log warnings and errors only."""
    demo: bool = False
    """Whether its municipalities are invented: its pages say so."""

    @property
    def home(self) -> Path:
        """The folder of everything that is kept."""
        return self.archive_settings.home

    def register(self) -> Register:
        """The register as it stands in the file now. Raises RegisterError with every problem."""
        return read_register(self.register_path, readable=READABLE)

    def live_register(self) -> LiveRegister:
        """The register, read anew whenever its file changes."""
        return LiveRegister(self.register_path, readable=READABLE)

    def archive(self) -> Archive:
        """The archive, opened. Raises ArchiveUnavailable."""
        return open_archive(self.archive_settings)

    def engine(self) -> Engine:
        """The search engine's index. Raises IndexFault when the settings name none."""
        settings = self.indexer_settings
        return open_engine(settings.engine, settings.folder, settings.environment)


def find_installation(
    home: Path | None, register: Path | None, environment: Mapping[str, str] = os.environ
) -> Installation:
    """The installation that the options name, or the environment (RATSLUPE_HOME, RATSLUPE_REGISTER), or the current
    folder (ratslupe-data, config/municipalities.yaml)."""
    archive = archive_settings(home, environment)
    path = register or Path(environment.get("RATSLUPE_REGISTER") or DEFAULT_REGISTER)
    return Installation(archive, indexer_settings(archive.home, environment), path)


def warn_of_unknown_settings(environment: Mapping[str, str] = os.environ) -> None:
    """Log a warning for every RATSLUPE_… in the environment that no part reads: it may be misspelt."""
    for name in sorted(environment):
        setting = name.removeprefix("RATSLUPE_")
        if setting != name and setting not in SETTINGS and not name.startswith(TEST_SETTINGS):
            near = difflib.get_close_matches(setting, SETTINGS, 1)
            remedy = f"did you mean RATSLUPE_{near[0]}?" if near else "docs/settings.md has all settings"
            LOG.warning("%s is no setting: %s", name, remedy)

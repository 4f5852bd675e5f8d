"""Where this installation keeps its things: read from the environment once, by a function."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = "ratslupe-data"


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """`home` is the folder of everything that is kept; `url` is the archive's SQLAlchemy URL."""

    home: Path
    url: str

    @property
    def bytes_folder(self) -> Path:
        """Where fetched bytes wait for the extraction of their text."""
        return self.home / "bytes"


def archive_settings(home: Path | None = None, environment: Mapping[str, str] = os.environ) -> ArchiveSettings:
    """The settings: `home` where given, else RATSLUPE_HOME, else ./ratslupe-data; RATSLUPE_ARCHIVE_URL, else an
    SQLite file in the home."""
    place = (home or Path(environment.get("RATSLUPE_HOME") or DEFAULT_HOME)).expanduser().resolve()
    return ArchiveSettings(place, environment.get("RATSLUPE_ARCHIVE_URL") or f"sqlite:///{place / 'archive.sqlite'}")

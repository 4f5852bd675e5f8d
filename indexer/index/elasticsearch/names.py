"""The names of one installation in a cluster.

ratslupe                                  alias of the build that is searched
ratslupe-previous                         alias of the one before, kept to go back to
ratslupe-v1-20261125t023000-0f3a92c1      one build: schema version, moment, chance
ratslupe-meta                             the writer's lock, and each build's state and vocabulary
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass

from indexer.index.fields import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Names:
    """All names that begin with one alias."""

    alias: str

    @property
    def previous(self) -> str:
        return f"{self.alias}-previous"

    @property
    def meta(self) -> str:
        return f"{self.alias}-meta"

    @property
    def builds(self) -> str:
        """A pattern that every build fits; others may fit it too, see `is_build`."""
        return f"{self.alias}-v*"

    def is_build(self, name: str) -> bool:
        """Whether an index is one of ours."""
        return re.fullmatch(rf"{re.escape(self.alias)}-v\d+-\d{{8}}t\d{{6}}-[0-9a-f]{{8}}", name) is not None

    def new_build(self) -> str:
        """A name that no build has."""
        return f"{self.alias}-v{SCHEMA_VERSION}-{dt.datetime.now(dt.UTC):%Y%m%dt%H%M%S}-{secrets.token_hex(4)}"

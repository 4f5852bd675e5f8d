"""Notes on an OParl answer, and how much of it was left out since it is not public."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.parsing import diagnostics
from crawlers.parsing.provider import provider


@dataclass(slots=True)
class Diagnostics(diagnostics.Diagnostics):
    """`withheld` counts what was left out because it is not public."""

    withheld: int = 0

    def ask_near(self, address: str) -> None:
        """Note an address a spider would ask next, unless it is of another provider (ris-systems A.5, 7)."""
        if provider(urlsplit(address).hostname or "") == provider(urlsplit(self.url).hostname or ""):
            self.links.add(address)

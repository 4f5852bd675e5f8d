"""Notes on an answer of councilservice: without the operator's key, and with the page that people open."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.councilservice.export import without_key
from crawlers.parsing import diagnostics
from crawlers.parsing.diagnostics import WarningKind


@dataclass(slots=True)
class Diagnostics(diagnostics.Diagnostics):
    """`human_page` is the municipality's page."""

    human_page: str | None = None

    def add(self, where: str, what: str, kind: WarningKind | None = None) -> None:
        """Note one thing that was not understood; the key is never in a note."""
        # not super(): a dataclass with slots is another class than the one that was written here
        diagnostics.Diagnostics.add(self, without_key(where), without_key(what), kind)

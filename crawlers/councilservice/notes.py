"""Notes on an answer of councilservice: without the operator's key, and with the page that people open."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers import notes
from crawlers.councilservice.export import without_key


@dataclass(slots=True)
class Notes(notes.Notes):
    """`human_page` is the municipality's page."""

    human_page: str | None = None

    def say(self, where: str, what: str) -> None:
        """Note one thing that was not understood; the key is never in a note."""
        # not super(): a dataclass with slots is another class than the one that was written here
        notes.Notes.say(self, without_key(where), without_key(what))

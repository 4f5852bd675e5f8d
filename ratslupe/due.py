"""What the schedule does with a crawl that is due: the port between when and how."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from council.municipality import Municipality
from crawlers.parsing.provider import provider


class Crawls(Protocol):
    """Gets due crawls run, never two of one municipality and never two of one provider at once."""

    def due(self, entry: Municipality) -> None:
        """It is time; one that waits or runs already is not asked for twice. Returns at once; safe for threads."""
        ...

    def flush(self) -> None:
        """Called every second: hand on what was kept back to be handed on together."""
        ...

    def running(self) -> list[str]:
        """The municipalities that this process crawls now."""
        ...

    def watch(self) -> None:
        """Called now and then: look after what runs."""
        ...

    def stop(self) -> None:
        """Start nothing more, end in order what this process runs."""
        ...


def provider_of(entry: Municipality) -> str:
    """Whose servers a crawl of this municipality asks."""
    return provider(urlsplit(entry.url).hostname or entry.key)

"""Pages that did not come: which the next crawl asks for again, and which are left alone for days that grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from archive.file import AskAgain, next_try
from crawlers.frontier.actions import Key

AGAIN: Final = "again"
"""In a crawl's memory: pages that could not be read."""
FAILURES: Final = "page_failures"
"""In a crawl's memory: of these pages, and of those that the source refuses (404, 410, 403): [how many times in a row,
until when the page is left alone]."""
MOST_REMEMBERED: Final = 2_000
MOST_REFUSED: Final = 10_000


class FailedPages:
    """Those of the crawls before, and of this one. `memory` is the crawl's; `now` is when it began.

    A page that could not be read is asked for by the next crawl, and then after days that grow as a file's do. One that
    the source refuses is asked for after 7, 30, 90 days, or where a full crawl's lists name it."""

    def __init__(self, memory: dict[str, Any], now: dt.datetime) -> None:
        self._memory, self._now = memory, now
        self._known: dict[str, tuple[int, dt.datetime]] = {
            url: (failures, dt.datetime.fromisoformat(until))
            for url, (failures, until) in memory.get(FAILURES, {}).items()
        }
        self._asked: set[str] = set()
        self._unread: dict[str, None] = {}
        self._refused: dict[str, Key] = {}

    def due(self) -> list[str]:
        """The pages that could not be read and are to be read now, though no list may name them."""
        return [url for url in self._memory.get(AGAIN, []) if not self.is_resting(url)]

    def is_resting(self, url: str) -> bool:
        """Whether a page is left alone for now."""
        return url in self._known and self._known[url][1] > self._now

    def was_unread(self, url: str) -> bool:
        """Whether the crawls before could not read it; else the source refused it."""
        return url in self._memory.get(AGAIN, [])

    def asked(self, url: str) -> None:
        """What is known of a page is replaced by what becomes of it now."""
        self._asked.add(url)

    def unread(self, url: str) -> None:
        """It could not be read now."""
        self._unread[url] = None

    def refused(self, url: str, key: Key) -> None:
        """The source does not show it now."""
        self._refused[url] = key

    def remember(self, disbelieved: Collection[Key]) -> None:
        """Tell the next crawl. A refusal that is not believed is asked about again."""
        resting = {url: known for url, known in self._known.items() if self.is_resting(url) and url not in self._asked}
        unread = [*self._unread, *(url for url in self._memory.get(AGAIN, []) if url in resting)][:MOST_REMEMBERED]
        refused = [url for url, key in self._refused.items() if key not in disbelieved]
        counted = {url: self._next(url, AskAgain.SOON) for url in self._unread}
        counted |= {url: self._next(url, AskAgain.LATER) for url in refused}
        kept = set(unread)
        known = {url: entry for url, entry in (resting | counted).items() if url in kept or url not in self._unread}
        self._memory.pop(AGAIN, None)
        self._memory.pop(FAILURES, None)
        if unread:
            self._memory[AGAIN] = unread
        if known:
            newest = list(known.items())[-MOST_REFUSED:]
            self._memory[FAILURES] = {url: (failures, until.isoformat()) for url, (failures, until) in newest}

    def _next(self, url: str, again: AskAgain) -> tuple[int, dt.datetime]:
        """How many times it has failed, and until when it is left alone: not at all after a first bad moment."""
        failures = self._known[url][0] + 1 if url in self._known else 1
        waits = failures - 1 if again is AskAgain.SOON else failures
        until = next_try(again, waits, self._now) if waits else None
        return failures, until or self._now

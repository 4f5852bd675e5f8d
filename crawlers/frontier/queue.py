"""The queue of a crawl of pages: each address and each object once, within a budget; objects' pages after the lists."""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

from council.model import Kind
from crawlers.frontier.actions import Key

MOST_PAGES: Final = 200_000
_ORDER: Final = (Kind.PERSON, Kind.PAPER, Kind.MEETING, Kind.ORGANIZATION)
LISTS_FIRST: Final = len(_ORDER) + 1


def priority_of(key: Key | None) -> int:
    """Lists (None) before organizations before meetings before papers before persons."""
    return LISTS_FIRST if key is None else _ORDER.index(key[0])


class PageQueue:
    """`urls` and `objects` are what has been asked for or waits; `pages` counts the objects by kind."""

    def __init__(self, batch: int | None) -> None:
        self.urls: set[str] = set()
        self.objects: set[Key] = set()
        self.pages: Counter[Kind] = Counter()
        self._batch = batch
        self._later: deque[str] = deque()

    @property
    def is_full(self) -> bool:
        """Whether the budget is used up."""
        return len(self.urls) >= MOST_PAGES

    def holds(self, url: str, key: Key | None) -> bool:
        """Whether the address or its object was asked for already."""
        return url in self.urls or key in self.objects

    def add(self, url: str, key: Key | None) -> None:
        """It is asked for now, or later."""
        self.urls.add(url)
        if key is not None:
            self.objects.add(key)
            self.pages[key[0]] += 1

    def forget(self, url: str) -> None:
        """The address may be asked for once more."""
        self.urls.discard(url)

    def wait(self, url: str) -> None:
        """Ask for it when the lists have come."""
        self._later.append(url)

    def next_batch(self) -> list[str]:
        """What is to be asked for now of what waits."""
        count = len(self._later) if self._batch is None else min(self._batch, len(self._later))
        return [self._later.popleft() for _ in range(count)]

    def clear(self) -> None:
        """Nothing waits any more."""
        self._later.clear()

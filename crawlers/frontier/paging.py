"""Lists that come page by page: when a next page is followed, and why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

PAGES_WITHOUT_NEWS: Final = 3
MOST_LIST_PAGES: Final = 20_000


@dataclass(slots=True)
class Paging:
    """One list. `asked` are the addresses of its pages."""

    asked: set[str] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)
    _pages: int = 0
    _stale: int = 0

    def page_read(self, ids: set[str]) -> None:
        """A page has come, with these objects."""
        self._pages += 1
        self._stale = 0 if ids - self._ids else self._stale + 1
        self._ids |= ids

    def fault_of(self, following: str) -> str | None:
        """Why the next page cannot be one; None where it may be asked for."""
        if following in self.asked:
            return f"page {following} names itself or an earlier page as the next one"
        if self._stale >= PAGES_WITHOUT_NEWS:
            return f"{PAGES_WITHOUT_NEWS} pages in a row without anything new"
        return f"more than {MOST_LIST_PAGES} pages" if self._pages >= MOST_LIST_PAGES else None

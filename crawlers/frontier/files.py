"""How a product's files are asked for, and when the crawl stops asking one host for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

SAME_FAILURE_LIMIT: Final = 20
REFUSED_LIMIT: Final = 5


@dataclass(frozen=True, slots=True)
class FilePolicy:
    """`address` makes the address that is asked for out of the file's own, or raises ValueError saying why it cannot;
    `mask` takes out of a message what nobody may read (an operator's key)."""

    address: Callable[[str], str] = lambda url: url
    mask: Callable[[str], str] = lambda message: message
    follow_redirects: bool = True


ORDINARY_FILES: Final = FilePolicy()


class HostFailures:
    """Counts equal failures in a row, by host: one that answers each request alike is left for the next crawl."""

    def __init__(self) -> None:
        self._in_a_row: Counter[tuple[str, str]] = Counter()
        self._left_alone: set[str] = set()

    def is_left_alone(self, host: str) -> bool:
        """Whether nothing more is asked of a host in this crawl."""
        return host in self._left_alone

    def succeeded(self) -> None:
        """A file has come."""
        self._in_a_row.clear()

    def failed(self, host: str, reason: str, is_refused: bool = False) -> str | None:
        """One more; `is_refused`: the source itself denies it. Says why the host is left alone from now on, if it
        is."""
        self._in_a_row[host, reason] += 1
        limit = REFUSED_LIMIT if is_refused else SAME_FAILURE_LIMIT
        if self._in_a_row[host, reason] != limit or host in self._left_alone:
            return None
        self._left_alone.add(host)
        return f"files of {host} are left for the next run: {limit} times in a row: {reason}"

"""How a product's files are asked for, and when the crawl stops asking one host for them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from archive.file import NEXT_DAY

SAME_FAILURE_LIMIT: Final = 20
REFUSED_LIMIT: Final = 5
RESTING_HOSTS: Final = "resting_file_hosts"
"""In a crawl's memory: the hosts that are asked for no files, since when and why."""


@dataclass(frozen=True, slots=True)
class FilePolicy:
    """`address` makes the address that is asked for out of the file's own, or raises ValueError saying why it cannot;
    `mask` takes out of a message what nobody may read (an operator's key)."""

    address: Callable[[str], str] = lambda url: url
    mask: Callable[[str], str] = lambda message: message
    follow_redirects: bool = True


ORDINARY_FILES: Final = FilePolicy()


class HostFailures:
    """Counts equal failures in a row, by host: one that answers each request alike is asked for no more files until the
    next day. `memory` is the crawl's, kept for the next one; `now` is when this one began to ask for files."""

    def __init__(self, memory: dict[str, Any], now: dt.datetime) -> None:
        self._in_a_row: Counter[tuple[str, str]] = Counter()
        self._now = now
        rests = memory.get(RESTING_HOSTS, {})
        self._resting = {host: rest for host, rest in rests.items() if now - _moment(rest["since"]) < NEXT_DAY}
        memory[RESTING_HOSTS] = self._resting

    def why_left_alone(self, host: str) -> str | None:
        """Why nothing more is asked of a host now; None where it may be asked."""
        rest = self._resting.get(host)
        return rest["why"] if rest else None

    def succeeded(self) -> None:
        """A file has come."""
        self._in_a_row.clear()

    def failed(self, host: str, reason: str, is_refused: bool = False) -> str | None:
        """Count a failure; `is_refused`: the source itself denies the file. Returns why the host is left alone from now
        on, None where it is not."""
        self._in_a_row[host, reason] += 1
        limit = REFUSED_LIMIT if is_refused else SAME_FAILURE_LIMIT
        if self._in_a_row[host, reason] != limit or host in self._resting:
            return None
        why = f"files of {host} are left for the next day: {limit} times in a row: {reason}"
        self._resting[host] = {"since": self._now.isoformat(), "why": why}
        return why


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)

"""What a simulated server was asked: a list of requests, and counts by kind."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request. `time` is in seconds since the epoch, `path` includes the query as it came over the wire."""

    time: float
    path: str
    user_agent: str
    kind: str
    status: int


class RequestLog:
    """Grows with every answer; safe to read while the server runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: list[LoggedRequest] = []
        self._open = 0
        self._most_at_once = 0

    def begin(self) -> None:
        with self._lock:
            self._open += 1
            self._most_at_once = max(self._most_at_once, self._open)

    def end(self, request: LoggedRequest) -> None:
        with self._lock:
            self._open -= 1
            self._lines.append(request)

    def clear(self) -> None:
        """Forget everything so far."""
        with self._lock:
            self._lines.clear()
            self._most_at_once = self._open

    @property
    def lines(self) -> list[LoggedRequest]:
        """The requests so far, in the order of their answers (a copy)."""
        with self._lock:
            return list(self._lines)

    @property
    def counts(self) -> Counter[str]:
        """How many requests by kind: "system", "body list", "body", "paper list", "paper", "download", "robots" …"""
        return Counter(line.kind for line in self.lines)

    @property
    def paths(self) -> list[str]:
        return [line.path for line in self.lines]

    @property
    def most_at_once(self) -> int:
        """The most requests that were being answered at the same time."""
        with self._lock:
            return self._most_at_once

    def __getitem__(self, kind: str) -> int:
        return self.counts[kind]

    def __len__(self) -> int:
        return len(self.lines)

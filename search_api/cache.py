"""A value that is costly to get and may be a little old: kept for a while, renewed by one thread at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

COST_FACTOR: Final = 200
MIN_SECONDS: Final = 1.0
"""A value is kept so many times as long as getting it took, and a second at least: the numbers of a small archive are
right at once, those of a large one cost no more than half a percent of the time."""


class StaleWhileRevalidateCache(Generic[T]):
    """While one thread renews an old value, the others are given the old one instead of waiting. It is kept for
    `seconds` at most."""

    def __init__(self, load: Callable[[], T], seconds: float) -> None:
        self._load = load
        self._seconds = seconds
        self._lock = threading.Lock()
        self._kept: tuple[float, T] | None = None  # (until when, the value)

    def __call__(self) -> T:
        """The value. Raises what getting it raises."""
        kept = self._kept
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        if kept is not None and not self._lock.acquire(blocking=False):
            return kept[1]
        if kept is None:
            self._lock.acquire()
        try:
            newer = self._kept
            if newer is not kept and newer is not None:
                return newer[1]
            begun = time.monotonic()
            value = self._load()
            now = time.monotonic()
            self._kept = (now + min(self._seconds, max(MIN_SECONDS, (now - begun) * COST_FACTOR)), value)
            return value
        finally:
            self._lock.release()

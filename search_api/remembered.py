"""A value that is costly to get and may be a little old: kept for some seconds, renewed by one thread at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """While one thread renews an old value, the others are given the old one instead of waiting."""

    def __init__(self, load: Callable[[], T], seconds: float) -> None:
        self._load = load
        self._seconds = seconds
        self._lock = threading.Lock()
        self._kept: tuple[float, T] | None = None

    def __call__(self) -> T:
        """The value. Raises what getting it raises."""
        kept = self._kept
        if kept is not None and time.monotonic() - kept[0] < self._seconds:
            return kept[1]
        if kept is not None and not self._lock.acquire(blocking=False):
            return kept[1]
        if kept is None:
            self._lock.acquire()
        try:
            newer = self._kept
            if newer is not kept and newer is not None:
                return newer[1]
            value = self._load()
            self._kept = (time.monotonic(), value)
            return value
        finally:
            self._lock.release()

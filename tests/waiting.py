"""How tests wait: for the event itself, not for a while; long enough for a machine that has other things to do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

PATIENCE = 300.0
"""Seconds after which what was waited for does not come any more. Costs nothing where it comes."""
PAUSE = 0.05


def until(holds: Callable[[], object], what: str = "it", seconds: float = PATIENCE) -> None:
    """Wait until it holds; fails when it does not come about."""
    assert eventually(holds, seconds), f"{what} did not come about within {seconds:.0f} s"


def eventually(holds: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Whether it holds before the time is over; asked again and again until it does."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True


def stretched(seconds: float) -> float:
    """A limit that holds on a quiet machine, longer by as much as this one has more to do than it has processors."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))

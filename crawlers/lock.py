"""Never two crawls of one municipality, on whatever machines: a lock that its holder's death releases."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archive.archive import Archive
from archive.locks import LockHeld

LOG = logging.getLogger("ratslupe.crawl")
LOCK_LOST = 6
"""The exit code of a crawl that could not keep its lock."""


class CrawlRunning(Exception):
    """This municipality is being crawled by another process; the message says by which."""


@contextmanager
def crawl_lock(archive: Archive, key: str, lost: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the municipality's lock. Raises CrawlRunning at once when another process holds it. `lost` is called with
    the key when the lock could not be kept; without it this process ends there and then, as if it were killed: what
    it has written is whole, and whatever it would write now could fall into another's crawl."""
    try:
        with archive.holding(f"crawl-{key}", lambda: (lost or end_at_once)(key)):
            yield
    except LockHeld as held:
        raise CrawlRunning(f"{key} is being crawled already, by {held.holder}: wait for it or stop it") from held


def end_at_once(key: str) -> None:
    """End this process without another word to the archive."""
    LOG.error("%s: the archive's server has closed the connection that held the lock; this crawl ends here", key)
    os._exit(LOCK_LOST)

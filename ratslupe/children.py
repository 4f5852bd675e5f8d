"""Looks after crawls in children: accounts of dead ones are closed, silent ones are ended."""

from __future__ import annotations

import datetime as dt
import logging
import subprocess
from collections.abc import Mapping
from contextlib import suppress

from archive.archive import Archive
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from crawlers.lock import CrawlRunning, crawl_lock
from ratslupe.child import stop_children

LOG = logging.getLogger("ratslupe.schedule")
SILENT_AFTER = dt.timedelta(minutes=15)


def notice_dead(archive: Archive, key: str) -> None:
    """Close the account of a crawl that vanished; one that somebody else started and that lives holds its lock."""
    with suppress(CrawlRunning), crawl_lock(archive, key, lambda _: None):
        RunWriter(archive, key).notice_dead()


def notice_all_dead(archive: Archive) -> None:
    """The same for every run that stands as running."""
    for run in RunReader(archive).running():
        notice_dead(archive, run.municipality)


def end_silent(archive: Archive, children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """End those of the crawls (by municipality) that have said nothing for too long."""
    if not children:
        return
    for run in RunReader(archive).running():
        child = children.get(run.municipality)
        if child is not None and run.pid == child.pid and archive.clock() - run.heartbeat_at > SILENT_AFTER:
            LOG.error("%s: silent since %s; it is ended", run.municipality, run.heartbeat_at.isoformat())
            stop_children([child])


def say_how_it_ended(key: str, code: int) -> None:
    """A crawl that ends by itself has told everything; one that was killed has not."""
    if code < 0:
        LOG.error("%s: the crawl's process died (signal %s)", key, -code)

"""Processes that this one starts, crawls above all: each ends with its parent, a silent one is ended, and the run
of a dead one is closed."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from archive.archive import Archive
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from crawlers.lock import CrawlRunning, crawl_lock
from ratslupe.installation import Installation

PARENT = "RATSLUPE_PARENT"
STOP_SECONDS = 20.0


def start_child(installation: Installation, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start `ratslupe ARGUMENTS` for the installation, in a session of its own so that a Ctrl-C on the terminal
    reaches only the supervisor, which then ends its children in order."""
    command = [sys.executable, "-m", "ratslupe", "--home", str(installation.home)]
    command += ["--register", str(installation.register_path), *(["--quiet"] if installation.quiet else []), *arguments]
    environment = os.environ | {PARENT: str(os.getpid())} | ({"RATSLUPE_DEMO": "1"} if installation.demo else {})
    return subprocess.Popen(command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603


def stop_children(children: Sequence[subprocess.Popen[bytes]], seconds: float = STOP_SECONDS) -> None:
    """Ask the children to end (SIGTERM), wait, and end those that do not listen."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        try:
            child.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def end_with_parent() -> None:
    """In a child: end when the parent is gone without having ended it (killed, out of memory)."""
    parent = os.environ.get(PARENT)
    if parent is None or not parent.isdigit():
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    if os.getppid() == int(parent):
        threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


LOG = logging.getLogger("ratslupe.schedule")
SILENT_AFTER = dt.timedelta(minutes=15)


def notice_dead(archive: Archive, key: str) -> None:
    """close the run of a crawl that vanished; one that somebody else started and that lives holds its lock."""
    with suppress(CrawlRunning), crawl_lock(archive, key, lambda _: None):
        RunWriter(archive, key).notice_dead()


def notice_all_dead(archive: Archive) -> None:
    """The same for every run that stands as running."""
    for run in RunReader(archive).running():
        notice_dead(archive, run.municipality)


def end_silent(archive: Archive, children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """End those of the crawls (by municipality) that have been silent for too long."""
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

"""`ratslupe up`: schedule, indexer and server at once, each in its place, until somebody says stop."""

from __future__ import annotations

import logging
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from archive.archive import Archive, ArchiveUnavailable
from archive.locks import FolderLocks, LockHeld
from council.live_register import LiveRegister
from crawlers.settings import crawl_settings
from ratslupe.child_processes import STOP_SECONDS, start_child, stop_children
from ratslupe.errors import PortTaken, SupervisorRunning
from ratslupe.installation import Installation
from ratslupe.local_crawls import LocalCrawls
from ratslupe.plan import PlanFile
from ratslupe.scheduler import CrawlScheduler
from ratslupe.several_machines import is_spread, queue_url
from search_api.settings import search_settings

LOG = logging.getLogger("ratslupe")
READY_SECONDS = 60.0
LOCK = "conductor"
"""The lock of the home; an older version that runs holds it under the same name."""
RESTART_PAUSES = (1.0, 5.0, 30.0, 300.0)


@contextmanager
def only_supervisor(home: Path) -> Iterator[None]:
    """Be the one supervisor of this home. Raises SupervisorRunning at once where there is another."""
    with ExitStack() as stack:
        try:
            stack.enter_context(FolderLocks(home / "locks").hold(LOCK))
        except OSError as error:
            raise ArchiveUnavailable(f"{home} cannot be written into ({error.strerror}): set RATSLUPE_HOME") from error
        except LockHeld as held:
            raise SupervisorRunning(f"ratslupe up runs on {home} already, as {held.holder}") from held
        yield


class SupervisedProcess:
    """A child that is started again when it ends, with growing pauses."""

    def __init__(self, installation: Installation, name: str, arguments: list[str]) -> None:
        self._installation = installation
        self._name = name
        self._arguments = arguments
        self._starts = 0
        self._due = 0.0
        self.child: subprocess.Popen[bytes] | None = None

    def ensure_running(self) -> None:
        """Start it, if it does not run and its pause is over."""
        if self.child is not None and self.child.poll() is None:
            return
        now = time.monotonic()
        if self.child is not None:
            pause = RESTART_PAUSES[min(self._starts, len(RESTART_PAUSES)) - 1]
            LOG.error("the %s ended (code %s); it is started again in %.0f s", self._name, self.child.returncode, pause)
            self._due = now + pause
            self.child = None
        if now >= self._due:
            self._starts += 1
            self.child = start_child(self._installation, self._arguments)

    def terminate(self) -> None:
        """Ask it to end, if it runs."""
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()


def check_port(host: str, port: int) -> None:
    """Raises PortTaken when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(f"{host}:{port} cannot be listened on ({error.strerror}): choose another --port") from error


def check_settings(installation: Installation) -> None:
    """Read every setting that a child reads, so that a wrong one is told here and not by a child again and again.
    Raises ValueError, IndexFault."""
    installation.engine()
    search_settings()
    contact = crawl_settings().contact or ""
    if not installation.demo and not re.search(r"\S@\S|https?://\S", contact):
        LOG.warning(
            "RATSLUPE_CONTACT %s: whoever runs the servers that are asked cannot reach you; write an e-mail address",
            f"is {contact!r}" if contact else "is not set",
        )


def supervise(installation: Installation, host: str, port: int, ready: Callable[[str], None] | None = None) -> None:
    """Run everything until SIGINT or SIGTERM. `ready` is called once with the address when the pages answer.
    Raises RegisterError, ArchiveUnavailable, IndexFault, ValueError (settings that cannot be used), SupervisorRunning,
    PortTaken before anything is started."""
    check_settings(installation)
    with only_supervisor(installation.home):
        _supervise(installation, host, port, ready)


def _supervise(installation: Installation, host: str, port: int, ready: Callable[[str], None] | None) -> None:
    check_port(host, port)
    register = installation.live_register()
    archive = installation.archive()
    stop = threading.Event()

    def asked_to_stop(number: int, _: FrameType | None) -> None:
        LOG.info("stopping (%s)", signal.Signals(number).name)
        stop.set()

    before = {number: signal.signal(number, asked_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    processes = [
        SupervisedProcess(installation, "indexer", ["index", "--follow"]),
        SupervisedProcess(installation, "server", ["serve", "--host", host, "--port", str(port)]),
    ]
    schedule = _schedule(installation, register, archive, processes)
    try:
        for process in processes:
            process.ensure_running()
        if schedule is not None:
            schedule.start()
        if _answers(host, port, stop) and ready is not None:
            ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        while not stop.wait(1.0):
            for process in processes:
                process.ensure_running()
    finally:
        for process in processes:  # all at once: the end takes as long as its slowest part
            process.terminate()
        if schedule is not None:
            schedule.stop()
        stop_children([process.child for process in processes if process.child is not None], 2 * STOP_SECONDS)
        archive.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def _schedule(
    installation: Installation, register: LiveRegister, archive: Archive, processes: list[SupervisedProcess]
) -> CrawlScheduler | None:
    """This process' own schedule; on an archive that several machines share, two more children instead: one that feeds
    the queue, or stands by, and one that works."""
    if not is_spread(installation):
        return CrawlScheduler(register, archive, LocalCrawls(installation, archive), PlanFile(installation.home))
    queue_url(installation)
    processes += [
        SupervisedProcess(installation, "schedule", ["schedule"]),
        SupervisedProcess(installation, "worker", ["work"]),
    ]
    return None


def _answers(host: str, port: int, stop: threading.Event) -> bool:
    """Wait until the server takes connections."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not stop.wait(0.1):
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            continue
    return False

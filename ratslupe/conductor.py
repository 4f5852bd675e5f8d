"""`ratslupe up`: schedule, indexer and server at once, each in its place, until somebody says stop."""

from __future__ import annotations

import logging
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
from ratslupe.child import STOP_SECONDS, start_child, stop_children
from ratslupe.installation import Installation
from ratslupe.local_crawls import LocalCrawls
from ratslupe.plan import PlanFile
from ratslupe.schedule import Schedule
from ratslupe.several_machines import is_spread, queue_url
from search_api.settings import search_settings

LOG = logging.getLogger("ratslupe")
READY_SECONDS = 60.0
RESTART_PAUSES = (1.0, 5.0, 30.0, 300.0)


class ConductorRunning(Exception):
    """Another conductor runs on this home; the message says which."""


@contextmanager
def only_conductor(home: Path) -> Iterator[None]:
    """Be the one conductor of this home. Raises ConductorRunning at once where there is another."""
    with ExitStack() as stack:
        try:
            stack.enter_context(FolderLocks(home / "locks").hold("conductor"))
        except OSError as error:
            raise ArchiveUnavailable(f"{home} cannot be written into ({error.strerror}): set RATSLUPE_HOME") from error
        except LockHeld as held:
            raise ConductorRunning(f"ratslupe up runs on {home} already, as {held.holder}") from held
        yield


class PortTaken(Exception):
    """Something else listens there; the message says what to do."""


class _Kept:
    """A child that is started again when it ends, with growing pauses."""

    def __init__(self, installation: Installation, name: str, arguments: list[str]) -> None:
        self._installation = installation
        self._name = name
        self._arguments = arguments
        self._starts = 0
        self._due = 0.0
        self.child: subprocess.Popen[bytes] | None = None

    def look_after(self) -> None:
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
    crawl_settings()


def conduct(installation: Installation, host: str, port: int, ready: Callable[[str], None] | None = None) -> None:
    """Run everything until SIGINT or SIGTERM. `ready` is called once with the address when the pages answer.
    Raises RegisterError, ArchiveUnavailable, IndexFault, ValueError (settings that cannot be used), ConductorRunning,
    PortTaken before anything is started."""
    check_settings(installation)
    with only_conductor(installation.home):
        _conduct(installation, host, port, ready)


def _conduct(installation: Installation, host: str, port: int, ready: Callable[[str], None] | None) -> None:
    check_port(host, port)
    register = installation.live_register()
    archive = installation.archive()
    stop = threading.Event()

    def asked_to_stop(number: int, _: FrameType | None) -> None:
        LOG.info("stopping (%s)", signal.Signals(number).name)
        stop.set()

    before = {number: signal.signal(number, asked_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    kept = [
        _Kept(installation, "indexer", ["index", "--follow"]),
        _Kept(installation, "server", ["serve", "--host", host, "--port", str(port)]),
    ]
    schedule = _schedule(installation, register, archive, kept)
    try:
        for one in kept:
            one.look_after()
        if schedule is not None:
            schedule.start()
        if _answers(host, port, stop) and ready is not None:
            ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        while not stop.wait(1.0):
            for one in kept:
                one.look_after()
    finally:
        for one in kept:  # all at once: the end takes as long as its slowest part
            if one.child is not None and one.child.poll() is None:
                one.child.terminate()
        if schedule is not None:
            schedule.stop()
        stop_children([one.child for one in kept if one.child is not None], 2 * STOP_SECONDS)
        archive.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def _schedule(
    installation: Installation, register: LiveRegister, archive: Archive, kept: list[_Kept]
) -> Schedule | None:
    """This process' own schedule; on an archive that several machines share, two more children instead: one that feeds
    the queue, or stands by, and one that works."""
    if not is_spread(installation):
        return Schedule(register, archive, LocalCrawls(installation, archive), PlanFile(installation.home))
    queue_url(installation)
    kept += [_Kept(installation, "schedule", ["schedule"]), _Kept(installation, "worker", ["work"])]
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

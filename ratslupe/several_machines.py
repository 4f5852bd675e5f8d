"""`ratslupe schedule` and `ratslupe work`: the two halves of an installation that is spread over several machines."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from types import FrameType

from sqlalchemy.engine import URL, make_url

from archive.archive import Archive, ArchiveUnavailable
from archive.locks import LockHeld
from council.live_register import LiveRegister
from ratslupe.errors import OneMachineOnly, QueueUnusable
from ratslupe.installation import Installation
from ratslupe.plan import SCHEDULE_LOCK, PlanTable

LOG = logging.getLogger("ratslupe.schedule")
STAND_BY_SECONDS = 10.0


def queue_url(installation: Installation) -> URL:
    """The database of the queue, which is the archive's; its tables are made where they are missing. Raises
    OneMachineOnly, QueueUnusable."""
    url = make_url(installation.archive_settings.url)
    if url.get_backend_name() != "postgresql":
        raise OneMachineOnly(
            "the archive is a SQLite file, which one machine has for itself: `ratslupe up` does everything there. For "
            "several machines set RATSLUPE_ARCHIVE_URL=postgresql+psycopg://user@host/database on each of them "
            "(install the extra: ratslupe[postgresql])"
        )
    try:
        from ratslupe.queue_tables import prepare_queue
    except ImportError as error:
        raise OneMachineOnly(f"the queue's library is missing ({error}): install ratslupe[postgresql]") from error
    prepare_queue(url)
    return url


def is_spread(installation: Installation) -> bool:
    """Whether the archive is one that several machines can share."""
    return make_url(installation.archive_settings.url).get_backend_name() == "postgresql"


def work(installation: Installation, at_once: int) -> None:
    """Take crawls from the queue until SIGTERM or SIGINT. Raises RegisterError, ArchiveUnavailable, OneMachineOnly,
    QueueUnusable before anything is started."""
    url = queue_url(installation)
    from ratslupe.visit import ChildVisits
    from ratslupe.worker import Worker

    register, archive = installation.live_register(), installation.archive()
    visits = ChildVisits(installation, archive)

    def wanted(key: str) -> bool:
        entry = register.current().get(key)
        return entry is not None and entry.enabled

    try:
        asyncio.run(Worker(url, at_once, visits.visit, wanted).run(visits.watch()))
    finally:
        archive.close()


def feed(installation: Installation) -> None:
    """Put due crawls into the queue until SIGTERM or SIGINT. Only one on all machines does; the others stand by and
    take over within STAND_BY_SECONDS when it ends. Raises as `work` does."""
    url = queue_url(installation)
    register, archive = installation.live_register(), installation.archive()
    stop, logged = threading.Event(), ""

    def asked_to_stop(number: int, _: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked_to_stop)
    while not stop.is_set():
        try:
            _feed_alone(url, register, archive, stop)
            if not stop.is_set():
                LOG.error("the archive's server has closed the connection that held the lock of the schedule")
        except LockHeld as held:
            why = f"the queue is fed by {held.holder}; this one stands by"
            logged = why if logged == why else _log(why)
        except (ArchiveUnavailable, QueueUnusable) as fault:
            LOG.error("%s", fault)
        stop.wait(STAND_BY_SECONDS)
    archive.close()


def _feed_alone(url: URL, register: LiveRegister, archive: Archive, stop: threading.Event) -> None:
    """Until it is to stop, or could not stay the only one."""
    from ratslupe.crawl_queue import CrawlQueue
    from ratslupe.queued_crawls import QueuedCrawls
    from ratslupe.scheduler import CrawlScheduler

    lost = threading.Event()
    with archive.holding(SCHEDULE_LOCK, lost.set), CrawlQueue(url) as queue:
        schedule = CrawlScheduler(register, archive, QueuedCrawls(queue), PlanTable(archive))
        try:
            schedule.start()
            _log("this process feeds the queue")
            while not lost.is_set() and not stop.wait(1.0):
                pass
        finally:
            schedule.stop()


def _log(what: str) -> str:
    LOG.info("%s", what)
    return what

"""The crawls that wait for a worker, on PostgreSQL: procrastinate's tables, seen from the schedule and the status.

A job's lock is the provider, so that no two of one run anywhere; its queueing lock is the municipality, so that it
waits at most once. Jobs that are done are deleted at once: what became of a crawl stands in the archive."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job
from procrastinate.sql import queries
from sqlalchemy.engine import URL

from archive.session_locks import holder_name
from ratslupe.errors import QueueUnusable
from ratslupe.queue_tables import connection_options

LOG = logging.getLogger("ratslupe.queue")
QUEUE, TASK = "crawl", "crawl"
AT_ONCE = 500
WORKER = re.compile(r"ratslupe work (\d+) on (.*)")


@dataclass(frozen=True, slots=True)
class DueCrawl:
    """A municipality that is to be visited, and the provider that must not be asked by two at once."""

    key: str
    provider: str


@dataclass(frozen=True, slots=True)
class QueueState:
    """What waits and what runs. `waiting_since` is when the one that has waited longest began to."""

    waiting: int
    waiting_since: dt.datetime | None
    running: tuple[str, ...]
    workers: tuple[str, ...]
    """Each as "process 7 on host"."""


class CrawlQueue:
    """The queue, for whoever fills it or looks at it. Not for use by several threads at once."""

    def __init__(self, url: URL) -> None:
        self._options = connection_options(url, holder_name())
        self._connector = SyncPsycopgConnector(kwargs=self._options, min_size=1, max_size=2)
        self._app = App(connector=self._connector)

    def __enter__(self) -> CrawlQueue:
        with _told():
            self._app.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._app.close()

    def put(self, crawls: Sequence[DueCrawl]) -> int:
        """Let crawls wait, but for those that wait or run already; returns how many. Raises QueueUnusable."""
        with _told():
            known = self._known([crawl.key for crawl in crawls])
            jobs = [_job(crawl) for crawl in crawls if crawl.key not in known]
            return sum(self._defer(jobs[start : start + AT_ONCE]) for start in range(0, len(jobs), AT_ONCE))

    def put_back_stalled(self, silent_seconds: float) -> list[str]:
        """Let the crawls of workers wait again that have not been heard of for so long; returns their municipalities.
        Any number may call it at once: one does it. Raises QueueUnusable."""
        with _told(), self._connect() as connection, connection.transaction():
            alone = connection.execute("SELECT pg_try_advisory_xact_lock(hashtext('ratslupe put back'))").fetchone()
            if alone is None or not alone[0]:
                return []
            stalled = connection.execute(
                queries["select_stalled_jobs_by_heartbeat"],
                {"queue": QUEUE, "task_name": TASK, "seconds_since_heartbeat": silent_seconds},
            ).fetchall()
            for job in stalled:
                _put_back(connection, job[0])
            connection.execute(queries["prune_stalled_workers"], {"seconds_since_heartbeat": silent_seconds})
            return [str(job[5]) for job in stalled]

    def state(self) -> QueueState:
        """What waits and what runs now. Raises QueueUnusable."""
        with _told(), self._connect() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ  # all three of the same moment
            depth = connection.execute(
                "SELECT count(*), min(e.at) FROM procrastinate_jobs j LEFT JOIN procrastinate_events e "
                "ON e.job_id = j.id AND e.type = 'deferred' WHERE j.status = 'todo' AND j.queue_name = %s",
                [QUEUE],
            ).fetchone()
            running = connection.execute(
                "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'doing' AND queue_name = %s ORDER BY 1",
                [QUEUE],
            ).fetchall()
            names = connection.execute(
                "SELECT DISTINCT application_name FROM pg_stat_activity WHERE application_name LIKE 'ratslupe work %' "
                "AND datname = current_database() ORDER BY 1"
            ).fetchall()
        waiting, since = depth or (0, None)
        workers = tuple(f"process {found[1]} on {found[2]}" for (name,) in names if (found := WORKER.fullmatch(name)))
        return QueueState(waiting, since, tuple(key for (key,) in running), workers)

    def _known(self, keys: list[str]) -> set[str]:
        asked = "SELECT queueing_lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = %s"
        with self._connector.pool.connection() as connection:
            return {key for (key,) in connection.execute(asked, [QUEUE])} & set(keys)

    def _defer(self, jobs: list[Job]) -> int:
        """All at once, or, where a worker has put one of them back meanwhile, one by one."""
        try:
            return len(self._app.job_manager.batch_defer_jobs(jobs))
        except AlreadyEnqueued:
            return 0 if len(jobs) == 1 else sum(self._defer([job]) for job in jobs)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(**self._options)


def _job(crawl: DueCrawl) -> Job:
    return Job(
        id=None, queue=QUEUE, lock=crawl.provider, queueing_lock=crawl.key, task_name=TASK,
        task_kwargs={"key": crawl.key}, priority=0,
    )  # fmt: skip


def _put_back(connection: psycopg.Connection, job_id: int) -> None:
    """To the place it had; or away, where the municipality waits again by now."""
    no_change: dict[str, Any] = {"new_priority": None, "new_queue_name": None, "new_lock": None}
    try:
        with connection.transaction():
            now = dt.datetime.now(dt.UTC)
            connection.execute(queries["retry_job"], {"job_id": job_id, "retry_at": now, **no_change})
    except psycopg.errors.UniqueViolation:
        connection.execute(queries["finish_job"], {"job_id": job_id, "status": "aborted", "delete_job": True})


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (ConnectorException, psycopg.Error) as error:
        raise QueueUnusable(f"the queue does not answer: {error.__cause__ or error}") from error

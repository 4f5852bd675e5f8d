"""`ratslupe work`: takes crawls from the queue and does each in a child, until told to stop.

A worker that dies is found by its heartbeat: any other puts its crawls back. A crawl that ended, well or badly, is not
done again before its next regular time; only one that was lost with its worker, its lock or on the way out is."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from os import getpid

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from psycopg import Error
from psycopg_pool import PoolTimeout
from sqlalchemy.engine import URL

from crawlers.lock import LOCK_LOST
from ratslupe.crawl_queue import QUEUE, TASK, CrawlQueue
from ratslupe.errors import QueueUnusable
from ratslupe.queue_tables import connection_options

LOG = logging.getLogger("ratslupe.work")
BUSY = 5
Visit = Callable[[str], Awaitable[int]]
"""Crawls the municipality of that key and returns the exit code; when cancelled it ends the crawl and raises on."""


@dataclass(frozen=True, slots=True)
class WorkerIntervals:
    """How often what is looked at, in seconds."""

    poll: float = 5.0
    """For a crawl to take, if nobody has called."""
    heartbeat: float = 10.0
    stalled: float = 45.0
    """A worker that was silent for so long is dead; more than a heartbeat and the end of a child take together."""
    stalled_check: float = 10.0
    """For crawls of dead workers."""
    pause: float = 5.0
    """Before connecting anew, or asking again for a lock that a dead crawl may still hold."""


class LostCrawl(Exception):
    """The crawl was cut off through no fault of its own: it is to wait again."""


class PutBack(BaseRetryStrategy):
    """Crawls that were cut off wait again, at once: a job of the future would block all of its provider."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """See procrastinate."""
        return RetryDecision() if isinstance(exception, LostCrawl | asyncio.CancelledError) else None


class Worker:
    """A worker of the queue. `visit` does the crawl; `wanted` says whether a municipality is still to be visited."""

    LOSSES = 5

    def __init__(
        self,
        url: URL,
        at_once: int,
        visit: Visit,
        wanted: Callable[[str], bool],
        pace: WorkerIntervals = WorkerIntervals(),
    ) -> None:
        self._options = connection_options(url, f"ratslupe work {getpid()} on {socket.gethostname()}")
        self._queue = CrawlQueue(url)
        self._at_once = at_once
        self._visit = visit
        self._wanted = wanted
        self._pace = pace
        self._stopping = False

    async def run(self, *beside: Coroutine[None, None, None]) -> None:
        """Work until SIGTERM or SIGINT; then the crawls are ended in order and wait again. `beside` is done as long."""
        working = asyncio.create_task(self._keep_working())
        others = [asyncio.create_task(task) for task in (self._put_back_stalled(), *beside)]

        def asked_to_stop() -> None:
            LOG.info("stopping")
            self._stopping = True
            working.cancel()

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, asked_to_stop)
        with suppress(asyncio.CancelledError):
            await working
        for task in others:
            task.cancel()

    async def _keep_working(self) -> None:
        """A worker of procrastinate ends when the server does not answer; then another begins."""
        while not self._stopping:
            try:
                async with self._app().open_async() as app:
                    await app.run_worker_async(
                        queues=[QUEUE], concurrency=self._at_once, fetch_job_polling_interval=self._pace.poll,
                        shutdown_graceful_timeout=0, delete_jobs="always", install_signal_handlers=False,
                        update_heartbeat_interval=self._pace.heartbeat, stalled_worker_timeout=self._pace.stalled,
                    )  # fmt: skip
            except (ConnectorException, Error, PoolTimeout) as error:
                LOG.error("the queue does not answer: %s", error.__cause__ or error)
            if not self._stopping:
                LOG.info("connecting to the queue anew in %.0f s", self._pace.pause)
                await asyncio.sleep(self._pace.pause)

    def _app(self) -> App:
        app = App(connector=PsycopgConnector(kwargs=self._options, min_size=1, max_size=4))
        app.task(name=TASK, queue=QUEUE, pass_context=True, retry=PutBack())(self._crawl)
        return app

    async def _crawl(self, context: JobContext, key: str) -> None:
        if not self._wanted(key):
            LOG.info("%s is no longer to be visited: dropped from the queue", key)
            return
        code = await self._visit(key)
        for _ in range(self.LOSSES if context.job.attempts else 0):
            if code != BUSY:
                break
            await asyncio.sleep(self._pace.pause)  # the crawl that died with another worker may still hold its lock
            code = await self._visit(key)
        if code == BUSY:
            LOG.info("%s is being crawled by somebody else: left to them", key)
        if code == LOCK_LOST and context.job.attempts < self.LOSSES:
            raise LostCrawl(key)

    async def _put_back_stalled(self) -> None:
        while True:
            await asyncio.sleep(self._pace.stalled_check)
            try:
                for key in await asyncio.to_thread(self._queue.put_back_stalled, self._pace.stalled):
                    LOG.warning("%s: its worker is dead; it waits again", key)
            except QueueUnusable as fault:
                LOG.warning("crawls of dead workers cannot be looked for: %s", fault)

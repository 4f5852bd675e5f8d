"""A worker on the real queue, with crawls that are only told: taken, put back, dropped, taken over from the dead."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from crawlers.lock import LOCK_LOST
from ratslupe.crawl_queue import CrawlQueue, DueCrawl
from ratslupe.queue_tables import connection_options, prepare_queue
from ratslupe.worker import BUSY, Worker, WorkerIntervals
from tests.postgresql import empty_postgresql
from tests.waiting import until

FAST = WorkerIntervals(poll=0.1, heartbeat=0.3, stalled=1.5, stalled_check=0.3, pause=0.1)
ENDLESS = """
import asyncio, sys
from sqlalchemy.engine import make_url
from ratslupe.worker import Worker
from tests.ratslupe.test_worker import FAST
async def visit(key):
    print(key, flush=True)
    await asyncio.sleep(60)
asyncio.run(Worker(make_url(sys.argv[1]), 2, visit, lambda key: True, FAST).run())
"""


@pytest.fixture
def url() -> URL:
    empty = make_url(empty_postgresql())
    prepare_queue(empty)
    return empty


@pytest.fixture
def queue(url: URL) -> Iterator[CrawlQueue]:
    with CrawlQueue(url) as opened:
        yield opened


class Visits:
    """Crawls that end with the codes a test gives them, in their order; the last for good. Stops the worker when the
    queue is empty."""

    def __init__(self, queue: CrawlQueue, *codes: int) -> None:
        self.queue, self.codes, self.visited = queue, list(codes) or [0], list[str]()
        self.seconds = 0.0

    async def visit(self, key: str) -> int:
        self.visited.append(key)
        await asyncio.sleep(self.seconds)
        return self.codes.pop(0) if len(self.codes) > 1 else self.codes[0]

    async def stop_when_done(self) -> None:
        while (state := await asyncio.to_thread(self.queue.state)).waiting or state.running:
            await asyncio.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    def work(self, url: URL, wanted: Callable[[str], bool] = lambda _: True, at_once: int = 2) -> list[str]:
        asyncio.run(Worker(url, at_once, self.visit, wanted, FAST).run(self.stop_when_done()))
        return self.visited


def jobs(url: URL) -> int:
    with psycopg.connect(**connection_options(url, "test")) as connection:
        row = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
        assert row is not None
        return int(row[0])


@pytest.mark.parametrize("code", [0, 1, 4, 5, -9])
def test_a_crawl_that_ended_however_is_done_once_and_leaves_no_job(url: URL, queue: CrawlQueue, code: int) -> None:
    queue.put([DueCrawl("a", "p"), DueCrawl("b", "p"), DueCrawl("c", "q")])
    assert sorted(Visits(queue, code).work(url)) == ["a", "b", "c"]
    assert jobs(url) == 0


def test_a_municipality_that_is_gone_from_the_register_is_dropped(
    url: URL, queue: CrawlQueue, caplog: pytest.LogCaptureFixture
) -> None:
    queue.put([DueCrawl("a", "p"), DueCrawl("b", "q")])
    with caplog.at_level("INFO", logger="ratslupe.work"):
        assert Visits(queue).work(url, wanted=lambda key: key != "a") == ["b"]
    assert "a is no longer to be visited: dropped from the queue" in caplog.text


def test_a_crawl_that_lost_its_lock_is_done_again_but_not_for_ever(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p")])
    assert Visits(queue, LOCK_LOST, 0).work(url) == ["a", "a"]
    queue.put([DueCrawl("a", "p")])
    assert len(Visits(queue, LOCK_LOST).work(url)) == Worker.LOSSES + 1
    assert jobs(url) == 0


def test_one_taken_from_the_dead_waits_for_the_lock_of_the_dead(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p")])
    with psycopg.connect(**connection_options(url, "test")) as connection:
        connection.execute("UPDATE procrastinate_jobs SET attempts = 1")
    assert Visits(queue, BUSY, BUSY, 0).work(url) == ["a", "a", "a"]


def test_a_worker_that_is_told_to_stop_puts_its_crawls_back(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p"), DueCrawl("b", "q")])
    worker = start(url)
    assert {line(worker), line(worker)} == {"a", "b"}
    assert len(queue.state().workers) == 1
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    worker.communicate()
    state = queue.state()
    assert (state.waiting, state.running, state.workers) == (2, (), ())


def test_the_crawls_of_a_killed_worker_are_taken_by_another(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p"), DueCrawl("b", "q")])
    worker = start(url)
    assert {line(worker), line(worker)} == {"a", "b"}
    worker.kill()
    worker.communicate()
    assert sorted(Visits(queue).work(url)) == ["a", "b"]
    assert jobs(url) == 0


def test_a_worker_whose_connections_are_cut_connects_anew(url: URL, queue: CrawlQueue) -> None:
    worker = start(url)
    until(lambda: bool(queue.state().workers))
    with psycopg.connect(**connection_options(url, "test")) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'ratslupe work%' "
            "AND datname = current_database()"
        )
    queue.put([DueCrawl("a", "p")])
    assert line(worker) == "a"
    worker.kill()
    worker.communicate()


def test_the_end_of_a_crawl_calls_the_workers_to_the_next_of_its_provider(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p"), DueCrawl("b", "p")])
    visits = Visits(queue)
    visits.seconds = 0.3
    slow = WorkerIntervals(poll=3600, heartbeat=0.3, stalled=1.5, stalled_check=0.3, pause=0.1)
    worker = Worker(url, 2, visits.visit, lambda _: True, slow)
    asyncio.run(asyncio.wait_for(worker.run(visits.stop_when_done()), 30))
    assert visits.visited == ["a", "b"]


def start(url: URL) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ENDLESS, url.render_as_string(hide_password=False)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()

"""The queue on a real PostgreSQL: its tables, what waits, what is put back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from procrastinate.schema import SchemaManager
from sqlalchemy.engine import URL, make_url

from ratslupe.crawl_queue import CrawlQueue, DueCrawl
from ratslupe.errors import QueueUnusable
from ratslupe.queue_tables import SCHEMA, connection_options, prepare_queue
from tests.postgresql import empty_postgresql


@pytest.fixture
def url() -> URL:
    empty = make_url(empty_postgresql())
    prepare_queue(empty)
    return empty


@pytest.fixture
def queue(url: URL) -> Iterator[CrawlQueue]:
    with CrawlQueue(url) as opened:
        yield opened


def execute(url: URL, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(**connection_options(url, "test")) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def take(url: URL, worker_seconds_ago: int = 0) -> tuple[object, ...]:
    """As a worker takes a job, one that was last heard of so long ago."""
    heard = f"now() - interval '{worker_seconds_ago} seconds'"
    worker = execute(url, f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({heard}) RETURNING id")[0][0]
    return execute(url, f"SELECT queueing_lock, attempts FROM procrastinate_fetch_job_v2(NULL, {worker})")[0]


def test_the_tables_are_made_once_by_however_many_begin_at_once() -> None:
    url, faults = make_url(empty_postgresql()), list[BaseException]()

    def prepare() -> None:
        try:
            prepare_queue(url)
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=prepare) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert execute(url, "SELECT count(*) FROM version") == [(1,)]
    assert execute(url, "SELECT schemaname FROM pg_tables WHERE tablename = 'procrastinate_jobs'") == [(SCHEMA,)]


def test_tables_of_a_newer_program_are_refused(url: URL) -> None:
    execute(url, "UPDATE version SET step = '99.00.00_01_later'")
    with pytest.raises(QueueUnusable, match=r"99\.00\.00_01_later, which this program does not know"):
        prepare_queue(url)


def test_tables_of_an_older_program_are_brought_up_to_date_when_nobody_works(url: URL, tmp_path: Path) -> None:
    shutil.copytree(SchemaManager.get_migrations_path(), tmp_path / "steps")
    (tmp_path / "steps" / "99.00.00_01_later.sql").write_text("CREATE TABLE later (percent text DEFAULT '%');")
    execute(url, "INSERT INTO procrastinate_workers DEFAULT VALUES")
    with pytest.raises(QueueUnusable, match="1 workers are at work"):
        prepare_queue(url, tmp_path / "steps")
    execute(url, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    prepare_queue(url, tmp_path / "steps")
    assert execute(url, "SELECT step FROM version") == [("99.00.00_01_later",)]
    assert execute(url, "SELECT count(*) FROM later") == [(0,)]


def test_a_server_that_is_away_is_said() -> None:
    with pytest.raises(QueueUnusable, match="cannot be made or read"):
        prepare_queue(make_url("postgresql+psycopg://127.0.0.1:9/nothing"))


def test_a_municipality_waits_at_most_once_and_not_beside_its_own_crawl(url: URL, queue: CrawlQueue) -> None:
    assert queue.put([DueCrawl("a", "p"), DueCrawl("b", "q")]) == 2
    assert queue.put([DueCrawl("a", "p"), DueCrawl("c", "q")]) == 1
    assert take(url) == ("a", 0)
    assert queue.put([DueCrawl("a", "p")]) == 0
    state = queue.state()
    assert (state.waiting, state.running) == (2, ("a",))
    assert state.waiting_since is not None


def test_one_that_another_has_put_in_meanwhile_does_not_keep_the_others_out(
    queue: CrawlQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.put([DueCrawl("b", "q")])
    monkeypatch.setattr(queue, "_known", lambda keys: set())
    assert queue.put([DueCrawl("a", "p"), DueCrawl("b", "q"), DueCrawl("c", "q")]) == 2
    assert queue.state().waiting == 3


def test_no_two_of_one_provider_are_handed_out(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p"), DueCrawl("b", "p"), DueCrawl("c", "q")])
    assert [take(url)[0] for _ in range(3)] == ["a", "c", None]


def test_crawls_of_a_dead_worker_wait_again_and_those_of_a_living_one_do_not(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p"), DueCrawl("b", "q")])
    take(url, worker_seconds_ago=60)
    take(url)
    assert queue.put_back_stalled(45) == ["a"]
    assert queue.put_back_stalled(45) == []
    assert queue.state().running == ("b",)
    assert take(url) == ("a", 1)


def test_a_crawl_of_a_dead_worker_is_let_go_where_its_municipality_waits_again(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p")])
    take(url, worker_seconds_ago=60)
    queue._known = lambda keys: set()  # type: ignore[method-assign]
    assert queue.put([DueCrawl("a", "p")]) == 1
    assert queue.put_back_stalled(45) == ["a"]
    assert (queue.state().waiting, queue.state().running) == (1, ())


def test_two_do_not_put_back_at_once(url: URL, queue: CrawlQueue) -> None:
    queue.put([DueCrawl("a", "p")])
    take(url, worker_seconds_ago=60)
    with psycopg.connect(**connection_options(url, "other")) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('ratslupe put back'))")
        assert queue.put_back_stalled(45) == []
    assert queue.put_back_stalled(45) == ["a"]


def test_a_queue_whose_server_goes_away_says_so(url: URL) -> None:
    execute(url, f"DROP SCHEMA {SCHEMA} CASCADE")
    with pytest.raises(QueueUnusable, match="the queue does not answer"):
        CrawlQueue(url).state()

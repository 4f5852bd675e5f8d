"""Several homes with one archive on PostgreSQL, as several machines have it: crawled, indexed, killed, taken over."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from archive.run import Outcome
from archive.run_reader import RunReader
from tests.postgresql import empty_postgresql
from tests.servers.elasticsearch import free_ports
from tests.simulation.faults import slow
from tests.waiting import PATIENCE, until
from tests.whole.house import KEY, House
from tests.whole.test_up import get
from townhall.oparl.server import OParlServer


@pytest.fixture
def houses(tmp_path: Path, server: OParlServer) -> tuple[House, House]:
    url = empty_postgresql()
    return House(tmp_path / "a", server.url, archive_url=url), House(tmp_path / "b", server.url, archive_url=url)


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that a test starts; ended after it, with all they started."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def outcomes(house: House) -> list[Outcome]:
    archive = house.archive()
    try:
        return [run.outcome for run in reversed(RunReader(archive).history(KEY))]
    finally:
        archive.close()


def test_a_crawl_and_its_index_are_the_same_as_on_one_machine(houses: tuple[House, House], tmp_path: Path) -> None:
    crawler, indexer = houses
    assert crawler.crawl().outcome is Outcome.COMPLETE
    indexer.index()
    alone = House(tmp_path / "alone", _address(crawler))
    alone.crawl()
    alone.index()
    assert indexer.files() == alone.files()
    assert indexer.texts() == alone.texts()
    mine, theirs = (house.search("", "--limit", "100") for house in (indexer, alone))
    assert [hit["id"] for hit in mine["hits"]] == [hit["id"] for hit in theirs["hits"]]
    assert [path for house in houses for path in (house.home / "bytes").rglob("*") if path.is_file()] == []


def _address(house: House) -> str:
    return house.installation.register().municipalities[0].url


def test_up_on_postgresql_schedules_works_indexes_and_serves(
    houses: tuple[House, House], started: list[subprocess.Popen[str]]
) -> None:
    port = free_ports(1)[0]
    started.append(houses[0].start("up", "--port", str(port)))
    until(lambda: get(f"http://127.0.0.1:{port}/api/v1/search?q=")[1].get("total", 0) > 25)
    until(lambda: outcomes(houses[0]) == [Outcome.COMPLETE])
    state = json.loads(houses[1].run("status", "--json").stdout)
    assert state["supervisor"].startswith("process ")
    assert len(state["queue"]["workers"]) == 1
    assert state["municipalities"][0]["next_run"] is not None
    children = psutil.Process(started[0].pid).children(recursive=True)
    started[0].send_signal(signal.SIGTERM)
    assert started[0].wait(PATIENCE) == 0
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    lines = houses[1].run("status").stdout
    assert "supervisor does not run" in lines
    assert "queue: 0 crawls wait; 0 run" in lines


def test_only_one_feeds_the_queue_and_another_takes_over(
    houses: tuple[House, House], started: list[subprocess.Popen[str]]
) -> None:
    started.append(houses[0].start("schedule"))
    until(lambda: str(json.loads(houses[0].run("status", "--json").stdout)["supervisor"]).startswith("process "))
    started.append(houses[1].start("schedule"))
    assert started[1].stdout is not None
    assert f"the queue is fed by process {started[0].pid} on " in started[1].stdout.readline()
    started[0].kill()
    assert "this process feeds the queue" in started[1].stdout.readline()


def test_a_crawl_of_a_machine_that_dies_is_done_by_another(
    houses: tuple[House, House], server: OParlServer, started: list[subprocess.Popen[str]]
) -> None:
    slow(server, 0.2)
    started += [houses[0].start("work"), houses[0].start("schedule")]
    until(lambda: outcomes(houses[0]) == [Outcome.RUNNING])
    started.append(houses[1].start("work", "--at-once", "2"))
    dying = psutil.Process(started[0].pid)
    for process in [dying, *dying.children(recursive=True)]:
        process.kill()
    server.middleware.clear()
    until(lambda: outcomes(houses[1]) == [Outcome.DIED, Outcome.COMPLETE])


def test_a_crawl_ends_in_order_with_its_worker_and_waits_again(
    houses: tuple[House, House], server: OParlServer, started: list[subprocess.Popen[str]]
) -> None:
    slow(server, 0.2)
    started += [houses[0].start("schedule"), houses[0].start("work")]
    until(lambda: outcomes(houses[0]) == [Outcome.RUNNING])
    started[1].send_signal(signal.SIGTERM)
    assert started[1].wait(PATIENCE) == 0
    assert outcomes(houses[0]) == [Outcome.INTERRUPTED]
    state = json.loads(houses[0].run("status", "--json").stdout)["queue"]
    assert (state["waiting"], state["running"], state["workers"]) == (1, {}, [])
    server.middleware.clear()
    started.append(houses[1].start("work"))
    until(lambda: outcomes(houses[0]) == [Outcome.INTERRUPTED, Outcome.COMPLETE])


@pytest.mark.parametrize("word", ["work", "schedule"])
def test_one_machine_is_told_that_it_needs_none_of_it(house: House, word: str) -> None:
    done = house.run(word)
    assert done.returncode == 1
    assert "`ratslupe up` does everything there" in done.stderr
    assert "RATSLUPE_ARCHIVE_URL=postgresql+psycopg://" in done.stderr

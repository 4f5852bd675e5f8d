"""The plan that other processes read, and what is due while the queue is away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import text

from archive.archive import Archive, open_archive
from archive.planned import planned_visits
from archive.run import Outcome, RunMode
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from archive.settings import ArchiveSettings, archive_settings
from council.register import Register
from crawlers.lock import crawl_lock
from ratslupe.child_processes import notice_all_dead
from ratslupe.crawl_queue import DueCrawl
from ratslupe.errors import QueueUnusable
from ratslupe.plan import SCHEDULE_LOCK, PlanFile, PlanTable, plan_in_force, read_plan
from ratslupe.queued_crawls import QueuedCrawls
from ratslupe.scheduler import CrawlScheduler
from tests.postgresql import empty_postgresql
from tests.ratslupe.test_schedule import FAST, Noted, municipality, until

NOON = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)


def test_a_shared_plan_counts_while_its_schedule_runs_and_only_changes_are_written(tmp_path: Path) -> None:
    archive = open_archive(ArchiveSettings(tmp_path, empty_postgresql()))
    plan = PlanTable(archive)
    plan.write({"a": NOON, "b": NOON}, [])
    assert plan_in_force(tmp_path, archive) == {}
    with archive.holding(SCHEDULE_LOCK, lambda: None):
        told = plan_in_force(tmp_path, archive)
    assert told["pid"].startswith("process ")
    assert told["next"] == {"a": NOON.isoformat(), "b": NOON.isoformat()}
    before = written(archive)
    plan.write({"a": NOON, "b": NOON + dt.timedelta(hours=1)}, [])
    after = written(archive)
    assert after["a"] == before["a"]
    assert after["b"] != before["b"]
    PlanTable(archive).write({"a": NOON}, [])
    assert planned_visits(archive) == {"a": NOON}
    archive.close()


def written(archive: Archive) -> dict[str, str]:
    """By municipality, the transaction that wrote its row last."""
    with archive.reading() as connection:
        rows = connection.execute(text("SELECT municipality, xmin::text AS wrote FROM planned"))
        return {row.municipality: row.wrote for row in rows}


def test_the_plan_of_one_machine_is_a_file(tmp_path: Path) -> None:
    archive = open_archive(archive_settings(tmp_path, {}))
    plan = PlanFile(tmp_path)
    plan.write({"a": NOON}, ["b"])
    told = plan_in_force(tmp_path, archive)
    assert (told["next"], told["running"]) == ({"a": NOON.isoformat()}, ["b"])
    plan.withdraw()
    assert plan_in_force(tmp_path, archive) == {}
    archive.close()


class Queue:
    """A queue that is away until it is back."""

    def __init__(self) -> None:
        self.away, self.got = True, list[DueCrawl]()

    def put(self, crawls: Sequence[DueCrawl]) -> int:
        if self.away:
            raise QueueUnusable("the queue does not answer")
        self.got += crawls
        return len(crawls)


def test_what_is_due_while_the_queue_is_away_is_put_in_later_and_once(caplog: pytest.LogCaptureFixture) -> None:
    queue = Queue()
    crawls = QueuedCrawls(cast(Any, queue))
    for _ in range(2):
        crawls.due(municipality("6h"))
        crawls.flush()
    assert caplog.text.count("1 crawls wait in the schedule until it does") == 1
    queue.away = False
    crawls.flush()
    crawls.flush()
    assert queue.got == [DueCrawl("a", "ris.example")]


def test_an_edit_of_the_register_plans_only_what_it_changed(tmp_path: Path) -> None:
    archive = open_archive(archive_settings(tmp_path, {}))
    a, b, c = (municipality("6h").model_copy(update={"key": key}) for key in "abc")
    register = Register((a, b), "1")
    live = SimpleNamespace(problem=None, current=lambda: register)
    noted = Noted()
    scheduler = CrawlScheduler(cast(Any, live), archive, noted, PlanFile(tmp_path), FAST)

    def planned() -> dict[str, str]:
        return cast(dict[str, str], read_plan(tmp_path)["next"])

    scheduler.start()
    until(lambda: sorted(noted.keys) == ["a", "b"] and min(planned().values()) > dt.datetime.now(dt.UTC).isoformat())
    noted.wait()
    before = planned()
    register = Register((a, c), "2")
    until(lambda: planned().keys() == {"a", "c"} and "c" in noted.keys)
    assert planned()["a"] == before["a"]
    register = Register((a, c.model_copy(update={"enabled": False})), "3")
    until(lambda: planned() == {"a": before["a"]})
    assert sorted(noted.keys) == ["a", "b", "c"], "no visit of what did not change"
    scheduler.stop()
    archive.close()


def test_dead_runs_are_noticed_and_living_ones_left_alone(tmp_path: Path) -> None:
    archive = open_archive(archive_settings(tmp_path, {}))
    for key in ("dead", "alive"):
        RunWriter(archive, key).begin(RunMode.FULL)
    runs = RunReader(archive)
    assert {run.municipality for run in runs.running()} == {"dead", "alive"} == runs.last_started().keys()
    with crawl_lock(archive, "alive"):
        notice_all_dead(archive)
    assert [run.municipality for run in runs.running()] == ["alive"]
    assert runs.last()["dead"].outcome is Outcome.DIED
    archive.close()

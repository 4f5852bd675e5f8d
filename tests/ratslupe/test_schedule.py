"""When whose crawl is due."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
import yaml

from archive.archive import Archive, open_archive
from archive.run import Outcome, RunMode
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from archive.settings import archive_settings
from council.live_register import LiveRegister
from council.municipality import Municipality
from council.register import Register
from ratslupe.plan import PLAN_FILE, PlanFile, read_plan, write_whole
from ratslupe.scheduler import CrawlScheduler, Intervals, first_time, trigger_of
from townhall.district import District

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 24, 12, 0, tzinfo=BERLIN)


def municipality(schedule: object) -> Municipality:
    return Municipality.model_validate(
        {
            "key": "a", "name": "A", "kind": "Stadt", "ags": "15088220", "system": "oparl",
            "url": "https://ris.example/oparl", "schedule": schedule,
        }
    )  # fmt: skip


def test_who_was_never_visited_is_due_at_once() -> None:
    assert first_time(trigger_of(municipality("6h")), None, NOW) == NOW


@pytest.mark.parametrize(("hours_ago", "due"), [(1, NOW + dt.timedelta(hours=5)), (9, NOW)])
def test_an_interval_counts_from_the_last_visit(hours_ago: int, due: dt.datetime) -> None:
    assert first_time(trigger_of(municipality("6h")), NOW - dt.timedelta(hours=hours_ago), NOW) == due


def test_a_cron_line_is_in_german_time() -> None:
    due = first_time(trigger_of(municipality("15 3 * * *")), NOW - dt.timedelta(hours=2), NOW)
    assert due == dt.datetime(2026, 11, 25, 3, 15, tzinfo=BERLIN)


def test_a_missed_cron_visit_is_made_up_for() -> None:
    assert first_time(trigger_of(municipality("15 3 * * *")), NOW - dt.timedelta(days=3), NOW) == NOW


def test_the_plan_of_a_supervisor_that_is_gone_does_not_count(tmp_path: Path) -> None:
    assert read_plan(tmp_path) == {}
    write_whole(tmp_path / PLAN_FILE, json.dumps({"pid": os.getpid(), "next": {}}))
    assert read_plan(tmp_path)["pid"] == os.getpid()
    assert read_plan(tmp_path, alive=lambda pid: False) == {}
    (tmp_path / PLAN_FILE).write_text("{ half")
    assert read_plan(tmp_path) == {}


class Noted:
    """Crawls that are only noted, and how often the scheduler looked after them."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.looks = 0

    def due(self, entry: Municipality) -> None:
        self.keys.append(entry.key)

    def watch(self) -> None:
        self.looks += 1

    def flush(self) -> None: ...
    def stop(self) -> None: ...
    def running(self) -> list[str]:
        return []

    def wait(self) -> None:
        """Until everything was looked at a few times more."""
        looks = self.looks
        until(lambda: self.looks >= looks + 4)


FAST = Intervals(register=0.05, watch=0.05, flush=0.05, plan=0.05)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextmanager
def scheduled(archive: Archive, home: Path, entry: Municipality) -> Iterator[Noted]:
    """A scheduler that runs, and what it hands on."""
    noted, register = Noted(), Register((entry,), "1")
    live = SimpleNamespace(problem=None, current=lambda: register)
    scheduler = CrawlScheduler(cast(LiveRegister, live), archive, noted, PlanFile(home), FAST)
    scheduler.start()
    try:
        yield noted
    finally:
        scheduler.stop()


def test_a_source_that_keeps_programs_out_is_left_alone_for_the_day(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    twelve_hours_ago = dt.datetime.now(dt.UTC) - dt.timedelta(hours=12)
    archive = open_archive(archive_settings(tmp_path, {}), lambda: twelve_hours_ago)
    writer = RunWriter(archive, "a")
    writer.begin(RunMode.FULL)
    writer.finish(Outcome.BLOCKED, "bot_challenge: ALTCHA", {}, [], (1, 1), 1.0)
    with caplog.at_level("INFO"), scheduled(archive, tmp_path, municipality("6h")) as noted:
        until(lambda: "a: left alone for the day, since it keeps programs out" in caplog.messages)
        noted.wait()
        assert noted.keys == []
    writer = RunWriter(archive, "a")
    writer.begin(RunMode.FULL)
    writer.finish(Outcome.COMPLETE, None, {}, [], (1, 1), 1.0)  # somebody crawled it by hand
    with scheduled(archive, tmp_path, municipality("6h")) as noted:
        until(lambda: noted.keys == ["a"])
    archive.close()


def test_the_rest_of_a_blocked_source_ends(tmp_path: Path) -> None:
    archive = open_archive(archive_settings(tmp_path, {}))
    writer = RunWriter(archive, "a")
    writer.begin(RunMode.FULL)
    writer.finish(Outcome.BLOCKED, "bot_challenge: ALTCHA", {}, [], (1, 1), 1.0)
    now = archive.clock()
    assert RunReader(archive).blocked_since(now - dt.timedelta(hours=23)) == {"a"}
    assert RunReader(archive).blocked_since(now + dt.timedelta(seconds=1)) == frozenset()
    archive.close()


class Clock:
    """The archive's time, as a test sets it."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


def test_a_visit_that_failed_is_tried_again_after_pauses_that_grow(tmp_path: Path) -> None:
    clock = Clock()
    archive = open_archive(archive_settings(tmp_path, {}), clock)

    def visit(outcome: Outcome) -> None:
        writer = RunWriter(archive, "a")
        writer.begin(RunMode.FULL)
        writer.finish(outcome, "no network", {}, [], (1, 1), 1.0)

    def handed_on_after(minutes: int) -> bool:
        noted.wait()  # what was handed on for the time before
        noted.keys.clear()
        clock.now += dt.timedelta(minutes=minutes)
        noted.wait()
        return "a" in noted.keys

    visit(Outcome.COMPLETE)
    with scheduled(archive, tmp_path, municipality("24h")) as noted:
        assert not handed_on_after(24 * 60), "it did not fail"
        for pause in (10, 60, 240):
            visit(Outcome.FAILED)
            assert not handed_on_after(pause - 1)
            assert handed_on_after(1)
        visit(Outcome.FAILED)
        assert not handed_on_after(24 * 60), "four times in a row: as planned from now on"
        visit(Outcome.COMPLETE)
        assert not handed_on_after(24 * 60)
        visit(Outcome.FAILED)
        assert not handed_on_after(9)
        assert handed_on_after(1), "the row begins anew"
        visit(Outcome.BLOCKED)
        assert not handed_on_after(24 * 60)
    archive.close()


def test_nothing_of_the_demo_is_asked_again_within_the_hour() -> None:
    with District(NOW.date(), papers=8, meetings=4) as district:
        entries = [entry for entry in parsed(district.register()) if entry.enabled]
    assert len(entries) == len(district.places)
    for entry in entries:
        trigger = trigger_of(entry)
        assert first_time(trigger, NOW, NOW) - NOW >= dt.timedelta(hours=1)
        for _ in range(50):  # its starts are spread by chance
            following = trigger.get_next_fire_time(NOW, NOW)
            assert following is not None
            assert following - NOW >= dt.timedelta(hours=1)


def parsed(text: str) -> list[Municipality]:
    raw = yaml.safe_load(text)["municipalities"]
    return [Municipality.model_validate({"key": key, **fields}) for key, fields in raw.items()]

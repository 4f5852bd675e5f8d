"""Runs the country: the real Schedule in this process, real workers beside it, one of which is killed on the way."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import psutil
from sqlalchemy import insert

from archive.archive import Archive, open_archive
from archive.schema import RUN
from archive.settings import ArchiveSettings
from council.live_register import LiveRegister
from council.municipality import Municipality
from council.register import Register
from ratslupe.crawl_queue import CrawlQueue
from ratslupe.plan import PlanTable
from ratslupe.queue_tables import prepare_queue
from ratslupe.queued_crawls import QueuedCrawls
from ratslupe.scheduler import CrawlScheduler
from tests.scale.country import invent_country

REAL_DAY = 86400.0


@dataclass(frozen=True)
class Trial:
    """What is tried: `day` is how many seconds a day takes here; `spread`: visits are spread over the day as they are
    after a while, else all are due at once as on the first day."""

    size: int = 11_000
    day: float = 300.0
    days: float = 1.0
    workers: int = 4
    at_once: int = 16
    spread: bool = True
    drain_seconds: float = 300.0


@dataclass(slots=True)
class Interval:
    """A visit that was begun; `end` is None where its worker was killed."""

    key: str
    begin: float
    end: float | None = None


@dataclass(slots=True)
class Course:
    """What happened. Times are seconds of the clock."""

    due: list[tuple[str, float]] = field(default_factory=list)
    visits: list[Interval] = field(default_factory=list)
    killed_at: float = 0.0
    stopped_at: float = 0.0
    plan_seconds: float = 0.0
    plan_megabytes: float = 0.0
    schedule_cpu_seconds: float = 0.0
    seconds: float = 0.0
    deepest: int = 0
    left_over: int = 0


class _Fixed:
    """A register that does not change."""

    problem = None

    def __init__(self, entries: list[Municipality]) -> None:
        self._register = Register(tuple(entries), "fixed")

    def current(self) -> Register:
        return self._register


class _Noted(QueuedCrawls):
    """The real thing, which notes when what was due."""

    def __init__(self, queue: CrawlQueue, course: Course) -> None:
        super().__init__(queue)
        self._course = course

    def due(self, entry: Municipality) -> None:
        self._course.due.append((entry.key, time.time()))
        super().due(entry)


def run_trial(trial: Trial, url: str) -> Course:
    """Run it on an empty database."""
    course = Course()
    entries = invent_country(trial.size, trial.day)
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(ArchiveSettings(Path(folder), url))
        prepare_queue(archive.engine.url)
        if trial.spread:
            _visited_before(archive, entries, trial.day)
        workers = [_start(url, trial, Path(folder) / f"worker-{number}") for number in range(trial.workers)]
        with CrawlQueue(archive.engine.url) as queue, CrawlQueue(archive.engine.url) as looked_at:
            _supervise(trial, course, entries, archive, queue, looked_at, workers)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait()
        for notes in sorted(Path(folder).glob("worker-*")):
            course.visits += _visits(notes)
        archive.close()
    return course


def _supervise(
    trial: Trial, course: Course, entries: list[Municipality], archive: Archive, queue: CrawlQueue,
    looked_at: CrawlQueue, workers: list[subprocess.Popen[bytes]],
) -> None:  # fmt: skip
    process = psutil.Process()
    before, begun = process.memory_info().rss, time.time()
    schedule = CrawlScheduler(cast(LiveRegister, _Fixed(entries)), archive, _Noted(queue, course), PlanTable(archive))
    schedule.start()
    course.plan_seconds = time.time() - begun
    course.plan_megabytes = (process.memory_info().rss - before) / 1e6
    cpu = sum(process.cpu_times()[:2])
    while (passed := time.time() - begun) < trial.days * trial.day:
        if not course.killed_at and passed > 0.4 * trial.days * trial.day:
            workers[0].kill()
            course.killed_at = time.time()
        course.deepest = max(course.deepest, looked_at.state().waiting)
        time.sleep(0.5)
    course.schedule_cpu_seconds = sum(process.cpu_times()[:2]) - cpu
    schedule.stop()
    course.stopped_at = time.time()
    course.seconds = time.time() - begun
    deadline = time.time() + trial.drain_seconds
    while (state := looked_at.state()).waiting + len(state.running) and time.time() < deadline:
        time.sleep(0.5)
    course.left_over = state.waiting + len(state.running)


def _visited_before(archive: Archive, entries: list[Municipality], day: float) -> None:
    """Everybody was visited at some time of the day before."""
    now = dt.datetime.now(dt.UTC)
    rows = [
        {
            "municipality": entry.key, "mode": "full", "outcome": "complete", "host": "scale", "pid": 1,
            "started_at": (at := now - dt.timedelta(seconds=day * (number * 7919 % len(entries)) / len(entries))),
            "heartbeat_at": at, "finished_at": at,
        }
        for number, entry in enumerate(entries)
    ]  # fmt: skip
    with archive.writing() as connection:
        connection.execute(insert(RUN), rows)


def _start(url: str, trial: Trial, notes: Path) -> subprocess.Popen[bytes]:
    arguments = [url, str(trial.at_once), str(notes), str(REAL_DAY / trial.day)]
    return subprocess.Popen([sys.executable, "-m", "tests.scale.sleeper", *arguments])


def _visits(notes: Path) -> list[Interval]:
    open_ones: dict[str, Interval] = {}
    visits: list[Interval] = []
    for line in notes.read_text().splitlines():
        word, key, moment = line.split()
        if word == "begin":
            open_ones[key] = Interval(key, float(moment))
            visits.append(open_ones[key])
        else:
            open_ones.pop(key).end = float(moment)
    return visits

"""When whose crawl is due: APScheduler, one process a crawl, never two of one municipality or of one provider."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from archive.archive import Archive
from archive.run import Outcome
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from council.live_register import LiveRegister
from council.municipality import Municipality
from crawlers.lock import CrawlRunning, crawl_lock
from crawlers.politeness import provider
from ratslupe.child import start_child, stop_children
from ratslupe.installation import Installation

LOG = logging.getLogger("ratslupe.schedule")
BERLIN = ZoneInfo("Europe/Berlin")
CRAWLS_AT_ONCE = 4
REGISTER_SECONDS = 5
SILENT_AFTER = dt.timedelta(minutes=15)
PLAN_FILE = "schedule.json"


class Schedule:
    """The plan of one installation. `start` returns at once; `stop` ends every crawl it started, in order."""

    def __init__(self, installation: Installation, register: LiveRegister, archive: Archive) -> None:
        self._installation = installation
        self._register = register
        self._archive = archive
        self._scheduler = BackgroundScheduler(timezone=BERLIN)
        self._pool = ThreadPoolExecutor(CRAWLS_AT_ONCE, thread_name_prefix="crawl")
        self._lock = threading.Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._waiting: set[str] = set()
        self._providers: dict[str, threading.Lock] = {}
        self._stopping = False
        self._digest = ""
        self._said = ""

    def start(self) -> None:
        """Plan every enabled municipality; those whose time has passed are due at once."""
        for run in RunReader(self._archive).last().values():
            if run.outcome is Outcome.RUNNING:
                self._notice_dead(run.municipality)
        self._follow_register()
        self._scheduler.add_job(self._follow_register, IntervalTrigger(seconds=REGISTER_SECONDS), id="register")
        self._scheduler.add_job(self._watch, IntervalTrigger(seconds=30), id="watch")
        self._scheduler.start()
        self._write_plan()

    def stop(self) -> None:
        """Start nothing more, ask the crawls to end and wait for them."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        with self._lock:
            running = list(self._running.values())
        stop_children(running)
        self._pool.shutdown(wait=True, cancel_futures=True)
        (self._installation.home / PLAN_FILE).unlink(missing_ok=True)

    def _follow_register(self) -> None:
        """Bring the plan in line with the register, whenever that has changed; a broken edit changes nothing."""
        register = self._register.current()
        problem = str(self._register.problem or "")
        if problem and problem != self._said:
            LOG.warning("the register has errors; the last good one stays in force:\n%s", problem)
        self._said = problem
        if register.digest == self._digest:
            return
        self._digest = register.digest
        planned = {job.id for job in self._scheduler.get_jobs() if job.id.startswith("crawl:")}
        wanted = {f"crawl:{entry.key}": entry for entry in register.enabled()}
        for gone in planned - wanted.keys():
            self._scheduler.remove_job(gone)
        last = RunReader(self._archive).last()
        for job_id, entry in wanted.items():
            trigger = trigger_of(entry)
            run = last.get(entry.key)
            first = first_time(trigger, run.started_at if run else None, dt.datetime.now(BERLIN))
            self._scheduler.add_job(
                self._due, trigger, args=[entry], id=job_id, next_run_time=first, replace_existing=True,
                coalesce=True, max_instances=1, misfire_grace_time=None,
            )  # fmt: skip
        self._write_plan()

    def _due(self, entry: Municipality) -> None:
        with self._lock:
            if self._stopping or entry.key in self._waiting:
                return
            self._waiting.add(entry.key)
        self._pool.submit(self._crawl, entry)
        self._write_plan()

    def _crawl(self, entry: Municipality) -> None:
        name = provider(urlsplit(entry.url).hostname or entry.key)
        with self._lock:
            one_at_a_time = self._providers.setdefault(name, threading.Lock())
        try:
            with one_at_a_time:
                if self._stopping:
                    return
                with self._lock:
                    child = self._running[entry.key] = start_child(self._installation, ["crawl", entry.key])
                code = child.wait()
            if code < 0:
                LOG.error("%s: the crawl's process died (signal %s)", entry.key, -code)
            self._notice_dead(entry.key)
        finally:
            with self._lock:
                self._running.pop(entry.key, None)
                self._waiting.discard(entry.key)
            if not self._stopping:
                self._write_plan()

    def _notice_dead(self, key: str) -> None:
        """Close the account of a crawl that vanished; one that somebody else started and that lives holds its lock."""
        with suppress(CrawlRunning), crawl_lock(self._installation.home, key):
            RunWriter(self._archive, key).notice_dead()

    def _watch(self) -> None:
        """End crawls that have said nothing for too long."""
        with self._lock:
            running = dict(self._running)
        last = RunReader(self._archive).last()
        for key, child in running.items():
            run = last.get(key)
            if run is not None and run.pid == child.pid and self._archive.clock() - run.heartbeat_at > SILENT_AFTER:
                LOG.error("%s: the crawl has been silent since %s; it is ended", key, run.heartbeat_at.isoformat())
                stop_children([child])

    def _write_plan(self) -> None:
        """What is planned, for `ratslupe status` and the pages, which run in other processes."""
        plan = {
            "pid": os.getpid(),
            "written_at": dt.datetime.now(dt.UTC).isoformat(),
            "next": {
                job.id.removeprefix("crawl:"): _moment(job)
                for job in self._scheduler.get_jobs()
                if job.id.startswith("crawl:")
            },
            "running": sorted(self._running),
        }
        write_whole(self._installation.home / PLAN_FILE, json.dumps(plan))


def trigger_of(entry: Municipality) -> BaseTrigger:
    """The entry's schedule as a trigger; a cron line is in German time. Starts are spread a little so that not all
    servers are asked in the same second."""
    if entry.schedule.cron is not None:
        return CronTrigger.from_crontab(entry.schedule.cron, timezone=BERLIN)
    assert entry.schedule.every is not None  # noqa: S101 - a schedule is one or the other
    seconds = entry.schedule.every.total_seconds()
    return IntervalTrigger(seconds=int(seconds), jitter=int(min(seconds * 0.05, 300)) or None)


def first_time(trigger: BaseTrigger, last_start: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """When the first run of a new plan is due: at once if there never was one or its time has passed meanwhile."""
    if last_start is None:
        return now
    if isinstance(trigger, IntervalTrigger):
        interval: dt.timedelta = trigger.interval
        return max(now, last_start.astimezone(BERLIN) + interval)
    following: dt.datetime | None = trigger.get_next_fire_time(
        None, last_start.astimezone(BERLIN) + dt.timedelta(seconds=1)
    )
    return max(now, following) if following else now


def read_plan(
    home: Path, alive: Callable[[int], bool] = lambda pid: Path(f"/proc/{pid}").exists()
) -> dict[str, object]:
    """The plan that a running conductor wrote, or nothing when none runs."""
    try:
        plan: dict[str, object] = json.loads((home / PLAN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pid = plan.get("pid")
    return plan if isinstance(pid, int) and alive(pid) else {}


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader finds it old or new, never half."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _moment(job: Job) -> str | None:
    when = getattr(job, "next_run_time", None)
    return when.astimezone(dt.UTC).isoformat() if when else None

"""When whose crawl is due: APScheduler over the register's entries."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from archive.archive import Archive, ArchiveUnavailable
from archive.run_reader import RunReader
from council.live_register import LiveRegister
from council.municipality import Municipality
from ratslupe.child_processes import notice_all_dead
from ratslupe.due import Crawls
from ratslupe.plan import Plan

LOG = logging.getLogger("ratslupe.schedule")
BERLIN = ZoneInfo("Europe/Berlin")
CRAWL = "crawl:"
TRY_AGAIN = (dt.timedelta(minutes=10), dt.timedelta(hours=1), dt.timedelta(hours=4))
"""After the first, second, third failed visit in a row; after that as planned."""
BLOCKED_REST = dt.timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class Intervals:
    """How often what is looked at, in seconds."""

    register: float = 5.0
    watch: float = 30.0
    """For silent, failed and blocked crawls."""
    flush: float = 1.0
    plan: float = 2.0


class CrawlScheduler:
    """When whose crawl is due. `start` returns at once; how a due crawl gets run is the business of `crawls`."""

    def __init__(
        self,
        register: LiveRegister,
        archive: Archive,
        crawls: Crawls,
        plan: Plan,
        intervals: Intervals = Intervals(),
    ) -> None:
        self._intervals = intervals
        self._register = register
        self._archive = archive
        self._crawls = crawls
        self._plan = plan
        self._scheduler = BackgroundScheduler(timezone=BERLIN)
        self._entries: dict[str, Municipality] = {}
        self._digest = ""
        self._said = ""
        self._blocked: frozenset[str] = frozenset()
        self._stopped = False

    def start(self) -> None:
        """Plan every enabled municipality; those whose time has passed are due at once."""
        notice_all_dead(self._archive)
        self._look_for_blocked()
        self._follow_register()
        for what, seconds in (
            (self._follow_register, self._intervals.register),
            (self._crawls.watch, self._intervals.watch),
            (self._look_for_blocked, self._intervals.watch),
            (self._try_failed_again, self._intervals.watch),
            (self._crawls.flush, self._intervals.flush),
            (self._tell, self._intervals.plan),
        ):
            self._scheduler.add_job(
                what, IntervalTrigger(seconds=seconds), coalesce=True, max_instances=1, misfire_grace_time=None
            )
        self._tell()
        self._scheduler.start()

    def stop(self) -> None:
        """Plan nothing more, and let the crawls of this process be ended in order."""
        self._stopped = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._crawls.stop()
        self._plan.withdraw()

    def _follow_register(self) -> None:
        """Bring the plan in line with the register, whenever that has changed; a broken edit changes nothing."""
        register = self._register.current()
        problem = str(self._register.problem or "")
        if problem and problem != self._said:
            LOG.warning("the register has errors; the last good one stays in force:")
            for line in problem.splitlines():
                LOG.warning("%s", line)
        self._said = problem
        if register.digest == self._digest:
            return
        wanted = {entry.key: entry for entry in register.enabled()}
        changed = [entry for key, entry in wanted.items() if self._entries.get(key) != entry]
        self._plan_visits(changed, RunReader(self._archive).last_started())
        for gone in self._entries.keys() - wanted.keys():
            self._scheduler.remove_job(CRAWL + gone)
        self._entries, self._digest = wanted, register.digest

    def _plan_visits(self, entries: list[Municipality], started: dict[str, dt.datetime]) -> None:
        now = dt.datetime.now(BERLIN)
        for entry in entries:
            trigger = trigger_of(entry)
            self._scheduler.add_job(
                self._due, trigger, args=[entry], id=CRAWL + entry.key,
                next_run_time=first_time(trigger, started.get(entry.key), now), replace_existing=True,
                coalesce=True, max_instances=1, misfire_grace_time=None,
            )  # fmt: skip

    def _due(self, entry: Municipality) -> None:
        """Hand on a crawl; a source that keeps programs out is left alone for the rest of the day."""
        if entry.key in self._blocked:
            LOG.info("%s: left alone for the day, since it keeps programs out", entry.key)
        else:
            self._crawls.due(entry)

    def _look_for_blocked(self) -> None:
        self._blocked = RunReader(self._archive).blocked_since(self._archive.clock() - BLOCKED_REST)

    def _try_failed_again(self) -> None:
        """A visit that failed is tried again sooner than planned, a few times: the network may have been away."""
        now = self._archive.clock()
        for key, (times, ended) in RunReader(self._archive).failed_in_a_row().items():
            entry = self._entries.get(key)
            if entry is not None and times <= len(TRY_AGAIN) and now - ended >= TRY_AGAIN[times - 1]:
                self._due(entry)

    def _tell(self) -> None:
        """The plan, for `ratslupe status` and the pages, which run in other processes."""
        if self._stopped:
            return
        crawls = [job for job in self._scheduler.get_jobs() if job.id.startswith(CRAWL)]
        planned = {job.id.removeprefix(CRAWL): when for job in crawls if (when := _next(job)) is not None}
        try:
            self._plan.write(planned, self._crawls.running())
        except ArchiveUnavailable as fault:
            LOG.warning("the plan cannot be told: %s", fault)


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


def _next(job: Job) -> dt.datetime | None:
    when: dt.datetime | None = getattr(job, "next_run_time", None)
    return when

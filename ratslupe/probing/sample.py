"""A sample of what a crawl would bring: the system's own crawl, of which only a few requests are carried out.

The crawl is the real one, so that whatever it knows (sessions, keys, which interface a system has) holds here too.
Nothing is held and nothing is written. What is not to be asked for is refused to the crawl as if robots.txt forbade it:
it goes on with the rest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from archive.run import RunMode
from council.model import Kind, Meeting, Paper, Record, Tombstone
from council.municipality import Municipality
from council.system import System
from crawlers.fetching.scrapy_spider import answer_of, request_of
from crawlers.frontier.actions import Action, Emit, Fetch, Key, Stop
from crawlers.frontier.actions import NoAnswer as NotAnswered
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.report import CrawlReport
from crawlers.frontier.window import Window
from crawlers.systems import PRODUCTS
from ratslupe.probing.asking import Asking, NoAnswer, NotAsked

BACK, AHEAD = dt.timedelta(days=62), dt.timedelta(days=31)
"""The calendars of so long before and after today are looked at."""
QUOTA: Final = {"list": 5, "meeting": 3, "paper": 2, "meeting list": 1, "paper list": 1}
"""So many requests of each subject, and of others none."""
LEFT_OUT: Final = "not asked for in a probe"


@dataclass(slots=True)
class Sample:
    """What came. `opened` are the objects whose own page, or whole object, was read; `totals` what lists say that they
    hold; `missing` what could not be had or understood, in sentences; `failure` why a crawl would come to nothing."""

    meetings: list[Meeting] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    opened: set[Key] = field(default_factory=set)
    totals: dict[Kind, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    failure: str | None = None
    license: str | None = None


async def take_sample(asking: Asking, target: Municipality) -> Sample:
    """Carry out a few requests of a crawl of this municipality."""
    return await _Sampling(asking, target).run()


class _NothingHeld:
    """An archive without records."""

    def get(self, key: Key) -> Record | None:
        return None

    def ids(self, kind: Kind) -> Iterator[str]:
        return iter(())

    def all(self, kind: Kind) -> Iterator[Record]:
        return iter(())

    def unseen(self, kind: Kind) -> tuple[list[str], int]:
        return [], 0

    def meetings_with(self, paper: str) -> list[Meeting]:
        return []

    def papers_of(self, meeting: str) -> list[str]:
        return []


class _Sampling:
    """One crawl, of which a few requests are carried out. They wait in the order of their priority, as in Scrapy."""

    def __init__(self, asking: Asking, target: Municipality) -> None:
        self._asking = asking
        self._target = target
        now = dt.datetime.now(dt.UTC)
        self._today = now.date()
        self._waiting: list[Fetch] = []
        self._asked: Counter[str] = Counter()
        self._records: dict[Key, Record] = {}
        self._opened: set[Key] = set()
        self._ended: str | None = None
        self._report = CrawlReport(on_record_seen=self._seen)
        self._context = CrawlContext(
            target, RunMode.INCREMENTAL, {}, _NothingHeld(), lambda: now, report=self._report,
            window=Window(self._today - BACK, self._today + AHEAD),
        )  # fmt: skip
        self._crawl = PRODUCTS[target.system].begin(self._context)

    def _seen(self, record: Record) -> None:
        self._records.setdefault((record.kind, record.native_id), record)

    async def run(self) -> Sample:
        """Until nothing waits any more, the requests are used up, or the crawl gives up."""
        self._take(self._crawl.start())
        while self._waiting and not self._report.failure:
            fetch = self._next()
            if self._ended or not self._is_wanted(fetch):
                self._refuse(fetch, LEFT_OUT)
            else:
                await self._carry_out(fetch)
        return self._sample()

    def _next(self) -> Fetch:
        """The most urgent; of meetings first those that were held lately: they have an agenda."""
        best = min(self._waiting, key=lambda fetch: (-fetch.priority, self._distance(fetch)))
        self._waiting.remove(best)
        return best

    def _distance(self, fetch: Fetch) -> int:
        record = self._records.get(fetch.key) if fetch.key else None
        start = record.start if isinstance(record, Meeting) else None
        days = (self._today - start.date()).days if start else 0
        return days if days > 0 else 1000 - days

    def _is_wanted(self, fetch: Fetch) -> bool:
        """Whether a request is within its subject's number; a crawl's own way in always is."""
        if fetch.subject is None:
            return True
        self._asked[fetch.subject] += 1
        return self._asked[fetch.subject] <= QUOTA.get(fetch.subject, 0)

    async def _carry_out(self, fetch: Fetch) -> None:
        try:
            response = await self._asking.fetch(request_of(fetch, self._target.url))
        except NotAsked as end:
            self._ended = str(end)
            self._refuse(fetch, LEFT_OUT)
        except NoAnswer as no:
            self._refuse(fetch, str(no))
        else:
            if fetch.key and response.status == 200:
                self._opened.add(fetch.key)
            self._take(self._crawl.handle_answer(fetch, answer_of(response)))

    def _refuse(self, fetch: Fetch, why: str) -> None:
        self._take(self._crawl.handle_no_answer(fetch, NotAnswered(why, is_final=True)))

    def _take(self, actions: Iterator[Action]) -> None:
        """What the crawl wants; a fault of the crawler ends the sample with a sentence, not with a trace."""
        try:
            for action in actions:
                match action:
                    case Fetch():
                        self._waiting.append(action)
                    case Emit():
                        self._records[action.record.kind, action.record.native_id] = action.record
                    case Tombstone():
                        self._records.pop((action.kind, action.native_id), None)
                    case Stop():
                        self._waiting.clear()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, NotImplementedError) as fault:
            self._crawl.fail(f"a fault of the crawler: {type(fault).__name__}: {fault}")

    def _sample(self) -> Sample:
        records = list(self._records.values())
        failure = self._report.failure
        return Sample(
            meetings=[record for record in records if isinstance(record, Meeting)],
            papers=[record for record in records if isinstance(record, Paper)],
            opened=self._opened if self._target.system is not System.OPARL else set(self._records),
            totals={kind: progress.total for kind, progress in self._report.lists.items() if progress.total},
            missing=self._missing(),
            failure=self._report.blocked or (failure if failure and LEFT_OUT not in failure else None),
            license=self._context.memory.get("license"),
        )

    def _missing(self) -> list[str]:
        """The crawl's own warnings, without those about what it was not allowed to ask for."""
        found = [
            (f"{warning.count}x " if warning.count > 1 else "")
            + warning.what
            + (f" (for example {warning.example})" if warning.example else "")
            for warning in self._report.warned()
            if LEFT_OUT not in warning.what
        ]
        if self._ended:
            found.append(f"the sample ended early: {self._ended}")
        if self._report.withheld:
            found.append(f"{self._report.withheld} objects were left out as not public")
        return found

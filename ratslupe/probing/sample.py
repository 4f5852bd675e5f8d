"""A taste of what a crawl would bring: the system's own spider is led through a few of its requests.

The spider is the real one, so that whatever it knows (sessions, keys, which interface a system has) holds here too.
Nothing is written but into an archive that is thrown away. What is not to be asked for is refused to the spider as if
robots.txt forbade it: it goes on with the rest."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import AsyncIterable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

from archive.archive import Archive, open_archive
from archive.run import RunMode
from archive.run_writer import RunWriter
from archive.settings import ArchiveSettings
from council.model import Kind, Meeting, Paper, Record, Tombstone
from council.municipality import Municipality
from crawlers.fetching.page_spider import PageSpider
from crawlers.fetching.spider import CouncilSpider
from crawlers.frontier.window import Window
from crawlers.systems import SPIDERS
from ratslupe.probing.asking import Asking, NoAnswer, NotAsked

BACK, AHEAD = dt.timedelta(days=62), dt.timedelta(days=31)
"""The calendars of so long before and after today are looked at."""
QUOTA: Final = {"list": 5, "meeting": 3, "paper": 2, "organization": 0, "person": 0}
"""So many pages of each kind; of lists that a spider asks for by kind the first page each."""
LEFT_OUT: Final = "not asked for in a probe"

Key = tuple[Kind, str]


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
    """Lead the spider of this municipality's system through a few requests."""
    with tempfile.TemporaryDirectory(prefix="ratslupe-probe-") as folder:
        home = Path(folder)
        archive = open_archive(ArchiveSettings(home, f"sqlite:///{home / 'archive.sqlite'}"))
        try:
            return await _Leading(asking, target, archive).lead()
        finally:
            archive.close()


class _Leading:
    """One spider, led. Requests wait in the order of their priority, as Scrapy would take them."""

    def __init__(self, asking: Asking, target: Municipality, archive: Archive) -> None:
        self._asking = asking
        self._today = archive.clock().date()
        self._waiting: list[Request] = []
        self._asked: Counter[str] = Counter()
        self._records: dict[Key, Record] = {}
        self._opened: set[Key] = set()
        self._ended: str | None = None
        run_writer = RunWriter(archive, target.key)
        run_writer.begin(RunMode.INCREMENTAL)
        self._spider: CouncilSpider = SPIDERS[target.system].from_crawler(
            asking.crawler, municipality=target, archive=archive, run_writer=run_writer, mode=RunMode.INCREMENTAL,
            memory={}, last_success=None,
        )  # fmt: skip
        self._bridle()

    def _bridle(self) -> None:
        """The spider may not stop the probe's engine, shows what it sees, and looks at a few months only."""
        saw = self._spider.saw

        def noting(record: Record) -> Record:
            self._records.setdefault((record.kind, record.native_id), record)
            return saw(record)

        overridden: dict[str, Any] = {"saw": noting, "stop": lambda reason: None}
        if isinstance(self._spider, PageSpider):
            calendars, window = self._spider.calendars, Window(self._today - BACK, self._today + AHEAD)
            overridden["calendars"] = lambda _: calendars(window)
        for name, way in overridden.items():
            setattr(self._spider, name, way)

    async def lead(self) -> Sample:
        """Until nothing waits any more, the requests are used up, or the spider gives up."""
        await self._guarded(self._spider.ask_lists())
        while self._waiting and not self._spider.account.failure:
            request = self._next()
            if not self._is_wanted(request) or self._ended:
                await self._refuse(request, IgnoreRequest(LEFT_OUT))
            else:
                await self._answer(request)
        return self._sample()

    def _next(self) -> Request:
        """The most urgent; of meetings first those that were held lately: they have an agenda."""
        best = min(self._waiting, key=lambda one: (-one.priority, self._distance(one)))
        self._waiting.remove(best)
        return best

    def _distance(self, request: Request) -> int:
        key = self._object_of(request)
        record = self._records.get(key) if key else None
        start = record.start if isinstance(record, Meeting) else None
        days = (self._today - start.date()).days if start else 0
        return days if days > 0 else 1000 - days

    def _object_of(self, request: Request) -> Key | None:
        asked = request.cb_kwargs.get("asked", request.url)
        return self._spider.object_at(asked) if isinstance(self._spider, PageSpider) else None

    def _is_wanted(self, request: Request) -> bool:
        """Whether a request is within its kind's number; what belongs to no kind is a spider's own way in."""
        kind, key = request.cb_kwargs.get("kind"), self._object_of(request)
        if isinstance(kind, Kind):
            name, most = f"{kind.value} list", int(QUOTA[kind.value] > 0)
        elif key is not None or "listed" in request.cb_kwargs:
            name = key[0].value if key else Kind.MEETING.value
            most = QUOTA.get(name, 0)
        elif "asked" in request.cb_kwargs:
            name, most = "list", QUOTA["list"]
        else:
            return True
        self._asked[name] += 1
        return self._asked[name] <= most

    async def _answer(self, request: Request) -> None:
        try:
            response = await self._asking.fetch(request)
        except NotAsked as end:
            self._ended = str(end)
            await self._refuse(request, IgnoreRequest(LEFT_OUT))
        except NoAnswer as no:
            await self._refuse(request, IgnoreRequest(str(no)))
        else:
            if (key := self._object_of(request)) and response.status == 200:
                self._opened.add(key)
            callback = request.callback or self._spider.parse
            await self._guarded(callback(response, **request.cb_kwargs))

    async def _refuse(self, request: Request, why: Exception) -> None:
        failure = Failure(why)  # type: ignore[no-untyped-call]
        failure.request = request  # type: ignore[attr-defined]  # as Scrapy does it
        await self._guarded(request.errback(failure) if request.errback else None)

    async def _guarded(self, results: Any) -> None:
        """Take what the spider yields; a fault of the spider ends the sample with a sentence, not with a trace."""
        try:
            await self._take(results)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, NotImplementedError) as fault:
            self._spider.fail(f"a fault of the crawler: {type(fault).__name__}: {fault}")

    async def _take(self, results: Any) -> None:
        if isinstance(results, AsyncIterable):
            async for one in results:
                self._took(one)
            return
        for one in results if isinstance(results, Iterable) else ():
            self._took(one)

    def _took(self, one: Any) -> None:
        if isinstance(one, Request):
            self._waiting.append(one)
        elif isinstance(one, Tombstone):
            self._records.pop((one.kind, one.native_id), None)
        elif isinstance(one, Paper | Meeting):
            self._records[one.kind, one.native_id] = one

    def _sample(self) -> Sample:
        account = self._spider.account
        pages = isinstance(self._spider, PageSpider)
        records = list(self._records.values())
        failure = account.failure if account.failure and LEFT_OUT not in account.failure else None
        return Sample(
            meetings=[one for one in records if isinstance(one, Meeting)],
            papers=[one for one in records if isinstance(one, Paper)],
            opened=self._opened if pages else set(self._records),
            totals={kind: one.total for kind, one in account.lists.items() if one.total},
            missing=self._missing(),
            failure=account.blocked or failure,
            license=self._spider.memory.get("license"),
        )

    def _missing(self) -> list[str]:
        """The spider's own warnings, without those about what it was not allowed to ask for."""
        found = [
            (f"{one.count}x " if one.count > 1 else "")
            + one.what
            + (f" (for example {one.example})" if one.example else "")
            for one in self._spider.account.warned()
            if LEFT_OUT not in one.what
        ]
        if self._ended:
            found.append(f"the sample ended early: {self._ended}")
        if self._spider.account.withheld:
            found.append(f"{self._spider.account.withheld} objects were left out as not public")
        return found

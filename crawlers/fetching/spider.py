"""What every spider shares: the archive's writers, the account of the run, asking for files, and "an error is never
empty": what could not be read makes the run incomplete and takes nothing away."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.archive import Archive, ArchiveUnavailable
from archive.file import AskAgain, FailedFile, WantedFile
from archive.file_writer import FileWriter
from archive.record_writer import RecordWriter
from archive.run import Outcome, RunMode, Warned
from archive.run_writer import RunWriter
from archive.waiting_bytes import WaitingBytes
from council.identity import parse_id
from council.model import Kind, Meeting, Paper, Record
from council.municipality import Municipality
from crawlers.fetching.retry import unexpected_html
from crawlers.fetching.robots import ForbiddenByRobots, RobotsUnreachable

WITHDRAWN = frozenset({401, 403, 404, 410})
REFUSED_FOR_GOOD = frozenset(range(400, 500)) - {408, 425, 429}
"""What is wrong with the request itself (RFC 9110, 15.5), but for those that ask to come later."""
SAME_FAILURE_LIMIT = 20
REFUSALS = frozenset({"HTTP 401", "HTTP 403", "HTTP 429"})
REFUSED_LIMIT = 5
SHRINKAGE = 0.05
SHRINKAGE_FREE = 10
SHRINKAGE_CONFIRMED_AFTER = dt.timedelta(hours=20)
CHUNK = 500
FULL_THROUGH = "full_through"
"""In a spider's memory: when a full visit last came to its end, though pages may have been missing."""


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """The bytes of a file, as they came."""

    url: str
    body: bytes
    media_type: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class FileUnchanged:
    """304: the bytes that are held are still the ones."""

    url: str


@dataclass(slots=True)
class ListAccount:
    """What one list of the source brought: ids seen, the total it states, whether it was read to its end."""

    seen: set[str] = field(default_factory=set)
    total: int | None = None
    finished: bool = False
    buried: set[str] = field(default_factory=set)
    """Objects that stood there only to say that they are deleted or not public."""
    older: set[str] = field(default_factory=set)
    """Objects from before the day that the register names in `since`: seen, and not taken."""
    left_out: int = 0
    """Objects that stood there and could not be read: which ones is not known, so nothing may be missed."""


@dataclass(slots=True)
class Account:
    """The account of a run while it goes on."""

    phase: str = "starting"
    lists: dict[Kind, ListAccount] = field(default_factory=dict)
    files_wanted: int = 0
    files_done: int = 0
    files_failed_for_now: int = 0
    withheld: int = 0
    failure: str | None = None
    blocked: str | None = None
    """Which gate keeps programs out."""
    incomplete: list[str] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def warn(self, what: str, example: str | None = None) -> None:
        """Note something that a person should look at; equal ones are counted."""
        self.warnings[what] += 1
        if example is not None:
            self.examples.setdefault(what, example[:300])

    def warned(self) -> list[Warned]:
        """The warnings, most frequent first."""
        return [Warned(what, self.examples.get(what), count) for what, count in self.warnings.most_common(200)]

    def outcome(self, reason: str) -> tuple[Outcome, str | None]:
        """How the run ended, by its account and by why the spider was closed."""
        if self.blocked:
            return Outcome.BLOCKED, f"the source keeps programs out: {self.blocked}"
        if self.failure:
            return Outcome.FAILED, self.failure
        if reason == "shutdown":
            return Outcome.INTERRUPTED, "stopped from outside"
        if reason != "finished":
            return Outcome.INCOMPLETE, f"stopped: {reason}"
        if self.incomplete:
            return Outcome.INCOMPLETE, "; ".join(self.incomplete[:5])
        return Outcome.COMPLETE, None


class CouncilSpider(scrapy.Spider):
    """One crawl of one municipality. A vendor's spider yields the requests of its lists from `ask_lists`, accounts
    for them (`began`, `saw`), yields nouns, and calls `lists_done`; the files are asked for here, from what the archive
    wants."""

    name = "council"
    FULL_IS_DEAR: ClassVar = False
    """Whether a full visit takes a request for every object: then one that was incomplete is not repeated at once."""
    LISTS_ARE_COMPLETE: ClassVar = True
    """Whether what a list no longer holds is gone. Where old things drop out of lists and stay, only a request for
    the thing itself proves that it is."""

    def __init__(
        self,
        *,
        municipality: Municipality,
        archive: Archive,
        run_writer: RunWriter,
        mode: RunMode,
        memory: dict[str, Any],
        last_success: dt.datetime | None,
        **_: Any,
    ) -> None:
        super().__init__()
        self.municipality = municipality
        self.archive = archive
        self.run_writer = run_writer
        self.bytes: WaitingBytes = archive.bytes
        self.mode = mode
        self.memory = memory
        self.last_success = last_success
        self.writer = RecordWriter(archive, municipality.key, run_writer.id)
        self.files = FileWriter(archive, municipality.key)
        self.account = Account()
        self.flushes: list[Callable[[], None]] = []
        self._lists_done = asyncio.Event()
        self._failures: Counter[tuple[str, str]] = Counter()
        self._blocked: dict[str, str] = {}
        self._stopping: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.broke, signal=signals.spider_error)
        crawler.signals.connect(spider.broke, signal=signals.item_error)
        return spider

    def broke(self, failure: Failure) -> None:
        """A fault of our own, in a callback or a pipeline: never to be passed over. While lists are read the run
        fails, since what is missing is not known. Without the archive (locked, full) going on would be in vain."""
        if isinstance(failure.value, ArchiveUnavailable | OSError) and self.crawler.engine is not None:
            if not self._stopping:
                self.fail(f"stopped: {said(failure)}")
            self.stop("archive")
        elif self._lists_done.is_set():
            self.account.incomplete.append(f"a fault of the crawler: {said(failure)}")
        else:
            self.fail(f"a fault of the crawler: {said(failure)}")

    def stop(self, reason: str) -> None:
        """End the crawl now: nothing more is asked for."""
        if not self._stopping and self.crawler.engine is not None:
            self._stopping = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    # --- the way of a crawl

    async def start(self) -> AsyncIterator[Any]:
        """First the lists, then what they no longer hold, then the files."""
        self.account.phase = "lists"
        for request in self.ask_lists():
            yield request
        await self._lists_done.wait()
        self.flush()
        if not self.account.failure:
            self._sweep()
            async for wanted in self._ask_files():
                yield wanted

    def ask_lists(self) -> Iterator[Request]:
        """The first requests. When all lists are read, or cannot be, `lists_done` must be called."""
        raise NotImplementedError

    def lists_done(self) -> None:
        """Nothing more will come from the lists: go on with the files."""
        self._lists_done.set()

    def fail(self, why: str) -> None:
        """The run cannot do its work: say why, and end without touching what is held."""
        self.account.failure = self.account.failure or why
        self.lists_done()

    def flush(self) -> None:
        """Let the pipelines write what they keep waiting."""
        for flush in self.flushes:
            flush()

    def began(self, kind: Kind) -> ListAccount:
        """The account of one list."""
        return self.account.lists.setdefault(kind, ListAccount())

    def is_too_old(self, record: Record) -> bool:
        """Whether a paper or meeting is from before the day that the register names in `since`."""
        match record:
            case Paper():
                day = record.date
            case Meeting():
                day = record.start.date() if record.start else None
            case _:
                day = None
        since = self.municipality.since
        return since is not None and day is not None and day < since

    def saw(self, record: Record) -> Record:
        """Count a noun that a list brought."""
        self.began(record.kind).seen.add(record.native_id)
        return record

    # --- what is no longer there

    def _sweep(self) -> None:
        """In a full run: what a list read to its end no longer holds is gone, unless too much of it is gone at once."""
        if self.mode is not RunMode.FULL or not self.LISTS_ARE_COMPLETE:
            return
        for kind, account in self.account.lists.items():
            if not account.finished or account.left_out:
                continue
            unwritten, held = self.writer.missing(kind)
            listed = account.seen - account.older  # a noun may still be on its way through the pipelines
            missing = [record_id for record_id in unwritten if parse_id(record_id).native_id not in listed]
            if self._too_many(kind, len(missing), held):
                self.account.incomplete.append(
                    f"{len(missing)} of {held} held {kind.value}s are no longer listed: that is too many to believe at "
                    "once; they stay until a full run a day later says the same"
                )
            elif missing:
                self.writer.sweep(missing, "no longer in the source's list")

    def _too_many(self, kind: Kind, missing: int, held: int) -> bool:
        """The guard against a source's bad day: many, or all there are, vanish only when two full runs, most of a day
        apart and with no better one between them, say so."""
        mark = self.memory.pop(f"shrunk:{kind.value}", None)
        if missing <= max(SHRINKAGE_FREE, SHRINKAGE * held) and (missing < held or not held):
            return False
        now = self.archive.clock()
        if mark and now - dt.datetime.fromisoformat(mark) >= SHRINKAGE_CONFIRMED_AFTER:
            return False
        self.memory[f"shrunk:{kind.value}"] = mark or now.isoformat()
        return True

    # --- files

    async def _ask_files(self) -> AsyncIterator[Request | FailedFile]:
        full = self.mode is RunMode.FULL
        self.account.files_wanted = self.files.count_wanted(full)
        self.account.phase = "files"
        after = ""
        while wanted := self.files.wanted(full, after, CHUNK):
            after = wanted[-1].url
            for file in wanted:
                if _host(file.url) in self._blocked:
                    continue
                try:
                    request = self._file_request(file)
                except ValueError as error:  # one address that is none must not keep the others from being asked for
                    self.account.files_done += 1
                    yield self._failed(file.url, f"not an address: {error}", withdrawn=False, again=AskAgain.NEVER)
                else:
                    yield request
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    def _file_request(self, file: WantedFile) -> Request:
        headers = {}
        if file.etag:
            headers["If-None-Match"] = file.etag
        if file.last_modified:
            headers["If-Modified-Since"] = file.last_modified
        return Request(
            self.upgraded(file.url),
            callback=self.read_file,
            errback=self.file_failed,
            headers=headers,
            meta={"expect": file.declared_media_type or "application/octet-stream"},
            cb_kwargs={"url": file.url},
            dont_filter=True,
        )

    def read_file(self, response: Response, url: str) -> Iterator[Any]:
        """What came for a file."""
        self.account.files_done += 1
        if response.status == 304 and response.request is not None and _is_conditional(response.request):
            yield FileUnchanged(url)
        elif response.status in WITHDRAWN:
            yield self._failed(url, f"HTTP {response.status}", withdrawn=True, again=AskAgain.LATER)
        elif response.status != 200:
            again = AskAgain.LATER if response.status in REFUSED_FOR_GOOD else AskAgain.SOON
            yield self._failed(url, f"HTTP {response.status}", withdrawn=False, again=again)
        elif response.request is not None and unexpected_html(response.request, response):
            reason = f"an HTML page came where {response.request.meta['expect']} was to come"
            yield self._failed(url, reason, withdrawn=False, again=AskAgain.SOON)
        elif not response.body:
            yield self._failed(url, "an empty answer", withdrawn=False, again=AskAgain.SOON)
        else:
            self._failures.clear()
            yield FileAnswer(
                url,
                response.body,
                _header(response, "Content-Type"),
                _header(response, "ETag"),
                _header(response, "Last-Modified"),
            )

    def file_failed(self, failure: Failure) -> Iterator[Any]:
        """No answer for a file at all. One that robots.txt forbids is told of, and is no failure of the source."""
        self.account.files_done += 1
        url = failure.request.cb_kwargs["url"]  # type: ignore[attr-defined]
        if isinstance(failure.value, ForbiddenByRobots):
            self.account.warn(f"file: {said(failure)}", url)
            yield FailedFile(url, said(failure), withdrawn=False, again=AskAgain.LATER)
        else:
            for_good = isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, RobotsUnreachable)
            again = AskAgain.LATER if for_good else AskAgain.SOON
            yield self._failed(url, said(failure), withdrawn=False, again=again)

    def _failed(self, url: str, reason: str, withdrawn: bool, again: AskAgain) -> FailedFile:
        self.account.files_failed_for_now += not withdrawn
        refused = reason in REFUSALS
        if refused or not withdrawn:
            host = _host(url)
            self._failures[host, reason] += 1
            limit = REFUSED_LIMIT if refused else SAME_FAILURE_LIMIT
            if self._failures[host, reason] == limit and host not in self._blocked:
                self._blocked[host] = reason
                self.account.incomplete.append(
                    f"files of {host} are left for the next run: {limit} times in a row: {reason}"
                )
        self.account.warn(f"file: {reason}", url)
        return FailedFile(url, reason, withdrawn, again)

    def upgraded(self, url: str) -> str:
        """The address by https, where it names the municipality's own host by http though that speaks https."""
        own = urlsplit(self.municipality.url)
        if own.scheme == "https" and url.startswith(f"http://{own.hostname}/"):
            return "https" + url.removeprefix("http")
        return url


def said(failure: Failure) -> str:
    """Why a request brought nothing, in words."""
    error = failure.value
    text = str(error).strip().splitlines()
    if text and isinstance(error, IgnoreRequest):  # our own words already
        return text[0][:300]
    return f"{type(error).__name__}: {text[0][:200]}" if text else type(error).__name__


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_conditional(request: Request) -> bool:
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else None

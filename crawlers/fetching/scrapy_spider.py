"""The one Scrapy spider: carries out a crawl's actions, and tells it what came. It decides nothing itself."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, Self
from urllib.parse import urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.archive import Archive, ArchiveUnavailable
from archive.blob_store import BlobStore
from archive.file_writer import FileWriter
from archive.record_writer import RecordWriter
from archive.run import RunMode
from archive.run_writer import RunWriter
from council.model import Tombstone
from council.municipality import Municipality
from crawlers.fetching.failures import failure_reason
from crawlers.fetching.files import FileDownloads
from crawlers.fetching.held_records import ArchivedRecords
from crawlers.fetching.politeness import cancel_waiting
from crawlers.frontier.actions import Action, Answer, Emit, Fetch, NoAnswer, Stop
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.deletions import tombstone_missing
from crawlers.frontier.product import Product
from crawlers.frontier.report import CrawlReport


class CouncilSpider(scrapy.Spider):
    """One crawl of one municipality. `product` is its system's row in `crawlers.systems`."""

    name = "council"

    def __init__(
        self,
        *,
        product: Product,
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
        self.blobs: BlobStore = archive.blobs
        self.writer = RecordWriter(archive, municipality.key, run_writer.id)
        self.files = FileWriter(archive, municipality.key)
        self.flushes: list[Callable[[], None]] = []
        held = ArchivedRecords(archive, municipality.key, self.writer, self.flush)
        self.context = CrawlContext(
            municipality, mode, memory, held, archive.clock, last_success, lists_are_complete=product.lists_are_complete
        )
        self.council_crawl = product.begin(self.context)
        self._lists_done = asyncio.Event()
        self._stopping: asyncio.Future[None] | None = None

    @property
    def report(self) -> CrawlReport:
        """The report of the run."""
        return self.context.report

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.broke, signal=signals.spider_error)
        crawler.signals.connect(spider.broke, signal=signals.item_error)
        return spider

    def broke(self, failure: Failure) -> None:
        """A fault of our own, in a callback or a pipeline: never to be passed over. While lists are read the run
        fails, since what is missing is not known. Without the archive (locked, full) nothing more can be kept."""
        if isinstance(failure.value, ArchiveUnavailable | OSError) and self.crawler.engine is not None:
            if not self._stopping:
                self._fail(f"stopped: {failure_reason(failure)}")
            self.stop("archive")
        elif self._lists_done.is_set():
            self.report.incomplete.append(f"a fault of the crawler: {failure_reason(failure)}")
        else:
            self._fail(f"a fault of the crawler: {failure_reason(failure)}")

    def stop(self, reason: str) -> None:
        """End the crawl now: nothing more is asked for."""
        if not self._stopping and self.crawler.engine is not None:
            self._stopping = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    def block(self, why: str) -> None:
        """The source wants to be left alone: stop at once, change nothing, and come back another day."""
        self.report.blocked = why
        self._fail(why)
        self.stop("blocked")
        cancel_waiting(self.crawler, why)

    def _fail(self, why: str) -> None:
        self.council_crawl.fail(why)
        self._lists_done.set()

    async def start(self) -> AsyncIterator[Any]:
        """The whole crawl; a fault of the archive ends it."""
        try:
            async for result in self._visit():
                yield result
        except (ArchiveUnavailable, OSError) as fault:
            self.broke(Failure(fault))  # type: ignore[no-untyped-call]

    async def _visit(self) -> AsyncIterator[Any]:
        """First the lists, then what they no longer hold, then the files."""
        self.report.phase = "lists"
        for result in self._carry_out(self.council_crawl.start()):
            yield result
        await self._lists_done.wait()
        self.flush()
        if not self.report.failure:
            tombstone_missing(self.context, self.writer.tombstone)
            self.context.remember_lists()
            self.report.phase = "files"
            downloads = FileDownloads(self.files, self.context, self.council_crawl.files, self._upgraded)
            for chunk in downloads.chunks(self.context.is_full):
                for wanted in chunk:
                    yield wanted
                await self.crawler.signals.wait_for(signals.scheduler_empty)

    def flush(self) -> None:
        """Let the pipelines write what they keep waiting."""
        for flush in self.flushes:
            flush()

    # --- actions out

    def _carry_out(self, actions: Iterable[Action]) -> Iterator[Any]:
        for action in actions:
            match action:
                case Fetch():
                    yield self._request(action)
                case Emit():
                    yield action.record
                case Tombstone():
                    yield action
                case Stop():
                    self.stop(action.reason)
                    cancel_waiting(self.crawler, "the crawl has been stopped")
        self.writer.trust_dates = self.context.trust_dates
        if self.council_crawl.is_done:
            self._lists_done.set()

    def _request(self, fetch: Fetch) -> Request:
        return request_of(fetch, self.municipality.url, self.handle_answer, self.handle_no_answer)

    def _upgraded(self, url: str) -> str:
        return upgraded(url, self.municipality.url)

    # --- events in

    def handle_answer(self, response: Response, fetch: Fetch) -> Iterator[Any]:
        """A response has come."""
        yield from self._carry_out(self.council_crawl.handle_answer(fetch, answer_of(response)))

    def handle_no_answer(self, failure: Failure) -> Iterator[Any]:
        """No response has come."""
        fetch: Fetch = failure.request.cb_kwargs["fetch"]  # type: ignore[attr-defined]
        yield from self._carry_out(self.council_crawl.handle_no_answer(fetch, no_answer_of(failure)))


def upgraded(url: str, own_url: str) -> str:
    """The address by https, where it names the municipality's own host by http though that speaks https."""
    own = urlsplit(own_url)
    if own.scheme == "https" and url.startswith(f"http://{own.hostname}/"):
        return "https" + url.removeprefix("http")
    return url


def request_of(fetch: Fetch, own_url: str, callback: Any = None, errback: Any = None) -> Request:
    """The request that carries a fetch out. `own_url`: the municipality's."""
    meta: dict[str, Any] = {}
    if not fetch.follow_redirects:
        meta["dont_redirect"] = True
    if fetch.expect is not None:
        meta["expect"] = fetch.expect
    return Request(
        upgraded(fetch.url, own_url),
        callback=callback,
        errback=errback,
        method=fetch.method,
        headers=dict(fetch.headers),
        body=fetch.body,
        priority=fetch.priority,
        meta=meta,
        cb_kwargs={"fetch": fetch},
        dont_filter=True,
    )


def answer_of(response: Response) -> Answer:
    """A response, as a crawl takes it."""
    content_type = response.headers.get("Content-Type")
    return Answer(
        response.url, response.status, response.body, content_type.decode("latin-1") if content_type else None
    )


def no_answer_of(failure: Failure) -> NoAnswer:
    """Why none came, as a crawl takes it."""
    return NoAnswer(failure_reason(failure), isinstance(failure.value, IgnoreRequest))

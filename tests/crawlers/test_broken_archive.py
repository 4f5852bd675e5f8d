"""When the archive does not answer: a heartbeat is missed, a crawl that cannot write stops."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from archive.archive import ArchiveUnavailable
from crawlers.fetching.progress import Progress
from crawlers.fetching.scrapy_spider import CouncilSpider
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.report import CrawlReport
from tests.crawlers.frontier.driving import context


def broken(*_: object) -> None:
    raise ArchiveUnavailable("database or disk is full")


def test_a_heartbeat_that_is_missed_is_not_the_last(monkeypatch: Any) -> None:
    spider = SimpleNamespace(
        run_writer=SimpleNamespace(heartbeat=broken), report=CrawlReport(), municipality=SimpleNamespace(key="a")
    )
    monkeypatch.setattr(Progress, "_spider", lambda _: spider)
    Progress(cast(Crawler, SimpleNamespace(stats=None))).beat()


def test_a_crawl_that_cannot_write_stops_at_once_and_once() -> None:
    closed: list[str] = []

    async def close_spider_async(reason: str) -> None:
        closed.append(reason)

    async def broke_twice() -> CrawlReport:
        spider = CouncilSpider.__new__(CouncilSpider)
        spider.context = context()
        spider.council_crawl = PageCrawl(spider.context, lambda crawl: Policy(None, None, None))  # type: ignore[arg-type]
        spider._lists_done, spider._stopping = asyncio.Event(), None
        engine = SimpleNamespace(close_spider_async=close_spider_async)
        spider.crawler = cast(Crawler, SimpleNamespace(engine=engine))
        for _ in range(2):
            spider.broke(cast(Failure, SimpleNamespace(value=ArchiveUnavailable("database or disk is full"))))
        await asyncio.sleep(0)
        return spider.report

    account = asyncio.run(broke_twice())
    assert closed == ["archive"]
    assert account.failure == "stopped: ArchiveUnavailable: database or disk is full"

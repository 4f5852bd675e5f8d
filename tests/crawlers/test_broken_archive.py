"""When the archive does not answer: a heartbeat is missed, a crawl that cannot write stops."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from archive.archive import ArchiveUnavailable
from crawlers.fetching.progress import Progress
from crawlers.fetching.spider import Account, CouncilSpider


def broken(*_: object) -> None:
    raise ArchiveUnavailable("database or disk is full")


def test_a_heartbeat_that_is_missed_is_not_the_last(monkeypatch: Any) -> None:
    spider = SimpleNamespace(
        run_writer=SimpleNamespace(heartbeat=broken), account=Account(), municipality=SimpleNamespace(key="a")
    )
    monkeypatch.setattr(Progress, "_spider", lambda _: spider)
    Progress(cast(Crawler, SimpleNamespace(stats=None))).beat()


def test_a_crawl_that_cannot_write_stops_at_once_and_once() -> None:
    closed: list[str] = []

    async def close_spider_async(reason: str) -> None:
        closed.append(reason)

    async def broke_twice() -> Account:
        spider = CouncilSpider.__new__(CouncilSpider)
        spider.account, spider._lists_done, spider._stopping = Account(), asyncio.Event(), None
        engine = SimpleNamespace(close_spider_async=close_spider_async)
        spider.crawler = cast(Crawler, SimpleNamespace(engine=engine))
        for _ in range(2):
            spider.broke(cast(Failure, SimpleNamespace(value=ArchiveUnavailable("database or disk is full"))))
        await asyncio.sleep(0)
        return spider.account

    account = asyncio.run(broke_twice())
    assert closed == ["archive"]
    assert account.failure == "stopped: ArchiveUnavailable: database or disk is full"

"""When the archive does not answer: a heartbeat is missed, a crawl that cannot write stops."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from archive.archive import ArchiveUnavailable, open_archive
from archive.settings import archive_settings
from crawlers.fetching.progress import Progress
from crawlers.fetching.scrapy_spider import CouncilSpider
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.frontier.report import CrawlReport
from tests.crawlers.frontier.driving import context
from tests.whole.source import Source

_FULL_DISK = """
import logging, resource, sys
from pathlib import Path
from tests.crawlers.fetching.crawled import crawl_here, entry_of

logging.basicConfig(level=logging.INFO)
home, url = Path(sys.argv[1]), sys.argv[2]
resource.setrlimit(resource.RLIMIT_FSIZE, ((home / "archive.sqlite").stat().st_size + 100_000, resource.RLIM_INFINITY))
run = crawl_here(home, entry_of(url) | {"politeness": {"delay_seconds": 0.0, "parallel": 4}}, {})
print(run.outcome.value, run.detail, all(count.new == count.held for count in run.counts.values()))
"""


def test_a_full_disk_ends_a_crawl_with_a_sentence_and_true_counts(tmp_path: Path) -> None:
    open_archive(archive_settings(tmp_path, {})).close()
    with Source() as source:
        blanks = [os.urandom(2000).hex() for _ in range(300)]
        source.lists["paper"] = [source.object("Paper", n, name=name) for n, name in enumerate(blanks)]
        command = [sys.executable, "-c", _FULL_DISK, str(tmp_path), source.url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.startswith("failed stopped: ArchiveUnavailable"), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert all(line.endswith("True") for line in done.stdout.splitlines()), "what was committed is counted, and no more"


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

    report = asyncio.run(broke_twice())
    assert closed == ["archive"]
    assert report.failure == "stopped: ArchiveUnavailable: database or disk is full"

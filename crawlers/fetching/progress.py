"""Says how a crawl is getting on: one line that is overwritten on a terminal, a line now and then otherwise."""

from __future__ import annotations

import logging
import sys
import time
from typing import Self, TextIO

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall

from archive.archive import ArchiveUnavailable
from council.model import Kind
from crawlers.fetching.scrapy_spider import CouncilSpider
from crawlers.frontier.report import ListProgress

LOG = logging.getLogger("ratslupe.crawl")
ON_TERMINAL = 0.5
IN_LOG = 30.0
HEARTBEAT = 10.0


class Progress:
    """Scrapy extension: the progress line, and the run's heartbeat in the archive."""

    def __init__(self, crawler: Crawler, out: TextIO = sys.stderr) -> None:
        self._crawler = crawler
        self._out = out
        self._terminal = out.isatty()
        self._calls: list[LoopingCall] = []
        self._rate_since = (time.monotonic(), 0)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        progress = cls(crawler)
        crawler.signals.connect(progress.opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.closed, signal=signals.spider_closed)
        return progress

    def opened(self) -> None:
        for call, seconds in ((self.show, ON_TERMINAL if self._terminal else IN_LOG), (self.beat, HEARTBEAT)):
            loop = LoopingCall(call)
            loop.start(seconds, now=False)
            self._calls.append(loop)

    def closed(self) -> None:
        for call in self._calls:
            if call.running:
                call.stop()
        if self._terminal:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def show(self) -> None:
        """One line: what is being done, how much of how much, how fast, how long still."""
        line = self.line()
        if self._terminal:
            self._out.write(f"\r\x1b[K{line[:200]}")
            self._out.flush()
        else:
            LOG.info("%s", line)

    def line(self) -> str:
        """The progress line."""
        spider = self._spider()
        report = spider.report
        requests = self._stat("downloader/request_count")
        now = time.monotonic()
        then, count = self._rate_since
        rate = (requests - count) / max(now - then, 0.001)
        if now - then > 5:
            self._rate_since = (now, requests)
        seen = ", ".join(_seen(kind, report.lists[kind]) for kind in Kind if kind in report.lists)
        parts = [spider.municipality.key, report.phase, seen]
        if report.phase == "files":
            parts.append(f"files {report.files_done}/{report.files_wanted}")
            left = report.files_wanted - report.files_done
            if rate > 0 and left > 0:
                parts.append(f"about {_duration(left / rate)} left")
        parts.append(f"{rate:.0f} requests/s")
        return " · ".join(part for part in parts if part)

    def beat(self) -> None:
        """Tell the archive that this run lives. One that does not answer now is told again next time: an exception
        would stop all further beats, and the schedule ends crawls that are silent."""
        spider = self._spider()
        try:
            spider.run_writer.heartbeat(
                self._stat("downloader/request_count"), self._stat("downloader/response_bytes"), spider.report.phase
            )
        except ArchiveUnavailable as fault:
            LOG.warning("%s: no heartbeat: %s", spider.municipality.key, fault)

    def _stat(self, name: str) -> int:
        return int(self._crawler.stats.get_value(name, 0)) if self._crawler.stats else 0

    def _spider(self) -> CouncilSpider:
        spider = self._crawler.spider
        assert isinstance(spider, CouncilSpider)  # noqa: S101 - `crawl` starts no other
        return spider


def _seen(kind: Kind, progress: ListProgress) -> str:
    of = f"/{progress.total}" if progress.total else ""
    return f"{len(progress.seen)}{of} {kind.value}s"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"

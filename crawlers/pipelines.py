"""From a spider to the archive. The order is the literal list in `settings.scrapy_settings`: records, then files.

Both write in batches, so that a write is never done for one thing, and never keep anything back for long."""

from __future__ import annotations

import time
from typing import Any, Self

from scrapy.crawler import Crawler

from archive.file import FailedFile, FetchedFile
from archive.file_bytes import FileBytes
from archive.file_writer import FileWriter
from archive.record_writer import RecordWriter
from council.model import Meeting, Organization, Paper, Person, Record, Tombstone
from crawlers.spider import CouncilSpider, FileAnswer, FileUnchanged

BATCH = 200
SECONDS = 2.0


class PutRecords:
    """Nouns and tombstones into the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: list[Record] = []
        self._since = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        spider = _spider(self._crawler)
        self._writer: RecordWriter = spider.writer
        spider.flushes.append(self.flush)

    def process_item(self, item: Any) -> Any:
        match item:
            case Paper() | Meeting() | Organization() | Person():
                self._waiting.append(item)
                if len(self._waiting) >= BATCH or time.monotonic() - self._since > SECONDS:
                    self.flush()
            case Tombstone():
                self.flush()
                self._writer.bury([item])
            case _:
                pass
        return item

    def flush(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        self._since = time.monotonic()
        self._writer.put(waiting)

    def close_spider(self) -> None:
        self.flush()


class PutFiles:
    """Bytes under their sha256, and what became of every file into the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: list[FetchedFile | FailedFile | str] = []
        self._since = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        spider = _spider(self._crawler)
        self._writer: FileWriter = spider.files
        self._bytes: FileBytes = spider.bytes
        spider.flushes.append(self.flush)

    def process_item(self, item: Any) -> Any:
        match item:
            case FileAnswer():
                sha256 = self._bytes.put(item.body)
                self._put(FetchedFile(item.url, sha256, len(item.body), item.media_type, item.etag, item.last_modified))
            case FailedFile():
                self._put(item)
            case FileUnchanged():
                self._put(item.url)
            case _:
                pass
        return item

    def _put(self, answer: FetchedFile | FailedFile | str) -> None:
        self._waiting.append(answer)
        if len(self._waiting) >= BATCH or time.monotonic() - self._since > SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        self._since = time.monotonic()
        self._writer.put(waiting)

    def close_spider(self) -> None:
        self.flush()


def _spider(crawler: Crawler) -> CouncilSpider:
    spider = crawler.spider
    assert isinstance(spider, CouncilSpider)  # noqa: S101 - `crawl` starts no other
    return spider

"""From a spider to the archive. The order is the literal list in `settings.scrapy_settings`: records, then files.

Both write in batches, so that a write is never done for one thing, and never keep anything back for long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

from scrapy.crawler import Crawler

from archive.blob_store import BlobStore
from archive.file import FailedFile, FetchedFile
from archive.record_writer import RecordWriter
from council.model import Meeting, Organization, Paper, Person, Record, Tombstone
from crawlers.fetching.files import FileAnswer, FileUnchanged
from crawlers.fetching.scrapy_spider import CouncilSpider

BATCH = 200
SECONDS = 2.0

Item = TypeVar("Item")


class Waiting(Generic[Item]):
    """What waits to be written together: until there are BATCH of them, or SECONDS are over at the next one."""

    def __init__(self, write: Callable[[list[Item]], None]) -> None:
        self._write = write
        self._items: list[Item] = []
        self._since = time.monotonic()

    def add(self, item: Item) -> None:
        """One more; writes all when it is time."""
        self._items.append(item)
        if len(self._items) >= BATCH or time.monotonic() - self._since > SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        items, self._items = self._items, []
        self._since = time.monotonic()
        self._write(items)


class PutRecords:
    """Nouns and tombstones into the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        spider = _spider(self._crawler)
        self._writer: RecordWriter = spider.writer
        self._waiting: Waiting[Record] = Waiting(self._writer.put)
        spider.flushes.append(self._waiting.flush)

    def process_item(self, item: Any) -> Any:
        match item:
            case Paper() | Meeting() | Organization() | Person():
                self._waiting.add(item)
            case Tombstone():
                self._waiting.flush()
                self._writer.add_tombstones([item])
            case _:
                pass
        return item

    def close_spider(self) -> None:
        self._waiting.flush()


class PutFiles:
    """Bytes under their sha256, and what became of every file into the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        spider = _spider(self._crawler)
        self._blobs: BlobStore = spider.blobs
        self._waiting: Waiting[FetchedFile | FailedFile | str] = Waiting(spider.files.put)
        spider.flushes.append(self._waiting.flush)

    def process_item(self, item: Any) -> Any:
        match item:
            case FileAnswer():
                sha256 = self._blobs.put(item.body)
                self._waiting.add(
                    FetchedFile(item.url, sha256, len(item.body), item.media_type, item.etag, item.last_modified)
                )
            case FailedFile():
                self._waiting.add(item)
            case FileUnchanged():
                self._waiting.add(item.url)
            case _:
                pass
        return item

    def close_spider(self) -> None:
        self._waiting.flush()


def _spider(crawler: Crawler) -> CouncilSpider:
    spider = crawler.spider
    assert isinstance(spider, CouncilSpider)  # noqa: S101 - `crawl` starts no other
    return spider

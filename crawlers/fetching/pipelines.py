"""From a spider to the archive: records and files are written in batches, and nothing is kept back for long."""

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

BATCH_SIZE = 200
BATCH_SECONDS = 2.0

Item = TypeVar("Item")


class Batch(Generic[Item]):
    """Items that are written together: BATCH_SIZE of them, or fewer when BATCH_SECONDS are over at the next one."""

    def __init__(self, write: Callable[[list[Item]], None]) -> None:
        self._write = write
        self._items: list[Item] = []
        self._since = time.monotonic()

    def add(self, item: Item) -> None:
        """One more; writes all when it is time."""
        self._items.append(item)
        if len(self._items) >= BATCH_SIZE or time.monotonic() - self._since > BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        items, self._items = self._items, []
        self._since = time.monotonic()
        self._write(items)


class ArchivePipeline:
    """Nouns and tombstones, bytes under their sha256, and what became of every file."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        spider = _spider(self._crawler)
        self._writer: RecordWriter = spider.writer
        self._blobs: BlobStore = spider.blobs
        self._records: Batch[Record] = Batch(self._writer.put)
        self._files: Batch[FetchedFile | FailedFile | str] = Batch(spider.files.put)
        spider.flushes += [self._records.flush, self._files.flush]

    def process_item(self, item: Any) -> Any:
        match item:
            case Paper() | Meeting() | Organization() | Person():
                self._records.add(item)
            case Tombstone():
                self._records.flush()
                self._writer.add_tombstones([item])
            case FileAnswer():
                sha256 = self._blobs.put(item.body)
                self._files.add(
                    FetchedFile(item.url, sha256, len(item.body), item.media_type, item.etag, item.last_modified)
                )
            case FailedFile():
                self._files.add(item)
            case FileUnchanged():
                self._files.add(item.url)
            case _:
                pass
        return item

    def close_spider(self) -> None:
        try:
            self._records.flush()
        finally:
            self._files.flush()


def _spider(crawler: Crawler) -> CouncilSpider:
    spider = crawler.spider
    assert isinstance(spider, CouncilSpider)  # noqa: S101 - `crawl` starts no other
    return spider

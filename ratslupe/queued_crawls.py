"""How a due crawl gets run on several machines: it waits in the queue for a worker."""

from __future__ import annotations

import logging
import threading

from council.municipality import Municipality
from ratslupe.crawl_queue import CrawlQueue, DueCrawl
from ratslupe.due import provider_of
from ratslupe.errors import QueueUnusable

LOG = logging.getLogger("ratslupe.schedule")


class QueuedCrawls:
    """See Crawls. What is due is put into the queue together, every second; while the queue does not answer it waits
    here."""

    def __init__(self, queue: CrawlQueue) -> None:
        self._queue = queue
        self._lock = threading.Lock()
        self._due: dict[str, DueCrawl] = {}
        self._said = ""

    def due(self, entry: Municipality) -> None:
        """See Crawls."""
        with self._lock:
            self._due.setdefault(entry.key, DueCrawl(entry.key, provider_of(entry)))

    def flush(self) -> None:
        """See Crawls."""
        with self._lock:
            due = list(self._due.values())
        if not due:
            return
        try:
            self._queue.put(due)
        except QueueUnusable as fault:
            if str(fault) != self._said:
                LOG.error("%s; %d crawls wait in the schedule until it does", fault, len(due))
            self._said = str(fault)
            return
        self._said = ""
        with self._lock:
            for crawl in due:
                self._due.pop(crawl.key, None)

    def running(self) -> list[str]:
        """See Crawls: none; workers run them."""
        return []

    def watch(self) -> None:
        """See Crawls: nothing; workers look after theirs."""

    def stop(self) -> None:
        """See Crawls: what waits in the queue stays there."""
        self.flush()

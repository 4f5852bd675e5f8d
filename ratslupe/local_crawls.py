"""How a due crawl gets run on one machine: a child for each, a few at once, one at a time of a provider."""

from __future__ import annotations

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

from archive.archive import Archive
from council.municipality import Municipality
from ratslupe.child_processes import end_silent, notice_dead, say_how_it_ended, start_child, stop_children
from ratslupe.due import provider_of
from ratslupe.installation import Installation

CRAWLS_AT_ONCE = 4


class LocalCrawls:
    """See Crawls: crawls in children of this process."""

    def __init__(self, installation: Installation, archive: Archive) -> None:
        self._installation = installation
        self._archive = archive
        self._pool = ThreadPoolExecutor(CRAWLS_AT_ONCE, thread_name_prefix="crawl")
        self._lock = threading.Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._waiting: set[str] = set()
        self._providers: dict[str, threading.Lock] = {}
        self._stopping = False

    def due(self, entry: Municipality) -> None:
        """See Crawls."""
        with self._lock:
            if self._stopping or entry.key in self._waiting:
                return
            self._waiting.add(entry.key)
        self._pool.submit(self._crawl, entry)

    def flush(self) -> None:
        """See Crawls: nothing is kept back."""

    def running(self) -> list[str]:
        """See Crawls."""
        with self._lock:
            return sorted(self._running)

    def watch(self) -> None:
        """See Crawls: end those that have been silent for too long."""
        with self._lock:
            running = dict(self._running)
        end_silent(self._archive, running)

    def stop(self) -> None:
        """See Crawls: ask the children to end and wait for them."""
        self._stopping = True
        with self._lock:
            running = list(self._running.values())
        stop_children(running)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _crawl(self, entry: Municipality) -> None:
        with self._lock:
            one_at_a_time = self._providers.setdefault(provider_of(entry), threading.Lock())
        try:
            with one_at_a_time:
                if self._stopping:
                    return
                with self._lock:
                    child = self._running[entry.key] = start_child(self._installation, ["crawl", entry.key])
                code = child.wait()
            if not self._stopping:
                say_how_it_ended(entry.key, code)
            notice_dead(self._archive, entry.key)
        finally:
            with self._lock:
                self._running.pop(entry.key, None)
                self._waiting.discard(entry.key)

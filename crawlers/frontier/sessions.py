"""Sessions and keys that are over: pages that wait until a new one is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from crawlers.frontier.actions import Action, Fetch
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.queue import LISTS_FIRST


class SessionRenewal:
    """`open_session` asks for a new session, once for all pages that wait; what came of it calls `go_on`. `count` is
    how many were asked for."""

    def __init__(self, crawl: PageCrawl, open_session: Callable[[], Iterator[Action]]) -> None:
        self._crawl, self._open_session = crawl, open_session
        self._waiting: list[Fetch] = []
        self.count = 0

    def ask_again(self, fetch: Fetch) -> Iterator[Action]:
        """Ask for a page once more, in a new session."""
        self._waiting.append(replace(fetch, tries=fetch.tries + 1))
        if len(self._waiting) == 1:
            self.count += 1
            yield from self._open_session()

    def go_on(self) -> Iterator[Action]:
        """The session is open, or cannot be had: the pages that wait, with whatever there is."""
        waiting, self._waiting = self._waiting, []
        for fetch in waiting:
            yield self._crawl.fetch(fetch.url, LISTS_FIRST, stale=fetch.stale, tries=fetch.tries)

"""The session: one request at a time, a cookie of its own, and lists that a second request brings to the same page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from scrapy import Request

from crawlers.allris4.addresses import ajax_headers, is_stateful, without_state
from crawlers.fetching.page_spider import LISTS_FIRST, TRIES, PageSpider
from crawlers.parsing.errors import UnexpectedResponse


class SessionSpider(PageSpider):
    """Asks second requests as the page itself would. Who opens a session a request is shut out ("Zu viele Zugriffe aus
    Ihrem Netzwerk"), and a session knows its newest pages only: so nothing is asked side by side."""

    custom_settings = {  # noqa: RUF012 - Scrapy's own declaration
        "COOKIES_ENABLED": True, "CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    }  # fmt: skip

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._renewed: Counter[str] = Counter()

    def request(self, url: str, **more: Any) -> Request:
        if is_stateful(url):  # before other pages come in between; redirects lead to the page, without its list
            more |= {"priority": LISTS_FIRST + 1, "headers": ajax_headers(url), "meta": {"dont_redirect": True}}
        return super().request(url, **more)

    def _not_that_page(self, change: UnexpectedResponse, asked: str, stale: int, tries: int) -> Iterator[Request]:
        """A second request that is not answered needs its page anew, in whichever session there is now."""
        page = without_state(asked)
        if page == asked:
            yield from super()._not_that_page(change, asked, stale, tries)
            return
        self._renewed[page] += 1
        if self._renewed[page] < TRIES:
            self._asked.discard(asked)  # a new session counts its pages from the beginning
            yield self._ask(page, LISTS_FIRST + 1, 0)
        else:
            self._lose(asked, str(change))

    def _lose(self, asked: str, why: str, again: bool = True) -> None:
        super()._lose(without_state(asked), why, again)

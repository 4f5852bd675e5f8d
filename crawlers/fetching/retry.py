"""Second tries: Scrapy's own retry, but with patience, and for error pages that come with status 200 too."""

from __future__ import annotations

import asyncio
import calendar
import datetime as dt
import random
import re
import time
from email.utils import parsedate_tz
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from crawlers.parsing.access import denial_in_body
from crawlers.parsing.errors import DenialKind, looks_like_html
from crawlers.parsing.provider import is_same_provider

LONGEST_PAUSE = 120.0
LOOK_EVERY = 0.5
MARKUP = re.compile(r"text/html|xhtml|xml|svg", re.IGNORECASE)


class PatientRetry(RetryMiddleware):
    """Waits before it asks again: as long as the server says (Retry-After), else 0.5 s, 1 s, 2 s … A server that asks
    for more than two minutes is not asked again: the source itself is left alone for the day.
    An HTML page where JSON or a document was asked for is an error too (ris-systems A.5, 8), whatever its status.
    `request.meta["expect"]` is "json" or the media type of a file."""

    async def process_response(  # type: ignore[override]  # Scrapy takes a coroutine as well
        self, request: Request, response: Response, spider: object = None
    ) -> Request | Response:
        if request.meta.get("dont_retry"):
            return response
        if response.status in self.retry_http_codes and asked_to_wait(response) > LONGEST_PAUSE:
            self._leave(response)
            return response
        if response.status in self.retry_http_codes:
            why = f"HTTP {response.status}"
        elif response.status == 200 and unexpected_html(request, response):
            why = "HTML page with status 200"
        else:
            return response
        if _keeps_out(response):
            return response
        again = self._retry(request, why)
        if again is None:
            return response
        return again if await self._slept(pause(response, again.meta["retry_times"])) else response

    async def process_exception(  # type: ignore[override]  # the same
        self, request: Request, exception: Exception, spider: object = None
    ) -> Request | None:
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            return again if await self._slept(pause(None, again.meta["retry_times"])) else None
        return None

    def _leave(self, response: Response) -> None:
        """The source's own provider wants to be left alone: stop, change nothing, and come back another day."""
        spider: Any = self.crawler.spider
        if not is_same_provider(response.url, spider.municipality.url) or spider.report.blocked:
            return
        wait = dt.timedelta(seconds=round(asked_to_wait(response)))
        host = urlsplit(response.url).hostname
        spider.block(f"{host} asks to be left alone for {wait} (HTTP {response.status}, Retry-After)")

    async def _slept(self, seconds: float) -> bool:
        """Wait; False at once when the crawl is told to stop meanwhile: it would wait for this."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._runs():
                return False
            await asyncio.sleep(min(left, LOOK_EVERY))
        return True

    def _runs(self) -> bool:
        return self.crawler.engine is None or self.crawler.engine.running


def unexpected_html(request: Request, response: Response) -> bool:
    """Whether markup came where something else was to come."""
    expect = request.meta.get("expect")
    if expect is None or not looks_like_html(response.body):
        return False
    return expect == "json" or not MARKUP.search(expect)


def _keeps_out(response: Response) -> bool:
    """Whether an access check answers: asking it again brings nothing."""
    denial = denial_in_body(response.body, response.url) if looks_like_html(response.body) else None
    return denial is not None and denial.kind is DenialKind.BOT_CHALLENGE


def pause(response: Response | None, tries: int) -> float:
    """Seconds to wait before the next try."""
    asked = asked_to_wait(response) if response is not None else 0.0
    return min(asked, LONGEST_PAUSE) or min(0.25 * float(2**tries) * random.uniform(0.8, 1.2), 30.0)


def asked_to_wait(response: Response) -> float:
    """Seconds that the server asks to be left alone for (RFC 9110, 10.2.3: a number, or a date by its own clock);
    0 where it asks for nothing."""
    value = _header(response, "Retry-After")
    if value.isascii() and value.isdigit():
        return float(value[:12])
    until, now = _moment(value), _moment(_header(response, "Date")) or time.time()
    return max(0.0, until - now) if until is not None else 0.0


def _moment(date: str) -> float | None:
    """A date of HTTP in any of its three forms (RFC 9110, 5.6.7), in seconds since 1970."""
    parts = parsedate_tz(date)
    try:
        return calendar.timegm(parts[:9]) - (parts[9] or 0) if parts else None
    except (ValueError, OverflowError):
        return None


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()

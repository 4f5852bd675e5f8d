"""Second tries: Scrapy's own retry, but with patience, and for error pages that come with status 200 too."""

from __future__ import annotations

import asyncio
import random
import re
import time

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from crawlers.parsing.errors import looks_like_html

LONGEST_PAUSE = 120.0
LOOK_EVERY = 0.5
MARKUP = re.compile(r"text/html|xhtml|xml|svg", re.IGNORECASE)


class PatientRetry(RetryMiddleware):
    """Waits before it asks again: as long as the server says (Retry-After, at most two minutes), else 0.5 s, 1 s, 2 s …
    An HTML page where JSON or a document was asked for is an error too (ris-systems A.5, 8), whatever its status.
    `request.meta["expect"]` is "json" or the media type of a file."""

    async def process_response(  # type: ignore[override]  # Scrapy takes a coroutine as well
        self, request: Request, response: Response, spider: object = None
    ) -> Request | Response:
        if request.meta.get("dont_retry"):
            return response
        if response.status in self.retry_http_codes:
            again = self._retry(request, f"HTTP {response.status}")
        elif response.status == 200 and unexpected_html(request, response):
            again = self._retry(request, "HTML page with status 200")
        else:
            return response
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


def pause(response: Response | None, tries: int) -> float:
    """Seconds to wait before the next try."""
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip() if response is not None else ""
    if said.isdigit():
        return min(float(said), LONGEST_PAUSE)
    return min(0.25 * float(2**tries) * random.uniform(0.8, 1.2), 30.0)

"""robots.txt by RFC 9309: Scrapy's middleware with our own rules, but a file that cannot be reached forbids."""

from __future__ import annotations

from typing import Any, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred

from crawlers.fetching.politeness import slow_down
from crawlers.parsing.robots import RobotsTxt, read_robots_txt

UNREACHABLE: Final = b"User-agent: *\nDisallow: /\n"
LONGEST_DELAY: Final = 60.0
"""Seconds between two requests that are kept at most, whatever a robots.txt asks for: a visit must come to its end."""


class ForbiddenByRobots(IgnoreRequest):
    """robots.txt forbids the address: reported, and no failure of the source."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt does not come, which forbids everything for now."""


class OurRules(RobotParser):
    """What `crawlers.parsing.robots` reads, as Scrapy's middleware asks for it."""

    def __init__(self, rules: RobotsTxt) -> None:
        self._rules = rules

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        return cls(read_robots_txt(robotstxt_body))

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return self._rules.allows(url if isinstance(url, str) else url.decode())

    def crawl_delay(self, user_agent: str | bytes = "") -> float | None:
        return self._rules.crawl_delay


class RobotsMiddleware(RobotsTxtMiddleware):
    """RFC 9309, 2.3.1.3: a status of 400-499 means that there are no rules. 2.3.1.4: a server error or no answer at
    all means that everything is forbidden for now. Scrapy itself would go on in both cases and reads error pages.
    A Crawl-delay is kept by the whole provider, up to a minute."""

    def __init__(self, crawler) -> None:  # type: ignore[no-untyped-def]
        super().__init__(crawler)
        self._unreachable: dict[str, str] = {}

    def process_request_2(self, rp, request: Request) -> None:  # type: ignore[no-untyped-def]
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as refusal:
            netloc = request.url.split("/")[2]
            if cause := self._unreachable.get(netloc):
                why = f"robots.txt of {netloc} cannot be reached ({cause}), so nothing may be asked now"
                raise RobotsUnreachable(why) from refusal
            raise ForbiddenByRobots(f"robots.txt of {netloc} forbids this address") from refusal

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unreachable[netloc] = f"HTTP {response.status}"
            response = response.replace(body=UNREACHABLE)
        elif response.status >= 400:
            response = response.replace(body=b"")
        if delay := read_robots_txt(response.body).crawl_delay:
            self._keep(delay, netloc, response)
        await super()._parse_robots(response, netloc, request)

    def _keep(self, delay: float, netloc: str, response: Response) -> None:
        slow_down(self.crawler, response.meta["download_slot"], min(delay, LONGEST_DELAY))
        report: Any = getattr(self.crawler.spider, "report", None)  # a probe has none, and ends by its own rule
        if delay > LONGEST_DELAY and report is not None:
            report.warn(
                f"robots.txt of {netloc} asks for {delay:g} s between two requests: {LONGEST_DELAY:g} s are kept"
            )

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreachable[netloc] = (str(exc).splitlines() or [type(exc).__name__])[0][:200]
        parser = self._parserimpl.from_crawler(self.crawler, UNREACHABLE)
        waiting = self._parsers[netloc]
        self._parsers[netloc] = parser
        if isinstance(waiting, Deferred):
            waiting.callback(parser)

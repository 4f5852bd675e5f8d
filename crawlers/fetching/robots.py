"""robots.txt by RFC 9309: Scrapy's middleware (Protego), but a file that cannot be reached forbids."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.internet.defer import Deferred

UNREACHABLE = b"User-agent: *\nDisallow: /\n"


class ForbiddenByRobots(IgnoreRequest):
    """robots.txt forbids the address: said, and no failure of the source."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt does not come, which forbids everything for now."""


class Robots(RobotsTxtMiddleware):
    """RFC 9309, 2.3.1.3: a status of 400-499 means that there are no rules. 2.3.1.4: a server error or no answer at
    all means that everything is forbidden for now. Scrapy itself would go on in both cases and reads error pages."""

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
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreachable[netloc] = (str(exc).splitlines() or [type(exc).__name__])[0][:200]
        parser = self._parserimpl.from_crawler(self.crawler, UNREACHABLE)
        waiting = self._parsers[netloc]
        self._parsers[netloc] = parser
        if isinstance(waiting, Deferred):
            waiting.callback(parser)

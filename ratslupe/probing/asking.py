"""Asking a server a few things, one after the other, by all the rules of a crawl: Scrapy with the project's own robots,
retry and politeness, since whatever a crawl may not ask, a probe may not either (docs/decisions/0008)."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from council.address import is_loopback
from council.municipality import AdministrationKind, Municipality, Politeness
from council.system import System
from crawlers.crawl import quiet_process
from crawlers.detection.findings import ServerAnswer
from crawlers.settings import CrawlSettings, crawl_settings, scrapy_settings
from ratslupe.probing.robots import RobotsWord, read_robots

MOST_REQUESTS: Final = 12
MOST_SECONDS: Final = 240.0
LARGEST_ANSWER: Final = 20 * 1024 * 1024
LONGEST_ANSWER: Final = 30.0
LONGEST_DELAY: Final = 15.0
"""Seconds between two requests, asked for by robots.txt, that a probe still keeps."""
PLACEHOLDER_ARS: Final = "150000000000"


class NotAsked(Exception):
    """The probe asks for nothing more: its requests or its time are used up."""


class NoAnswer(Exception):
    """No answer to one request. The message says why, for people."""


class Asking:
    """One probe's requests. `count` are those that went out, robots.txt and redirections included."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.count = 0
        self.robots: dict[str, RobotsWord] = {}
        self._held: dict[str, Response] = {}
        self._until = time.monotonic() + MOST_SECONDS
        crawler.signals.connect(self._counted, signal=signals.request_reached_downloader)
        crawler.signals.connect(self._received, signal=signals.response_received)

    @property
    def left(self) -> int:
        """How many requests may still go out."""
        return 0 if time.monotonic() > self._until else max(0, MOST_REQUESTS - self.count)

    async def seen(self, url: str) -> ServerAnswer:
        """What is at an address. Raises NoAnswer, NotAsked."""
        return seen_in(await self.fetch(Request(url, dont_filter=True)))

    async def fetch(self, request: Request) -> Response:
        """The answer to a request; the same one is not asked twice. Raises NoAnswer, NotAsked."""
        held = self._held.get(request.url) if request.method == "GET" else None
        if held is not None:
            return held.replace(request=request)  # spiders look at what their request carried
        if not self.left:
            raise NotAsked(f"{self.count} requests are enough for a probe")
        self._not_too_slow(request.url)
        engine = self.crawler.engine
        if engine is None or not engine.running:
            raise NotAsked("the probe was stopped")
        try:
            response = await engine.download_async(request)
        except IgnoreRequest as no:
            raise NoAnswer(str(no) or f"{request.url} may not be asked for") from no
        except Exception as error:  # whatever the downloader raises means: no answer
            raise NoAnswer(_why(error)) from error
        if request.method == "GET":
            self._held[request.url] = self._held[response.url] = response
        return response

    def forbids(self, url: str) -> bool:
        """Whether a robots.txt that came forbids an address."""
        word = self.robots.get(urlsplit(url).netloc)
        return word is not None and word.forbids(url)

    def _not_too_slow(self, url: str) -> None:
        """A delay that robots.txt asks for is kept as in a crawl; a long one ends the probe."""
        word = self.robots.get(urlsplit(url).netloc)
        if word is not None and word.crawl_delay is not None and word.crawl_delay > LONGEST_DELAY:
            raise NotAsked(f"robots.txt of {word.host} asks for {word.crawl_delay:g} s between two requests")

    def _counted(self, request: Request, spider: Any) -> None:
        self.count += 1

    def _received(self, response: Response, request: Request, spider: Any) -> None:
        asked = request.meta.get("redirect_urls", [request.url])[0]
        parts = urlsplit(asked)
        if parts.path == "/robots.txt":
            self.robots[parts.netloc] = read_robots(parts.netloc, response.status, response.body)


class ProbeSpider(scrapy.Spider):
    """Carries one probe through Scrapy; it has no requests of its own."""

    name = "probe"

    def __init__(self, work: Callable[[Asking], Awaitable[None]], **more: Any) -> None:
        super().__init__(**more)
        self._work = work
        self.fault: Exception | None = None
        self.finished = False

    async def start(self) -> Any:
        try:
            await self._work(Asking(self.crawler))
            self.finished = True
        except Exception as fault:  # noqa: BLE001 - kept, and raised again where the command can tell it
            self.fault = fault
        return
        yield  # Scrapy wants an asynchronous generator, and this one has no requests to give


def ask(url: str, work: Callable[[Asking], Awaitable[None]], timeout: float = LONGEST_ANSWER) -> None:
    """Do the work, which may ask the server of this address. Once in a process: Scrapy's reactor does not start twice.
    Raises whatever the work raises, and KeyboardInterrupt when it was stopped."""
    process = quiet_process(_settings(target_of(url, System.OPARL), timeout))
    crawler = process.create_crawler(ProbeSpider)
    process.crawl(crawler, work=work)
    process.start(install_signal_handlers=True)
    spider = crawler.spider
    if isinstance(spider, ProbeSpider) and spider.fault is not None:
        raise spider.fault
    if not isinstance(spider, ProbeSpider) or not spider.finished:
        raise KeyboardInterrupt


def target_of(url: str, system: System, ags: str | None = None, body: str | None = None) -> Municipality:
    """A municipality to be asked, before it is known which one it is."""
    own = is_loopback(url)
    return Municipality(
        key="probe", name="probe", kind=AdministrationKind.STADT, ags=ags, ars=None if ags else PLACEHOLDER_ARS,
        system=system, url=url, body=body, politeness=Politeness(delay_seconds=0.0 if own else 1.0, parallel=1),
    )  # fmt: skip


def _settings(target: Municipality, timeout: float) -> dict[str, Any]:
    """The settings of a crawl, but for less: once, one at a time, without an archive behind it."""
    limits: CrawlSettings = replace(
        crawl_settings(), max_bytes=LARGEST_ANSWER, timeout_seconds=timeout, max_seconds=MOST_SECONDS + 60, retries=0
    )
    settings = scrapy_settings(target, limits)
    settings["EXTENSIONS"].pop("crawlers.fetching.progress.Progress", None)
    return settings | {
        "ITEM_PIPELINES": {}, "CONCURRENT_REQUESTS": 2, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "REDIRECT_MAX_TIMES": 4,
        "DOWNLOAD_DELAY_JITTER": 0, "COOKIES_ENABLED": True, "RETRY_ENABLED": False,
    }  # fmt: skip


def seen_in(response: Response) -> ServerAnswer:
    """A response as detection looks at it."""
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    return ServerAnswer(response.url, response.status, response.body, headers)


def _why(error: Exception) -> str:
    """What went wrong with the network, without the library's words around it."""
    name = type(error).__name__
    message = " ".join(str(error).split())
    for part, meaning in (
        ("Timeout", "no answer in time"),
        ("CannotResolveHost", "there is no host of that name"),
        ("DNSLookup", "there is no host of that name"),
        ("ConnectionRefused", "nothing listens there: the connection was refused"),
        ("Cancelled", f"the answer is larger than {LARGEST_ANSWER // 1024 // 1024} MB, or was broken off"),
        ("SSL", "its certificate or TLS cannot be trusted"),
    ):
        if part in name or part in message:
            return f"{meaning} ({name})"
    return f"{message[:200] or name} ({name})"

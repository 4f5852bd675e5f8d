"""Who is asked how often: everything of one provider, by registrable domain and by address, shares one slot."""

from __future__ import annotations

from typing import Final, Self

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetching.private_networks import Address
from crawlers.fetching.resolver import JudgingResolver, spoken
from crawlers.parsing.provider import provider

NOT_FASTER: Final = "autothrottle_dont_adjust_delay"


class PrivateNetwork(IgnoreRequest):
    """The host is inside a private network, and the register's entry does not name it."""


class LeftAlone(Exception):
    """Not asked this time, since nothing of the source is."""


class OneProviderOneSlot:
    """Puts requests to hosts that share a registrable domain or an IP address into one of Scrapy's download slots, so
    that its delay, concurrency and AutoThrottle hold for the provider, not for each of its names.

    Says why a host of a private network is not asked; that no connection goes there is the resolver's work."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._slots: dict[str, str] = {}
        self._by_address: dict[Address, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request, spider: object = None) -> None:
        host = urlparse_cached(request).hostname or ""
        answer = await resolver_in_use().judged(host)
        if answer.is_refused:
            raise PrivateNetwork(
                f"{host} is in a private network ({spoken(answer.refused)}); if that is the source's own server, name "
                "its address in the entry's private_addresses"
            )
        slot = request.meta["download_slot"] = self._slot(host, answer.usable)
        if slot in downloader_of(self._crawler).per_slot_settings:
            request.meta[NOT_FASTER] = True

    def _slot(self, host: str, addresses: tuple[Address, ...]) -> str:
        if host not in self._slots:
            domain = provider(host)
            of_domain = (slot for known, slot in self._slots.items() if provider(known) == domain)
            of_address = (self._by_address[address] for address in addresses if address in self._by_address)
            self._slots[host] = next(of_domain, None) or next(of_address, None) or domain
        for address in addresses:
            self._by_address.setdefault(address, self._slots[host])
        return self._slots[host]


def slow_down(crawler: Crawler, slot: str, seconds: float) -> None:
    """From now on let at least so many seconds pass between two requests of a slot, and let AutoThrottle not shorten
    them, nor chance."""
    downloader = downloader_of(crawler)
    before = downloader.per_slot_settings.get(slot, {}).get("delay", crawler.settings.getfloat("DOWNLOAD_DELAY"))
    if seconds <= before:
        return
    downloader.per_slot_settings[slot] = {"delay": seconds, "jitter": 0.0}
    if (current := downloader.slots.get(slot)) is not None:
        current.delay, current.jitter = max(seconds, current.delay), 0.0
        for request in current.active:
            request.meta[NOT_FASTER] = True


def cancel_waiting(crawler: Crawler, why: str) -> None:
    """Let requests that wait for their turn fail: while a crawl closes they would still be sent, one by one."""
    for slot in downloader_of(crawler).slots.values():
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(LeftAlone(why))


def downloader_of(crawler: Crawler) -> Downloader:
    """Scrapy's downloader of a crawl that runs."""
    assert crawler.engine is not None  # noqa: S101 - who asks is called by the engine
    return crawler.engine.downloader


def resolver_in_use() -> JudgingResolver:
    """What the reactor's connections go through. Raises RuntimeError where it is not our own."""
    from twisted.internet import reactor

    resolver = reactor.nameResolver
    if not isinstance(resolver, JudgingResolver):
        raise RuntimeError(f"connections go through {type(resolver).__name__}, which judges no address")
    return resolver

"""Who is asked how often: everything of one provider, by registrable domain and by address, shares one slot."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetching.private_networks import Address
from crawlers.fetching.resolver import JudgingResolver, spoken
from crawlers.parsing.provider import provider


class PrivateNetwork(IgnoreRequest):
    """The host is inside a private network, and the register's entry does not name it."""


class OneProviderOneSlot:
    """Puts requests to hosts that share a registrable domain or an IP address into one of Scrapy's download slots, so
    that its delay, concurrency and AutoThrottle hold for the provider, not for each of its names.

    Says why a host of a private network is not asked; that no connection goes there is the resolver's work."""

    def __init__(self) -> None:
        self._slots: dict[str, str] = {}
        self._by_address: dict[Address, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    async def process_request(self, request: Request, spider: object = None) -> None:
        host = urlparse_cached(request).hostname or ""
        answer = await resolver_in_use().judged(host)
        if answer.is_refused:
            raise PrivateNetwork(
                f"{host} is in a private network ({spoken(answer.refused)}); if that is the source's own server, name "
                "its address in the entry's private_addresses"
            )
        request.meta["download_slot"] = self._slot(host, answer.usable)

    def _slot(self, host: str, addresses: tuple[Address, ...]) -> str:
        if host not in self._slots:
            domain = provider(host)
            of_domain = (slot for known, slot in self._slots.items() if provider(known) == domain)
            of_address = (self._by_address[address] for address in addresses if address in self._by_address)
            self._slots[host] = next(of_domain, None) or next(of_address, None) or domain
        for address in addresses:
            self._by_address.setdefault(address, self._slots[host])
        return self._slots[host]


def resolver_in_use() -> JudgingResolver:
    """What the reactor's connections go through. Raises RuntimeError where it is not our own."""
    from twisted.internet import reactor

    resolver = reactor.nameResolver
    if not isinstance(resolver, JudgingResolver):
        raise RuntimeError(f"connections go through {type(resolver).__name__}, which judges no address")
    return resolver

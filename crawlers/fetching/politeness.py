"""Who is asked how often: everything of one provider, by registrable domain and by address, shares one slot."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawlers.parsing.provider import provider


class OneProviderOneSlot:
    """Puts requests to hosts that share a registrable domain or an IP address into one of Scrapy's download slots, so
    that its delay, concurrency and AutoThrottle hold for the provider, not for each of its names.

    Refuses addresses inside private networks unless the municipality's own server is there: a source must not be
    able to send the crawler after the machines next to it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._slots: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._refused: set[str] = set()
        self._own: bool | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request, spider: object = None) -> None:
        host = urlsplit(request.url).hostname or ""
        if host not in self._slots:
            await self._place(host)
        if host in self._refused:
            raise IgnoreRequest(f"{host} is an address of a private network")
        request.meta["download_slot"] = self._slots[host]

    async def _place(self, host: str) -> None:
        addresses = await addresses_of(host)
        domain = provider(host)
        known = next((self._by_address[a] for a in addresses if a in self._by_address), None)
        slot = next((s for h, s in self._slots.items() if provider(h) == domain), None) or known or domain
        self._slots[host] = slot
        for address in addresses:
            self._by_address.setdefault(address, slot)
        if any(_is_private(a) for a in addresses) and not await self._own_server_is_private():
            self._refused.add(host)

    async def _own_server_is_private(self) -> bool:
        if self._own is None:
            spider: Any = self._crawler.spider
            own = urlsplit(spider.municipality.url).hostname or ""
            self._own = any(_is_private(a) for a in await addresses_of(own))
        return self._own


async def addresses_of(host: str) -> tuple[str, ...]:
    """The addresses of a host; none where it has no name in the DNS (the request itself will say so)."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def _is_private(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return not parsed.is_global or parsed.is_multicast

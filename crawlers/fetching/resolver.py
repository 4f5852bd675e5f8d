"""The only way from a host's name to a connection: every look-up is judged, and only judged addresses are connected to.

Scrapy's downloader asks Twisted's reactor for the addresses of every host (RFC 6555 in `HostnameEndpoint`), literal
addresses, redirects, robots.txt and second tries included, and connects to what it is given. So a name that answers
otherwise the next time cannot lead anywhere else (DNS rebinding)."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.resolver import HostResolution
from twisted.internet import address as twisted_address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.fetching.private_networks import Address, address_of, is_public

Lookup = Callable[[str], Awaitable[Sequence[str]]]

LOG = logging.getLogger("ratslupe.crawl")
KEPT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What one look-up brought: the addresses that may be connected to, and those that may not. Both are empty where
    there is no host of that name."""

    usable: tuple[Address, ...] = ()
    refused: tuple[Address, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether there is such a host, but none that may be asked."""
        return bool(self.refused) and not self.usable


async def system_lookup(host: str) -> tuple[str, ...]:
    """The addresses of a host as this machine knows them; every spelling of an address gives that address.
    Raises OSError, UnicodeError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@implementer(IHostnameResolver)
class JudgingResolver:
    """Answers with public addresses, and with those in `named` (see `private_networks.named_addresses`). An answer
    holds for five minutes, so that what is asked and what is connected to is one answer. `proxies` are hosts that
    whoever runs the crawler has set (`https_proxy` …): connected to unjudged, but no source can have them asked."""

    def __init__(
        self, reactor: Any, lookup: Lookup, named: frozenset[Address], timeout: float, proxies: frozenset[str]
    ) -> None:
        self._reactor = reactor
        self._lookup = lookup
        self._named = named
        self._timeout = timeout
        self._proxies = proxies
        self._judged: dict[str, tuple[float, Judged]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        """Scrapy's way to make it; `crawler` is its process."""
        settings = crawler.settings
        proxies = frozenset(host for url in getproxies().values() if (host := urlsplit(url).hostname))
        named = frozenset(address_of(text) for text in settings.getlist("NAMED_ADDRESSES"))
        return cls(reactor, settings["ADDRESS_LOOKUP"], named, settings.getfloat("DNS_TIMEOUT"), proxies)

    def install_on_reactor(self) -> None:
        """Be what every connection goes through."""
        self._reactor.installNameResolver(self)

    async def judged(self, host: str) -> Judged:
        """What may be connected to for a host, in lower case; the same answer for five minutes."""
        until, answer = self._judged.get(host, (0.0, Judged()))
        if time.monotonic() < until:
            return answer
        answer = self._judge(host, await self._addresses(host))
        self._judged[host] = (time.monotonic() + KEPT_SECONDS, answer)
        if answer.usable and answer.refused:
            LOG.warning("%s also resolves to %s: not asked there", host, spoken(answer.refused))
        return answer

    def _judge(self, host: str, addresses: Sequence[Address]) -> Judged:
        """A name without a dot is one of the own network's, wherever that is."""
        is_out_there = "." in host.rstrip(".") or ":" in host
        usable = tuple(a for a in addresses if a in self._named or (is_out_there and is_public(a)))
        return Judged(usable, tuple(address for address in addresses if address not in usable))

    async def _addresses(self, host: str) -> list[Address]:
        try:
            found = await asyncio.wait_for(self._lookup(host), self._timeout)
        except (OSError, UnicodeError):  # no such name, no answer in time, no name at all
            return []
        return [address_of(text) for text in dict.fromkeys(found)]

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803 - the same
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> HostResolution:
        """See IHostnameResolver: Twisted's connections ask here, and connect to nothing else."""
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        task = asyncio.get_running_loop().create_task(self._tell(resolutionReceiver, hostName.lower(), portNumber))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return resolution

    async def _tell(self, receiver: Any, host: str, port: int) -> None:
        try:
            proxy = host in self._proxies
            for address in await self._addresses(host) if proxy else (await self.judged(host)).usable:
                family = twisted_address.IPv4Address if address.version == 4 else twisted_address.IPv6Address
                receiver.addressResolved(family("TCP", str(address), port))
        finally:
            receiver.resolutionComplete()


def spoken(addresses: Sequence[Address]) -> str:
    """Addresses for a sentence."""
    return ", ".join(map(str, addresses))

"""Which addresses a crawl may connect to: public ones, and those that the register's entry itself names."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from council.address import host_of, is_loopback
from council.municipality import Municipality

Address = IPv4Address | IPv6Address

NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
NOT_FOR_THE_PUBLIC: Final = frozenset({IPv4Address("168.63.129.16")})
"""Public by IANA's tables, and yet inside: Azure's machines reach their host's own services there."""
LOCALHOST: Final[frozenset[Address]] = frozenset({IPv4Address("127.0.0.1"), IPv6Address("::1")})


def address_of(text: str) -> Address:
    """An address as a look-up gives it; an IPv4 address mapped into IPv6 becomes what it is. Raises ValueError."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address


def is_public(address: Address) -> bool:
    """Whether an address is the public internet's, and so is the IPv4 address that 6to4 or NAT64 reach with it."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and address not in NOT_FOR_THE_PUBLIC
    if address in NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    return address in GLOBAL_UNICAST and address.is_global


def named_addresses(municipality: Municipality) -> frozenset[Address]:
    """The addresses that the entry names, whatever network they are in: its url's host where that is an address or
    this machine, and `private_addresses`. What the DNS says of a name is no word of the entry's."""
    named: frozenset[Address] = frozenset(address_of(text) for text in municipality.private_addresses)
    try:
        return named | {address_of(host_of(municipality.url))}
    except ValueError:
        return named | LOCALHOST if is_loopback(municipality.url) else named

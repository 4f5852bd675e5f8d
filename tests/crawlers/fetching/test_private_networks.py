"""Which addresses are public, and which ones an entry names."""

from __future__ import annotations

import pytest

from council.municipality import Municipality
from council.problem import WrongValue
from crawlers.fetching.private_networks import address_of, is_public, named_addresses

PUBLIC = (
    "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.0.0.9",
    "2606:4700::1111", "2a02:908::1", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::808:808",
)  # fmt: skip
PRIVATE = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "168.63.129.16",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "fe80::1", "fe80::1%eth0", "fec0::1",
    "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "100::1", "5f00::1", "4000::1",
    "2002:7f00:1::1", "2002:a00:1::1", "2002:a9fe:a9fe::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1",
)  # fmt: skip


@pytest.mark.parametrize("text", PUBLIC)
def test_public(text: str) -> None:
    assert is_public(address_of(text))


@pytest.mark.parametrize("text", PRIVATE)
def test_not_public(text: str) -> None:
    assert not is_public(address_of(text))


def entry(url: str, **more: object) -> Municipality:
    """An entry with this address."""
    values = {"key": "a", "name": "A", "kind": "Stadt", "ags": "15088220", "system": "oparl", "url": url}
    return Municipality.model_validate(values | more)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://ris.example/oparl", []),
        ("http://ris/oparl", []),
        ("http://10.20.30.40/oparl", ["10.20.30.40"]),
        ("http://[fd00::40]:8080/oparl", ["fd00::40"]),
        ("http://127.0.0.1:8000/oparl", ["127.0.0.1"]),
        ("http://localhost:8000/oparl", ["127.0.0.1", "::1"]),
        ("http://ris.localhost/oparl", ["127.0.0.1", "::1"]),
        ("https://localhost.example/oparl", []),
    ],
)
def test_only_what_stands_in_the_entry_is_named(url: str, named: list[str]) -> None:
    assert sorted(map(str, named_addresses(entry(url)))) == named


def test_an_intranet_entry_names_the_addresses_of_its_server() -> None:
    named = named_addresses(entry("http://ris.intranet.example/", private_addresses="10.20.30.40 fd00::40"))
    assert sorted(map(str, named)) == ["10.20.30.40", "fd00::40"]


@pytest.mark.parametrize("value", ["", " ", "10.0.0.0/8", "ris.example", "010.1.1.1", 7, ["10.0.0.1", 7], {}])
def test_anything_but_addresses_is_told(value: object) -> None:
    with pytest.raises((WrongValue, ValueError), match="is no text with IP addresses"):
        entry("http://ris.example/", private_addresses=value)

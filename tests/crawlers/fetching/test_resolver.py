"""What a host's name may lead to: whatever the DNS says, and whenever it says it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from twisted.internet.interfaces import IHostnameResolver
from zope.interface.verify import verifyObject  # type: ignore[import-untyped]

from crawlers.fetching import resolver as resolving
from crawlers.fetching.private_networks import address_of
from crawlers.fetching.resolver import Judged, JudgingResolver, system_lookup

OUT, IN, OTHER = "93.184.215.14", "10.1.2.3", "10.1.2.4"


class Names:
    """A DNS of the test's own: for each name its answers, one look-up after the other; the last one stays."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        await asyncio.sleep(0)
        given = self.answers.get(host)
        if given is None:
            raise OSError("no such name")
        return given.pop(0) if len(given) > 1 else given[0]


class Receiver:  # the names are Twisted's
    """What Twisted's endpoint does with an answer."""

    def __init__(self) -> None:
        self.addresses: list[tuple[str, int]] = []
        self.complete = asyncio.Event()

    def resolutionBegan(self, resolution: object) -> None: ...  # noqa: N802

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append((address.host, address.port))

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete.set()


def resolver_of(names: Any, named: Sequence[str] = (), proxies: Sequence[str] = ()) -> JudgingResolver:
    return JudgingResolver(None, names, frozenset(map(address_of, named)), 5.0, frozenset(proxies))


async def connected(resolver: JudgingResolver, host: str) -> list[str]:
    """The addresses that a connection to the host would go to."""
    receiver = Receiver()
    resolver.resolveHostName(receiver, host, 443)
    await asyncio.wait_for(receiver.complete.wait(), 5)
    assert all(port == 443 for _, port in receiver.addresses)
    return [host for host, _ in receiver.addresses]


def test_it_is_what_twisted_asks() -> None:
    assert verifyObject(IHostnameResolver, resolver_of(Names()))


@pytest.mark.parametrize(
    ("answer", "usable"),
    [
        ([OUT], [OUT]),
        ([IN], []),
        ([OUT, IN], [OUT]),
        ([IN, OUT], [OUT]),
        (["2a02:908::1", "fd00::1", OUT], ["2a02:908::1", OUT]),
        ([f"::ffff:{IN}"], []),
        ([f"::ffff:{OUT}"], [OUT]),
        (["64:ff9b::a01:203", "2002:a01:203::"], []),
    ],
)
def test_every_address_of_a_look_up_is_judged(answer: list[str], usable: list[str]) -> None:
    assert asyncio.run(connected(resolver_of(Names(ris_example=[answer])), "ris.example")) == usable


def test_a_private_address_in_the_source_s_own_dns_opens_nothing() -> None:
    names = Names(ris_example=[[OUT, IN]], inside_example=[[OTHER]])

    async def both() -> tuple[list[str], list[str]]:
        resolver = resolver_of(names)
        return await connected(resolver, "ris.example"), await connected(resolver, "inside.example")

    assert asyncio.run(both()) == ([OUT], [])


def test_an_answer_holds_so_that_what_is_judged_is_what_is_connected_to() -> None:
    async def twice() -> tuple[Judged, list[str]]:
        resolver = resolver_of(Names(ris_example=[[OUT], [IN]]))
        return await resolver.judged("ris.example"), await connected(resolver, "RIS.example")

    judged, connection = asyncio.run(twice())
    assert (list(map(str, judged.usable)), connection) == ([OUT], [OUT])


def test_a_name_that_answers_otherwise_later_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "KEPT_SECONDS", -1.0)

    async def twice() -> tuple[list[str], list[str]]:
        resolver = resolver_of(Names(ris_example=[[OUT], [IN]]))
        return await connected(resolver, "ris.example"), await connected(resolver, "ris.example")

    assert asyncio.run(twice()) == ([OUT], [])


def test_only_what_the_entry_names_is_open_and_not_its_whole_network() -> None:
    names = Names(ris_example=[[IN]], inside_example=[[OTHER]], both_example=[[OTHER, IN]])

    async def all_three() -> list[list[str]]:
        resolver = resolver_of(names, named=[IN])
        return [await connected(resolver, host) for host in ("ris.example", "inside.example", "both.example")]

    assert asyncio.run(all_three()) == [[IN], [], [IN]]


def test_a_name_without_a_dot_is_one_of_the_own_network() -> None:
    names = Names(intranet=[[OUT]], intranet_=[[OUT]], localhost=[["127.0.0.1", "::1"]])
    assert asyncio.run(connected(resolver_of(names), "intranet")) == []
    assert asyncio.run(connected(resolver_of(names), "intranet.")) == []
    assert asyncio.run(connected(resolver_of(names), "localhost")) == []
    assert asyncio.run(connected(resolver_of(names, named=["127.0.0.1", "::1"]), "localhost")) == ["127.0.0.1", "::1"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "0", "::1", "::ffff:127.0.0.1"],
)
def test_an_address_is_judged_in_every_spelling(host: str) -> None:
    judged = asyncio.run(resolver_of(system_lookup).judged(host))
    assert judged.is_refused
    assert not judged.usable


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "a..b", "", "\udcff.example"])
def test_what_is_no_name_leads_nowhere(host: str) -> None:
    assert asyncio.run(resolver_of(system_lookup).judged(host)).usable == ()


def test_no_answer_at_all_ends_in_time() -> None:
    async def never(host: str) -> Sequence[str]:
        await asyncio.sleep(60)
        return [OUT]

    resolver = JudgingResolver(None, never, frozenset(), 0.05, frozenset())
    assert asyncio.run(connected(resolver, "ris.example")) == []


def test_a_proxy_is_connected_to_but_no_source_may_name_it() -> None:
    async def both() -> tuple[list[str], bool]:
        resolver = resolver_of(Names(proxy_example=[[IN]]), proxies=["proxy.example"])
        return await connected(resolver, "proxy.example"), (await resolver.judged("proxy.example")).is_refused

    assert asyncio.run(both()) == ([IN], True)

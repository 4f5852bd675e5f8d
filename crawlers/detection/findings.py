"""Which system an answer of a server is of: what was recognised, by which signatures, and where reading begins.

Pure: asks for nothing. The table of products is in `products`, refusals are in `refusals`, links to
a system on a municipality's own website in `links`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from council.printable import printable_line
from council.system import System
from crawlers.detection.links import SystemLink, links_to_systems
from crawlers.detection.page_fingerprint import PageFingerprint, fingerprint_of
from crawlers.detection.products import PRODUCTS
from crawlers.detection.refusals import Refusal, refusal_of
from crawlers.detection.signatures import ProductSignature
from crawlers.notices.pages import LIST
from crawlers.notices.pages import read_page as read_notices
from crawlers.oparl.pages import read_answer
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse, looks_like_html

NOTICE_LIST: Final = "list of notices"
"""The product of a website that has none, but a list that can be read."""
LARGEST: Final = 3_000_000
"""Bytes that are looked at: signatures stand at the beginning, and a page may be anything."""
LARGEST_LIST: Final = 400_000
"""Bytes of a page that is tried as a list of notices: its reader looks at all of it, several times."""


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """An answer: `url` is where it came from, after redirects; header names are in lower case."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """What an answer is. `system` is the register's word, None where it has none or nothing was recognised; `product`
    is its name for people, None where it is unknown; `start` is what the register needs as `url`; `oparl_places` are
    the addresses where this product usually has its OParl. `seen` is what there is to see where nothing is known."""

    url: str
    product: str | None = None
    system: System | None = None
    version: str | None = None
    evidence: tuple[str, ...] = ()
    start: str | None = None
    oparl_places: tuple[str, ...] = ()
    links: tuple[SystemLink, ...] = ()
    refusal: Refusal | None = None
    advice: str | None = None
    seen: tuple[str, ...] = ()


def detect(seen: ServerAnswer) -> Findings:
    """What this answer is of. Never raises, whatever the body is."""
    if not looks_like_html(seen.body) and (oparl := _oparl(seen)):
        return oparl
    fingerprint = fingerprint_of(seen.url, seen.body[:LARGEST], seen.headers)
    refusal = refusal_of(seen.status, seen.headers, fingerprint)
    found, rivals = _product(fingerprint)
    basis = Findings(url=seen.url, refusal=refusal, seen=_what_is_seen(seen, fingerprint))
    if found is not None:
        return _of_product(basis, found, fingerprint)
    if rivals:
        return replace(basis, advice=f"it has signs of several products ({', '.join(rivals)}): look at it in a browser")
    if refusal is not None:
        return basis
    basis = replace(basis, links=links_to_systems(fingerprint), oparl_places=fingerprint.announced_oparl)
    return _notices(basis, seen) or basis


def _product(fingerprint: PageFingerprint) -> tuple[ProductSignature | None, tuple[str, ...]]:
    """The product with the most weight of signatures; where two have the same, neither, but their names."""
    weighed = sorted(((product.weight(fingerprint), product) for product in PRODUCTS), key=lambda pair: -pair[0])
    best, first = weighed[0]
    if best < 2:
        return None, ()
    if weighed[1][0] == best:
        return None, tuple(product.name for weight, product in weighed if weight == best)
    return first, ()


def _of_product(basis: Findings, product: ProductSignature, fingerprint: PageFingerprint) -> Findings:
    start = product.start(fingerprint)
    places = tuple(dict.fromkeys([*fingerprint.announced_oparl, *product.oparl_at(start)]))
    return replace(
        basis, product=product.name, system=product.system, version=product.version(fingerprint), start=start,
        evidence=product.evidence(fingerprint), oparl_places=places, advice=product.advice,
    )  # fmt: skip


def _oparl(seen: ServerAnswer) -> Findings | None:
    """An OParl answer: the System object, or another one that says where its system is."""
    try:
        answer = read_answer(seen.body[:LARGEST], seen.url, seen.headers.get("content-type"))
    except AccessDenied as no:
        if seen.status >= 400 or "oparl" not in f"{seen.url} {seen.body[:2000].decode('latin-1')}".lower():
            return None
        refusal = Refusal(no.kind, f"OParl is there, but says: {no.found}", of_oparl=True)
        return Findings(url=seen.url, refusal=refusal, evidence=(f"an OParl error object ({no.found})",))
    except UnexpectedResponse:
        return None
    if seen.status != 200 or answer.page.startswith(("unknown", "empty")):
        return None
    system = answer.system
    start = seen.url if system else next((body.system for body in answer.bodies if body.system), None)
    if system is None and not answer.bodies and not answer.records:
        return None
    version = system.version if system else None
    by = next((name for name in (system.product, system.vendor, system.name) if name), None) if system else None
    evidence = [f"an OParl {answer.page} object"] + ([f"it says of itself: {by}"] if by else [])
    advice = None if start else "this is a part of an OParl system: give the address of its System object"
    return Findings(
        url=seen.url, product="OParl", system=System.OPARL, version=version, evidence=tuple(evidence), start=start,
        advice=advice,
    )  # fmt: skip


def _notices(basis: Findings, seen: ServerAnswer) -> Findings | None:
    """A list of public notices on a website without a system: only where its reader finds some."""
    if seen.status != 200 or not looks_like_html(seen.body) or len(seen.body) > LARGEST_LIST:
        return None
    try:
        page = read_notices(seen.body, seen.url)
    except UnexpectedResponse:
        return None
    if page.page != LIST or not page.records:
        return None
    evidence = (f"a list on a website; {len(page.records)} meetings and papers can be read out of it",)
    return replace(basis, product=NOTICE_LIST, system=System.NOTICES, start=seen.url, evidence=evidence)


def _what_is_seen(seen: ServerAnswer, fingerprint: PageFingerprint) -> tuple[str, ...]:
    """What a person would be told of a page that nobody knows."""
    shown = [
        ("answer", f"HTTP {seen.status}, {seen.headers.get('content-type') or 'no type'}, {len(seen.body):,} bytes"),
        ("title", fingerprint.title),
        ("generator", fingerprint.metas.get("generator") or fingerprint.metas.get("author")),
        ("server", seen.headers.get("server")),
        ("made with", seen.headers.get("x-powered-by")),
    ]
    return tuple(f"{name}: {_short(value)}" for name, value in shown if value)


def _short(value: str) -> str:
    line = printable_line(value[:121])
    return line if len(line) <= 120 else f"{line[:119]}…"

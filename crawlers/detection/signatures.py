"""A signature: a pattern in one part of a page. A product: its signatures, and what follows from a page of it.

A signature in the page's own declarations, names or scripts proves the product; two weaker ones (an address, a link on
the same host) do so together. One weak signature alone does not: a municipality's website links to its system, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from council.system import System
from crawlers.councilservice.urls import without_key
from crawlers.detection.page_fingerprint import PageFingerprint


class Where(StrEnum):
    """The part of a page in which a signature is looked for; the value is its name for people."""

    HOST = "host"
    PATH = "address"
    TITLE = "title"
    META = "meta"
    NAMES = "class or id"
    OWN = "links"
    SOURCES = "script or style"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Signature:
    """A pattern, where it is looked for, and how much it weighs: 2 proves, 1 does not alone."""

    where: Where
    pattern: re.Pattern[str]
    weight: int

    def found(self, fingerprint: PageFingerprint) -> str | None:
        """What of the page matches, short; None where nothing does."""
        match = self.pattern.search(part_of(fingerprint, self.where))
        return " ".join(match[0].split())[:60] if match else None


@dataclass(frozen=True, slots=True)
class ProductSignature:
    """`start` and `version` are made from a fingerprint; `oparl` are the places of its OParl, from `start` or, with a
    slash in front, from the host. `system` None: the register has no word for it, since nothing reads it."""

    name: str
    system: System | None
    signatures: tuple[Signature, ...]
    start: Callable[[PageFingerprint], str]
    version: Callable[[PageFingerprint], str | None]
    oparl: tuple[str, ...] = ()
    advice: str | None = None

    def weight(self, fingerprint: PageFingerprint) -> int:
        """How much speaks for this product."""
        return sum(signature.weight for signature in self.signatures if signature.found(fingerprint))

    def evidence(self, fingerprint: PageFingerprint) -> tuple[str, ...]:
        """What speaks for it, for people."""
        shown = ((signature.where, signature.found(fingerprint)) for signature in self.signatures)
        return tuple(f"{where.value} {without_key(found)!r}" for where, found in shown if found)

    def oparl_at(self, start: str) -> tuple[str, ...]:
        """Where it usually has its OParl."""
        return tuple(urljoin(start, place) for place in self.oparl)


def part_of(fingerprint: PageFingerprint, where: Where) -> str:
    """The text in which signatures of that place are looked for."""
    match where:
        case Where.HOST:
            return fingerprint.host
        case Where.PATH:
            return fingerprint.path
        case Where.TITLE:
            return fingerprint.title or ""
        case Where.META:
            return "\n".join(f"{name}: {content}" for name, content in fingerprint.metas.items())
        case Where.NAMES:
            return fingerprint.names
        case Where.OWN:
            return fingerprint.own
        case Where.SOURCES:
            return fingerprint.sources
        case Where.CODE:
            return fingerprint.code

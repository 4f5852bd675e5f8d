"""A sign: a pattern in one part of a page. A product: its signs, and what follows from a page of it.

A sign that stands in the page's own declarations, names or scripts proves the product; two weaker ones (an address, a
link on the same host) do so together. One weak sign alone does not: a town's website links to its system, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from council.system import System
from crawlers.councilservice.urls import without_key
from crawlers.detection.look import Look


class Where(StrEnum):
    """The part of a page in which a sign is looked for; the value is its name for people."""

    HOST = "host"
    PATH = "address"
    TITLE = "title"
    META = "meta"
    NAMES = "class or id"
    OWN = "links"
    SOURCES = "script or style"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern, where it is looked for, and how much it weighs: 2 proves, 1 does not alone."""

    where: Where
    pattern: re.Pattern[str]
    weight: int

    def found(self, look: Look) -> str | None:
        """What of the page matches, short; None where nothing does."""
        match = self.pattern.search(part_of(look, self.where))
        return " ".join(match[0].split())[:60] if match else None


@dataclass(frozen=True, slots=True)
class Product:
    """`start` and `version` are made from a look; `oparl` are the places of its OParl, from `start` or, with a slash
    in front, from the host. `system` None: the register has no word for it, since nothing reads it."""

    name: str
    system: System | None
    signs: tuple[Sign, ...]
    start: Callable[[Look], str]
    version: Callable[[Look], str | None]
    oparl: tuple[str, ...] = ()
    advice: str | None = None

    def weight(self, look: Look) -> int:
        """How much speaks for this product."""
        return sum(sign.weight for sign in self.signs if sign.found(look))

    def evidence(self, look: Look) -> tuple[str, ...]:
        """What speaks for it, for people."""
        shown = ((sign.where, sign.found(look)) for sign in self.signs)
        return tuple(f"{where.value} {without_key(found)!r}" for where, found in shown if found)

    def oparl_at(self, start: str) -> tuple[str, ...]:
        """Where it usually has its OParl."""
        return tuple(urljoin(start, place) for place in self.oparl)


def part_of(look: Look, where: Where) -> str:
    """The text in which signs of that place are looked for."""
    match where:
        case Where.HOST:
            return look.host
        case Where.PATH:
            return look.path
        case Where.TITLE:
            return look.title or ""
        case Where.META:
            return "\n".join(f"{name}: {content}" for name, content in look.metas.items())
        case Where.NAMES:
            return look.names
        case Where.OWN:
            return look.own
        case Where.SOURCES:
            return look.sources
        case Where.CODE:
            return look.code

"""What the suite asks of a reader: to build the smallest honest page around a spelling, and to read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from council.system import System
from crawlers.parsing.page import Page


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an agenda: `number` is what stands before the title, badge and all."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of an agenda that divides it."""

    text: str


Line = Item | Heading


@dataclass(frozen=True, slots=True)
class Cannot:
    """Instead of a page: why the product cannot say such a thing. Counted, never passed over in silence."""

    reason: str


ReadSpelling = Callable[[str], Page]


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader of one product. Every function builds a page of an invented municipality and reads it.

    `agenda`: a meeting with these lines. `day`, `times`, `name`: a meeting on that day, at that time, of that name
    (those with a name are on 5 March 2026). `committee`: a meeting whose committee is known from that text alone.
    `native_id`: the id of a meeting that is shown without a number, under that name. `file`: a meeting with a file of
    that name. `answer`: whatever came where a page was asked for.
    """

    name: str
    system: System
    agenda: Callable[[Sequence[Line]], Page] | Cannot
    day: ReadSpelling | Cannot
    times: ReadSpelling | Cannot
    name_of_meeting: ReadSpelling | Cannot
    committee: ReadSpelling | Cannot
    native_id: ReadSpelling | Cannot
    file: ReadSpelling | Cannot
    answer: Callable[[bytes], Page]

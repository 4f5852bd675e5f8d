"""The fields of an index: one table, from which every engine's schema is derived.

A changed row, and any change of entries (`indexer.entry`) or analysis that makes old and new tokens differ, needs a
higher SCHEMA_VERSION: an index of another version is built anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from indexer.index.contract import Entry, FacetName, Filter

SCHEMA_VERSION: Final = 7

BEGINNINGS: Final = range(3, 6)
"""So many letters the beginnings of words have that are tokens of their own: few letters begin thousands of words, and
to gather the entries of all of these would cost a question more than everything else."""


class Kept(StrEnum):
    """How a field is kept."""

    TOKENS = "tokens"
    """Ready tokens joined by blanks, split at blanks and at nothing else; with frequencies."""
    VALUE = "value"
    """One value or several, whole, for filters and counts."""
    NUMBER = "number"
    """A whole number, for ranges and order."""
    STORED = "stored"
    """Bytes that are only given back."""


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table."""

    name: str
    holds: str
    kept: Kept
    positions: bool = False
    """Whether phrases can be asked for."""
    frequencies: bool = True
    boost: float = 1.0
    """How much a word counts that is found here. Tuned on judged queries, see docs/decisions/0004."""
    ordered: bool = False
    """Whether hits are ordered, counted or filtered by it column by column."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One row of the registry of facets: what hits are counted and filtered by, kept in the field of its name."""

    name: FacetName
    values: Callable[[Entry], Sequence[str | int]]
    """The values of an entry; () when there are none."""
    kept: Kept = Kept.VALUE


FACETS: Final = (
    Facet(FacetName.MUNICIPALITY, lambda entry: (entry.municipality,)),
    Facet(FacetName.KIND, lambda entry: (entry.kind,)),
    Facet(FacetName.PAPER_TYPE, lambda entry: (entry.paper_type,) if entry.paper_type is not None else ()),
    Facet(FacetName.ORGANIZATION, lambda entry: entry.organizations),
    Facet(FacetName.ORIGINATOR, lambda entry: entry.originators),
    Facet(FacetName.YEAR, lambda entry: (entry.date.year,) if entry.date else (), Kept.NUMBER),
)

FIELDS: Final = (
    Field("id", "Entry.id", Kept.VALUE, ordered=True),
    Field("title", "stems of the title", Kept.TOKENS, positions=True, boost=1.5),
    Field("title_parts", "parts of compounds in the title, and compounds by their leaves", Kept.TOKENS, boost=1.5),
    Field("context", "stems of the reference and the context", Kept.TOKENS, positions=True, boost=1.5),
    Field("body", "stems of the texts", Kept.TOKENS, positions=True, boost=1.0),
    Field("parts", "the same of context and texts", Kept.TOKENS, boost=0.6),
    Field("words", "distinct folded words of all of them, unstemmed", Kept.TOKENS, frequencies=False),
    Field("beginnings", "the first letters of these, see BEGINNINGS", Kept.TOKENS, frequencies=False),
    Field("reference", "keys of the reference number", Kept.TOKENS, frequencies=False),
    Field("mentions", "keys of the laws, plans, plots and papers that are named", Kept.TOKENS, frequencies=False),
    *(Field(facet.name.value, "the values of the facet", facet.kept, ordered=True) for facet in FACETS),
    Field("day", "Entry.date as days, 0001-01-01 is 1; UNKNOWN_DAY when unknown", Kept.NUMBER, ordered=True),
    Field("day_or_last", "the same; DAY_OR_LAST when unknown", Kept.NUMBER, ordered=True),
    Field("stored", "what a Hit shows", Kept.STORED),
)

BOOSTS: Final = {field.name: field.boost for field in FIELDS}
UNKNOWN_DAY: Final = 0
"""Before every day: entries without a date stand last when the newest come first."""

DAY_OR_LAST: Final = 10_000_000
"""After every day: they stand last when the oldest come first, too."""


def days(limits: Filter) -> tuple[int, int | None] | None:
    """First and last day that the filter lets through, both included; None when it says nothing of dates. Whoever
    asks for dates asks for entries that have one."""
    if limits.date_from is None and limits.date_to is None:
        return None
    first = limits.date_from.toordinal() if limits.date_from else UNKNOWN_DAY + 1
    return first, limits.date_to.toordinal() if limits.date_to else None

"""How the page of results tells what was made of a question: what can be switched off, chips, what is off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from indexer.index.contract import FacetName, Rewriting
from indexer.index.understanding import Understanding, UnderstandingKind
from search_api.params import SearchParams


@dataclass(frozen=True, slots=True)
class ShownRewriting:
    """What can be switched off: what it is called where it is off, and what it does to a question."""

    name: Rewriting
    label: str
    kinds: tuple[UnderstandingKind, ...] = ()


SHOWN_REWRITINGS: Final = (
    ShownRewriting(Rewriting.SPELLING, "Tippfehler berichtigen", (UnderstandingKind.SPELLING,)),
    ShownRewriting(
        Rewriting.SYNONYMS,
        "Gleichbedeutende Wörter mitsuchen",
        (UnderstandingKind.SYNONYM, UnderstandingKind.ABBREVIATION),
    ),
    ShownRewriting(Rewriting.PARTS, "Zusammengesetzte Wörter zerlegen", (UnderstandingKind.PART,)),
    ShownRewriting(Rewriting.PLACES, "Orte erkennen", (UnderstandingKind.PLACE,)),
    ShownRewriting(Rewriting.MEANING, "Nach dem Sinn suchen"),
)
"""One row a member of `Rewriting`, in the order of the page."""

_REWRITING: Final = {kind: shown for shown in SHOWN_REWRITINGS for kind in shown.kinds}


@dataclass(frozen=True, slots=True)
class UnderstoodChip:
    """What was made of a piece of the question, with all that is meant by it. `off` is the address of the same search
    without it; None where it cannot be switched off."""

    kind: UnderstandingKind
    typed: str
    meant: tuple[str, ...]
    off: str | None
    applied: bool = True
    only: str | None = None
    """Of a place: the address of the same search in its municipality alone."""


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """What is off, and the address of the same search with it."""

    label: str
    on: str


def chips(understood: Iterable[Understanding], params: SearchParams) -> Iterator[UnderstoodChip]:
    """A chip for every piece of which something was made, but for what a reader need not know."""
    told = (one for one in understood if not one.minor and (one.applied or _is_told_anyway(one, params)))
    for (kind, typed, applied), group in groupby(told, key=lambda one: (one.kind, one.typed, one.applied)):
        several = list(group)
        shown = _REWRITING.get(kind)
        off = params.switched(shown.name) if shown else None
        places = tuple(one.municipality for one in several if one.municipality)
        if not places or set(places) - set(params.values(FacetName.MUNICIPALITY)):
            only = params.link(municipality=places) if places else None
            yield UnderstoodChip(kind, typed, tuple(one.meant for one in several), off, applied, only)


def _is_told_anyway(one: Understanding, params: SearchParams) -> bool:
    """A name that is an ordinary word here may have been meant as a place."""
    return one.kind is UnderstandingKind.PLACE and Rewriting.PLACES not in params.without


def switched_off(params: SearchParams) -> Iterator[SwitchedOff]:
    """What is off, each with the way back."""
    for shown in SHOWN_REWRITINGS:
        if shown.name in params.without:
            yield SwitchedOff(shown.label, params.switched(shown.name))

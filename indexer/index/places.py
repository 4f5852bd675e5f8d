"""Places in a question: municipalities by the names of a register, and villages, districts and streets that the index
has learned, each of one municipality.

Learned is what stands in texts where names of places stand ("in Hegensum", "Ortsteil Hegensum", "Salzgasse"), almost
only in the papers of one municipality, and too often there for chance. That a place is meant needs evidence: a word of
the rest of the question must stand in a paper from there, and of a name that is an ordinary word as well ("Essen") the
question must say that it is one ("in Essen", "Stadt Essen"). Without evidence it is only said what it could have been.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from indexer.index.council_words import WORDS
from indexer.index.folding import PIECE, fold, tidy

LONGEST_NAME: Final = 4
"""Words."""

MOST_OF_ONE_NAME: Final = 20
"""A name that more municipalities have says of none of them that it is meant."""

LEAST_NAMED: Final = 2
"""A learned place is named as one in so many entries at least."""

LEAST_RATIO: Final = 20
"""So many times more often than others' papers those of its municipality hold a place."""

LEAST_NAMING: Final = 0.1
"""In such a part of the entries that hold a word it must be named as a place; otherwise it is an ordinary word."""

LEAST_NAMING_OF_NAMES: Final = 0.3
"""In such a part of the entries of others that hold a municipality's name it is named as a place."""

MOST_BY_CHANCE: Final = 0.01
"""That so many of the entries with a word are of one municipality must be no likelier than this, were they drawn from
all entries (Chernoff's bound)."""

FEW_ELSEWHERE: Final = 3
"""In so few entries of others an ordinary word cannot be told from a name."""

MOST_COUNTED: Final = 30
"""Of so many municipalities it is counted how often their papers hold a word, those with most of them."""

_BEFORE_NAMES = """
    in nach aus In Nach Aus Ortsteil Ortsteils Ortsteile Ortsteilen OT Ortschaft Stadtteil Stadtteils Stadtteile
    Stadtbezirk Stadtviertel Gemarkung Ortsrat Ortsrates Ortsrats Ortsbeirat Ortsbeirates Ortsbeirats Ortschaftsrat
    Ortschaftsrates Gemeinde Stadt Dorf Weiler Nachbargemeinde Nachbarstadt
"""
_KINDS_OF_PLACES = """
    stadt hansestadt kreisstadt landeshauptstadt universitatsstadt gemeinde samtgemeinde verbandsgemeinde ortsgemeinde
    einheitsgemeinde markt flecken amt landkreis kreis region bezirk ortsteil ortschaft stadtteil stadtbezirk
"""
_BEFORE_NAME: Final = frozenset(_BEFORE_NAMES.split())
_KINDS: Final = frozenset(_KINDS_OF_PLACES.split())
"""Folded: what municipalities and places are, before their names."""

_INTRODUCING: Final = _KINDS | {"in", "nach", "aus", "bei"}
_STREETS: Final = (
    "straße", "strasse", "Straße", "weg", "gasse", "platz", "allee", "ring", "damm", "ufer", "stieg", "steig", "graben",
    "anger", "chaussee", "markt", "berg",
)  # fmt: skip
_BEHIND_NAME: Final = re.compile(r"\s*[(,/].*")


def places_in(written: Sequence[str]) -> set[str]:
    """The folded words of a text, given as they are written, that stand where names of places stand."""
    found = {word for before, word in pairwise(written) if before in _BEFORE_NAME and word[0].isupper()}
    found |= {word for word in set(written) if word.endswith(_STREETS) and word[0].isupper()}
    folded = {"".join(map(fold, PIECE.findall(word))) for word in found}
    return {word for word in folded if len(word) > 3 and word.isalpha() and not _is_council_word(word)}


def _is_council_word(word: str) -> bool:
    return word in WORDS.nouns or word in WORDS.last


class MunicipalityNames:
    """The names of a register, looked up by their words, however many there are."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` by the keys of the municipalities."""
        by_words: dict[tuple[str, ...], list[str]] = {}
        for key, name in names.items():
            for words in _spellings(name):
                by_words.setdefault(words, []).append(key)
        self._by_words = {words: tuple(keys) for words, keys in by_words.items() if len(keys) <= MOST_OF_ONE_NAME}

    def find(self, words: Sequence[str], start: int) -> tuple[int, tuple[str, ...]] | None:
        """How many of the folded words, from this one on, are a name, the longest one, and whose."""
        for length in range(min(LONGEST_NAME, len(words) - start), 0, -1):
            *before, last = words[start : start + length]
            for form in _uninflected(last):
                if keys := self._by_words.get((*before, form)):
                    return length, keys
        return None


NO_NAMES: Final = MunicipalityNames({})


def _spellings(name: str) -> set[tuple[str, ...]]:
    """The folded words of a municipality's name, with and without what it is."""
    words = tuple(map(fold, PIECE.findall(tidy(_BEHIND_NAME.sub("", name)))))
    short = next((words[place:] for place, word in enumerate(words) if word not in _KINDS), ())
    return {spelling for spelling in (words, short, ("".join(short),)) if 0 < len(spelling) <= LONGEST_NAME}


def _uninflected(word: str) -> Iterator[str]:
    """A folded name without its ending: Ahlslebens, Ahlslebener, Karlsruher."""
    yield word
    if len(word) > 5 and word.endswith("s"):
        yield word[:-1]
    if len(word) > 5 and word.endswith("er"):
        yield from (word[:-2], word[:-1], f"{word[:-2]}en")


@dataclass(frozen=True, slots=True)
class Spread:
    """How a folded word is spread over an index: entries that hold it, and those that name it as a place, in all and
    by municipality, as far as `MOST_COUNTED` goes."""

    holding: int = 0
    naming: int = 0
    holding_by: Mapping[str, int] = field(default_factory=dict)
    naming_by: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question that may be a place or a part of its name, folded, with its number among the question's
    clauses. `introduced`: the word before says that a place follows."""

    number: int
    typed: str
    word: str
    introduced: bool
    follows: bool = False
    """Whether it stands directly behind the one before it."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place in a question: the numbers of its words, how it is typed, whose it is. `by_name`: it is the name of the
    municipality itself. `applied`: there is evidence that it is meant."""

    numbers: tuple[int, ...]
    typed: str
    municipalities: tuple[str, ...]
    by_name: bool
    applied: bool


def is_introducing(folded: str) -> bool:
    """Whether a folded word says that the name of a place follows."""
    return folded in _INTRODUCING


def find_places(
    words: Sequence[AskedWord],
    names: MunicipalityNames,
    spread: Callable[[Collection[str]], Mapping[str, Spread]],
    shares: Callable[[Collection[str]], Mapping[str, float]],
    has_rest: Callable[[tuple[int, ...], tuple[str, ...]], bool],
) -> list[FoundPlace]:
    """The places in a question. `spread` and `shares` are asked once: how words are spread, and which part of all
    entries municipalities have; `has_rest`, whether the question without these of its words finds something there."""
    if not words:
        return []
    spreads = {word: Spread() for word in (place_form(asked.word) for asked in words)}
    spreads |= spread(spreads)
    named = [(some, keys) for run in _runs(words) for some, keys in _named(run, names)]
    possible = [one for one in spreads.values() if _may_be_place(one)]
    wanted = {key for _, keys in named for key in keys} | {key for one in possible for key in one.holding_by}
    parts = shares(wanted) if wanted else {}
    found: list[FoundPlace] = []
    for some, keys in named:
        first = spreads[place_form(some[0].word)]
        here = tuple(key for key in keys if parts.get(key))
        evident = len(some) > 1 or some[0].introduced or not _is_ordinary(first, here)
        by_name = bool(here)
        if not keys and _may_be_place(first) and (owner := _owner(first, parts)):
            here, evident = (owner,), True
        if here:
            numbers = tuple(asked.number for asked in some)
            typed = " ".join(asked.typed for asked in some)
            found.append(FoundPlace(numbers, typed, here, by_name, evident and has_rest(numbers, here)))
    return found


def _named(run: list[AskedWord], names: MunicipalityNames) -> Iterator[tuple[list[AskedWord], tuple[str, ...]]]:
    """The words, those of a name together, each with the municipalities of that name."""
    words, place = [asked.word for asked in run], 0
    while place < len(run):
        length, keys = names.find(words, place) or (1, ())
        yield run[place : place + length], keys
        place += length


def _runs(words: Iterable[AskedWord]) -> Iterator[list[AskedWord]]:
    """Words that stand directly behind each other."""
    run: list[AskedWord] = []
    for asked in words:
        if run and not asked.follows:
            yield run
            run = []
        run.append(asked)
    if run:
        yield run


def place_form(word: str) -> str:
    """A folded word as places are written: `salzstr` is salzstrasse."""
    return f"{word}asse" if word.endswith("str") and len(word) > 5 else word


def _may_be_place(spread: Spread) -> bool:
    """Whether a word is named as a place, and not only now and then."""
    return spread.naming >= max(LEAST_NAMED, LEAST_NAMING * spread.holding)


def _owner(spread: Spread, shares: Mapping[str, float]) -> str | None:
    """The municipality whose papers hold a word many times more often than others' do, and too often for chance."""
    rates = {key: count / (shares[key] or 1.0) for key, count in spread.holding_by.items()}
    owner = max(rates, key=rates.__getitem__, default=None)
    if owner is None or spread.naming_by.get(owner, 0) < LEAST_NAMED:
        return None
    others = (spread.holding - spread.holding_by[owner]) / max(1 - shares[owner], shares[owner])
    if rates[owner] < LEAST_RATIO * others:
        return None
    return owner if _chance(spread.holding_by[owner], spread.holding, shares[owner]) <= MOST_BY_CHANCE else None


def _chance(own: int, holding: int, share: float) -> float:
    """How likely it is at most that so many of these entries are of one municipality, were they drawn from all."""
    part = own / holding
    if part <= share:
        return 1.0
    bits = part * math.log(part / share) + ((1 - part) * math.log((1 - part) / (1 - share)) if part < 1 else 0.0)
    return math.exp(-holding * bits)


def _is_ordinary(spread: Spread, keys: Collection[str]) -> bool:
    """Whether others use a name as an ordinary word: where they hold it, they seldom name it as a place."""
    holding = spread.holding - sum(spread.holding_by.get(key, 0) for key in keys)
    naming = spread.naming - sum(spread.naming_by.get(key, 0) for key in keys)
    return holding > FEW_ELSEWHERE and naming < LEAST_NAMING_OF_NAMES * holding

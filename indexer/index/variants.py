"""Other ways to write a word: by its synonyms, by those of its parts, shortened or spelled out, in one or in two.

Fahrradwegbau for Radwegbau, Lindenstr for Lindenstraße, A 14, A14 and BAB 14. The words that are exchanged stand in
`synonyms.txt`; inside a compound at most `MOST_VARIANTS` are made of them, those of the highest weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Final

from indexer.index.compounds import SHORTEST_PART, Vocabulary
from indexer.index.language import MOST_PIECES, stem
from indexer.index.synonyms import SYNONYMS, Synonym, synonyms_of
from indexer.index.understanding import UnderstandingKind, parts_as_typed, respelled

MOST_VARIANTS: Final = 6
MOST_IN_QUESTION: Final = 24
"""Of them in all words of one question."""

MOST_EXCHANGES: Final = 12
"""Exchanges inside one word, of which variants are made."""

LETTERS_AND_NUMBER: Final = re.compile(r"([a-z]{1,3})(\d{1,5}[a-z]?)")
LONGEST_LETTERS: Final = 3
_NAMES: Final = "|".join(sorted((re.escape(name) for name in SYNONYMS.names_before_numbers), key=len, reverse=True))
BEFORE_NUMBER: Final = re.compile(rf"(?<![\w/-])(?:{_NAMES})[ ]\d{{1,4}}[a-z]?(?![\w/.,-])", re.IGNORECASE)
"""A road, a line or the like in what a person typed, `A 14`: one word."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way to write a word. `words` are its folded pieces as they stand in a text, side by side; `text` is how
    a person would write it, empty where it goes without saying. With `leaves` it is a compound, which may also be
    linked otherwise, or stand as words close together."""

    words: tuple[str, ...]
    weight: float
    kind: UnderstandingKind
    text: str
    leaves: tuple[str, ...] = ()


def variants_of(typed: str, words: tuple[str, ...], following: str, vocabulary: Vocabulary) -> Iterator[Variant]:
    """The variants of a word that was typed and has these folded pieces; `following` is the folded word behind it, or
    nothing."""
    for synonym in synonyms_of(words):
        yield from _whole(words, synonym, following)
    yield from _endings(typed, words, vocabulary)
    yield from _numbered(words)
    yield from _exchanged(typed, words, vocabulary)


def _whole(words: tuple[str, ...], synonym: Synonym, following: str) -> Iterator[Variant]:
    """A number of one letter is one only in front of the very word: 5 is V in V. Wahlperiode."""
    goes_without_saying = words[0].isdigit() or (
        synonym.kind is UnderstandingKind.ABBREVIATION and len("".join(synonym.words)) < len("".join(words))
    )
    text = "" if goes_without_saying else synonym.text
    is_number = synonym.kind is UnderstandingKind.NUMBER
    if not is_number or not any(len(word) == 1 and word.isalpha() for word in (words[0], synonym.words[0])):
        yield Variant(synonym.words, synonym.weight, synonym.kind, text)
    elif following:
        yield Variant((*synonym.words, following), synonym.weight, synonym.kind, text)


def _endings(typed: str, words: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Variant]:
    """Lindenstr and Linden Str for Lindenstraße, and the other way round."""
    *before, last = words
    for ending, others in SYNONYMS.endings.items():
        own = next((form for form in (ending, f"{ending}e", f"{ending}en") if last.endswith(form)), None)
        first = last.removesuffix(own) if own else ""
        if len(first) < SHORTEST_PART:
            continue
        is_learned = bool(vocabulary.split(last))
        for other in others:
            joined = first + other.words[0]
            text = "" if before or len(joined) < len(last) else respelled(typed, joined)
            yield Variant((*before, joined), other.weight, other.kind, text)
        for apart in () if is_learned else (ending, *(other.words[0] for other in others)):
            yield Variant((*before, first, apart), others[0].weight, others[0].kind, "")


def _numbered(words: tuple[str, ...]) -> Iterator[Variant]:
    """A 14, A14 and BAB 14 for each other."""
    if len(words) == 1 and (found := LETTERS_AND_NUMBER.fullmatch(words[0])):
        name, number = found.groups()
        yield Variant((name, number), 1.0, UnderstandingKind.ABBREVIATION, "")
    elif len(words) == 2 and words[1][0].isdigit():
        name, number = words
        if len(name) <= LONGEST_LETTERS:
            yield Variant((name + number,), 1.0, UnderstandingKind.ABBREVIATION, "")
    else:
        return
    for other in SYNONYMS.before_numbers.get(stem(name), ()):
        is_short = len(other.words[0]) <= LONGEST_LETTERS
        yield Variant((*other.words, number), other.weight, other.kind, "" if is_short else f"{other.text} {number}")
        if is_short:
            yield Variant((other.words[0] + number,), other.weight, other.kind, "")


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Leaves from `start` to before `end` give way to a synonym."""

    start: int
    end: int
    synonym: Synonym

    @property
    def leaves(self) -> range:
        return range(self.start, self.end)


def _exchanged(typed: str, words: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Variant]:
    """Variants of a compound, or of a word with hyphens, by synonyms of what it is made of."""
    leaves = tuple(leaf for word in words[:MOST_PIECES] for leaf in vocabulary.leaves(word))
    if len(leaves) < 2:
        return
    exchanges = sorted(_exchanges(words, leaves), key=lambda one: -one.synonym.weight)[:MOST_EXCHANGES]
    chosen: list[tuple[_Exchange, ...]] = [(one,) for one in exchanges]
    chosen += [(one, other) for one, other in combinations(exchanges, 2) if not {*one.leaves} & {*other.leaves}]
    weighed = sorted(((prod(one.synonym.weight for one in each), each) for each in chosen), key=lambda row: -row[0])
    for weight, each in weighed[:MOST_VARIANTS]:
        yield _variant(typed, leaves, sorted(each, key=lambda one: one.start), weight, vocabulary)


def _exchanges(words: tuple[str, ...], leaves: tuple[str, ...]) -> Iterator[_Exchange]:
    """What can be exchanged, but for the whole word."""
    whole = "".join(words)
    places, place = [], 0
    for leaf in leaves:
        place = whole.find(leaf, place)
        if place < 0:
            return
        places.append((place, place := place + len(leaf)))
    for start, end in combinations(range(len(leaves) + 1), 2):
        if end - start < len(leaves):
            run = whole[places[start][0] : places[end - 1][1]]
            for synonym in synonyms_of((run,)):
                other = "".join(synonym.words)
                is_there = run in other and other in whole  # the Rad of a Fahrrad
                if synonym.kind is not UnderstandingKind.NUMBER and not is_there:
                    yield _Exchange(start, end, synonym)


def _variant(
    typed: str, leaves: tuple[str, ...], exchanges: list[_Exchange], weight: float, vocabulary: Vocabulary
) -> Variant:
    words: list[str] = []
    texts: list[str] = []
    shown = parts_as_typed(typed, leaves).split(" ")
    place = 0
    for exchange in exchanges:
        words += [*leaves[place : exchange.start], *exchange.synonym.words]
        texts += [*shown[place : exchange.start], exchange.synonym.text]
        place = exchange.end
    words += leaves[place:]
    texts += shown[place:]
    kinds = {exchange.synonym.kind for exchange in exchanges}
    kind = kinds.pop() if len(kinds) == 1 else UnderstandingKind.SYNONYM
    is_shorter = kind is UnderstandingKind.ABBREVIATION and len("".join(words)) < len("".join(leaves))
    own = tuple(leaf for word in words for leaf in vocabulary.leaves(word))
    return Variant(tuple(words), weight, kind, "" if is_shorter else " ".join(texts), own)

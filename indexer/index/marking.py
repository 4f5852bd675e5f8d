"""Where a text answers a question: marks exactly what the search itself counts, by the patterns of `matching`.

Words are analysed as the index analyses them, after `written_words` has found those that may be ones of the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer.index.ellipsis import ellipses
from indexer.index.folding import fold, tidy
from indexer.index.language import LONGEST_TOKEN, compound_token, parts_of, stem
from indexer.index.mentions import mentions
from indexer.index.patterns import (
    BeginningPattern,
    CompoundPattern,
    LeavesPattern,
    MentionPattern,
    Pattern,
    Patterns,
    PhrasePattern,
    ReferencePattern,
    WordPattern,
)
from indexer.index.written_words import WRITTEN_PIECE, flat, words_with

COMPOUND_QUALITY: Final = 0.6
"""How good a find a compound of the word is; the very word is 1."""

PHRASE_QUALITY: Final = 1.5

_NO_LETTERS = re.compile(r"[\W_]+")

APART: Final = 400
"""Characters between two words that are too far apart for any pattern."""


@dataclass(frozen=True, slots=True)
class Find:
    """What to mark, in characters, end behind the last; the clause it answers, and how good a find it is."""

    start: int
    end: int
    clause: int
    weight: float


@dataclass(slots=True)
class Effort:
    """How many words may still be looked at."""

    left: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A piece of a word: its number in the text, and its characters."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    """What of the question the pieces of a written form are, by the number of the piece. A part is of one piece, or,
    with None, of all of them together (`S-Bahn` for sbahn)."""

    stems: tuple[tuple[int, str], ...]
    beginnings: tuple[tuple[int, str], ...]
    parts: tuple[tuple[int | None, str], ...]


@dataclass(slots=True)
class _Places:
    """Where in one text the words of the question stand, by stem or beginning."""

    stems: dict[str, list[_Place]] = field(default_factory=dict)
    beginnings: dict[str, list[_Place]] = field(default_factory=dict)
    parts: dict[str, list[_Place]] = field(default_factory=dict)


class Marker:
    """Finds what answers one question in texts. It remembers words: for one answer, not for several threads."""

    def __init__(self, asked: Patterns) -> None:
        self._vocabulary = asked.vocabulary
        self._patterns = asked.patterns
        self._needles = frozenset(needle for pattern in asked.patterns for needle in _needles(pattern))
        self._flat = [flat(needle) for needle in self._needles if not _has_other(needle, self._needles)]
        self._stems = frozenset(token for pattern in asked.patterns for token in _stems(pattern))
        self._parts = frozenset(token for pattern in asked.patterns for token in _parts(pattern))
        self._beginnings = tuple(p.beginning for p in asked.patterns if isinstance(p, BeginningPattern))
        self._counts_words = any(isinstance(p, PhrasePattern | CompoundPattern) for p in asked.patterns)
        self._words: dict[str, _Word | None] = {}
        """Written forms that were met; None for those that are nothing of the question."""

    def highlight(self, text: str, *, is_title: bool = False) -> tuple[tuple[int, int], ...]:
        """What to mark in a short text, in order and without overlaps."""
        merged: list[tuple[int, int]] = []
        for find in self.finds(text, Effort(len(text)), is_title=is_title):
            if merged and find.start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], find.end))
            else:
                merged.append((find.start, find.end))
        return tuple(merged)

    def finds(self, text: str, effort: Effort, *, is_title: bool = False) -> list[Find]:
        """All finds in a text, in order, as far as the effort goes."""
        places = self._places(text, effort) if self._patterns else _Places()
        found: dict[tuple[int, int, int], float] = {}
        for pattern in self._patterns:
            for start, end, quality in _marks(pattern, places, text, is_title):
                key = (start, end, pattern.clause)
                found[key] = max(found.get(key, 0.0), pattern.weight * quality)
        return sorted((Find(*key, weight) for key, weight in found.items()), key=lambda find: (find.start, -find.end))

    def _places(self, text: str, effort: Effort) -> _Places:
        places, number, end = _Places(), 0, 0
        for match in words_with(text, self._flat, effort.left):
            effort.left -= 1
            word = self._known(match[0])
            if word is None:
                continue
            if self._counts_words:
                number += _pieces_between(text, end, match.start())
            pieces = [piece.span() for piece in WRITTEN_PIECE.finditer(match[0])]
            _note(word, number, match.start(), pieces, places)
            number, end = number + len(pieces), match.end()
        self._note_ellipses(text, places)
        return places

    def _known(self, written: str) -> _Word | None:
        if written not in self._words:
            letters = _NO_LETTERS.sub("", fold(tidy(written)))
            possible = any(needle in letters for needle in self._needles)
            self._words[written] = self._analyse(written) if possible else None
        return self._words[written]

    def _analyse(self, written: str) -> _Word | None:
        folded = [fold(tidy(piece)[:LONGEST_TOKEN]) for piece in WRITTEN_PIECE.findall(written)]
        word = _Word(
            stems=tuple((n, token) for n, piece in enumerate(folded) if (token := stem(piece)) in self._stems),
            beginnings=tuple((n, b) for b in self._beginnings for n, piece in enumerate(folded) if piece.startswith(b)),
            parts=tuple(self._parts_in(folded)),
        )
        return word if word.stems or word.beginnings or word.parts else None

    def _parts_in(self, folded: Sequence[str]) -> Iterator[tuple[int | None, str]]:
        """What is asked for and stands in the index for this word besides its stems."""
        joined = "".join(folded)
        if any(needle in joined for needle in self._needles):
            yield from {found for found in parts_of(folded, self._vocabulary) if found[1] in self._parts}

    def _note_ellipses(self, text: str, places: _Places) -> None:
        """Write down what hyphens leave out."""
        for one in ellipses(text, self._vocabulary) if self._parts else ():
            for token in {stem(one.whole), compound_token(one.leaves)} & self._parts:
                places.parts.setdefault(token, []).append(_Place(-1, one.start, one.end))


def _pieces_between(text: str, end: int, start: int) -> int:
    """How many pieces of words stand between two words; far more than any pattern spans where it is a long way."""
    return APART if start - end > APART else len(WRITTEN_PIECE.findall(text, end, start))


def _note(word: _Word, number: int, start: int, pieces: list[tuple[int, int]], places: _Places) -> None:
    """Write down where a word stands, which begins at `start` and whose first piece has this number."""
    noted = ((word.stems, places.stems), (word.beginnings, places.beginnings), (word.parts, places.parts))
    for found, where in noted:
        for piece, key in found:
            first, end = pieces[piece] if piece is not None else (0, pieces[-1][1])
            where.setdefault(key, []).append(_Place(number + (piece or 0), start + first, start + end))


def _marks(pattern: Pattern, places: _Places, text: str, is_title: bool) -> Iterator[tuple[int, int, float]]:
    """What a pattern marks, and how good each find is."""
    match pattern:
        case WordPattern():
            yield from ((place.start, place.end, 1.0) for place in places.stems.get(pattern.stem, ()))
            if pattern.in_compounds:
                parts = places.parts.get(pattern.stem, ())
                yield from ((place.start, place.end, COMPOUND_QUALITY) for place in parts)
        case LeavesPattern():
            yield from ((place.start, place.end, COMPOUND_QUALITY) for place in places.parts.get(pattern.token, ()))
        case BeginningPattern():
            yield from ((place.start, place.end, 1.0) for place in places.beginnings.get(pattern.beginning, ()))
        case PhrasePattern():
            for window in _windows([places.stems.get(token, ()) for token in pattern.stems], 0):
                yield window[0].start, window[-1].end, PHRASE_QUALITY
        case CompoundPattern():
            yield from ((place.start, place.end, 1.0) for place in _of_compound(pattern, places, is_title))
        case MentionPattern():
            keys = frozenset(pattern.keys)
            yield from ((one.start, one.end, PHRASE_QUALITY) for one in mentions(text) if not keys.isdisjoint(one.keys))
        case ReferencePattern():
            numbers = (piece for piece in _reference_pieces(pattern.typed) if piece.isascii() and piece.isdigit())
            if all(number in text for number in numbers):
                found = _reference(pattern.typed).finditer(text)
                yield from ((match.start(), match.end(), PHRASE_QUALITY) for match in found)


def _of_compound(pattern: CompoundPattern, places: _Places, is_title: bool) -> Iterator[_Place]:
    if is_title:
        anywhere = [[*places.stems.get(token, ()), *places.parts.get(token, ())] for token in pattern.stems]
        if all(anywhere):
            yield from (place for found in anywhere for place in found)
    for window in _windows([places.stems.get(token, ()) for token in pattern.stems], pattern.slop):
        yield from window


def _windows(wanted: Sequence[Sequence[_Place]], slop: int) -> Iterator[list[_Place]]:
    """Where places of all that is wanted stand in this order, but for at most `slop` moves: a place that is one word
    further from its neighbour is one move, two that change places are two."""
    if not all(wanted):
        return
    moved = sorted(
        ((place.number - order, order, place) for order, places in enumerate(wanted) for place in places),
        key=lambda row: row[:2],
    )
    first = 0
    for last in range(len(moved)):
        while moved[last][0] - moved[first][0] > slop:
            first += 1
        inside = moved[first : last + 1]
        if len({order for _, order, _ in inside}) == len(wanted):
            window = sorted({place.number: place for _, _, place in inside}.values(), key=_number)
            if len(window) >= len(wanted):  # one word is not two of the wanted ones
                yield window


def _number(place: _Place) -> int:
    return place.number


def _reference(typed: str) -> re.Pattern[str]:
    pieces = map(re.escape, _reference_pieces(typed))
    return re.compile(r"(?<![^\W_])0*" + r"[\s/.\-]{0,3}0*".join(pieces) + r"(?!\w)", re.IGNORECASE)


def _reference_pieces(typed: str) -> list[str]:
    return [piece.lstrip("0") or "0" for piece in re.findall(r"\d+|[^\W\d_]+", typed)]


def _stems(pattern: Pattern) -> tuple[str, ...]:
    """The stems that words of a text are compared with."""
    match pattern:
        case WordPattern():
            return (pattern.stem,)
        case PhrasePattern() | CompoundPattern():
            return pattern.stems
        case _:
            return ()


def _parts(pattern: Pattern) -> tuple[str, ...]:
    """The stems that parts of compounds are compared with."""
    match pattern:
        case WordPattern():
            return (pattern.stem,) if pattern.in_compounds else ()
        case CompoundPattern():
            return pattern.stems
        case LeavesPattern():
            return (pattern.token,)
        case _:
            return ()


def _has_other(needle: str, needles: Iterable[str]) -> bool:
    """Whether whatever has this needle is found by another one."""
    return any(other != needle and other in needle for other in needles)


def _needles(pattern: Pattern) -> tuple[str, ...]:
    """Folded letters one of which stands in every word of the pattern."""
    match pattern:
        case BeginningPattern():
            return (pattern.beginning,)
        case LeavesPattern():
            return (pattern.token.partition("+")[0],)
        case _:
            return _stems(pattern)

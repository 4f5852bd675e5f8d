"""Where a text answers a question: marks exactly what the search itself counts, by the patterns of `matching`.

Words are analysed as the index analyses them. A text that cannot hold what a pattern needs is passed over first: its
crude form, which is fast to make, lacks the letters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from indexer.index.folding import LINE_BREAK, fold, tidy
from indexer.index.language import LONGEST_TOKEN, stem
from indexer.index.patterns import (
    BeginningPattern,
    CompoundPattern,
    Pattern,
    Patterns,
    PhrasePattern,
    ReferencePattern,
    WordPattern,
)

COMPOUND_QUALITY: Final = 0.6
"""How good a find a compound of the word is; the very word is 1."""

PHRASE_QUALITY: Final = 1.5

_LETTERS = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_WRITTEN_PIECE = rf"{_LETTERS}(?:(?:{LINE_BREAK.pattern}|\u00ad+){_LETTERS})*"
_PIECE = re.compile(_WRITTEN_PIECE)
_WORD = re.compile(rf"{_WRITTEN_PIECE}(?:[-‐‑/]{_WRITTEN_PIECE})*")
"""As `folding.TOKEN` finds them in tidy text, here in text as it is: with line ends and soft hyphens inside words."""


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
        self._needles = [(pattern.clause, _needles(pattern)) for pattern in asked.patterns]
        self._all_needles = frozenset(needle for _, needles in self._needles for needle in needles)
        self._stems = frozenset(token for pattern in asked.patterns for token in _stems(pattern))
        self._parts = frozenset(token for pattern in asked.patterns for token in _parts(pattern))
        self._beginnings = tuple(p.beginning for p in asked.patterns if isinstance(p, BeginningPattern))
        self._known: set[str] = set()
        self._words: dict[str, _Word] = {}
        """Of the known written forms those that are something of the question."""
        self._pieces: dict[str, int] = {}
        """How many pieces known written forms have more than one."""

    def clauses_possible(self, text: str) -> int:
        """How many clauses the text may answer at most; 0 when nothing in it can be marked."""
        letters = crude(text)
        return len({clause for clause, needles in self._needles if all(needle in letters for needle in needles)})

    def highlight(self, text: str, *, is_title: bool = False) -> tuple[tuple[int, int], ...]:
        """What to mark in a short text, in order and without overlaps."""
        merged: list[tuple[int, int]] = []
        for find in self.finds(text, Effort(len(text)), is_title=is_title) if self.clauses_possible(text) else ():
            if merged and find.start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], find.end))
            else:
                merged.append((find.start, find.end))
        return tuple(merged)

    def finds(self, text: str, effort: Effort, *, is_title: bool = False) -> list[Find]:
        """All finds in a text, in order, as far as the effort goes."""
        places = self._places(text, effort)
        found: dict[tuple[int, int, int], float] = {}
        for pattern in self._patterns:
            for start, end, quality in _marks(pattern, places, text, is_title):
                key = (start, end, pattern.clause)
                found[key] = max(found.get(key, 0.0), pattern.weight * quality)
        return sorted((Find(*key, weight) for key, weight in found.items()), key=lambda find: (find.start, -find.end))

    def _places(self, text: str, effort: Effort) -> _Places:
        matches = list(islice(_WORD.finditer(text), effort.left))
        effort.left -= len(matches)
        self._learn({match[0] for match in matches})
        places, number = _Places(), 0
        for match in matches:
            written = match[0]
            if written in self._words:
                _note(self._words[written], number, match.start(), written, places)
            number += self._pieces.get(written, 1)
        return places

    def _learn(self, written: set[str]) -> None:
        """Analyse the written forms that are new and may be something of the question."""
        new = list(written - self._known)
        if not new:
            return
        self._known.update(new)
        letters = crude(_BETWEEN.join(new))
        needles = [needle for needle in self._all_needles if needle in letters]
        for word, inside in zip(new, letters.split(_BETWEEN_CRUDE), strict=True):
            if any(needle in inside for needle in needles):
                self._analyse(word)
        self._pieces |= {word: len(_PIECE.findall(word)) for word in new if not word.isalnum()}

    def _analyse(self, written: str) -> None:
        folded = [fold(tidy(piece)[:LONGEST_TOKEN]) for piece in _PIECE.findall(written)]
        word = _Word(
            stems=tuple((n, token) for n, piece in enumerate(folded) if (token := stem(piece)) in self._stems),
            beginnings=tuple((n, b) for b in self._beginnings for n, piece in enumerate(folded) if piece.startswith(b)),
            parts=tuple(self._parts_in(folded)),
        )
        if word.stems or word.beginnings or word.parts:
            self._words[written] = word

    def _parts_in(self, folded: Sequence[str]) -> Iterator[tuple[int | None, str]]:
        """What is asked for and stands in the index for this word besides its stems: see `language.analyse`."""
        joined = "".join(folded)
        if not any(token in joined for token in self._parts):
            return
        if len(folded) > 1 and not any(piece.isdigit() for piece in folded):
            whole = stem(joined[:LONGEST_TOKEN])
            if whole in self._parts:
                yield None, whole
        for number, piece in enumerate(folded):
            for part in {stem(part) for part in self._vocabulary.all_parts(piece)} & self._parts:
                yield number, part


def _note(word: _Word, number: int, start: int, written: str, places: _Places) -> None:
    """Write down where a word stands, which begins at `start` and whose first piece has this number."""
    pieces = [piece.span() for piece in _PIECE.finditer(written)]
    noted = ((word.stems, places.stems), (word.beginnings, places.beginnings), (word.parts, places.parts))
    for found, where in noted:
        for piece, key in found:
            first, end = pieces[piece] if piece is not None else (0, len(written))
            where.setdefault(key, []).append(_Place(number + (piece or 0), start + first, start + end))


def _marks(pattern: Pattern, places: _Places, text: str, is_title: bool) -> Iterator[tuple[int, int, float]]:
    """What a pattern marks, and how good each find is."""
    match pattern:
        case WordPattern():
            yield from ((place.start, place.end, 1.0) for place in places.stems.get(pattern.stem, ()))
            if pattern.in_compounds:
                parts = places.parts.get(pattern.stem, ())
                yield from ((place.start, place.end, COMPOUND_QUALITY) for place in parts)
        case BeginningPattern():
            yield from ((place.start, place.end, 1.0) for place in places.beginnings.get(pattern.beginning, ()))
        case PhrasePattern():
            for window in _windows([places.stems.get(token, ()) for token in pattern.stems], 0):
                yield window[0].start, window[-1].end, PHRASE_QUALITY
        case CompoundPattern():
            yield from ((place.start, place.end, 1.0) for place in _of_compound(pattern, places, is_title))
        case ReferencePattern():
            for found in _reference(pattern.typed).finditer(text):
                yield found.start(), found.end(), PHRASE_QUALITY


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
        case _:
            return ()


def _needles(pattern: Pattern) -> tuple[bytes, ...]:
    """What the crude form of a text holds wherever the pattern is: all of them."""
    match pattern:
        case BeginningPattern():
            folded: tuple[str, ...] = (pattern.beginning,)
        case ReferencePattern():
            folded = tuple(_reference_pieces(pattern.typed))
        case _:
            folded = _stems(pattern)
    # an e behind a, o and u is dropped, and in the text such a letter may stand before the needle
    return tuple(crude(token).removeprefix(b"e") for token in folded)


def crude(text: str) -> bytes:
    """What a text is made of, folded further than words are, without blanks and joints: whatever is a folded word, or a
    part of one, in the text is, made crude itself, in the answer. Some 8 ns a character."""
    letters = text.encode("latin-1", _CRUDE_ERRORS).translate(_CRUDE, _DROPPED)
    for written, kept in _CRUDE_PAIRS:
        letters = letters.replace(written, kept)
    return letters


def _crude_letter(letter: str) -> str:
    """One character without case, accents and ligatures; "?" for what is no plain letter."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", letter).casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in "\u00ad‐‑")
    return kept if kept.isascii() else "?" * len(kept)


def _crude_unknown(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - nothing else is asked of it
    return "".join(map(_crude_letter, error.object[error.start : error.end])), error.end


_CRUDE_ERRORS: Final = "ratslupe-crude"
codecs.register_error(_CRUDE_ERRORS, _crude_unknown)
_CRUDE: Final = bytes((_crude_letter(chr(code)) or "?").encode()[0] for code in range(256))
_CRUDE_PAIRS: Final = ((b"ss", b"s"), (b"ae", b"a"), (b"oe", b"o"), (b"ue", b"u"))
_DROPPED: Final = b"-/\xad \t\r\n"
_BETWEEN: Final = "\0"
_BETWEEN_CRUDE: Final = b"\0"

"""Which pages of an entry may answer a question, told without reading them: ten hits cost some pages, not ten books.

A page's signature is the set of 16-bit hashes of what stands in the index for its words, in about a byte each. It says
of every page that has a word that it may have it, and of one in some hundred that has not. It is kept in the index
beside what a hit shows: whatever takes an entry out of it takes the signatures out.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import Final

from indexer.index.language import STOPWORDS
from indexer.index.marking import COMPOUND_QUALITY, PHRASE_QUALITY
from indexer.index.patterns import (
    CompoundPattern,
    LeavesPattern,
    MentionPattern,
    Pattern,
    Patterns,
    PhrasePattern,
    WordPattern,
)

GOES_ON: Final = 255
"""Of a gap that is this long or longer, the rest is the next byte."""

REMEMBERED: Final = 400_000
MOST_PAGES: Final = 6
"""So many pages of one entry are read for its passages."""

PART: Final = "~"
"""Stands before a part of a compound, which is a lesser find than the word itself."""


class _Hashes(dict[str, int]):
    """The hash of a token, remembered."""

    def __missing__(self, token: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[token] = zlib.crc32(token.encode()) & 0xFFFF
        return found


_HASHES: Final = _Hashes()


def signature(tokens: str, parts: str) -> bytes:
    """The signature of a page with these streams of tokens: the gaps between its sorted hashes."""
    wanted = set(tokens.split()).difference(STOPWORDS)
    wanted.update({PART + part for part in set(parts.split())})
    gaps = bytearray()
    before = 0
    for value in sorted(set(map(_HASHES.__getitem__, wanted))):
        gap = value - before
        while gap >= GOES_ON:
            gaps.append(GOES_ON)
            gap -= GOES_ON
        gaps.append(gap)
        before = value
    return bytes(gaps)


def packed(signatures: Iterable[bytes]) -> str:
    """Signatures of pages in their order, as one text."""
    return ".".join(base64.b64encode(one).decode() for one in signatures)


def _unpacked(text: str) -> Iterator[frozenset[int]]:
    for one in text.split(".") if text else ():
        gaps = base64.b64decode(one)
        yield frozenset(compress(accumulate(gaps), map(GOES_ON.__ne__, gaps)))


@dataclass(frozen=True, slots=True)
class LikelyPages:
    """The numbers, from 0, of the pages to read first, in their order, and how many others may answer as well."""

    numbers: tuple[int, ...]
    others: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """All these hashes on one page are a find of this weight for a clause."""

    clause: int
    hashes: frozenset[int]
    weight: float


class PageChooser:
    """Chooses the pages to read for one question. `sure` says that no other page can have an answer."""

    def __init__(self, asked: Patterns) -> None:
        self._wanted = [wanted for pattern in asked.patterns for wanted in _wanted(pattern)]
        told = {wanted.clause for wanted in self._wanted}
        self._can_tell = all(pattern.clause in told for pattern in asked.patterns)
        self.sure = all(any(True for _ in _wanted(pattern)) for pattern in asked.patterns)

    def likely(self, signatures: str, count: int) -> LikelyPages:
        """Of so many pages those to read: the ones with the most of the question. All of them where the signatures
        cannot tell, or are those of an older text."""
        pages = list(_unpacked(signatures)) if self._can_tell else []
        if len(pages) != count:
            return LikelyPages(tuple(range(count)), 0)
        scores = [(self._score(page), -number) for number, page in enumerate(pages)]
        ranked = sorted((one for one in scores if one[0]), reverse=True)
        return LikelyPages(tuple(sorted(-number for _, number in ranked[:MOST_PAGES])), len(ranked[MOST_PAGES:]))

    def _score(self, page: frozenset[int]) -> float:
        best: dict[int, float] = {}
        for wanted in self._wanted:
            if wanted.hashes <= page:
                best[wanted.clause] = max(best.get(wanted.clause, 0.0), wanted.weight)
        return sum(best.values())


def _wanted(pattern: Pattern) -> Iterator[_Wanted]:
    """By what a page is told to have what a pattern marks; nothing where its words do not tell: a beginning, a number
    in another spelling, a word so common that no signature has it."""
    match pattern:
        case WordPattern() if pattern.stem not in STOPWORDS:
            yield _Wanted(pattern.clause, _hashes(pattern.stem), pattern.weight)
            if pattern.in_compounds:
                yield _Wanted(pattern.clause, _hashes(PART + pattern.stem), pattern.weight * COMPOUND_QUALITY)
        case LeavesPattern():
            yield _Wanted(pattern.clause, _hashes(PART + pattern.token), pattern.weight * COMPOUND_QUALITY)
        case MentionPattern():
            for key in pattern.keys:
                yield _Wanted(pattern.clause, _hashes(PART + key), pattern.weight * PHRASE_QUALITY)
        case PhrasePattern() | CompoundPattern() if not STOPWORDS.issuperset(pattern.stems):
            quality = PHRASE_QUALITY if isinstance(pattern, PhrasePattern) else 1.0
            told = [token for token in pattern.stems if token not in STOPWORDS]
            yield _Wanted(pattern.clause, _hashes(*told), pattern.weight * quality)


def _hashes(*tokens: str) -> frozenset[int]:
    return frozenset(map(_HASHES.__getitem__, tokens))

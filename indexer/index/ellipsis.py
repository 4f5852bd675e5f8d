"""Compounds of which a hyphen leaves out what they share with a neighbour: `Rad- und Fußweg` is also a Radweg,
`Haushaltsplan und -satzung` also a Haushaltssatzung."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.index.compounds import Vocabulary
from indexer.index.folding import fold

_HYPHEN: Final = r"[-‐‑]"
_AND: Final = r"(?:und|oder|bzw\.?|sowie|u\.|&)"
_FURTHER: Final = rf"(?:,\s+(?:{_AND}\s+)?|\s+{_AND}\s+|/)"
_OPEN_RIGHT: Final = re.compile(rf"{_HYPHEN}(?=,\s|/[^\W\d_]|\s+{_AND}\s)")
_WHOLE_RIGHT: Final = re.compile(
    rf"{_HYPHEN}(?:{_FURTHER}[^\W\d_]{{2,40}}{_HYPHEN}){{0,4}}{_FURTHER}([^\W\d_]{{4,60}})"
)
_OPEN_LEFT: Final = re.compile(rf"(?:\s{_AND}\s+|,\s+|/){_HYPHEN}([^\W\d_]{{3,40}})")
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]{2,60}\Z")
LONGEST_BEFORE: Final = 60


@dataclass(frozen=True, slots=True)
class EllipticCompound:
    """A compound that is meant, folded, as a whole and by its leaves, and where the words stand that say so."""

    start: int
    end: int
    whole: str
    leaves: tuple[str, ...]


def ellipses(text: str, vocabulary: Vocabulary) -> Iterator[EllipticCompound]:
    """The compounds that this text means and does not write; what is shared is every end, or beginning, of a
    compound: of a Radwegkonzept both konzept and wegkonzept."""
    for hyphen in _OPEN_RIGHT.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, hyphen.start() - LONGEST_BEFORE), hyphen.start())
        whole = _WHOLE_RIGHT.match(text, hyphen.start())
        if before and whole:
            first, last = fold(before[0]), fold(whole[1])
            for place, leaves in _cuts(last, vocabulary):
                own = (*vocabulary.leaves(first), *leaves[1])
                yield EllipticCompound(before.start(), whole.end(), first + last[place:], own)
    for hyphen in _OPEN_LEFT.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, hyphen.start() - LONGEST_BEFORE), hyphen.start())
        if before:
            first, last = fold(before[0]), fold(hyphen[1])
            for place, leaves in _cuts(first, vocabulary):
                own = (*leaves[0], *vocabulary.leaves(last))
                yield EllipticCompound(before.start(), hyphen.end(), first[:place] + last, own)


def _cuts(word: str, vocabulary: Vocabulary) -> Iterator[tuple[int, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Where a folded compound may be cut, with the leaves before and behind."""
    leaves = vocabulary.leaves(word)
    place = 0
    for count, leaf in enumerate(leaves):
        place = word.find(leaf, place)
        if place < 0:
            return
        if count:
            yield place, (leaves[:count], leaves[count:])
        place += len(leaf)

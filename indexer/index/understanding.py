"""What was made of a question besides its words as they were typed, to be told to whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.index.folding import PIECE, fold, tidy


class UnderstandingKind(StrEnum):
    """What a piece of a question was taken for."""

    SPELLING = "spelling"
    """A typing mistake: `meant` is asked for instead."""
    SYNONYM = "synonym"
    """Another word for the same is asked for as well."""
    ABBREVIATION = "abbreviation"
    """What is short for `meant`, which is asked for as well."""
    PART = "part"
    """A compound taken apart: its parts close together are a find as well."""
    RELAXED = "relaxed"
    """A word that may be missing."""
    NUMBER = "number"
    """The number of a paper, or a number that is also written otherwise: VII is 7."""
    DATE = "date"
    """A day, a month, a year or a span of them."""
    FIELD = "field"
    """A piece that is looked for in one field only."""
    PLACE = "place"
    """A municipality, or a place in one, which is `meant`: its papers stand first."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """One thing that was made of a question. `typed` is the piece as it was typed, `meant` what was made of it, as a
    person would type it. Without `applied` it could have been made of it and was not: it was switched off, or is only
    a suggestion. What is `minor` adds little to what the word as it was typed finds: a page need not tell it."""

    kind: UnderstandingKind
    typed: str
    meant: str
    applied: bool = True
    minor: bool = False
    municipality: str | None = None
    """The key of the municipality of a place."""


def respelled(typed: str, folded: str) -> str:
    """A word that was typed, with its letters changed to those of a folded one, and no others: `Gebüren` with
    `gebuhren` is Gebühren."""
    letters, ends = _letters(typed)
    own = fold(letters)
    same = next((n for n, (a, b) in enumerate(zip(own, folded, strict=False)) if a != b), min(len(own), len(folded)))
    left = min(len(own), len(folded)) - same
    behind = next((n for n in range(left) if own[-1 - n] != folded[-1 - n]), left)
    while same and same not in ends:  # never half of a letter that is folded to two
        same -= 1
    while behind and len(own) - behind not in ends:
        behind -= 1
    new = folded[same : len(folded) - behind]
    mixed = letters[: ends[same]] + new + (letters[ends[len(own) - behind] :] if behind else "")
    if fold(mixed) != folded:  # letters that met are folded together
        mixed = folded
    return mixed[:1].upper() + mixed[1:] if letters[:1].isupper() else mixed


def parts_as_typed(typed: str, parts: Sequence[str]) -> str:
    """The folded parts of a compound in the letters that were typed: `Grünflächenplan` is Grünflächen Plan."""
    letters, ends = _letters(typed)
    whole, place, found = fold(letters), 0, []
    for part in parts:
        start = whole.find(part, place)
        place = start + len(part)
        if start < 0 or start not in ends or place not in ends:
            return " ".join(parts)
        found.append(letters[ends[start] : ends[place]])
    return " ".join(part[:1].upper() + part[1:] for part in found) if letters[:1].isupper() else " ".join(found)


def _letters(typed: str) -> tuple[str, dict[int, int]]:
    """The letters of a word without hyphens, and behind how many of them each number of folded letters ends."""
    letters = "".join(PIECE.findall(tidy(typed)))
    return letters, {len(fold(letters[:end])): end for end in range(len(letters) + 1)}

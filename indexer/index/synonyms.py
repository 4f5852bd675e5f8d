"""Words of council papers that mean the same: asked for together, never written into the index, never inside quotes.

The list is `synonyms.txt`, a line a meaning. A word is looked up by its stem, so that every form of it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import permutations
from typing import Final

from indexer.index.language import pieces, stem
from indexer.index.understanding import UnderstandingKind


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another word for one, folded; several are a phrase. `weight` is what a hit by it is worth, 0 to 1, `text` the
    word as the list writes it, `kind` what the words are to each other."""

    words: tuple[str, ...]
    weight: float
    text: str
    kind: UnderstandingKind = UnderstandingKind.SYNONYM


Table = Mapping[str, tuple[Synonym, ...]]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The list: of words, of words in front of a number (`A #`), and of endings (`-str`), each by its stem."""

    words: Table
    before_numbers: Table
    endings: Table

    @property
    def names_before_numbers(self) -> frozenset[str]:
        return frozenset(synonym.text for others in self.before_numbers.values() for synonym in others)


def read(text: str) -> Synonyms:
    """The words of a text written as `synonyms.txt` is. Raises ValueError."""
    tables: tuple[dict[str, dict[tuple[str, ...], Synonym]], ...] = ({}, {}, {})
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        head, *texts = (part.strip() for part in line.split("|"))
        weight, _, kind = head.partition(" ")
        words = [pieces(text) for text in texts]
        if not 0 < float(weight) <= 1 or len(words) < 2 or not all(words):
            raise ValueError(f"{line!r}: expected a weight from 0 to 1 and two words or more, with | between them")
        table = tables[1 if texts[0].endswith(" #") else 2 if texts[0].startswith("-") else 0]
        found = [
            Synonym(words, float(weight), text.strip(" -#"), UnderstandingKind(kind or UnderstandingKind.SYNONYM))
            for words, text in zip(words, texts, strict=True)
        ]
        _note(found, table)
    return Synonyms(*({key: tuple(others.values()) for key, others in table.items()} for table in tables))


def _note(line: Iterable[Synonym], table: dict[str, dict[tuple[str, ...], Synonym]]) -> None:
    """Each word of a line is another one for the others; the higher weight counts."""
    for own, other in permutations(line, 2):
        others = table.setdefault(_key(own.words), {})
        before = others.get(other.words)
        if _key(own.words) != _key(other.words) and (before is None or before.weight < other.weight):
            others[other.words] = other


def _key(words: tuple[str, ...]) -> str:
    return stem("".join(words))


SYNONYMS: Final = read((files(__package__) / "synonyms.txt").read_text(encoding="utf-8"))


def synonyms_of(words: tuple[str, ...]) -> tuple[Synonym, ...]:
    """Other words for the folded pieces of one; () where there are none."""
    return SYNONYMS.words.get(_key(words), ())

"""Words of council papers that mean the same: asked for together, never written into the index, never inside quotes.

The list is `synonyms.txt`, a line a meaning. A word is looked up by its stem, so that every form of it is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from indexer.index.language import pieces, stem


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another word for one, folded; several are a phrase. `weight` is what a hit by it is worth, 0 to 1, `text` the
    word as the list writes it."""

    words: tuple[str, ...]
    weight: float
    text: str


def read(text: str) -> dict[str, tuple[Synonym, ...]]:
    """The words of a text written as `synonyms.txt` is, by their stems. Raises ValueError."""
    table: dict[str, dict[tuple[str, ...], Synonym]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        weight, *texts = (part.strip() for part in line.split("|"))
        words = [pieces(text) for text in texts]
        if not 0 < float(weight) <= 1 or len(words) < 2 or not all(words):
            raise ValueError(f"{line!r}: expected a weight from 0 to 1 and two words or more, with | between them")
        for own in words:
            others = table.setdefault(_key(own), {})
            for other, written in zip(words, texts, strict=True):
                before = others.get(other)
                if _key(other) != _key(own) and (before is None or before.weight < float(weight)):
                    others[other] = Synonym(other, float(weight), written)
    return {key: tuple(others.values()) for key, others in table.items()}


def _key(words: tuple[str, ...]) -> str:
    return stem("".join(words))


_TABLE: Final = read((files(__package__) / "synonyms.txt").read_text(encoding="utf-8"))


def synonyms_of(words: tuple[str, ...]) -> tuple[Synonym, ...]:
    """Other words for the folded pieces of one; () where there are none."""
    return _TABLE.get(_key(words), ())

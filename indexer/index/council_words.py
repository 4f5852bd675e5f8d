"""The words that compounds of council papers are made of, known before any text was read: `council_words.txt`.

A new installation with a hundred papers has taught no vocabulary yet; with these it splits as one with many thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from indexer.index.folding import fold

_PLURAL_ER: Final = re.compile(
    r"amt|bad|band|bild|blatt|brett|buch|dach|denkmal|dorf|fach|feld|geld|glas|grab|gut|haus|holz|huhn|kalb|kind|kleid"
    r"|land|licht|loch|mann|rad|rand|rind|schild|schloss|tal|tuch|volk|wald|wort"
)
"""Folded nouns with a plural in -er. Of these alone; -en would be half of the country's place names."""
_PLURAL_EN: Final = re.compile(r".*(?:ung|heit|keit|schaft|ion|tat|ik|ur|enz|anz|ei|or|ent|ist|und|ahl|bahn|art)")
_UNCHANGED: Final = ("er", "el", "en", "chen", "lein")


@dataclass(frozen=True, slots=True)
class CouncilWords:
    """All folded. `nouns` stand anywhere in a compound, `first` only in front of another word, `last` are inflected
    forms that end one, `whole` are words that are never split, in all their forms."""

    nouns: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    whole: frozenset[str]


def _forms(noun: str) -> Iterator[str]:
    """The forms of a folded noun, as far as its ending tells them."""
    yield noun
    if noun.endswith("e"):
        yield f"{noun}n"
    elif _PLURAL_ER.fullmatch(noun):
        yield from (f"{noun}er", f"{noun}ern", f"{noun}es", f"{noun}s")
    elif noun.endswith("in"):
        yield f"{noun}nen"
    elif _PLURAL_EN.fullmatch(noun):
        yield from (f"{noun}en", f"{noun}s")
    elif noun.endswith("nis"):
        yield from (f"{noun}se", f"{noun}sen", f"{noun}ses")
    elif noun.endswith(_UNCHANGED):
        yield from (f"{noun}s", f"{noun}n")
    elif noun.endswith(("a", "i", "o", "u", "y")):
        yield f"{noun}s"
    else:
        yield from (f"{noun}e", f"{noun}en", f"{noun}es", f"{noun}s")


def read(text: str) -> CouncilWords:
    """The words of a text written as `council_words.txt` is."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    words = [word for line in lines for word in line.split()]
    first = {fold(word[:-1]) for word in words if word.endswith("-")}
    whole = {fold(word[:-1]) for word in words if word.endswith("=")}
    nouns = {fold(word) for word in words if word[-1] not in "-="} | whole
    first |= {noun[:-1] for noun in nouns if noun.endswith("e") and len(noun) > 4}  # Schule: Schulweg
    first -= {noun + link for noun in nouns for link in ("s", "n", "en", "es", "er", "e")}
    last = {form for noun in nouns for form in _forms(noun)}
    return CouncilWords(
        frozenset(nouns), frozenset(first - nouns), frozenset(last - nouns),
        frozenset(form for noun in whole for form in _forms(noun)),
    )  # fmt: skip


WORDS: Final = read((files(__package__) / "council_words.txt").read_text(encoding="utf-8"))

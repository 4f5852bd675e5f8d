"""German, for every engine the same: text becomes tokens here, and engines receive ready tokens joined by blanks.

What was tried and measured is written down in docs/decisions/0004-engine-and-analysis.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import Stemmer

from indexer.index.compounds import Vocabulary

TOKEN: Final = re.compile(r"[^\W_]+(?:[-‐‑/][^\W_]+)*")
"""A word as written, with its hyphens and slashes: `U-Strab`, `2015/0472`."""

PIECE: Final = re.compile(r"[^\W_]+")

LONGEST_TOKEN: Final = 80
"""Longer runs of letters are debris of PDF extraction; what is behind this many characters is cut off."""

CACHED_WORDS: Final = 200_000
"""Distinct written forms remembered at a time, twice: a full memory becomes the old one, and the older is forgotten."""

STOPWORDS: Final = frozenset(
    """aber als am an auch auf aus bei beim bis bzw da damit das dass dem den der des die dies diese diesem diesen dieser
    dieses doch durch ein eine einem einen einer eines er es etwa fuer fur hat haben hinter ich ihr ihre im in ins ist
    kann man mit nach nicht noch nur ob oder ohne sein seine sich sie sind so sowie ueber uber um und uns unter vom von
    vor war warum was wegen wenn werden wer wie wieso wieviel wird wo wohin wurde wurden zu zum zur zwischen gibt""".split()
)
"""Folded words that say little. They are indexed as every other word; they only never decide whether a hit is one."""

_LINE_BREAK = re.compile(r"(?<=[a-zäöüß])(?:[-‐‑]|\u00ad)[ \t]*\r?\n\s*(?!(?:und|oder|bzw|sowie|als)\b)(?=[a-zäöüß])")
_UMLAUT_DIGRAPH = re.compile(r"ae|oe|(?<![aeq])ue")
_STEMMER = Stemmer.Stemmer("german")


def tidy(text: str) -> str:
    """The text with compatibility forms resolved (ligatures of PDFs) and words joined that a line end cut in two."""
    text = unicodedata.normalize("NFKC", text)
    if "\n" in text:
        text = _LINE_BREAK.sub("", text)
    return text.replace("\u00ad", "") if "\u00ad" in text else text


def fold(word: str) -> str:
    """Lower case without umlauts, accents and ß: `Grünfläche`, `Gruenflaeche` and `GRÜNFLÄCHE` are all `grunflache`."""
    word = word.casefold()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _UMLAUT_DIGRAPH.sub(lambda match: match[0][0], word) if "e" in word else word


def stem(folded: str) -> str:
    """What is left of a folded word without its ending.

    Snowball's German, with two guards, both measured: `-ung` stays, because Satzung is no Satz and Haushaltssatzung
    no Haushaltssatz; the plural `-s` after a vowel goes, because Kitas are more than one Kita.
    """
    if len(folded) <= 3 or folded.isdigit():
        return folded
    if folded.endswith("ungen") and len(folded) > 7:
        return folded[:-2]
    if folded.endswith("ung") and len(folded) > 5:
        return folded
    if folded.endswith("est"):
        return folded
    if folded[-1] == "s" and folded[-2] in "aiou" and len(folded) > 4:
        return folded[:-1]
    return _STEMMER.stemWord(folded)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Word:
    """One written form, analysed. All are folded; `surfaces` are unstemmed, the others are stems."""

    tokens: str
    """What stands in the text field, joined by blanks: one stem, or one for every piece of `U-Strab`."""
    parts: str
    """What the word is made of or is made to: parts of compounds, hyphenated words as one. Joined by blanks."""
    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Streams:
    """A text, analysed: three strings of tokens joined by blanks."""

    tokens: str
    parts: str
    surfaces: frozenset[str]


class German:
    """Analyses texts with the vocabulary of one build of an index. Not for several threads at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._new: dict[str, Word] = {}
        self._old: dict[str, Word] = {}

    def streams(self, texts: Iterable[str]) -> Streams:
        """The tokens of several texts, one after the other."""
        found: list[Word] = []
        for text in texts:
            found += map(self._remembered, TOKEN.findall(tidy(text)))
        surfaces: set[str] = set()
        surfaces.update(*(word.surfaces for word in set(found))) if found else None
        return Streams(
            " ".join([word.tokens for word in found]),
            " ".join([word.parts for word in found if word.parts]),
            frozenset(surfaces),
        )

    def _remembered(self, written: str) -> Word:
        return self._new.get(written) or self._remember(written)

    def _remember(self, written: str) -> Word:
        word = self._old.get(written) or analyse(written, self._vocabulary)
        if len(self._new) >= CACHED_WORDS:
            self._old, self._new = self._new, {}
        self._new[written] = word
        return word


def analyse(written: str, vocabulary: Vocabulary) -> Word:
    """One written form as the index holds it."""
    pieces = [fold(piece[:LONGEST_TOKEN]) for piece in PIECE.findall(written)]
    parts: dict[str, None] = {}
    if len(pieces) > 1 and not any(piece.isdigit() for piece in pieces):
        parts[stem("".join(pieces)[:LONGEST_TOKEN])] = None
    for piece in pieces:
        parts.update((stem(part), None) for part in vocabulary.all_parts(piece))
    return Word(" ".join(map(stem, pieces)), " ".join(parts), tuple(pieces))


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """The folded, unstemmed pieces of what a person typed."""
    return tuple(fold(piece[:LONGEST_TOKEN]) for piece in PIECE.findall(tidy(text)))

"""German, for every engine the same: text becomes tokens here, and engines receive ready tokens joined by blanks.

What was tried and measured is written down in docs/decisions/0004-engine-and-analysis.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from typing import Final, NamedTuple

import Stemmer

from indexer.index.compounds import Vocabulary
from indexer.index.ellipsis import ellipses
from indexer.index.folding import PIECE, TOKEN, fold, tidy
from indexer.index.places import places_in

LONGEST_TOKEN: Final = 80
"""Longer runs of letters are debris of PDF extraction; what is behind this many characters is cut off."""

MOST_PIECES: Final = 6
"""Of a longer hyphenated word no more pieces are put together."""

CACHED_WORDS: Final = 200_000
"""Distinct written forms remembered at a time, twice: a full memory becomes the old one, and the older is forgotten."""

_STOPWORDS = """
    aber als am an auch auf aus bei beim bis bzw d da damit das dass dem den der des die dies diese diesem diesen
    dieser dieses doch durch ein eine einem einen einer eines er es etwa fuer fur hat haben hinter ich ihr ihre im
    in ins ist kann man mit nach nicht noch nur ob oder ohne sein seine sich sie sind so sowie u ueber uber um und
    uns unter vom von vor war warum was wegen wenn werden wer wie wieso wieviel wird wo wohin wurde wurden zu zum
    zur zwischen gibt
"""

STOPWORDS: Final = frozenset(_STOPWORDS.split())
"""Folded words that say little. They are indexed as every other word; they only never decide whether a hit is one."""

_STEMMER = Stemmer.Stemmer("german")


def stem(folded: str) -> str:
    """What is left of a folded word without its ending.

    Snowball's German, with four guards: a Haushaltssatzung is no Haushaltssatz; Asbest and Protest are not forms of
    "asb" and "prot"; the plural `-s` after a, i and o goes, because Kitas are more than one Kita; des Radwegbaus.
    """
    if len(folded) <= 3 or folded.isdigit():
        return folded
    if folded.endswith(("satzung", "satzungen")):
        return folded.removesuffix("en")
    if folded.endswith("est"):
        return folded
    if folded[-1] == "s" and ((folded[-2] in "aio" and len(folded) > 4) or folded.endswith("baus")):
        return folded[:-1]
    return _STEMMER.stemWord(folded)  # type: ignore[no-any-return]


def compound_token(leaves: Iterable[str]) -> str:
    """A compound by the stems of its leaves, whatever links them: Hundesteuer and Hundsteuer are `hund+steu`."""
    return "+".join(map(stem, leaves))


class Word(NamedTuple):
    """One written form, analysed. All are folded; `surfaces` are unstemmed, the others are stems."""

    tokens: str
    """What stands in the text field, joined by blanks: one stem, or one for every piece of `S-Bahn`."""
    parts: str
    """What the word is made of or is made to: parts of compounds, compounds by their leaves, hyphenated words as one.
    Joined by blanks."""
    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Streams:
    """A text, analysed: two strings of tokens joined by blanks, and the distinct folded words, all of them and those
    that stand where names of places stand."""

    tokens: str
    parts: str
    surfaces: frozenset[str]
    places: frozenset[str]


class German:
    """Analyses texts with the vocabulary of one build of an index. Not for several threads at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words: dict[str, Word] = {}
        self._forget()

    def streams(self, texts: Iterable[str]) -> Streams:
        """The tokens of several texts, one after the other."""
        if len(self._tokens) >= CACHED_WORDS:
            self._forget()
        written: list[str] = []
        elliptic: dict[str, str] = {}
        places: set[str] = set()
        for text in map(tidy, texts):
            words = TOKEN.findall(text)
            written += words
            places |= places_in(words)
            elliptic.update((one.whole, compound_token(one.leaves)) for one in ellipses(text, self._vocabulary))
        distinct = set(written)
        for word in distinct.difference(self._tokens):
            self._remember(word)
        surfaces = set(elliptic)
        surfaces.update(*map(self._surfaces.__getitem__, distinct))
        parts = [*map(self._parts.__getitem__, written), *map(stem, elliptic), *elliptic.values()]
        return Streams(
            " ".join(map(self._tokens.__getitem__, written)),
            " ".join(filter(None, parts)),
            frozenset(surfaces),
            frozenset(places),
        )

    def _forget(self) -> None:
        """Start a new memory; words of the one before are taken over when they occur again."""
        old = self._words
        self._old, self._words = old, {}
        self._tokens: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._surfaces: dict[str, tuple[str, ...]] = {}

    def _remember(self, written: str) -> None:
        word = self._old.get(written) or analyse(written, self._vocabulary)
        self._words[written] = word
        self._tokens[written] = word.tokens
        self._parts[written] = word.parts
        self._surfaces[written] = word.surfaces


def analyse(written: str, vocabulary: Vocabulary) -> Word:
    """One written form as the index holds it."""
    pieces = [fold(piece[:LONGEST_TOKEN]) for piece in PIECE.findall(written)]
    parts = dict.fromkeys(token for _, token in parts_of(pieces, vocabulary))
    return Word(" ".join(map(stem, pieces)), " ".join(parts), tuple(pieces))


def parts_of(pieces: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[int | None, str]]:
    """What stands in the index for a word with these folded pieces besides their stems, each with the number of the
    piece it is a part of, or None where it is of several."""
    if len(pieces) > 1 and not any(piece.isdigit() for piece in pieces):
        yield None, stem("".join(pieces)[:LONGEST_TOKEN])
        leaves = [vocabulary.leaves(piece) for piece in pieces[:MOST_PIECES]]
        for start, end in combinations(range(len(leaves) + 1), 2):
            if end - start > 1:
                yield None, compound_token(chain.from_iterable(leaves[start:end]))
    for number, piece in enumerate(pieces):
        yield from ((number, stem(part)) for part in vocabulary.all_parts(piece))
        yield from ((number, compound_token(run)) for run in vocabulary.runs(piece))


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """The folded, unstemmed pieces of what a person typed."""
    return tuple(fold(piece[:LONGEST_TOKEN]) for piece in PIECE.findall(tidy(text)))

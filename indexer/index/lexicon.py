"""The words of an index, and which of them may be meant by a typing mistake: those at edit distance 1, a swap of
neighbours counted as one edit."""

from __future__ import annotations

import math
import string
from collections.abc import Collection, Mapping
from typing import Protocol

from indexer.index.conditions import Node
from indexer.index.places import Spread


class Lexicon(Protocol):
    """What an engine knows of the words in its index. Words are folded and unstemmed."""

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """How many entries hold each word; those that none holds may be left out. Asked once a question."""
        ...

    def similar(self, word: str) -> Mapping[str, int]:
        """Words that are one letter more, less, other or swapped away, the most frequent first, with how many entries
        hold each."""
        ...

    def finds(self, condition: Node) -> bool:
        """Whether any entry fulfils a condition. Asked once or twice a question."""
        ...

    def spread(self, words: Collection[str]) -> Mapping[str, Spread]:
        """How words are spread over the municipalities; those that no entry holds may be left out. Asked once a
        question."""
        ...

    def shares(self, municipalities: Collection[str]) -> Mapping[str, float]:
        """Which part of all entries these have, 0 to 1. Asked once a question, where it has a place."""
        ...

    def idf(self, stems: Collection[str]) -> Mapping[str, float]:
        """How rare words and parts of compounds with these stems are, by `idf`; those of which nothing is known may be
        left out. Asked once a question."""
        ...


class NoLexicon:
    """Of an index that cannot be asked: nothing is known of its words, and none is taken for a typing mistake."""

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """See Lexicon."""
        return {}

    def similar(self, word: str) -> Mapping[str, int]:
        """See Lexicon."""
        return {}

    def finds(self, condition: Node) -> bool:
        """See Lexicon."""
        return False

    def spread(self, words: Collection[str]) -> Mapping[str, Spread]:
        """See Lexicon."""
        return {}

    def shares(self, municipalities: Collection[str]) -> Mapping[str, float]:
        """See Lexicon."""
        return {}

    def idf(self, stems: Collection[str]) -> Mapping[str, float]:
        """See Lexicon."""
        return {}


def most_frequent_first(counts: Mapping[str, int]) -> dict[str, int]:
    """The words that occur, those of equal counts in the order of letters."""
    return {word: count for word, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])) if count}


def idf(holding: int, entries: int) -> float:
    """The inverse document frequency, as BM25 has it: how much it says of an entry that it holds a word which so many
    of the entries hold."""
    return math.log(1 + (max(entries - holding, 0) + 0.5) / (holding + 0.5))


def within_one_edit(word: str) -> set[str]:
    """Words with one letter more, less, other, or two neighbours swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in string.ascii_lowercase}
    found |= {left + letter + right for left, right in cuts for letter in string.ascii_lowercase}
    return found - {word}

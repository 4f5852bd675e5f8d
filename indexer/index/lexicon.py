"""The words of an index, and which of them may be meant by a typing mistake: those at edit distance 1, a swap of
neighbours counted as one edit."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol


class Lexicon(Protocol):
    """What an engine knows of the words in its index. Words are folded and unstemmed."""

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """How many entries hold each word; those that none holds may be left out. Asked once a question."""
        ...

    def similar(self, word: str) -> Sequence[str]:
        """Words that are one letter more, less, other or swapped away, the most frequent first."""
        ...


class NoLexicon:
    """Of an index that cannot be asked: nothing is known of its words, and none is taken for a typing mistake."""

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """See Lexicon."""
        return {}

    def similar(self, word: str) -> Sequence[str]:
        """See Lexicon."""
        return ()


def within_one_edit(word: str) -> set[str]:
    """Words with one letter more, less, other, or two neighbours swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in string.ascii_lowercase}
    found |= {left + letter + right for left, right in cuts for letter in string.ascii_lowercase}
    return found - {word}

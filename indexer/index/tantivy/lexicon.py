"""The words in an index, as Tantivy knows them."""

from __future__ import annotations

import string
from collections.abc import Sequence

import tantivy

LETTERS = string.ascii_lowercase


class SearcherLexicon:
    """See Lexicon. A look-up costs less than a microsecond, so all words one slip away are simply tried."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def count(self, word: str) -> int:
        """See Lexicon."""
        return self._searcher.doc_freq("words", word)

    def similar(self, word: str) -> Sequence[str]:
        """See Lexicon."""
        found = [(self.count(other), other) for other in one_slip_away(word)]
        return [other for count, other in sorted(found, key=lambda pair: (-pair[0], pair[1])) if count]


def one_slip_away(word: str) -> set[str]:
    """Words with one letter more, less, other, or two neighbours swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in LETTERS}
    found |= {left + letter + right for left, right in cuts for letter in LETTERS}
    return found - {word}

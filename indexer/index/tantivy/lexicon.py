"""The words in an index, as Tantivy knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import tantivy

from indexer.index.conditions import Node
from indexer.index.lexicon import most_frequent_first, within_one_edit
from indexer.index.tantivy.conditions import Conditions


class SearcherLexicon:
    """See Lexicon. A look-up costs less than a microsecond, so all words within one edit are simply tried."""

    def __init__(self, searcher: tantivy.Searcher, conditions: Conditions) -> None:
        self._searcher = searcher
        self._conditions = conditions

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """See Lexicon."""
        return {word: self._searcher.doc_freq("words", word) for word in words}

    def similar(self, word: str) -> Mapping[str, int]:
        """See Lexicon."""
        return most_frequent_first(self.counts(within_one_edit(word)))

    def finds(self, condition: Node) -> bool:
        """See Lexicon."""
        return bool(self._searcher.search(self._conditions.of(condition), 1, count=False).hits)

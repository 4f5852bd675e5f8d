"""The words in an index, as Tantivy knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import tantivy

from indexer.index.lexicon import within_one_edit


class SearcherLexicon:
    """See Lexicon. A look-up costs less than a microsecond, so all words within one edit are simply tried."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """See Lexicon."""
        return {word: self._searcher.doc_freq("words", word) for word in words}

    def similar(self, word: str) -> Sequence[str]:
        """See Lexicon."""
        found = [(count, other) for other, count in self.counts(within_one_edit(word)).items() if count]
        return [other for count, other in sorted(found, key=lambda pair: (-pair[0], pair[1]))]

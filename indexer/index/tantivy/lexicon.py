"""The words in an index, as Tantivy knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import tantivy

from indexer.index.conditions import ConstantScoreTerm, Node
from indexer.index.fields import WORD_FIELDS
from indexer.index.lexicon import idf, most_frequent_first, within_one_edit
from indexer.index.places import MOST_COUNTED, Spread
from indexer.index.tantivy.conditions import Conditions
from indexer.index.tantivy.facets import ALL_VALUES


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

    def spread(self, words: Collection[str]) -> Mapping[str, Spread]:
        """See Lexicon."""
        return {word: self._spread(word) for word in words}

    def _spread(self, word: str) -> Spread:
        holding, naming = self._searcher.doc_freq("words", word), self._searcher.doc_freq("places", word)
        by = [
            self._by_municipality(field, word) if count else {}
            for field, count in (("words", holding), ("places", naming))
        ]
        return Spread(holding, naming, *by)

    def _by_municipality(self, field: str, word: str) -> Mapping[str, int]:
        query = self._conditions.of(ConstantScoreTerm(field, word))
        terms = {"field": "municipality", "size": MOST_COUNTED, "segment_size": ALL_VALUES}
        answer = self._searcher.aggregate(query, {"values": {"terms": terms}})["values"]
        return most_frequent_first({bucket["key"]: int(bucket["doc_count"]) for bucket in answer["buckets"]})

    def shares(self, municipalities: Collection[str]) -> Mapping[str, float]:
        """See Lexicon."""
        entries = max(self._searcher.num_docs, 1)
        return {key: self._searcher.doc_freq("municipality", key) / entries for key in municipalities}

    def idf(self, stems: Collection[str]) -> Mapping[str, float]:
        """See Lexicon."""
        count, entries = self._searcher.doc_freq, self._searcher.num_docs
        return {token: idf(max(count(field, token) for field in WORD_FIELDS), entries) for token in stems}

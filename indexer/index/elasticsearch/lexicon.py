"""The words in an index, as the cluster knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from elasticsearch import Elasticsearch

from indexer.index.conditions import Node
from indexer.index.elasticsearch.conditions import condition as condition_of
from indexer.index.fields import WORD_FIELDS
from indexer.index.lexicon import idf, most_frequent_first, within_one_edit
from indexer.index.places import MOST_COUNTED, Spread

MOST_SIMILAR: Final = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What was asked of one state of an index."""

    counts: dict[str, int] = field(default_factory=dict)
    similar: dict[str, Mapping[str, int]] = field(default_factory=dict)
    spreads: dict[str, Spread] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    idf: dict[str, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.counts) + len(self.similar) + len(self.spreads) + len(self.idf)


class ClusterLexicon:
    """See Lexicon. What is `known` is not asked again."""

    def __init__(self, client: Elasticsearch, index: str, known: Known) -> None:
        self._client = client
        self._index = index
        self._known = known

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """See Lexicon. One request, whatever the number of words."""
        asked = sorted(word for word in words if word not in self._known.counts)
        if asked:
            _, counts = self._holding([("words", word) for word in asked])
            self._known.counts.update(zip(asked, counts, strict=True))
        return {word: self._known.counts[word] for word in words}

    def idf(self, stems: Collection[str]) -> Mapping[str, float]:
        """See Lexicon. One request, whatever the number of stems."""
        asked = sorted(token for token in stems if token not in self._known.idf)
        if asked:
            entries, counts = self._holding([(name, token) for token in asked for name in WORD_FIELDS])
            for number, token in enumerate(asked):
                by_field = counts[number * len(WORD_FIELDS) : (number + 1) * len(WORD_FIELDS)]
                self._known.idf[token] = idf(max(by_field), entries)
        return {token: self._known.idf[token] for token in stems}

    def _holding(self, terms: Sequence[tuple[str, str]]) -> tuple[int, list[int]]:
        """How many entries there are, and how many have each token in its field."""
        answer = self._client.search(
            index=self._index,
            size=0,
            track_total_hits=True,
            aggregations={
                "holding": {
                    "filters": {"keyed": False, "filters": [{"term": {name: token}} for name, token in terms]},
                }
            },
        )
        buckets = answer["aggregations"]["holding"]["buckets"]
        return int(answer["hits"]["total"]["value"]), [int(bucket["doc_count"]) for bucket in buckets]

    def similar(self, word: str) -> Mapping[str, int]:
        """See Lexicon."""
        if word not in self._known.similar:
            self._known.similar[word] = self._similar(word)
        return self._known.similar[word]

    def finds(self, condition: Node) -> bool:
        """See Lexicon. Every shard stops at the first find."""
        answer = self._client.search(
            index=self._index, size=0, track_total_hits=1, terminate_after=1, query=condition_of(condition)
        )
        return int(answer["hits"]["total"]["value"]) > 0

    def spread(self, words: Collection[str]) -> Mapping[str, Spread]:
        """See Lexicon. One request, whatever the number of words."""
        asked = sorted(word for word in words if word not in self._known.spreads)
        if asked:
            fields = [(word, field) for word in asked for field in ("words", "places")]
            buckets = self._counted([{"term": {field: word}} for word, field in fields], MOST_COUNTED)
            counted = dict(zip(fields, buckets, strict=True))
            for word in asked:
                holding, holding_by = counted[word, "words"]
                naming, naming_by = counted[word, "places"]
                self._known.spreads[word] = Spread(holding, naming, holding_by, naming_by)
        return {word: self._known.spreads[word] for word in words}

    def shares(self, municipalities: Collection[str]) -> Mapping[str, float]:
        """See Lexicon."""
        asked = sorted(key for key in municipalities if key not in self._known.shares)
        if asked:
            conditions: list[dict[str, Any]] = [{"match_all": {}}, *({"term": {"municipality": key}} for key in asked)]
            (entries, _), *counts = self._counted(conditions, 1)
            self._known.shares.update({k: count / max(entries, 1) for k, (count, _) in zip(asked, counts, strict=True)})
        return {key: self._known.shares[key] for key in municipalities}

    def _counted(self, conditions: list[dict[str, Any]], most: int) -> list[tuple[int, Mapping[str, int]]]:
        """How many entries fulfil each condition, in all and by municipality."""
        by = {"terms": {"field": "municipality", "size": most, "shard_size": 10 * most}}
        filters = {"filters": {"keyed": False, "filters": conditions}, "aggregations": {"by": by}}
        answer = self._client.search(
            index=self._index, size=0, track_total_hits=False, aggregations={"counted": filters}
        )
        return [
            (bucket["doc_count"], most_frequent_first({by["key"]: by["doc_count"] for by in bucket["by"]["buckets"]}))
            for bucket in answer["aggregations"]["counted"]["buckets"]
        ]

    def _similar(self, word: str) -> Mapping[str, int]:
        answer = self._client.search(
            index=self._index,
            size=0,
            track_total_hits=False,
            suggest={
                "similar": {
                    "text": word,
                    "term": {
                        "field": "words",
                        "analyzer": "whitespace",
                        "suggest_mode": "always",
                        "sort": "frequency",
                        "string_distance": "damerau_levenshtein",
                        "max_edits": 1,
                        "prefix_length": 0,
                        "min_word_length": 1,
                        "size": MOST_SIMILAR,
                        "shard_size": MOST_SIMILAR,
                    },
                }
            },
        )
        near = within_one_edit(word)
        options = [option for part in answer["suggest"]["similar"] for option in part["options"]]
        return most_frequent_first({one["text"]: int(one["freq"]) for one in options if one["text"] in near})

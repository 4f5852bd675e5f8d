"""The words in an index, as the cluster knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from elasticsearch import Elasticsearch

from indexer.index.slips import one_slip_away

MOST_SIMILAR: Final = 200


class ClusterLexicon:
    """See Lexicon. `known` remembers what was asked of this state of the index."""

    def __init__(self, client: Elasticsearch, index: str, known: dict[str, int]) -> None:
        self._client = client
        self._index = index
        self._known = known

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """See Lexicon. One request, whatever the number of words."""
        asked = sorted(word for word in words if word not in self._known)
        if asked:
            answer = self._client.search(
                index=self._index,
                size=0,
                track_total_hits=False,
                aggregations={
                    "words": {
                        "filters": {
                            "keyed": False,
                            "filters": [{"term": {"words": word}} for word in asked],
                        }
                    }
                },
            )
            buckets = answer["aggregations"]["words"]["buckets"]
            self._known.update(zip(asked, (bucket["doc_count"] for bucket in buckets), strict=True))
        return {word: self._known[word] for word in words}

    def similar(self, word: str) -> Sequence[str]:
        """See Lexicon."""
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
        near = one_slip_away(word)
        options = [option for part in answer["suggest"]["similar"] for option in part["options"]]
        found = {option["text"]: int(option["freq"]) for option in options if option["text"] in near}
        return sorted(found, key=lambda other: (-found[other], other))

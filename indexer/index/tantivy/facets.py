"""Counts hits by the values of a field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import tantivy
from tantivy import Query as Condition

from indexer.index.contract import FacetCount, FacetName
from indexer.index.tantivy.conditions import Conditions

MOST_BUCKETS: Final = 60_000
"""Tantivy gives back 65,000 counts at most. Every segment sends all of its values, so each count is exact."""

ALL_VALUES: Final = 10_000_000


def counted(
    searcher: tantivy.Searcher,
    conditions: Conditions,
    asked: Condition,
    limits: Mapping[str, Condition],
    name: FacetName,
    size: int,
) -> tuple[FacetCount, ...]:
    """The `size` most frequent values of a facet, equal ones by value; its own filter is left out."""
    if size == 0:
        return ()
    query = conditions.limited(asked, *(limit for field, limit in limits.items() if field != name.value))
    buckets, cut = _buckets(searcher, query, name, min(size + 1, MOST_BUCKETS))
    if cut and len(buckets) > size and buckets[size]["doc_count"] == buckets[size - 1]["doc_count"]:
        buckets, _ = _buckets(searcher, query, name, MOST_BUCKETS)
    counts = [FacetCount(_shown(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return tuple(sorted(counts, key=lambda count: (-count.count, count.value))[:size])


def _buckets(
    searcher: tantivy.Searcher, query: Condition, name: FacetName, size: int
) -> tuple[list[dict[str, Any]], bool]:
    terms = {"field": name.value, "size": size, "segment_size": ALL_VALUES}
    answer = searcher.aggregate(query, {"values": {"terms": terms}})["values"]
    return answer["buckets"], bool(answer.get("sum_other_doc_count"))


def _shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{int(value):04d}"

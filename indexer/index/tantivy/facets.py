"""Counts hits by the values of a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    names: Sequence[FacetName],
    size: int,
) -> dict[FacetName, tuple[FacetCount, ...]]:
    """The `size` most frequent values of each facet, equal ones by value; a facet's own filter is left out. Facets that
    no filter is about are counted in one search."""
    found: dict[FacetName, tuple[FacetCount, ...]] = dict.fromkeys(names, ())
    free = [name for name in names if name.value not in limits]
    for together in (free, *([name] for name in names if name.value in limits)):
        if size and together:
            others = (limit for field, limit in limits.items() if [field] != [name.value for name in together])
            found |= _counted(searcher, conditions.limited(asked, *others), together, size)
    return found


def _counted(
    searcher: tantivy.Searcher, query: Condition, names: Sequence[FacetName], size: int
) -> Iterator[tuple[FacetName, tuple[FacetCount, ...]]]:
    counts = _buckets(searcher, query, names, min(size + 1, MOST_BUCKETS))
    for name, (buckets, cut) in counts.items():
        if cut and len(buckets) > size and buckets[size]["doc_count"] == buckets[size - 1]["doc_count"]:
            buckets, _ = _buckets(searcher, query, [name], MOST_BUCKETS)[name]
        values = [FacetCount(_shown(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
        yield name, tuple(sorted(values, key=lambda count: (-count.count, count.value))[:size])


def _buckets(
    searcher: tantivy.Searcher, query: Condition, names: Sequence[FacetName], size: int
) -> dict[FacetName, tuple[list[dict[str, Any]], bool]]:
    terms = {name.value: {"terms": {"field": name.value, "size": size, "segment_size": ALL_VALUES}} for name in names}
    answer = searcher.aggregate(query, terms)
    return {
        name: (answer[name.value]["buckets"], bool(answer[name.value].get("sum_other_doc_count"))) for name in names
    }


def _shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{int(value):04d}"

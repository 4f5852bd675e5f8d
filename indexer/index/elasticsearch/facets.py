"""Counts hits by the values of a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from indexer.index.contract import FacetCount, FacetName
from indexer.index.elasticsearch.conditions import Condition

MOST_BUCKETS: Final = 60_000
"""A cluster gives back 65,536 counts at most, all aggregations together."""

ALL_VALUES: Final = 200_000
"""So many values every shard counts, so that the sum over shards is exact."""


def aggregations(
    limits: Mapping[str, Condition], names: Iterable[FacetName], size: int, shards: int
) -> dict[str, Condition]:
    """What to ask for, so that each facet is counted with every filter but its own."""
    return {name.value: _counted(name.value, limits, size, shards) for name in names} if size else {}


def _counted(field: str, limits: Mapping[str, Condition], size: int, shards: int) -> Condition:
    terms: dict[str, Any] = {
        "field": field,
        "size": min(size, MOST_BUCKETS),
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
    if shards > 1:
        terms["shard_size"] = ALL_VALUES
    others = [limit for name, limit in limits.items() if name != field]
    return {"filter": {"bool": {"filter": others}}, "aggregations": {"values": {"terms": terms}}}


def counted(answer: Mapping[str, Any], names: Iterable[FacetName]) -> dict[FacetName, tuple[FacetCount, ...]]:
    """The answer to `aggregations`: the most frequent values of every facet, equal ones by value."""
    counts: Mapping[str, Any] = answer.get("aggregations") or {}
    return {name: tuple(map(_count, _buckets(counts, name))) for name in names}


def _buckets(counts: Mapping[str, Any], name: FacetName) -> list[dict[str, Any]]:
    return counts[name.value]["values"]["buckets"] if name.value in counts else []


def _count(bucket: Mapping[str, Any]) -> FacetCount:
    key = bucket["key"]
    return FacetCount(key if isinstance(key, str) else f"{key:04d}", int(bucket["doc_count"]))

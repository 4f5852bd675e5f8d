"""The tree of conditions in Elasticsearch's query language, one to one, and the filter beside it."""

from __future__ import annotations

from typing import Any, TypeAlias

from indexer.index.conditions import (
    BooleanQuery,
    ConstantScore,
    ConstantScoreTerm,
    DisMax,
    MatchAll,
    Node,
    Phrase,
    Prefix,
    Term,
)
from indexer.index.contract import Filter
from indexer.index.fields import days

Condition: TypeAlias = dict[str, Any]


def condition(node: Node) -> Condition:
    """The condition as a query."""
    match node:
        case Term():
            return {"term": {node.field: {"value": node.token, "boost": node.boost}}}
        case ConstantScoreTerm():
            return _fixed({"term": {node.field: {"value": node.token}}}, node.boost)
        case ConstantScore():
            fixed = _fixed(condition(node.node), node.boost)
            return {"constant_score": fixed["constant_score"] | {"_name": node.name}} if node.name else fixed
        case Phrase():
            asked = {"query": " ".join(node.tokens), "slop": node.slop, "boost": node.boost}
            return {"match_phrase": {node.field: asked}}
        case Prefix():
            return _fixed({"prefix": {node.field: {"value": node.begin}}}, node.boost)
        case DisMax():
            return {
                "dis_max": {
                    "queries": [condition(inner) for inner in node.nodes],
                    "tie_breaker": node.tie_breaker,
                    "boost": node.boost,
                }
            }
        case BooleanQuery():
            return _group(node)
        case MatchAll():
            return _fixed({"match_all": {}}, 0.0)
        case _:
            return {"match_none": {}}


def _group(group: BooleanQuery) -> Condition:
    inner: Condition = {"boost": group.boost, "minimum_should_match": group.minimum_should_match}
    for occur in ("must", "should", "must_not"):
        nodes = getattr(group, occur)
        if nodes:
            inner[occur] = [condition(node) for node in nodes]
    if not group.must and not group.minimum_should_match:
        inner["minimum_should_match"] = 1
    return {"bool": inner}


def _fixed(filter_: Condition, score: float) -> Condition:
    return {"constant_score": {"filter": filter_, "boost": score}}


def filters(limits: Filter) -> dict[str, Condition]:
    """The filter, by what it limits: `kind`, `year`, …, `date`."""
    found: dict[str, Condition] = {name.value: {"terms": {name.value: list(values)}} for name, values in limits.chosen}
    if (range_ := days(limits)) is not None:
        first, last = range_
        found["date"] = {"range": {"day": {"gte": first} | ({"lte": last} if last is not None else {})}}
    return found

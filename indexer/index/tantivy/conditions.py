"""The tree of conditions as Tantivy queries, one to one, and the filter beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import tantivy
from tantivy import Occur, Query

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
from indexer.index.fields import FIELDS, days

_OPTIONS: Final = {field.name: "freq" if field.frequencies else "basic" for field in FIELDS}


class Conditions:
    """Translates for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def of(self, node: Node) -> Query:
        """The condition as a query."""
        if isinstance(node, Term):
            return _boosted(self._term(node.field, node.token), node.boost)
        if isinstance(node, ConstantScoreTerm):
            return Query.const_score_query(self._term(node.field, node.token), node.boost)
        if isinstance(node, ConstantScore):
            return Query.const_score_query(self.of(node.node), node.boost)
        if isinstance(node, Phrase):
            phrase = Query.phrase_query(self._schema, node.field, list(node.tokens), node.slop)
            return _boosted(phrase, node.boost)
        if isinstance(node, Prefix):
            begins = Query.regex_query(self._schema, node.field, f"{node.begin}.*")
            return Query.const_score_query(begins, node.boost)
        if isinstance(node, DisMax):
            best = Query.disjunction_max_query([self.of(inner) for inner in node.nodes], node.tie_breaker)
            return _boosted(best, node.boost)
        if isinstance(node, BooleanQuery):
            return _boosted(self._group(node), node.boost)
        if isinstance(node, MatchAll):
            return Query.const_score_query(Query.all_query(), 0.0)
        return Query.empty_query()

    def _group(self, group: BooleanQuery) -> Query:
        inner = [(Occur.Must, self.of(node)) for node in group.must]
        inner += [(Occur.Should, self.of(node)) for node in group.should]
        inner += [(Occur.MustNot, self.of(node)) for node in group.must_not]
        return Query.boolean_query(inner, group.minimum_should_match or None)

    def _term(self, field: str, token: str) -> Query:
        return Query.term_query(self._schema, field, token, _OPTIONS[field])

    def filters(self, limits: Filter) -> dict[str, Query]:
        """The filter, by what it limits: `kind`, `year`, …, `date`."""
        found = {name.value: self.any_of(name.value, values) for name, values in limits.chosen}
        if (range_ := days(limits)) is not None:
            found["date"] = self.days("day", *range_)
        return found

    def any_of(self, field: str, values: Iterable[str | int]) -> Query:
        """Entries that have one of the values."""
        return Query.term_set_query(self._schema, field, list(values))

    def days(self, field: str, first: int | None, last: int | None) -> Query:
        """Entries from one day to another, both included."""
        return Query.range_query(self._schema, field, tantivy.FieldType.Integer, first, last)

    def limited(self, query: Query, *limits: Query) -> Query:
        """The query among entries that match the limits; its scores stay as they are."""
        if not limits:
            return query
        limiting = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in limits]
        return Query.boolean_query([(Occur.Must, query), *limiting])


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)

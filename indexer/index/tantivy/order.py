"""The order of hits, to the last tie: Tantivy orders by one thing only and breaks ties by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import tantivy
from tantivy import Query as Condition

from indexer.index import cursor
from indexer.index.contract import BadCursor, Query, Sort
from indexer.index.sections import ListSection, section_of
from indexer.index.stored_fields import hit
from indexer.index.tantivy.conditions import Conditions

Ranked = list[tuple[float | None, tantivy.DocAddress]]
"""Hits in order, with their scores."""

Row = tuple[float, tantivy.DocAddress]
"""A hit with its value in the column that hits are ordered by."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """`skip` hits have been shown: of a whole section, or, when it is ordered by date, of this `day` in it. Without a
    `section` the list is not chosen yet, and `skip` counts through all of it."""

    skip: int
    day: int | None = None
    section: ListSection | None = None


def cursor_of(place: PageStart, query: Query) -> str:
    """The place as a text that fits this question only."""
    return cursor.written((place.skip, place.day, place.section), query)


def start_of(text: str, query: Query) -> PageStart:
    """The place that `cursor_of` wrote. Raises BadCursor."""
    match cursor.read(text, query):
        case [skip, day, section]:
            day = None if day is None else cursor.number(day)
            return PageStart(cursor.number(skip), day, section_of(section, query.sort))
        case _:
            raise BadCursor(cursor.NOWHERE)


class Order:
    """The order of those `total` hits that a query finds. `unscored`: all have the same score."""

    def __init__(
        self, searcher: tantivy.Searcher, conditions: Conditions, query: Condition, total: int, *, unscored: bool
    ) -> None:
        self._searcher = searcher
        self._conditions = conditions
        self._query = query
        self._unscored = unscored
        self.total = total

    def page(self, place: PageStart, take: int, sort: Sort) -> tuple[Ranked, PageStart | None]:
        """A page, and where the next one begins; None behind the last hit."""
        take = min(take, self.total)
        if not take or place.skip >= self.total:
            return [], None
        if sort is Sort.RELEVANCE and not self._unscored:
            return self.by_score(place, take)
        return self.by_day(place, take, oldest_first=sort is Sort.OLDEST)

    def by_score(self, place: PageStart, take: int) -> tuple[Ranked, PageStart | None]:
        """A page by relevance, then newest first, then by id; and where the next one begins."""
        ranked = self._best(self._query, place.skip, take)
        end = place.skip + len(ranked)
        return ranked, PageStart(end) if ranked and end < self.total else None

    def _best(self, query: Condition, skip: int, take: int) -> Ranked:
        size = skip + take + 1
        hits = self._searcher.search(query, size, count=False).hits
        while len(hits) == size and hits[-1][0] == hits[skip + take - 1][0]:
            size *= 4
            hits = self._searcher.search(query, size, count=False).hits
        ordered: Ranked = []
        before = 0
        for _, ties in groupby(hits, key=lambda pair: pair[0]):
            tied = list(ties)
            if before + len(tied) > skip and before < skip + take:
                tied = self._by_day_and_id(tied)
            ordered += tied
            before += len(tied)
        return ordered[skip : skip + take]

    def _by_day_and_id(self, tied: Ranked) -> Ranked:
        if len(tied) == 1:
            return tied
        days = self._searcher.fast_field_values("day", [address for _, address in tied])
        ordered: Ranked = []
        by_day = sorted(zip(days, tied, strict=True), key=lambda pair: -(pair[0] or 0))
        for _, same in groupby(by_day, key=lambda pair: pair[0]):
            group = [pair for _, pair in same]
            ordered += sorted(group, key=lambda pair: self._id(pair[1])) if len(group) > 1 else group
        return ordered

    def _id(self, address: tantivy.DocAddress) -> str:
        return hit(bytes(self._searcher.doc(address).get_first("stored") or b""), None).id

    def by_day(self, place: PageStart, take: int, *, oldest_first: bool) -> tuple[Ranked, PageStart | None]:
        """A page by date, then by relevance, then by id; entries without a date last."""
        field = "day_or_last" if oldest_first else "day"
        order = tantivy.Order.Asc if oldest_first else tantivy.Order.Desc
        query = self._query
        if place.day is not None:
            query = self._between(query, field, place.day, oldest_first, included=True)
        rows = self._searcher.search(
            query, take + 1, count=False, order_by_field=field, order=order, offset=place.skip
        ).hits
        more = len(rows) > take
        days = [int(day) for day, _ in rows[:take]]
        if not days:
            return [], None
        before = self._count(self._between(query, field, days[0], oldest_first, included=False)) if place.skip else 0
        skip = place.skip - before
        runs = [(day, len(list(same))) for day, same in groupby(days)]
        (first, shown), *others = runs
        ranked = self._of_day(self._on(query, field, first, first), skip, shown)
        if len(runs) > 2:
            ranked += self._of_days(query, field, days[shown : len(days) - runs[-1][1]], rows[shown:])
        for last, wanted in others[-1:]:
            ranked += self._of_day(self._on(query, field, last, last), 0, wanted)
        next_skip = runs[-1][1] + (skip if len(runs) == 1 else 0)
        return [(None, address) for _, address in ranked], PageStart(next_skip, days[-1]) if more else None

    def _of_days(self, query: Condition, field: str, days: Sequence[int], rows: Sequence[Row]) -> Ranked:
        """All hits of several days that follow each other and stand whole on the page: by one search, not by one a
        day. `rows` begin with theirs."""
        if self._unscored:
            found: Ranked = [(None, address) for _, address in rows[: len(days)]]
        else:
            whole = self._on(query, field, min(days), max(days))
            found = self._searcher.search(whole, len(days), count=False).hits
        place = {day: number for number, day in enumerate(dict.fromkeys(days))}
        held = self._searcher.fast_field_values(field, [address for _, address in found])
        by_day: list[Ranked] = [[] for _ in place]
        for day, one in zip(held, found, strict=True):
            by_day[place[int(day or 0)]].append(one)
        return [one for same in by_day for one in self._by_score_and_id(same)]

    def _by_score_and_id(self, same: Ranked) -> Ranked:
        """Hits of one day, in the order of their scores already."""
        ordered: Ranked = []
        for _, ties in groupby(same, key=lambda pair: pair[0]):
            tied = list(ties)
            ordered += sorted(tied, key=lambda pair: self._id(pair[1])) if len(tied) > 1 else tied
        return ordered

    def _on(self, query: Condition, field: str, first: int, last: int) -> Condition:
        return self._conditions.limited(query, self._conditions.days(field, first, last))

    def _of_day(self, query: Condition, skip: int, take: int) -> Ranked:
        if not self._unscored:
            return self._best(query, skip, take)
        hits = self._searcher.search(
            query, take, count=False, order_by_field="id", order=tantivy.Order.Asc, offset=skip
        ).hits
        return [(None, address) for _, address in hits]

    def _between(self, query: Condition, field: str, day: int, oldest_first: bool, *, included: bool) -> Condition:
        """Entries that come before this day in the order, or, `included`, from it on."""
        first, last = (day, None) if oldest_first is included else (None, day)
        if not included:
            first, last = (None, day - 1) if oldest_first else (day + 1, None)
        return self._conditions.limited(query, self._conditions.days(field, first, last))

    def _count(self, query: Condition) -> int:
        return self._searcher.search(query, 1).count  # type: ignore[attr-defined,no-any-return]

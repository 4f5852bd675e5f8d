"""An index in memory: as much of the port as the pages and the API need, and faults on demand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from indexer.index.compounds import Vocabulary
from indexer.index.contract import (
    BadCursor,
    Clause,
    Completions,
    Entry,
    FacetCount,
    FacetName,
    Filter,
    Hit,
    IndexFault,
    IndexState,
    Query,
    Results,
    Rewriting,
    Sort,
)
from indexer.index.fields import FACETS
from indexer.index.language import pieces, stem
from indexer.index.lexicon import NoLexicon
from indexer.index.matching import interpret
from indexer.index.patterns import Patterns


class FakeIndex:
    """Finds entries whose title or texts hold every word of the question, as it is written."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = list(entries)
        self.fault: Exception | None = None
        self.partial = False
        self.asked: list[Query] = []
        self.closed = False

    def search(self, query: Query) -> Results:
        self._fail()
        self.asked.append(query)
        answering = [e for e in self.entries if _holds(e, query)]
        found = [e for e in answering if _passes(e, query.filter, None)]
        if query.sort is not Sort.RELEVANCE:
            found.sort(key=lambda e: e.date or dt.date.min, reverse=query.sort is Sort.NEWEST)
        offset = query.offset
        if query.after is not None:
            if not query.after.isdigit():
                raise BadCursor("not a place in this answer")
            offset = int(query.after)
        meant = interpret(query.clauses, Vocabulary(), NoLexicon(), query.without)
        some = found[offset : offset + query.limit]
        end = offset + len(some)
        return Results(
            total=len(found),
            hits=tuple(_hit(e) for e in some),
            facets={name: _facet(name, answering, query) for name in query.facets},
            took_ms=1.0,
            next=str(end) if end < len(found) else None,
            partial=self.partial,
            patterns=meant.patterns,
            understood=meant.understood,
        )

    def patterns(self, clauses: tuple[Clause, ...], without: frozenset[Rewriting] = frozenset()) -> Patterns:
        self._fail()
        return interpret(clauses, Vocabulary(), NoLexicon(), without).patterns

    def completions(self, typed: str) -> Completions:
        self._fail()
        last = typed.split()[-1].lower()
        titled = [e for e in self.entries if any(word.lower().startswith(last) for word in e.title.split())]
        organized = [e for e in self.entries if last in " ".join(e.organizations).lower()]
        numbered = [e for e in self.entries if (e.reference or "").startswith(typed)]
        return Completions(*(tuple(map(_hit, some)) for some in (titled, organized, numbered)))

    def title_counts(self, words: Collection[str]) -> Mapping[str, int]:
        self._fail()
        titles = [set(map(stem, pieces(entry.title))) for entry in self.entries]
        return {word: sum(stem(word) in title for title in titles) for word in words}

    def state(self) -> IndexState:
        self._fail()
        return IndexState("fake", len(self.entries), 0, 1, dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

    def close(self) -> None:
        self.closed = True

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


def no_index(fault: type[IndexFault]) -> FakeIndex:
    """An index that does not answer."""
    index = FakeIndex()
    index.fault = fault("secret host 10.0.0.7 is away")
    return index


def _holds(entry: Entry, query: Query) -> bool:
    everything = " ".join((entry.title, *entry.texts, *entry.context)).lower()
    return all(clause.text.lower() in everything for clause in query.clauses)


def _passes(entry: Entry, wanted: Filter, apart: FacetName | None) -> bool:
    passed = (
        not (chosen := wanted.values(facet.name)) or not {*facet.values(entry)}.isdisjoint(chosen)
        for facet in FACETS
        if facet.name is not apart
    )
    after = wanted.date_from is None or (entry.date is not None and entry.date >= wanted.date_from)
    before = wanted.date_to is None or (entry.date is not None and entry.date <= wanted.date_to)
    return after and before and all(passed)


def _facet(name: FacetName, entries: list[Entry], query: Query) -> tuple[FacetCount, ...]:
    counts: Counter[str] = Counter()
    for entry in entries:
        if _passes(entry, query.filter, name):
            counts.update(_values(entry, name))
    return tuple(FacetCount(value, count) for value, count in counts.most_common(query.facet_size))


def _values(entry: Entry, name: FacetName) -> list[str]:
    facet = next(facet for facet in FACETS if facet.name is name)
    return [value if isinstance(value, str) else f"{value:04}" for value in facet.values(entry)]


def _hit(e: Entry) -> Hit:
    return Hit(
        e.id, e.kind, e.municipality, e.title, e.reference, e.date, e.paper_type, e.organizations,
        e.source_id, e.source_url, None,
    )  # fmt: skip

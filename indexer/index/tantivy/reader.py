"""Answers questions from whatever build is published."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import Query as Condition

from indexer.index.completion import completion_conditions
from indexer.index.compounds import Vocabulary
from indexer.index.conditions import MatchNone, Node, Term, is_unscored
from indexer.index.contract import (
    Clause,
    Completions,
    Hit,
    IndexFault,
    IndexNotReady,
    IndexState,
    IndexUnavailable,
    Query,
    Results,
    Rewriting,
    Sort,
)
from indexer.index.fields import SCHEMA_VERSION
from indexer.index.language import stem
from indexer.index.matching import Interpretation, interpret
from indexer.index.patterns import Patterns
from indexer.index.stored_fields import hit
from indexer.index.tantivy.conditions import Conditions
from indexer.index.tantivy.facets import counted
from indexer.index.tantivy.folder import Build, Folder, engine_faults
from indexer.index.tantivy.lexicon import SearcherLexicon
from indexer.index.tantivy.order import Order, PageStart, Ranked, cursor_of, start_of
from indexer.index.tantivy.writer import open_index

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Opened:
    """One build as it was at one commit. What is searched once stays searchable, whatever writers do."""

    build: Build
    index: tantivy.Index
    searcher: tantivy.Searcher
    vocabulary: Vocabulary
    stamps: tuple[_Stamp, _Stamp, _Stamp]


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_ino, found.st_size)


class TantivyReader:
    """See IndexReader. Looks before every search whether something was published: three stat calls."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def close(self) -> None:
        """See IndexReader."""
        with self._lock:
            self._opened = None

    def state(self) -> IndexState:
        """See IndexReader."""
        opened = self._current()
        try:
            state = opened.build.state()
        except IndexFault as fault:
            raise IndexUnavailable(str(fault)) from fault
        return IndexState(
            name=opened.build.name,
            entries=opened.searcher.num_docs,
            cursor=state.cursor,
            schema_version=state.schema_version,
            built_at=state.built_at,
            bytes=opened.build.size(),
            origin=state.origin,
        )

    def search(self, query: Query) -> Results:
        """See IndexReader."""
        started = time.perf_counter()
        if query.limit < 0 or query.offset < 0 or query.facet_size < 0:
            raise ValueError("limit, offset and facet_size of a Query are not negative")
        place = start_of(query.after, query) if query.after is not None else PageStart(query.offset)
        opened = self._current()
        with _reading(f"Searching the index {opened.build.name}"):
            return _answer(opened, query, place, started)

    def patterns(self, clauses: tuple[Clause, ...], without: frozenset[Rewriting] = frozenset()) -> Patterns:
        """See IndexReader."""
        opened = self._current()
        with _reading(f"Reading the words of the index {opened.build.name}"):
            return _interpret(opened, clauses, without).patterns

    def completions(self, typed: str) -> Completions:
        """See IndexReader."""
        opened = self._current()
        with _reading(f"Completing from the index {opened.build.name}"):
            return Completions(*(_newest(opened, *asked) for asked in completion_conditions(typed)))

    def title_counts(self, words: Collection[str]) -> Mapping[str, int]:
        """See IndexReader."""
        opened = self._current()
        conditions = Conditions(opened.index.schema)
        with _reading(f"Counting words of the index {opened.build.name}"):
            return {word: _count(opened.searcher, conditions.of(Term("title", stem(word)))) for word in words}

    def _current(self) -> _Opened:
        opened = self._opened
        if opened is not None and opened.stamps == self._stamps(opened.build):
            return opened
        with self._lock:
            opened = self._opened
            if opened is None or opened.stamps != self._stamps(opened.build):
                self._opened = opened = self._open(opened)
            return opened

    def _stamps(self, build: Build) -> tuple[_Stamp, _Stamp, _Stamp]:
        return (_stamp(self._folder.pointer), _stamp(build.index / "meta.json"), _stamp(build.vocabulary))

    def _open(self, before: _Opened | None) -> _Opened:
        try:
            build = self._folder.published()
            stamps = self._stamps(build)
            if before is not None and before.build == build:
                index = before.index
                vocabulary = before.vocabulary
                if before.stamps[2] != stamps[2]:
                    vocabulary = Vocabulary.load(build.vocabulary)
            else:
                if build.state().schema_version != SCHEMA_VERSION:
                    raise IndexNotReady(f"The index {build.name} was built by another version; run the indexer")
                index = open_index(build.index)
                index.config_reader("manual")
                vocabulary = Vocabulary.load(build.vocabulary)
            with engine_faults(f"Reading the index {build.name}"):
                index.reload()
            return _Opened(build, index, index.searcher(), vocabulary, stamps)
        except IndexNotReady:
            raise
        except (IndexFault, OSError, ValueError, KeyError) as fault:
            raise IndexUnavailable(f"The index cannot be opened: {fault}") from fault


@contextmanager
def _reading(doing: str) -> Iterator[None]:
    """Whatever is wrong while reading is told as IndexUnavailable: it is never "nothing found"."""
    try:
        with engine_faults(doing):
            yield
    except IndexFault as fault:
        raise IndexUnavailable(str(fault)) from fault


def _answer(opened: _Opened, query: Query, place: PageStart, started: float) -> Results:
    searcher = opened.searcher
    conditions = Conditions(opened.index.schema)
    interpretation = _interpret(opened, query.clauses, query.without)
    asked = conditions.of(interpretation.condition)
    unscored = is_unscored(interpretation.condition)
    limits = conditions.filters(query.filter)
    limited: Condition = conditions.limited(asked, *limits.values())
    total = _count(searcher, limited)
    order = Order(searcher, conditions, limited, unscored)
    dated = query.sort is not Sort.RELEVANCE or unscored
    take = min(query.limit, total)
    if take == 0 or place.skip >= total:
        ranked, after = Ranked(), None
    elif dated:
        ranked, after = order.by_day(place, take, oldest_first=query.sort is Sort.OLDEST)
    else:
        ranked, after = order.by_score(place, take, total)
    return Results(
        total=total,
        hits=tuple(hit(_stored(searcher, address), score) for score, address in ranked),
        facets=counted(searcher, conditions, asked, limits, query.facets, query.facet_size),
        took_ms=(time.perf_counter() - started) * 1000,
        next=cursor_of(after, query) if after else None,
        patterns=interpretation.patterns,
        understood=interpretation.understood,
    )


def _newest(opened: _Opened, node: Node, limit: int) -> tuple[Hit, ...]:
    if isinstance(node, MatchNone):
        return ()
    query = Conditions(opened.index.schema).of(node)
    rows = opened.searcher.search(query, limit, count=False, order_by_field="day", order=tantivy.Order.Desc).hits
    return tuple(hit(_stored(opened.searcher, address), None) for _, address in rows)


def _count(searcher: tantivy.Searcher, query: Condition) -> int:
    return searcher.search(query, 1).count  # type: ignore[attr-defined,no-any-return]


def _interpret(opened: _Opened, clauses: tuple[Clause, ...], without: frozenset[Rewriting]) -> Interpretation:
    lexicon = SearcherLexicon(opened.searcher, Conditions(opened.index.schema))
    return interpret(clauses, opened.vocabulary, lexicon, without)


def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> bytes:
    return bytes(searcher.doc(address).get_first("stored") or b"")

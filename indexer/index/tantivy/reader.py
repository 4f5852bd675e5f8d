"""Answers questions from whatever build is published."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from indexer.index.compounds import Vocabulary
from indexer.index.contract import (
    Clause,
    IndexFault,
    IndexNotReady,
    IndexState,
    IndexUnavailable,
    Query,
    Results,
    Rewriting,
)
from indexer.index.fields import SCHEMA_VERSION
from indexer.index.matching import interpret, patterns_of
from indexer.index.patterns import Patterns
from indexer.index.tantivy.conditions import Conditions
from indexer.index.tantivy.facets import counted
from indexer.index.tantivy.folder import Build, Folder, engine_faults
from indexer.index.tantivy.lexicon import SearcherLexicon
from indexer.index.tantivy.listing import Listing
from indexer.index.tantivy.order import PageStart, cursor_of, start_of
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
            return patterns_of(clauses, opened.vocabulary, _lexicon(opened), without)

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
    meant = interpret(query.clauses, opened.vocabulary, _lexicon(opened), query.without, query.names)
    limits = conditions.filters(query.filter)
    listing = Listing(searcher, conditions, meant, query, place, limits.values())
    hits, after = listing.page()
    return Results(
        total=listing.total,
        hits=hits,
        facets=counted(searcher, conditions, listing.condition, limits, query.facets, query.facet_size),
        took_ms=(time.perf_counter() - started) * 1000,
        next=cursor_of(after, query) if after else None,
        patterns=meant.patterns,
        understood=meant.understood,
        total_some=listing.total_some,
        match=listing.match,
    )


def _lexicon(opened: _Opened) -> SearcherLexicon:
    return SearcherLexicon(opened.searcher, Conditions(opened.index.schema))

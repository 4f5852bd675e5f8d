"""Answers questions from whatever build is published in a cluster."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from elasticsearch import NotFoundError

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
from indexer.index.elasticsearch.builds import Builds
from indexer.index.elasticsearch.client import cluster_faults, connect
from indexer.index.elasticsearch.facets import counted
from indexer.index.elasticsearch.lexicon import ClusterLexicon, Known
from indexer.index.elasticsearch.listing import ClusterListing
from indexer.index.elasticsearch.names import Names
from indexer.index.elasticsearch.pages import SearchAfter, read
from indexer.index.elasticsearch.settings import ElasticsearchSettings
from indexer.index.fields import SCHEMA_VERSION
from indexer.index.matching import interpret, patterns_of
from indexer.index.patterns import Patterns

LOOK_SECONDS: Final = 0.5
"""So long a published build or commit may stay unnoticed."""

MOST_KNOWN: Final = 100_000
"""So many words are remembered."""

SHARE_OF_TIME: Final = 0.8
"""Of the time for a request the shards get this much; what is not answered by then is left out and said to be."""


@dataclass(frozen=True, slots=True)
class _View:
    """One build as it was at one commit."""

    build: str
    cursor: int
    vocabulary_number: int
    vocabulary: Vocabulary
    shards: int
    looked: float
    known: Known = field(default_factory=Known)


class ElasticsearchReader:
    """See IndexReader. `build` names one that is not published yet, to try it out."""

    def __init__(self, settings: ElasticsearchSettings, build: str | None = None) -> None:
        self._settings = settings
        self._only = build
        self._client = connect(settings)
        self._builds = Builds(self._client, Names(settings.index), settings.shards, settings.replicas)
        self._lock = threading.Lock()
        self._view: _View | None = None

    def close(self) -> None:
        """See IndexReader."""
        self._client.close()

    def state(self) -> IndexState:
        """See IndexReader."""
        with _reading("Asking for the state of the index"):
            view = self._current()
            state = self._builds.meta.state(view.build)
            return IndexState(
                name=view.build,
                entries=self._builds.count(view.build),
                cursor=state.cursor,
                schema_version=state.schema_version,
                built_at=state.built_at,
                bytes=self._builds.size(view.build),
                origin=state.origin,
            )

    def search(self, query: Query) -> Results:
        """See IndexReader."""
        started = time.perf_counter()
        if query.limit < 0 or query.offset < 0 or query.facet_size < 0:
            raise ValueError("limit, offset and facet_size of a Query are not negative")
        place = read(query.after, query) if query.after is not None else None
        with _reading("Searching"):
            try:
                return self._answer(self._current(), query, place, started)
            except NotFoundError:  # another build was published twice since we looked
                return self._answer(self._current(anew=True), query, place, started)

    def patterns(self, clauses: tuple[Clause, ...], without: frozenset[Rewriting] = frozenset()) -> Patterns:
        """See IndexReader."""
        with _reading("Asking for the words of a question"):
            try:
                return self._patterns(self._current(), clauses, without)
            except NotFoundError:  # another build was published twice since we looked
                return self._patterns(self._current(anew=True), clauses, without)

    def _patterns(self, view: _View, clauses: tuple[Clause, ...], without: frozenset[Rewriting]) -> Patterns:
        return patterns_of(clauses, view.vocabulary, self._lexicon(view), without)

    def _lexicon(self, view: _View) -> ClusterLexicon:
        return ClusterLexicon(self._client, view.build, view.known)

    def _answer(self, view: _View, query: Query, place: SearchAfter | None, started: float) -> Results:
        meant = interpret(query.clauses, view.vocabulary, self._lexicon(view), query.without, query.names)
        listing = ClusterListing(self._client, view.build, view.shards, self._extra(view, query), meant, query)
        page = listing.page(place)
        return Results(
            total=page.total,
            hits=page.hits,
            facets=counted(page.answer, query.facets),
            took_ms=(time.perf_counter() - started) * 1000,
            next=page.next.written(query) if page.next else None,
            partial=page.partial,
            patterns=meant.patterns,
            understood=meant.understood,
            total_some=page.total_some,
            match=page.match,
        )

    def _extra(self, view: _View, query: Query) -> dict[str, Any]:
        """The same question goes to the same copies, which may count removed entries differently; several shards
        weigh words together, as one does."""
        question = repr((query.clauses, query.filter)).encode()
        extra: dict[str, Any] = {
            "preference": hashlib.blake2b(question, digest_size=8).hexdigest(),
            "timeout": f"{int(self._settings.timeout_seconds * SHARE_OF_TIME * 1000)}ms",
        }
        if view.shards > 1:
            extra["search_type"] = "dfs_query_then_fetch"
        return extra

    def _current(self, *, anew: bool = False) -> _View:
        view = self._view
        if view is not None and not anew and time.monotonic() - view.looked < LOOK_SECONDS:
            return view
        if view is not None and not anew and self._lock.locked():
            return view  # somebody looks already
        with self._lock:
            if self._view is not view and self._view is not None:
                return self._view
            self._view = self._look(view)
            return self._view

    def _look(self, before: _View | None) -> _View:
        looked = time.monotonic()
        build = self._only or self._builds.published()
        state = self._builds.meta.state(build)
        if state.schema_version != SCHEMA_VERSION:
            raise IndexNotReady(f"The index {build} was built by another version; run the indexer")
        if before is None or before.build != build:
            vocabulary, shards = self._builds.meta.vocabulary(build), self._builds.shards(build)
            return _View(build, state.cursor, state.vocabulary, vocabulary, shards, looked)
        same_words = before.vocabulary_number == state.vocabulary
        vocabulary = before.vocabulary if same_words else self._builds.meta.vocabulary(build)
        known = before.known if before.cursor == state.cursor and len(before.known) < MOST_KNOWN else Known()
        return _View(build, state.cursor, state.vocabulary, vocabulary, before.shards, looked, known)


@contextlib.contextmanager
def _reading(doing: str) -> Iterator[None]:
    """Whatever is wrong while reading is told as IndexUnavailable: it is never "nothing found"."""
    try:
        with cluster_faults(doing):
            yield
    except (IndexNotReady, IndexUnavailable):
        raise
    except IndexFault as fault:
        raise IndexUnavailable(str(fault)) from fault

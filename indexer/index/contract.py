"""The port: what an index holds, what it can be asked, what it answers. No engine's word appears here.

Every engine passes the one suite in `tests/contracts`. What one engine cannot do is not in this contract.
The port is synchronous. An index is a projection of the archive: it may be thrown away and built again at any time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Final, Protocol, Self

from indexer.index.patterns import NO_PATTERNS, Patterns
from indexer.index.understanding import Understanding

PAGE_BREAK: Final = "\f"


class IndexFault(Exception):
    """Something is wrong with the index; the message says what and what to do."""


class IndexNotReady(IndexFault):
    """There is no finished index to search yet."""


class IndexUnavailable(IndexFault):
    """The engine does not answer, or not in time. Never to be shown as "nothing found"."""


class IndexLocked(IndexFault):
    """Another process writes this index: one indexer at a time."""


class BadCursor(ValueError):
    """`Query.after` was not made by this index for this sort."""


class Sort(StrEnum):
    """Order of the hits. Ties: by relevance, then newest first, then by id; entries without a date stand last
    in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class FacetName(StrEnum):
    """What hits are counted and filtered by. What each is, stands in `fields.FACETS`; how it is shown, in
    `search_api.facets`."""

    MUNICIPALITY = "municipality"
    KIND = "kind"
    PAPER_TYPE = "paper_type"
    ORGANIZATION = "organization"
    ORIGINATOR = "originator"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a citizen can open, a paper or a meeting, as it is written into the index.

    `title`, `reference`, `context` and `texts` are searched; the rest is for filters, counts and display.
    """

    id: str
    kind: str
    municipality: str
    title: str
    reference: str | None = None
    date: dt.date | None = None
    paper_type: str | None = None
    organizations: tuple[str, ...] = ()
    originators: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    """Short texts around the thing: agenda items, results, places."""
    texts: tuple[str, ...] = ()
    """The full texts of the files, with a PAGE_BREAK between two pages. Searched, never stored."""
    source_id: str | None = None
    source_url: str | None = None


class Occur(StrEnum):
    """How a clause takes part: it must, should or must not match."""

    MUST = "must"
    SHOULD = "should"
    MUST_NOT = "must_not"


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece of what a person typed: a word, a "phrase" in quotes, a begin* of a word, or a reference number."""

    text: str
    occur: Occur = Occur.SHOULD
    phrase: bool = False
    prefix: bool = False
    alternatives: tuple[str, ...] = ()
    """Other words that fulfil the clause as well: `Kita ODER Hort`."""


@dataclass(frozen=True, slots=True, init=False)
class Filter:
    """What hits are limited to: `Filter(kind=("paper",), year=(2025, 2026))`. Several values of one facet are
    alternatives; facets limit each other. Both days are included."""

    chosen: tuple[tuple[FacetName, tuple[str | int, ...]], ...]
    date_from: dt.date | None
    date_to: dt.date | None

    def __init__(
        self, *, date_from: dt.date | None = None, date_to: dt.date | None = None, **chosen: tuple[str | int, ...]
    ) -> None:
        """Raises ValueError for what is no facet's name."""
        by_name = {FacetName(name): values for name, values in chosen.items()}
        kept = tuple((name, by_name[name]) for name in FacetName if by_name.get(name))
        for attribute, value in (("chosen", kept), ("date_from", date_from), ("date_to", date_to)):
            object.__setattr__(self, attribute, value)

    def values(self, name: FacetName) -> tuple[str | int, ...]:
        """The chosen values of a facet; () when it limits nothing."""
        return dict(self.chosen).get(name, ())


class Rewriting(StrEnum):
    """What is made of a question by itself unless whoever asks switches it off. What none of the engines does yet has
    its name already, so that an address that says it stays right."""

    SPELLING = "spelling"
    SYNONYMS = "synonyms"
    PARTS = "parts"
    PLACES = "places"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Without clauses it asks for everything. `without` is what shall not be made of it. `offset` counts
    hits from 0; `after` is the `next` of an earlier answer to the same question and goes before `offset`: it reaches
    any depth."""

    clauses: tuple[Clause, ...] = ()
    filter: Filter = field(default_factory=Filter)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    after: str | None = None
    facets: tuple[FacetName, ...] = ()
    facet_size: int = 50
    without: frozenset[Rewriting] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper or meeting that answers the question, with what a list of hits shows of it."""

    id: str
    kind: str
    municipality: str
    title: str
    reference: str | None
    date: dt.date | None
    paper_type: str | None
    organizations: tuple[str, ...]
    source_id: str | None
    source_url: str | None
    score: float | None
    pages: str = ""
    """Which pages of the texts may hold what: see `page_signatures`."""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many hits have this value. The value of `year` is four digits."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """An answer. `total` is exact. A facet is counted over all hits, with every filter but the facet's own, so that
    the choices that are not taken show what they would bring. `partial` says that a part of the index did not answer.
    `patterns` are what the clauses were taken for: by them the hits are marked. `understood` says the same to whoever
    asked, in the order of the clauses.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[FacetName, tuple[FacetCount, ...]]
    took_ms: float
    next: str | None = None
    partial: bool = False
    patterns: Patterns = NO_PATTERNS
    understood: tuple[Understanding, ...] = ()


@dataclass(frozen=True, slots=True)
class Completions:
    """Entries that go on from what is being typed, the newest first: with a title, with an organization's name, with a
    reference number whose words begin with the typed ones."""

    titled: tuple[Hit, ...] = ()
    organized: tuple[Hit, ...] = ()
    numbered: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index says of itself. `cursor` is the archive's change number up to which it is true, `origin` the name
    of that archive as it was then; empty where nothing was committed."""

    name: str
    entries: int
    cursor: int
    schema_version: int
    built_at: dt.datetime
    bytes: int | None = None
    origin: str = ""


class IndexReader(Protocol):
    """Answers questions. Safe to use from many threads; sees what writers publish without being opened anew."""

    def search(self, query: Query) -> Results:
        """Answer a question. Raises IndexNotReady, IndexUnavailable, BadCursor."""
        ...

    def patterns(self, clauses: tuple[Clause, ...], without: frozenset[Rewriting] = frozenset()) -> Patterns:
        """What `search` would take these clauses for. Raises IndexNotReady, IndexUnavailable."""
        ...

    def completions(self, typed: str) -> Completions:
        """What goes on from what is being typed: see `indexer.index.completion`. Raises IndexNotReady,
        IndexUnavailable."""
        ...

    def title_counts(self, words: Collection[str]) -> Mapping[str, int]:
        """In how many entries' titles each folded word stands, in whatever form. Raises IndexNotReady,
        IndexUnavailable."""
        ...

    def state(self) -> IndexState:
        """What is searched at the moment. Raises IndexNotReady, IndexUnavailable."""
        ...

    def close(self) -> None: ...


class IndexWriter(Protocol):
    """Writes entries into one index. As a context manager: leaving it well closes it, leaving it by an exception
    drops what was not committed. Only one writer lives at a time (IndexLocked)."""

    def put(self, entries: Iterable[Entry]) -> int:
        """Write entries; one that is there under the same id is replaced. Returns how many were written."""
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Take entries out; ids that are not there are no error."""
        ...

    def commit(self, cursor: int, origin: str = "") -> None:
        """Make all that was written visible and durable, together with the archive's change number it stands for, and
        the name of that archive (`archive.change_reader`)."""
        ...

    @property
    def cursor(self) -> int:
        """The change number of the last commit; 0 for a new index."""
        ...

    @property
    def entries(self) -> int:
        """How many entries the last commit holds."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Engine(Protocol):
    """One engine's index of one installation."""

    def reader(self) -> IndexReader:
        """A reader of whatever index is published now and later; does not fail when there is none yet."""
        ...

    def update(self) -> IndexWriter:
        """A writer on the published index; makes and publishes an empty one where there is none, or where the
        published one has another schema version. Raises IndexLocked."""
        ...

    def rebuild(self) -> IndexWriter:
        """A writer on a new index beside the published one, which is searched on as before until `publish`.
        Raises IndexLocked."""
        ...

    def publish(self, writer: IndexWriter, expected_entries: int) -> None:
        """Put a rebuilt, committed index in the place of the published one, in one step, after counting that it holds
        what is expected; keeps the one before, removes older ones. Raises IndexFault and changes nothing otherwise."""
        ...

"""From a question to hits with their passages: one search in the index, two reads in the archive, whatever the hits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.file_reader import FileText
from archive.record_reader import HeldRecord
from council.identity import make_id
from council.model import File, Kind, Meeting, Paper, files_of
from indexer.index.contract import Clause, FacetCount, FacetName, Hit, Results
from indexer.index.marking import Marker
from indexer.index.page_signatures import PageChooser
from indexer.index.passages import FoundPassages, PageText, Passage, search_passages
from indexer.index.patterns import Patterns
from search_api.agenda_state import AgendaState, agenda_state
from search_api.dependencies import Services
from search_api.errors import BadParameter, Fault
from search_api.facets import SHOWN_FACETS
from search_api.other_words import in_other_words
from search_api.params import SearchParams

MAX_PASSAGES = 4
"""At most so many passages a hit are shown."""

MAX_EFFORT = 100_000
"""So many words are looked at for the passages of one answer, all hits together: about a tenth of a second."""

MAX_CHARACTERS = 3_000_000
"""So much text is looked at for them, all hits together."""

MAX_AGENDA_MATCHES = 3
MAX_NAMED = 30
"""So many municipalities are named where one is unknown."""

Highlights = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SearchPassage:
    """A passage, and the file it is from."""

    passage: Passage
    file: File | None


@dataclass(frozen=True, slots=True)
class AgendaMatch:
    """An agenda item whose words answer the question."""

    number: str | None
    name: str
    highlights: Highlights


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit with all that is shown of it. `municipality` is its name, or its key where the register has it no more.
    `agenda_state` is a meeting's; None for papers."""

    hit: Hit
    municipality: str
    title_highlights: Highlights
    passages: tuple[SearchPassage, ...]
    more_passages: int
    agenda: tuple[AgendaMatch, ...]
    result: str | None
    cancelled: bool
    agenda_state: AgendaState | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An answer to a question."""

    params: SearchParams
    clauses: tuple[Clause, ...]
    results: Results
    hits: tuple[SearchHit, ...]
    names: Mapping[str, str]
    similar: tuple[HeldRecord, ...] = ()
    """Papers that may say in other words what was asked for; only where words find next to nothing."""

    @property
    def facets(self) -> Mapping[FacetName, tuple[FacetCount, ...]]:
        return self.results.facets


def run_search(services: Services, params: SearchParams, facet_size: int = 50) -> SearchResult:
    """Answer a question. What was withdrawn since the index was last written is left out of the hits.
    Raises BadParameter, BadCursor, IndexFault, ArchiveUnavailable."""
    names = services.municipalities.names()
    _check_registered(params, names, services)
    clauses = params.clauses()
    results = services.index.search(params.query(clauses, facet_size))
    ids = [hit.id for hit in results.hits]
    records = {record.id: record for record in services.records.records(ids)} if ids else {}
    texts = services.files.texts(records) if clauses and records else {}
    share = max(len(records), 10)
    states = _agenda_states(services, records.values())
    reader = _Reader(results.patterns, MAX_EFFORT // share, MAX_CHARACTERS // share)
    hits = tuple(
        _search_hit(hit, records[hit.id], texts.get(hit.id, []), reader, names, states.get(hit.id))
        for hit in results.hits
        if hit.id in records
    )
    similar = in_other_words(services, params, clauses, results, names)
    return SearchResult(params, clauses, results, hits, names, similar)


def _check_registered(params: SearchParams, names: Mapping[str, str], services: Services) -> None:
    """Raises BadParameter for a municipality that is not in the register and of which nothing is held."""
    for facet in SHOWN_FACETS:
        keys = [str(key) for key in params.values(facet.name)] if facet.registered else []
        unknown = [key for key in keys if key not in names and not services.municipalities.is_held(key)]
        if unknown:
            known = ", ".join(sorted(names)[:MAX_NAMED]) + (", …" if len(names) > MAX_NAMED else "")
            detail = f"{unknown[0]!r} is not known here; /api/v1/municipalities lists all: {known or 'none'}"
            raise BadParameter(facet.name.value, Fault.BAD_VALUE, detail)


class _Reader:
    """Reads the hits' pages for one answer, and as few of them as will do. `effort` and `characters` are what one hit
    may cost."""

    def __init__(self, asked: Patterns, effort: int, characters: int) -> None:
        self.marker = Marker(asked)
        self._chooser = PageChooser(asked)
        self._effort, self._characters = effort, characters

    def passages(self, pages: Sequence[PageText], signatures: str) -> FoundPassages:
        """The best passages of one entry's pages."""
        likely = self._chooser.likely(signatures, len(pages))
        found = self._search([pages[number] for number in likely.numbers])
        if not found.passages and not self._chooser.sure and len(likely.numbers) < len(pages):
            return self._search(pages)
        return FoundPassages(found.passages, found.further + likely.others)

    def _search(self, pages: Sequence[PageText]) -> FoundPassages:
        return search_passages(self.marker, pages, MAX_PASSAGES, self._effort, self._characters)


def _search_hit(
    hit: Hit,
    record: HeldRecord,
    texts: Sequence[FileText],
    reader: _Reader,
    names: Mapping[str, str],
    state: AgendaState | None,
) -> SearchHit:
    noun = record.noun
    files = {make_id(record.municipality, Kind.FILE, file.native_id): file for file in files_of(noun)}
    found = reader.passages(list(_pages(files, texts)), hit.pages) if texts else None
    marker = reader.marker
    results = [c.result for c in noun.consultations if c.result] if isinstance(noun, Paper) else []
    return SearchHit(
        hit=hit,
        municipality=names.get(hit.municipality, hit.municipality),
        title_highlights=marker.highlight(hit.title, is_title=True),
        passages=tuple(SearchPassage(p, files.get(p.file_id)) for p in found.passages) if found else (),
        more_passages=found.further if found else 0,
        agenda=tuple(_agenda(noun, marker))[:MAX_AGENDA_MATCHES] if isinstance(noun, Meeting) else (),
        result=results[-1] if results else None,
        cancelled=isinstance(noun, Meeting) and noun.cancelled,
        agenda_state=state,
    )


def _agenda_states(services: Services, records: Collection[HeldRecord]) -> dict[str, AgendaState]:
    """What can be said of the agendas of those records that are meetings, by id."""
    visits = services.municipalities.visits(record.municipality for record in records)
    now = services.archive.clock()
    return {
        record.id: agenda_state(record, record.noun, visits.get(record.municipality), now)
        for record in records
        if isinstance(record.noun, Meeting)
    }


def _pages(files: Mapping[str, File], texts: Sequence[FileText]) -> Iterator[PageText]:
    """All pages of all files that may be shown, in the order of the record."""
    by_file = {text.file_id: text for text in texts}
    for file_id, file in files.items():
        if file_id in by_file:
            pages = by_file[file_id].pages
            name = file.name or file.file_name or ""
            for number, text in enumerate(pages, start=1):
                yield PageText(file_id, name, number if len(pages) > 1 else None, text)


def _agenda(meeting: Meeting, marker: Marker) -> Iterator[AgendaMatch]:
    for item in meeting.agenda:
        if item.name and (marks := marker.highlight(item.name)):
            yield AgendaMatch(item.number, item.name, marks)

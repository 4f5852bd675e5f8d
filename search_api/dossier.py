"""One record with everything its page shows: the names, meetings, agenda items and papers around it.

Every dossier costs a handful of reads, however many stations, items or files it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from archive.file import FileStatus
from archive.reader import HIDDEN_FILES, ArchiveReader, GoneRecord, HeldFile, HeldRecord
from archive.removal import removed_among
from archive.schema import FILE
from council.identity import BadId, RecordId, parse_id
from council.model import (
    AgendaItem,
    Consultation,
    File,
    Kind,
    Meeting,
    Organization,
    OrganizationRef,
    Paper,
    Record,
    files_of,
)
from search_api.errors import NotHeld, Withdrawn
from search_api.formats import BERLIN
from search_api.sources import Sources

MOST_LINKED = 100

R = TypeVar("R", Paper, Meeting, Organization)


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of a record; `held` is what became of it, None where the archive does not know it yet."""

    id: str
    file: File
    held: HeldFile | None

    @property
    def has_text(self) -> bool:
        return self.held is not None and self.held.characters > 0


@dataclass(frozen=True, slots=True)
class Named:
    """An organization as it is shown; `id` only where it has a page here."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A paper or meeting that another page points to."""

    id: str
    title: str | None
    reference: str | None
    date: dt.date | None
    start: dt.datetime | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """One station on a paper's way. `date` is the meeting's day, else the one the paper itself names."""

    consultation: Consultation | None
    organizations: tuple[Named, ...]
    meeting: Linked | None
    item: AgendaItem | None
    date: dt.date | None
    result: str | None


@dataclass(frozen=True, slots=True)
class PaperDossier:
    """A paper and what surrounds it."""

    held: HeldRecord
    paper: Paper
    files: tuple[ShownFile, ...]
    way: tuple[Station, ...]
    originators: tuple[Named, ...]
    related: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An agenda item with its paper, if that may be shown, and its files."""

    item: AgendaItem
    paper: Linked | None
    files: tuple[ShownFile, ...]


@dataclass(frozen=True, slots=True)
class MeetingDossier:
    """A meeting and what surrounds it."""

    held: HeldRecord
    meeting: Meeting
    organizations: tuple[Named, ...]
    agenda: tuple[ShownItem, ...]
    files: tuple[ShownFile, ...]


@dataclass(frozen=True, slots=True)
class OrganizationDossier:
    """A committee with its newest meetings and papers, newest first."""

    held: HeldRecord
    organization: Organization
    meetings: tuple[Linked, ...]
    papers: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class TextDossier:
    """The text of a file, page by page, and the record it is read in."""

    file: ShownFile
    owner: HeldRecord
    pages: tuple[str, ...]


def open_paper(sources: Sources, record_id: str) -> PaperDossier:
    """Raises NotHeld, Withdrawn."""
    held, paper = _open(sources.reader, record_id, Paper)
    town = held.municipality
    reader = sources.reader
    meetings = {str(RecordId(town, Kind.MEETING, c.meeting)) for c in paper.consultations if c.meeting}
    meetings |= set(reader.linked_records(record_id, "item_paper", Kind.MEETING, MOST_LINKED))
    related = [str(RecordId(town, Kind.PAPER, i)) for i in paper.superordinated + paper.subordinated + paper.related]
    refs = [ref for c in paper.consultations for ref in c.organization] + [*paper.originator, *paper.under_direction_of]
    around = _records(reader, [*meetings, *related, *_ids(town, refs)])
    # A meeting names its committee itself where the paper does not.
    missing = {i for m in meetings if m in around for i in _ids(town, _meeting(around[m]).organization)} - around.keys()
    around |= _records(reader, missing)
    return PaperDossier(
        held=held,
        paper=paper,
        files=_files(town, paper.files, reader.files(record_id)),
        way=_way(town, paper, {i: around[i] for i in sorted(meetings) if i in around}, around),
        originators=_named(town, paper.originator + paper.under_direction_of, around),
        related=tuple(link for i in dict.fromkeys(related) if i in around and (link := _linked(around[i]))),
    )


def open_meeting(sources: Sources, record_id: str) -> MeetingDossier:
    """Raises NotHeld, Withdrawn."""
    held, meeting = _open(sources.reader, record_id, Meeting)
    town, reader = held.municipality, sources.reader
    items = [item for item in meeting.agenda if item.public is not False and item.native_id not in meeting.withheld]
    papers = _papers_of_items(reader, town, items)
    around = _records(reader, [*papers.values(), *_ids(town, meeting.organization)])
    states = reader.files(record_id)
    return MeetingDossier(
        held=held,
        meeting=meeting,
        organizations=_named(town, meeting.organization, around),
        agenda=tuple(
            ShownItem(
                item,
                _linked(around[papers[item.native_id]]) if papers.get(item.native_id) in around else None,
                _files(town, item.files, states),
            )
            for item in items
        ),
        files=_files(town, meeting.files, states),
    )


def open_organization(sources: Sources, record_id: str) -> OrganizationDossier:
    """Raises NotHeld, Withdrawn."""
    held, organization = _open(sources.reader, record_id, Organization)
    reader = sources.reader
    meetings = reader.linked_records(record_id, "organization", Kind.MEETING, MOST_LINKED)
    papers = reader.linked_records(record_id, "organization", Kind.PAPER, MOST_LINKED)
    around = _records(reader, [*meetings, *papers])
    return OrganizationDossier(
        held, organization, _newest_first(around, Kind.MEETING), _newest_first(around, Kind.PAPER)
    )


def open_text(sources: Sources, file_id: str) -> TextDossier:
    """The text of a file; without pages where the file is known but gave none. Raises NotHeld, Withdrawn."""
    _is_of_kind(file_id, (Kind.FILE,))
    found = sources.reader.file_text(file_id)
    if found is None:
        raise _why_no_text(sources, file_id)
    record_id, pages = found
    owner = sources.reader.record(record_id)
    if not isinstance(owner, HeldRecord):
        raise NotHeld(f"{file_id} belongs to nothing that is shown")
    for file in files_of(owner.noun):
        if str(RecordId(owner.municipality, Kind.FILE, file.native_id)) == file_id:
            return TextDossier(ShownFile(file_id, file, sources.reader.files(record_id).get(file_id)), owner, pages)
    raise NotHeld(f"{file_id} belongs to nothing that is shown")


def _why_no_text(sources: Sources, file_id: str) -> Exception:
    with sources.archive.reading() as connection:
        status = connection.scalar(select(FILE.c.status).where(FILE.c.id == file_id))
        removed = bool(removed_among(connection, [file_id]))
    if removed or status in HIDDEN_FILES:
        return Withdrawn(f"{file_id} was withdrawn by its source or removed here")
    why = " yet" if status in {FileStatus.WANTED.value, FileStatus.FAILED.value} else ""
    return NotHeld(f"no text of {file_id[:200]} is held{why}")


def _open(reader: ArchiveReader, record_id: str, noun: type[R]) -> tuple[HeldRecord, R]:
    _is_of_kind(record_id, (Kind(noun.__name__.lower()),))
    found = reader.record(record_id)
    if isinstance(found, GoneRecord):
        raise Withdrawn(f"{record_id} was withdrawn by its source or removed here")
    if found is None or not isinstance(found.noun, noun):
        raise NotHeld(f"{record_id} is not held")
    return found, found.noun


def _is_of_kind(text: str, kinds: tuple[Kind, ...]) -> None:
    try:
        kind = parse_id(text).kind
    except BadId as error:
        raise NotHeld(str(error)) from error
    if kind not in kinds:
        raise NotHeld(f"{text[:200]} is the id of a {kind.value}: it has another address")


def _records(reader: ArchiveReader, ids: Iterable[str]) -> dict[str, HeldRecord]:
    wanted = list(dict.fromkeys(ids))
    return {record.id: record for record in reader.records(wanted)} if wanted else {}


def _meeting(record: HeldRecord) -> Meeting:
    assert isinstance(record.noun, Meeting)  # noqa: S101 - the ids asked for were those of meetings
    return record.noun


def _ids(town: str, refs: Iterable[OrganizationRef]) -> list[str]:
    return [str(RecordId(town, Kind.ORGANIZATION, ref.native_id)) for ref in refs if ref.native_id]


def _named(town: str, refs: Iterable[OrganizationRef], around: Mapping[str, HeldRecord]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for ref in refs:
        record_id = str(RecordId(town, Kind.ORGANIZATION, ref.native_id)) if ref.native_id else None
        record = around.get(record_id) if record_id else None
        name = (record.noun.name if record and isinstance(record.noun, Organization) else None) or ref.name
        if name:
            found.setdefault(name, Named(record.id if record else None, name))
    return tuple(found.values())


def _files(town: str, files: Iterable[File], states: Mapping[str, HeldFile]) -> tuple[ShownFile, ...]:
    ids = ((str(RecordId(town, Kind.FILE, file.native_id)), file) for file in files)
    return tuple(ShownFile(file_id, file, states.get(file_id)) for file_id, file in ids)


def _linked(record: HeldRecord) -> Linked | None:
    match record.noun:
        case Paper() as paper:
            return Linked(record.id, paper.name, paper.reference, paper.date)
        case Meeting() as meeting:
            return Linked(record.id, meeting.name, None, _day(meeting.start), meeting.start, meeting.cancelled)
        case _:
            return None


def _day(when: dt.datetime | None) -> dt.date | None:
    return when.astimezone(BERLIN).date() if when else None


def _way(
    town: str, paper: Paper, meetings: Mapping[str, HeldRecord], around: Mapping[str, HeldRecord]
) -> tuple[Station, ...]:
    """The stations in the order of their days, those without one last, without those that stand in the non-public
    part; and the meetings that have the paper on their agenda although the paper does not name them."""
    stations: list[Station] = []
    told: set[str] = set()
    for consultation in paper.consultations:
        meeting_id = str(RecordId(town, Kind.MEETING, consultation.meeting)) if consultation.meeting else None
        meeting_id = meeting_id if meeting_id in meetings else _meeting_of(consultation, meetings)
        record = meetings.get(meeting_id) if meeting_id else None
        told |= {meeting_id} if meeting_id else set()
        if record and {consultation.native_id, consultation.agenda_item} & set(_meeting(record).withheld):
            continue
        item = _item_of(_meeting(record), paper, consultation) if record else None
        stations.append(_station(town, consultation, record, item, around))
    for meeting_id, record in meetings.items():
        if meeting_id not in told and (item := _item_of(_meeting(record), paper, None)):
            stations.append(_station(town, None, record, item, around))
    return tuple(sorted(stations, key=lambda station: station.date or dt.date.max))


def _meeting_of(consultation: Consultation, meetings: Mapping[str, HeldRecord]) -> str | None:
    for meeting_id, record in meetings.items():
        if any(
            item.consultation == consultation.native_id or item.native_id == consultation.agenda_item
            for item in _meeting(record).agenda
        ):
            return meeting_id
    return None


def _item_of(meeting: Meeting, paper: Paper, consultation: Consultation | None) -> AgendaItem | None:
    if consultation is not None:
        for item in meeting.agenda:
            if item.native_id == consultation.agenda_item or item.consultation == consultation.native_id:
                return item
    return next((item for item in meeting.agenda if item.paper == paper.native_id), None)


def _station(
    town: str,
    consultation: Consultation | None,
    record: HeldRecord | None,
    item: AgendaItem | None,
    around: Mapping[str, HeldRecord],
) -> Station:
    meeting = _meeting(record) if record else None
    refs = (consultation.organization if consultation else ()) or (meeting.organization if meeting else ())
    return Station(
        consultation=consultation,
        organizations=_named(town, refs, around),
        meeting=_linked(record) if record else None,
        item=item,
        date=_day(meeting.start if meeting else None) or (consultation.date if consultation else None),
        result=(item.result if item else None) or (consultation.result if consultation else None),
    )


def _papers_of_items(reader: ArchiveReader, town: str, items: list[AgendaItem]) -> dict[str, str]:
    """Ids of papers by the native ids of agenda items, by whichever of the three ways the source tells."""
    papers = {item.native_id: str(RecordId(town, Kind.PAPER, item.paper)) for item in items if item.paper}
    by_consultation = {item.consultation: item.native_id for item in items if item.consultation}
    unknown = [c for c, native_id in by_consultation.items() if native_id not in papers]
    if unknown:
        found = reader.papers_of_consultations(town, unknown)
        papers |= {by_consultation[consultation]: paper_id for consultation, paper_id in found.items()}
    rest = [item.native_id for item in items if item.native_id not in papers]
    return papers | reader.papers_of_agenda_items(town, rest) if rest else papers


def _newest_first(around: Mapping[str, HeldRecord], kind: Kind) -> tuple[Linked, ...]:
    links = [link for record in around.values() if record.noun.kind is kind and (link := _linked(record))]
    return tuple(sorted(links, key=lambda link: (link.date or dt.date.min, link.id), reverse=True))


def source_link(noun: Record) -> str | None:
    """Where the source itself shows it."""
    return noun.source_url or noun.source_id

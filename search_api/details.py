"""Loads a record with everything its page shows, or says why it cannot be shown.

That costs a handful of reads, however many consultations, agenda items or files it has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from archive.file_reader import Absence
from archive.record_reader import GoneRecord, HeldRecord, RecordReader
from council.identity import BadId, RecordId, parse_id
from council.model import AgendaItem, Kind, Meeting, Organization, Paper, files_of
from search_api.agenda_state import AgendaState, agenda_state
from search_api.dependencies import Services
from search_api.errors import NotHeld, Withdrawn
from search_api.related_records import (
    ConsultationDetails,
    FileDetails,
    NamedOrganization,
    RecordLink,
    as_meeting,
    consultation_history,
    file_details,
    named_organizations,
    organization_ids,
    record_link,
    related_records,
)


@dataclass(frozen=True, slots=True)
class PaperDetails:
    """A paper and what its page shows besides."""

    held: HeldRecord
    paper: Paper
    files: tuple[FileDetails, ...]
    consultations: tuple[ConsultationDetails, ...]
    originators: tuple[NamedOrganization, ...]
    related: tuple[RecordLink, ...]
    similar: tuple[HeldRecord, ...]
    """Other papers that are about something similar, of any municipality."""


@dataclass(frozen=True, slots=True)
class AgendaItemDetails:
    """An agenda item with its paper, if that may be shown, and its files."""

    item: AgendaItem
    paper: RecordLink | None
    files: tuple[FileDetails, ...]


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """A meeting and what its page shows besides."""

    held: HeldRecord
    meeting: Meeting
    organizations: tuple[NamedOrganization, ...]
    agenda: tuple[AgendaItemDetails, ...]
    agenda_state: AgendaState
    files: tuple[FileDetails, ...]


@dataclass(frozen=True, slots=True)
class OrganizationDetails:
    """A committee with its newest meetings and papers, newest first."""

    held: HeldRecord
    organization: Organization
    meetings: tuple[RecordLink, ...]
    papers: tuple[RecordLink, ...]


@dataclass(frozen=True, slots=True)
class TextDetails:
    """The text of a file, page by page, and the record it is read in."""

    file: FileDetails
    owner: HeldRecord
    pages: tuple[str, ...]


MAX_LINKED = 100
MAX_SIMILAR = 5
MAX_COMPARED = 40

R = TypeVar("R", Paper, Meeting, Organization)


def load_paper_details(services: Services, record_id: str) -> PaperDetails:
    """Raises NotHeld, Withdrawn."""
    held, paper = _load(services.records, record_id, Paper)
    municipality = held.municipality
    reader = services.records
    meetings = {str(RecordId(municipality, Kind.MEETING, c.meeting)) for c in paper.consultations if c.meeting}
    meetings |= {m.id for m in reader.linked_records(record_id, "item_paper", Kind.MEETING, MAX_LINKED)}
    related = [
        str(RecordId(municipality, Kind.PAPER, i)) for i in paper.superordinated + paper.subordinated + paper.related
    ]
    refs = [ref for c in paper.consultations for ref in c.organization] + [*paper.originator, *paper.under_direction_of]
    records = related_records(reader, [*meetings, *related, *organization_ids(municipality, refs)])
    # A meeting names its committee itself where the paper does not.
    missing = {
        i for m in meetings if m in records for i in organization_ids(municipality, as_meeting(records[m]).organization)
    } - records.keys()
    records |= related_records(reader, missing)
    return PaperDetails(
        held=held,
        paper=paper,
        files=file_details(municipality, paper.files, services.files.files(record_id)),
        consultations=consultation_history(
            municipality, paper, {i: records[i] for i in sorted(meetings) if i in records}, records
        ),
        originators=named_organizations(municipality, paper.originator + paper.under_direction_of, records),
        related=tuple(link for i in dict.fromkeys(related) if i in records and (link := record_link(records[i]))),
        similar=similar_papers(services, held, paper, related),
    )


def similar_papers(services: Services, held: HeldRecord, paper: Paper, apart: Iterable[str]) -> tuple[HeldRecord, ...]:
    """The papers most similar to this one, but those that are `apart`. Of those with the same title in one municipality
    (the same paper in several committees) the first; of this municipality none with this paper's own."""
    if services.similar is None:
        return ()
    seen = {(held.municipality, paper.name)}
    shown: list[HeldRecord] = []
    excluded = set(apart)
    for record in services.records.records(services.similar.to_paper(held.id, MAX_COMPARED)):
        named = (record.municipality, record.noun.name if isinstance(record.noun, Paper) else None)
        if record.id not in excluded and named not in seen:
            seen.add(named)
            shown.append(record)
    return tuple(shown[:MAX_SIMILAR])


def load_meeting_details(services: Services, record_id: str) -> MeetingDetails:
    """Raises NotHeld, Withdrawn."""
    held, meeting = _load(services.records, record_id, Meeting)
    municipality, reader = held.municipality, services.records
    papers = _papers_of_items(reader, municipality, meeting.agenda)
    records = related_records(reader, [*papers.values(), *organization_ids(municipality, meeting.organization)])
    states = services.files.files(record_id)
    return MeetingDetails(
        held=held,
        meeting=meeting,
        organizations=named_organizations(municipality, meeting.organization, records),
        agenda=tuple(
            AgendaItemDetails(
                item,
                record_link(records[papers[item.native_id]]) if papers.get(item.native_id) in records else None,
                file_details(municipality, item.files, states),
            )
            for item in meeting.agenda
        ),
        agenda_state=agenda_state(
            held, meeting, services.municipalities.visits([municipality]).get(municipality), services.archive.clock()
        ),
        files=file_details(municipality, meeting.files, states),
    )


def load_organization_details(services: Services, record_id: str) -> OrganizationDetails:
    """Raises NotHeld, Withdrawn."""
    held, organization = _load(services.records, record_id, Organization)
    meetings, papers = (
        services.records.linked_records(record_id, "organization", kind, MAX_LINKED)
        for kind in (Kind.MEETING, Kind.PAPER)
    )
    return OrganizationDetails(held, organization, _newest_first(meetings), _newest_first(papers))


def load_text_details(services: Services, file_id: str) -> TextDetails:
    """The text of a file; without pages where the file is known but gave none. Raises NotHeld, Withdrawn."""
    _check_kind(file_id, (Kind.FILE,))
    found = services.files.file_text(file_id)
    if found is None:
        raise _no_text_error(services, file_id)
    record_id, pages = found
    owner = services.records.record(record_id)
    if not isinstance(owner, HeldRecord):
        raise NotHeld(f"{file_id} belongs to nothing that is shown")
    for file in files_of(owner.noun):
        if str(RecordId(owner.municipality, Kind.FILE, file.native_id)) == file_id:
            return TextDetails(FileDetails(file_id, file, services.files.files(record_id).get(file_id)), owner, pages)
    raise NotHeld(f"{file_id} belongs to nothing that is shown")


def _no_text_error(services: Services, file_id: str) -> Exception:
    absence = services.files.absence(file_id)
    if absence is Absence.WITHDRAWN:
        return Withdrawn(f"{file_id} was withdrawn by its source or removed here")
    why = " yet" if absence is Absence.NOT_YET else ""
    return NotHeld(f"no text of {file_id[:200]} is held{why}")


def _load(reader: RecordReader, record_id: str, noun: type[R]) -> tuple[HeldRecord, R]:
    _check_kind(record_id, (Kind(noun.__name__.lower()),))
    found = reader.record(record_id)
    if isinstance(found, GoneRecord):
        raise Withdrawn(f"{record_id} was withdrawn by its source or removed here")
    if found is None or not isinstance(found.noun, noun):
        raise NotHeld(f"{record_id} is not held")
    return found, found.noun


def _check_kind(text: str, kinds: tuple[Kind, ...]) -> None:
    try:
        kind = parse_id(text).kind
    except BadId as error:
        raise NotHeld(str(error)) from error
    if kind not in kinds:
        raise NotHeld(f"{text[:200]} is the id of a {kind.value}: it has another address")


def _papers_of_items(reader: RecordReader, municipality: str, items: Sequence[AgendaItem]) -> dict[str, str]:
    """Ids of papers by the native ids of agenda items, by whichever of three ways the source links them."""
    papers = {item.native_id: str(RecordId(municipality, Kind.PAPER, item.paper)) for item in items if item.paper}
    by_consultation = {item.consultation: item.native_id for item in items if item.consultation}
    unknown = [c for c, native_id in by_consultation.items() if native_id not in papers]
    if unknown:
        found = reader.papers_of_consultations(municipality, unknown)
        papers |= {by_consultation[consultation]: paper_id for consultation, paper_id in found.items()}
    rest = [item.native_id for item in items if item.native_id not in papers]
    return papers | reader.papers_of_agenda_items(municipality, rest) if rest else papers


def _newest_first(records: Iterable[HeldRecord]) -> tuple[RecordLink, ...]:
    links = [link for record in records if (link := record_link(record))]
    return tuple(sorted(links, key=lambda link: (link.date or dt.date.min, link.id), reverse=True))

"""What surrounds a record: files, organizations, meetings and papers that its page shows; a paper's consultations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.file_reader import HeldFile
from archive.record_reader import HeldRecord, RecordReader
from council.identity import RecordId
from council.model import AgendaItem, Consultation, File, Kind, Meeting, Organization, OrganizationRef, Paper
from search_api.formats import BERLIN


@dataclass(frozen=True, slots=True)
class FileDetails:
    """A file of a record; `held` is what became of it, None where the archive does not know it yet."""

    id: str
    file: File
    held: HeldFile | None

    @property
    def has_text(self) -> bool:
        return self.held is not None and self.held.characters > 0


@dataclass(frozen=True, slots=True)
class NamedOrganization:
    """An organization as it is shown; `id` only where it has a page here."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A paper or meeting that another page points to."""

    id: str
    title: str | None
    reference: str | None
    date: dt.date | None
    start: dt.datetime | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ConsultationDetails:
    """One step of a paper's consultation history. `date` is the meeting's day, else the one the paper itself names."""

    consultation: Consultation | None
    organizations: tuple[NamedOrganization, ...]
    meeting: RecordLink | None
    item: AgendaItem | None
    date: dt.date | None
    result: str | None


def related_records(reader: RecordReader, ids: Iterable[str]) -> dict[str, HeldRecord]:
    """The records by id, each read once; those that are not held are left out."""
    wanted = list(dict.fromkeys(ids))
    return {record.id: record for record in reader.records(wanted)} if wanted else {}


def as_meeting(record: HeldRecord) -> Meeting:
    """The meeting of a record that was asked for as one."""
    assert isinstance(record.noun, Meeting)  # noqa: S101 - the ids asked for were those of meetings
    return record.noun


def organization_ids(municipality: str, refs: Iterable[OrganizationRef]) -> list[str]:
    """The ids of the organizations that the source names by an id."""
    return [str(RecordId(municipality, Kind.ORGANIZATION, ref.native_id)) for ref in refs if ref.native_id]


def named_organizations(
    municipality: str, refs: Iterable[OrganizationRef], records: Mapping[str, HeldRecord]
) -> tuple[NamedOrganization, ...]:
    """The organizations by name, each once; the name of the organization's own record (`records`, by id) goes first."""
    by_name: dict[str, NamedOrganization] = {}
    for ref in refs:
        record_id = str(RecordId(municipality, Kind.ORGANIZATION, ref.native_id)) if ref.native_id else None
        record = records.get(record_id) if record_id else None
        name = (record.noun.name if record and isinstance(record.noun, Organization) else None) or ref.name
        if name:
            by_name.setdefault(name, NamedOrganization(record.id if record else None, name))
    return tuple(by_name.values())


def file_details(municipality: str, files: Iterable[File], states: Mapping[str, HeldFile]) -> tuple[FileDetails, ...]:
    """The files, each with what the archive knows of it."""
    ids = ((str(RecordId(municipality, Kind.FILE, file.native_id)), file) for file in files)
    return tuple(FileDetails(file_id, file, states.get(file_id)) for file_id, file in ids)


def record_link(record: HeldRecord) -> RecordLink | None:
    """A paper or meeting as another page points to it; None for every other record."""
    match record.noun:
        case Paper() as paper:
            return RecordLink(record.id, paper.name, paper.reference, paper.date)
        case Meeting() as meeting:
            return RecordLink(record.id, meeting.name, None, day_of(meeting.start), meeting.start, meeting.cancelled)
        case _:
            return None


def day_of(when: dt.datetime | None) -> dt.date | None:
    """The day in Germany."""
    return when.astimezone(BERLIN).date() if when else None


def consultation_history(
    municipality: str, paper: Paper, meetings: Mapping[str, HeldRecord], records: Mapping[str, HeldRecord]
) -> tuple[ConsultationDetails, ...]:
    """A paper's consultations in the order of their days, those without one last; with the meetings that have the paper
    on their agenda although the paper does not name them."""
    history: list[ConsultationDetails] = []
    named_meetings: set[str] = set()
    for consultation in paper.consultations:
        meeting_id = str(RecordId(municipality, Kind.MEETING, consultation.meeting)) if consultation.meeting else None
        meeting_id = meeting_id if meeting_id in meetings else _find_meeting(consultation, meetings)
        record = meetings.get(meeting_id) if meeting_id else None
        named_meetings |= {meeting_id} if meeting_id else set()
        item = _find_item(as_meeting(record), paper, consultation) if record else None
        history.append(_consultation_details(municipality, consultation, record, item, records))
    for meeting_id, record in meetings.items():
        if meeting_id not in named_meetings and (item := _find_item(as_meeting(record), paper, None)):
            history.append(_consultation_details(municipality, None, record, item, records))
    return tuple(sorted(history, key=lambda step: step.date or dt.date.max))


def _find_meeting(consultation: Consultation, meetings: Mapping[str, HeldRecord]) -> str | None:
    for meeting_id, record in meetings.items():
        if any(
            item.consultation == consultation.native_id or item.native_id == consultation.agenda_item
            for item in as_meeting(record).agenda
        ):
            return meeting_id
    return None


def _find_item(meeting: Meeting, paper: Paper, consultation: Consultation | None) -> AgendaItem | None:
    if consultation is not None:
        for item in meeting.agenda:
            if item.native_id == consultation.agenda_item or item.consultation == consultation.native_id:
                return item
    return next((item for item in meeting.agenda if item.paper == paper.native_id), None)


def _consultation_details(
    municipality: str,
    consultation: Consultation | None,
    record: HeldRecord | None,
    item: AgendaItem | None,
    records: Mapping[str, HeldRecord],
) -> ConsultationDetails:
    meeting = as_meeting(record) if record else None
    refs = (consultation.organization if consultation else ()) or (meeting.organization if meeting else ())
    return ConsultationDetails(
        consultation=consultation,
        organizations=named_organizations(municipality, refs, records),
        meeting=record_link(record) if record else None,
        item=item,
        date=day_of(meeting.start if meeting else None) or (consultation.date if consultation else None),
        result=(item.result if item else None) or (consultation.result if consultation else None),
    )

"""What an installation holds of a municipality, and what it should hold by the invention, in words of no vendor:
meetings by time and committee, papers by reference, files by the hash of their bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from archive.archive import Archive
from archive.record_reader import RecordReader
from archive.schema import FILE
from council.identity import make_id
from council.model import File, Kind, Meeting, Organization, OrganizationRef, Paper, Person, Record
from townhall.invention.document import write_document
from townhall.invention.model import AgendaItem, Committee, Document, Municipality
from townhall.invention.model import Meeting as InventedMeeting
from townhall.invention.model import Paper as InventedPaper

_BERLIN = ZoneInfo("Europe/Berlin")

Fields = dict[str, Any]
Content = dict[str, Fields]
"""By "meeting 2025-03-04 18:00 Stadtrat", "paper BV/2025/0012", "organization Stadtrat", "person Dr. …": the fields."""

MEETING_FIELDS = ("end", "cancelled", "room", "agenda", "results", "item papers", "files", "file names", "item files")
PAPER_FIELDS = ("name", "type", "date", "office", "originator", "consultations", "files", "file names")


def content_of_municipality(municipality: Municipality) -> Content:
    """What is public in the municipality."""
    content: Content = {}
    for meeting in municipality.meetings:
        content[_meeting_key(meeting.start, municipality.committees[meeting.committee - 1].name)] = (
            _municipality_meeting(municipality, meeting)
        )
    for paper in municipality.papers:
        if paper.public:
            content[f"paper {paper.reference}"] = _municipality_paper(municipality, paper)
    for committee in municipality.committees:
        content[f"organization {committee.name}"] = {}
    for person in municipality.people:
        content[f"person {person.name}"] = {"committees": sorted(_seats(municipality.committees, person.number))}
    return content


def content_of(archive: Archive, municipality: str) -> Content:
    """What the archive holds and shows of a municipality."""
    reader = RecordReader(archive)
    mine = [i for some in reader.ids(list(Kind)) for i in some if i.startswith(f"{municipality}:")]
    records = [held.noun for held in reader.records(mine)]
    with archive.reading() as connection:
        rows = connection.execute(select(FILE.c.id, FILE.c.sha256).where(FILE.c.municipality == municipality))
        hashes = {row.id: row.sha256 for row in rows}

    def hashed(file: File) -> str:
        return str(hashes.get(make_id(municipality, Kind.FILE, file.native_id)))

    return content_of_records(records, hashed)


def content_of_records(records: list[Record], hashed: Callable[[File], str]) -> Content:
    """The same of records as they are."""
    return dict(_held(record, records, hashed) for record in records)


def differences(
    expected: Content, found: Content, declared: Mapping[str, Callable[[Any], Any] | None]
) -> list[tuple[str, str, Any, Any]]:
    """Every (what, field, expected, found) that differs. `declared`: fields ("paper type") that the vendor does not
    give, None; or a function of the expected value for what it gives instead. A bare kind ("person"): None where the
    vendor gives nothing of it, or a function that says by name which of them it gives; "paper is there": a function of
    the municipality's fields that says so by them. What a vendor does not give must not be found either."""
    wrong: list[tuple[str, str, Any, Any]] = []
    for key in sorted(expected.keys() | found.keys()):
        kind, _, rest = key.partition(" ")
        given: Callable[[Any], Any] | None = declared.get(kind, _all)
        if given is None or not given(rest):
            continue
        shown: Callable[[Any], Any] | None = declared.get(f"{kind} is there")
        if shown is not None and key in expected and not shown(expected[key]):
            wrong += [(key, "is there", False, True)] if key in found else []
            continue
        if key not in expected or key not in found:
            wrong.append((key, "is there", key in expected, key in found))
            continue
        for name, value in expected[key].items():
            rule = declared.get(f"{kind} {name}", _as_it_is)
            if rule is None:
                continue
            wanted: Any = rule(value)
            if wanted != found[key].get(name):
                wrong.append((key, name, wanted, found[key].get(name)))
    return wrong


# --- from the municipality


def _municipality_meeting(municipality: Municipality, meeting: InventedMeeting) -> Fields:
    papers = {paper.number: paper for paper in municipality.papers}
    items = [item for item in meeting.items if item.public]
    documents = [
        attachment
        for attachment in (meeting.invitation, meeting.minutes, *meeting.attachments)
        if attachment and attachment.public
    ]
    return {
        "end": f"{meeting.end:%H:%M}",
        "cancelled": meeting.cancelled,
        "room": meeting.room,
        "agenda": [(item.label, item.name) for item in items],
        "results": {item.label: item.result for item in items if item.result},
        "item papers": {item.label: papers[item.paper].reference for item in items if item.paper in papers},
        "files": sorted(_hash(document) for document in documents),
        "file names": sorted(document.name for document in documents),
        "item files": {item.label: _hashes(item) for item in items if _hashes(item)},
    }


def _municipality_paper(municipality: Municipality, paper: InventedPaper) -> Fields:
    documents = [document for document in paper.documents if document.public]
    meetings = {meeting.number: meeting for meeting in municipality.meetings}
    consultations = [
        (
            municipality.committees[step.committee - 1].name,
            str(meetings[step.meeting].start.date()) if step.meeting else None,
        )
        for step in paper.consultations
    ]
    return {
        "name": paper.name,
        "type": paper.paper_type,
        "date": str(paper.date),
        "office": municipality.committees[paper.office - 1].name if paper.office else None,
        "originator": municipality.committees[paper.originator - 1].name if paper.originator else None,
        "consultations": sorted(consultations, key=str),
        "files": sorted(_hash(document) for document in documents),
        "file names": sorted(document.name for document in documents),
    }


def _hash(document: Document) -> str:
    return hashlib.sha256(write_document(document)).hexdigest()


def _hashes(item: AgendaItem) -> list[str]:
    return sorted(_hash(document) for document in item.documents if document.public)


def _seats(committees: Iterable[Committee], person: int) -> set[str]:
    return {c.name for c in committees if any(member.person == person for member in c.members)}


def _meeting_key(start: dt.datetime, committee: str | None) -> str:
    return f"meeting {start:%Y-%m-%d %H:%M} {committee}"


# --- from the archive


def _held(record: Record, records: list[Record], hashed: Callable[[File], str]) -> tuple[str, Fields]:
    names = {record.native_id: record.name for record in records if isinstance(record, Organization)}
    match record:
        case Meeting():
            committee = next(iter(_named(record.organization, names)), None)
            start = record.start.astimezone(_BERLIN) if record.start else dt.datetime.fromtimestamp(0, _BERLIN)
            return _meeting_key(start, committee), _held_meeting(record, records, hashed)
        case Paper():
            return f"paper {record.reference or record.name}", _held_paper(record, records, names, hashed)
        case Organization():
            return f"organization {record.name}", {}
        case Person():
            seats = {name for m in record.memberships for name in _named((m.organization,), names) if name}
            return f"person {record.name}", {"committees": sorted(seats)}


def _held_meeting(meeting: Meeting, records: list[Record], hashed: Callable[[File], str]) -> Fields:
    papers = {record.native_id: record for record in records if isinstance(record, Paper)}
    by_consultation = {c.native_id: paper for paper in papers.values() for c in paper.consultations}

    def reference(item: Any) -> str | None:
        paper = papers.get(item.paper or "") or by_consultation.get(item.consultation or "")
        return paper.reference if paper else item.reference

    return {
        "end": f"{meeting.end.astimezone(_BERLIN):%H:%M}" if meeting.end else None,
        "cancelled": meeting.cancelled,
        "room": (meeting.location.room or meeting.location.description) if meeting.location else None,
        "agenda": [(item.number or "", item.name) for item in meeting.agenda],
        "results": {item.number: item.result for item in meeting.agenda if item.result},
        "item papers": {item.number: reference(item) for item in meeting.agenda if reference(item)},
        "files": sorted(hashed(file) for file in meeting.files),
        "file names": sorted(str(file.name) for file in meeting.files),
        "item files": {
            item.number: sorted(hashed(file) for file in item.files) for item in meeting.agenda if item.files
        },
    }


def _held_paper(
    paper: Paper, records: list[Record], names: Mapping[str, str | None], hashed: Callable[[File], str]
) -> Fields:
    meetings = {record.native_id: record for record in records if isinstance(record, Meeting)}
    consultations = []
    for step in paper.consultations:
        meeting = meetings.get(step.meeting or "")
        committee = next(iter(_named(step.organization, names)), None)
        day = step.date or (meeting.start.astimezone(_BERLIN).date() if meeting and meeting.start else None)
        consultations.append((committee, str(day) if day else None))
    return {
        "name": paper.name,
        "type": paper.paper_type,
        "date": str(paper.date),
        "office": next(iter(_named(paper.under_direction_of, names)), None),
        "originator": next(iter(_named(paper.originator, names)), None),
        "consultations": sorted(consultations, key=str),
        "files": sorted(hashed(file) for file in paper.files),
        "file names": sorted(str(file.name) for file in paper.files),
    }


def _named(refs: Iterable[OrganizationRef], names: Mapping[str, str | None]) -> list[str | None]:
    return [ref.name or names.get(ref.native_id or "") for ref in refs]


def _all(_: Any) -> bool:
    return True


def _as_it_is(value: Any) -> Any:
    return value

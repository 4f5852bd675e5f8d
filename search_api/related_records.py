"""What surrounds a record: other records by id, and what is shown of them where they are only pointed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from archive.file_reader import HeldFile
from archive.record_reader import HeldRecord, RecordReader
from council.identity import RecordId
from council.model import File, Kind, Meeting, Organization, OrganizationRef, Paper
from search_api.dossier import Linked, Named, ShownFile
from search_api.formats import BERLIN


def records_of(reader: RecordReader, ids: Iterable[str]) -> dict[str, HeldRecord]:
    """The records by id, each read once; those that are not held are left out."""
    wanted = list(dict.fromkeys(ids))
    return {record.id: record for record in reader.records(wanted)} if wanted else {}


def as_meeting(record: HeldRecord) -> Meeting:
    """The meeting of a record that was asked for as one."""
    assert isinstance(record.noun, Meeting)  # noqa: S101 - the ids asked for were those of meetings
    return record.noun


def organization_ids(town: str, refs: Iterable[OrganizationRef]) -> list[str]:
    """The ids of the organizations that the source names by an id."""
    return [str(RecordId(town, Kind.ORGANIZATION, ref.native_id)) for ref in refs if ref.native_id]


def named(town: str, refs: Iterable[OrganizationRef], around: Mapping[str, HeldRecord]) -> tuple[Named, ...]:
    """The organizations by name, each once; the name they have here before the one the source says at this place."""
    found: dict[str, Named] = {}
    for ref in refs:
        record_id = str(RecordId(town, Kind.ORGANIZATION, ref.native_id)) if ref.native_id else None
        record = around.get(record_id) if record_id else None
        name = (record.noun.name if record and isinstance(record.noun, Organization) else None) or ref.name
        if name:
            found.setdefault(name, Named(record.id if record else None, name))
    return tuple(found.values())


def shown_files(town: str, files: Iterable[File], states: Mapping[str, HeldFile]) -> tuple[ShownFile, ...]:
    """The files, each with what the archive knows of it."""
    ids = ((str(RecordId(town, Kind.FILE, file.native_id)), file) for file in files)
    return tuple(ShownFile(file_id, file, states.get(file_id)) for file_id, file in ids)


def linked(record: HeldRecord) -> Linked | None:
    """A paper or meeting as another page points to it; None for every other record."""
    match record.noun:
        case Paper() as paper:
            return Linked(record.id, paper.name, paper.reference, paper.date)
        case Meeting() as meeting:
            return Linked(record.id, meeting.name, None, day_of(meeting.start), meeting.start, meeting.cancelled)
        case _:
            return None


def day_of(when: dt.datetime | None) -> dt.date | None:
    """The day in Germany."""
    return when.astimezone(BERLIN).date() if when else None

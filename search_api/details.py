"""Opens dossiers: reads a record and what surrounds it, or says why it cannot be shown.

Every dossier costs a handful of reads, however many stations, items or files it has.
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
from search_api.dependencies import Sources
from search_api.errors import NotHeld, Withdrawn
from search_api.related_records import (
    Linked,
    Named,
    ShownFile,
    Station,
    as_meeting,
    consultation_history,
    linked,
    named,
    organization_ids,
    records_of,
    shown_files,
)


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
    agenda_state: AgendaState
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


MOST_LINKED = 100

R = TypeVar("R", Paper, Meeting, Organization)


def open_paper(sources: Sources, record_id: str) -> PaperDossier:
    """Raises NotHeld, Withdrawn."""
    held, paper = _open(sources.records, record_id, Paper)
    town = held.municipality
    reader = sources.records
    meetings = {str(RecordId(town, Kind.MEETING, c.meeting)) for c in paper.consultations if c.meeting}
    meetings |= {m.id for m in reader.linked_records(record_id, "item_paper", Kind.MEETING, MOST_LINKED)}
    related = [str(RecordId(town, Kind.PAPER, i)) for i in paper.superordinated + paper.subordinated + paper.related]
    refs = [ref for c in paper.consultations for ref in c.organization] + [*paper.originator, *paper.under_direction_of]
    around = records_of(reader, [*meetings, *related, *organization_ids(town, refs)])
    # A meeting names its committee itself where the paper does not.
    missing = {
        i for m in meetings if m in around for i in organization_ids(town, as_meeting(around[m]).organization)
    } - around.keys()
    around |= records_of(reader, missing)
    return PaperDossier(
        held=held,
        paper=paper,
        files=shown_files(town, paper.files, sources.files.files(record_id)),
        way=consultation_history(town, paper, {i: around[i] for i in sorted(meetings) if i in around}, around),
        originators=named(town, paper.originator + paper.under_direction_of, around),
        related=tuple(link for i in dict.fromkeys(related) if i in around and (link := linked(around[i]))),
    )


def open_meeting(sources: Sources, record_id: str) -> MeetingDossier:
    """Raises NotHeld, Withdrawn."""
    held, meeting = _open(sources.records, record_id, Meeting)
    town, reader = held.municipality, sources.records
    papers = _papers_of_items(reader, town, meeting.agenda)
    around = records_of(reader, [*papers.values(), *organization_ids(town, meeting.organization)])
    states = sources.files.files(record_id)
    return MeetingDossier(
        held=held,
        meeting=meeting,
        organizations=named(town, meeting.organization, around),
        agenda=tuple(
            ShownItem(
                item,
                linked(around[papers[item.native_id]]) if papers.get(item.native_id) in around else None,
                shown_files(town, item.files, states),
            )
            for item in meeting.agenda
        ),
        agenda_state=agenda_state(held, meeting, sources.board.visits([town]).get(town), sources.archive.clock()),
        files=shown_files(town, meeting.files, states),
    )


def open_organization(sources: Sources, record_id: str) -> OrganizationDossier:
    """Raises NotHeld, Withdrawn."""
    held, organization = _open(sources.records, record_id, Organization)
    meetings, papers = (
        sources.records.linked_records(record_id, "organization", kind, MOST_LINKED)
        for kind in (Kind.MEETING, Kind.PAPER)
    )
    return OrganizationDossier(held, organization, _newest_first(meetings), _newest_first(papers))


def open_text(sources: Sources, file_id: str) -> TextDossier:
    """The text of a file; without pages where the file is known but gave none. Raises NotHeld, Withdrawn."""
    _is_of_kind(file_id, (Kind.FILE,))
    found = sources.files.file_text(file_id)
    if found is None:
        raise _why_no_text(sources, file_id)
    record_id, pages = found
    owner = sources.records.record(record_id)
    if not isinstance(owner, HeldRecord):
        raise NotHeld(f"{file_id} belongs to nothing that is shown")
    for file in files_of(owner.noun):
        if str(RecordId(owner.municipality, Kind.FILE, file.native_id)) == file_id:
            return TextDossier(ShownFile(file_id, file, sources.files.files(record_id).get(file_id)), owner, pages)
    raise NotHeld(f"{file_id} belongs to nothing that is shown")


def _why_no_text(sources: Sources, file_id: str) -> Exception:
    absence = sources.files.absence(file_id)
    if absence is Absence.WITHDRAWN:
        return Withdrawn(f"{file_id} was withdrawn by its source or removed here")
    why = " yet" if absence is Absence.NOT_YET else ""
    return NotHeld(f"no text of {file_id[:200]} is held{why}")


def _open(reader: RecordReader, record_id: str, noun: type[R]) -> tuple[HeldRecord, R]:
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


def _papers_of_items(reader: RecordReader, town: str, items: Sequence[AgendaItem]) -> dict[str, str]:
    """Ids of papers by the native ids of agenda items, by whichever of the three ways the source tells."""
    papers = {item.native_id: str(RecordId(town, Kind.PAPER, item.paper)) for item in items if item.paper}
    by_consultation = {item.consultation: item.native_id for item in items if item.consultation}
    unknown = [c for c, native_id in by_consultation.items() if native_id not in papers]
    if unknown:
        found = reader.papers_of_consultations(town, unknown)
        papers |= {by_consultation[consultation]: paper_id for consultation, paper_id in found.items()}
    rest = [item.native_id for item in items if item.native_id not in papers]
    return papers | reader.papers_of_agenda_items(town, rest) if rest else papers


def _newest_first(records: Iterable[HeldRecord]) -> tuple[Linked, ...]:
    links = [link for record in records if (link := linked(record))]
    return tuple(sorted(links, key=lambda link: (link.date or dt.date.min, link.id), reverse=True))

"""Dossiers: one record with everything its page shows, the names, meetings, agenda items and papers around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from archive.file_reader import HeldFile
from archive.record_reader import HeldRecord
from council.model import AgendaItem, Consultation, File, Meeting, Organization, Paper
from search_api.agenda_state import AgendaState


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

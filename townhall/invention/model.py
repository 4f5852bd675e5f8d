"""The nouns of an invented municipality, as frozen dataclasses: what is published, before any vendor's format.

Numbers identify a thing within its municipality and kind. `None` means not decided, or not stated.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

SECRET_WORD = "Geheimwortknarzbold"  # noqa: S105 - a marker, no password
"""Stands in every title, resolution and text that is not public, and nowhere else: no search may ever find it."""


class Format(StrEnum):
    """What kind of file a document is written as."""

    PDF = "pdf"
    SCAN = "scan"  # a PDF with drawn lines and no text at all
    DOCX = "docx"
    TXT = "txt"


@dataclass(frozen=True, slots=True)
class Document:
    """A file. `text` is flowing German text; a form feed starts a new page, "# " and "## " start a heading. `public`
    False: it hangs on something public by mistake, and only its own name says that it is not for everybody."""

    number: int
    name: str
    file_name: str
    date: dt.date
    text: str
    format: Format = Format.PDF
    public: bool = True

    @property
    def plain_text(self) -> str:
        """The text as a reader sees it: without the marks of headings, empty for a scan."""
        if self.format is Format.SCAN:
            return ""
        return re.sub(r"^(\f?)#{1,2} ", r"\1", self.text, flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Person:
    """A council member, with the private details a real server gives away too (and nobody should take over)."""

    number: int
    given_name: str
    family_name: str
    form_of_address: str
    title: str | None
    faction: str
    street_address: str
    postal_code: str
    phone: str
    email: str

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


@dataclass(frozen=True, slots=True)
class Membership:
    number: int
    person: int
    role: str
    voting: bool
    start: dt.date


@dataclass(frozen=True, slots=True)
class Committee:
    """A council, a committee, a faction or an office; `kind` is OParl's organizationType."""

    number: int
    key: str
    name: str
    short_name: str
    kind: str
    members: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of an agenda. `public` None: the server does not say, the part heading above it does."""

    number: int
    label: str
    name: str
    public: bool | None = True
    paper: int | None = None
    consultation: int | None = None
    result: str | None = None
    resolution: str | None = None
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    number: int
    name: str
    committee: int
    start: dt.datetime
    end: dt.datetime
    room: str
    street_address: str
    held: bool
    cancelled: bool = False
    items: tuple[AgendaItem, ...] = ()
    invitation: Document | None = None
    minutes: Document | None = None
    attachments: tuple[Document, ...] = ()

    @property
    def state(self) -> str:
        """OParl's meetingState."""
        return "durchgeführt" if self.held else "eingeladen" if self.invitation else "terminiert"


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation on a paper's way; without meeting and item as long as nobody has put it on an agenda."""

    number: int
    committee: int
    role: str
    authoritative: bool
    meeting: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `public` False: dealt with only in the non-public part, so nothing of it may be found."""

    number: int
    name: str
    reference: str
    paper_type: str
    date: dt.date
    office: int | None = None
    originator: int | None = None
    main: Document | None = None
    attachments: tuple[Document, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    answers: int | None = None
    public: bool = True

    @property
    def documents(self) -> tuple[Document, ...]:
        return ((self.main,) if self.main else ()) + self.attachments


@dataclass(frozen=True)
class Municipality:
    """Everything one invented council publishes; `day` is the day on which it lives, nothing is newer."""

    name: str
    kind: str
    ags: str
    postal_code: str
    day: dt.date
    term_start: dt.date
    committees: tuple[Committee, ...]
    people: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    papers: tuple[Paper, ...]

    def committee(self, key: str) -> Committee:
        """The committee with a key such as "council" or "finance"."""
        return next(committee for committee in self.committees if committee.key == key)

    def documents(self) -> Iterator[Document]:
        """Every document of the municipality, public or not."""
        for paper in self.papers:
            yield from paper.documents
        for meeting in self.meetings:
            yield from (found for found in (meeting.invitation, meeting.minutes) if found)
            yield from meeting.attachments
            for item in meeting.items:
                yield from item.documents

    @cached_property
    def secret_documents(self) -> frozenset[int]:
        """The numbers of the documents that are not public."""
        papers = {found.number for paper in self.papers if not paper.public for found in paper.documents}
        items = {found.number for item in self.secret_items for found in item.documents}
        marked = {found.number for found in self.documents() if not found.public}
        return frozenset(papers | items | marked)

    @cached_property
    def secret_items(self) -> tuple[AgendaItem, ...]:
        """The agenda items that are not public, stated or not, headings of the part among them."""
        return tuple(item for meeting in self.meetings for item in meeting.items if item.public is not True)

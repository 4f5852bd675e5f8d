"""The nouns: what a council publishes, as frozen models named after OParl 1.1's objects (dev.oparl.org/spezifikation).

`None` means the source does not say; an empty tuple means the source says there is none. Times are aware.
A noun carries two marks of its origin: `native_id`, the source's own number or path (see `council.identity`), and
`source_id`, the address under which the source itself keeps the object (an OParl id, a page's URL).
Of persons only the name and the memberships are kept; addresses, telephone, e-mail and photographs have no field here.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

NativeId = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class Kind(StrEnum):
    """Which noun a record is; the middle part of its id."""

    ORGANIZATION = "organization"
    PERSON = "person"
    MEETING = "meeting"
    PAPER = "paper"
    FILE = "file"


class FileRole(StrEnum):
    """What a file is to the paper, meeting or agenda item it hangs on (OParl's property names, in words)."""

    MAIN = "main"
    ATTACHMENT = "attachment"
    INVITATION = "invitation"
    MINUTES = "minutes"
    VERBATIM_MINUTES = "verbatim_minutes"
    RESOLUTION = "resolution"


class Noun(BaseModel):
    """What every noun has: an origin, and the source's own dates where it tells them truthfully."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    native_id: NativeId
    source_id: str | None = None
    created: AwareDatetime | None = None
    modified: AwareDatetime | None = None


class OrganizationRef(BaseModel):
    """A committee or office as another noun names it: by number, by name, or both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    native_id: str | None = None
    name: str | None = None


class File(Noun):
    """A document. `url` is where its bytes are (downloadUrl before accessUrl); `text` is what the source itself says
    the document's text is (OParl `File.text`) and is moved to the archive's text store, never kept in a record."""

    role: FileRole = FileRole.ATTACHMENT
    name: str | None = None
    file_name: str | None = None
    url: str | None = None
    media_type: str | None = None
    size: int | None = Field(default=None, ge=0, description="bytes, as the source says")
    date: dt.date | None = None
    license: str | None = None
    text: str | None = None
    text_sha256: str | None = None


class Location(BaseModel):
    """Where a meeting takes place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str | None = None
    street_address: str | None = None
    room: str | None = None
    postal_code: str | None = None
    locality: str | None = None


class AgendaItem(Noun):
    """One public item of a meeting's agenda. Non-public items are never made into one."""

    number: str | None = None
    order: int | None = None
    name: str | None = None
    public: bool | None = None
    consultation: str | None = Field(default=None, description="native id of the consultation")
    paper: str | None = Field(default=None, description="native id of the paper")
    reference: str | None = Field(default=None, description="the paper's reference, where the agenda shows it")
    result: str | None = None
    resolution_text: str | None = None
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    files: tuple[File, ...] = ()


class Meeting(Noun):
    """A meeting with its public agenda in the council's order. `withheld` are the native ids of agenda items and
    consultations that stand in the non-public part, `withheld_papers` those of the papers that are named there: papers
    that were dealt with only there are not public either."""

    kind: Literal[Kind.MEETING] = Kind.MEETING
    source_url: str | None = None
    name: str | None = None
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    cancelled: bool = False
    state: str | None = None
    location: Location | None = None
    organization: tuple[OrganizationRef, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    files: tuple[File, ...] = ()
    withheld: tuple[str, ...] = ()
    withheld_papers: tuple[str, ...] = ()


class Consultation(Noun):
    """One step of a paper's consultation history: which committee deals with it, when, and in which role."""

    meeting: str | None = Field(default=None, description="native id of the meeting")
    agenda_item: str | None = Field(default=None, description="native id of the agenda item")
    organization: tuple[OrganizationRef, ...] = ()
    date: dt.date | None = None
    role: str | None = None
    authoritative: bool | None = None
    result: str | None = None


class Paper(Noun):
    """A paper (Vorlage, Antrag, Anfrage …) with its files and its consultation history."""

    kind: Literal[Kind.PAPER] = Kind.PAPER
    source_url: str | None = None
    name: str | None = None
    reference: str | None = None
    paper_type: str | None = None
    date: dt.date | None = None
    files: tuple[File, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    originator: tuple[OrganizationRef, ...] = ()
    under_direction_of: tuple[OrganizationRef, ...] = ()
    superordinated: tuple[str, ...] = ()
    subordinated: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Organization(Noun):
    """A committee, council, faction or office."""

    kind: Literal[Kind.ORGANIZATION] = Kind.ORGANIZATION
    source_url: str | None = None
    name: str | None = None
    short_name: str | None = None
    organization_type: str | None = None
    classification: str | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None


class Membership(BaseModel):
    """A person's part in an organization."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    organization: OrganizationRef
    role: str | None = None
    voting_right: bool | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None


class Person(Noun):
    """A holder of a public office: the name and the memberships, and nothing else."""

    kind: Literal[Kind.PERSON] = Kind.PERSON
    source_url: str | None = None
    name: str | None = None
    memberships: tuple[Membership, ...] = ()


class Tombstone(Noun):
    """The source says, or a request proved, that an object is withdrawn: it disappears everywhere at once."""

    kind: Kind
    deleted: Literal[True] = True
    reason: str


Record = Paper | Meeting | Organization | Person
"""What the archive keeps a state of. Files, agenda items and consultations live inside these."""

RECORD_TYPES: dict[Kind, type[Paper] | type[Meeting] | type[Organization] | type[Person]] = {
    Kind.PAPER: Paper,
    Kind.MEETING: Meeting,
    Kind.ORGANIZATION: Organization,
    Kind.PERSON: Person,
}


def files_of(record: Record) -> tuple[File, ...]:
    """Every file that hangs on a record, those of agenda items included, in the order a reader meets them."""
    match record:
        case Paper():
            return record.files
        case Meeting():
            return record.files + tuple(file for item in record.agenda for file in item.files)
        case _:
            return ()

"""The JSON answers, as models of their own: a change of the nouns inside is no change of the API."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from council.offering import Extent, OfferedPart
from search_api.agenda_state import AgendaState


class Answer(BaseModel):
    """What all have in common: no field that is not written down here."""

    model_config = ConfigDict(extra="forbid")


class ProblemBody(Answer):
    """An error, after RFC 9457. `parameter` names the URL parameter that is to blame."""

    type: str = Field(examples=["/api#bad-parameter"])
    title: str
    status: int
    detail: str
    instance: str
    parameter: str | None = None


class MunicipalityRef(Answer):
    """`name` is the key where the register does not know the municipality any more."""

    key: str = Field(examples=["lindquell"])
    name: str = Field(examples=["Lindquell"])


class FileBody(Answer):
    """A file of a paper, meeting or agenda item. `status`: wanted, fetched, inline, failed, no_address or unknown.
    `text_status`: pending, text, no_text, failed; null while there are no bytes. `pages` is null when not known."""

    id: str
    role: str
    name: str | None
    file_name: str | None
    url: str | None
    source_id: str | None
    media_type: str | None
    size: int | None
    date: dt.date | None
    license: str | None
    status: str
    text_status: str | None
    reason: str | None
    pages: int | None
    text_url: str | None


class OrganizationRefBody(Answer):
    """`id` and `url` only where the organization is held."""

    id: str | None
    name: str
    url: str | None


class LinkBody(Answer):
    """A paper or meeting that is pointed to."""

    id: str
    url: str
    title: str | None
    reference: str | None
    date: dt.date | None


class SimilarPaperBody(LinkBody):
    """A paper that is about something similar, perhaps in other words and of another municipality."""

    municipality: MunicipalityRef


class ConsultationBody(Answer):
    """One step of a paper's consultation history, in the order of the days. `result` is the agenda item's, if any."""

    id: str | None = Field(description="the source's own id of the consultation; null where only the agenda tells")
    date: dt.date | None
    role: str | None
    authoritative: bool | None
    organizations: list[OrganizationRefBody]
    meeting: LinkBody | None
    agenda_number: str | None
    result: str | None


class RecordBody(Answer):
    """What every record tells of its origin."""

    id: str
    municipality: MunicipalityRef
    source_id: str | None
    source_url: str | None
    url: str
    first_seen: dt.datetime
    last_seen: dt.datetime
    changed_at: dt.datetime


class PaperBody(RecordBody):
    """A paper with its files and its consultations through the committees."""

    kind: Literal["paper"] = "paper"
    name: str | None
    reference: str | None
    paper_type: str | None
    date: dt.date | None
    originators: list[OrganizationRefBody]
    files: list[FileBody]
    consultations: list[ConsultationBody]
    related: list[LinkBody]
    similar: list[SimilarPaperBody] = Field(
        description="At most 5, of all municipalities, by the meaning of the titles; none where the extra `meaning` is "
        "not installed."
    )


class LocationBody(Answer):
    """Where a meeting takes place, as the source says it."""

    description: str | None
    street_address: str | None
    room: str | None
    postal_code: str | None
    locality: str | None


class AgendaItemBody(Answer):
    """A public item of the agenda."""

    id: str
    number: str | None
    name: str | None
    result: str | None
    resolution_text: str | None
    paper: LinkBody | None
    reference: str | None
    files: list[FileBody]


class MeetingBody(RecordBody):
    """A meeting with its public agenda in the council's order. `agenda_state` says why there is none: `not_yet` (to
    come), `none` (over, and nothing was published), `in_invitation` (no items, but an invitation), `unknown`."""

    kind: Literal["meeting"] = "meeting"
    name: str | None
    start: dt.datetime | None
    end: dt.datetime | None
    cancelled: bool
    state: str | None
    location: LocationBody | None
    organizations: list[OrganizationRefBody]
    agenda: list[AgendaItemBody]
    agenda_state: AgendaState
    files: list[FileBody]


class OrganizationBody(RecordBody):
    """A committee, council, faction or office with its newest meetings and papers (at most 100 each)."""

    kind: Literal["organization"] = "organization"
    name: str | None
    short_name: str | None
    organization_type: str | None
    classification: str | None
    start_date: dt.date | None
    end_date: dt.date | None
    meetings: list[LinkBody]
    papers: list[LinkBody]


class PageBody(Answer):
    """One page of text; `page` counts from 1."""

    page: int
    text: str


class FileTextAnswer(Answer):
    """The text of a file as it was read from its bytes; no pages where none could be read."""

    file: FileBody
    record: str = Field(description="id of the paper or meeting it is read in")
    municipality: MunicipalityRef
    source_id: str | None
    source_url: str | None
    url: str
    pages: list[PageBody]


class Health(Answer):
    """The process lives."""

    status: Literal["ok"] = "ok"


class Readiness(Answer):
    """Index and archive answer. `changes_behind`: change numbers the index is behind the archive."""

    status: Literal["ok"] = "ok"
    index: str
    entries: int
    changes_behind: int


class RunBody(Answer):
    """One visit to the source. `outcome`: running, complete, incomplete, failed, blocked, interrupted, died."""

    mode: str
    outcome: str
    detail: str | None
    started_at: dt.datetime
    finished_at: dt.datetime | None
    requests: int
    seconds: float


class ListedHeldBody(Answer):
    """What the source listed in the last full complete run, and how many were held then."""

    listed: int
    held: int


class FilesBody(Answer):
    """Every file accounted for; the five numbers after `total` add up to it. `by` are the archive's own words."""

    total: int
    with_text: int
    without_text: int
    unreadable: int
    waiting: int
    not_fetched: int
    by: dict[str, int]


class OfferedBody(Answer):
    """One part of what a system offers. `title` and `remark` are German, for people; no remark where all is there."""

    part: OfferedPart
    extent: Extent
    title: str
    remark: str | None


class OfferingBody(Answer):
    """What the system offers, whatever a single municipality fills in; every part once, in the page's order."""

    product: str
    about: str
    parts: list[OfferedBody]


class MunicipalityBody(Answer):
    """One municipality of the register. `complete` is said from `counted` alone: null means nobody has counted.
    `warnings`: never, old, incomplete, blocked (the source keeps programs out; what is held stays as it was).
    `source_page` is the source's page for people; null where only an address for programs is known."""

    key: str
    name: str
    kind: str
    ags: str | None
    ars: str | None
    system: str
    enabled: bool
    offering: OfferingBody
    source_url: str
    source_page: str | None
    url: str
    last_run: RunBody | None
    last_complete_run: RunBody | None
    held: dict[str, int] = Field(description="By kind, what may be shown: what a search for everything finds.")
    not_shown: dict[str, int] = Field(description="By kind, what is held beyond that, because it is not public.")
    files: FilesBody
    counted: dict[str, ListedHeldBody]
    counted_at: dt.datetime | None
    complete: bool | None
    warnings: list[str]


class MunicipalitiesAnswer(Answer):
    """All municipalities of the register, by name."""

    municipalities: list[MunicipalityBody]

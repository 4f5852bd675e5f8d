"""The JSON answers, as models of their own: a change of the nouns inside is no change of the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Offsets = Annotated[list[int], Field(min_length=2, max_length=2)]


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


class FileRef(Answer):
    """`url` is where the source keeps the file; null where it names none that can be linked."""

    id: str
    name: str | None
    url: str | None


class PassageBody(Answer):
    """`highlights` are [begin, end) offsets into `text`, in Unicode characters. `page` is null for files without."""

    file: FileRef
    page: int | None
    text: str
    highlights: list[Offsets]


class AgendaLineBody(Answer):
    """An item of a meeting's agenda that holds words of the question."""

    number: str | None
    name: str
    highlights: list[Offsets]


class HitBody(Answer):
    """One paper or meeting. `source_id` and `source_url` are the source's own; `url` is our page."""

    id: str = Field(examples=["lindquell:paper:4711"])
    kind: Literal["paper", "meeting"]
    title: str
    title_highlights: list[Offsets]
    reference: str | None
    date: dt.date | None
    municipality: MunicipalityRef
    paper_type: str | None
    organizations: list[str]
    result: str | None = Field(description="The last result that the paper itself tells.")
    cancelled: bool
    source_id: str | None
    source_url: str | None
    url: str
    passages: list[PassageBody]
    more_passages: int = Field(description="At how many further places the words stand.")
    agenda: list[AgendaLineBody]


class FacetValue(Answer):
    """How many hits there are with this value, with every filter but the facet's own."""

    value: str
    label: str
    count: int


class ClauseBody(Answer):
    """One piece of the question, as it was understood."""

    text: str
    occur: Literal["must", "should", "must_not"]
    phrase: bool
    prefix: bool
    alternatives: list[str]


class QueryBody(Answer):
    """How the question was understood: `written` says the same again."""

    q: str
    written: str
    clauses: list[ClauseBody]
    sort: Literal["relevance", "newest", "oldest"]
    filters: dict[str, list[str]]


class SearchAnswer(Answer):
    """`total` is exact. `next` goes into `after` for the next page. `partial`: a part of the index did not answer, so
    that `total` may be too low."""

    total: int
    page: int | None = Field(description="null where `after` was given")
    limit: int
    next: str | None
    partial: bool
    took_ms: float
    query: QueryBody
    hits: list[HitBody]
    facets: dict[str, list[FacetValue]]


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


class ConsultationBody(Answer):
    """One station on a paper's way, in the order of the days. `result` is the agenda item's where it tells one."""

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
    """A paper with its files and its way through the committees."""

    kind: Literal["paper"] = "paper"
    name: str | None
    reference: str | None
    paper_type: str | None
    date: dt.date | None
    originators: list[OrganizationRefBody]
    files: list[FileBody]
    consultations: list[ConsultationBody]
    related: list[LinkBody]


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
    """A meeting with its public agenda in the council's order."""

    kind: Literal["meeting"] = "meeting"
    name: str | None
    start: dt.datetime | None
    end: dt.datetime | None
    cancelled: bool
    state: str | None
    location: LocationBody | None
    organizations: list[OrganizationRefBody]
    agenda: list[AgendaItemBody]
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


class RunBody(Answer):
    """One visit to the source. `outcome`: running, complete, incomplete, failed, interrupted, died."""

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


class MunicipalityBody(Answer):
    """One municipality of the register. `complete` is said from `counted` alone: null means nobody has counted.
    `warnings`: never, old, incomplete."""

    key: str
    name: str
    kind: str
    ags: str | None
    ars: str | None
    system: str
    enabled: bool
    source_url: str
    url: str
    last_run: RunBody | None
    last_complete_run: RunBody | None
    held: dict[str, int]
    files: FilesBody
    counted: dict[str, ListedHeldBody]
    counted_at: dt.datetime | None
    complete: bool | None
    warnings: list[str]


class MunicipalitiesAnswer(Answer):
    """All municipalities of the register, by name."""

    municipalities: list[MunicipalityBody]


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

"""The JSON answer about the municipalities, as models of its own: how fresh, how much, how complete."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from council.offering import Extent, OfferedPart
from search_api.schemas import Answer


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

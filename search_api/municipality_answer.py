"""The JSON answer about the municipalities, as models of its own: how fresh, how much, how complete."""

from __future__ import annotations

import datetime as dt

from search_api.responses import Answer


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

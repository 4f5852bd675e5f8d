"""What each page is given to show: one dataclass a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.index.contract import Hit, IndexState
from search_api.details import MeetingDetails, OrganizationDetails, PaperDetails, TextDetails
from search_api.errors import ProblemDetails
from search_api.examples import Examples
from search_api.municipalities import MunicipalityState
from search_api.params import SearchParams
from search_api.text_pages import PagePiece


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What every page has around its own content. `section` is the part of the menu the page belongs to."""

    style: str
    icon: str
    script: str
    section: str
    noindex: bool
    demo: bool
    address: str
    """The page's own address, for who reads it on paper; "" where it has none."""


@dataclass(frozen=True, slots=True)
class StartPage:
    """The first page."""

    municipalities: list[MunicipalityState]
    municipality_count: int
    papers: int
    meetings: int
    fresh: dt.datetime | None
    examples: Examples


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper."""

    details: PaperDetails
    municipality_name: str
    source_url: str | None
    names: Mapping[str, str]
    """Of all municipalities, by their keys."""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting."""

    details: MeetingDetails
    municipality_name: str
    source_url: str | None
    upcoming: bool


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """A committee."""

    details: OrganizationDetails
    municipality_name: str
    source_url: str | None
    search: str


@dataclass(frozen=True, slots=True)
class MunicipalitiesPage:
    """All municipalities; also the status page, with the index's state (None: it does not answer). `parents`: see
    `municipalities.read_with_parent`."""

    municipalities: list[MunicipalityState]
    index: IndexState | None
    behind: int | None
    parents: Mapping[str, MunicipalityState]


@dataclass(frozen=True, slots=True)
class ListedHit:
    """A hit in a short list."""

    hit: Hit
    cancelled: bool


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality. `next_meetings` and `newest_papers` are None where the index does not answer. `parent` is the one
    in whose system this one's papers are, where it is not visited by itself."""

    municipality: MunicipalityState
    parent: MunicipalityState | None
    parent_search: str
    source_page: str | None
    next_meetings: tuple[ListedHit, ...] | None
    newest_papers: tuple[ListedHit, ...] | None
    meetings_search: str
    papers_search: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """A part of a file's text."""

    details: TextDetails
    municipality_name: str
    params: SearchParams
    """The question whose words are marked."""
    pieces: list[PagePiece]
    part: int
    parts: list[tuple[int, int]]
    """First and last page of every part."""
    source_url: str | None


@dataclass(frozen=True, slots=True)
class OperatorPage:
    """A page whose text the operator writes; None: not written yet."""

    text: str | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class ApiPage:
    """How programs ask. `facets` are the filters' parameters and what they mean."""

    base_url: str
    facets: list[tuple[str, str]]
    examples: Examples


@dataclass(frozen=True, slots=True)
class HelpPage:
    """How to ask."""

    longest: int
    most: int
    examples: Examples


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What went wrong."""

    problem: ProblemDetails
    retry: str
    """Address to try again."""

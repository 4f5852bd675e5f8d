"""What each page is given to show: one dataclass a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.index.contract import Hit, IndexState
from search_api.dossier import MeetingDossier, OrganizationDossier, PaperDossier, TextDossier
from search_api.errors import Problem
from search_api.municipalities import Caution, TownState
from search_api.params import SearchParams
from search_api.search import Found
from search_api.text_pages import Sheet


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `section` is the part of the menu the page belongs to."""

    style: str
    icon: str
    section: str
    noindex: bool = False


@dataclass(frozen=True, slots=True)
class StartPage:
    """The first page."""

    towns: list[TownState]
    town_count: int
    papers: int
    meetings: int
    fresh: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet. `count` is None where it is chosen but not among the counted ones."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet: the choices shown at once, and the further ones."""

    name: str
    choices: list[Choice]
    further: list[Choice]


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the picture: x and height in the picture's units, and the address that limits to it."""

    year: int
    count: int
    x: int
    height: float
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class YearChart:
    """Hits by year; `first` and `last` are the years at its ends."""

    first: int
    last: int
    bars: list[Bar]
    width: int
    most: Bar


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Hits, or why there are none. `pages` are page numbers with None for a gap."""

    found: Found
    params: SearchParams
    chips: list[Chip]
    facets: list[FacetGroup]
    chart: YearChart | None
    years: tuple[int, int] | None
    pages: list[int | None]
    last_page: int
    warned: list[tuple[str, str, tuple[Caution, ...]]]
    """(key, name, warnings)"""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper."""

    dossier: PaperDossier
    town: str
    source_url: str | None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting."""

    dossier: MeetingDossier
    town: str
    source_url: str | None
    upcoming: bool


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """A committee."""

    dossier: OrganizationDossier
    town: str
    source_url: str | None
    search: str


@dataclass(frozen=True, slots=True)
class TownsPage:
    """All towns; also the status page, with the index's state (None: it does not answer). `read_with` are the parents
    of those that are read with their parent, by key."""

    towns: list[TownState]
    index: IndexState | None
    behind: int | None
    read_with: Mapping[str, TownState]


@dataclass(frozen=True, slots=True)
class Listed:
    """A hit in a short list."""

    hit: Hit
    cancelled: bool


@dataclass(frozen=True, slots=True)
class TownPage:
    """A town. `next_meetings` and `newest_papers` are None where the index does not answer. `read_with` is the town
    in whose system this one's papers are, where it is not visited by itself."""

    town: TownState
    read_with: TownState | None
    read_with_search: str
    source_page: str | None
    next_meetings: tuple[Listed, ...] | None
    newest_papers: tuple[Listed, ...] | None
    meetings_search: str
    papers_search: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """A part of a file's text."""

    dossier: TextDossier
    town: str
    q: str
    sheets: list[Sheet]
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
    """How programs ask."""

    base_url: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """How to ask."""

    longest: int
    most: int


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What went wrong."""

    problem: Problem
    retry: str
    """Address to try again."""

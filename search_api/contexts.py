"""What each page is given to show: one dataclass a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.index.contract import Hit, IndexState
from search_api.details import MeetingDossier, OrganizationDossier, PaperDossier, TextDossier
from search_api.errors import Problem
from search_api.municipalities import TownState
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

"""What the shared suite has to know of a system: how it is served, what it shows, and where it differs from others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from archive.run import Outcome
from council.system import System
from tests.simulation.edits import change_document, change_paper
from tests.simulation.faults import Fault
from tests.whole.content import Content
from townhall.invention.model import Document, Meeting, Municipality, Paper
from townhall.invention.municipalities import invent_municipality

Declared = Mapping[str, Callable[[Any], Any] | None]

FULL = ("--full",)
ORDINARY: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A layout, version or interface beside the usual one. `ordinary`: see `Product`. `municipality`: another one than
    the product's, where the layout shows longer spans of time, and `settings` the lines of the register's entry."""

    name: str
    options: Mapping[str, Any]
    ordinary: Mapping[str, int] = field(default_factory=dict)
    municipality: Callable[[], Municipality] | None = None
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A fault of some kinds of pages ("meeting"; none: all), and how a visit ends that meets it."""

    fault: Fault
    kinds: tuple[str, ...]
    outcome: Outcome
    options: tuple[str, ...] = FULL

    def __str__(self) -> str:
        return "-".join((self.fault.name, *self.kinds, *(option.strip("-") for option in self.options)))


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """One system. `municipality` is served with things planted that nobody may find.

    `shown`: all that a server shows, exactly; `declared`: the fields in which it differs (see `content.differences`).
    `pages`: the kinds of its requests that bring pages; `never`: parts of addresses that are nobody's business;
    `secret_paths`: parts of addresses of what is not public. `ordinary`: at most so many requests of a kind has an
    ordinary visit where nothing changed. `under_way`: so many requests may be made before a gate stops them.
    `at_most`: so many a visit that meets what it cannot read.
    """

    system: System
    serve: Callable[..., Any]
    municipality: Callable[[], Municipality]
    shown: Callable[[Any], Content]
    pages: tuple[str, ...]
    never: tuple[str, ...]
    ordinary: Mapping[str, int]
    faults: tuple[Mapping[Fault, Mapping[str, Any]], ...]
    unreadable: tuple[Unreadable, ...]
    under_way: int
    at_most: int
    declared: Callable[[Any], Declared] = lambda server: {}
    settings: Callable[[Any], str] = lambda server: ""
    secret_paths: Callable[[Any], frozenset[str]] = lambda server: frozenset()
    unasked: tuple[str, ...] = ("other",)
    variants: tuple[Variant, ...] = ()
    paper_key: Callable[[Paper], str] = lambda paper: f"paper {paper.reference}"
    afterwards: Callable[[Any], None] | None = None
    """What else is looked at after the visits of a variant."""
    edited: tuple[Variant, ...] = (Variant("usual", {}),)
    """Where it is looked at how a visit sees what happened."""
    sees_all_in_ordinary_visits: bool = True
    replace_file: Callable[[Any, Document, str], Municipality] = lambda server, file, text: change_document(
        server.municipality, file.number, text
    )
    """The municipality of a server with another text in a paper's main document, in the way that is seen there."""
    recent_papers: Callable[[Municipality], list[Paper]] = lambda municipality: papers_of(
        municipality, municipality.meetings[-1]
    )
    """Papers of which an ordinary visit sees what happened to them."""
    unlisted_papers_stay: tuple[tuple[str, ...], ...] = (ORDINARY,)
    """The visits after which a paper that left its agenda is still held; none where papers have no pages."""
    agenda_comes: tuple[Variant, ...] = ()
    """Where a meeting is listed before its agenda is out."""

    def __str__(self) -> str:
        return self.system.value


def papers_of(municipality: Municipality, meeting: Meeting) -> list[Paper]:
    """The public papers that a meeting deals with."""
    papers = {paper.number: paper for paper in municipality.papers}
    return [papers[item.paper] for item in meeting.items if item.public and item.paper]


@cache
def municipality_of_today(papers: int = 24, meetings: int = 8) -> Municipality:
    """A small municipality that lives today, so that an ordinary visit sees what is coming."""
    return invent_municipality("Prüflingen", 11, papers=papers, meetings=meetings, today=dt.date.today())  # noqa: DTZ011


def since(municipality: Municipality, day: dt.date) -> Municipality:
    """The municipality without what is older: where each month is a request."""
    meetings = [meeting for meeting in municipality.meetings if meeting.start.date() >= day]
    numbers = {meeting.number for meeting in meetings}
    papers = [paper for paper in municipality.papers if all(step.meeting in numbers for step in paper.consultations)]
    held = {paper.number for paper in papers}
    cut = [replace(m, items=tuple(item for item in m.items if item.paper in held | {None})) for m in meetings]
    return replace(municipality, meetings=tuple(cut), papers=tuple(papers))


def moved_to_today(municipality: Municipality, with_papers: bool = False) -> Municipality:
    """The municipality with its newest meetings (and notices of papers) near today: ordinary visits look there."""
    by = dt.datetime.now(dt.UTC).date() - municipality.day
    meetings = tuple(
        replace(meeting, start=meeting.start + by, end=meeting.end + by) for meeting in municipality.meetings
    )
    papers = tuple(replace(paper, date=paper.date + by) if with_papers else paper for paper in municipality.papers)
    return replace(municipality, meetings=meetings, papers=papers, day=municipality.day + by)


def faults(pages: tuple[str, ...]) -> tuple[Mapping[Fault, Mapping[str, Any]], ...]:
    """The faults that come and go, those that touch each other's requests apart."""
    return (
        {Fault.ERROR: {"share": 0.05}},
        {Fault.HALF: {"share": 0.1, "kinds": pages}, Fault.ERROR_PAGE: {"share": 0.1, "kinds": pages}},
        {Fault.HTML_FOR_FILE: {"times": 2, "kinds": ("file",)}, Fault.ENCODING: {"kinds": pages}},
    )


def another_file(server: Any, file: Document, text: str) -> Municipality:
    """The paper gets another file: one that keeps its address is not asked for again at once."""
    municipality: Municipality = server.municipality
    paper = next(paper for paper in municipality.papers if paper.main == file)
    return change_paper(municipality, paper.number, main=replace(file, number=80_001, text=text))

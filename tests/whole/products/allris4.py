"""ALLRIS 4 in the shared suite, and what a system shows, exactly, by version."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from archive.run import Outcome
from council.system import System
from tests.simulation.faults import Fault, faults_of
from tests.simulation.planting import plant
from tests.whole.content import Content, Fields, content_of_municipality
from tests.whole.products.product import (
    ORDINARY,
    Product,
    Unreadable,
    Variant,
    another_file,
    faults,
    municipality_of_today,
    since,
)
from townhall.allris4.frame import Layout, paper_id
from townhall.allris4.pages import bundle_of
from townhall.allris4.server import SHOWN, Allris4Server
from townhall.invention.document import write_document
from townhall.invention.model import AgendaItem, Document, Meeting, Municipality, Paper


def content_shown(municipality: Municipality, layout: Layout) -> Content:
    """The municipality's content, as far as the version shows it."""
    whole = content_of_municipality(municipality)
    offices = {f"organization {committee.name}" for committee in municipality.committees if not committee.members}
    content = {key: fields for key, fields in whole.items() if key not in offices}
    meetings, papers = _shown(municipality, layout)
    for meeting in municipality.meetings:
        key = f"meeting {meeting.start:%Y-%m-%d %H:%M} {municipality.committees[meeting.committee - 1].name}"
        fields = content.pop(key)
        if meeting.number in meetings:
            key = key if meeting.invitation else f"meeting {meeting.start:%Y-%m-%d %H:%M} None"  # in no calendar
            content[key] = fields | _of_meeting(municipality, meeting)
    for paper in municipality.papers:
        held = content.pop(f"paper {paper.reference}", None)
        if held is not None and paper.number in papers:
            content[f"paper {paper.reference}"] = held | _of_paper(paper, layout)
    return content


def _shown(municipality: Municipality, layout: Layout) -> tuple[set[int], set[int]]:
    """The numbers of the meetings and papers that can be come to: by the calendar or the list, then by each other."""
    before, after = SHOWN
    first, last = municipality.day - before, municipality.day + after
    in_list = {
        meeting.number
        for meeting in municipality.meetings
        if first <= meeting.start.date() <= last and meeting.invitation
    }
    meetings = in_list if layout is Layout.LIST else {meeting.number for meeting in municipality.meetings}
    papers: set[int] = set()
    while True:
        items = [
            item
            for meeting in municipality.meetings
            if meeting.number in meetings and meeting.invitation
            for item in meeting.items
        ]
        named = {item.paper for item in items if item.public and item.paper}
        steps = [step for paper in municipality.papers if paper.number in named for step in paper.consultations]
        more = {step.meeting for step in steps if step.meeting}
        if named <= papers and more <= meetings:
            return meetings, papers
        papers |= named
        meetings = meetings | more


def _of_meeting(municipality: Municipality, meeting: Meeting) -> Fields:
    if meeting.invitation is None:
        nothing: Fields = {"agenda": [], "results": {}, "item papers": {}, "files": [], "file names": []}
        return nothing | {"item files": {}, "end": None}
    files = {item.label: _hashes(_on_item(municipality, item)) for item in meeting.items if item.public}
    end = f"{meeting.end:%H:%M}" if meeting.minutes else None
    return {"end": end, "item files": {label: held for label, held in files.items() if held}}


def _on_item(municipality: Municipality, item: AgendaItem) -> list[Document]:
    paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
    bundle = bundle_of(paper) if paper else None
    return [*([bundle] if bundle else []), *(document for document in item.documents if document.public)]


def _of_paper(paper: Paper, layout: Layout) -> Fields:
    bundle = bundle_of(paper)
    kept = paper.documents if layout is Layout.INLINE else (paper.main,) if paper.main else ()
    public = [document for document in kept if document.public]
    date = {"date": "None"} if layout is Layout.INLINE else {}
    return date | {
        "originator": None,
        "files": _hashes([*public, *([bundle] if bundle else [])]),
        "file names": sorted([document.name for document in public] + (["Sammeldokument"] if bundle else [])),
    }


def _hashes(documents: Iterable[Document]) -> list[str]:
    return sorted(hashlib.sha256(write_document(document)).hexdigest() for document in documents)


SINCE = dt.date(2025, 12, 1)
PAGES = ("calendar", "meeting", "paper", "organization")
_EARLIER = "    since: 2023-07-01\n"


@cache
def _municipality() -> Municipality:
    """Its last years alone: each month is two requests."""
    return plant(since(municipality_of_today(meetings=10), SINCE), 21)


@cache
def _whole_municipality() -> Municipality:
    return plant(municipality_of_today(meetings=10), 21)


def _secret_paths(server: Allris4Server) -> frozenset[str]:
    return frozenset(f"VOLFDNR={paper_id(paper.number)}" for paper in server.municipality.papers if not paper.public)


def _after_other_years_are_listed(visit: Any) -> None:
    """The list shows other years: held meetings stay."""
    faults_of(visit.server).switch_on(Fault.CLOCK)
    run = visit.crawl("--full")
    assert (run.outcome, [count.gone for count in run.counts.values() if count.gone]) == (Outcome.COMPLETE, [])
    assert visit.wrong() == []


ALLRIS4 = Product(
    system=System.ALLRIS4,
    serve=Allris4Server,
    municipality=_municipality,
    settings=lambda server: f"    since: {SINCE}\n",
    shown=lambda server: content_shown(server.municipality, server.layout),
    pages=PAGES,
    never=(
        "si019",
        "to020",
        "kp0",
        "tr0",
        "foto",
        "vo040",
        "/app",
        "attachment-link",
        "searchform",
        "pagelink",
        "at010",
    ),
    secret_paths=_secret_paths,
    ordinary={"calendar": 2 * 12, "organization": 0},
    variants=tuple(
        Variant(layout.name, {"layout": layout}, {"calendar": 12}, _whole_municipality, _EARLIER)
        for layout in (Layout.INLINE, Layout.LIST)
    ),
    afterwards=_after_other_years_are_listed,
    replace_file=another_file,
    faults=faults(PAGES),
    unreadable=(
        Unreadable(Fault.MARKUP, (), Outcome.INCOMPLETE),
        Unreadable(Fault.MARKUP, ("meeting",), Outcome.INCOMPLETE),
        Unreadable(Fault.MARKUP, ("paper",), Outcome.INCOMPLETE),
        Unreadable(Fault.LOGIN, (), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("meeting", "paper"), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.GATE, (), Outcome.BLOCKED),
        Unreadable(Fault.GATE, ("paper",), Outcome.BLOCKED, ORDINARY),
        Unreadable(Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ORDINARY),
        Unreadable(Fault.EXPIRED, ("calendar",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.ENDLESS, ("calendar",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.CLOCK, (), Outcome.COMPLETE, ORDINARY),
    ),
    under_way=2,
    at_most=400,
    sees_all_in_ordinary_visits=False,
)

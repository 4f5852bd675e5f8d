"""ALLRIS 3 in the shared suite, and what a system shows, exactly, by skin and with the export or without."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from archive.run import Outcome
from council.system import System
from tests.simulation.faults import Fault
from tests.simulation.planting import plant
from tests.whole.content import Content, Fields, content_of_municipality
from tests.whole.products.product import (
    ORDINARY,
    Product,
    Unreadable,
    Variant,
    faults,
    municipality_of_today,
    since,
)
from townhall.allris3.frame import Layout, paper_id
from townhall.allris3.lists import has_number
from townhall.allris3.pages import HEADING, MAIN, bundle_of, text_of
from townhall.allris3.server import Allris3Server
from townhall.invention.document import write_document
from townhall.invention.model import Document, Meeting, Municipality, Paper

NOTHING: Fields = {
    "agenda": [], "results": {}, "item papers": {}, "files": [], "file names": [], "item files": {},
}  # fmt: skip


def content_shown(server: Allris3Server) -> Content:
    """The municipality's content, as far as the system shows it."""
    municipality = server.municipality
    whole = content_of_municipality(municipality)
    offices = {f"organization {committee.name}" for committee in municipality.committees if not committee.members}
    content = {key: fields for key, fields in whole.items() if key not in offices}
    led_to = {step.meeting for paper in municipality.papers if paper.public for step in paper.consultations}
    for meeting in municipality.meetings:
        committee = municipality.committees[meeting.committee - 1].name
        key = f"meeting {meeting.start:%Y-%m-%d %H:%M} {committee}"
        fields = content.pop(key) | _of_meeting(meeting)
        is_found = meeting.invitation and (has_number(meeting) or server.export or meeting.number in led_to)
        if not is_found and not server.export:
            key = f"meeting {meeting.start:%Y-%m-%d %H:%M} None"  # the calendar names no body
        content[key] = fields if is_found else fields | NOTHING
    for paper in municipality.papers:
        if paper.public:
            content[f"paper {paper.reference}"] |= _of_paper(paper)
    return content


def _of_meeting(meeting: Meeting) -> Fields:
    has_end = meeting.minutes is not None or meeting.cancelled
    return {"end": f"{meeting.end:%H:%M}" if has_end else None}


def _of_paper(paper: Paper) -> Fields:
    """Attachments are named without bytes; the collected document holds them. The text in the page is a file where
    there is no other."""
    bundle, attached = bundle_of(paper), [attachment.name for attachment in paper.attachments if attachment.public]
    if paper.main is None:
        text = f"{HEADING}\n{text_of(paper)}\nSiehe dort vom 03.03.2020."
        hashed, names = [hashlib.sha256(text.encode()).hexdigest()], ["Text der Vorlage"]
    else:
        hashed, names = _hashes([paper.main]), [MAIN]
    if bundle:
        hashed, names = hashed + _hashes([bundle]), [*names, bundle.name]
    return {"files": sorted([*hashed, *["None"] * len(attached)]), "file names": sorted(names + attached)}


def _hashes(documents: Iterable[Document]) -> list[str]:
    return sorted(hashlib.sha256(write_document(document)).hexdigest() for document in documents)


SINCE = dt.date(2025, 7, 1)
PAGES = ("calendar", "meeting", "paper", "organization", "page")
_EARLIER = "    since: 2023-07-01\n"


@cache
def _municipality() -> Municipality:
    """Its last years alone: each month is a request."""
    return plant(since(municipality_of_today(meetings=10), SINCE), 21)


@cache
def _whole_municipality() -> Municipality:
    return plant(municipality_of_today(meetings=10), 21)


def _secret_paths(server: Allris3Server) -> frozenset[str]:
    return frozenset(f"VOLFDNR={paper_id(paper.number)}" for paper in server.municipality.papers if not paper.public)


def _after_the_other_calendar(visit: Any) -> None:
    """Numbers come or go, and no meeting twice."""
    visit.server.export = not visit.server.export
    assert visit.crawl("--full").outcome is Outcome.COMPLETE
    held = [key for key in visit.content() if key.startswith("meeting")]
    assert len(held) == len(visit.server.municipality.meetings)


ALLRIS3 = Product(
    system=System.ALLRIS3,
    serve=Allris3Server,
    municipality=_municipality,
    settings=lambda server: f"    since: {SINCE}\n",
    shown=content_shown,
    pages=PAGES,
    never=(
        "si019",
        "si016",
        "si017",
        "si018",
        "to020",
        "kp0",
        "yw0",
        "foto",
        "at010",
        "bb022",
        "vo021",
        "___tmp",
        "ical",
    ),
    secret_paths=_secret_paths,
    ordinary={"calendar": 11, "page": 2, "organization": 0},
    variants=(
        Variant("RESPONSIVE", {"layout": Layout.RESPONSIVE}, {"calendar": 11}, _whole_municipality, _EARLIER),
        Variant("OLD with the export", {"export": True}, {"calendar": 2}),
        Variant("RESPONSIVE with the export", {"layout": Layout.RESPONSIVE, "export": True}, {"calendar": 2}),
    ),
    afterwards=_after_the_other_calendar,
    replace_file=lambda server, file, text: server.municipality,  # the document that collects all keeps its address
    faults=faults(PAGES),
    unreadable=(
        Unreadable(Fault.MARKUP, (), Outcome.INCOMPLETE),
        Unreadable(Fault.MARKUP, ("meeting",), Outcome.INCOMPLETE),
        Unreadable(Fault.MARKUP, ("paper",), Outcome.INCOMPLETE),
        Unreadable(Fault.LOGIN, (), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("meeting", "paper"), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.LOGIN, ("organization",), Outcome.INCOMPLETE),
        Unreadable(Fault.ERROR_PAGE, ("calendar",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.GATE, (), Outcome.BLOCKED),
        Unreadable(Fault.GATE, ("paper",), Outcome.BLOCKED, ORDINARY),
        Unreadable(Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ORDINARY),
        Unreadable(Fault.FORBIDDEN, ("meeting",), Outcome.BLOCKED),
        Unreadable(Fault.ENDLESS, ("page",), Outcome.INCOMPLETE),
        Unreadable(Fault.CLOCK, (), Outcome.COMPLETE, ORDINARY),
    ),
    under_way=6,
    at_most=400,
    sees_all_in_ordinary_visits=False,
)

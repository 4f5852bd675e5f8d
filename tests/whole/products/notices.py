"""A municipality's website with notices in the shared suite, and what must be held of it, to the last field: papers by
their names, for they have no numbers, and the gazette."""

from __future__ import annotations

import hashlib
from functools import cache

from archive.run import Outcome
from council.system import System
from tests.simulation.edits import change_document
from tests.simulation.faults import Fault
from tests.simulation.planting import plant
from tests.whole.content import Content, Fields, content_of_municipality
from tests.whole.products.product import ORDINARY, Product, Unreadable, Variant, moved_to_today
from townhall.invention.document import write_document
from townhall.invention.model import Document, Meeting, Municipality
from townhall.invention.municipalities import invent_municipality
from townhall.notices.board import Issue, issues
from townhall.notices.server import Layout, NoticesServer, document_of

DECLARED = {"organization": None, "person": None}
"""Committees are named in titles only; people on pages that nobody asks for."""


def municipality_of_today(papers: int = 24, meetings: int = 8) -> Municipality:
    """Moved so that its newest meetings and notices are near today: ordinary visits look there."""
    return moved_to_today(invent_municipality("Prüflingen", 11, papers=papers, meetings=meetings), with_papers=True)


def content_shown(
    municipality: Municipality, layout: Layout = Layout.CARDS, gazette: Municipality | None = None
) -> Content:
    """All that the website shows in that design. A table has no row for a notice without a document.
    `gazette`: the municipality as it was when its gazette was printed."""
    content = content_of_municipality(municipality)
    for meeting in municipality.meetings:
        key = f"meeting {meeting.start:%Y-%m-%d %H:%M} {municipality.committees[meeting.committee - 1].name}"
        content[key] |= {"end": None, "results": {}, "item files": _item_files(municipality, meeting)}
    for paper in (paper for paper in municipality.papers if paper.public):
        fields = content.pop(f"paper {paper.reference}")
        if layout is Layout.CARDS or paper.documents:
            content[f"paper {paper.name}"] = fields | {"type": "Bekanntmachung", **_UNSAID}
    for issue in issues(gazette or municipality):
        content[f"paper {issue.number}/{issue.year}"] = _issue(issue, layout)
    return content


_UNSAID: Fields = {"office": None, "originator": None, "consultations": []}


def _item_files(municipality: Municipality, meeting: Meeting) -> dict[str, list[str]]:
    """A paper's documents hang on the items that deal with it."""
    papers = {paper.number: paper for paper in municipality.papers}
    files = {}
    for item in (item for item in meeting.items if item.public):
        documents = (papers[item.paper].documents if item.paper in papers else ()) + item.documents
        if documents:
            files[item.label] = sorted(_hash(document) for document in documents if document.public)
    return files


def _issue(issue: Issue, layout: Layout) -> Fields:
    name = issue.name if layout is Layout.CARDS else f"Ausgabe {issue.number} {issue.year}"
    file_name = issue.name if layout is Layout.CARDS else f"Ausgabe {issue.number}"
    files = {"files": [_hash(document_of(issue))], "file names": [file_name]}
    return {"name": name, "type": "Amtsblatt", "date": str(issue.published), **_UNSAID, **files}


def _hash(document: Document) -> str:
    return hashlib.sha256(write_document(document)).hexdigest()


PAGES = ("calendar", "meeting", "paper")


@cache
def _municipality() -> Municipality:
    return plant(municipality_of_today(), 100)


def _secret_paths(server: NoticesServer) -> frozenset[str]:
    return frozenset(address.removeprefix(server.base) for address in server.secret_addresses)


def _settings(server: NoticesServer) -> str:
    return "".join(f"    {line}\n" for line in server.register_lines)


def _replace_file(server: NoticesServer, file: Document, text: str) -> Municipality:
    """In the table a file keeps its address: it is asked for again after a month only."""
    return (
        change_document(server.municipality, file.number, text)
        if server.layout is Layout.CARDS
        else server.municipality
    )


NOTICES = Product(
    system=System.NOTICES,
    serve=NoticesServer,
    municipality=_municipality,
    settings=_settings,
    shown=lambda server: content_shown(
        server.municipality, server.layout, _municipality()
    ),  # the gazette is printed once
    declared=lambda server: DECLARED,
    pages=PAGES,
    never=("mitglieder", "personen", "foto", "anwesenheit", "suche", "impressum", "nichtoeffentlich", "vorbereitung"),
    secret_paths=_secret_paths,
    unasked=("other", "page", "secret"),
    ordinary={},
    variants=(Variant("TABLES", {"layout": Layout.TABLES}),),
    paper_key=lambda paper: f"paper {paper.name}",
    faults=(  # one by one: pages cut in half and error pages in one visit can cost a meeting a file
        {Fault.ERROR: {"share": 0.05}},
        {Fault.HALF: {"share": 0.1, "kinds": PAGES}},
        {Fault.ERROR_PAGE: {"share": 0.1, "kinds": PAGES}},
        {Fault.HTML_FOR_FILE: {"times": 2, "kinds": ("file",)}, Fault.ENCODING: {"kinds": PAGES}},
    ),
    unreadable=(
        Unreadable(Fault.MARKUP, (), Outcome.FAILED),
        Unreadable(Fault.MARKUP, ("meeting",), Outcome.INCOMPLETE),
        Unreadable(Fault.LOGIN, (), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("meeting", "paper"), Outcome.INCOMPLETE),
        Unreadable(Fault.LOGIN, ("meeting",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.ERROR_PAGE, ("paper",), Outcome.INCOMPLETE),
        Unreadable(Fault.HALF, PAGES, Outcome.FAILED),
        Unreadable(Fault.HALF, ("meeting",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.GATE, (), Outcome.BLOCKED),
        Unreadable(Fault.GATE, ("meeting",), Outcome.BLOCKED),
        Unreadable(Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ORDINARY),
        Unreadable(Fault.FORBIDDEN, ("paper",), Outcome.BLOCKED),
        Unreadable(Fault.ENDLESS, (), Outcome.INCOMPLETE),
        Unreadable(Fault.CLOCK, (), Outcome.COMPLETE),
    ),
    under_way=6,
    at_most=180,
    edited=(Variant("usual", {}), Variant("TABLES", {"layout": Layout.TABLES})),
    replace_file=_replace_file,
    unlisted_papers_stay=(),
    agenda_comes=(Variant("usual", {}),),
)

"""councilservice in the shared suite, and what must be held of a municipality it shows, to the last field: papers from
agendas only, their documents on every item that deals with them, files under the names they came with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

from archive.run import Outcome
from council.system import System
from tests.simulation.faults import Fault
from tests.simulation.planting import plant
from tests.whole.content import Content, content_of_municipality
from tests.whole.products.product import Product, Unreadable, Variant, moved_to_today
from townhall.councilservice.answers import CLOSING, Layout
from townhall.councilservice.server import CouncilserviceServer
from townhall.invention.document import SUFFIXES
from townhall.invention.model import AgendaItem, Document, Meeting, Municipality, Paper
from townhall.invention.municipalities import invent_municipality

DECLARED = {"organization": None, "person": None}
"""Groups are named in meetings only, and nobody asks for their members."""
_TYPES = {"BV": "Beschlussvorlage", "MV": "Mitteilungsvorlage", "AN": "Antrag", "AF": "Anfrage"}


def municipality_of_today(papers: int = 40, meetings: int = 14) -> Municipality:
    """Its meetings are moved so that the newest are near today: ordinary visits look there."""
    return moved_to_today(invent_municipality("Prüflingen", 11, papers=papers, meetings=meetings))


def in_plain_numbers(municipality: Municipality) -> Municipality:
    """The municipality with its papers numbered as Sonnewalde does: "BV 12/2026", other kinds "DS 13/2026"."""

    def number(paper: Paper) -> str:
        return f"{'BV' if paper.reference.startswith('BV') else 'DS'} {paper.number}/{paper.date.year}"

    return replace(municipality, papers=tuple(replace(paper, reference=number(paper)) for paper in municipality.papers))


def content_shown(municipality: Municipality, layout: Layout = Layout.HIDDEN) -> Content:
    """All that the system shows of the municipality in that layout."""
    where = f" ({municipality.name})" if layout is Layout.MARKED else ""
    committees = tuple(replace(committee, name=committee.name + where) for committee in municipality.committees)
    meetings = tuple(_meeting(municipality, meeting, layout) for meeting in municipality.meetings)
    papers = tuple(_paper(municipality, paper) for paper in municipality.papers if paper.public and paper.consultations)
    shown = replace(municipality, committees=committees, meetings=meetings, papers=papers)
    content = content_of_municipality(shown)
    for meeting in shown.meetings:
        key = f"meeting {meeting.start:%Y-%m-%d %H:%M} {committees[meeting.committee - 1].name}"
        held = [attachment for attachment in (meeting.invitation, meeting.minutes, *meeting.attachments) if attachment]
        content[key] |= {"end": None, "file names": _names(held)}
    for paper in papers:
        kind = paper.reference.replace("/", " ").split()[0]
        fields = {"type": _TYPES.get(kind), "date": "None", "file names": _names(paper.attachments)}
        content[f"paper {paper.reference}"] |= fields
    return content


def _meeting(municipality: Municipality, meeting: Meeting, layout: Layout) -> Meeting:
    items = [_item(municipality, item) for item in meeting.items if item.public]
    if layout is Layout.CLOSED and len(items) < len(meeting.items):
        items.append(AgendaItem(0, "", CLOSING))
    return replace(meeting, items=tuple(items), room=f"{meeting.room}, {meeting.street_address}")


def _item(municipality: Municipality, item: AgendaItem) -> AgendaItem:
    paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
    name = f"{item.name} ({paper.reference})" if paper else item.name
    return replace(item, name=name, result=None, documents=(paper.documents if paper else ()) + item.documents)


def _paper(municipality: Municipality, paper: Paper) -> Paper:
    """It is called as its newest item is, and has what hangs on all of them."""
    items = {item.number: _item(municipality, item) for meeting in municipality.meetings for item in meeting.items}
    starts = {meeting.number: meeting.start for meeting in municipality.meetings}
    way = sorted(paper.consultations, key=lambda step: starts[step.meeting or 0])
    hung = tuple(document for step in way for document in items[step.item or 0].documents)
    name = items[way[-1].item or 0].name
    return replace(paper, name=name, main=None, attachments=hung, office=None, originator=None)


def _names(documents: list[Document] | tuple[Document, ...]) -> list[str]:
    return sorted(
        f"{document.name.replace('/', '-')}.{SUFFIXES[document.format]}" for document in documents if document.public
    )


PAGES = ("page", "calendar", "meeting")
_ORDINARY = {"calendar": 1, "page": 1, "meeting": 6}


@cache
def _municipality() -> Municipality:
    return plant(municipality_of_today(papers=30, meetings=12), 21)


@cache
def _in_plain_numbers() -> Municipality:
    return plant(in_plain_numbers(municipality_of_today(papers=30, meetings=12)), 21)


def _secret_paths(server: CouncilserviceServer) -> frozenset[str]:
    return frozenset(address.removeprefix(server.tenant) for address in server.secret_addresses)


def _recent_papers(municipality: Municipality) -> list[Paper]:
    """Those with a document that only the newest meetings deal with."""
    newest = {meeting.number for meeting in municipality.meetings[-4:]}
    papers = [paper for paper in municipality.papers if paper.public and paper.main and paper.consultations]
    return [paper for paper in papers if {step.meeting for step in paper.consultations} <= newest]


COUNCILSERVICE = Product(
    system=System.COUNCILSERVICE,
    serve=partial(CouncilserviceServer, tenant="localhost"),
    municipality=_municipality,
    shown=lambda server: content_shown(server.municipality, server.layout),
    declared=lambda server: DECLARED,
    pages=PAGES,
    never=("group/", "/login", "/suche", "/fotos", "initialize.js", "900001", "900002"),
    secret_paths=_secret_paths,
    unasked=("other", "organization"),
    ordinary=_ORDINARY,
    variants=(
        Variant("MARKED", {"layout": Layout.MARKED}, _ORDINARY, _in_plain_numbers),
        Variant("PARTS", {"layout": Layout.PARTS}, _ORDINARY),
        Variant("CLOSED", {"layout": Layout.CLOSED}, _ORDINARY),
    ),
    faults=(
        {
            Fault.ERROR: {"share": 0.05},
            Fault.HALF: {"share": 0.2, "kinds": PAGES},
            Fault.ERROR_PAGE: {"share": 0.2, "kinds": PAGES},
            Fault.ENCODING: {"share": 0.3, "kinds": ("calendar", "meeting")},
            Fault.HTML_FOR_FILE: {"share": 0.05, "kinds": ("file",)},
        },
        {Fault.EXPIRED: {}},
    ),
    unreadable=(
        Unreadable(Fault.MARKUP, ("calendar",), Outcome.FAILED),
        Unreadable(Fault.MARKUP, ("meeting",), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("page",), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("calendar",), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("meeting",), Outcome.FAILED),
        Unreadable(Fault.ERROR_PAGE, ("meeting",), Outcome.FAILED),
        Unreadable(Fault.ENDLESS, ("calendar",), Outcome.INCOMPLETE),
        Unreadable(Fault.GATE, ("page",), Outcome.BLOCKED),
        Unreadable(Fault.GATE, ("meeting",), Outcome.BLOCKED),
        Unreadable(Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED),
    ),
    under_way=1,
    at_most=40,
    recent_papers=_recent_papers,
    unlisted_papers_stay=(),
)

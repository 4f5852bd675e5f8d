"""more!rubin in the shared suite, and what a system gives, by interface."""

from __future__ import annotations

from functools import cache

from archive.run import Outcome
from council.system import System
from tests.simulation.edits import change_document
from tests.simulation.faults import Fault
from tests.simulation.planting import plant
from tests.whole.content import Content, content_of_municipality
from tests.whole.products.declared import DECLARED
from tests.whole.products.product import ORDINARY, Declared, Product, Unreadable, Variant, faults, municipality_of_today
from townhall.invention.model import Document, Municipality
from townhall.morerubin.names import Layout
from townhall.morerubin.server import MoreRubinServer

PAGES = ("calendar", "meeting", "organization")
OPEN = "User-agent: *\nDisallow:\n"
"""The product's own robots.txt keeps the documents of its older interfaces from everybody."""
_LEFT_OUT: dict[Layout, Declared] = {
    Layout.API: {},
    Layout.SCRIPT: {"paper date": None, "paper type": None, "organization": None},  # its JSON names neither
    Layout.ATTRIBUTE: {"paper date": None, "paper type": None, "organization": None},
    Layout.TABLES: {
        "paper date": None,
        "paper type": None,
        "paper files": None,  # attachments are on pages of their own, which are not asked for
        "paper file names": None,
        "meeting results": None,  # in no column
        "organization": None,
    },
}


@cache
def _municipality() -> Municipality:
    return plant(municipality_of_today(), 21)


def _shown(server: MoreRubinServer) -> Content:
    """Older interfaces know a paper by its main document."""
    content = content_of_municipality(server.municipality)
    bare = {f"paper {paper.reference}" for paper in server.municipality.papers if not paper.main}
    return {key: fields for key, fields in content.items() if server.layout is Layout.API or key not in bare}


def _replace_file(server: MoreRubinServer, file: Document, text: str) -> Municipality:
    """The older interfaces say nothing by which it could be seen."""
    return (
        change_document(server.municipality, file.number, text) if server.layout is Layout.API else server.municipality
    )


MORERUBIN = Product(
    system=System.MORERUBIN,
    serve=MoreRubinServer,
    municipality=_municipality,
    shown=_shown,
    declared=lambda server: {**DECLARED[System.MORERUBIN], **_LEFT_OUT[server.layout]},
    pages=PAGES,
    never=("person", "foto", "image", "suche", "anwesenheit", "committee", "top_details", "anlagen", "/oparl"),
    ordinary={"calendar": 3, "meeting": 4},
    variants=tuple(
        Variant(layout.name, {"layout": layout, "robots": OPEN}, {"organization": 0})
        for layout in Layout
        if layout is not Layout.API
    ),
    faults=faults(PAGES),
    unreadable=(
        Unreadable(Fault.MARKUP, (), Outcome.FAILED),
        Unreadable(Fault.MARKUP, ("meeting",), Outcome.INCOMPLETE),
        Unreadable(Fault.LOGIN, (), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("meeting",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.ERROR_PAGE, ("meeting",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.GATE, (), Outcome.BLOCKED),
        Unreadable(Fault.GATE, ("meeting",), Outcome.BLOCKED),
        Unreadable(Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ORDINARY),
        Unreadable(Fault.FORBIDDEN, ("meeting",), Outcome.BLOCKED),
        Unreadable(Fault.ENDLESS, (), Outcome.COMPLETE),
        Unreadable(Fault.CLOCK, (), Outcome.COMPLETE),
    ),
    under_way=6,
    at_most=80,
    edited=(Variant("usual", {}), Variant("SCRIPT", {"layout": Layout.SCRIPT, "robots": OPEN})),
    replace_file=_replace_file,
    agenda_comes=(Variant("usual", {}),),
)

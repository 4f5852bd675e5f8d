"""SessionNet in the shared suite, and what a system gives, by layout."""

from __future__ import annotations

from functools import cache

from archive.run import Outcome
from council.system import System
from tests.simulation.faults import Fault
from tests.simulation.planting import plant
from tests.whole.content import content_of_municipality
from tests.whole.products.declared import DECLARED
from tests.whole.products.product import (
    FULL,
    ORDINARY,
    Declared,
    Product,
    Unreadable,
    Variant,
    another_file,
    faults,
    municipality_of_today,
)
from townhall.invention.model import Municipality
from townhall.sessionnet.frame import Layout
from townhall.sessionnet.server import SessionNetServer

PAGES = ("calendar", "meeting", "paper", "organization")


@cache
def _municipality() -> Municipality:
    """With a hundred things more that are not public, in the nastiest places."""
    return plant(municipality_of_today(), 100)


def _declared(server: SessionNetServer) -> Declared:
    """What a layout does not give beside what none gives."""
    usual = dict(DECLARED[System.SESSIONNET])
    if server.layout in (Layout.OLD, Layout.OLDER, Layout.JSON):  # there is no list of the newest documents
        usual["paper is there"] = lambda fields: bool(fields["consultations"])
    if server.layout is Layout.JSON:
        usual |= {
            "paper type": lambda _: None,  # papers are known from agendas alone
            "paper date": lambda _: "None",
            "paper office": lambda _: None,
            "paper files": None,  # a document hangs on an item: whether it is the paper's or a resolution is not said
            "paper file names": None,
            "person": None,  # not asked for: the address of members is not known
        }
    return usual


def _variants(*layouts: Layout) -> tuple[Variant, ...]:
    return tuple(Variant(layout.name, {"layout": layout}, {"organization": 0}) for layout in layouts)


SESSIONNET = Product(
    system=System.SESSIONNET,
    serve=SessionNetServer,
    municipality=_municipality,
    shown=lambda server: content_of_municipality(server.municipality),
    declared=_declared,
    pages=PAGES,
    never=("to0045", "to0050", "to0058", "pe0051", "kp0041", "kp0050", "suchen", "recherche", "ylogon", "yvcs", "foto"),
    ordinary={"calendar": 2, "meeting": 3, "organization": 0},
    variants=_variants(*(layout for layout in Layout if layout is not Layout.TABLE)),
    replace_file=another_file,
    faults=(*faults(PAGES), {Fault.EXPIRED: {}, Fault.LOGIN: {"share": 0.1}}),
    unreadable=(
        Unreadable(Fault.MARKUP, (), Outcome.INCOMPLETE),
        Unreadable(Fault.MARKUP, ("meeting",), Outcome.COMPLETE),  # badges and headings are enough
        Unreadable(Fault.MARKUP, ("paper",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.LOGIN, (), Outcome.FAILED),
        Unreadable(Fault.LOGIN, ("meeting",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.LOGIN, ("organization",), Outcome.INCOMPLETE),
        Unreadable(Fault.ERROR_PAGE, ("paper",), Outcome.INCOMPLETE, ORDINARY),
        Unreadable(Fault.GATE, (), Outcome.BLOCKED),
        Unreadable(Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ORDINARY),
        Unreadable(Fault.FORBIDDEN, ("paper",), Outcome.BLOCKED),
        Unreadable(Fault.EXPIRED, (), Outcome.FAILED, ORDINARY),
        Unreadable(Fault.EXPIRED, ("meeting",), Outcome.INCOMPLETE),
        Unreadable(Fault.ENDLESS, ("calendar",), Outcome.INCOMPLETE),
        Unreadable(Fault.CLOCK, (), Outcome.COMPLETE),
    ),
    under_way=2,
    at_most=260,
    edited=(Variant("usual", {}), *_variants(Layout.OLDER, Layout.JSON)),
    unlisted_papers_stay=(ORDINARY, FULL),
    agenda_comes=_variants(Layout.CARDS, Layout.OLDER, Layout.JSON),
)

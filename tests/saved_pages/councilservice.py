"""The saved answers of councilservice."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from council.system import System
from crawlers.councilservice.pages import read_page
from crawlers.parsing.errors import AccessDenied
from crawlers.parsing.page import Page
from tests.saved_pages.comparing import Declared
from tests.saved_pages.council_words import EMPTY, KINDS, NOT_PUBLIC, meetings, nothing_else, papers
from tests.saved_pages.factory import Result, SavedPages

SYSTEM = "https://stadt-muster.mein-intra.net/"
HUMAN_PAGE = "https://www.muster.example.test/ris.html"
_ASKED = "councilservice/session/fetch-overview/mine/0/by-docs/0?range=individual"
_PREFIXES = {"ris": "export"}


def _read(body: bytes, url: str) -> Page:
    return read_page(body, url, HUMAN_PAGE)


def _page_type(name: str) -> str:
    first = name.rpartition("/")[2].partition("-")[0].partition(".")[0]
    return _PREFIXES.get(first, first)


def _ours(result: Result) -> dict[str, Any]:
    found = {"meetings": meetings(result.records), "papers": papers(result.records)}
    for held in (*found["meetings"], *found["papers"]):
        for holder in (held, *held.get("agendaItems", ())):
            for document in holder["documents"]:
                document["url"] = unquote(str(document["url"]).partition("#")[2])
    incomplete = any("the list is incomplete" in gap.what for gap in result.page.warnings)
    return found | {"complete": not incomplete, "count": len(found["meetings"])}


def _theirs(wanted: dict[str, Any], asked: str) -> dict[str, Any]:
    """Addresses and ids that follow from what is in the answer."""
    address = f"{HUMAN_PAGE}?href=/councilservice/entry/view/"
    theirs = nothing_else(wanted, asked)
    return theirs | {"meetings": [one | {"url": f"{address}{one['nativeId']}"} for one in theirs["meetings"]]}


PAGES = SavedPages(
    system=System.COUNCILSERVICE,
    folders=("councilservice",),
    suffixes=frozenset({".json", ".html"}),
    read=_read,
    guess=lambda name: HUMAN_PAGE if name.endswith(".html") else f"{SYSTEM}{_ASKED}",
    ours=_ours,
    theirs=_theirs,
    page_type=_page_type,
    refused={"councilservice/_synthetic/error.synthetic.json": (AccessDenied, "Keine Berechtigung")},
    gaps={
        "councilservice/_synthetic/entry-hidden.synthetic.json": (
            "expected visibility 1 and display_contents 1, found 1 and 0: left out",
        ),
        "councilservice/_synthetic/overview-incomplete.synthetic.json": (
            "expected 5 entries, found 4: the list is incomplete",
        ),
    },
    without_records={
        "councilservice/_synthetic/entry-hidden.synthetic.json": "display_contents 0: nothing of it may be shown",
        "councilservice/sonnewalde/ris-page.html": "the page for people: says which system to ask",
    },
    never=("00000000-11111111", ".ics", "Amtsleiter"),
    notation=(KINDS,),
    declared=(
        Declared("meetings[].cancelled", "the system has no flag; ours is false unless the title says otherwise", bool),
        EMPTY,
        NOT_PUBLIC,
        Declared("meetings[].supersededBy", "no field of a meeting; found by committee and day"),
        Declared(
            "meetings[].organization papers[].consultations[].organization",
            "an entry names its groups by number only, staff among them; the overview has the names",
            pages="*/entry-*",
        ),
        Declared(
            "papers[] *agendaItems[].paper",
            "there is no id: the reference is the number, which one matter has in all its meetings",
            lambda paper: paper and paper | {"nativeId": paper["reference"]},
        ),
        Declared(
            "*.resolutionNumber *.addedInMeeting",
            "no fields of an agenda item",
        ),
        Declared("papers[].consultations[].agendaItemNumber", "ours names the item by its id"),
    ),
)

"""The saved answers of more!rubin."""

from __future__ import annotations

from typing import Any

from council.system import System
from crawlers.morerubin.pages import read_page
from crawlers.parsing.errors import UnexpectedResponse
from tests.saved_pages.comparing import Declared
from tests.saved_pages.council_words import EMPTY, KINDS, MIDNIGHT, NOT_PUBLIC, meetings, nothing_else, papers
from tests.saved_pages.factory import Result, SavedPages

_OLD_HOSTS = {"eibenstock": "ris.eibenstock.de", "landkreis-leipzig": "www.lk-l.info"}


def _guess(name: str) -> str:
    """Where the answer came from, as far as it tells: the host in its addresses."""
    town = name.split("/")[-2]
    host = _OLD_HOSTS.get(town)
    if host is None and not name.endswith(".html"):
        return f"https://{town}.gremien.info/api.php?id=any&action=get"
    page = "meeting.php?id=1" if name.endswith(".html") else "webservice-mobile/webservice.php?id=calendar&action=get"
    return f"https://{host or f'{town}.gremien.info'}/{page}"


def _ours(result: Result) -> dict[str, Any]:
    return {"meetings": meetings(result.records), "papers": papers(result.records)}


def _whole_document(address: str) -> str:
    for name in ("json=1", "platform=ris", "system=ris"):
        address = address.replace(f"&{name}", "")
    return address


PAGES = SavedPages(
    system=System.MORERUBIN,
    folders=("morerubin",),
    suffixes=frozenset({".json", ".html"}),
    left_out=("morerubin/_synthetic-oparl/*",),
    read=read_page,
    guess=_guess,
    ours=_ours,
    theirs=nothing_else,
    page_type=lambda name: name.rpartition("/")[2].partition("-")[0].partition(".")[0],
    refused={
        "morerubin/_shared/bodies-of-several-hosts.partial.json": (
            UnexpectedResponse,
            "a collection of several hosts' answers, itself none",
        ),
        "morerubin/_shared/spa-start.html": (
            UnexpectedResponse,
            "the empty frame that the newer interface answers to any unknown path",
        ),
    },
    never=("participants", "Vorsitzende/r"),
    notation=(KINDS,),
    declared=(
        Declared(
            "*documents[].url",
            "`json=1`, `platform`, `system` are cut off: with them the document comes packed (ris-systems E.1)",
            _whole_document,
        ),
        MIDNIGHT,
        NOT_PUBLIC,
        EMPTY,
        Declared("papers[].consultations[].agendaItemNumber", "ours names the item by its id"),
        Declared("meetings[].shownId", "what follows from it, the address to ask, is compared (test_morerubin)"),
        Declared("meetings[].bodyNativeId", "no field of a meeting; the bodies have an answer of their own"),
        Declared(
            "meetings[].agendaItems[].role",
            "stands on the paper's consultation; of an item without paper we keep none",
        ),
        Declared("papersNotPublic", "what is not public is left out"),
    ),
)

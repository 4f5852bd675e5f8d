"""The saved pages of ALLRIS 4."""

from __future__ import annotations

import re
from typing import Any

from council.model import Meeting, Paper
from council.system import System
from crawlers.allris4.pages import read_page
from crawlers.parsing.page import Page
from tests.saved_pages import allris_words
from tests.saved_pages.allris_words import number
from tests.saved_pages.comparing import CUT, Declared
from tests.saved_pages.factory import Result, SavedPages

SHORT_LIVED = "attachment links that answer in one session only: left out, their names and bytes cannot be asked for"
_PARAMETERS = {"to010": "SILFDNR", "vo020": "VOLFDNR", "to020": "TOLFDNR", "gr020": "GRLFDNR"}


def _guess(name: str) -> str:
    program, _, number = name.rpartition("/")[2].partition(".")[0].partition("-")
    query = f"?{_PARAMETERS[program]}={number}" if program in _PARAMETERS else ""
    return f"https://{name.split('/')[-2]}.example/public/{program}{query}"


def _ours(result: Result) -> dict[str, Any]:
    (record,) = result.records
    said = any(gap.what == SHORT_LIVED for gap in result.page.warnings)
    ours: dict[str, Any] = {"page": result.page.page, "attachments": said}
    if isinstance(record, Meeting) and result.wanted["kind"] == "agendaItem":
        return ours | _item(record, result.page)
    if isinstance(record, Meeting):
        kind = "" if not record.organization else f"GRLFDNR={record.organization[0].native_id}"
        return ours | allris_words.meeting(record) | {"kind": "meeting", "organizationId": kind}
    return ours | allris_words.paper(record) | {"kind": "paper"} if isinstance(record, Paper) else ours


def _item(record: Meeting, page: Page) -> dict[str, Any]:
    """An item's own page: its meeting, its paper, and the vote in the words of the decision."""
    (item,), shown = record.agenda, allris_words.meeting(record)
    paper = {"volfdnr": number(item.paper), "reference": item.reference, "name": item.name}
    votes = _VOTE.search(" ".join((item.resolution_text or "").split()))
    return allris_words.agenda_item(item) | {
        "kind": "agendaItem",
        "meeting": {key: shown[key] for key in ("silfdnr", "name", "organization", "start")},
        "paper": paper,
        "vote": {key: int(said) for key, said in votes.groupdict().items()} if votes else None,
        "attachments": any(gap.what == SHORT_LIVED for gap in page.warnings),
        "url": f"{page.follow[0].partition('to010')[0]}to020?TOLFDNR={item.native_id}&refresh=false",
    }


_VOTE = re.compile(r"Dafür: (?P<yes>\d+) Dagegen: (?P<no>\d+) Enthaltungen: (?P<abstentions>\d+)$")

PAGES = SavedPages(
    system=System.ALLRIS4,
    folders=("allris4",),
    suffixes=frozenset({".html", ".xml"}),
    read=read_page,
    guess=_guess,
    ours=_ours,
    theirs=allris_words.whole,
    page_type=lambda name: next((one for one in name.rpartition("/")[2].split("-") if one[-3:].isdecimal()), None),
    addresses={
        "allris4/trier-calendar/trier-si010-2026-10.partial.xml": (
            "https://gremieninfo.trier.de/public/si010?0-1.0-&MM=10&YY=2026"
        ),
    },
    gaps={
        "allris4/laatzen/vo020-1000238.html": (SHORT_LIVED,),
        "allris4/taunusstein/to020-1026743.html": (SHORT_LIVED,),
        "allris4/trier-calendar/trier-si010-2026-10.partial.xml": (
            # rows were cut out before it, so that a Wednesday's second meeting stands below a Thursday
            "2026-10-08 is no wed: the meeting's day is left unknown",
            "the meeting's day is not known",
        ),
    },
    never=("sectoken", "jsessionid", "attachment-link", "?0-", "si019", "kp0", "tr010", "refresh=true"),
    notation=(
        Declared("attachments", "their addresses answer in one session only: said once in not_understood", bool),
    ),
    declared=(
        Declared(
            "documents[]",
            "complete minutes beside a public and a non-public version hold both parts: withheld (NOTES-other)",
            lambda document: CUT if document["name"] == "Niederschrift gesamt" else document,
            pages="*/taunusstein/to010*",
        ),
        Declared("documentsQuestionable", "what must not be fetched; compared as not among the documents"),
        Declared("paper.paperType", "the paper's own page says it", pages="*/to020*"),
        Declared(
            "url",
            "ours has refresh=false: without it some servers redirect to their log-in (ris-systems C.3)",
            lambda url: f"{url.partition('&')[0]}&refresh=false",
        ),
        Declared("title", "the page's heading is committee and day, both of which are compared"),
        allris_words.NO_FIELDS,
        Declared("state", "the state of work is no field of a paper", pages="*/vo*"),
        Declared("headings", "used as evidence, and not kept"),
        Declared(
            "agenda[].role agenda[].attachments",
            "no fields of an item; the role stands on the paper's consultation",
        ),
        allris_words.PEOPLE,
        Declared("participatingOffices", "no field of a paper"),
        allris_words.STEPS,
        Declared("textBlocks", "the texts are in the documents, too"),
    ),
)

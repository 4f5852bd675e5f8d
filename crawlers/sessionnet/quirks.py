"""What single SessionNet servers do differently, each known by what it looks like, never by a host's name.

A municipality with a month: it stands on a page of that municipality, saved then. "ris-systems": never seen as a page,
other projects' code says so.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from bs4 import Tag

from crawlers.parsing.clocks import read_stamp
from crawlers.parsing.html import attribute
from crawlers.sessionnet.labels import shown
from crawlers.sessionnet.urls import MEETING_PAGES, linked, number

LOST_LETTER = re.compile("(?:\ufffd|&#65533;|&#xfffd;|\u00c3(?:\u00b6|\u0096|\u2013))ffentlich", re.IGNORECASE)
"""The word on which visibility hangs, where its first letter was lost or encoded twice."""

# --- layouts 3 and 4, 2008 to 2016 ----------------------------------------------------------------------------------


def is_head(table: Tag) -> bool:
    """Whether a table is a meeting's head: layouts 3 and 4 give it the class of an agenda's (ris-systems B.5)."""
    return "smctablevorgang" in table.get_attribute_list("class") or attribute(table, "id") == "smctablevorgang"


def posted_document(form: Tag) -> str | None:
    """A POST button of layouts 3 and 4: the hidden field DT is the document's number (ris-systems B.3)."""
    for hidden in form.select("input[name]"):
        if (attribute(hidden, "name") or "").lower().lstrip("_") in {"dt", "doid", "docid"}:
            return number(f"?dt={attribute(hidden, 'value') or ''}", "dt")
    return None


def committee_cell(row: Tag, url: str) -> Tag | None:
    """The committee of a paper's consultation: in layouts 3 and 4 the cells have no names, and it is that of the link
    to it, or to its meeting (ris-systems B.5)."""
    for link in row.select("a[href]"):
        is_one = linked(link, url, "kgrnr", "kp0040", "gr0054") or linked(link, url, "ksinr", *MEETING_PAGES)
        if is_one and re.search(r"[A-Za-zÄÖÜäöü]{4}", shown(link) or ""):
            return link
    return None


# --- what stands beside a number, a title or a heading --------------------------------------------------------------

_LATE: Final = re.compile(
    r"\s*\(?\bNachtrag\b(?:\s*\d{1,2}(?!\d|\.))?\s*:?\s*(?:vom\s*)?(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4})?\)?\s*\*?"
)
_STAR: Final = re.compile(r"^\s*\*\s*|\s*\*\s*$")
_BEGIN: Final = re.compile(r"(?:beginn|ab|um)[\s:]*(\d{1,2}(?:[:.]\d{2}(?:\s?(?:Uhr|h)\b)?|\s?Uhr\b))", re.IGNORECASE)
_SORTED: Final = re.compile(r"^\d{1,3}_\s*")


def without_late_mark(text: str) -> str:
    """A number or title without "Nachtrag: 01.09.2026 *" at its begin or end (Halle 5.3.3, September 2026)."""
    found = _LATE.search(text)
    if not found or not found[0].strip() or not (":" in found[0] or "*" in found[0] or re.search(r"\d", found[0])):
        return text
    is_start, is_end = not text[: found.start()].strip(" *"), not text[found.end() :].strip(" *")
    if not (is_start or is_end):
        return text
    return without_star(text[: found.start()] + " " + text[found.end() :]).strip()


def without_star(text: str) -> str:
    """A number or title without the star that marks what was added later (Halle 5.3.3, September 2026)."""
    return _STAR.sub("", text)


def begin_in_heading(words: str) -> str | None:
    """The time in "Öffentlicher Teil: Beginn 17:00 Uhr" (Halle 5.3.3, September 2026)."""
    found = _BEGIN.search(words)
    return found[1] if found else None


def without_sort_number(kind: str | None) -> str | None:
    """A kind of paper without the number that only sorts it, on some sites: "02_Beschlussvorlage" (ris-systems B.4)."""
    return (_SORTED.sub("", kind) or None) if kind else None


# --- numbers in other places ----------------------------------------------------------------------------------------

_SCRIPT_ID: Final = re.compile(r"smctonr=(\d{1,15})|smcdataview(\d{1,15})ajax|__ktonr=(\d{1,15})")


def committee_of_meetings(row: Tag, url: str) -> str | None:
    """The number of a committee without a page of its own: in the link to its meetings, `si0046?__ksigrnr=` (Eschweiler
    5.5.5, July 2026)."""
    pages = ("si0046", "si0041", "si0042")
    for link in row.select("a[href]"):
        if native := linked(link, url, "ksigrnr", *pages) or linked(link, url, "kgsgrnr", *pages):
            return native
    return None


def item_in_script(node: Tag) -> str | None:
    """The number of an agenda item in the script that loads its texts, the only place of it on si0056 (Sulzberg 5.5.0,
    October 2026)."""
    for inner in (node, *node.select("[onclick], [id^=smcdataview]")):
        script = _SCRIPT_ID.search(f"{attribute(inner, 'onclick') or ''} {attribute(inner, 'id') or ''}")
        if script:
            return next(group for group in script.groups() if group)
    return None


# --- SessionNet 6 ---------------------------------------------------------------------------------------------------


def instant(words: str | None) -> dt.datetime | None:
    """SessionNet 6: `beginn` and `ende` are UTC with a Z, other times local (Sangerhausen, September 2026)."""
    stamp = read_stamp(words)
    return stamp.moment if stamp else None

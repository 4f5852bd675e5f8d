"""Reads one answer of ALLRIS 4: says by the page itself which it is, and what stands on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NoReturn
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from council.model import Record, Tombstone
from crawlers.allris4.calendar import CALENDAR, loaded_later, read_calendar, read_export
from crawlers.allris4.calendar import COLUMNS as MEETINGS
from crawlers.allris4.meeting import labels_of, read_item, read_meeting
from crawlers.allris4.organization import read_committee, read_committees, read_person
from crawlers.allris4.paper import PAPERS, read_paper, read_papers
from crawlers.allris4.urls import (
    ajax_components,
    ajax_redirect,
    folder,
    is_ajax_answer,
    is_no_access,
    is_whole_answer,
    page_name,
)
from crawlers.parsing import access
from crawlers.parsing.access import refuse_cut_off
from crawlers.parsing.columns import Column
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.html import apply_base, attribute, decoded, parsed, text
from crawlers.parsing.icalendar import is_icalendar
from crawlers.parsing.page import Page
from crawlers.parsing.provider import provider
from crawlers.parsing.silence import refuse_silent, says_empty
from crawlers.parsing.tables import fields_of_header

_CLAIMS: Final = (
    re.compile(r"setAttribute\('class', '([a-z]{2}\d{3})\b"),
    re.compile(r'Wicket\.Ajax\.baseUrl="(?:[^"?]*/)?([a-z]{2}\d{3})\b'),
    re.compile(r'action="[^"?]*?([a-z]{2}\d{3})\?\d+-[\d.]*-head-searchform'),
)
"""How a page calls itself: the class it gives its frame, its base for Ajax, the address of its own search form."""

_OTHER: Final = re.compile(
    r"ALLRIS net Version 3|allris\.net\.asp|href=\"[^\"]*[a-z]{2}\d{3}(?:_\w)?\.asp", re.IGNORECASE
)
_SENT_ELSEWHERE: Final = ("sent elsewhere", DenialKind.SESSION_EXPIRED)
_PRIVATE: Final = frozenset({"si019", "kp040", "tr010", "tr020", "at010"})

Found = Sequence[Record | Tombstone]


def read_page(body: bytes, url: str) -> Page:
    """Read one answer. `url` is where it came from, after redirects. Raises UnexpectedResponse when it is none of this
    system's, AccessDenied when it is an error, a log-in or a challenge; what is wrong inside is in `Page.warnings`."""
    diagnostics = Diagnostics(url)
    markup = decoded(body)
    if is_icalendar(markup):
        name, records = "ics", tuple[Record | Tombstone, ...](read_export(markup, diagnostics))
    else:
        name, records = _read_markup(body, markup, diagnostics)
    found = Page(page=name, records=records, follow=tuple(diagnostics.links), warnings=tuple(diagnostics.warnings))
    return refuse_silent(found, url, _LISTS, lambda: _is_empty_list(name, parsed(body, url)))


def _is_empty_list(name: str, page: BeautifulSoup) -> bool:
    """Whether a list proves that it is empty: by its words, its column heads, its calendar; or that its papers are all
    withheld."""
    tables = page.select("table")
    heads = any(_has_heads(name, table) for table in tables)
    return says_empty(_main_text(page)) or heads or (name in {"si010", "vo040"} and _is_marked(page, _MARKS[name]))


def _read_markup(body: bytes, markup: str, diagnostics: Diagnostics) -> tuple[str, tuple[Record | Tombstone, ...]]:
    page, inner = _tree(body, markup, diagnostics)
    if is_no_access(diagnostics.url):
        raise no_access(diagnostics.url, "sent to noauth")
    refuse_denied(page, inner, diagnostics.url)
    if _OTHER.search(markup[:50_000]) and not _says_four(page, inner):
        raise UnexpectedResponse(diagnostics.url, EXPECTED, "a page of ALLRIS 3", "Read it as system allris3")
    name = _name(page, inner, diagnostics)
    if name is None:
        refuse(page, inner, diagnostics.url)
    refuse_cut_off(markup, diagnostics.url)
    _move_to_base(page, diagnostics)
    return name, tuple(_read(name, page, inner, diagnostics))


def _move_to_base(page: BeautifulSoup, diagnostics: Diagnostics) -> None:
    """Where the page names a base, its addresses are meant from there, and its neighbours lie there. A base of another
    provider makes relative addresses that one's, which are not followed."""
    base = apply_base(page, diagnostics.url)
    if base is None:
        return
    own, meant = urlsplit(diagnostics.url), urlsplit(base)
    if provider(own.hostname or "") != provider(meant.hostname or ""):
        diagnostics.add("base", "relative addresses lead to another host: left out")
        return
    there = urlsplit(folder(base))
    diagnostics.url = there._replace(path=there.path + own.path.rpartition("/")[2], query=own.query).geturl()


def _tree(body: bytes, markup: str, diagnostics: Diagnostics) -> tuple[BeautifulSoup, str]:
    """The page as a tree, of an Ajax answer the pieces that it holds."""
    if not is_ajax_answer(markup):
        return parsed(body, diagnostics.url), markup
    target = ajax_redirect(markup)
    if target is not None:
        what, kind = ("sent to noauth", DenialKind.FORBIDDEN) if is_no_access(target) else _SENT_ELSEWHERE
        raise AccessDenied(diagnostics.url, "a piece of a page", what, "Open the page anew", kind)
    pieces = ajax_components(markup)
    if pieces is None or not is_whole_answer(markup):
        raise UnexpectedResponse(
            diagnostics.url, "an Ajax answer up to its end", "one that is cut off", "Ask again later"
        )
    return parsed(pieces.encode(), diagnostics.url, "utf-8"), pieces


def _says_four(page: BeautifulSoup, markup: str) -> bool:
    """By its own description, else by Wicket, on which no earlier version was built."""
    written = attribute(page.select_one('meta[name=description][content*="ALLRIS net Version"]'), "content")
    return "Version 3" not in written if written else "wicket" in markup.lower()


def _name(page: BeautifulSoup, markup: str, diagnostics: Diagnostics) -> str | None:
    """Which page it is: what it calls itself, then the address, wherever its marks agree; else by its marks alone."""
    claims = [found[1] for pattern in _CLAIMS if (found := pattern.search(markup))]
    asked = page_name(diagnostics.url)
    for name in (*claims, *([asked] if asked else [])):
        if name in _PRIVATE and (claims or is_of_the_system(markup)):
            raise UnexpectedResponse(
                diagnostics.url, "a page with council records", f"{name}: no page of records", "Do not ask for it"
            )
        if name in _MARKS and _has_marks(name, page, markup, diagnostics.url):
            return name
    if claims and claims[0] not in _MARKS:
        return None
    return next((name for name, sure in _BY_MARKS_ALONE.items() if _is_marked(page, (sure,))), None)


def _is_marked(page: BeautifulSoup, selectors: tuple[str, ...]) -> bool:
    """Whether one of these elements is there, and not empty."""
    return any(text(node) for selector in selectors for node in page.select(selector))


def _has_marks(name: str, page: BeautifulSoup, markup: str, url: str) -> bool:
    if _is_marked(page, _MARKS[name]):
        return True
    labels = labels_of(page)
    if any(labels.has(*group) for group in _LABELS.get(name, ())):
        return True
    if name in _LISTS and is_of_the_system(markup) and says_empty(_main_text(page)):
        return True
    if any(_has_heads(name, table) for table in page.select("table")):
        return True
    return name in _LISTS and loaded_later(name, markup, Diagnostics(url))


def _has_heads(name: str, table: Tag) -> bool:
    """Whether a table has the column heads by which an empty list is known."""
    columns, fields = _COLUMNS.get(name, (MEETINGS, None))
    return fields is not None and fields <= fields_of_header(table, columns)


def _main_text(page: BeautifulSoup) -> str:
    return text(page.select_one("#readOut, #pageContent, main") or page) or ""


_MARKS: Final[dict[str, tuple[str, ...]]] = {
    "vo020": ("#vobetreff", "#voart", "#vostatus", "#bfTable"),
    "to020": ("#toBeschlussart", "#tobeschlussart", "#toname", "#tobetreff", "#totext", "#sigremium", "#sidatum"),
    "to010": ("#sibetreff", "#sidatum", "#sigremium", "#toTreeTable", "#toTable"),
    "si010": (CALENDAR,),
    "si018": ("table a[href*='to010'], a[id^=si_]",),
    "vo040": ("table a[href*='vo020']",),
    "gr020": ("#grname", "#grbezeichnung", "table a[href*='kp020']"),
    "gr010": ("main a[href*=GRLFDNR], table a[href*=GRLFDNR], ul a[href*=GRLFDNR]",),
    "kp020": ("#kpname", "table a[href*='gr020']"),
}
"""The positive marks of each page: without one of them it is not that page."""

_LISTS: Final = frozenset({"si010", "si018", "gr010", "vo040"})
_COLUMNS: Final = {
    "si018": (MEETINGS, {Column.DATE, Column.NAME}),
    "vo040": (PAPERS, {Column.REFERENCE, Column.NAME}),
}
"""The columns by which an empty list is known as one."""

_LABELS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "vo020": (
        ("betreff", "vorlageart"),
        ("betreff", "vorlagenart"),
        ("betreff", "federführend"),
        ("betreff", "drucksachenart"),
    ),
    "to010": (("gremium", "datum", "uhrzeit"), ("gremium", "datum", "raum"), ("betreff", "datum", "raum")),
    "to020": (("betreff", "beschlussart"), ("top", "betreff"), ("top", "sitzung")),
    "gr020": (("gremium", "kurzname"),),
}
"""The labels that are marks as well, where a version gives the values no ids."""

_BY_MARKS_ALONE: Final[dict[str, str]] = {
    "to020": "#toBeschlussart, #tobeschlussart, #toname",
    "vo020": "#vobetreff, #voart, #bfTable",
    "to010": "#sibetreff, #sidatum, #toTreeTable",
    "si010": CALENDAR,
}
"""Pages known by these marks even where address and claim are lost, the most telling first."""


def _read(name: str, page: BeautifulSoup, markup: str, diagnostics: Diagnostics) -> Found:
    match name:
        case "to010":
            return read_meeting(page, diagnostics)
        case "to020":
            return read_item(page, diagnostics)
        case "vo020":
            return read_paper(page, diagnostics)
        case "si010" | "si018" | "gr010" | "vo040" if not _is_marked(page, _MARKS[name]):
            loaded_later(name, markup, diagnostics)
            return []
        case "si010" | "si018":
            return read_calendar(page, _lists(page, CALENDAR), diagnostics)
        case "vo040":
            return read_papers(_lists(page, "table.dataTable"), diagnostics)
        case "gr010":
            return read_committees(page, diagnostics)
        case "gr020":
            return read_committee(page, diagnostics)
        case _:
            return read_person(page, diagnostics)


def _lists(page: BeautifulSoup, selector: str) -> list[Tag]:
    """The tables of a list: those named so, else every outermost one with a known column."""
    named = page.select(selector)
    every = [table for table in page.select("table") if table.find_parent("table") is None]
    return named or [table for table in every if table.select_one("th") is not None] or every


EXPECTED: Final = "a page of ALLRIS 4"
_PHRASES: Final = (Phrase(DenialKind.FORBIDDEN, None, (r"keine information(?:en)? verfügbar",)),)
_ALLRIS: Final = re.compile(r"ALLRIS|org\.apache\.wicket|wicket-ajax|Wicket\.|sectoken", re.IGNORECASE)
_LONGEST_MESSAGE: Final = 500


def is_of_the_system(markup: str) -> bool:
    """Whether anything on the page is of this system, be it an error of its own."""
    return bool(_ALLRIS.search(markup))


def refuse_denied(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises where the page's own message says that its object is not for the public: ALLRIS answers so, with status
    200 and the full frame, for non-public meetings and documents (ris-systems C.3; Laatzen, September 2026)."""
    if not is_of_the_system(markup):
        return
    messages = [text(node) or "" for node in page.select("[role=alert], .feedbackPanel, .noauth, #noauth")]
    headings = [text(node) or "" for node in page.select("h1, h2, main > p, #pageContent > p, #readOut > p")]
    found = [access.denial_in(written, _PHRASES) for written in messages if len(written) < _LONGEST_MESSAGE]
    found += [access.denial_filling(written, _PHRASES) for written in headings if len(written) < _LONGEST_MESSAGE]
    denial = next((denial for denial in found if denial and denial.kind is DenialKind.FORBIDDEN), None)
    if denial:
        raise access.denied(denial, url, EXPECTED)


def no_access(url: str, why: str) -> AccessDenied:
    """What is raised where the source does not show its object to the public."""
    return access.denied(access.Denial(DenialKind.FORBIDDEN, why), url, EXPECTED)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    access.refuse(page, markup, url, EXPECTED, _PHRASES)

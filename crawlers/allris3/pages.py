"""Reads one answer of ALLRIS 3: says by the page itself which it is, and what stands on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NoReturn

from bs4 import BeautifulSoup, Tag

from council.model import Record, Tombstone
from crawlers.allris3 import quirks
from crawlers.allris3.calendar import COLUMNS as MEETINGS
from crawlers.allris3.calendar import calendar_tables, read_calendar
from crawlers.allris3.export import is_export, read_export, read_ics
from crawlers.allris3.files import TextBlock, is_cut_off, read_marked, split
from crawlers.allris3.meeting import agenda_tables, labels_of, read_item, read_meeting
from crawlers.allris3.organization import read_bodies, read_body, read_person
from crawlers.allris3.paper import COLUMNS as PAPERS
from crawlers.allris3.paper import consultation_tables, read_paper, read_papers
from crawlers.allris3.urls import (
    CALENDARS,
    COMMITTEES,
    Diagnostics,
    calendar_of_body,
    committee_of,
    links_in,
    program_of,
)
from crawlers.parsing import access
from crawlers.parsing.access import refuse_cut_off
from crawlers.parsing.calendar_days import says_day
from crawlers.parsing.columns import Column
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.html import base_address, decoded, parsed, text
from crawlers.parsing.icalendar import is_icalendar
from crawlers.parsing.labels import SPELLINGS, Label
from crawlers.parsing.page import Page
from crawlers.parsing.silence import refuse_silent, says_empty
from crawlers.parsing.tables import fields_of_header

_FRAMES: Final = (
    "#allriscontainer",
    "#allris",
    ".allriscontent",
    "#allrisContent",
    "#rismain_raw",
    "#rismain",
    "#bomain",
)
"""The part of the page that is the system's; around it a website's own navigation links bodies under other names."""

_MENUS: Final = "#risleft, #rismenu, #risvari, #risfoot, #rishead, ul#menu, nav, #header, #navigation"
_CLASS: Final = re.compile(r"[a-z]{2}\d{3}|allris")
_TITLES: Final = (
    (re.compile(r"tagesordnung\b"), "to010"),
    (re.compile(r"(?:auszug|niederschriftsauszug|tagesordnungspunkt)\b"), "to020"),
    (re.compile(r"(?:vorlagenübersicht|drucksachenübersicht|vorlagen|drucksachen)$"), "vo040"),
    (re.compile(r"(?:vorlage|drucksache|antrag|anfrage)\s+-"), "vo020"),
    (re.compile(r"(?:sitzungs)?kalender$"), "si010"),
    (re.compile(r"sitzungsübersicht|sitzungen$"), "si018"),
)
_ALLRIS: Final = re.compile(
    r"ALLRIS|(?:href|action)=[\"']?[^\"'\s>]*\b[a-z]{2}\d{3}(?:_\w{1,3})?\.(?:aspx?|php)", re.IGNORECASE
)
_SAYS_SO: Final = re.compile(r"ALLRIS net|ALLRIS\.ico|allrisnet\.js|id=[\"']allris", re.IGNORECASE)
_FOUR: Final = re.compile(r"ALLRIS net Version 4|org\.apache\.wicket|Wicket\.Ajax", re.IGNORECASE)
_PRIVATE: Final = frozenset({"si019", "to045"})
"""Attendance: never asked for, never read."""

_LISTS: Final = frozenset({"vo040", "pa000", "pa010", "pa020", "au000", "au010", "fr000", "fr010", "gr000", "gr010"})
"""Lists beside the calendars."""

_SILENT: Final = frozenset(
    {
        "yw010", "yw020", "yw040", "kp040", "kp041", "at010", "at020", "do011", "do012", "si016", "si017",
        "vo021", "bb022", "ka040",
    }
)  # fmt: skip
"""Search forms, lists of persons and offices, texts of minutes: known pages without records of ours."""

_IN_MENU: Final = frozenset({"si010", "pa000", "pa020", "pa021", "au010", "fr010", "vo040"})
"""Lists to which the menu of the start page (allris.net.asp) leads, the released calendar program among them."""

Found = Sequence[Record | Tombstone]


def read_page(body: bytes, url: str) -> Page:
    """Read one answer. `url` is where it came from, after redirects. Raises UnexpectedResponse when it is none of this
    system's, AccessDenied when it is an error, a log-in or a challenge; what is wrong inside is in `Page.warnings`."""
    diagnostics = Diagnostics(url, base=url)
    markup = decoded(body)
    if is_icalendar(markup):
        name, records = "ics", tuple[Record | Tombstone, ...](read_ics(markup, diagnostics))
    elif is_export(markup):
        name, meetings = read_export(markup, diagnostics)
        records = tuple(meetings)
    else:
        name, records = _read_markup(markup, diagnostics)
    found = Page(page=name, records=records, follow=tuple(diagnostics.links), warnings=tuple(diagnostics.warnings))
    kind = name.partition("_")[0]
    lists = {name} if kind in CALENDARS | _LISTS else set[str]()
    return refuse_silent(found, url, lists, lambda: _is_empty_list(kind, markup, url))


def _is_empty_list(kind: str, markup: str, url: str) -> bool:
    """Whether a list proves that it is empty: by its words, by the days that its calendar shows, by its column heads;
    or that its papers are all withheld."""
    page = parsed(split(markup, url)[0].encode("utf-8", "replace"), url, "utf-8")
    frame = _frame(page, Diagnostics(url, base=url))
    if says_empty(text(frame)):
        return True
    if kind in CALENDARS:
        return any(_shows_days(table) for table in calendar_tables(frame))
    papers = kind == "vo040"
    heads = any({Column.REFERENCE, Column.NAME} & fields_of_header(table, PAPERS) for table in frame.select("table"))
    return papers and (heads or frame.select_one("a[href*=VOLFDNR], input[name=VOLFDNR]") is not None)


def _shows_days(calendar: Tag) -> bool:
    """Whether a calendar without a meeting is one all the same: it shows its days, or the heads of its columns."""
    if (
        Column.DATE in fields_of_header(calendar, MEETINGS)
        or calendar.select_one(".dom, .dow, .emptyrow, .emptyRow") is not None
    ):
        return True
    return any(says_day(written) for cell in calendar.select("td") if (written := text(cell)) and len(written) < 40)


def _read_markup(markup: str, diagnostics: Diagnostics) -> tuple[str, tuple[Record | Tombstone, ...]]:
    bare, blocks = split(markup, diagnostics.url)
    page = parsed(bare.encode("utf-8", "replace"), diagnostics.url, "utf-8")
    refuse_denied(page, markup, diagnostics.url)
    if _FOUR.search(markup[:50_000]):
        raise UnexpectedResponse(
            diagnostics.url, "a page of ALLRIS 3", "a page of ALLRIS 4", "Read it as system allris4"
        )
    diagnostics.base = base_address(page, diagnostics.url)
    kind = _kind(page, markup, diagnostics)
    if kind is None:
        refuse(page, markup, diagnostics.url)
    refuse_cut_off(markup, diagnostics.url)
    if is_cut_off(markup):
        raise UnexpectedResponse(
            diagnostics.url, "a page up to </html>", "a pasted document that is cut off", "Ask again later"
        )
    own = program_of(diagnostics.url)
    name = own[0] if own and own[1] == kind else kind
    return name, tuple(_read(kind, page, blocks, diagnostics))


def _frame(page: BeautifulSoup, diagnostics: Diagnostics) -> Tag:
    """The system's part of the page without its menus; the whole page where that part lost its tables to bad markup."""
    for selector in _FRAMES:
        frame = page.select_one(selector)
        if frame is not None and frame.select_one("table, .row, h1") is not None:
            break
    else:
        frame = page.body or page
    if frame.select_one("table") is None and page.select_one("table.tl1, table.tk1, table.dataTable") is not None:
        frame = page.body or page
    for menu in frame.select(_MENUS):
        menu.extract()
    diagnostics.resolved.clear()
    return frame


def _claims(page: BeautifulSoup) -> list[str]:
    """What the page calls itself: its frame's class, then its title."""
    found = []
    for frame in page.select("#allriscontainer, #allris"):
        classes = frame.get("class")
        found += [name for name in (classes if isinstance(classes, list) else []) if _CLASS.fullmatch(name)]
    for node in page.select("#risname h1, #risname_raw h1, h1, title"):
        written = (text(node) or "").lower()
        found += [name for pattern, name in _TITLES if pattern.match(written)]
    return ["allris.net" if claim == "allris" else claim for claim in found]


def _kind(page: BeautifulSoup, markup: str, diagnostics: Diagnostics) -> str | None:
    """Which page it is: what it calls itself, then the address, wherever its marks agree; else by its marks alone."""
    if not _ALLRIS.search(markup):
        return None
    asked, claims = program_of(diagnostics.url), _claims(page)
    for name in dict.fromkeys([*claims, *([asked[1]] if asked else [])]):
        if name in _PRIVATE:
            raise UnexpectedResponse(
                diagnostics.url, "a page with council records", f"{name}: attendance", "Do not ask for it"
            )
        if _is_silent(name, name in claims, page, markup, diagnostics):
            return name
        if _has_marks(name, _marked(page), diagnostics):
            return name
    return next((name for name in _BY_MARKS_ALONE if _has_marks(name, _marked(page), diagnostics)), None)


def _is_silent(name: str, is_claimed: bool, page: BeautifulSoup, markup: str, diagnostics: Diagnostics) -> bool:
    """Whether it is one of the known pages without records; not a challenge or log-in that answered in its place."""
    if name == "allris.net":
        return any(link.page in {"si010", "au010", "pa020", "pa021", "vo040"} for link in links_in(page, diagnostics))
    return name in _SILENT and (is_claimed or _SAYS_SO.search(markup) is not None)


def _marked(page: BeautifulSoup) -> Tag:
    return page.body or page


def _has_marks(name: str, page: Tag, diagnostics: Diagnostics) -> bool:
    """The positive marks of each page: without one of them it is not that page."""
    labels = labels_of(page)
    if name == "to010":
        has_head = labels.has("gremium", "datum") or page.select_one("#sidatum, #sigremium") is not None
        return has_head or bool(agenda_tables(page))
    if name == "to020":
        return labels.has("top") or labels.has("beschlussart") or page.select_one("#tonr, #toba") is not None
    if name == "vo020":
        has_kind = any(labels.has("betreff", label) for label in (*SPELLINGS[Label.OFFICE], "status", "art")) or any(
            labels.has(label) for label in SPELLINGS[Label.PAPER_TYPE] if label != "Art"
        )
        return has_kind or page.select_one("#vobetreff, #voart") is not None or bool(consultation_tables(page))
    return _has_list(name, page, diagnostics)


def _has_list(name: str, page: Tag, diagnostics: Diagnostics) -> bool:
    kinds = set(COMMITTEES.values())
    if name in CALENDARS:
        return bool(calendar_tables(page))
    if name == "vo040":
        return page.select_one("table.tl1, table.dataTable, table a[href*='vo020']") is not None
    if name == "kp020":
        return page.select_one("#kpname") is not None or any(committee_of(link) for link in links_in(page, diagnostics))
    if name[:2] in kinds and name[2:] in {"000", "010", "020", "021"}:
        links = list(links_in(page, diagnostics))
        return any(link.page[:2] in kinds or link.page == "kp020" or calendar_of_body(link) for link in links)
    return False


_BY_MARKS_ALONE: Final = ("to020", "vo020", "to010", "si010")
"""Pages known by their marks even where address and claim are lost, the most telling first."""


def _read(kind: str, page: BeautifulSoup, blocks: tuple[TextBlock, ...], diagnostics: Diagnostics) -> Found:
    if kind == "allris.net":
        _read_start(page, diagnostics)
        return []
    if kind in _SILENT:
        return []
    frame = _frame(page, diagnostics)
    texts = blocks or read_marked(frame, diagnostics.url)
    match kind:
        case "to010":
            return read_meeting(frame, diagnostics)
        case "to020":
            return read_item(frame, texts, diagnostics)
        case "vo020":
            return read_paper(frame, texts, diagnostics)
        case "si010" | "si018" | "si011" | "si012":
            return read_calendar(frame, calendar_tables(frame), diagnostics)
        case "vo040":
            return read_papers(frame.select("table.tl1, table.dataTable") or frame.select("table"), frame, diagnostics)
        case "kp020":
            return read_person(frame, diagnostics)
        case _:
            return _read_bodies(kind, frame, diagnostics)


def _read_bodies(kind: str, frame: Tag, diagnostics: Diagnostics) -> Found:
    if kind[2:] in {"020", "021"}:
        return read_body(frame, diagnostics)
    return read_bodies(frame, diagnostics)


def _read_start(page: Tag, diagnostics: Diagnostics) -> None:
    """Asks for the lists that the menu leads to, in their own folder: calendars, bodies, papers; no search forms, no
    persons."""
    for link in links_in(page, diagnostics):
        if link.page not in _IN_MENU or link.is_form or quirks.is_of_another_installation(link.place, diagnostics.url):
            continue
        numbers = {key: value for key, value in link.parameters.items() if key.endswith(("LFDNR", "LFDNRM"))}
        query = "&".join(f"{key}={value}" for key, value in numbers.items() if value.isdecimal())
        diagnostics.links.add(f"{link.place}?{query}" if query else link.place)


_EXPECTED: Final = "a page of ALLRIS 3"
_PROGRAM: Final = (
    "The installation has released another calendar program: allris.net.asp names it; do not try the others"
)
_PROGRAM_DENIED: Final = re.compile(r"zugriff verweigert\W{0,5}\(?\s*programm\s+(\w+\.\w+)")
_PHRASES: Final = (Phrase(DenialKind.FORBIDDEN, None, (r"keine information(?:en)? verfügbar",)),)
_BARE_WORDS: Final = re.compile(r"<body[^>]*>\s*zugriff verweigert\W*</body>", re.IGNORECASE)
"""The system says which program is denied; a firewall does not."""


def refuse_denied(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises for a short answer that is nothing but a refusal: "Zugriff verweigert (Programm si010_r.asp)". Without the
    program and without anything else it is a firewall's."""
    written = (text(page.body or page) or "").lower()
    if len(written) > access.MESSAGE:
        return
    if program := _PROGRAM_DENIED.search(written):
        words = f"no access: the program {program[1]} is not released"
        raise AccessDenied(url, _EXPECTED, words, _PROGRAM, DenialKind.FORBIDDEN)
    if _BARE_WORDS.search(markup):
        raise access.denied(access.Denial(DenialKind.BOT_CHALLENGE, "a firewall"), url, _EXPECTED)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    if page.select_one("frameset frame[src]"):
        raise UnexpectedResponse(url, _EXPECTED, "a frameset", "Ask for the page in its frame, allris.net.asp")
    access.refuse(page, markup, url, _EXPECTED, _PHRASES)

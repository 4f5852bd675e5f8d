"""Reading one answer of SessionNet: bytes → council nouns. Pure: asks for nothing, keeps nothing.

What a page is, its layout says (`smc_page_si0057_layout`), then its tables, the address only where these leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn

from bs4 import BeautifulSoup, Tag

from council.model import Record, Tombstone
from crawlers.parsing import access
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse, looks_like_html
from crawlers.parsing.html import apply_base, attribute, decoded, parsed, text
from crawlers.parsing.page import Page
from crawlers.parsing.silence import refuse_silent, says_empty
from crawlers.sessionnet import organization, quirks
from crawlers.sessionnet.agenda import read_item
from crawlers.sessionnet.agenda_lines import agenda_tables
from crawlers.sessionnet.api import read_json
from crawlers.sessionnet.calendar import calendar_tables, read_calendar, says_nothing
from crawlers.sessionnet.meeting import read_meeting
from crawlers.sessionnet.paper import PAPER_TABLES, read_paper, read_papers
from crawlers.sessionnet.urls import CALENDARS, MEETING_PAGES, below, chosen_tenant, list_url, page_name, target

_NAME: Final = r"(?:si|to|vo|ag|do|gr|kp|pe)\d{4}"
_LAYOUT = re.compile(rf"smc_page_({_NAME}|info(?:bi)?|suchen\d*|recherche|yrecherche)_layout")
_TABLE = re.compile(rf"smc_page_({_NAME})_contenttable")
_PRIVATE: Final = frozenset({"pe0050", "pe0051", "to0045", "kp0051", "pe0052"})
_PAPER: Final = frozenset({"vo0050", "vo0051", "vo0053", "ag0050", "ag0051", "ag0053"})
_PAPER_LISTS: Final = frozenset(
    {"vo0040", "vo0041", "vo0042", "ag0040", "ag0041", "ag0080", "do0040", "do0041", "do0042"}
)
_LISTS: Final = CALENDARS | _PAPER_LISTS | {"gr0040", "gr0041", "kp0041"}
_DAY: Final = re.compile(r"\b(?:[0-3]?\d\.?|mo|di|mi|do|fr|sa|so)\b", re.IGNORECASE)
_ITEMS: Final = frozenset({"to0050", "to0051", "to0055", "to0058"})
_PEOPLE: Final[dict[str, Callable[[BeautifulSoup, Diagnostics], list[Record]]]] = {
    "gr0040": lambda page, diagnostics: list(organization.read_committees(page, diagnostics)),
    "gr0041": lambda page, diagnostics: list(organization.read_committees(page, diagnostics)),
    "kp0040": lambda page, diagnostics: list(organization.read_committee(page, diagnostics)),
    "kp0042": lambda page, diagnostics: list(organization.read_committee(page, diagnostics)),
    "gr0054": lambda page, diagnostics: list(organization.read_committee(page, diagnostics)[:1]),
    "gr0050": lambda page, diagnostics: list(organization.read_committee(page, diagnostics)[:1]),
    "kp0041": lambda page, diagnostics: list(organization.read_people(page, diagnostics)),
    "kp0050": lambda page, diagnostics: list(organization.read_person(page, diagnostics)),
}
_ENDS: Final = ("</html", "</body", "smcsomacosinfo", 'id="smcfooter"', "<!-- /wrapper", "<!-- /page-content-1")
_ANY_PAGE: Final = "a page of SessionNet"
_ERROR_LAYOUT: Final = re.compile(r"smc[-_]page[-_](error\d?|ylogon|logon|login)[-_]|smc-pagetype-(logon|error)")
_MESSAGES: Final = (Phrase(DenialKind.GONE, None, (r"keine daten (?:gefunden|vorhanden)",)),)
"""Below "Fehlermeldung": of an object that is not, or no longer, for the public (ris-systems B.6)."""
_HEADINGS: Final = (
    Phrase(
        DenialKind.ERROR_PAGE,
        "an error",
        (r"(?:sessionnet\W*)?(?:fehlermeldung|berechtigungsfehler|fehler|fehlercode\W*\d+)(?:\s*[:–-].{0,80})?",),
    ),
)
_SOURCE_CODE: Final = re.compile(r"^\s*<\?php|<%@?\s*(?:language|page)", re.IGNORECASE)
_MEND: Final = "Look at the page: mend the reader"
_MENU: Final = "a.smcfiltermenumandant[href], select[name$=cmandant] option, select[name$=cpanr] option"
_ALL: Final = ("alle mandanten", "alle", "bitte wählen")
_EXPECTED: Final = "a page of meetings, papers or committees"


def read_page(body: bytes, url: str) -> Page:
    """Read one answer. `url` is where it came from, after redirects. Raises UnexpectedResponse when it is none of this
    system's, AccessDenied when it is an error, a log-in or a bot challenge; what is wrong inside is in
    `Page.not_understood`."""
    diagnostics = Diagnostics(url)
    if looks_like_html(body):
        name, records = _read_markup(body, diagnostics)
    else:
        name, nouns = read_json(body, diagnostics)
        records = list(nouns)
    unique = {(record.kind, record.native_id): record for record in reversed(records)}
    found = Page(
        page=name,
        records=tuple(reversed(unique.values())),
        follow=tuple(diagnostics.links),
        warnings=tuple(diagnostics.warnings),
    )
    return refuse_silent(found, url, _LISTS, lambda: _is_empty_list(parsed(body, url)))


def _is_empty_list(page: BeautifulSoup) -> bool:
    """Whether a list proves that it is empty: by its words, by a calendar that shows its days, by a table of papers
    without a link."""
    main = page.select_one("#page-content, #smccontent") or page.body
    calendars = calendar_tables(page)
    papers = [] if calendars else page.select(PAPER_TABLES)
    has_days = any(_DAY.search(text(row) or "") for table in calendars for row in table.select("tr, .smc-row"))
    return (
        says_empty(text(main))
        or has_days
        or (bool(papers) and not any(paper.select_one("a[href]") for paper in papers))
    )


def _read_markup(body: bytes, diagnostics: Diagnostics) -> tuple[str, list[Record | Tombstone]]:
    markup = quirks.LOST_LETTER.sub("öffentlich", decoded(body))
    page = parsed(markup.encode(), diagnostics.url)
    if base := apply_base(page, diagnostics.url):
        diagnostics.url = below(base, diagnostics.url)
    _refuse_error_layout(page, diagnostics.url)
    name = _page_type(page, diagnostics.url)
    if name is None:
        _refuse_shell(page, diagnostics.url)
        _refuse(page, markup, diagnostics.url)
    access.refuse_cut_off(markup, diagnostics.url, _ENDS)
    _refuse_error_heading(page, diagnostics.url)
    try:
        records = _read(name or "", page, diagnostics)
    except UnexpectedResponse:
        _refuse_error_text(page, markup, diagnostics.url)
        raise
    if records is None:
        _refuse(page, markup, diagnostics.url)
    return name or "", list(records or ())


def _page_type(page: BeautifulSoup, url: str) -> str | None:
    """The vendor's name of the page. The address alone is no proof: it must look like SessionNet, too."""
    asked = page_name(url)
    for node in page.select("body, #wrapper, #smclayout, .smclayout, [class*=_layout]")[:20]:
        classes = (attribute(node, "class") or "").lower()
        if found := _LAYOUT.search(classes):
            return found[1]
    names = []
    for node in page.select("[id^=smc_page_], [class*=smc_page_]"):
        names += _TABLE.findall(f"{node.get('id') or ''} {attribute(node, 'class') or ''}")
    if names:
        return asked if asked in names else str(names[0])
    if not _is_ours(page):
        return None
    if asked and re.fullmatch(_NAME, asked):
        return asked
    if agenda_tables(page) or page.select_one("#smctablevorgang, table.smctablevorgang"):
        return "to0040" if agenda_tables(page) else "vo0050"
    return "si0040" if calendar_tables(page) else None


def _is_ours(page: BeautifulSoup) -> bool:
    """A mark of the product: one of its metas; or its classes and a link to its calendar (ris-systems B.1)."""
    if page.select_one("meta[name=sessionnet]"):
        return True
    for meta in page.select("meta[name]"):
        if "sessionnet" in str(meta.get("content") or "").lower():
            return True
    if page.select_one("#smctablevorgang, .smctablevorgang, .smctablesitzungen, .smctablesitzung, td.smc_tophn"):
        return True
    has_classes = page.select_one("[class^=smc-], [class*=' smc-'], [class^=smc_], [class*=' smc_'], [id^=smc]")
    is_fragment = page.select_one("html > head > *") is None
    links = page.select("a[href*=si0040], a[href*=si0046], a[href*=to0040], a[href*=si005], a[href*=vo005]")
    return bool(has_classes and (links or is_fragment))


def _read(name: str, page: BeautifulSoup, diagnostics: Diagnostics) -> list[Record] | None:
    """The page's records; None where what must be there on a page of its type is not there."""
    if name in CALENDARS:
        return _calendar(page, diagnostics)
    if name in MEETING_PAGES:
        return [read_meeting(page, name, diagnostics)]
    if name in _PAPER:
        return list(read_paper(page, diagnostics))
    if name in _PAPER_LISTS:
        papers = read_papers(page, diagnostics)
        return list(papers) if papers or page.select_one(PAPER_TABLES) else None
    if name in _ITEMS:
        return list(read_item(page, diagnostics))
    if name in _PEOPLE:
        records = _PEOPLE[name](page, diagnostics)
        return records if records or page.select_one(f"[id^=smc_page_{name}_contenttable], table") else None
    if name.startswith("info"):
        return _start(page, diagnostics)
    if name in _PRIVATE:
        found = f"{name}: persons' own data"
        raise UnexpectedResponse(diagnostics.url, _EXPECTED, found, "Never ask for it: it is not read")
    raise UnexpectedResponse(diagnostics.url, _EXPECTED, f"page {name}", _MEND)


def _calendar(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Record] | None:
    tables = calendar_tables(page)
    if not tables and not says_nothing(page):
        return None
    meetings = list(read_calendar(page, tables, diagnostics)) if tables else []
    if not meetings:
        report_empty_tenant(page, diagnostics)
    return list(meetings)


@dataclass(frozen=True, slots=True)
class Tenant:
    """One of them: its name as the menu says it, and the parameter that an address in the register needs."""

    name: str
    parameter: str

    def __str__(self) -> str:
        return f"{self.name} (?{self.parameter})"


def tenants_in(page: Tag, url: str) -> tuple[Tenant, ...]:
    """The tenants of the page's menu, without the one that is shown and the entry for all of them."""
    found: dict[str, Tenant] = {}
    for entry in page.select(_MENU):
        name = text(entry)
        if entry.name == "option":
            words = str(entry.get("value") or "")
            key = str(getattr(entry.find_parent("select"), "attrs", {}).get("name", "")).lstrip("_")
            wanted = f"__{key}={words}" if words.isdecimal() else None
        else:
            leads_to = target(entry, url)
            wanted = chosen_tenant(leads_to) if leads_to else None
        if name and wanted and name.lower() not in _ALL:
            found.setdefault(wanted, Tenant(name, wanted))
    return tuple(found.values())


def report_empty_tenant(page: Tag, diagnostics: Diagnostics) -> None:
    """Of a calendar without a meeting whose address names no tenant: which tenants there are. The one that is shown
    then is often nobody's, and every month of it would look like a quiet one."""
    if chosen_tenant(diagnostics.url) is None and (tenants := tenants_in(page, diagnostics.url)):
        diagnostics.add(
            f"tenants: {', '.join(map(str, tenants))}",
            f"no meeting is shown, and the address names none of {len(tenants)} tenants: write one into the register's "
            "address",
        )


def _start(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Record] | None:
    """The start page holds no nouns; it leads to the calendar and to the committees."""
    for link in page.select("a[href]"):
        found = target(link, diagnostics.url)
        if found and page_name(found) in {"si0040", "si0046", "gr0040", "do0040"}:
            diagnostics.links.add(list_url(found))
    return [] if tuple(diagnostics.links) else None


def _refuse_shell(page: BeautifulSoup, url: str) -> None:
    """SessionNet 6 answers any unknown path with the empty frame of its application (ris-systems B.7)."""
    if page.select_one("app-root") is not None:
        advice = "The page draws itself from api/v1, and any unknown path answers so: ask api/v1/sitzungen"
        raise UnexpectedResponse(url, "an answer of api/v1", "the empty frame of SessionNet 6", advice)


def _refuse_error_layout(page: BeautifulSoup, url: str) -> None:
    """Raises where the page's own layout says that it is an error or log-in page, with the whole frame around it."""
    for node in page.select("body, #wrapper, .smclayout, #smclayout, [class*=smc_page_], [class*=smc-pagetype-]")[:20]:
        classes = (attribute(node, "class") or "").lower()
        if found := _ERROR_LAYOUT.search(classes + " "):
            raise _denied(page, url, access.Denial(DenialKind.ERROR_PAGE if "error" in found[0] else DenialKind.LOGIN))


def _refuse_error_heading(page: BeautifulSoup, url: str) -> None:
    """Raises where a heading is that of an error and nothing else, whatever frame is around it (ris-systems B.6)."""
    for node in page.select("h1, h2, h3, .smc_h3")[:6]:
        if found := access.denial_filling(text(node) or "", _HEADINGS):
            raise _denied(page, url, found)


def _denied(page: BeautifulSoup, url: str, usual: access.Denial) -> AccessDenied:
    """What a page says that is nothing but a denial; `usual` where its words are not known."""
    return access.denied(access.denial_on(page, "", _MESSAGES) or usual, url, _ANY_PAGE)


def _refuse_error_text(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises where a page on which its own content is missing says why."""
    if found := access.denial_on(page, markup, _MESSAGES):
        raise access.denied(found, url, _ANY_PAGE)


def _refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    if _SOURCE_CODE.search(markup[:2000]):
        raise access.denied(access.Denial(DenialKind.ERROR_PAGE, "the server's own source text"), url, _ANY_PAGE)
    access.refuse(page, markup, url, _ANY_PAGE)

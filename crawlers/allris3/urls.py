"""Addresses of ALLRIS 3: where a page's links and forms lead, whose own page an address is, and what is asked for.

ALLRIS 3 says the same by GET and by POST; both are read as one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from bs4 import Tag

from council.model import Kind
from crawlers.frontier.window import Window
from crawlers.parsing import diagnostics
from crawlers.parsing.html import address, attribute


@dataclass(slots=True)
class Diagnostics(diagnostics.Diagnostics):
    """Collected while one page is read. `base` is what its links are resolved against; `resolved` remembers those of
    each element."""

    base: str = ""
    resolved: dict[int, tuple[object, list[Any]]] = field(default_factory=dict)


KEYS: Final = {
    "to010": "SILFDNR",
    "to020": "TOLFDNR",
    "vo020": "VOLFDNR",
    "au020": "AULFDNR",
    "pa020": "PALFDNR",
    "pa021": "PALFDNR",
    "fr020": "FRLFDNR",
    "gr020": "GRLFDNR",
    "kp020": "KPLFDNR",
    "do027": "DOLFDNR",
}
"""The number that each page is asked for by."""

COMMITTEES: Final = {"AULFDNR": "au", "PALFDNR": "pa", "FRLFDNR": "fr", "GRLFDNR": "gr"}
"""Committees, councils and factions are counted apart: AULFDNR 21 and PALFDNR 21 are two bodies (Betzdorf)."""

CALENDARS: Final = frozenset({"si010", "si011", "si012", "si018"})
"""Calendars and lists of meetings."""

_PROGRAM = re.compile(r"(?P<program>(?P<page>[a-z]{2}\d{3}|allris\.net)(?:_[a-z0-9]{1,3})?)\.(?:aspx?|php)", re.I)
_NUMBER = re.compile(r"\d{1,15}")
_ASP_SESSION = re.compile(r"/\([A-Za-z]\([^)/]*\)\)(?=/)")


@dataclass(frozen=True, slots=True)
class Link:
    """One link or form. `page` is the program without its variant ("to010_r" → "to010"), `place` the address without
    parameters, `parameters` the query and a form's hidden fields by upper-case names."""

    node: Tag
    page: str
    program: str
    place: str
    parameters: dict[str, str]

    def number(self, key: str | None = None) -> str | None:
        """The number that the page is asked for by; None where it is not one."""
        value = self.parameters.get(key or KEYS.get(self.page, ""), "").strip()
        return value.lstrip("0") or None if _NUMBER.fullmatch(value) else None

    @property
    def is_form(self) -> bool:
        """Whether it is a form with a button."""
        return self.node.name == "form"

    @property
    def is_export(self) -> bool:
        """Whether it only exports a day for a calendar program."""
        return "SELFACTION" in self.parameters

    @property
    def stable(self) -> str | None:
        """The address with the number only."""
        key, number = KEYS.get(self.page), self.number()
        return f"{self.place}?{urlencode({key: number})}" if key and number else None


def program_of(url: str) -> tuple[str, str] | None:
    """The program an address names and its page: ".../bi/to010_r.asp?SILFDNR=1" → ("to010_r", "to010")."""
    try:
        last = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return None
    found = _PROGRAM.fullmatch(last)
    return (found["program"].lower(), found["page"].lower()) if found else None


def parameters_of(url: str) -> dict[str, str]:
    """The parameters of an address by their upper-case names; the first of a name counts."""
    found: dict[str, str] = {}
    try:
        pairs = parse_qsl(urlsplit(url).query, encoding="windows-1252", max_num_fields=200)
    except ValueError:
        return found
    for name, value in pairs:
        found.setdefault(name.upper().removeprefix("AMP;"), value)
    return found


def links_in(node: Tag, diagnostics: Diagnostics) -> list[Link]:
    """Every link and form within, in order, that leads to a program of its own host. A row's are asked for often."""
    known = diagnostics.resolved.get(id(node))
    if known is None or known[0] is not node:
        leads = (link_of(link, diagnostics) for link in node.find_all(["a", "form"]))
        known = diagnostics.resolved[id(node)] = (node, [link for link in leads if link is not None])
    return known[1]


def link_of(node: Tag, diagnostics: Diagnostics) -> Link | None:
    """Where one link or form leads; None for anything but a program of its own host."""
    is_form = node.name == "form"
    target = address(node, diagnostics.base, "action" if is_form else "href")
    if target is None or not is_own(target, diagnostics):
        return None
    found = program_of(target)
    if found is None:
        return None
    given = parameters_of(target)
    if is_form:
        for field in node.select("input[type=hidden][name]"):
            given.setdefault((attribute(field, "name") or "").upper(), attribute(field, "value") or "")
    return Link(node, found[1], found[0], _place(target), given)


def is_own(target: str, diagnostics: Diagnostics) -> bool:
    """Whether an address is of the host that the page came from, or of the one its `<base>` names: then a website
    shows the pages of the hoster's server."""
    return urlsplit(target).hostname in {urlsplit(diagnostics.url).hostname, urlsplit(diagnostics.base).hostname}


def beside(diagnostics: Diagnostics, page: str, number: str) -> str:
    """The address of an object whose link the page does not show, in the same variant and folder as the page."""
    own = program_of(diagnostics.url)
    variant = own[0].removeprefix(own[1]) if own else ""
    suffix = urlsplit(diagnostics.url).path.rpartition(".")[2] if own else "asp"
    program = f"{page}{variant if variant == '_r' else ''}.{suffix}"
    return f"{urljoin(_place(diagnostics.base), program)}?{urlencode({KEYS[page]: number})}"


def committee_of(link: Link) -> str | None:
    """The native id of the body a link leads to: "au-51", "pa-1"."""
    for key, kind in COMMITTEES.items():
        number = link.number(key)
        if number and link.page[:2] in {"au", "pa", "fr", "gr"}:
            return f"{kind}-{number}"
    return None


def calendar_of_body(link: Link) -> tuple[str, str] | None:
    """The native id of the body whose calendar a link leads to, and the address of that calendar with its month; None
    for any other link. Where several councils share an installation, the choice of councils leads there."""
    for key, kind in COMMITTEES.items():
        number = link.number(key)
        if number and link.page in CALENDARS and not link.is_export:
            kept = {name: link.parameters[name] for name in ("MM", "YY") if link.parameters.get(name, "").isdecimal()}
            return f"{kind}-{number}", f"{link.place}?{urlencode(kept | {key: number})}"
    return None


def committee_address(link: Link) -> str | None:
    """The stable address of that body's page."""
    for key in COMMITTEES:
        if number := link.number(key):
            return f"{link.place}?{urlencode({key: number})}"
    return None


def _place(target: str) -> str:
    parts = urlsplit(target)
    path = _ASP_SESSION.sub("", parts.path)
    return parts._replace(path=path, query="", fragment="", netloc=parts.netloc.rpartition("@")[2]).geturl()


START: Final = "allris.net.asp"
_EXPORT: Final = "selfaction=ws&template=xyz"
_OWN_PAGES: Final = {"to010": Kind.MEETING, "vo020": Kind.PAPER}


def folder_of(url: str) -> str:
    """The folder that an address in the register names, by a program in it or itself, with a slash at its end."""
    bare = urlsplit(url)._replace(query="", fragment="").geturl()
    return urljoin(bare, "./") if program_of(bare) else bare.rstrip("/") + "/"


def page_of(url: str) -> str | None:
    """The page an address names, without its variant: ".../si010_e.asp?MM=9" → "si010"."""
    found = program_of(url)
    return found[1] if found else None


def object_at(url: str) -> tuple[Kind, str] | None:
    """Whose own page an address is: kind and native id."""
    page, given = page_of(url), parameters_of(url)
    if page in _OWN_PAGES:
        number = given.get(KEYS[page], "")
        return (_OWN_PAGES[page], number) if number.isdecimal() else None
    for key, kind in COMMITTEES.items():
        if page and page[:2] == kind and page[2:] in ("020", "021") and given.get(key, "").isdecimal():
            return Kind.ORGANIZATION, f"{kind}-{given[key]}"
    return None


def is_month_of_body(url: str) -> bool:
    """Whether an address is a month of one council's calendar, where several share an installation (Kirchen)."""
    given = parameters_of(url)
    is_whole = all(given.get(key, "").isdecimal() for key in ("MM", "YY"))
    return page_of(url) in CALENDARS and is_whole and any(given.get(key, "").isdecimal() for key in COMMITTEES)


def month(calendar: str, year: int, number: int) -> str:
    """A month of a calendar program. `calendar` is its address."""
    return f"{calendar}?MM={number}&YY={year}"


def span(calendar: str, window: Window) -> str:
    """The export of a time (`kaldatvon`, `kaldatbis` as older clients ask)."""
    return f"{calendar}?{_EXPORT}&kaldatvon={window.first:%d.%m.%Y}&kaldatbis={window.last:%d.%m.%Y}"


def span_of(url: str) -> Window | None:
    """The time of an export's address; None for any other."""
    given = parameters_of(url)
    if given.get("SELFACTION") != "ws":
        return None
    first, last = (dt.datetime.strptime(given[key], "%d.%m.%Y").date() for key in ("KALDATVON", "KALDATBIS"))  # noqa: DTZ007
    return Window(first, last)


def years_of(window: Window) -> Iterator[Window]:
    """A time in pieces of at most a year, the newest first."""
    for year in window.years():
        yield Window(max(window.first, dt.date(year, 1, 1)), min(window.last, dt.date(year, 12, 31)))

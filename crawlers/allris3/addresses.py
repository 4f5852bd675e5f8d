"""Addresses of ALLRIS 3 that are asked for: calendars, the export, and whose own page one is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from council.model import Kind
from crawlers.allris3.links import CALENDARS, COMMITTEES, KEYS, parameters_of, program_of
from crawlers.frontier.window import Window

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

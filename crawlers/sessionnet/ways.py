"""The ways to a SessionNet's meetings and papers: which addresses are asked for, and which belong to one object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from council.model import Kind
from crawlers.frontier.window import Window
from crawlers.sessionnet.addresses import (
    AGENDA_PAGES,
    MEETING_PAGES,
    PAPER_PAGES,
    number,
    page_address,
    page_name,
)
from crawlers.sessionnet.tenants import chosen

PAPER_ADDRESSES: Final = PAPER_PAGES | {"vo0053", "ag0053"}
COMMITTEE_PAGES: Final = frozenset({"kp0040", "gr0054", "gr0050"})
_MEETING = re.compile(r"^(.*/api/v1/sitzungen/([1-9]\d*)/tagesordnung)(/dokumente)?$")


class Way(StrEnum):
    """How the meetings are found."""

    YEARS = "si0046"
    MONTHS = "si0040"
    API = "sitzungen"


def base_of(url: str) -> str:
    """The folder of the installation."""
    parts = urlsplit(url)
    return parts._replace(path=parts.path.rpartition("/")[0] + "/", query="", fragment="").geturl()


def extension_of(url: str) -> str | None:
    """ "php" or "asp", which is all that sets the two apart."""
    return urlsplit(url).path.rpartition(".")[2].lower() if page_name(url) else None


def tenant_of(url: str) -> str:
    """Which of several bodies on one installation is meant: "&__cmandant=7"; nothing where there is but one."""
    named = chosen(url)
    return f"&{named}" if named else ""


def entrances(base: str, extension: str | None) -> list[str]:
    """Where a visit begins: the start page opens the session that some servers want to see."""
    return [f"{base}info.{extension}"] if extension else [base, f"{base}info.php", f"{base}info.asp"]


def is_application(body: bytes) -> bool:
    """Whether it is the empty frame of SessionNet 6."""
    return b"<app-root" in body[:100_000]


def is_of(url: str, extension: str | None) -> bool:
    """Whether an address belongs to the system as it is now: php, asp, or SessionNet 6 (None)."""
    return extension_of(url) == extension


# --- lists: every parameter is sent every time, since the session remembers those of the last list


def calendars(base: str, extension: str | None, tenant: str, way: Way, window: Window) -> Iterator[str]:
    """The calendars of a time, by years, months or quarters."""
    if way is Way.API:
        for year in window.years():
            for first, last in ("10-01", "12-31"), ("07-01", "09-30"), ("04-01", "06-30"), ("01-01", "03-31"):
                if f"{year}-{last}" >= str(window.first) and f"{year}-{first}" <= str(window.last):
                    yield f"{base}api/v1/sitzungen?von={year}-{first}&bis={year}-{last}"
    elif way is Way.YEARS:
        for year in window.years():
            yield year_of(base, extension, tenant, year)
    else:
        for year, month in window.months():
            yield month_of(base, extension, tenant, year, month)


def month_of(base: str, extension: str | None, tenant: str, year: int, month: int) -> str:
    """The calendar of one month."""
    return f"{base}si0040.{extension}?__cjahr={year}&__cmonat={month}&__canz=1&__cselect=0{tenant}"


def year_of(base: str, extension: str | None, tenant: str, year: int) -> str:
    """The calendar of one year."""
    return f"{base}si0046.{extension}?__cjahr={year}&__cmonat=1&__canz=12&__cselect=0{tenant}"


def committees(base: str, extension: str | None, way: Way | None) -> str:
    """The list of committees."""
    return f"{base}api/v1/gremien" if way is Way.API else f"{base}gr0040.{extension}"


def agenda_of(base: str, meeting: str) -> str:
    """The agenda of a meeting of SessionNet 6."""
    return f"{base}api/v1/sitzungen/{meeting}/tagesordnung"


# --- objects


def object_at(url: str) -> tuple[Kind, str] | None:
    """Whose page an address is."""
    if found := _MEETING.match(url):
        return Kind.MEETING, found[2]
    page = page_name(url)
    if page in MEETING_PAGES:
        key, kind = "ksinr", Kind.MEETING
    elif page in COMMITTEE_PAGES:
        key, kind = "kgrnr", Kind.ORGANIZATION
    elif page in PAPER_ADDRESSES:
        if motion := number(url, "kagnr"):
            return Kind.PAPER, f"ag{motion}"
        key, kind = "kvonr", Kind.PAPER
    else:
        return None
    native = number(url, key)
    return (kind, native) if native else None


def second_page(asked: str, follow: tuple[str, ...], has_stations: bool) -> str | None:
    """The page that belongs to what was read, too: the agenda beside a meeting's information, the stations of a paper
    that shows none, the documents of an agenda of SessionNet 6."""
    found = _MEETING.match(asked)
    if found:
        return None if found[3] else f"{found[1]}/dokumente"
    key, page = object_at(asked), page_name(asked)
    wanted = AGENDA_PAGES if page == "si0050" else {"vo0053"} if page == "vo0050" and not has_stations else frozenset()
    return next((url for url in follow if page_name(url) in wanted and object_at(url) == key), None)


def first_page(url: str) -> str:
    """The page to begin with where one of an object's two is to be asked for again."""
    if found := _MEETING.match(url):
        return found[1]
    paper = number(url, "kvonr")
    return page_address(url, "vo0050", "kvonr", paper) if page_name(url) == "vo0053" and paper else url


def pages_at(url: str) -> frozenset[str]:
    """What a page may be that an address answers: whose agenda is not released sends on to its information."""
    page = page_name(url)
    if page is None:
        return frozenset({urlsplit(url).path.rpartition("/")[2]})
    return MEETING_PAGES if page in MEETING_PAGES else frozenset({page})

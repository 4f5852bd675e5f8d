"""Urls of SessionNet: which page and record one names, one stable url of each, and those of lists and calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import Tag

from council.model import Kind
from crawlers.frontier.window import Window
from crawlers.parsing.html import address

LONGEST_NUMBER: Final = 15

_PAGE = re.compile(r"/([a-z]{2,14}\d{0,4})\.(php|aspx?)$", re.IGNORECASE)
_NUMBER = re.compile(rf"0*([1-9]\d{{0,{LONGEST_NUMBER - 1}}})")
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_LIST_PARAMETER = re.compile(
    r"__?[a-z]{2,20}|smc(?:cont|datefct|adat|sort|page|pg|nr)?|filter|page|start", re.IGNORECASE
)
_SESSION_NAMES: Final = frozenset({"__csid", "__session", "__sid", "__token", "__ctoken", "__cgki", "__viewstate"})

MEETING_PAGES: Final = frozenset({"si0050", "si0051", "si0055", "si0056", "si0057", "to0040"})
AGENDA_PAGES: Final = frozenset({"si0055", "si0056", "si0057", "to0040"})
CALENDARS: Final = frozenset({"si0040", "si0041", "si0042", "si0046"})
PAPER_PAGES: Final = frozenset({"vo0050", "vo0051", "ag0050", "ag0051"})
DOCUMENT_PAGES: Final = frozenset({"getfile", "ydocstart"})


def page_name(url: str) -> str | None:
    """The vendor's name of the page: "…/bi/si0057.asp?__ksinr=1" → "si0057"; None where it is none of the system's."""
    found = _PAGE.search(_path(url))
    return found[1].lower() if found else None


def _path(url: str) -> str:
    try:
        return _SESSION_PATH.sub("", urlsplit(url).path)
    except ValueError:
        return ""


def parameter(url: str, name: str) -> str | None:
    """A parameter's first value that is not empty. Names are written with or without `__`: `__ksinr`, `ksinr`."""
    try:
        query = urlsplit(url).query.replace("&amp;", "&")
    except ValueError:
        return None
    for pair in re.split(r"[&;]", query):
        key, _, value = pair.partition("=")
        if unquote(key).lower().lstrip("_") == name and value.strip():
            return unquote(value).strip()
    return None


def number(url: str | None, name: str) -> str | None:
    """The vendor's number in an address: `number(url, "ksinr")`; None where there is none above nought."""
    found = _NUMBER.fullmatch(parameter(url, name) or "") if url else None
    return found[1] if found else None


def is_own(url: str, base: str) -> bool:
    """Whether an address lies on the host that was asked; a `www.` makes no difference."""
    try:
        hosts = [(urlsplit(own).hostname or "").removeprefix("www.") for own in (url, base)]
    except ValueError:
        return False
    return hosts[0] == hosts[1] != ""


def target(link: Tag, base: str) -> str | None:
    """Where a link or form leads, when that is a page of the same installation's host."""
    found = address(link, base, "action" if link.name == "form" else "href")
    return found if found and is_own(found, base) and page_name(found) else None


def linked(link: Tag, base: str, name: str, *pages: str) -> str | None:
    """The number of an object that a link leads to, when its page is one of `pages`."""
    found = target(link, base)
    return number(found, name) if found and page_name(found) in pages else None


def numbers_in(node: Tag, base: str, name: str, *pages: str) -> list[str]:
    """The numbers of the records that the links in an element lead to, each once; their page is one of `pages`."""
    return list(dict.fromkeys(found for link in node.select("a[href]") if (found := linked(link, base, name, *pages))))


def first_number_in(node: Tag, base: str, name: str, *pages: str) -> str | None:
    """The first of them."""
    return next(iter(numbers_in(node, base, name, *pages)), None)


def only_number_in(node: Tag, base: str, name: str, *pages: str) -> str | None:
    """The one record that the links lead to; None where they lead to none, or to several."""
    numbers = numbers_in(node, base, name, *pages)
    return numbers[0] if len(numbers) == 1 else None


def page_url(base: str, page: str, name: str, value: str) -> str:
    """One stable address of an object's page: the folder and the extension of `base`, and nothing but its number."""
    parts = urlsplit(base)
    path = _SESSION_PATH.sub("", parts.path)
    found = _PAGE.search(path)
    folder, extension = path.rpartition("/")[0], found[2].lower() if found else "php"
    query = f"__{name}={quote(value, safe='')}"
    return parts._replace(path=f"{folder}/{page}.{extension}", query=query, fragment="").geturl()


def below(base: str, url: str) -> str:
    """A page's address in the folder from which its own relative ones are meant (`<base href>`)."""
    parts, found = urlsplit(url), page_name(url)
    file = parts.path.rpartition("/")[2] if found else ""
    return urlsplit(urljoin(urljoin(base, "."), file))._replace(query=parts.query).geturl()


def file_url(base: str, native: str, kind: str = "do") -> str:
    """Where a document's bytes are; GET works for those that the page asks for by POST, too (ris-systems B.3)."""
    parts = urlsplit(page_url(base, "getfile", "id", native))
    return parts._replace(query=f"id={native}&type={quote(kind, safe='')}").geturl()


def list_url(url: str) -> str:
    """A list's address without what belongs to one visit."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.replace("&amp;", "&").split("&") if _is_kept(pair)]
    return parts._replace(path=_SESSION_PATH.sub("", parts.path), query="&".join(kept), fragment="").geturl()


def _is_kept(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return bool(value and _LIST_PARAMETER.fullmatch(name)) and name.lower() not in _SESSION_NAMES


_PAPER_URLS: Final = PAPER_PAGES | {"vo0053", "ag0053"}
COMMITTEE_PAGES: Final = frozenset({"kp0040", "gr0054", "gr0050"})
_MEETING = re.compile(r"^(.*/api/v1/sitzungen/([1-9]\d*)/tagesordnung)(/dokumente)?$")


class MeetingList(StrEnum):
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


_TENANTS: Final = ("cmandant", "cpanr")
"""By which an address names a tenant (`__cmandant=7`, `__cpanr=20`)."""


def chosen_tenant(url: str) -> str | None:
    """The parameter by which an address names a tenant; None where it names none."""
    return next((f"__{name}={value}" for name in _TENANTS if _is_number(value := parameter(url, name))), None)


def _is_number(value: str | None) -> bool:
    return value is not None and value.isdecimal()


def tenant_of(url: str) -> str:
    """Which of several bodies on one installation is meant: "&__cmandant=7"; nothing where there is but one."""
    named = chosen_tenant(url)
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


def calendars(
    base: str, extension: str | None, tenant: str, meeting_list: MeetingList, window: Window
) -> Iterator[str]:
    """The calendars of a time, by years, months or quarters."""
    if meeting_list is MeetingList.API:
        for year in window.years():
            for first, last in ("10-01", "12-31"), ("07-01", "09-30"), ("04-01", "06-30"), ("01-01", "03-31"):
                if f"{year}-{last}" >= str(window.first) and f"{year}-{first}" <= str(window.last):
                    yield f"{base}api/v1/sitzungen?von={year}-{first}&bis={year}-{last}"
    elif meeting_list is MeetingList.YEARS:
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


def committees(base: str, extension: str | None, meeting_list: MeetingList | None) -> str:
    """The list of committees."""
    return f"{base}api/v1/gremien" if meeting_list is MeetingList.API else f"{base}gr0040.{extension}"


def agenda_of(base: str, meeting: str) -> str:
    """The agenda of a meeting of SessionNet 6."""
    return f"{base}api/v1/sitzungen/{meeting}/tagesordnung"


# --- objects


def record_key(url: str) -> tuple[Kind, str] | None:
    """Whose page an address is."""
    if found := _MEETING.match(url):
        return Kind.MEETING, found[2]
    page = page_name(url)
    if page in MEETING_PAGES:
        key, kind = "ksinr", Kind.MEETING
    elif page in COMMITTEE_PAGES:
        key, kind = "kgrnr", Kind.ORGANIZATION
    elif page in _PAPER_URLS:
        if motion := number(url, "kagnr"):
            return Kind.PAPER, f"ag{motion}"
        key, kind = "kvonr", Kind.PAPER
    else:
        return None
    native = number(url, key)
    return (kind, native) if native else None


def second_page(asked: str, follow: tuple[str, ...], has_consultations: bool) -> str | None:
    """The page that belongs to what was read, too: the agenda beside a meeting's information, the consultations of a
    paper that shows none, the documents of an agenda of SessionNet 6."""
    found = _MEETING.match(asked)
    if found:
        return None if found[3] else f"{found[1]}/dokumente"
    key, page = record_key(asked), page_name(asked)
    wanted = (
        AGENDA_PAGES if page == "si0050" else {"vo0053"} if page == "vo0050" and not has_consultations else frozenset()
    )
    return next((url for url in follow if page_name(url) in wanted and record_key(url) == key), None)


def first_page(url: str) -> str:
    """The page to begin with where one of an object's two is to be asked for again."""
    if found := _MEETING.match(url):
        return found[1]
    paper = number(url, "kvonr")
    return page_url(url, "vo0050", "kvonr", paper) if page_name(url) == "vo0053" and paper else url


def pages_at(url: str) -> frozenset[str]:
    """What a page may be that an address answers: whose agenda is not released sends on to its information."""
    page = page_name(url)
    if page is None:
        return frozenset({urlsplit(url).path.rpartition("/")[2]})
    return MEETING_PAGES if page in MEETING_PAGES else frozenset({page})

"""Addresses of ALLRIS 4: which page and number a link names, and the stable form of it; and what Wicket answers to Ajax
requests: XML that holds pieces of a page as CDATA.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from bs4 import Tag

from crawlers.parsing.diagnostics import Diagnostics, WarningKind
from crawlers.parsing.html import address

KEYS: Final = {"to010": "SILFDNR", "to020": "TOLFDNR", "vo020": "VOLFDNR", "gr020": "GRLFDNR", "kp020": "KPLFDNR"}
"""The number that each page is asked for by."""
LISTS: Final = frozenset({"gr020", "si018"})
"""Pages of one committee: links to either name it."""

_COMMITTEE_KEYS: Final = ("GRLFDNR", "AULFDNR", "PALFDNR", "FRLFDNR")
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,15}")
_PAGE_NAME = re.compile(r"[a-z]{2}\d{3}", re.IGNORECASE)
_STATE = re.compile(r"\d+-")
_SESSION_PARAMETERS: Final = frozenset({"sectoken", "jsessionid", "refresh", "random", "menu"})


def parameters(url: str) -> dict[str, str]:
    """The parameters of an address by their upper-case names; the first counts (links repeat them)."""
    found: dict[str, str] = {}
    try:
        pairs = parse_qsl(urlsplit(url).query)
    except ValueError:
        return found
    for name, value in pairs:
        found.setdefault(name.upper(), value)
    return found


def page_name(url: str) -> str | None:
    """The page an address names: ".../public/to010?SILFDNR=1" → "to010"."""
    try:
        last = _SESSION.sub("", urlsplit(url).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return None
    return last.lower() if _PAGE_NAME.fullmatch(last) else None


def is_stateful(url: str) -> bool:
    """Whether an address begins with a page version ("vo020?0--anlagen…"): it answers in one session only."""
    return bool(_STATE.match(urlsplit(url).query))


def without_state(url: str) -> str:
    """The page that an address with a page version belongs to: "si010?3-1.0-&MM=9" → "si010?MM=9"."""
    parts = urlsplit(url)
    own = parts.query.partition("&")[2] if is_stateful(url) else parts.query
    return parts._replace(query=own).geturl()


def ajax_headers(url: str) -> dict[str, str]:
    """The headers without which a second request is answered with the page again."""
    page = without_state(url).rpartition("/")[2]
    return {"Wicket-Ajax": "true", "Wicket-Ajax-BaseURL": page, "X-Requested-With": "XMLHttpRequest"}


def is_own(url: str, asked: str) -> bool:
    """Whether an address is of the same host as the page it stands on."""
    return urlsplit(url).hostname == urlsplit(asked).hostname


def number_in(url: str | None, page: str) -> str | None:
    """The number in an address of that page."""
    if url is None or page_name(url) != page or is_stateful(url):
        return None
    return number_of(url, KEYS[page])


def number_of(url: str, key: str) -> str | None:
    """A number parameter of an address."""
    value = parameters(url).get(key, "")
    return value if _NUMBER.fullmatch(value) else None


def linked_number(link: Tag | None, url: str, page: str) -> str | None:
    """The number of that page's object that a link leads to; None for other pages and other hosts."""
    target = address(link, url)
    return number_in(target, page) if target and is_own(target, url) else None


def committee_number(url: str | None) -> str | None:
    """A committee's native id: the bare GRLFDNR; of another kind of number its name as well, for they count apart."""
    if url is None:
        return None
    for key in _COMMITTEE_KEYS:
        number = number_of(url, key)
        if number:
            return number if key == "GRLFDNR" else f"{key.lower()}-{number}"
    return None


def stable(asked: str, page: str, number: str) -> str:
    """The address of an object beside the page that was asked for. Without refresh=false some servers redirect to
    their log-in or open a new session (AllrisBot, ris-systems C.3)."""
    return folder(asked) + f"{page}?" + urlencode({KEYS[page]: number, "refresh": "false"})


def month_of(base: str, year: int, month: int) -> str:
    """The calendar of a month. `base` is the folder."""
    return f"{base}si010?" + urlencode({"MM": month, "YY": year, "refresh": "false"})


def meetings_list(base: str) -> str:
    """The list of meetings, of all committees."""
    return f"{base}si018?refresh=false"


def committees_list(base: str) -> str:
    """The list of committees."""
    return f"{base}gr010?refresh=false"


def base_of(url: str) -> str:
    """The folder that an address in the register names: by a page in it, or itself with a slash at its end or not."""
    bare = urlsplit(url)._replace(query="", fragment="").geturl()
    return folder(bare if page_name(bare) else bare.rstrip("/") + "/")


def meetings_of(asked: str, committee: str) -> str:
    """The address of a committee's meetings."""
    return folder(asked) + "si018?" + urlencode({"GRLFDNR": committee, "refresh": "false"})


def is_no_access(url: str) -> bool:
    """Whether this is where the system sends those whom it does not let in (".../public/noauth")."""
    try:
        return _SESSION.sub("", urlsplit(url).path).rstrip("/").rpartition("/")[2].lower() == "noauth"
    except ValueError:
        return False


def folder(asked: str) -> str:
    """The folder the system's pages lie in."""
    parts = urlsplit(asked)
    path = _SESSION.sub("", parts.path).rpartition("/")[0]
    if path.endswith("/ics"):
        path = path.removesuffix("/ics")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}/"


def without_session(url: str) -> str:
    """An address of a document without session, token and reload marks."""
    parts = urlsplit(_SESSION.sub("", url))
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if name.lower() not in _SESSION_PARAMETERS]
    return parts._replace(query=urlencode(kept), netloc=parts.netloc.rpartition("@")[2]).geturl()


def report_more_pages(tables: list[Tag], diagnostics: Diagnostics) -> None:
    """Reports that the list of these tables goes on behind links that one session alone understands (Wicket's)."""
    page = next((table.find_parent("body") for table in tables), None)
    if page is not None and page.select_one("a[href*=pageLink], a[href*=navigator]") is not None:
        what = "the list has more pages, whose links answer in one session only: ask by month or committee"
        diagnostics.add("paging", what, WarningKind.LIST_PAGED)


_ANSWER: Final = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*<ajax-response\b")
_COMPONENT: Final = re.compile(r"<component\b[^>]*>\s*<!\[CDATA\[", re.IGNORECASE)
_REDIRECT: Final = re.compile(r"<redirect\b[^>]*>\s*<!\[CDATA\[", re.IGNORECASE)
_SPLIT_END: Final = "]]]]><![CDATA[>"
"""How a "]]>" inside of CDATA is written: the section ends and begins again between its letters."""


def is_ajax_answer(markup: str) -> bool:
    """Whether this is such an answer, not a page."""
    return bool(_ANSWER.match(markup[:2000]))


def ajax_components(markup: str) -> str | None:
    """The pieces of the page that the answer holds, one after another; None where one of them does not end."""
    return _sections(markup, _COMPONENT)


def ajax_redirect(markup: str) -> str | None:
    """Where the answer sends to instead."""
    return _sections(markup, _REDIRECT) or None


def is_whole_answer(markup: str) -> bool:
    """Whether the answer ends."""
    return "</ajax-response>" in markup[-2000:]


def _sections(markup: str, opening: re.Pattern[str]) -> str | None:
    found = []
    for start in opening.finditer(markup):
        text, place = [], start.end()
        while True:
            end = markup.find("]]>", place)
            if end < 0:
                return None
            if markup.startswith(_SPLIT_END, end - 2):
                text.append(markup[place : end - 2] + "]]>")
                place = end - 2 + len(_SPLIT_END)
                continue
            text.append(markup[place:end])
            break
        found.append("".join(text))
    return "\n".join(found)

"""Addresses of SessionNet: which page and object one names, and one stable address of each."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import Tag

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
        hosts = [(urlsplit(one).hostname or "").removeprefix("www.") for one in (url, base)]
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


def page_address(base: str, page: str, name: str, value: str) -> str:
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


def document_address(base: str, native: str, kind: str = "do") -> str:
    """Where a document's bytes are; GET works for those that the page asks for by POST, too (ris-systems B.3)."""
    parts = urlsplit(page_address(base, "getfile", "id", native))
    return parts._replace(query=f"id={native}&type={quote(kind, safe='')}").geturl()


def list_address(url: str) -> str:
    """A list's address without what belongs to one visit."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.replace("&amp;", "&").split("&") if _is_kept(pair)]
    return parts._replace(path=_SESSION_PATH.sub("", parts.path), query="&".join(kept), fragment="").geturl()


def _is_kept(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return bool(value and _LIST_PARAMETER.fullmatch(name)) and name.lower() not in _SESSION_NAMES

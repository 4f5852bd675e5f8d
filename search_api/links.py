"""Addresses: of our own pages by id, and of services as far as they may be linked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

from council.identity import BadId, parse_id
from council.model import Kind, Record
from council.municipality import Municipality
from council.system import System

FOLDERS = {Kind.PAPER: "papers", Kind.MEETING: "meetings", Kind.ORGANIZATION: "organizations"}


def id_path(record_id: str) -> str:
    """An id as a part of a path of the API: a native id may hold slashes and question marks."""
    return quote(record_id, safe=":")


def page_path(record_id: str) -> str | None:
    """The path of the page of a paper, meeting or organization; None for what has no page."""
    try:
        kind = parse_id(record_id).kind
    except BadId:
        return None
    return f"/{FOLDERS[kind]}/{quote(record_id, safe=':/')}" if kind in FOLDERS else None


def text_path(
    file_id: str, page: int | None = None, q: str = "", part: int | None = None, without: Iterable[str] = ()
) -> str:
    """The path of our text of a file, at a page (from 1), with the words of `q` marked as a search `without` something
    takes them. `part` is a part of a text that is too long to be shown at once."""
    given = (
        ("q", q),
        ("without", ",".join(without)),
        ("page", page if page and page > 1 else None),
        ("part", part if part and part > 1 else None),
    )
    query = {name: value for name, value in given if value}
    path = f"/files/{quote(file_id, safe=':/')}/text" + (f"?{urlencode(query)}" if query else "")
    return path + (f"#seite-{page}" if page else "")


def municipality_path(key: str) -> str:
    """The path of a municipality's page."""
    return f"/municipalities/{quote(key, safe='')}"


def web_url(url: str | None, page: int | None = None) -> str | None:
    """An address that may stand in a link: http or https with a host, nothing else. `page` opens a PDF there."""
    if url is None or any(ord(c) <= 32 for c in url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    return url.strip() + (f"#page={page}" if page and page > 1 and not parts.fragment else "")


def source_page(entry: Municipality) -> str | None:
    """The page for people of a municipality's source; None where the register names only an address for programs, and
    no page stands above it. The usual places of OParl are <page>/oparl/… and <page>/webservice/oparl/…; a host of its
    own (oparl.example.org) has no pages."""
    if entry.system is not System.OPARL:
        return web_url(entry.url)
    parts = urlsplit(entry.url)
    page = re.match(r"(.*?)/(?:webservice/)?oparl(?:/|$)", parts.path, re.IGNORECASE)
    if page is None or "oparl" in (parts.hostname or ""):
        return None
    return web_url(parts._replace(path=page[1] + "/", query="", fragment="").geturl())


def source_link(noun: Record) -> str | None:
    """Where the source itself shows it."""
    return noun.source_url or noun.source_id

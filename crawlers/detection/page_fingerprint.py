"""The fingerprint of a page: what can show which system it is of. Its address, its own attributes, its title and
declarations; never its text: an article about a product is not that product."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from crawlers.parsing.access import Denial, denial_announced
from crawlers.parsing.errors import UnexpectedResponse, looks_like_html
from crawlers.parsing.html import address, attribute, decoded, parsed, text

MOST_TAGS: Final = 20_000
LOOKED_AT: Final = 100_000
"""Bytes of an answer for programs."""
_MAKER = re.compile(r"^PRODID[^:\r\n]*:([^\r\n]+)", re.MULTILINE)
_KEY = re.compile(r'"([A-Za-z_]\w{0,40})"\s*:')
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
_OPARL = re.compile(r"/oparl(?:/[\w.-]+)*/system(?:\.asp)?/?$|/oparl/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a page: where it leads, and its text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class PageFingerprint:
    """What is compared with signatures. `names` are its classes, ids and element names, of JSON its keys, one blank
    between; `own` the paths of links and forms on the same host, `sources` the addresses of its scripts and styles,
    each on a line."""

    url: str
    parts: SplitResult
    title: str | None = None
    metas: Mapping[str, str] = field(default_factory=dict)
    names: str = ""
    own: str = ""
    sources: str = ""
    code: str = ""
    letters: int = 0
    start_of_text: str = ""
    denial: Denial | None = None
    links: tuple[PageLink, ...] = ()
    announced_oparl: tuple[str, ...] = ()
    is_html: bool = False

    @property
    def host(self) -> str:
        return self.parts.hostname or ""

    @property
    def path(self) -> str:
        """The own path with its query."""
        return self.parts.path + (f"?{self.parts.query}" if self.parts.query else "")

    @property
    def folder(self) -> str:
        """The address of the folder the page is in, with a slash at its end."""
        return urljoin(self.url.partition("?")[0].partition("#")[0], ".")

    @property
    def root(self) -> str:
        """The address of the host."""
        return f"{self.parts.scheme}://{self.parts.netloc}/"


def fingerprint_of(url: str, body: bytes, headers: Mapping[str, str]) -> PageFingerprint:
    """The fingerprint of an answer; of one that is no page, its address, who made a calendar file, and the keys of
    JSON."""
    parts = urlsplit(url)
    if not looks_like_html(body):
        return _of_data(url, parts, body)
    charset = _CHARSET.search(headers.get("content-type", ""))
    try:
        with warnings.catch_warnings():  # an XML answer is looked at like a page: its signatures are the same
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            page = parsed(body, url, charset[1] if charset else None)
    except (UnexpectedResponse, RecursionError, ValueError):
        return PageFingerprint(url, parts)
    return _of_page(page, decoded(body, charset[1] if charset else None), url, parts)


def _of_page(page: BeautifulSoup, markup: str, url: str, parts: SplitResult) -> PageFingerprint:
    tags = page.find_all(True, limit=MOST_TAGS)
    links = tuple(_links(tags, url))
    own = [link.url for link in links if urlsplit(link.url).hostname == parts.hostname]
    shown = _text(page)
    oparl = [link.url for link in links if _OPARL.search(urlsplit(link.url).path)]
    return PageFingerprint(
        url, parts, title=text(page.title), metas=_metas(tags), names=_names(tags), own="\n".join(own),
        sources="\n".join(_sources(tags, url)), code=_code(tags), letters=len(shown), start_of_text=shown[:600],
        denial=denial_announced(page, markup), links=links,
        announced_oparl=tuple(dict.fromkeys(oparl))[:2], is_html=True,
    )  # fmt: skip


def _of_data(url: str, parts: SplitResult, body: bytes) -> PageFingerprint:
    start = body[:LOOKED_AT].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start.startswith("BEGIN:VCALENDAR"):
        maker = _MAKER.search(start)
        return PageFingerprint(url, parts, metas={"prodid": maker[1].strip()[:300]} if maker else {})
    keys = dict.fromkeys(_KEY.findall(start)) if start[:1] in ("{", "[") else {}
    return PageFingerprint(url, parts, names=f" {' '.join(keys)} " if keys else "")


def _text(page: BeautifulSoup) -> str:
    """What a person reads on it: without scripts and styles."""
    body = page.body or page
    return " ".join(" ".join(body.stripped_strings).split())


def _links(tags: list[Tag], url: str) -> list[PageLink]:
    found: dict[str, PageLink] = {}
    for tag in tags:
        name = {"a": "href", "area": "href", "form": "action", "iframe": "src", "frame": "src"}.get(tag.name)
        where = address(tag, url, name) if name else None
        if where and where not in found:
            shown = text(tag) or attribute(tag, "title") or attribute(tag, "aria-label") or ""
            found[where] = PageLink(where, shown[:200])
    return list(found.values())


def _metas(tags: list[Tag]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tags:
        name, content = attribute(tag, "name"), attribute(tag, "content")
        if tag.name == "meta" and name and content:
            found.setdefault(name.lower(), content[:300])
    return found


def _names(tags: list[Tag]) -> str:
    """Classes, ids and element names, each of them once."""
    found: dict[str, None] = {}
    for tag in tags:
        found.setdefault(tag.name)
        for attr in ("id", "class"):
            for word in (attribute(tag, attr) or "").split():
                found.setdefault(word)
    return f" {' '.join(found)} "


def _sources(tags: list[Tag], url: str) -> list[str]:
    named = {"script": "src", "link": "href", "img": "src"}
    return [where for tag in tags if tag.name in named and (where := address(tag, url, named[tag.name]))]


def _code(tags: list[Tag]) -> str:
    """The beginning of every script that stands in the page."""
    return "\n".join(tag.get_text()[:2000] for tag in tags if tag.name == "script")[:200_000]

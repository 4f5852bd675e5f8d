"""Strict reading of HTML: one is one, text is text, and an address is whole."""

from __future__ import annotations

import codecs
import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector

from crawlers.parsing.errors import UnexpectedResponse

LONGEST_PAGE: Final = 20_000_000
"""Bytes of markup; no page of a council is longer."""
DEEPEST_PAGE: Final = 500
"""Elements inside each other; looking upwards from each of them would take minutes where there are thousands."""

_ADDRESSES: Final = (("a", "href"), ("area", "href"), ("link", "href"), ("option", "value"), ("form", "action"))
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def parsed(body: bytes, url: str, charset: str | None = None) -> BeautifulSoup:
    """A page as a tree. `charset` is what the Content-Type said, if it said anything. Raises UnexpectedResponse."""
    if len(body) > LONGEST_PAGE:
        raise UnexpectedResponse(url, "a page", f"{len(body)} bytes", "Look at what the server sends there")
    page = BeautifulSoup(decoded(body, charset), "lxml")
    if _depth(page) > DEEPEST_PAGE:
        advice = "Look at what the server sends there: elements are opened and never closed"
        raise UnexpectedResponse(url, "a page", f"more than {DEEPEST_PAGE} elements inside each other", advice)
    return page


def _depth(page: BeautifulSoup) -> int:
    """How many elements stand inside each other at most."""
    deepest, level = 0, [page.contents]
    while level:
        deepest += 1
        if deepest > DEEPEST_PAGE + 1:
            break
        level = [node.contents for nodes in level for node in nodes if isinstance(node, Tag)]
    return deepest


def decoded(body: bytes, charset: str | None = None) -> str:
    """The text of a page: by its mark, by what is declared, else UTF-8 where it is that, else windows-1252, which is
    what is meant by latin-1, too (https://encoding.spec.whatwg.org/#names-and-labels)."""
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :].decode("utf-8", "replace")
    declared = EncodingDetector.find_declared_encoding(body, is_html=True, search_entire_document=False)
    for name in (charset, declared, "utf-8"):
        encoding = _encoding(name)
        if encoding is not None:
            try:
                return body.decode(encoding)
            except UnicodeDecodeError:
                continue
    return body.decode("windows-1252", "replace")


def _encoding(name: str | None) -> str | None:
    try:
        known = codecs.lookup(name or "").name
    except (LookupError, ValueError):  # ValueError: a name with a zero byte
        return None
    return "windows-1252" if known in {"iso8859-1", "ascii", "iso8859-15"} else known


def one(node: Tag, selector: str, url: str, what: str) -> Tag:
    """The one element that the selector names. Raises UnexpectedResponse when there is none, or more than one."""
    found = node.select(selector, limit=2)
    if len(found) != 1:
        many = "none" if not found else "more than one"
        raise UnexpectedResponse(url, f"{what} ({selector})", many, "The page's structure has changed: mend the reader")
    return found[0]


def optional(node: Tag, selector: str) -> Tag | None:
    """The first element that the selector names, where there is one."""
    return node.select_one(selector)


def text(node: Tag | None) -> str | None:
    """The text of an element in one line; None where there is none."""
    if node is None:
        return None
    return tidy(node.get_text(" "))


def tidy(written: str | None) -> str | None:
    """A text in one line without blanks at its ends; None where nothing is left."""
    line = _BLANKS.sub(" ", written or "").strip()
    return line or None


def attribute(node: Tag | None, name: str) -> str | None:
    """An attribute's value as one text; None where it is not there or empty."""
    value = node.get(name) if node is not None else None
    return tidy(" ".join(value) if isinstance(value, list) else value)


def address(node: Tag | None, url: str, name: str = "href") -> str | None:
    """The absolute address in an attribute, without its fragment; None where there is none that can be asked for."""
    value = attribute(node, name)
    if value is None or value.startswith("#"):
        return None
    try:
        absolute = urljoin(url, value.replace(" ", "%20"))
        parts = urlsplit(absolute)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return parts._replace(fragment="").geturl()


def base_address(page: Tag, url: str) -> str:
    """What the relative addresses on a page are meant against: its first `<base href>`, else its own address."""
    return address(page.select_one("base[href]"), url) or url


def apply_base(page: Tag, url: str) -> str | None:
    """Make the addresses on a page whole where `<base href>` says what relative ones mean; this base, or None where the
    page names none, or what is none."""
    base = address(page.select_one("base[href]"), url)
    if base is None or base == url:
        return None
    for name, key in _ADDRESSES:
        for node in page.select(f"{name}[{key}]"):
            said = attribute(node, key)
            if said and not said.startswith("#") and (name != "option" or "/" in said or "." in said):
                node[key] = _joined(base, said)
    return base


def _joined(base: str, said: str) -> str:
    try:
        whole = urljoin(base, said)
        return whole if urlsplit(whole).scheme in {"http", "https"} else said
    except ValueError:
        return said

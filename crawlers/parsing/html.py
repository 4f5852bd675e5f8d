"""Strict reading of HTML: one is one, text is text, and an address is whole."""

from __future__ import annotations

import copy
import re
import warnings
from typing import Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag, XMLParsedAsHTMLWarning
from bs4.dammit import EncodingDetector

from council.decoding import decode
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.wording import composed

LONGEST_PAGE: Final = 20_000_000
"""Bytes of markup; no page of a council is longer."""
DEEPEST_PAGE: Final = 500
"""Elements inside each other; looking upwards from each of them would take minutes where there are thousands."""

_ADDRESSES: Final = (("a", "href"), ("area", "href"), ("link", "href"), ("option", "value"), ("form", "action"))
_BETWEEN: Final = "\0"
"""Stands in no text of a page: parsers leave it out."""
_AT_BRACKET: Final = re.compile(r"\0(?=[)\]])|(?<=[(\[])\0")
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_AS_WRITTEN: Final = frozenset({"href", "src", "action", "formaction", "id", "class", "name", "for", "data", "url"})
"""Attributes by which something is asked for or found: an address with a combining umlaut answers to that alone."""
_UNSEEN: Final = "[hidden], script, style, table, option, .wicket-ajax-indicator"
_EMPHASIS: Final = ("b", "i", "em", "strong", "u", "mark", "font", "small", "s")


def parsed(body: bytes, url: str, charset: str | None = None) -> BeautifulSoup:
    """A page as a tree. `charset` is what the Content-Type declared, if anything. Raises UnexpectedResponse."""
    if len(body) > LONGEST_PAGE:
        raise UnexpectedResponse(url, "a page", f"{len(body)} bytes", "Look at what the server sends there")
    with warnings.catch_warnings():  # whoever asked for a page and got XML is told so by the reader, not by a warning
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        page = BeautifulSoup(decoded(body, charset), "lxml")
    if _depth(page) > DEEPEST_PAGE:
        advice = "Look at what the server sends there: elements are opened and never closed"
        raise UnexpectedResponse(url, "a page", f"more than {DEEPEST_PAGE} elements inside each other", advice)
    _compose(page)
    return page


def _compose(page: BeautifulSoup) -> None:
    """Every text of a page as people read it: "Straßen<wbr>bau", "Kinder<b>garten</b>" are one word each. Attributes
    stay as they are written; `attribute` reads them."""
    inside = [tag for tag in page.find_all(_EMPHASIS) if _is_inside_a_word(tag)]
    hints = page.find_all("wbr")
    for tag in [*hints, *inside]:
        tag.unwrap()
    if hints or inside:
        page.smooth()
    for node in page.find_all(string=True):
        if type(node) is NavigableString and not node.isascii() and (text := composed(node)) != node:
            node.replace_with(text)


def _is_inside_a_word(tag: Tag) -> bool:
    """Whether a word goes on over the beginning or the end of an element: a letter before it, a small one behind."""
    content = tag.get_text()
    before, after = tag.previous_sibling, tag.next_sibling
    edges = [(str(before), content[:1])] if isinstance(before, NavigableString) else []
    edges += [(content, str(after)[:1])] if isinstance(after, NavigableString) else []
    return any(left[-1:].isalpha() and right.islower() for left, right in edges)


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
    """The text of an answer. `charset` is what the Content-Type declared, if anything; then counts what the page
    itself declares."""
    declared = EncodingDetector.find_declared_encoding(body, is_html=True, search_entire_document=False)
    return decode(body, (charset, declared))


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
    """The text of an element in one line; None where there is none. Between two elements stands a blank, but not inside
    of a bracket: "(vertagt auf den <a>9.11.2015</a>)"."""
    if node is None:
        return None
    return tidy(_AT_BRACKET.sub("", node.get_text(_BETWEEN)).replace(_BETWEEN, " "))


def shown_text(node: Tag | None, without: str = "") -> str | None:
    """The text a reader sees in an element: nothing hidden, no nested tables, nothing that `without` selects."""
    if node is None:
        return None
    unwanted = f"{_UNSEEN}, {without}" if without else _UNSEEN
    if node.select_one(unwanted) is None:
        return text(node)
    bare = copy.copy(node)
    for hidden in bare.select(unwanted):
        hidden.extract()
    return text(bare)


def classes_of(node: Tag) -> frozenset[str]:
    """An element's classes in lower case."""
    return frozenset((attribute(node, "class") or "").lower().split())


def tidy(written: str | None) -> str | None:
    """A text as people read it, in one line without blanks at its ends; None where nothing is left."""
    return _in_one_line(composed(written))


def _in_one_line(written: str) -> str | None:
    return _BLANKS.sub(" ", written).strip() or None


def attribute(node: Tag | None, name: str) -> str | None:
    """An attribute's value as one text; None where it is not there or empty."""
    value = node.get(name) if node is not None else None
    written = " ".join(value) if isinstance(value, list) else value or ""
    is_address = name in _AS_WRITTEN or (name == "value" and node is not None and node.name == "option")
    return _in_one_line(written) if is_address else tidy(written)


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
            written = attribute(node, key)
            if written and not written.startswith("#") and (name != "option" or "/" in written or "." in written):
                node[key] = _joined(base, written)
    return base


def _joined(base: str, written: str) -> str:
    try:
        whole = urljoin(base, written)
        return whole if urlsplit(whole).scheme in {"http", "https"} else written
    except ValueError:
        return written

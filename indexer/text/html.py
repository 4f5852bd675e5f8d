"""HTML → text as a browser would show it, with BeautifulSoup on lxml."""

from __future__ import annotations

import re
from collections.abc import Generator

from bs4 import BeautifulSoup, CData, NavigableString, PageElement, Tag
from bs4.dammit import EncodingDetector

from council.decoding import decode
from indexer.text.extraction import Limits, Pages, one_page

_DROPPED = {
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "title", "tr", "ul",
}  # fmt: skip
_LINE, _CELL = "\ue000", "\ue001"
"""Private-use characters that stand for line ends and cell ends while the blanks of the source are collapsed."""
_MARKS = {**dict.fromkeys(_BLOCKS | {"br"}, _LINE), "td": _CELL, "th": _CELL}
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>")


def read(data: bytes, limits: Limits) -> Pages:
    """One page: the title and the visible text; a line a block, tabs between the cells of a table."""
    return one_page(text_of(decode(data, (EncodingDetector.find_declared_encoding(data, is_html=True),))))


def text_of(markup: str) -> str:
    """The visible text of an HTML document or fragment."""
    soup = BeautifulSoup(_PROLOGUE.sub("", markup, count=1), "lxml")
    text = " ".join("".join(_pieces(soup)).split())
    return re.sub(f" ?{_LINE} ?", "\n", re.sub(f"[ {_LINE}]*{_CELL}", "\t", text))


def _pieces(soup: BeautifulSoup) -> Generator[str, None, None]:
    """The text nodes in order, with marks for what begins and ends a line or a cell. No recursion: pages are deep."""
    waiting: list[PageElement | str] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _DROPPED:
                continue
            if node.name in _BLOCKS:
                yield _LINE
            waiting.append(_MARKS.get(node.name, ""))
            waiting += reversed(node.contents)
        elif type(node) in (NavigableString, CData, str):  # and no comment, declaration, processing instruction
            yield str(node)

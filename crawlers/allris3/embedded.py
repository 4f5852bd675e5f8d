"""Embedded texts: whole documents that ALLRIS 3 pastes into a page (Aspose.Words, Word), cut out before it is read.

Between them stand anchors (`<a name="allrisSV">`) or comments (`<!-- ### SV451000.rtf -->`) that say which text it is;
the Hildesheim website has lost the comments. Nothing in a pasted document is ever part of an agenda or a head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.parsing.html import parsed, tidy

_START = re.compile(r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!DOCTYPE[^>]{0,300}>\s*)?<html\b", re.IGNORECASE)
_PROLOG = re.compile(r"<\?xml[^>]{0,300}>", re.IGNORECASE)
_END = re.compile(r"</html\s*>", re.IGNORECASE)
_MARK = re.compile(
    r"<a\b[^>]{0,100}\b(?:name|id)\s*=\s*[\"']?allris([A-Z]{2})\b|<!--\s*###\s*([A-Z]{2})\d*\.\w+\s*-->", re.IGNORECASE
)
_HEADING = re.compile(r"([^\n:]{3,60}):\s*(?:\n|$)")

TITLES: Final = {
    "SV": "Sachverhalt",
    "BV": "Beschlussvorschlag",
    "BS": "Beschluss",
    "AE": "Abstimmungsergebnis",
    "WP": "Wortprotokoll",
    "AN": "Anlagen",
    "FA": "Finanzielle Auswirkungen",
    "BG": "Begründung",
}


MOST_BLOCKS: Final = 60
"""Texts that are kept of one page; the system knows about ten kinds of them."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One pasted text: the vendor's two letters for it, its heading, and the text without that heading."""

    code: str
    title: str
    text: str

    def written(self) -> str:
        """Heading and text as one paragraph."""
        return f"{self.title}:\n{self.text}"


def split(markup: str, url: str) -> tuple[str, tuple[TextBlock, ...]]:
    """The page without the documents pasted into it, and their texts; empty ones are left out. The first
    `<html>` is the page's own, where no mark stands before it."""
    pieces: list[str] = []
    blocks: list[TextBlock] = []
    at = 0
    starts = [one.start() for one in _START.finditer(markup)]
    if starts and not _MARK.search(markup, 0, starts[0]):
        del starts[0]
    for place, start in enumerate(starts):
        following = starts[place + 1] if place + 1 < len(starts) else len(markup)
        closing = _END.search(markup, start)
        end = min(following, closing.end() if closing else len(markup))
        pieces.append(markup[at:start])
        block = _block(_code(markup, at, start), markup[start:end], url) if place < MOST_BLOCKS else None
        if block:
            blocks.append(block)
        at = end
    pieces.append(markup[at:])
    return _PROLOG.sub("", "".join(pieces)), tuple(blocks)


def is_cut_off(markup: str) -> bool:
    """Whether a page ends within a document that is pasted into it: those before it have ends of their own."""
    end = max((one.end() for one in _MARK.finditer(markup)), default=len(markup))
    return _START.search(markup, end) is not None and not _END.search(markup, end)


def read_marked(page: Tag, url: str) -> tuple[TextBlock, ...]:
    """Texts that follow an anchor in the page itself, in older versions that paste no whole document."""
    found = []
    for anchor in page.select('a[name^="allris"]', limit=MOST_BLOCKS):
        code = str(anchor.get("name"))[len("allris") :][:2].upper()
        parts = []
        for one in anchor.next_siblings:
            if isinstance(one, Tag):
                if one.name in {"table", "form"} or one.select_one('a[name^="allris"], table.tk1, table.tl1'):
                    break
                if one.name == "a" and str(one.get("name", "")).startswith("allris"):
                    break
            if isinstance(one, Tag) or type(one).__name__ == "NavigableString":
                parts.append(str(one))
        if block := _block(code, "".join(parts), url):
            found.append(block)
    return tuple(found)


def _code(markup: str, begin: int, end: int) -> str:
    """What the last mark before a document calls it."""
    marks = _MARK.findall(markup, begin, end)
    return (marks[-1][0] or marks[-1][1]).upper() if marks else ""


def _block(code: str, markup: str, url: str) -> TextBlock | None:
    said = plain_text(markup, url)
    heading = _HEADING.match(said)
    title = heading[1].strip() if heading else TITLES.get(code, code or "Text")
    text = said[heading.end() :].strip() if heading else said
    return TextBlock(code, title, text) if text else None


def plain_text(markup: str, url: str) -> str:
    """The text of a pasted document, a line a paragraph. A word is cut into many spans: they are joined without blank
    ("Inklusionsbe|i|rat", Hildesheim). Raises UnexpectedResponse for what is nested without end."""
    tree = parsed(_PROLOG.sub("", markup).encode("utf-8", "replace"), url, "utf-8")
    for one in tree.select("head, script, style, title"):
        one.decompose()
    for one in tree.select("br"):
        one.replace_with("\n")
    for one in tree.select("p, div, li, tr, h1, h2, h3, h4, h5, h6, table"):
        one.append("\n")
    for one in tree.select("td, th"):
        one.append(" ")
    lines = (tidy(line) for line in tree.get_text("").split("\n"))
    return "\n".join(line for line in lines if line)

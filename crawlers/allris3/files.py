"""Documents: do027 by link or by form, and texts that are pasted into a page. Attachments copied to ___tmp have no
address that stays; they are only named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlencode, urlsplit

from bs4 import Tag

from council.model import File, FileRole
from crawlers.allris3 import quirks
from crawlers.allris3.urls import Diagnostics, Link, is_own, link_of
from crawlers.parsing.dates import day_in
from crawlers.parsing.documents import role_by_name, tooltip_of
from crawlers.parsing.html import address, attribute, parsed, shown_text, tidy
from crawlers.parsing.visibility import names_nonpublic_file

_PARAMETERS: Final = ("DOLFDNR", "OPTIONS", "ANNOTS", "TYP", "DOCTYP", "OTYP")
_TEMPORARY = re.compile(r"/___tmp/|/tmp/tmp/", re.IGNORECASE)
_TEMPORARY_PLACE = re.compile(r"/(\d{1,3})/([^/]+)$")
_NUMBERED = re.compile(r"Anlage\s+(\d{1,3})\b")
_SHORT_MINUTES = re.compile(rf"NIE|{quirks.SHORT_MINUTES}")
_MAIN = re.compile(
    r"(?:(?:beschluss|mitteilungs|informations|sitzungs)?vorlage|antrag|anfrage|mitteilung|drucksache)", re.IGNORECASE
)
_SHORT_LIVED = (
    "attachments whose addresses (temporary folder) answer in one session only: named without an address; "
    "the collected document, where there is one, holds them"
)


def read_files(nodes: Iterable[Tag], owner: str, diagnostics: Diagnostics) -> list[File]:
    """The documents within these elements, or that they are themselves, each once, without what may be non-public."""
    found: dict[str, File] = {}
    closed: set[str] = set()
    for node in nodes:
        own = [node] if node.name in {"a", "form"} else []
        for link in [*own, *node.select("a[href], form[action]")]:
            file, number = _read(link, owner, diagnostics)
            if number and file is None:
                closed.add(number)
            elif file:
                found.setdefault(file.native_id, file)
    return [file for number, file in found.items() if number not in closed]


def file_number(node: Tag, owner: str, diagnostics: Diagnostics) -> str | None:
    """The native id of the document a link or form leads to, public or not."""
    link = link_of(node, diagnostics)
    if link is not None and link.page.startswith("do") and (number := link.number("DOLFDNR")):
        return number
    target = address(node, diagnostics.base) if node.name == "a" else None
    return _temporary_id(node, target, owner) if target and _TEMPORARY.search(target) else None


def _read(node: Tag, owner: str, diagnostics: Diagnostics) -> tuple[File | None, str | None]:
    """The file, and its number where it is a document at all."""
    number = file_number(node, owner, diagnostics)
    target = address(node, diagnostics.base, "action" if node.name == "form" else "href")
    if number is None:
        _report_foreign(node, target, diagnostics)
        return None, None
    name, title = _name(node), _title(node)
    if _is_closed(node, name, title):
        return None, number
    link = link_of(node, diagnostics)
    if link is not None and link.number("DOLFDNR"):
        return File(native_id=number, role=_role(name, title), name=name or title, url=_stable(link)), number
    diagnostics.add("attachments", _SHORT_LIVED)
    return (
        File(
            native_id=number,
            name=name or title,
            file_name=unquote(urlsplit(target or "").path.rpartition("/")[2]) or None,
            date=day_in(attribute(node, "title")),
        ),
        number,
    )


def _report_foreign(node: Tag, target: str | None, diagnostics: Diagnostics) -> None:
    if (
        target
        and re.search(r"/do\d{3}\w*\.(?:aspx?|php)\?.*DOLFDNR", target, re.IGNORECASE)
        and not is_own(target, diagnostics)
    ):
        diagnostics.add("documents", f"a document on another host ({urlsplit(target).hostname}): left out")


def _stable(link: Link) -> str:
    """The address by GET, which answers as the form does (ris-systems C.2), with the fields that choose it."""
    given = {"DOLFDNR": link.number("DOLFDNR") or "", "options": link.parameters.get("OPTIONS", "64")}
    given |= {
        name.lower(): link.parameters[name]
        for name in _PARAMETERS[2:]
        if re.fullmatch(r"\d{1,6}", link.parameters.get(name, ""))
    }
    return f"{link.place}?{urlencode(given)}"


def _name(node: Tag) -> str | None:
    if node.name == "form":
        button = node.select_one("input[type=submit], input[type=image], button")
        return attribute(button, "value") or shown_text(button) or _title(node)
    return shown_text(node) or _title(node)


def _title(node: Tag) -> str | None:
    """What the tooltip calls it, without "(Öffnet PDF-Datei in neuem Fenster)"."""
    shown: Tag | None = node
    if node.name == "form":
        shown = node.select_one("input[type=submit], input[type=image], button")
    return tooltip_of(shown).name


def _is_closed(node: Tag, name: str | None, title: str | None) -> bool:
    """Whether its name, its tooltip ("Anlage 1 (nichtöffentlich; …) öffnen") or its row's status says non-public."""
    if any(names_nonpublic_file(written) for written in (name, title) if written):
        return True
    row = node.find_parent("tr")
    if row is None or row.select_one("form + form, table") is not None:
        return False
    cells = [cell for cell in row.find_all("td") if cell.find_parent("tr") is row and node not in cell.descendants]
    written = [shown_text(cell) or "" for cell in cells]
    return any(len(words) < 40 and names_nonpublic_file(words) for words in written)


def _temporary_id(node: Tag, target: str, owner: str) -> str | None:
    """An attachment's place among its owner's: what stays the same of "…/68-Anlagen/01/Anlage-1_Plan.pdf"."""
    place = _TEMPORARY_PLACE.search(urlsplit(target).path)
    numbered = _NUMBERED.search(attribute(node, "title") or "")
    if place:
        return f"{owner}/anlage-{int(place[1])}"
    return f"{owner}/anlage-{numbered[1]}" if numbered else f"{owner}/{urlsplit(target).path.rpartition('/')[2][:100]}"


def _role(name: str | None, title: str | None) -> FileRole:
    for written in (name, title):
        if written and _SHORT_MINUTES.search(written):
            return FileRole.MINUTES
        if written and (role := role_by_name(written) or (FileRole.MAIN if _MAIN.fullmatch(written) else None)):
            return role
    return FileRole.ATTACHMENT


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
    starts = [start.start() for start in _START.finditer(markup)]
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
    end = max((mark.end() for mark in _MARK.finditer(markup)), default=len(markup))
    return _START.search(markup, end) is not None and not _END.search(markup, end)


def read_marked(page: Tag, url: str) -> tuple[TextBlock, ...]:
    """Texts that follow an anchor in the page itself, in older versions that paste no whole document."""
    found = []
    for anchor in page.select('a[name^="allris"]', limit=MOST_BLOCKS):
        code = str(anchor.get("name"))[len("allris") :][:2].upper()
        parts = []
        for sibling in anchor.next_siblings:
            if isinstance(sibling, Tag):
                if sibling.name in {"table", "form"} or sibling.select_one('a[name^="allris"], table.tk1, table.tl1'):
                    break
                if sibling.name == "a" and str(sibling.get("name", "")).startswith("allris"):
                    break
            if isinstance(sibling, Tag) or type(sibling).__name__ == "NavigableString":
                parts.append(str(sibling))
        if block := _block(code, "".join(parts), url):
            found.append(block)
    return tuple(found)


def _code(markup: str, begin: int, end: int) -> str:
    """What the last mark before a document calls it."""
    marks = _MARK.findall(markup, begin, end)
    return (marks[-1][0] or marks[-1][1]).upper() if marks else ""


def _block(code: str, markup: str, url: str) -> TextBlock | None:
    written = plain_text(markup, url)
    heading = _HEADING.match(written)
    title = heading[1].strip() if heading else TITLES.get(code, code or "Text")
    text = written[heading.end() :].strip() if heading else written
    return TextBlock(code, title, text) if text else None


def plain_text(markup: str, url: str) -> str:
    """The text of a pasted document, a line a paragraph. A word is cut into many spans: they are joined without blank
    ("Inklusionsbe|i|rat", Hildesheim). Raises UnexpectedResponse for what is nested without end."""
    tree = parsed(_PROLOG.sub("", markup).encode("utf-8", "replace"), url, "utf-8")
    for node in tree.select("head, script, style, title"):
        node.decompose()
    for node in tree.select("br"):
        node.replace_with("\n")
    for node in tree.select("p, div, li, tr, h1, h2, h3, h4, h5, h6, table"):
        node.append("\n")
    for node in tree.select("td, th"):
        node.append(" ")
    lines = (tidy(line) for line in tree.get_text("").split("\n"))
    return "\n".join(line for line in lines if line)

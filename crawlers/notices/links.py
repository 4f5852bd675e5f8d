"""The links of a part of a page: documents and pages, what each is called, and what stands beside and above it:
headings, the nearest first, and the heads of a table's columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from council.notices import Notices
from crawlers.notices.meeting import names_place
from crawlers.notices.urls import host, is_document, link_address
from crawlers.parsing.dates import find_days
from crawlers.parsing.documents import without_size
from crawlers.parsing.html import attribute, text, tidy
from crawlers.parsing.visibility import names_nonpublic_file

_GENERIC = re.compile(
    r"\W*(?:(?:hier |jetzt |als |zum |zur )?(?:mehr(?: lesen| erfahren| infos?| informationen|\s?…)?|weiter(?:lesen)?"
    r"|weitere informationen|lesen sie mehr|details?(?: anzeigen)?|anzeigen|ansehen|öffnen|hier(?: klicken)?"
    r"|link|artikel|zum artikel|bekanntmachung|meldung|download(?:en)?|herunterladen|datei|dokument"
    r"|pdf(?:[ -]\w+)?|seite|\d{1,3})"
    r"(?: öffnen| anzeigen| herunterladen| lesen)?)?\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Document:
    """A link to a document: what it is called there, the head of its column in a table, and whether what stands
    beside it ("(nö)") or above its column says that it is not public."""

    name: str | None
    url: str
    label: str | None = None
    nonpublic: bool = False


def sorted_links(
    links: list[Tag], url: str, description: Notices, columns: Columns
) -> tuple[list[Document], list[Document]]:
    """Documents and pages among the links of a block, each address once, under the best name it has."""
    documents: dict[str, Document] = {}
    pages: dict[str, Document] = {}
    for link in links:
        address = link_address(link, url)
        if address is None:
            continue
        name = name_of(link)
        if is_document(link, address, description):
            held = documents.setdefault(address, Document(name, address, columns.head_of(link)))
            held.nonpublic |= _is_said_nonpublic(link, held.label)
            held.name = name if is_generic(held.name) and not is_generic(name) else held.name
        elif host(address) == host(url) or name:
            page = pages.setdefault(address, Document(name, address, columns.head_of(link)))
            page.name = name if is_generic(page.name) else page.name
            page.nonpublic |= _is_said_nonpublic(link, page.label)
    for document in documents.values():
        document.name = None if is_generic(document.name) else document.name
    return list(documents.values()), list(pages.values())


def _is_said_nonpublic(link: Tag, label: str | None) -> bool:
    """Whether the head of its column, or what stands beside a link, says that it leads to what is not public."""
    return names_nonpublic_file(_beside(link), label)


def _beside(link: Tag) -> str | None:
    """What stands between a link and the next one or the end of its line: "(nö)"."""
    pieces = []
    for node in link.next_siblings:
        if isinstance(node, Tag) and (node.name in ("a", "br", "li", "p", "ul", "ol", "div") or node.find("a")):
            break
        pieces.append(node.get_text(" "))
    return tidy(" ".join(pieces)[:200])


def name_of(link: Tag) -> str | None:
    own = without_size(text(link))
    if not is_generic(own):
        return own
    tips = (attribute(link, "title"), attribute(link, "aria-label"))
    better = (without_size(tip) for tip in tips)
    return next((tip for tip in better if not is_generic(tip)), own)


def best_name(link: Tag) -> str | None:
    """What a link calls its target; None where it says but "Download" or "PDF"."""
    name = name_of(link)
    return None if is_generic(name) else name


def is_generic(name: str | None) -> bool:
    return name is None or bool(_GENERIC.fullmatch(name))


_MARKED: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_OTHERS: Final = 7
"""Captions, terms and what alone is bold in its paragraph stand below every heading."""
_NAMES: Final = (*_MARKED, "caption", "summary", "legend", "dt", "strong", "b")
_CARDS: Final = ("article", "li", "td", "th", "dd", "table", "details", "fieldset", "figure")
BLOCK_CLASS = re.compile(
    r"(?:^|[-_])(?:item|entry|teaser|card|article|post|termin|event|notice|meldung|listitem|eintrag|download|box|news)$"
    r"|^(?:hentry|vevent)$",
    re.IGNORECASE,
)
"""Classes of a part of a page that is one entry."""
_LONGEST = 300
_BARE_TIME = re.compile(r"(?:ab |um |ca\. )?(\d{1,2}[.:]\d{2})(?:\s?[-–]\s?\d{1,2}[.:]\d{2})?")


@dataclass(frozen=True, slots=True)
class _Heading:
    place: int
    level: int
    text: str
    card: int | None


class Headings:
    """Every heading of a part of a page, found once. `links`: what a heading calls the page it leads to;
    `columns`: the heads of tables."""

    def __init__(self, root: Tag) -> None:
        self.columns = Columns()
        self.links: dict[str, str] = {}
        self._places: dict[int, int] = {}
        self._headings: list[_Heading] = []
        for place, node in enumerate(root.find_all(True)):
            self._places[id(node)] = place
            if node.name in _NAMES and _is_heading(node) and (words := text(node)) and len(words) < _LONGEST:
                self._headings.append(_Heading(place, _MARKED.get(node.name, _OTHERS), words, _card(node)))
        self._starts = [heading.place for heading in self._headings]

    def above(self, block: Tag) -> list[str]:
        """The texts above a block: of its row, then each heading that is higher than the one below it."""
        found = _of_the_row(block)
        level, around = _OTHERS + 1, {id(node) for node in (block, *block.parents)}
        for at in range(bisect_left(self._starts, self._places.get(id(block), 0)) - 1, -1, -1):
            heading = self._headings[at]
            if heading.level < level and (heading.card is None or heading.card in around):
                level = heading.level
                found.append(heading.text)
            if level == 1:
                break
        return found


def _card(node: Tag) -> int | None:
    """The entry that a heading is the title of: it is no other entry's."""
    for around in node.parents:
        classes = (attribute(around, "class") or "").split()
        if around.name in _CARDS or any(BLOCK_CLASS.search(css_class) for css_class in classes):
            return id(around)
    return None


def _is_heading(node: Tag) -> bool:
    if node.name not in ("strong", "b"):
        return True
    around = node.find_parent(["p", "div", "td", "li"])
    if around is None or around.name not in ("p", "div") or around.find("a", href=True) is not None:
        return False
    return re.sub(r"\s+", "", around.get_text()) == re.sub(r"\s+", "", node.get_text())


def _of_the_row(block: Tag) -> list[str]:
    row = block if block.name == "tr" else block.find_parent("tr")
    for cell in row.find_all(["td", "th"], recursive=False)[:1] if row is not None else ():
        if (words := text(cell)) and cell.find("a", href=True) is None and not find_days(words):
            return [words]
    return []


class Columns:
    """The heads of the columns of a page's tables; each table is looked through once."""

    def __init__(self) -> None:
        self._tables: dict[int, tuple[Tag, dict[int, int], list[tuple[int, list[Tag]]]]] = {}

    def head_of(self, node: Tag) -> str | None:
        """The head of the column in which a link or a cell stands: of the nearest row of heads above."""
        cell = node if node.name in ("td", "th") else node.find_parent(["td", "th"])
        row, table = node.find_parent("tr"), node.find_parent("table")
        if cell is None or table is None or row is None:
            return None
        _, places, heads = self._table(table)
        place = sum(span(sibling) for sibling in cell.find_previous_siblings(["td", "th"]) if isinstance(sibling, Tag))
        above = (cells for at, cells in reversed(heads) if at < places.get(id(row), 0))
        return next((words for cells in above if (words := _head_at(cells, place))), None)

    def place_of(self, row: Tag) -> str | None:
        """The cell of a row under "Ort" or "Raum"."""
        for cell in row.find_all("td", recursive=False):
            if names_place(self.head_of(cell) or "") and (words := text(cell)):
                return words
        return None

    def _table(self, table: Tag) -> tuple[Tag, dict[int, int], list[tuple[int, list[Tag]]]]:
        if id(table) not in self._tables:
            rows = table.find_all("tr")
            heads = [(at, cells) for at, row in enumerate(rows) if (cells := _heads(row))]
            self._tables[id(table)] = table, {id(row): at for at, row in enumerate(rows)}, heads
        return self._tables[id(table)]


def _heads(row: Tag) -> list[Tag]:
    cells = row.find_all(["th", "td"], recursive=False)
    return cells if cells and all(cell.name == "th" for cell in cells) else []


def _head_at(heads: list[Tag], place: int) -> str | None:
    at = 0
    for head in heads:
        if at <= place < at + span(head) and (words := text(head)):
            return words
        at += span(head)
    return None


def span(cell: Tag) -> int:
    """How many columns a cell takes; no more than the 1,000 of HTML (https://html.spec.whatwg.org, 4.9.11)."""
    written = attribute(cell, "colspan") or "1"
    return min(int(written), 1000) if written.isdecimal() and len(written) < 10 and int(written) else 1


def row_apart(row: Tag, *, without: Collection[Tag] = ()) -> str | None:
    """What a row says, its cells kept apart: "12.11.2026 | 19:00 Uhr | Gemeinderat | Rathaus". `without`: links whose
    text is left out."""
    texts, skipped = [], {id(link) for link in without}
    for cell in row.find_all(["td", "th"], recursive=False):
        strings = (s for s in cell.find_all(string=True) if s.find_parent(["select", "script"]) is None)
        line = " ".join(" ".join(str(s) for s in strings if id(s.find_parent("a")) not in skipped).split())
        if line:
            texts.append(f"{line} Uhr" if _BARE_TIME.fullmatch(line) else line)
    return " | ".join(texts)[:300] or None

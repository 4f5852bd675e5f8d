"""An agenda as a line of headings, items and details, however the page lays it out: table rows or cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bs4 import Tag

from crawlers.parsing.badges import NO_BADGE, read_badge
from crawlers.parsing.columns import AGENDA, Column, Columns
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import attribute
from crawlers.parsing.tables import Row, own_rows, rows_of
from crawlers.parsing.visibility import Section, section_of_heading
from crawlers.sessionnet import quirks
from crawlers.sessionnet.labels import is_within, outermost, shown
from crawlers.sessionnet.urls import number, page_name, target

TABLES: Final = (
    "table.smctablesitzung, table.smc_page_to0040_contenttable, table[id^=smc_page_to0040_contenttable], "
    "table[id^=smc_page_si0057_contenttable], table[id^=smc_page_si0056_contenttable], "
    "table[id^=smc_page_si0055_contenttable], table.smctabletagesordnung"
)
_ITEM_CELLS: Final = "td.tofnum, td.smc_tophn, td.tobetr, td.tolink, td.smc_topht, td.smc_field_tofnum, td.totrenn"
_AGENDA_CELLS: Final = f"{_ITEM_CELLS}, .smc_toph, .smc_tophz"
_NUMBER_CELLS: Final = ("tofnum", "smc_tophn", "smc_field_tofnum", "smc_field_tonr", "tonr", "smc_tofnum")
_TITLE_CELLS: Final = ("tobetr", "tolink", "smc_topht", "smc_field_tobetr", "smc_field_tolink")
_HEADING_CLASSES: Final = frozenset({"totrenn", "smcrowh", "smc-table-group", "smc_field_totrenn"})
_COLUMNS: Final = Columns(
    AGENDA,
    classes=dict.fromkeys(_NUMBER_CELLS, Column.NUMBER) | dict.fromkeys(_TITLE_CELLS, Column.NAME),
    reaches_down=False,
)
_ROW_ID = re.compile(r"contol_to_\d+_(\d{1,15})$|_(\d{2,15})$")
_BADGED = re.compile(r"(?:TOP\s*)?(?:Ö|N|NÖ)\s*\d", re.IGNORECASE)
_BELOW: Final = (".smc-documents", "table.smcdocbox", "p[class*=smc_field_smcdv]", ".smcdocmsword", ".smcdv6_data")
_CARDS: Final = ".card, .panel"
_CARD_TITLES: Final = ".smc-card-text-title, .smc-panel-text-title, .smc-card-header-title-simple"
_BADGES: Final = "span.badge:not(.smc-badge-text):not(.smc-badge-count), .smc-badge-top"


@dataclass(slots=True)
class Heading:
    """A line that divides the agenda; `part` is None for one that is not known."""

    node: Tag
    words: str
    part: Section | None


@dataclass(slots=True)
class Item:
    """An item's line. `nodes` are all elements that belong to it, `details` its labelled lines."""

    node: Tag
    number: str | None
    title: Tag | None
    native: str | None
    details: list[tuple[str, Tag]] = field(default_factory=list)
    nodes: list[Tag] = field(default_factory=list)

    def swallowed(self) -> list[Tag]:
        """Tables within the item that hold lines of an agenda: a tag was lost, and other items' lines fell in."""
        tables = [table for node in self.nodes for table in node.select("table") if table.select_one(_AGENDA_CELLS)]
        return outermost(tables)

    def links(self) -> list[Tag]:
        """The item's own links and forms."""
        found = [link for node in self.nodes for link in node.select("a[href], form")]
        swallowed = self.swallowed()
        return [link for link in found if not is_within(link, swallowed)] if swallowed else found


Line = Heading | Item


def agenda_tables(page: Tag) -> list[Tag]:
    """The agenda's tables: none of them inside another."""
    tables = [table for table in page.select(TABLES) if table.name == "table"]
    if not tables:
        tables = [table for table in page.select("table") if _own(table, _ITEM_CELLS)]
    return outermost(tables)


def has_lines_outside(page: Tag, regions: list[Tag]) -> bool:
    """Whether cells of an agenda lie outside what was read as one: where a tag is lost, its table ends too early."""
    return any(not is_within(cell, regions) for cell in page.select(f"{_AGENDA_CELLS}, td.smc_field_tofnum"))


def unnamed_tables(page: Tag) -> list[Tag]:
    """Tables that have no name of an agenda, whose rows do: a badge with a number, or the heading of a part."""
    found = []
    for table in page.select("table"):
        for row in own_rows(table):
            first = row.find(["td", "th"])
            words = shown(first) if isinstance(first, Tag) else None
            if words and (_BADGED.match(words) or section_of_heading(words)):
                found.append(table)
                break
    return outermost(found)


def _own(table: Tag, selector: str) -> list[Tag]:
    return [cell for cell in table.select(selector) if cell.find_parent("table") is table]


def _lines_of(table: Tag) -> list[Tag]:
    """The rows of a table, and what lies between them because a tag was lost: it may be a part's heading."""
    found = []
    for element in table.find_all(["tr", "td", "th"]):
        is_row = element.name == "tr" or (
            element.parent is not None and element.parent.name in {"table", "tbody", "thead"}
        )
        if is_row and element.find_parent("table") is table:
            found.append(element)
    return found


def table_lines(table: Tag, diagnostics: Diagnostics) -> Iterator[Line]:
    """The lines of an agenda's table; rows of details are put to the item above them."""
    item: Item | None = None
    for row in rows_of(table, _COLUMNS, "agenda", diagnostics, _lines_of(table)):
        node, cells = row.node, list(row.cells)
        words = shown(node)
        if words is None and not node.select_one("a[href], form"):
            continue
        if not cells:
            yield Heading(node, words or "", section_of_heading(words or ""))
            item = None
            continue
        if row.is_header and not any(section_of_heading(shown(cell) or "") for cell in cells):
            continue
        heading = _heading(node, cells)
        if item is not None and (heading is None or heading.part is None) and _is_detail(node, cells):
            item.nodes.append(node)
            item.details += [*_details(cells), *paragraphs(node)]
            continue
        if heading:
            yield heading
            item = None
            continue
        item = _item(row, diagnostics.url)
        yield item


def own_marks(node: Tag) -> Iterator[Tag]:
    """The elements of a row that speak of its item by class or tooltip. Links and documents speak of what they lead to:
    the code of a document "NÖ" says that it is the public minutes."""
    for mark in (node, *node.select("i, img, span, svg, td, div")):
        if mark.find_parent("a") is None and "smc-doc" not in (attribute(mark, "class") or ""):
            yield mark


def _classes(node: Tag) -> set[str]:
    return {str(name) for name in node.get_attribute_list("class") if name}


def _is_detail(row: Tag, cells: list[Tag]) -> bool:
    """A row of what was decided, below its item: "smc_tophz", or no number before a label with a colon."""
    names = set().union(_classes(row), *(_classes(cell) for cell in cells))
    if "smc_tophz" in names or _is_below(row, names):
        return True
    if names & set(_NUMBER_CELLS) or names & _HEADING_CLASSES or attribute(row, "id"):
        return False
    texts = list(filter(None, map(shown, cells)))
    return len(texts) > 1 and shown(cells[0]) is None and texts[0].endswith(":")


def _is_below(row: Tag, names: set[str]) -> bool:
    """A row with nothing but documents, or what was decided, of the item above it."""
    if names & (set(_NUMBER_CELLS) | set(_TITLE_CELLS) | _HEADING_CLASSES):
        return False
    left = shown(row, *_BELOW)
    return left is None and bool(row.select(", ".join(_BELOW)))


def _details(cells: list[Tag]) -> list[tuple[str, Tag]]:
    found = []
    for label, cell in pairwise(cells):
        words = shown(label)
        if words and words.endswith(":") and shown(cell):
            found.append((words.rstrip(": ").lower(), cell))
    return found


def _heading(row: Tag, cells: list[Tag]) -> Heading | None:
    """A row that divides: by its class, or one cell over all columns; never one with a number's cell and a title's."""
    names = set().union(_classes(row), *(_classes(cell) for cell in cells))
    texts = list(filter(None, map(shown, cells)))
    words = " ".join(texts)
    if not words:
        return None
    has_item = bool(names & set(_NUMBER_CELLS)) and bool(names & set(_TITLE_CELLS))
    is_divider = bool(names & _HEADING_CLASSES) and not has_item
    is_alone = len(cells) == 1 and not (names & set(_NUMBER_CELLS))
    candidates = [words] if "smc_tophz" in names else [words, *texts]
    part = next(filter(None, map(section_of_heading, candidates)), None)
    if is_divider or is_alone or (part is not None and (part is Section.NONPUBLIC or not has_item)):
        return Heading(row, words, part)
    return None


def _item(row: Row, url: str) -> Item:
    fields, cells = row.fields, row.cells
    number_cell = fields.get(Column.NUMBER) or (cells[0] if len(cells) > 1 else None)
    title_cell = fields.get(Column.NAME) or next(
        (cell for cell in cells if cell is not number_cell and shown(cell)), None
    )
    badge = number_cell.select_one("span.badge") if number_cell else None
    title = title_cell.select_one(_CARD_TITLES) if title_cell else None
    item = Item(
        row.node, shown(badge) or shown(number_cell), title or title_cell, item_number(row.node, url), nodes=[row.node]
    )
    results = {"ergebnis": fields.get(Column.RESULT), "abstimmung": fields.get(Column.VOTE)}
    item.details = [*paragraphs(row.node), *((label, cell) for label, cell in results.items() if shown(cell) and cell)]
    return item


def paragraphs(node: Tag) -> Iterator[tuple[str, Tag]]:
    """Labelled paragraphs in a cell or card: `smc_field_smcdv0_box2_beschluss`, "<strong>Beschluss:</strong> …"."""
    for inner in node.select("p, li, div[class*=smc_field_smcdv]"):
        label = inner.find(["strong", "b"])
        words = shown(label) if isinstance(label, Tag) else None
        by_class = next(
            (name.rpartition("_")[2] for name in _classes(inner) if name.startswith("smc_field_smcdv")), None
        )
        if words and words.rstrip().endswith(":") and inner.find_parent(["form"]) is None:
            yield words.rstrip(": ").lower(), inner
        elif by_class:
            yield by_class, inner


def item_number(node: Tag, url: str) -> str | None:
    """The item's own number: of the row's id, of a link to the item, or of the script that loads its texts."""
    found = _ROW_ID.search(attribute(node, "id") or "")
    if node.name == "tr" and found:
        return found[1] or found[2]
    for link in node.select("a[href]"):
        address = target(link, url)
        if address and page_name(address) in {"to0050", "to0055", "to0058", "to0051"}:
            native = number(address, "ktonr") or number(address, "smctonr")
            if native:
                return native
    return quirks.item_in_script(node)


def card_lines(page: Tag, url: str) -> Iterator[Line]:
    """The lines of an agenda of cards: inside its accordion every header without a number divides; elsewhere only one
    that names a part."""
    accordion = page.select_one("#smcaccordion, .accordion, .panel-group")
    for card in (accordion or page).select(_CARDS):
        if card.select_one(_CARDS) is not None:
            continue
        header = card.select_one(".card-header, .panel-heading") or card
        title = header.select_one(_CARD_TITLES) or header.select_one("button.btn-link, h3, h2, h4")
        badge = header.select_one(_BADGES)
        words = shown(badge) if badge is not None else None
        is_item = words is not None or header.select_one(_CARD_TITLES) is not None
        if is_item and (read_badge(words) != NO_BADGE or title):
            item = Item(card, words, title, item_number(card, url), nodes=[card])
            item.details = list(paragraphs(card))
            yield item
        elif text := shown(header):
            part = section_of_heading(text)
            if part is not None or (accordion is not None and not _is_frame(card)):
                yield Heading(card, text, part)


def _is_frame(card: Tag) -> bool:
    """A card of the page's head: information and documents of the meeting."""
    return (attribute(card, "id") or "").startswith("smcpanel") or card.select_one(".smc-table-row") is not None

"""Tables read by the meaning of their columns: by header first, by the cell's class where there is none.

A table may go on behind links which one session only understands (Wicket's navigator).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.parsing.diagnostics import Diagnostics, WarningKind
from crawlers.parsing.html import attribute, classes_of, shown_text, text

_MOST_COLUMNS: Final = 60

_HEADERS: Final[dict[str, str]] = {
    **dict.fromkeys(("top", "nr.", "nr", "nummer", "top-nr.", "top nr.", "lfd. nr."), "number"),
    **dict.fromkeys(("betreff", "bezeichnung", "thema", "sitzung", "titel"), "name"),
    **dict.fromkeys(
        ("vorlage", "vorlagen", "vorlagennummer", "vorlage-nr.", "vorlagen-nr.", "drucksache", "drucksachennummer"),
        "paper",
    ),
    **dict.fromkeys(("beschluss", "beschlussart", "ergebnis", "beschlussergebnis", "abstimmung"), "result"),
    **dict.fromkeys(("abstimmungsergebnis", "beratungsergebnis", "beschlussstatus"), "result"),
    **dict.fromkeys(("zuständigkeit", "rolle", "beratungsart"), "role"),
    **dict.fromkeys(("datum", "tag", "sitzungstermin", "termin", "sitzungsdatum", "date"), "date"),
    **dict.fromkeys(("uhrzeit", "zeit", "beginn", "time"), "time"),
    **dict.fromkeys(("gremium", "gremien", "ausschuss", "gremium/sitzung", "gremium / sitzung"), "organization"),
    **dict.fromkeys(("raum", "ort", "sitzungsort", "sitzungsraum"), "place"),
    **dict.fromkeys(("art", "vorlageart", "vorlagenart", "drucksachenart"), "type"),
    **dict.fromkeys(("federführend", "federführung", "federführende organisationseinheit", "amt"), "office"),
    **dict.fromkeys(("status", "öffentlichkeit", "öffentlichkeitsstatus"), "status"),
    **dict.fromkeys(("mitglied", "person", "nachname", "name, vorname"), "person"),
    **dict.fromkeys(("funktion", "art der mitarbeit", "mitarbeit", "mitgliedschaft", "amt/funktion"), "function"),
    **dict.fromkeys(("von", "seit", "beginn der mitgliedschaft", "eintritt"), "from"),
    **dict.fromkeys(("bis", "ende", "austritt"), "until"),
}
_CLASSES: Final = {
    "tonr": "number",
    "tobetreff": "name",
    "tovonr": "paper",
    "tobanr": "result",
    "tozunr": "role",
    "date": "date",
    "datecol": "date",
    "time": "time",
    "textcol": "name",
    "raum": "place",
    "colorcol": "status",
}
_SURE: Final = frozenset({"tonr", "tobetreff", "tovonr"})
"""Classes that mean the same in every town, where the last column's (tozunr) is what its header says."""
_EITHER: Final = "tagesordnungspunkt"
"""A header over the subjects where another one stands over the numbers, else over the numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `cells` by meaning, `classes` of the row itself."""

    node: Tag
    cells: dict[str, Tag]
    classes: frozenset[str]

    def text(self, meaning: str, without: str = "") -> str | None:
        """A cell's text in one line; None where it is empty or not there."""
        return shown_text(self.cells.get(meaning), without)


def header_meanings(table: Tag) -> list[str | None]:
    """What the columns mean, by their headers; None for one that is not known."""
    for line in _own_rows(table):
        heads = [cell for cell in line.find_all(["th", "td"], recursive=False) if isinstance(cell, Tag)]
        if heads and all(cell.name == "th" for cell in heads):
            found: list[str | None] = []
            for head in heads:
                found += [_meaning_of_header(head, heads)] * _span(head)
            return found[:_MOST_COLUMNS]
    return []


def rows(table: Tag, otherwise: Sequence[str] = ()) -> Iterator[Row]:
    """The body's rows of this table, not of tables within it. Huge column spans are cut. `otherwise` is what the
    columns mean where there are no headers."""
    meanings = header_meanings(table) or list(otherwise)
    for line in _own_rows(table):
        cells = [cell for cell in line.find_all(["td", "th"], recursive=False) if isinstance(cell, Tag)]
        if any(cell.name == "td" for cell in cells):
            yield Row(line, _by_meaning(cells, meanings), classes_of(line))


def _own_rows(table: Tag) -> Iterator[Tag]:
    return (line for line in table.find_all("tr") if line.find_parent("table") is table)


def _by_meaning(cells: list[Tag], meanings: Sequence[str | None]) -> dict[str, Tag]:
    found: dict[str, Tag] = {}
    place = 0
    for cell in cells:
        head = meanings[place] if place < len(meanings) else None
        classes = sorted(name for name in classes_of(cell) if name in _CLASSES)
        sure = next((_CLASSES[name] for name in classes if name in _SURE), None)
        meaning = sure or head or next((_CLASSES[name] for name in classes), None)
        if meaning:
            found.setdefault(meaning, cell)
        place = min(place + _span(cell), _MOST_COLUMNS)
    return found


def _meaning_of_header(head: Tag, heads: list[Tag]) -> str | None:
    said = _words(head)
    if said == _EITHER:
        return "name" if any(_HEADERS.get(_words(one)) == "number" for one in heads) else "number"
    named = _HEADERS.get(said)
    return named or next((_CLASSES[name] for name in sorted(classes_of(head)) if name in _CLASSES and not said), None)


def _words(head: Tag) -> str:
    said = text(head) or attribute(head.select_one("[aria-label]"), "aria-label") or ""
    return said.lower().strip(": ↑↓▲▼")


def _span(cell: Tag) -> int:
    value = attribute(cell, "colspan") or "1"
    return max(1, min(int(value), _MOST_COLUMNS)) if value.isdecimal() and len(value) < 6 else 1


def own_marks(node: Tag) -> Iterator[Tag]:
    """The elements of a row or an entry that speak of it by class or tooltip; links, but for the item's own, speak of
    what they lead to."""
    yield node
    yield from node.select("a[id^=link_], a[id^=betreff_]")
    for mark in node.select("td, img, span, i, svg, div"):
        link = mark.find_parent("a")
        if link is None or (attribute(link, "id") or "").startswith(("link_", "betreff_")):
            yield mark


def say_if_paged(tables: list[Tag], diagnostics: Diagnostics) -> None:
    """Note that the list of these tables goes on."""
    page = next((table.find_parent("body") for table in tables), None)
    if page is not None and page.select_one("a[href*=pageLink], a[href*=navigator]") is not None:
        what = "the list has more pages, whose links answer in one session only: ask by month or committee"
        diagnostics.add("paging", what, WarningKind.LIST_PAGED)

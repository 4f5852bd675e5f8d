"""Tables: rows and their own cells, by what the header says and by the place in the grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bs4 import Tag

from crawlers.allris3 import quirks
from crawlers.parsing.html import attribute, classes_of, shown_text

_WIDEST = 60
"""Columns; a wider colspan is no table of a council."""

_HEADERS: Final = (
    ("number", re.compile(r"^(?:top|nr\.?|lfd\.? ?nr\.?|punkt|tonr)$")),
    ("paper", re.compile(r"^(?:vorlage|vorlagen?-?nr\.?|vorlagennummer|drucksachen?(?:-?nr\.?|nummer)?|nummer|name)$")),
    ("name", re.compile(r"^(?:betreff|bezeichnung|sitzung|gegenstand|titel|thema|beratungsgegenstand)$")),
    ("result", re.compile(r"^(?:beschluss(?:art)?|ergebnis|abstimmung|beratungsergebnis)$")),
    ("role", re.compile(r"^(?:zuständigkeit|aktion|beratungsart)$")),
    (
        "date",
        re.compile(
            r"^(?:datum|termin|tag|sitzungstermin|sitzungsdatum|erstellt(?: am)?|vom|eingang|freigabe"
            r"|angel(?:egt)?(?: am)?)$"
        ),
    ),
    ("time", re.compile(r"^(?:uhrzeit|zeit|beginn)$")),
    ("place", re.compile(r"^(?:raum|ort|sitzungsort|sitzungsraum|raum/ort|raum, ort|ort/raum|tagungsort)$")),
    ("organization", re.compile(r"^(?:gremium|gremien|ausschuss)$")),
    ("office", re.compile(r"^(?:federführend(?:es amt)?|federführung|fachbereich|amt|organisationseinheit)$")),
    (
        "type",
        re.compile(r"^(?:art|d(?:s|rs)?\.?-?art|vo?\.?-?art|vorlage-?art|vorlagenart|drucksache(?:n)?-?art|typ)$"),
    ),
    ("status", re.compile(r"^(?:status|öffentlichkeit)$")),
    ("from", re.compile(r"^(?:von|seit|beginn|eintritt|vom|mitglied seit)$")),
    ("until", re.compile(r"^(?:bis|ende|austritt)$")),
    ("function", re.compile(r"^(?:funktion|art der mitarbeit|mitarbeit|amt|tätigkeit|rolle)$")),
)
_CLASSES: Final = {
    "tonr": "number",
    "tobetreff": "name",
    "tovonr": "paper",
    "tobanr": "result",
    "toba": "result",
    "tobahint": "hint",
    "raum": "place",
    "time": "time",
    "textcol": "name",
}

Judge = Callable[[Iterable[dict[int, str]]], dict[int, str]]
"""From rows of texts by column to the meaning of columns."""


@dataclass(slots=True)
class Row:
    """One row: its own cells in order, and those whose meaning its class or the header tells."""

    node: Tag
    cells: list[Tag]
    named: dict[str, Tag] = field(default_factory=dict)
    has_header: bool = True
    """Whether a header row says what the columns are, as far as anything does."""

    def text(self, meaning: str) -> str | None:
        """The text of the cell with that meaning."""
        return shown_text(self.named.get(meaning))

    @property
    def classes(self) -> frozenset[str]:
        """The row's classes in lower case."""
        return classes_of(self.node)


def rows(table: Tag, meanings: frozenset[str] | None = None, without_header: Judge | None = None) -> Iterator[Row]:
    """The table's own rows in order, header rows too: their cells are th. `meanings` limits what headers say;
    `without_header` tells the columns of a table that has no header row by what the cells of each hold."""
    columns: dict[int, str] = {}
    has_header = without_header is None or any(is_header(cells) for _, cells in _own_cells(table))
    if without_header is not None and not has_header:
        columns = without_header(_grid(table))
    spans: dict[int, int] = {}
    for line, cells in _own_cells(table):
        if is_header(cells):
            columns, spans = _columns(cells, meanings), {}
            yield Row(line, cells)
            continue
        yield Row(line, cells, _named(cells, _places(cells, spans), columns), has_header)


def own_rows(table: Tag) -> list[Tag]:
    """Its rows, without those of tables within its cells."""
    return [line for line in table.find_all("tr") if quirks.is_own_row(line, table)]


def _own_cells(table: Tag) -> Iterator[tuple[Tag, list[Tag]]]:
    for line in own_rows(table):
        yield line, [one for one in line.find_all(["td", "th"]) if one.find_parent("tr") is line]


def _grid(table: Tag) -> Iterator[dict[int, str]]:
    """What the cells of each row say, by the column in which they begin; those that span columns say nothing of one."""
    spans: dict[int, int] = {}
    for _, cells in _own_cells(table):
        single = [
            (at, cell) for cell, at in zip(cells, _places(cells, spans), strict=True) if _span(cell, "colspan") == 1
        ]
        yield {at: said for at, cell in single if (said := shown_text(cell))}


def is_header(cells: list[Tag]) -> bool:
    """Whether a row's cells are all header cells."""
    return bool(cells) and all(one.name == "th" for one in cells)


def header_meanings(table: Tag) -> frozenset[str]:
    """The columns that the table's header names."""
    found: set[str] = set()
    for _, cells in _own_cells(table):
        if is_header(cells):
            found |= set(_columns(cells, None).values())
    return frozenset(found)


def _columns(cells: list[Tag], meanings: frozenset[str] | None) -> dict[int, str]:
    """Where in the grid each named column begins; a column that spans others counts for the whole span."""
    columns: dict[int, str] = {}
    at = 0
    for cell in cells:
        width = _span(cell, "colspan")
        said = (shown_text(cell) or "").lower().rstrip(":*. ")
        for meaning, pattern in _HEADERS:
            if (meanings is None or meaning in meanings) and pattern.match(said) and meaning not in columns.values():
                columns |= dict.fromkeys(range(at, at + width), meaning)
                break
        at += width
    return columns


def _places(cells: list[Tag], spans: dict[int, int]) -> list[int]:
    """The column that each cell begins in; cells of rows above reach down where they have a rowspan."""
    places, at = [], 0
    begun: dict[int, int] = {}
    for cell in cells:
        while spans.get(at, 0) > 0:
            at += 1
        places.append(at)
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        begun |= dict.fromkeys(range(at, at + width), height)
        at += width
    for place in list(spans):
        spans[place] -= 1
    spans |= {place: height - 1 for place, height in begun.items() if height > 1}
    return places


def _named(cells: list[Tag], places: list[int], columns: dict[int, str]) -> dict[str, Tag]:
    """Cells by meaning: by their own class first; of a span of columns the first cell that says something."""
    found: dict[str, Tag] = {}
    for cell in cells:
        for name in classes_of(cell):
            if name in _CLASSES:
                found.setdefault(_CLASSES[name], cell)
    for cell, at in zip(cells, places, strict=True):
        meaning = columns.get(at)
        if meaning and shown_text(cell) and meaning not in found:
            found[meaning] = cell
    return found


def _span(cell: Tag, name: str) -> int:
    said = attribute(cell, name) or "1"
    return min(max(int(said), 1), _WIDEST) if said.isdecimal() and len(said) < 6 else 1

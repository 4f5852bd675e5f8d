"""Columns of a table: the head of the one in which something stands, and what the cells of a row say under theirs."""

from __future__ import annotations

import re
from collections.abc import Collection

from bs4 import Tag

from crawlers.parsing.html import attribute, text

_BARE_TIME = re.compile(r"(?:ab |um |ca\. )?(\d{1,2}[.:]\d{2})(?:\s?[-–]\s?\d{1,2}[.:]\d{2})?")
_PLACE = re.compile(r"\W*(?:(?:sitzungs|tagungs)?ort|(?:sitzungs)?raum|saal|wo|tagungsstätte|lokal)\b", re.IGNORECASE)


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
        place = sum(span(one) for one in cell.find_previous_siblings(["td", "th"]) if isinstance(one, Tag))
        above = (cells for at, cells in reversed(heads) if at < places.get(id(row), 0))
        return next((said for cells in above if (said := _head_at(cells, place))), None)

    def place_of(self, row: Tag) -> str | None:
        """The cell of a row under "Ort" or "Raum"."""
        for cell in row.find_all("td", recursive=False):
            if _PLACE.match(self.head_of(cell) or "") and (said := text(cell)):
                return said
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
        if at <= place < at + span(head) and (said := text(head)):
            return said
        at += span(head)
    return None


def span(cell: Tag) -> int:
    """How many columns a cell takes; no more than the 1,000 of HTML (https://html.spec.whatwg.org, 4.9.11)."""
    said = attribute(cell, "colspan") or "1"
    return min(int(said), 1000) if said.isdecimal() and len(said) < 10 and int(said) else 1


def row_apart(row: Tag, *, without: Collection[Tag] = ()) -> str | None:
    """What a row says, its cells kept apart: "12.11.2026 | 19:00 Uhr | Gemeinderat | Rathaus". `without`: links whose
    text is left out."""
    said, left_out = [], {id(link) for link in without}
    for cell in row.find_all(["td", "th"], recursive=False):
        strings = (s for s in cell.find_all(string=True) if s.find_parent(["select", "script"]) is None)
        line = " ".join(" ".join(str(s) for s in strings if id(s.find_parent("a")) not in left_out).split())
        if line:
            said.append(f"{line} Uhr" if _BARE_TIME.fullmatch(line) else line)
    return " | ".join(said)[:300] or None

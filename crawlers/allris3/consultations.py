"""The consultations of a paper (Beratungsfolge): a row for each committee, below it a row for each meeting of it."""

from __future__ import annotations

import datetime as dt

from bs4 import Tag

from council.model import Consultation
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.labels import TABLE, shown_result
from crawlers.allris3.table import Row, is_header, rows
from crawlers.allris3.urls import Link, links_in
from crawlers.parsing.clocks import is_day
from crawlers.parsing.consultations import ConsultationHistory
from crawlers.parsing.dates import reported_day
from crawlers.parsing.html import classes_of, shown_text, text
from crawlers.parsing.labels import Field


def consultation_tables(root: Tag) -> list[Tag]:
    """The table called so, else the one in or below the row labelled "Beratungsfolge:"; none or one."""
    named = root.select("#bfTable table, table.bfTable, table#bfTable")
    if named:
        return named[:1]
    for cell in root.select("td, th, div.label"):
        if TABLE.names(text(cell), Field.CONSULTATIONS):
            row = cell.find_parent("tr")
            places = [cell.find_next_sibling(["td", "div"]), row.find_next_sibling("tr") if row else None]
            tables = [place.select_one("table") for place in places if isinstance(place, Tag)]
            return [table for table in tables if isinstance(table, Tag)][:1]
    return []


def read_consultations(table: Tag, paper: str, diagnostics: Diagnostics) -> tuple[Consultation, ...]:
    """The consultations in the page's order. Whether a row is a meeting tells its date, never its place or colour."""
    history = ConsultationHistory()
    for place, row in enumerate(rows(table)):
        where = f"station row {place + 1}"
        if is_header(row.cells) or (shown_text(row.node) is None and not list(links_in(row.node, diagnostics))):
            continue
        day, meeting = _day(row, where, diagnostics), _link(row, "to010", diagnostics)
        if day is None and meeting is None:
            _begin(history, row, where, diagnostics)
            continue
        if not history.has_committee:
            named = row.text("organization") if meeting is None or row.text("role") else None
            if named is None:
                diagnostics.add(where, "a meeting without a station above it: its committee is not known")
            history.begin(named, row.text("role"))
        if meeting and not history.is_nonpublic:
            diagnostics.links.add(meeting.stable)
        number = meeting.number() if meeting else None
        history.add_meeting(day, _result(row, diagnostics), number, _item_number(row, meeting, diagnostics))
    return history.consultations(paper)


def _begin(history: ConsultationHistory, row: Row, where: str, diagnostics: Diagnostics) -> None:
    """A row that names a committee, and its role behind it; an empty one ends the committee above."""
    texts = [said for cell in row.cells if (said := shown_text(cell))]
    if not texts:
        history.end()
        return
    if len(texts) > 2:
        diagnostics.add(where, f"a station with {len(texts)} texts: the first two are taken")
    history.begin(texts[0], texts[1] if len(texts) > 1 else None)


def _item_number(row: Row, meeting: Link | None, diagnostics: Diagnostics) -> str | None:
    item = _link(row, "to020", diagnostics)
    selected = meeting.parameters.get("TOPSELECTED", "") if meeting else ""
    return item.number() if item else selected if selected.isdecimal() else None


def _link(row: Row, page: str, diagnostics: Diagnostics) -> Link | None:
    return next((link for link in links_in(row.node, diagnostics) if link.page == page and link.number()), None)


def _result(row: Row, diagnostics: Diagnostics) -> str | None:
    """The text of the result's column or td.text3, else the second behind the day (the first is the meeting's name)."""
    marked = next((shown_text(one) for one in row.cells if "text3" in classes_of(one)), None)
    if marked or row.text("result"):
        return shown_result(marked or row.text("result"))
    dated = [place for place, cell in enumerate(row.cells) if is_day(shown_text(cell))]
    behind = row.cells[dated[0] + 1 :] if dated else row.cells
    texts = [
        said
        for one in behind
        if (said := shown_text(one)) and not any(link.page == "to020" for link in links_in(one, diagnostics))
    ]
    return shown_result(texts[1]) if len(texts) > 1 else None


def _day(row: Row, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day of the row: of a cell of its own, never of a date in the meeting's name."""
    for cell in row.cells:
        if not (is_day(shown_text(cell)) or "date" in classes_of(cell)):
            continue
        if day := reported_day(shown_text(cell), where, diagnostics):
            return day
    return None

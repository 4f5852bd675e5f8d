"""The way of a paper (Beratungsfolge): a row for each committee, below it a row for each meeting that dealt with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bs4 import Tag

from council.model import Consultation, OrganizationRef
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.labels import label_of, result_of, shown_text
from crawlers.allris3.links import Link, links_in
from crawlers.allris3.table import Row, classes_of, is_header, rows
from crawlers.parsing.clocks import is_day
from crawlers.parsing.dates import reported_day
from crawlers.parsing.html import text
from crawlers.parsing.visibility import names_nonpublic_file


@dataclass(slots=True)
class _Station:
    organization: str | None
    role: str | None
    has_meeting: bool = False

    @property
    def is_closed(self) -> bool:
        return any(said and names_nonpublic_file(said) for said in (self.organization, self.role))


def station_tables(root: Tag) -> list[Tag]:
    """The table of the stations: the one called so, else the one in or below the row labelled "Beratungsfolge:"."""
    named = root.select("#bfTable table, table.bfTable, table#bfTable")
    if named:
        return named[:1]
    for cell in root.select("td, th, div.label"):
        if label_of(text(cell)) == "beratungsfolge":
            row = cell.find_parent("tr")
            places = [cell.find_next_sibling(["td", "div"]), row.find_next_sibling("tr") if row else None]
            inner = [one.select_one("table") for one in places if isinstance(one, Tag)]
            return [one for one in inner if isinstance(one, Tag)][:1]
    return []


def read_stations(table: Tag, paper: str, diagnostics: Diagnostics) -> tuple[Consultation, ...]:
    """The stations in the page's order. Whether a row is a station tells its date, never its place or colour: one may
    have no meeting yet, or several."""
    found: list[Consultation] = []
    station: _Station | None = None
    for place, row in enumerate(rows(table)):
        where = f"station row {place + 1}"
        if is_header(row.cells) or (shown_text(row.node) is None and not list(links_in(row.node, diagnostics))):
            continue
        day = _day(row, where, diagnostics)
        if day is None and _link(row, "to010", diagnostics) is None:
            _close(station, found)
            station = _station(row, where, diagnostics)
            continue
        if station is None:
            station = _in_one_row(row, where, diagnostics)
        station.has_meeting = True
        found.append(_consultation(station, row, day, diagnostics))
    _close(station, found)
    return _numbered([one for one in found if one is not None], paper)


def _texts(row: Row) -> list[str]:
    return [said for one in row.cells if (said := shown_text(one))]


def _station(row: Row, where: str, diagnostics: Diagnostics) -> _Station | None:
    said = _texts(row)
    if not said:
        return None
    if len(said) > 2:
        diagnostics.add(where, f"a station with {len(said)} texts: the first two are taken")
    return _Station(said[0], said[1] if len(said) > 1 else None)


def _in_one_row(row: Row, where: str, diagnostics: Diagnostics) -> _Station:
    """A meeting without a station above it: in some versions its own row names the committee."""
    named = row.text("organization") if _link(row, "to010", diagnostics) is None or row.text("role") else None
    if named is None:
        diagnostics.add(where, "a meeting without a station above it: its committee is not known")
    return _Station(named, row.text("role"))


def _close(station: _Station | None, found: list[Consultation]) -> None:
    if station and not station.has_meeting:
        found.append(_bare(station))


def _bare(station: _Station) -> Consultation:
    authoritative = True if (station.role or "").lower().startswith("entscheid") else None
    organization = (OrganizationRef(name=station.organization),) if station.organization else ()
    return Consultation(native_id="-", organization=organization, role=station.role, authoritative=authoritative)


def _consultation(station: _Station, row: Row, day: dt.date | None, diagnostics: Diagnostics) -> Consultation:
    """One meeting of a station; of a non-public committee neither meeting nor item is led to."""
    bare = _bare(station).model_copy(update={"date": day, "result": _result(row, diagnostics)})
    if station.is_closed:
        return bare
    meeting, item = _link(row, "to010", diagnostics), _link(row, "to020", diagnostics)
    diagnostics.links.add(meeting.stable if meeting else None)
    selected = meeting.parameters.get("TOPSELECTED", "") if meeting else ""
    number = item.number() if item else selected if selected.isdecimal() else None
    return bare.model_copy(update={"meeting": meeting.number() if meeting else None, "agenda_item": number})


def _link(row: Row, page: str, diagnostics: Diagnostics) -> Link | None:
    return next((link for link in links_in(row.node, diagnostics) if link.page == page and link.number()), None)


def _result(row: Row, diagnostics: Diagnostics) -> str | None:
    """The text of the result's column or td.text3, else the second behind the day (the first is the meeting's name)."""
    marked = next((shown_text(one) for one in row.cells if "text3" in classes_of(one)), None)
    if marked or row.text("result"):
        return result_of(marked or row.text("result"))
    dated = [place for place, cell in enumerate(row.cells) if is_day(shown_text(cell))]
    behind = row.cells[dated[0] + 1 :] if dated else row.cells
    texts = [
        said
        for one in behind
        if (said := shown_text(one)) and not any(link.page == "to020" for link in links_in(one, diagnostics))
    ]
    return result_of(texts[1]) if len(texts) > 1 else None


def _day(row: Row, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day of the row: of a cell of its own, never of a date in the meeting's name."""
    for cell in row.cells:
        if not (is_day(shown_text(cell)) or "date" in classes_of(cell)):
            continue
        if day := reported_day(shown_text(cell), where, diagnostics):
            return day
    return None


def _numbered(found: list[Consultation], paper: str) -> tuple[Consultation, ...]:
    """The system gives stations no number: the item's, else committee and role, counted where they recur."""
    seen: dict[str, int] = {}
    result = []
    for one in found:
        committee = one.organization[0].name if one.organization else None
        key = one.agenda_item or f"{committee or 'unknown'}:{one.role or ''}"[:200]
        seen[key] = seen.get(key, 0) + 1
        suffix = f":{seen[key]}" if seen[key] > 1 else ""
        result.append(one.model_copy(update={"native_id": f"{paper}-{key}{suffix}"}))
    return tuple(result)

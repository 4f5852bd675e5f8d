"""The way of a paper (bfTable): a row for each station, and below it a row for each meeting that dealt with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from council.model import Consultation, OrganizationRef
from crawlers.allris4.addresses import is_own, linked_number, number_of, stable
from crawlers.allris4.agenda import result_of
from crawlers.allris4.table import Row, rows
from crawlers.parsing.cancellation import bare_name
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import address
from crawlers.parsing.visibility import names_nonpublic_file

_COLUMNS: Final = ("status", "date", "organization", "result")
"""What the columns are where a table has no headers (Laatzen, Wolfsburg, 2026)."""


@dataclass(slots=True)
class _Station:
    organization: str | None
    role: str | None
    has_meeting: bool = False

    @property
    def is_closed(self) -> bool:
        return bool(self.organization and names_nonpublic_file(self.organization))


def read_stations(table: Tag, paper: str, diagnostics: Diagnostics) -> tuple[Consultation, ...]:
    """The stations in the page's order. Whether a row is a station tells its date, never its place or colour: one may
    have no meeting, or several (Laatzen, September 2026)."""
    found: list[Consultation] = []
    station: _Station | None = None
    for place, row in enumerate(rows(table, _COLUMNS)):
        where = f"station row {place + 1}"
        day = reported_day(row.text("date"), where, diagnostics)
        is_met = day is not None or _meeting(row, diagnostics) is not None
        role = row.text("role")
        if not is_met:
            _close(station, found)
            station = _Station(bare_name(row.text("organization")), role or row.text("result"))
            if station.organization is None:
                diagnostics.add(where, "a station without a committee: left out")
                station = None
        elif role is not None:
            _close(station, found)
            station = _Station(bare_name(row.text("organization")), role, has_meeting=True)
            found.append(_consultation(station, row, day, diagnostics))
        elif station is None:
            diagnostics.add(where, "a meeting without a station above it: its committee is not known")
            found.append(_consultation(_Station(None, None), row, day, diagnostics))
        else:
            station.has_meeting = True
            found.append(_consultation(station, row, day, diagnostics))
    _close(station, found)
    return _numbered(found, paper)


def _close(station: _Station | None, found: list[Consultation]) -> None:
    if station and not station.has_meeting:
        found.append(_bare(station))


def _bare(station: _Station) -> Consultation:
    authoritative = True if (station.role or "").lower().startswith("entscheid") else None
    organization = (OrganizationRef(name=station.organization),) if station.organization else ()
    return Consultation(native_id="-", organization=organization, role=station.role, authoritative=authoritative)


def _consultation(station: _Station, row: Row, day: dt.date | None, diagnostics: Diagnostics) -> Consultation:
    """One meeting of a station; of a non-public committee neither meeting nor item is led to."""
    meeting, item = _meeting(row, diagnostics), _item(row, diagnostics)
    bare = _bare(station).model_copy(update={"date": day, "result": result_of(row.text("result"))})
    if station.is_closed:
        return bare
    if meeting:
        diagnostics.links.add(stable(diagnostics.url, "to010", meeting))
    return bare.model_copy(update={"meeting": meeting, "agenda_item": item})


def _meeting(row: Row, diagnostics: Diagnostics) -> str | None:
    return next(
        (one for link in row.node.select("a[href]") if (one := linked_number(link, diagnostics.url, "to010"))), None
    )


def _item(row: Row, diagnostics: Diagnostics) -> str | None:
    for link in row.node.select("a[href]"):
        target = address(link, diagnostics.url)
        if target and is_own(target, diagnostics.url) and (number := number_of(target, "TOLFDNR")):
            return number
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

"""The consultations of a paper (bfTable): a row for each committee, below it a row for each meeting of it."""

from __future__ import annotations

from typing import Final

from bs4 import Tag

from council.model import Consultation
from crawlers.allris4.table import Row, rows
from crawlers.allris4.urls import is_own, linked_number, number_of, stable
from crawlers.parsing.agendas import result_of
from crawlers.parsing.cancellation import bare_name
from crawlers.parsing.consultations import ConsultationHistory
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import address

_COLUMNS: Final = ("status", "date", "organization", "result")
"""What the columns are where a table has no headers (Laatzen, Wolfsburg, 2026)."""


def read_consultations(table: Tag, paper: str, diagnostics: Diagnostics) -> tuple[Consultation, ...]:
    """The consultations in the page's order. Whether a row is a meeting tells its date, never its place or colour: a
    committee may have no meeting, or several (Laatzen, September 2026)."""
    history = ConsultationHistory()
    for place, row in enumerate(rows(table, _COLUMNS)):
        where = f"station row {place + 1}"
        day, meeting = reported_day(row.text("date"), where, diagnostics), _meeting(row, diagnostics)
        organization, role = bare_name(row.text("organization")), row.text("role")
        if day is None and meeting is None:
            if organization is None:
                diagnostics.add(where, "a station without a committee: left out")
                history.end()
            else:
                history.begin(organization, role or row.text("result"))
            continue
        if role is not None:
            history.begin(organization, role)
        elif not history.has_committee:
            diagnostics.add(where, "a meeting without a station above it: its committee is not known")
        if meeting and not history.is_nonpublic:
            diagnostics.links.add(stable(diagnostics.url, "to010", meeting))
        history.add_meeting(day, result_of(row.text("result")), meeting, _item(row, diagnostics))
    return history.consultations(paper)


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

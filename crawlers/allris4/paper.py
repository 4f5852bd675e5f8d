"""Papers: a paper's own page (vo020) with its consultations (bfTable), and the list of papers (vo040)."""

from __future__ import annotations

import datetime as dt
import re

from bs4 import Tag

from council.model import Consultation, Kind, OrganizationRef, Paper, Tombstone
from crawlers.allris4.files import own_marks, read_files
from crawlers.allris4.meeting import DOCUMENTS, heading, labels_of, own_number
from crawlers.allris4.urls import is_own, linked_number, number_of, report_more_pages, stable
from crawlers.parsing import columns
from crawlers.parsing.agendas import result_of
from crawlers.parsing.cancellation import bare_name
from crawlers.parsing.columns import Column, Columns
from crawlers.parsing.consultations import ConsultationHistory
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import each_once
from crawlers.parsing.html import address, shown_text
from crawlers.parsing.labels import Label, Labels
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.tables import Row, body_rows, fields_of_header
from crawlers.parsing.visibility import names_nonpublic_file, names_nonpublic_item

PAPERS = Columns(
    columns.PAPERS,
    weak_classes={"date": Column.DATE, "datecol": Column.DATE, "textcol": Column.NAME, "colorcol": Column.STATUS},
    reaches_down=False,
)
CONSULTATIONS = Columns(
    columns.CONSULTATIONS,
    weak_classes={
        "date": Column.DATE,
        "datecol": Column.DATE,
        "colorcol": Column.STATUS,
        "tozunr": Column.ROLE,
        "tobanr": Column.RESULT,
    },
    order=(Column.STATUS, Column.DATE, Column.ORGANIZATION, Column.RESULT),
    reaches_down=False,
)
"""The order of the columns where a table has no heads (Laatzen, Wolfsburg, 2026)."""
_PUBLIC = re.compile(r"\W*öffentlich", re.IGNORECASE)
_RELEASED = re.compile(r"(?<!nicht )freigegeben", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[^\s\d]{0,12}\s?\d[\w/.\-]*")


def read_paper(page: Tag, diagnostics: Diagnostics) -> list[Paper | Tombstone]:
    """The one paper of the page; a tombstone where its own status says that it is non-public."""
    number = own_number(page, diagnostics.url, "vo020")
    labels = labels_of(page)
    status = labels.text(Label.PAPER_STATUS)
    if status and names_nonpublic_file(status):
        return [Tombstone(native_id=number, kind=Kind.PAPER, reason="the page's status says non-public")]
    if status is None or not _PUBLIC.match(status):
        diagnostics.add("status", "none" if status is None else "one that does not say öffentlich")
        if status is not None and not _RELEASED.search(status):
            return []
    labels.report_unknown(diagnostics)
    paper_type = labels.text(Label.PAPER_TYPE)
    office = labels.text(Label.OFFICE)
    panels = page.select(f"{DOCUMENTS}, table.attachmentTable")
    files = each_once([read_files(panels, diagnostics)])[0]
    tables = page.select("#bfTable table, table.bfTable, table#bfTable") or [
        table
        for table in page.select("table")
        if {Column.DATE, Column.ORGANIZATION} <= fields_of_header(table, CONSULTATIONS)
    ]
    consultations = read_consultations(tables[0], number, diagnostics) if tables else ()
    paper = Paper(
        native_id=number,
        source_url=stable(diagnostics.url, "vo020", number),
        name=labels.text(Label.PAPER_NAME),
        reference=_reference(page, labels, paper_type),
        paper_type=paper_type,
        date=_date(labels, diagnostics),
        files=files,
        consultations=consultations,
        under_direction_of=(OrganizationRef(name=office),) if office else (),
    )
    if paper.name is None:
        diagnostics.add("subject", "a paper without a subject")
    return [paper]


def _reference(page: Tag, labels: Labels, paper_type: str | None) -> str | None:
    """The number: labelled, else in the title behind the type ("Antrag - 2026/245"), else behind its last " - "."""
    labelled = labels.text(Label.REFERENCE)
    title = heading(page) or ""
    if labelled:
        return labelled
    if paper_type and title.startswith(f"{paper_type} - "):
        return _behind_names(title.removeprefix(f"{paper_type} - ").strip()) or None
    if " - " in title:
        return title.rpartition(" - ")[2].strip() or None
    bare = title.removeprefix(paper_type or "").strip(" :-–")
    return bare if _NUMBER_ALONE.fullmatch(bare) else None


def _behind_names(written: str) -> str:
    """What begins with a number: "CDU - A 12-2025" → "A 12-2025"."""
    parts = written.split(" - ")
    first = next((at for at, part in enumerate(parts) if re.search(r"\d", part)), 0)
    return " - ".join(parts[first:])


def _date(labels: Labels, diagnostics: Diagnostics) -> dt.date | None:
    """The labelled day only: the first date of every page is the release of the program."""
    written = labels.text(Label.CREATED)
    return reported_day(written, "date", diagnostics)


def read_papers(tables: list[Tag], diagnostics: Diagnostics) -> list[Paper]:
    """The papers of the list. Its rows are linked or not there: the list names no others."""
    found: dict[str, Paper] = {}
    report_more_pages(tables, diagnostics)
    for table in tables:
        for place, row in enumerate(body_rows(table, PAPERS, "papers", diagnostics)):
            paper = _paper(row, f"row {place + 1}", diagnostics)
            if paper:
                found.setdefault(paper.native_id, paper)
    return list(found.values())


def _paper(row: Row, where: str, diagnostics: Diagnostics) -> Paper | None:
    table = row.node.find_parent("table")
    outer = (link for link in row.node.select("a[href]") if link.find_parent("table") is table)
    links = [(link, number) for link in outer if (number := linked_number(link, diagnostics.url, "vo020"))]
    if not links:
        return None
    number = links[0][1]
    name = row.text(Column.NAME) or _longest(links)
    status = row.text(Column.STATUS)
    if (
        (status and names_nonpublic_file(status))
        or (name and names_nonpublic_item(name))
        or is_restricted(own_marks(row.node))
    ):
        return None
    diagnostics.links.add(stable(diagnostics.url, "vo020", number))
    office = row.text(Column.OFFICE)
    return Paper(
        native_id=number,
        source_url=stable(diagnostics.url, "vo020", number),
        name=name,
        reference=row.text(Column.REFERENCE, Column.NUMBER),
        paper_type=row.text(Column.TYPE),
        date=reported_day(row.text(Column.DATE), where, diagnostics),
        under_direction_of=(OrganizationRef(name=office),) if office else (),
    )


def _longest(links: list[tuple[Tag, str]]) -> str | None:
    return max((shown_text(link) or "" for link, _ in links), key=len) or None


def read_consultations(table: Tag, paper: str, diagnostics: Diagnostics) -> tuple[Consultation, ...]:
    """The consultations in the page's order. Whether a row is a meeting tells its date, never its place or colour: a
    committee may have no meeting, or several (Laatzen, September 2026)."""
    history = ConsultationHistory()
    for place, row in enumerate(body_rows(table, CONSULTATIONS, "consultations", diagnostics)):
        where = f"consultation row {place + 1}"
        day, meeting = reported_day(row.text(Column.DATE), where, diagnostics), _meeting(row, diagnostics)
        organization, role = bare_name(row.text(Column.ORGANIZATION)), row.text(Column.ROLE)
        if day is None and meeting is None:
            if organization is None:
                diagnostics.add(where, "a row without a committee: left out")
                history.end()
            else:
                history.begin(organization, role or row.text(Column.RESULT, Column.VOTE))
            continue
        if role is not None:
            history.begin(organization, role)
        elif not history.has_committee:
            diagnostics.add(where, "a meeting without a committee above it: its committee is not known")
        if meeting and not history.is_nonpublic:
            diagnostics.links.add(stable(diagnostics.url, "to010", meeting))
        history.add_meeting(day, result_of(row.text(Column.RESULT, Column.VOTE)), meeting, _item(row, diagnostics))
    return history.consultations(paper)


def _meeting(row: Row, diagnostics: Diagnostics) -> str | None:
    return next(
        (number for link in row.node.select("a[href]") if (number := linked_number(link, diagnostics.url, "to010"))),
        None,
    )


def _item(row: Row, diagnostics: Diagnostics) -> str | None:
    for link in row.node.select("a[href]"):
        target = address(link, diagnostics.url)
        if target and is_own(target, diagnostics.url) and (number := number_of(target, "TOLFDNR")):
            return number
    return None

"""Papers: a paper's own page (vo020), and the list of papers (vo040) with what it shows of each."""

from __future__ import annotations

import datetime as dt
import re

from bs4 import Tag

from council.model import Kind, OrganizationRef, Paper, Tombstone
from crawlers.allris4.consultations import read_consultations
from crawlers.allris4.files import read_files
from crawlers.allris4.labels import heading, labels_of
from crawlers.allris4.meeting import DOCUMENTS, own_number
from crawlers.allris4.table import Row, header_meanings, own_marks, rows, say_if_paged
from crawlers.allris4.urls import linked_number, stable
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import each_once
from crawlers.parsing.html import shown_text
from crawlers.parsing.labels import Field, Labels
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.visibility import names_nonpublic_file, names_nonpublic_item

_PUBLIC = re.compile(r"\W*öffentlich", re.IGNORECASE)
_RELEASED = re.compile(r"(?<!nicht )freigegeben", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[^\s\d]{0,12}\s?\d[\w/.\-]*")
_NUMBER = re.compile(r"[?&;]VOLFDNR=(\d{1,15})")


def read_paper(page: Tag, diagnostics: Diagnostics) -> list[Paper | Tombstone]:
    """The one paper of the page; a tombstone where its own status says that it is non-public."""
    number = own_number(page, diagnostics.url, "vo020", _NUMBER)
    labels = labels_of(page)
    status = labels.text(Field.PAPER_STATUS)
    if status and names_nonpublic_file(status):
        return [Tombstone(native_id=number, kind=Kind.PAPER, reason="the page's status says non-public")]
    if status is None or not _PUBLIC.match(status):
        diagnostics.add("status", "none" if status is None else "one that does not say öffentlich")
        if status is not None and not _RELEASED.search(status):
            return []
    labels.report_unknown(diagnostics)
    paper_type = labels.text(Field.PAPER_TYPE)
    office = labels.text(Field.OFFICE)
    panels = page.select(f"{DOCUMENTS}, table.attachmentTable")
    files = each_once([read_files(panels, diagnostics)])[0]
    tables = page.select("#bfTable table, table.bfTable, table#bfTable") or [
        one for one in page.select("table") if {"date", "organization"} <= set(header_meanings(one))
    ]
    consultations = read_consultations(tables[0], number, diagnostics) if tables else ()
    paper = Paper(
        native_id=number,
        source_url=stable(diagnostics.url, "vo020", number),
        name=labels.text(Field.PAPER_NAME),
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
    labelled = labels.text(Field.REFERENCE)
    title = heading(page) or ""
    if labelled:
        return labelled
    if paper_type and title.startswith(f"{paper_type} - "):
        return _behind_names(title.removeprefix(f"{paper_type} - ").strip()) or None
    if " - " in title:
        return title.rpartition(" - ")[2].strip() or None
    bare = title.removeprefix(paper_type or "").strip(" :-–")
    return bare if _NUMBER_ALONE.fullmatch(bare) else None


def _behind_names(said: str) -> str:
    """What begins with a number: "CDU - A 12-2025" → "A 12-2025"."""
    parts = said.split(" - ")
    first = next((at for at, part in enumerate(parts) if re.search(r"\d", part)), 0)
    return " - ".join(parts[first:])


def _date(labels: Labels, diagnostics: Diagnostics) -> dt.date | None:
    """The labelled day only: the first date of every page is the release of the program."""
    said = labels.text(Field.CREATED)
    return reported_day(said, "date", diagnostics)


def read_papers(tables: list[Tag], diagnostics: Diagnostics) -> list[Paper]:
    """The papers of the list. Its rows are linked or not there: the list names no others."""
    found: dict[str, Paper] = {}
    say_if_paged(tables, diagnostics)
    for table in tables:
        for place, row in enumerate(rows(table)):
            paper = _paper(row, f"row {place + 1}", diagnostics)
            if paper:
                found.setdefault(paper.native_id, paper)
    return list(found.values())


def _paper(row: Row, where: str, diagnostics: Diagnostics) -> Paper | None:
    table = row.node.find_parent("table")
    outer = (one for one in row.node.select("a[href]") if one.find_parent("table") is table)
    links = [(one, number) for one in outer if (number := linked_number(one, diagnostics.url, "vo020"))]
    if not links:
        return None
    number = links[0][1]
    name = row.text("name") or _longest(links)
    status = row.text("status")
    if (
        (status and names_nonpublic_file(status))
        or (name and names_nonpublic_item(name))
        or is_restricted(own_marks(row.node))
    ):
        return None
    diagnostics.links.add(stable(diagnostics.url, "vo020", number))
    office = row.text("office")
    return Paper(
        native_id=number,
        source_url=stable(diagnostics.url, "vo020", number),
        name=name,
        reference=row.text("paper") or row.text("number"),
        paper_type=row.text("type"),
        date=reported_day(row.text("date"), where, diagnostics),
        under_direction_of=(OrganizationRef(name=office),) if office else (),
    )


def _longest(links: list[tuple[Tag, str]]) -> str | None:
    return max((shown_text(one) or "" for one, _ in links), key=len) or None

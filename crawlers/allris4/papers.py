"""The list of papers (vo040): what it shows of each, and where each is asked for."""

from __future__ import annotations

from bs4 import Tag

from council.model import OrganizationRef, Paper
from crawlers.allris4.addresses import linked_number, stable
from crawlers.allris4.paging import say_if_paged
from crawlers.allris4.table import Row, own_marks, rows
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import shown_text
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.visibility import names_nonpublic_file, names_nonpublic_item


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

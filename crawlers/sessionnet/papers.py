"""Lists of papers: vo0040, vo0042, ag0040, ag0080, and the newest documents (do0040)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import Paper
from crawlers.parsing.dates import day_in, reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import attribute
from crawlers.parsing.visibility import names_nonpublic_item
from crawlers.sessionnet import quirks
from crawlers.sessionnet.addresses import MEETING_PAGES, linked, page_address, page_name, target
from crawlers.sessionnet.agenda import paper_of, paper_page
from crawlers.sessionnet.files import read_files
from crawlers.sessionnet.heads import field_of, meaning_of
from crawlers.sessionnet.rows import own_rows
from crawlers.sessionnet.values import shown

TABLES: Final = (
    "table[id^=smc_page_vo004], table[id^=smc_page_ag004], table[id^=smc_page_ag008], table[id^=smc_page_do004], "
    "table.smctablevorlagen, table.smctabledokumente, table.smctableantraege, table.smc_page_vo0040_contenttable, "
    "table.smc_page_vo0042_contenttable, table.smc_page_do0040_contenttable"
)
_TITLE: Final = re.compile(r"^\s*(?:Vorlage|Antrag|Anfrage|Details|Vorgang|Dokument\w*)[^:]{0,30}:\s*")
_NONPUBLIC: Final = re.compile(r"\W*(?:nicht[\s\-]*öffentlich|nö\b)", re.IGNORECASE)
_LONGEST_REFERENCE: Final = 60


def read_papers(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Paper]:
    """The papers of the lists, each once, with what the list shows of them."""
    found: dict[str, Paper] = {}
    tables = page.select(TABLES) or page.select("table")
    for table in tables:
        columns: list[str | None] = []
        for place, row in enumerate(own_rows(table)):
            cells = [cell for cell in row.find_all(["td", "th"], recursive=False) if isinstance(cell, Tag)]
            if cells and all(cell.name == "th" for cell in cells):
                columns = [meaning_of(shown(cell)) for cell in cells]
            elif paper := _paper(row, cells, columns, f"list row {place + 1}", diagnostics):
                found.setdefault(paper.native_id, paper)
    _ask_for_more(page, diagnostics)
    return list(found.values())


def _paper(row: Tag, cells: list[Tag], columns: list[str | None], where: str, diagnostics: Diagnostics) -> Paper | None:
    links = [(native, link) for link in row.select("a[href]") if (native := paper_of(link, diagnostics.url))]
    if not links:
        for link in row.select("a[href]"):  # a document of a meeting
            if meeting := linked(link, diagnostics.url, "ksinr", *MEETING_PAGES):
                page = page_name(target(link, diagnostics.url) or "") or "si0057"
                diagnostics.links.add(page_address(diagnostics.url, page, "ksinr", meeting))
        return None
    native = links[0][0]
    own = [link for number, link in links if number == native]
    held = _cells(cells, columns)
    name = shown(held.get("name")) or _title(own)
    status = shown(held.get("status")) or ""
    if _NONPUBLIC.match(status) or (name and names_nonpublic_item(name)):
        return None
    diagnostics.links.add(paper_page(native, diagnostics.url))
    return Paper(
        native_id=native,
        source_url=paper_page(native, diagnostics.url),
        name=name,
        reference=shown(held.get("reference")) or _reference(own, name),
        paper_type=quirks.without_sort_number(shown(held.get("type"))),
        date=_day(row, held, where, diagnostics) if not row.select_one(".dovorgang, .doart") else None,
        files=read_files([row], diagnostics),
    )


def _cells(cells: list[Tag], columns: list[str | None]) -> dict[str, Tag]:
    held: dict[str, Tag] = {}
    for place, cell in enumerate(cells):
        column = columns[place] if len(columns) == len(cells) else None
        meaning = field_of(cell) or meaning_of(attribute(cell, "data-label")) or column
        if meaning and shown(cell):
            held.setdefault(meaning, cell)
    return held


def _title(links: list[Tag]) -> str | None:
    """The subject in a link's title: "Vorlage anzeigen: …"; else the longest of the links' texts."""
    for link in links:
        title = attribute(link, "title") or attribute(link, "aria-label")
        subject = _TITLE.sub("", title) if title and ":" in title else ""
        if len(subject) > 5:
            return subject
    texts = sorted((text for link in links if (text := shown(link, ".sr-only"))), key=len)
    return texts[-1] if texts and (len(texts[-1]) > _LONGEST_REFERENCE or " " in texts[-1]) else None


def _reference(links: list[Tag], name: str | None) -> str | None:
    """The link's text where that is a number and not the subject."""
    for link in links:
        said = shown(link, ".sr-only")
        if said and said != name and len(said) <= _LONGEST_REFERENCE and re.search(r"\d", said):
            return said
    return None


def _day(row: Tag, held: dict[str, Tag], where: str, diagnostics: Diagnostics) -> dt.date | None:
    first = row.select_one("ul.smc-detail-list li")
    return reported_day(shown(held.get("date")), where, diagnostics) or day_in(shown(first))


def _ask_for_more(page: Tag, diagnostics: Diagnostics) -> None:
    """The next pages of the list, where it has several."""
    for link in page.select(".pagination a[href], a.smcfiltermenupage[href], a[rel=next][href]"):
        after = target(link, diagnostics.url)
        if after and page_name(after) == page_name(diagnostics.url) and after != diagnostics.url:
            diagnostics.links.add(after)

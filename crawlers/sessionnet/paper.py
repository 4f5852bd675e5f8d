"""One paper (vo0050), motion or inquiry (ag0050), the page of its consultations alone (vo0053), and lists of papers:
vo0040, vo0042, ag0040, ag0080, and the newest documents (do0040)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import OrganizationRef, Paper
from crawlers.parsing.columns import PAPERS, Column, Columns
from crawlers.parsing.dates import day_in, reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute
from crawlers.parsing.labels import Label, Labels
from crawlers.parsing.tables import Row, rows_of
from crawlers.parsing.visibility import Section, names_nonpublic_item, section_of_status
from crawlers.sessionnet import quirks
from crawlers.sessionnet.agenda import paper_of, paper_page
from crawlers.sessionnet.consultations import read_consultations, says_no_consultations
from crawlers.sessionnet.files import read_files, read_links
from crawlers.sessionnet.labels import PRODUCT, cell_classes, in_content, labels_of, shown, title_of
from crawlers.sessionnet.urls import MEETING_PAGES, linked, number, page_name, page_url, target

_GENERIC: Final = re.compile(
    r"(?:vorlage|vorlagen|beratungen|beratungsfolge|informationen|antrag|anfrage|vorgang|details?)(?:\s*[:\-–].*)?"
    r"|sessionnet.*",
    re.IGNORECASE,
)
_LOCKED: Final = re.compile(r"\W*gesperrt", re.IGNORECASE)
"""A word of SessionNet's own, with which a status may begin: "gesperrte Vorlage"."""


def paper_number(page: Tag, url: str) -> str | None:
    """The paper's native id: of the address, else of its own tabs."""
    motion = number(url, "kagnr") if (page_name(url) or "ag").startswith("ag") else None
    if native := f"ag{motion}" if motion else number(url, "kvonr"):
        return native
    tabs = page.select("#smcregister a[href], .nav-tabs a[href], .smcregister a[href]") or page.select("a[href]")
    numbers = {found for link in tabs if (found := paper_of(link, url))}
    return numbers.pop() if len(numbers) == 1 else None


def read_paper(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Paper]:
    """The paper of the page; none where the page says that it is not public. Raises UnexpectedResponse where it is no
    paper's page."""
    native = paper_number(page, diagnostics.url)
    labels = labels_of(page)
    name, reference = _name(page, labels), labels.text(Label.REFERENCE)
    is_history = page_name(diagnostics.url) in {"vo0053", "ag0053"}
    has_head = labels.text(Label.PAPER_NAME, Label.REFERENCE, Label.PAPER_TYPE) is not None
    consultations, withheld = read_consultations(page, native, diagnostics) if native else ((), 0)
    if native is None or not (has_head or (is_history and (name or consultations or withheld))):
        raise UnexpectedResponse(
            diagnostics.url, "a paper with its number and subject", "none", "Look at the page: mend the reader"
        )
    if is_history and not consultations and not withheld and not says_no_consultations(page):
        raise UnexpectedResponse(
            diagnostics.url, "the consultations of a paper", "none", "Look at the page: mend the reader"
        )
    if _is_nonpublic(labels.text(Label.PAPER_STATUS), name) or (withheld and not consultations):
        diagnostics.add("paper", "the page says that it is not public: left out")
        return []
    labels.report_unknown(diagnostics)
    _follow_consultations(page, native, diagnostics)
    office = labels.text(Label.OFFICE)
    above = _linked(labels.element(Label.SUPERORDINATED), native, diagnostics)
    related = _linked(labels.element(Label.RELATED), native, diagnostics)
    return [
        Paper(
            native_id=native,
            source_url=paper_page(native, diagnostics.url),
            name=name,
            reference=reference,
            paper_type=quirks.without_sort_number(labels.text(Label.PAPER_TYPE)),
            date=reported_day(labels.text(Label.CREATED), "date", diagnostics),
            files=read_links(in_content(page, "a[href], form"), diagnostics),
            consultations=consultations,
            under_direction_of=(OrganizationRef(name=office),) if office else (),
            superordinated=above,
            subordinated=_linked(labels.element(Label.SUBORDINATED), native, diagnostics),
            related=tuple(paper for paper in related if paper not in above),
        )
    ]


def _name(page: BeautifulSoup, labels: Labels) -> str | None:
    titles = [*map(title_of, page.select("h1")), PRODUCT.sub("", title_of(page.title) or "")]
    own = (title for title in titles if title and not _GENERIC.fullmatch(title))
    return labels.text(Label.PAPER_NAME) or next(own, None)


def _is_nonpublic(status: str | None, name: str | None) -> bool:
    """Whether a paper's status or subject says that it is not public."""
    says_so = section_of_status(status) is Section.NONPUBLIC or names_nonpublic_item(status or "")
    return says_so or bool(_LOCKED.match(status or "")) or bool(name and names_nonpublic_item(name))


def _linked(cell: Tag | None, own: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The papers a cell leads to; they are asked for, too."""
    links = cell.select("a[href]") if cell is not None else ()
    found = dict.fromkeys(paper for link in links if (paper := paper_of(link, diagnostics.url)) and paper != own)
    for paper in found:
        diagnostics.links.add(paper_page(paper, diagnostics.url))
    return tuple(found)


def _follow_consultations(page: Tag, native: str, diagnostics: Diagnostics) -> None:
    """The page of the paper's consultations, where this one leads to it."""
    for link in page.select("a[href]"):
        found = target(link, diagnostics.url)
        if found and page_name(found) == "vo0053" != page_name(diagnostics.url) and number(found, "kvonr") == native:
            diagnostics.links.add(page_url(diagnostics.url, "vo0053", "kvonr", native))
            return


PAPER_TABLES: Final = (
    "table[id^=smc_page_vo004], table[id^=smc_page_ag004], table[id^=smc_page_ag008], table[id^=smc_page_do004], "
    "table.smctablevorlagen, table.smctabledokumente, table.smctableantraege, table.smc_page_vo0040_contenttable, "
    "table.smc_page_vo0042_contenttable, table.smc_page_do0040_contenttable"
)
_COLUMNS: Final = Columns(
    PAPERS,
    classes=cell_classes(
        vobetr=Column.NAME, voname=Column.REFERENCE, vovaname=Column.TYPE, vodat=Column.DATE, vofamname=Column.OFFICE,
        vofam=Column.OFFICE, vostatus=Column.STATUS, agbetr=Column.NAME, agname=Column.REFERENCE, agaaname=Column.TYPE,
        agdat=Column.DATE, agstatus=Column.STATUS,
    ),
)  # fmt: skip
_TITLE: Final = re.compile(r"^\s*(?:Vorlage|Antrag|Anfrage|Details|Vorgang|Dokument\w*)[^:]{0,30}:\s*")
_LONGEST_REFERENCE: Final = 60


def read_papers(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Paper]:
    """The papers of the lists, each once, with what the list shows of them."""
    found: dict[str, Paper] = {}
    tables = page.select(PAPER_TABLES) or page.select("table")
    for table in tables:
        for place, row in enumerate(rows_of(table, _COLUMNS, "list", diagnostics)):
            if paper := _paper(row, f"list row {place + 1}", diagnostics):
                found.setdefault(paper.native_id, paper)
    _follow_more(page, diagnostics)
    return list(found.values())


def _paper(row: Row, where: str, diagnostics: Diagnostics) -> Paper | None:
    links = [(native, link) for link in row.node.select("a[href]") if (native := paper_of(link, diagnostics.url))]
    if not links:
        for link in row.node.select("a[href]"):  # a document of a meeting
            if meeting := linked(link, diagnostics.url, "ksinr", *MEETING_PAGES):
                page = page_name(target(link, diagnostics.url) or "") or "si0057"
                diagnostics.links.add(page_url(diagnostics.url, page, "ksinr", meeting))
        return None
    native = links[0][0]
    own = [link for number, link in links if number == native]
    name = row.text(Column.NAME) or _title(own)
    if _is_nonpublic(row.text(Column.STATUS), name):
        return None
    diagnostics.links.add(paper_page(native, diagnostics.url))
    return Paper(
        native_id=native,
        source_url=paper_page(native, diagnostics.url),
        name=name,
        reference=row.text(Column.REFERENCE) or _reference(own, name),
        paper_type=quirks.without_sort_number(row.text(Column.TYPE)),
        date=_day(row, where, diagnostics) if not row.node.select_one(".dovorgang, .doart") else None,
        files=read_files([row.node], diagnostics),
    )


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
        words = shown(link, ".sr-only")
        if words and words != name and len(words) <= _LONGEST_REFERENCE and re.search(r"\d", words):
            return words
    return None


def _day(row: Row, where: str, diagnostics: Diagnostics) -> dt.date | None:
    first = row.node.select_one("ul.smc-detail-list li")
    return reported_day(row.text(Column.DATE), where, diagnostics) or day_in(shown(first))


def _follow_more(page: Tag, diagnostics: Diagnostics) -> None:
    """The next pages of the list, where it has several."""
    for link in page.select(".pagination a[href], a.smcfiltermenupage[href], a[rel=next][href]"):
        after = target(link, diagnostics.url)
        if after and page_name(after) == page_name(diagnostics.url) and after != diagnostics.url:
            diagnostics.links.add(after)

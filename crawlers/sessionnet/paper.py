"""One paper (vo0050), motion or inquiry (ag0050), its consultations (vo0053 alone, or on vo0050), and lists of papers:
vo0040, vo0042, ag0040, ag0080, and the newest documents (do0040)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import Consultation, OrganizationRef, Paper
from crawlers.parsing.columns import CONSULTATIONS, PAPERS, Column, Columns
from crawlers.parsing.consultations import column_by_words, says_nonpublic
from crawlers.parsing.dates import before_day, day_in, days_in, find_days, reported_day
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute
from crawlers.parsing.labels import Label, Labels
from crawlers.parsing.tables import Row, rows_of
from crawlers.parsing.visibility import Section, is_nonpublic_number, names_nonpublic_item, section_of_status
from crawlers.sessionnet import quirks
from crawlers.sessionnet.agenda import consultation_id, paper_of, paper_page
from crawlers.sessionnet.files import read_files, read_links
from crawlers.sessionnet.labels import PRODUCT, cell_classes, in_content, labels_of, shown, title_of
from crawlers.sessionnet.urls import MEETING_PAGES, first_number_in, linked, number, page_name, page_url, target

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


# --- its consultations (vo0053; in older layouts a table on vo0050)

_OF_CONSULTATIONS: Final = Columns(
    CONSULTATIONS,
    classes=cell_classes(
        grname=Column.ORGANIZATION, sigrname=Column.ORGANIZATION, silink=Column.ORGANIZATION, txname=Column.ROLE,
        bfrolle=Column.ROLE, bfart=Column.ROLE, bfost=Column.STATUS, tostatus=Column.STATUS, sidat=Column.DATE,
        bfdat=Column.DATE, tofnum=Column.NUMBER, topnr=Column.NUMBER, beschluss=Column.RESULT, abstimmung=Column.VOTE,
        tobaname=Column.RESULT, baname=Column.RESULT, bfresult=Column.RESULT, siname=Column.NAME,
    ),
)  # fmt: skip
_OF_CARDS: Final = {
    Column.ORGANIZATION: Label.ORGANIZATION, Column.ROLE: Label.ROLE, Column.DATE: Label.DATE,
    Column.STATUS: Label.STATUS, Column.NUMBER: Label.ITEM_NUMBER, Column.RESULT: Label.RESULT,
}  # fmt: skip
_CONSULTATION_TABLES: Final = (
    "table[id^=smc_page_vo0053], table.smctablevorlagen, table.smctableberatungen, table.smctableberatungsfolge, "
    "table[id^=smc_page_vo0050_contenttable], table.smc_page_vo0050_contenttable, table.smc_page_ag0050_contenttable, "
    "table[id^=smc_page_ag005], table.smc_page_vo0053_contenttable"
)
Cells = dict[Column, Tag]

_NO_CONSULTATION: Final = re.compile(r"\bkeine\b.*(?:beratung|daten|einträge)", re.IGNORECASE)


def read_consultations(
    page: BeautifulSoup, paper: str, diagnostics: Diagnostics
) -> tuple[tuple[Consultation, ...], int]:
    """The public consultations in the page's order, and how many it shows that are not."""
    found: list[Consultation] = []
    withheld = 0
    for place, (node, cells) in enumerate(_rows_or_cards(page, diagnostics)):
        if _is_withheld(node, cells):
            withheld += 1
            continue
        consultation = _consultation(node, cells, paper, f"consultation {place + 1}", diagnostics)
        if consultation is not None:
            found.append(consultation)
    return tuple(_numbered(found)), withheld


def says_no_consultations(page: BeautifulSoup) -> bool:
    """Whether the page has the table of consultations, or says in words that there are none."""
    return page.select_one(_CONSULTATION_TABLES) is not None or bool(_NO_CONSULTATION.search(shown(page.body) or ""))


def _rows_or_cards(page: BeautifulSoup, diagnostics: Diagnostics) -> list[tuple[Tag, Cells]]:
    tables = [node for node in page.select(_CONSULTATION_TABLES) if "smctablevorgang" not in (node.get("class") or [])]
    rows = [found for table in tables for found in _rows(table, diagnostics)]
    if rows:
        return rows
    cards = [card for card in page.select(".card, .panel") if card.select_one(".card, .panel") is None]
    return [(card, found) for card in cards if (found := _card(card, diagnostics))]


def _rows(table: Tag, diagnostics: Diagnostics) -> Iterator[tuple[Tag, Cells]]:
    for row in rows_of(table, _OF_CONSULTATIONS, "consultations", diagnostics):
        if row.is_header:
            continue
        cells = {field: cell for field, cell in row.fields.items() if shown(cell)}
        for cell in row.cells:
            column = column_by_words(shown(cell) or "")
            is_result = column is not Column.RESULT or cell.select_one("a[href]") is None
            if column and is_result and not any(cell is named for named in row.fields.values()):
                cells.setdefault(column, cell)
        if named := quirks.committee_cell(row.node, diagnostics.url):
            cells.setdefault(Column.ORGANIZATION, named)
        if Column.ORGANIZATION in cells or _meeting(row.node, diagnostics) or _is_withheld(row.node, cells):
            yield row.node, cells


def _card(card: Tag, diagnostics: Diagnostics) -> Cells:
    """A consultation as a card: its header names the committee, its rows are labelled."""
    header = card.select_one(".card-header, .panel-heading")
    labels = labels_of(card)
    cells = {column: cell for column, field in _OF_CARDS.items() if (cell := labels.element(field)) is not None}
    is_named = Column.ORGANIZATION in cells or header is not None
    if _meeting(card, diagnostics) is None and not (Column.ROLE in cells and is_named):
        return {}
    if header is not None and shown(header):
        cells.setdefault(Column.ORGANIZATION, header)
    return cells


def _meeting(node: Tag, diagnostics: Diagnostics) -> str | None:
    return first_number_in(node, diagnostics.url, "ksinr", *MEETING_PAGES)


def _is_withheld(node: Tag, cells: Cells) -> bool:
    """Whether the consultation says that it is not public: by its status, its agenda number, or any of its cells, also
    one without a name."""
    unnamed = node.find_all("td", recursive=False)
    return (
        section_of_status(shown(cells.get(Column.STATUS))) is Section.NONPUBLIC
        or is_nonpublic_number(shown(cells.get(Column.NUMBER)) or "")
        or any(says_nonpublic(shown(cell) or "") for cell in (*cells.values(), *unnamed))
    )


def _consultation(node: Tag, cells: Cells, paper: str, where: str, diagnostics: Diagnostics) -> Consultation | None:
    meeting = _meeting(node, diagnostics)
    name = _without_day(shown(cells.get(Column.ORGANIZATION)))
    if (name is None and meeting is None) or (name and _NO_CONSULTATION.search(name)):
        return None
    item = _item(node, diagnostics)
    _follow_meeting(node, diagnostics)
    committee = first_number_in(node, diagnostics.url, "kgrnr", "kp0040", "gr0054")
    day = _day_of(node, cells, where, diagnostics)
    role = shown(cells.get(Column.ROLE))
    return Consultation(
        native_id=consultation_id(paper, meeting) if meeting else f"{paper}/{day or 'no day'}/{name or ''}",
        meeting=meeting,
        agenda_item=item,
        organization=(OrganizationRef(native_id=committee, name=name),) if name or committee else (),
        date=day,
        role=role,
        authoritative=_decides(role),
        result=shown(cells.get(Column.RESULT)),
    )


def _item(node: Tag, diagnostics: Diagnostics) -> str | None:
    """The agenda item: of a link to it, or to its place in the agenda (`toselect`)."""
    for link in node.select("a[href]"):
        found = linked(link, diagnostics.url, "ktonr", "to0050") or linked(
            link, diagnostics.url, "toselect", *MEETING_PAGES
        )
        if found:
            return found
    return None


def _follow_meeting(node: Tag, diagnostics: Diagnostics) -> None:
    for link in node.select("a[href]"):
        meeting = linked(link, diagnostics.url, "ksinr", *MEETING_PAGES)
        if meeting:
            page = page_name(target(link, diagnostics.url) or "") or "si0057"
            diagnostics.links.add(page_url(diagnostics.url, page, "ksinr", meeting))
            return


def _decides(role: str | None) -> bool | None:
    words = (role or "").lower()
    if re.search(r"entscheid|beschlussfass", words):
        return True
    return False if re.search(r"vorberat|anhör|kenntnis|empfehl|beratung", words) else None


def _without_day(words: str | None) -> str | None:
    return before_day(words or "").strip() or None


def _day_of(node: Tag, cells: Cells, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day of its own cell; else the first in the row or in its links' titles."""
    titles = " ".join(str(link.get("title") or "") for link in node.select("a[title]"))
    own = shown(cells.get(Column.DATE))
    for words in (own, shown(node), titles):
        if find_days(words) and (days := days_in(words, short_years=words == own)):
            return days[0]
        if words == own and find_days(own):
            diagnostics.add(where, f"no day understood in {shape(own)}")
            return None
    return None


def _numbered(consultations: list[Consultation]) -> list[Consultation]:
    """Two consultations in one meeting get numbers; a postponed consultation keeps the id (ris-systems A.6)."""
    taken: dict[str, int] = {}
    numbered = []
    for consultation in consultations:
        taken[consultation.native_id] = taken.get(consultation.native_id, 0) + 1
        times = taken[consultation.native_id]
        numbered.append(
            consultation
            if times == 1
            else consultation.model_copy(update={"native_id": f"{consultation.native_id}/{times}"})
        )
    return numbered


# --- lists of papers

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

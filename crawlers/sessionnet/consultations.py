"""The consultations of a paper in the committees (vo0053; in older layouts a table on vo0050)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import Consultation, OrganizationRef
from crawlers.parsing.columns import CONSULTATIONS, Column, Columns
from crawlers.parsing.consultations import column_by_words, says_nonpublic
from crawlers.parsing.dates import before_day, days_in, find_days
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.labels import Label
from crawlers.parsing.tables import rows_of
from crawlers.parsing.visibility import (
    Section,
    is_nonpublic_number,
    section_of_status,
)
from crawlers.sessionnet import quirks
from crawlers.sessionnet.agenda import consultation_id
from crawlers.sessionnet.labels import cell_classes, labels_of, shown
from crawlers.sessionnet.urls import MEETING_PAGES, first_number_in, linked, page_name, page_url, target

_COLUMNS: Final = Columns(
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
_TABLES: Final = (
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
        if _is_nonpublic(node, cells):
            withheld += 1
            continue
        consultation = _consultation(node, cells, paper, f"consultation {place + 1}", diagnostics)
        if consultation is not None:
            found.append(consultation)
    return tuple(_numbered(found)), withheld


def says_no_consultations(page: BeautifulSoup) -> bool:
    """Whether the page has the table of consultations, or says in words that there are none."""
    return page.select_one(_TABLES) is not None or bool(_NO_CONSULTATION.search(shown(page.body) or ""))


def _rows_or_cards(page: BeautifulSoup, diagnostics: Diagnostics) -> list[tuple[Tag, Cells]]:
    tables = [node for node in page.select(_TABLES) if "smctablevorgang" not in (node.get("class") or [])]
    rows = [found for table in tables for found in _rows(table, diagnostics)]
    if rows:
        return rows
    cards = [card for card in page.select(".card, .panel") if card.select_one(".card, .panel") is None]
    return [(card, found) for card in cards if (found := _card(card, diagnostics))]


def _rows(table: Tag, diagnostics: Diagnostics) -> Iterator[tuple[Tag, Cells]]:
    for row in rows_of(table, _COLUMNS, "consultations", diagnostics):
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
        if Column.ORGANIZATION in cells or _meeting(row.node, diagnostics) or _is_nonpublic(row.node, cells):
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


def _is_nonpublic(node: Tag, cells: Cells) -> bool:
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
    day = _day(node, cells, where, diagnostics)
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


def _day(node: Tag, cells: Cells, where: str, diagnostics: Diagnostics) -> dt.date | None:
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

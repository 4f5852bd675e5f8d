"""Agendas: the public items of a meeting, the papers they deal with, and what is withheld.

The oldest interface's is the table in `div#ajax_sitzungsmappe`, with "Ö" or "N" in the first column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from bs4 import Tag

from council.model import AgendaItem, Consultation, File, FileRole, Meeting, Paper
from crawlers.morerubin import quirks
from crawlers.morerubin.api import evidence_of, name_in
from crawlers.morerubin.files import Document, closed_ids, file_of, read_documents
from crawlers.morerubin.paper import is_public_consultation, is_withdrawn, number_of_paper, read_paper_of, reference_of
from crawlers.morerubin.urls import links_in, without_twin
from crawlers.parsing.agendas import Agenda, in_order
from crawlers.parsing.badges import read_badge
from crawlers.parsing.consultations import consultation_in
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import each_once
from crawlers.parsing.html import attribute, text
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.tables import own_cells, own_rows
from crawlers.parsing.verdicts import AgendaSections, Evidence
from crawlers.parsing.visibility import Section, section_of_heading

_REFERENCE: Final = re.compile(r"\s*\[\s*Vorlage\s*:\s*([^,\]]+)[^\]]*\]")
_COLUMNS: Final = frozenset({"betreff", "bezeichnung", "tagesordnungspunkt", "titel", "beratungsgegenstand"})
_LONGEST_BADGE: Final = 8
"""Characters of a badge in letters that nobody knows: "TOP X 5"."""


def read_agenda(raw: Fields, meeting: Meeting) -> tuple[Agenda, dict[str, Paper]]:
    """Every item that is proven public, and the papers. `meeting` gives number, day and committees for the
    consultations here."""
    agenda, papers, sections = Agenda(), dict[str, Paper](), AgendaSections(Section.PUBLIC)
    withheld: set[str] = set()
    for item, parent in in_order(list(_items(raw, None)), lambda pair: pair[0].number("folge")):
        is_public = sections.proves_public(
            evidence_of(item), item.where, item.diagnostics, is_below_withheld=parent in withheld
        )
        number = item.ident(*quirks.ITEM_KEYS)
        if not is_public:
            withheld |= {number} if number else set()
            _withhold(item, agenda)
        elif section_of_heading(item.line("title", "titel", "name") or "") is None or item.line("topnummer", "number"):
            _add_item(item, meeting, agenda, papers)
    return agenda, papers


def _items(holder: Fields, parent: str | None) -> Iterator[tuple[Fields, str | None]]:
    """Every item with its parent's number, those that stand inside others behind them."""
    for item in holder.objects("agenda_items" if parent is None else "children"):
        yield item, item.ident("parent_id") or parent
        if item.raw.get("children"):
            yield from _items(item, item.ident(*quirks.ITEM_KEYS) or "")


def _withhold(item: Fields, agenda: Agenda) -> None:
    """Leave an item out: only its numbers are kept, so that its paper and its documents are left out, too.
    Consultations of the paper that are public elsewhere are not among them."""
    submission, native = item.inner("submission"), without_twin(item.ident("id"))
    consultations = [
        consultation.ident("id")
        for consultation in (submission.objects("consultations") if submission else ())
        if not is_public_consultation(consultation) or without_twin(consultation.ident("agenda_item_id")) == native
    ]
    agenda.withheld_items.update(dict.fromkeys(number for number in (native, *consultations) if number))
    if paper := number_of_paper(item):
        agenda.withheld_papers[paper] = None
    agenda.withheld_files |= closed_ids(item, is_public=False)


def _add_item(item: Fields, meeting: Meeting, agenda: Agenda, papers: dict[str, Paper]) -> None:
    """Take a public item, with its documents, and its paper unless that is not public itself."""
    native = without_twin(item.ident("id")) or item.ident("ai_id")
    if native is None:
        item.diagnostics.add(item.where, "expected an agenda item with a number, found none: left out")
        return
    agenda.withheld_files |= closed_ids(item, is_public=True)
    number = number_of_paper(item)
    documents = read_documents(item, "documents")
    if number and is_withdrawn(item):
        agenda.withheld_papers[number] = None
        documents = [document for document in documents if not document.belongs_to_paper]
        number = None
    consultation = None
    if number:
        here = _consultation(item, native, meeting)
        paper = papers.setdefault(number, read_paper_of(item, number, documents, here))
        consultation = next((here.native_id for here in paper.consultations if here.agenda_item == native), None)
    read = _item(item, native, number, documents, len(agenda.items))
    agenda.items.append(read.model_copy(update={"consultation": consultation}))


def _item(item: Fields, native: str, paper: str | None, documents: list[Document], place: int) -> AgendaItem:
    order = item.number("folge")
    return AgendaItem(
        native_id=native,
        number=item.line("topnummer", "number"),
        order=place if order is None else order,
        name=item.line("title", "titel", "name"),
        public=True,
        paper=paper,
        reference=reference_of(item) if paper else None,
        result=item.line("abstimmungstext"),
        files=tuple(_on_item(document) for document in documents),
    )


def _on_item(document: Document) -> File:
    """A document as it hangs on an agenda item: what belongs to the paper keeps its role there."""
    file = document.file
    is_lost_main = file.role is FileRole.MAIN and not document.belongs_to_paper
    return file.model_copy(update={"role": FileRole.ATTACHMENT}) if is_lost_main else file


def _consultation(item: Fields, native: str, meeting: Meeting) -> Consultation:
    """This item as a consultation of its paper, for answers that list no consultations."""
    role, result = name_in(item, "counselling_status"), item.line("abstimmungstext")
    return consultation_in(meeting, native).model_copy(update={"role": role, "result": result})


# --- the oldest interface


def read_old_agenda(table: Tag | None, meeting: str, diagnostics: Diagnostics) -> tuple[Agenda, dict[str, Paper]]:
    """The public items in the table's order, what is withheld, and the papers."""
    reading = _OldAgenda(meeting)
    if table is None:
        diagnostics.add("agenda", "expected the table of agenda items, found none: left unknown")
    for place, cells in enumerate(map(own_cells, own_rows(table) if table else ()), 1):
        where = f"agenda row {place}"
        filled = [cell for cell in cells if text(cell)]
        if len(filled) == 1 and not any(link.is_document() for link in links_in(filled[0], diagnostics.url)):
            _read_heading(text(filled[0]) or "", where, reading, diagnostics)
        elif len(filled) > 1 and not _is_head(cells):
            _read_row(cells, where, reading, diagnostics)
    return reading.agenda, reading.papers


@dataclass(slots=True)
class _OldAgenda:
    """What has been read of the items so far."""

    meeting: str
    sections: AgendaSections = field(default_factory=AgendaSections)
    agenda: Agenda = field(default_factory=Agenda)
    papers: dict[str, Paper] = field(default_factory=dict)


def _is_head(cells: Sequence[Tag]) -> bool:
    """Whether a row names the columns."""
    words = {(text(cell) or "").lower().rstrip(":") for cell in cells}
    return all(cell.name == "th" for cell in cells) or bool(words & _COLUMNS)


def _read_heading(heading: str, where: str, reading: _OldAgenda, diagnostics: Diagnostics) -> None:
    """A row with one text is a heading. One that is not known ends the public part, and is not told: it may be the
    title of what is not public."""
    reading.sections.enter(section_of_heading(heading))
    if reading.sections.section is None:
        diagnostics.add(where, "expected the heading of a part, found another text: what follows needs its own sign")


def _lead(texts: list[str]) -> list[str]:
    """What stands before the title: badge and number, in one cell or in two."""
    title = max(range(1, len(texts)), key=lambda place: len(texts[place]))
    return list(takewhile(lambda words: not words or _is_badge(words), texts[: min(2, title)]))


def _is_badge(words: str) -> bool:
    return read_badge(words).stands_alone or len(words) <= _LONGEST_BADGE


def _pictures(cell: Tag) -> tuple[str | None, ...]:
    return tuple(attribute(mark, name) for mark in cell.select("img, span[title], abbr") for name in ("alt", "title"))


def _read_row(cells: Sequence[Tag], where: str, reading: _OldAgenda, diagnostics: Diagnostics) -> None:
    texts = [text(cell) or "" for cell in cells]
    lead = _lead(texts)
    badge, title = read_badge(" ".join(lead)), max(texts[len(lead) :], key=len)
    links = [link for cell in cells for link in links_in(cell, diagnostics.url) if link.is_document()]
    reference = _REFERENCE.search(title)
    name = _REFERENCE.sub("", title).strip() or None
    paper = next((own for link in links if (own := link.paper())), None)
    native = f"{reading.meeting}|{paper or badge.number or where}"
    evidence = Evidence(badge=badge, titles=(name,), statuses=_pictures(cells[0]))
    if not reading.sections.proves_public(evidence, where, diagnostics):
        reading.agenda.withheld_items[native] = None
        if paper:
            reading.agenda.withheld_papers[paper] = None
        return
    (files,) = each_once([[file for link in links if (file := file_of(link, name))]])
    item = AgendaItem(
        native_id=native,
        number=badge.number,
        order=len(reading.agenda.items),
        name=name,
        public=True,
        paper=paper,
        reference=reference[1].strip() if reference else None,
        files=files,
    )
    reading.agenda.items.append(item)
    if paper:
        reading.papers.setdefault(paper, _old_paper(item, paper))


def _old_paper(item: AgendaItem, number: str) -> Paper:
    own = tuple(file for file in item.files if file.native_id == number)
    here = Consultation(native_id=item.native_id, agenda_item=item.native_id)
    return Paper(native_id=number, name=item.name, reference=item.reference, files=own, consultations=(here,))


def with_meeting(paper: Paper, meeting: Meeting) -> Paper:
    """The paper with number, committees and day of the meeting in its consultations."""
    consultations = tuple(consultation_in(meeting, held.native_id) for held in paper.consultations)
    return paper.model_copy(update={"consultations": consultations})

"""Agendas: the public items of a meeting, the papers they deal with, and what is withheld."""

from __future__ import annotations

from collections.abc import Iterator

from council.model import AgendaItem, Consultation, File, FileRole, Meeting, Paper
from crawlers.morerubin import quirks
from crawlers.morerubin.fields import Fields
from crawlers.morerubin.files import Document, closed_ids, read_documents
from crawlers.morerubin.paper import is_public_consultation, is_withdrawn, number_of_paper, read_paper_of, reference_of
from crawlers.morerubin.urls import without_twin
from crawlers.morerubin.visibility import evidence_of
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.verdicts import AgendaSections
from crawlers.parsing.visibility import Section, section_of_heading


def read_agenda(raw: Fields, meeting: Meeting) -> tuple[Agenda, dict[str, Paper]]:
    """Every item that is proven public, and the papers. `meeting` gives number, day and committees for the
    consultations here."""
    agenda, papers, sections = Agenda(), dict[str, Paper](), AgendaSections(Section.PUBLIC)
    left_out: set[str] = set()
    for item, parent in _in_order(list(_items(raw, None))):
        is_public = sections.proves_public(
            evidence_of(item), item.where, item.diagnostics, is_below_withheld=parent in left_out
        )
        number = item.ident(*quirks.ITEM_KEYS)
        if not is_public:
            left_out |= {number} if number else set()
            _withhold(item, agenda)
        elif section_of_heading(item.line("title", "titel", "name") or "") is None or item.line("topnummer", "number"):
            _take(item, meeting, agenda, papers)
    return agenda, papers


def _items(holder: Fields, parent: str | None) -> Iterator[tuple[Fields, str | None]]:
    """Every item with its parent's number, those that stand inside others behind them."""
    for item in holder.objects("agenda_items" if parent is None else "children"):
        yield item, item.ident("parent_id") or parent
        if item.raw.get("children"):
            yield from _items(item, item.ident(*quirks.ITEM_KEYS) or "")


def _in_order(items: list[tuple[Fields, str | None]]) -> list[tuple[Fields, str | None]]:
    """By `folge` where every item has one of its own, else as listed."""
    order = [item.number("folge") for item, _ in items]
    known = [place for place in order if place is not None]
    if len(set(known)) < len(items):
        return items
    return [pair for _, pair in sorted(zip(known, items, strict=True), key=lambda pair: pair[0])]


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


def _take(item: Fields, meeting: Meeting, agenda: Agenda, papers: dict[str, Paper]) -> None:
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
    return Consultation(
        native_id=native,
        meeting=meeting.native_id,
        agenda_item=native,
        organization=meeting.organization,
        date=meeting.start.date() if meeting.start else None,
        role=item.named("counselling_status"),
        result=item.line("abstimmungstext"),
    )

"""Papers (Vorlagen): from a public agenda item that deals with one, or from a paper's own answer.

The older interfaces list no consultations, so that every meeting shows its own only.
"""

from __future__ import annotations

from council.model import Consultation, FileRole, Kind, OrganizationRef, Paper, Tombstone
from crawlers.morerubin import quirks
from crawlers.morerubin.api import declared_visibility, name_in
from crawlers.morerubin.files import Document, read_document, read_documents
from crawlers.morerubin.organization import committee_ref
from crawlers.morerubin.urls import system_base, without_twin
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.verdicts import Visibility


def number_of_paper(item: Fields) -> str | None:
    """The number of the paper an agenda item deals with. `topart` is "vl" then; of other kinds `vorlagennummer` is a
    code for standard texts ("EWF", "zt_0") or a short number ("11"). Old answers may leave out `topart`."""
    submission = item.inner("submission")
    embedded = submission.ident("id") if submission else None
    number, kind = item.ident("vorlagennummer"), (item.line("topart") or "").lower()
    if kind == "vl" or (not kind and quirks.is_paper_number(number)):
        return embedded or number
    return embedded


def is_withdrawn(item: Fields) -> bool:
    """Whether the paper of a public item is itself not public, or a draft."""
    submission = item.inner("submission")
    if submission is None:
        return False
    return declared_visibility(submission, "Status") not in {Visibility.PUBLIC, None} or submission.is_set("is_draft")


def reference_of(item: Fields) -> str | None:
    """The paper's reference (Drucksachennummer), from the paper or from its documents."""
    submission = item.inner("submission")
    own = submission.line("alias") if submission else None
    return own or next((alias for document in item.objects("documents") if (alias := document.line("alias"))), None)


def read_paper_of(item: Fields, number: str, documents: list[Document], here: Consultation) -> Paper:
    """The paper of a public agenda item; `here` is this very consultation, for answers that list none."""
    submission = item.inner("submission") or Fields({}, f"{item.where} submission", item.diagnostics)
    own = [document for document in documents if document.belongs_to_paper]
    return _paper(
        submission,
        number,
        name=submission.line("name") or item.line("title", "titel"),
        reference=reference_of(item),
        documents=own,
        here=here,
    )


def read_paper(fields: Fields) -> Paper | Tombstone | None:
    """A paper's own answer. Its `Status` or a public consultation is the proof that it is public; where it says that it
    is not, what may be held of it is withdrawn."""
    number = fields.ident("id", "vorlagennummer")
    if number is None:
        fields.diagnostics.add(fields.where, "expected a paper with a number, found none: left out")
        return None
    state = declared_visibility(fields, "Status", "status")
    if state is Visibility.NONPUBLIC:
        return Tombstone(native_id=number, kind=Kind.PAPER, reason="the source says that it is not public")
    consultations = [
        consultation for consultation in fields.objects("consultations") if is_public_consultation(consultation)
    ]
    if state is Visibility.UNPROVEN or fields.is_set("is_draft") or not (state or consultations):
        fields.diagnostics.add(fields.where, "expected a sign that the paper is public, found none: left out")
        return None
    documents = read_documents(fields, "documents", "attachments", "submission_attachments")
    name = fields.line("name", "title", "titel")
    return _paper(fields, number, name=name, reference=fields.line("alias"), documents=documents, here=None)


def _paper(
    fields: Fields,
    number: str,
    name: str | None,
    reference: str | None,
    documents: list[Document],
    here: Consultation | None,
) -> Paper:
    """One paper of its `submission` object."""
    held = {document.file.native_id for document in documents}
    main = read_document(fields) if fields.line("documentUrl") else None
    if main and main.file.native_id not in held:
        documents = [main, *documents]
    consultations = tuple(
        _consultation(consultation, here)
        for consultation in fields.objects("consultations")
        if is_public_consultation(consultation)
    )
    return Paper(
        native_id=number,
        source_url=_page(fields, number),
        name=name,
        reference=reference,
        paper_type=name_in(fields, "type") or _type_by_name(documents, reference),
        date=fields.day("erstellungsdatum"),
        files=tuple(document.file for document in documents),
        consultations=consultations or ((here,) if here else ()),
    )


def _page(fields: Fields, number: str) -> str | None:
    """The paper's human page, which only the newer interface has: its answers come from api.php."""
    is_new = "/api.php" in fields.diagnostics.url
    return f"{system_base(fields.diagnostics.url)}submission?id={number}" if is_new and number.isalnum() else None


def _type_by_name(documents: list[Document], reference: str | None) -> str | None:
    """The paper's type, of its own document's name."""
    for document in documents:
        name = document.file.name or ""
        is_main = document.file.role is FileRole.MAIN
        if is_main and reference and reference in name and (words := quirks.type_in_name(name, reference)):
            return words
    return None


def is_public_consultation(consultation: Fields) -> bool:
    """Whether a consultation says that it is public."""
    return declared_visibility(consultation, "topstatus", "topstatus_lang") is Visibility.PUBLIC


def _consultation(fields: Fields, here: Consultation | None) -> Consultation:
    """One consultation of a paper; of the meeting this answer is about the role also stands in the agenda."""
    meeting = without_twin(fields.ident("sitzungsnummer"))
    item = without_twin(fields.ident("agenda_item_id"))
    of_here = here is not None and item is not None and item == here.agenda_item
    own = fields.inner("agendaItem")
    return Consultation(
        native_id=fields.ident("id") or item or f"{meeting}|{fields.where}",
        meeting=meeting,
        agenda_item=item,
        organization=_organization(fields),
        date=fields.day("sitzungsdatum"),
        role=fields.line("beratungsstatus_lang") or (here.role if here and of_here else None),
        result=(own.line("abstimmungstext") if own else None) or (here.result if here and of_here else None),
    )


def _organization(fields: Fields) -> tuple[OrganizationRef, ...]:
    committee = fields.inner("committee")
    ref = committee_ref(committee) if committee else None
    if ref is None:
        code = fields.ident("gremium")
        ref = OrganizationRef(native_id=code) if code else None
    return (ref,) if ref else ()


def is_from_agendas(paper: Paper) -> bool:
    """Whether no list of consultations was there: then an agenda item stands for its consultation."""
    return all(consultation.native_id == consultation.agenda_item for consultation in paper.consultations)

"""What happens to a municipality while it is being looked at: papers renamed, withdrawn and added, files replaced,
meetings called off. Each takes a municipality and gives the changed one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from townhall.invention.model import AgendaItem, Document, Format, Meeting, Municipality, Paper

OnDocument = Callable[[Document], Document | None]


def change_paper(municipality: Municipality, number: int, **fields: object) -> Municipality:
    """The municipality with other fields of a paper. KeyError for one it does not have."""
    _must_have(number, [paper.number for paper in municipality.papers], "paper")
    papers = tuple(
        replace(paper, **fields) if paper.number == number else paper  # type: ignore[arg-type]
        for paper in municipality.papers
    )
    return replace(municipality, papers=papers)


def change_meeting(municipality: Municipality, number: int, **fields: object) -> Municipality:
    """The same of a meeting."""
    _must_have(number, [meeting.number for meeting in municipality.meetings], "meeting")
    meetings = tuple(
        replace(meeting, **fields) if meeting.number == number else meeting  # type: ignore[arg-type]
        for meeting in municipality.meetings
    )
    return replace(municipality, meetings=meetings)


def rename_paper(municipality: Municipality, number: int, name: str) -> Municipality:
    """A paper gets another name, on the agendas too."""
    meetings = tuple(
        replace(
            meeting, items=tuple(replace(item, name=name) if item.paper == number else item for item in meeting.items)
        )
        for meeting in municipality.meetings
    )
    return replace(change_paper(municipality, number, name=name), meetings=meetings)


def withdraw_paper(municipality: Municipality, number: int) -> Municipality:
    """A paper is taken back: it is nowhere any more, and its items lose it with what hung on them."""
    _must_have(number, [paper.number for paper in municipality.papers], "paper")
    meetings = tuple(
        replace(meeting, items=tuple(_without(item, number) for item in meeting.items))
        for meeting in municipality.meetings
    )
    papers = tuple(paper for paper in municipality.papers if paper.number != number)
    return replace(municipality, meetings=meetings, papers=papers)


def keep_secret(municipality: Municipality, number: int) -> Municipality:
    """A paper that was public is not any more: it stands in the non-public part of its meetings only."""
    meetings = tuple(
        replace(meeting, items=tuple(replace(i, public=False) if i.paper == number else i for i in meeting.items))
        for meeting in municipality.meetings
    )
    return replace(change_paper(municipality, number, public=False), meetings=meetings)


def cancel_meeting(municipality: Municipality, number: int) -> Municipality:
    """A meeting is called off."""
    return change_meeting(municipality, number, cancelled=True, held=False)


def add_paper(municipality: Municipality, paper: Paper) -> Municipality:
    """One more paper."""
    return replace(municipality, papers=(*municipality.papers, paper))


def withdraw_document(municipality: Municipality, number: int) -> Municipality:
    """A document is taken away wherever it hung."""
    return _on_documents(municipality, number, lambda _: None)


def change_document(municipality: Municipality, number: int, text: str) -> Municipality:
    """Another text in the same file; a scan becomes a PDF with text."""

    def changed(old: Document) -> Document:
        return replace(old, text=text, format=Format.PDF if old.format is Format.SCAN else old.format)

    return _on_documents(municipality, number, changed)


def _on_documents(municipality: Municipality, number: int, change: OnDocument) -> Municipality:
    _must_have(number, [found.number for found in municipality.documents()], "document")

    def one(document: Document | None) -> Document | None:
        return change(document) if document is not None and document.number == number else document

    def some(documents: tuple[Document, ...]) -> tuple[Document, ...]:
        return tuple(changed for document in documents if (changed := one(document)) is not None)

    def on_meeting(meeting: Meeting) -> Meeting:
        items = tuple(replace(item, documents=some(item.documents)) for item in meeting.items)
        minutes, invitation = one(meeting.minutes), one(meeting.invitation)
        attachments = some(meeting.attachments)
        return replace(meeting, items=items, minutes=minutes, invitation=invitation, attachments=attachments)

    papers = tuple(
        replace(paper, main=one(paper.main), attachments=some(paper.attachments)) for paper in municipality.papers
    )
    return replace(
        municipality, papers=papers, meetings=tuple(on_meeting(meeting) for meeting in municipality.meetings)
    )


def _without(item: AgendaItem, paper: int) -> AgendaItem:
    return replace(item, paper=None, consultation=None, documents=()) if item.paper == paper else item


def _must_have(number: int, numbers: list[int], what: str) -> None:
    if number not in numbers:
        raise KeyError(f"the municipality has no {what} {number}")

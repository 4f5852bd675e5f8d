"""What happens to a town while it is being looked at: papers renamed, withdrawn and added, files replaced, meetings
called off. Each takes a town and gives the changed one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from townhall.invention.model import AgendaItem, Document, Format, Meeting, Paper, Town

OnDocument = Callable[[Document], Document | None]


def change_paper(town: Town, number: int, **fields: object) -> Town:
    """The town with other fields of a paper. KeyError for one it does not have."""
    _must_have(number, [paper.number for paper in town.papers], "paper")
    papers = tuple(replace(paper, **fields) if paper.number == number else paper for paper in town.papers)  # type: ignore[arg-type]
    return replace(town, papers=papers)


def change_meeting(town: Town, number: int, **fields: object) -> Town:
    """The same of a meeting."""
    _must_have(number, [meeting.number for meeting in town.meetings], "meeting")
    meetings = tuple(replace(meeting, **fields) if meeting.number == number else meeting for meeting in town.meetings)  # type: ignore[arg-type]
    return replace(town, meetings=meetings)


def rename_paper(town: Town, number: int, name: str) -> Town:
    """A paper gets another name, on the agendas too."""
    meetings = tuple(
        replace(
            meeting, items=tuple(replace(item, name=name) if item.paper == number else item for item in meeting.items)
        )
        for meeting in town.meetings
    )
    return replace(change_paper(town, number, name=name), meetings=meetings)


def withdraw_paper(town: Town, number: int) -> Town:
    """A paper is taken back: it is nowhere any more, and its items lose it with what hung on them."""
    _must_have(number, [paper.number for paper in town.papers], "paper")
    meetings = tuple(
        replace(meeting, items=tuple(_without(item, number) for item in meeting.items)) for meeting in town.meetings
    )
    papers = tuple(paper for paper in town.papers if paper.number != number)
    return replace(town, meetings=meetings, papers=papers)


def keep_secret(town: Town, number: int) -> Town:
    """A paper that was public is not any more: it stands in the non-public part of its meetings only."""
    meetings = tuple(
        replace(meeting, items=tuple(replace(i, public=False) if i.paper == number else i for i in meeting.items))
        for meeting in town.meetings
    )
    return replace(change_paper(town, number, public=False), meetings=meetings)


def cancel_meeting(town: Town, number: int) -> Town:
    """A meeting is called off."""
    return change_meeting(town, number, cancelled=True, held=False)


def add_paper(town: Town, paper: Paper) -> Town:
    """One more paper."""
    return replace(town, papers=(*town.papers, paper))


def withdraw_document(town: Town, number: int) -> Town:
    """A document is taken away wherever it hung."""
    return _on_documents(town, number, lambda _: None)


def change_document(town: Town, number: int, text: str) -> Town:
    """Another text in the same file; a scan becomes a PDF with text."""

    def changed(old: Document) -> Document:
        return replace(old, text=text, format=Format.PDF if old.format is Format.SCAN else old.format)

    return _on_documents(town, number, changed)


def _on_documents(town: Town, number: int, change: OnDocument) -> Town:
    _must_have(number, [found.number for found in town.documents()], "document")

    def one(document: Document | None) -> Document | None:
        return change(document) if document is not None and document.number == number else document

    def some(documents: tuple[Document, ...]) -> tuple[Document, ...]:
        return tuple(changed for document in documents if (changed := one(document)) is not None)

    def on_meeting(meeting: Meeting) -> Meeting:
        items = tuple(replace(item, documents=some(item.documents)) for item in meeting.items)
        minutes, invitation = one(meeting.minutes), one(meeting.invitation)
        attachments = some(meeting.attachments)
        return replace(meeting, items=items, minutes=minutes, invitation=invitation, attachments=attachments)

    papers = tuple(replace(paper, main=one(paper.main), attachments=some(paper.attachments)) for paper in town.papers)
    return replace(town, papers=papers, meetings=tuple(on_meeting(meeting) for meeting in town.meetings))


def _without(item: AgendaItem, paper: int) -> AgendaItem:
    return replace(item, paper=None, consultation=None, documents=()) if item.paper == paper else item


def _must_have(number: int, numbers: list[int], what: str) -> None:
    if number not in numbers:
        raise KeyError(f"the town has no {what} {number}")

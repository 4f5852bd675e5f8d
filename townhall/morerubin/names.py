"""The numbers by which a simulated more!rubin server knows things, and where their documents lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from townhall.invention.model import AgendaItem, Committee, Document, Meeting, Municipality, Paper

INVITATION, MINUTES, PAPER, RESOLUTION, MEETING_ATTACHMENT, PAPER_ATTACHMENT, ITEM_ATTACHMENT = 1, 2, 4, 5, 6, 13, 14
KINDS = {
    INVITATION: ("Bekanntmachung", "sib", "Meeting", "meeting_id"),
    MINUTES: ("Niederschrift", "ni", "Meeting", "meeting_id"),
    PAPER: ("Vorlage", "vl", "Submission", "submission_id"),
    RESOLUTION: ("Beschluss", "be", "AgendaItem", "agenda_item_id"),
    MEETING_ATTACHMENT: ("Sitzungs-Anlage", "sia", "Meeting", "meeting_id"),
    PAPER_ATTACHMENT: ("Vorlagen-Anlage", "vla", "SubmissionAttachment", "submission_attachment_id"),
    ITEM_ATTACHMENT: ("TOP-Anlage", "topa", "AgendaItemAttachment", "agenda_item_attachment_id"),
}
"""The kinds of documents: name, alias, what they hang on, and the parameter that names it."""


class Layout(StrEnum):
    """The interfaces of the product, the newest first."""

    API = "api.php"
    SCRIPT = "data in a script of the page"
    ATTRIBUTE = "data in an attribute of the page"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Hung:
    """A document with what it hangs on, in the system's words."""

    document: Document
    kind: int
    relation: str

    def address(self, base: str, layout: Layout) -> str:
        """Where it is asked for by the page's own viewer, which gets it packed in JSON."""
        about = quote(self.relation, safe="")
        name = f"{KINDS[self.kind][3]}={about}"
        if layout is Layout.API:
            name = f"document_relation_id={about}&{name}"
        script = "api.php" if layout is Layout.API else "documents.php"
        tail = "id=69&json=1&platform=ris" + ("&system=ris" if layout is Layout.API else "")
        return f"{base}/{script}?document_type_id={self.kind}&{name}&{tail}"


def code(committee: Committee) -> str:
    """ "HFA"."""
    return re.sub(r"\W", "", committee.short_name)


def number_of_meeting(municipality: Municipality, meeting: Meeting) -> str:
    """ "2025-HFA-7", of the meeting itself."""
    return f"{meeting.start.year}-{code(municipality.committees[meeting.committee - 1])}-{meeting.number}"


def shown_number(municipality: Municipality, meeting: Meeting) -> str:
    """The number it is served under: with the minutes there is "ni_" before it."""
    return ("ni_" if meeting.minutes else "") + number_of_meeting(municipality, meeting)


def number_of_paper(paper: Paper) -> str:
    """ "202500091000012"."""
    return f"{paper.date.year}{paper.office or paper.originator or 0:04}91{paper.number:05}"


def code_of_item(municipality: Municipality, item: AgendaItem) -> str:
    """The paper's number, or a code for what is no paper."""
    paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
    return number_of_paper(paper) if paper else f"zt_{item.number}"


def id_of_item(municipality: Municipality, meeting: Meeting, item: AgendaItem) -> str:
    """ "ni_2025-HFA-7|zt_31|1": the last figure says in which part it stands."""
    return (
        f"{shown_number(municipality, meeting)}|{code_of_item(municipality, item)}|{2 if item.public is False else 1}"
    )


def documents_of_meeting(municipality: Municipality, meeting: Meeting) -> list[Hung]:
    """Invitation, minutes and what else hangs on the meeting as a whole."""
    number = shown_number(municipality, meeting)
    held = [(meeting.invitation, INVITATION), (meeting.minutes, MINUTES)]
    hung = [Hung(document, kind, number) for document, kind in held if document]
    return hung + [
        Hung(attachment, MEETING_ATTACHMENT, f"{number}|{attachment.file_name}") for attachment in meeting.attachments
    ]


def documents_of_paper(paper: Paper) -> list[Hung]:
    """The paper itself and its attachments."""
    number = number_of_paper(paper)
    main = [Hung(paper.main, PAPER, number)] if paper.main else []
    return main + [
        Hung(attachment, PAPER_ATTACHMENT, f"{number}|{attachment.file_name}|") for attachment in paper.attachments
    ]


def documents_of_item(municipality: Municipality, meeting: Meeting, item: AgendaItem) -> list[Hung]:
    """An item's own documents: the first is its resolution."""
    native = id_of_item(municipality, meeting, item)
    return [
        Hung(document, ITEM_ATTACHMENT if place else RESOLUTION, f"{native}|{document.file_name}" if place else native)
        for place, document in enumerate(item.documents)
    ]


def all_documents(municipality: Municipality) -> Iterator[Hung]:
    """Every document of the municipality, public or not."""
    for paper in municipality.papers:
        yield from documents_of_paper(paper)
    for meeting in municipality.meetings:
        yield from documents_of_meeting(municipality, meeting)
        for item in meeting.items:
            yield from documents_of_item(municipality, meeting, item)

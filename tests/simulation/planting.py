"""Plants what nobody may ever find in nasty places of a municipality: each of them carries a marker of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

from townhall.invention.model import SECRET_WORD, AgendaItem, Consultation, Document, Meeting, Municipality, Paper


def marker(number: int) -> str:
    """The word of one planted secret: "Geheimwortknarzbold007"."""
    return f"{SECRET_WORD}{number:03}"


def plant(municipality: Municipality, secrets: int = 100) -> Municipality:
    """The municipality with so many more non-public things: items, between public ones too, papers, attachments of
    public papers that only their name gives away, documents of meetings and items, resolutions."""
    bed = _Bed(municipality)
    for number in range(1, secrets + 1):
        bed.ways[number % len(bed.ways)](number)
    return replace(municipality, meetings=tuple(bed.meetings.values()), papers=tuple(bed.papers.values()))


class _Bed:
    """A municipality while things are planted in it."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.meetings = {meeting.number: meeting for meeting in municipality.meetings}
        self.papers = {paper.number: paper for paper in municipality.papers}
        self._held = [meeting.number for meeting in municipality.meetings if meeting.held]
        self._with_files = [paper.number for paper in municipality.papers if paper.public and paper.main]
        self._documents = count(1 + max(document.number for document in municipality.documents()))
        self._items = count(1 + max(item.number for meeting in municipality.meetings for item in meeting.items))
        consultations = [step.number for paper in municipality.papers for step in paper.consultations]
        self._consultations = count(1 + max(consultations))
        self._new_papers = count(1 + max(self.papers))
        self.ways: Sequence[Callable[[int], None]] = (
            self._item_at_the_end, self._item_between, self._paper, self._attachment, self._item_with_document,
            self._minutes, self._result,
        )  # fmt: skip

    def _meeting(self, number: int) -> Meeting:
        return self.meetings[self._held[number % len(self._held)]]

    def _document(self, name: str, number: int, day: dt.date, public: bool = True) -> Document:
        taken = next(self._documents)
        text = f"# {name}\nVertraulich zu behandeln: {marker(number)}.\n"
        return Document(taken, f"{name} {marker(number)}", f"{taken:05}_Dokument.pdf", day, text, public=public)

    def _item(self, meeting: Meeting, name: str, number: int) -> AgendaItem:
        return AgendaItem(next(self._items), str(len(meeting.items) + 1), f"{name} {marker(number)}", public=False)

    def _put(self, meeting: Meeting, item: AgendaItem, place: int | None = None) -> None:
        at = len(meeting.items) if place is None else place
        items = (*meeting.items[:at], item, *meeting.items[at:])
        self.meetings[meeting.number] = replace(meeting, items=items)

    def _item_at_the_end(self, number: int) -> None:
        meeting = self._meeting(number)
        self._put(meeting, self._item(meeting, "Grundstücksangelegenheit", number))

    def _item_between(self, number: int) -> None:
        meeting = self._meeting(number)
        self._put(meeting, self._item(meeting, "Personalangelegenheit", number), place=1)

    def _item_with_document(self, number: int) -> None:
        meeting = self._meeting(number)
        document = self._document("Beschlussauszug", number, meeting.start.date())
        self._put(meeting, replace(self._item(meeting, "Rechtsstreit", number), documents=(document,)))

    def _result(self, number: int) -> None:
        meeting = self._meeting(number)
        item = self._item(meeting, "Vergabe", number)
        self._put(meeting, replace(item, result="beschlossen", resolution=f"Zuschlag an {marker(number)}."))

    def _minutes(self, number: int) -> None:
        meeting = self._meeting(number)
        document = self._document("Niederschrift nichtöffentlicher Teil", number, meeting.start.date(), public=False)
        self.meetings[meeting.number] = replace(meeting, attachments=(*meeting.attachments, document))

    def _attachment(self, number: int) -> None:
        paper = self.papers[self._with_files[number % len(self._with_files)]]
        document = self._document("Anlage (nichtöffentlich)", number, paper.date, public=False)
        self.papers[paper.number] = replace(paper, attachments=(*paper.attachments, document))

    def _paper(self, number: int) -> None:
        """A paper that only the non-public part deals with, with a main document and an attachment."""
        meeting = self._meeting(number)
        item = self._item(meeting, "Vertragsangelegenheit", number)
        consultation = Consultation(
            next(self._consultations), meeting.committee, "Entscheidung", True, meeting.number, item.number
        )
        day = meeting.start.date()
        paper = Paper(
            number=next(self._new_papers),
            name=f"Vertragsangelegenheit: {marker(number)}",
            reference=f"NV/{day.year}/{800 + number}",
            paper_type="Beschlussvorlage",
            date=day - dt.timedelta(days=20),
            office=next(
                (committee.number for committee in self.municipality.committees if committee.key.startswith("office")),
                None,
            ),
            main=self._document("Vorlage", number, day),
            attachments=(self._document("Vertragsentwurf", number, day),),
            consultations=(consultation,),
            public=False,
        )
        self.papers[paper.number] = paper
        self._put(meeting, replace(item, paper=paper.number, consultation=consultation.number))

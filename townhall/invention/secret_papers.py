"""The part of the meetings that is not public: items, papers and files that no well-behaved program shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from townhall.invention.meeting_calendar import Slot
from townhall.invention.model import SECRET_WORD, AgendaItem, Committee, Consultation, Document, Paper
from townhall.invention.numbering import Numbering
from townhall.invention.profile import Profile

_SECRETS = (
    ("Grundstücksangelegenheit", "Das Grundstück wird zum Preis von 412.000 Euro verkauft"),
    ("Personalangelegenheit", "Die Stelle der Amtsleitung wird neu besetzt"),
    ("Vergabe von Planungsleistungen", "Der Auftrag wird an den günstigsten Bieter vergeben"),
    ("Rechtsstreit", "Der gerichtliche Vergleich wird angenommen"),
)
NONPUBLIC_HEADING = "Nichtöffentlicher Teil"


def secret_papers(
    slots: list[Slot], taken: int, profile: Profile, office: Committee, numbers: Numbering
) -> list[Paper]:
    """Non-public items in every fourth past meeting; the first says so only in a heading. Two have a paper."""
    papers: list[Paper] = []
    meetings = [slot for slot in slots if slot.held and not slot.cancelled][::4]
    for index, slot in enumerate(meetings):
        public = None if index == 0 else False
        if public is None:
            slot.items.append(numbers.heading(NONPUBLIC_HEADING))
        for step in range(2):
            name, resolution = _SECRETS[(index + step) % len(_SECRETS)]
            item = replace(numbers.item(slot, f"{name} {SECRET_WORD}"), public=public, result="einstimmig beschlossen")
            item = replace(item, resolution=f"{resolution} ({SECRET_WORD}).", documents=_files(slot, numbers))
            if index < 2 and step == 0:
                number = taken + len(papers) + 1
                paper = _paper(
                    name, slot, item, number, profile.reference("NV", slot.date.year, 900 + number), office, numbers
                )
                papers.append(paper)
                item = replace(item, paper=paper.number, consultation=paper.consultations[0].number)
            slot.items.append(item)
    return papers


def _paper(
    name: str, slot: Slot, item: AgendaItem, number: int, reference: str, office: Committee, numbers: Numbering
) -> Paper:
    consultation = Consultation(
        numbers.consultation(), slot.committee.number, "Entscheidung", True, slot.number, item.number
    )
    text = f"# Vorlage {reference}\n{name}\n\nDer Inhalt ist vertraulich: {SECRET_WORD}.\n"
    return Paper(
        number=number,
        name=f"{name}: Vorlage {SECRET_WORD}",
        reference=reference,
        paper_type="Beschlussvorlage",
        date=slot.date - dt.timedelta(days=20),
        office=office.number,
        main=numbers.document("Vorlage", f"Vorlage {SECRET_WORD}", slot.date, text),
        consultations=(consultation,),
        public=False,
    )


def _files(slot: Slot, numbers: Numbering) -> tuple[Document, ...]:
    text = f"# Beschlussauszug\nVertraulich zu behandeln: {SECRET_WORD}.\n"
    return (numbers.document("Beschlussauszug", f"Beschlussauszug {SECRET_WORD}", slot.date, text),)

"""What each system offers and what it cannot give (`council.offering`), in the words that a citizen reads.

The same words stand in docs/systems/README.md; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from council.offering import OFFERINGS, Extent, OfferedPart
from council.system import System

PART_TITLES: Final[Mapping[OfferedPart, str]] = {
    OfferedPart.AGENDAS: "Tagesordnungen",
    OfferedPart.PAPERS: "Vorlagen",
    OfferedPart.CONSULTATIONS: "Weg der Vorlagen durch die Gremien",
    OfferedPart.DECISIONS: "Ergebnisse und Beschlüsse",
    OfferedPart.FILES: "Dokumente",
    OfferedPart.MINUTES: "Niederschriften",
    OfferedPart.LOCATIONS: "Ort der Sitzungen",
    OfferedPart.MEMBERS: "Mitglieder der Gremien",
    OfferedPart.CANCELLATIONS: "Absagen",
    OfferedPart.CHANGES: "Nachträgliche Änderungen",
}


@dataclass(frozen=True, slots=True)
class PartText:
    """One part of what a system offers. `remark` says what is missing; None where nothing is."""

    part: OfferedPart
    extent: Extent
    title: str
    remark: str | None


@dataclass(frozen=True, slots=True)
class OfferingText:
    """What a system offers, every part once. `product` is its proper name, `about` a sentence on what it is."""

    product: str
    about: str
    parts: tuple[PartText, ...]

    def to_extent(self, *extents: Extent) -> tuple[PartText, ...]:
        """The parts that are offered to one of these extents."""
        return tuple(text for text in self.parts if text.extent in extents)


def _text(system: System, product: str, about: str, remarks: Mapping[OfferedPart, str]) -> OfferingText:
    extents = OFFERINGS[system].extents
    parts = tuple(PartText(part, extents[part], title, remarks.get(part)) for part, title in PART_TITLES.items())
    return OfferingText(product, about, parts)


_IF_RELEASED: Final = "nur, soweit die Kommune sie veröffentlicht"
_FROM_AGENDAS: Final = "nur solche, die auf einer Tagesordnung stehen"
_WORDING: Final = "das Ergebnis ja; den genauen Wortlaut oft nur in den Dokumenten"
_IN_TITLE: Final = "nur, wenn sie im Titel der Sitzung stehen"
_AT_THE_SOURCE: Final = "nur bei der Quelle selbst; diese Suche zeigt keine Seiten zu Personen"
_RECENT: Final = "bei neueren Sitzungen bald, bei älteren erst nach dem nächsten vollen Durchgang"
_P = OfferedPart
OFFERING_TEXTS: Final[Mapping[System, OfferingText]] = {
    system: _text(system, product, about, remarks)
    for system, product, about, remarks in (
        (
            System.OPARL,
            "OParl-Schnittstelle",
            "OParl ist eine offene Schnittstelle: Die Kommune gibt ihre Ratsunterlagen auch für Programme frei.",
            {
                _P.DECISIONS: "nur, soweit die Kommune sie einträgt",
                _P.MINUTES: _IF_RELEASED,
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CHANGES: "manche Server melden sie nicht; dann erst nach dem nächsten vollen Durchgang",
            },
        ),
        (
            System.SESSIONNET,
            "SessionNet",
            "SessionNet ist ein Ratsinformationssystem der Firma Somacos mit Sitzungskalender und Vorlagen.",
            {
                _P.PAPERS: _FROM_AGENDAS,
                _P.DECISIONS: _WORDING,
                _P.MINUTES: _IF_RELEASED,
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CHANGES: _RECENT,
            },
        ),
        (
            System.MORERUBIN,
            "more! rubin",
            "more! rubin ist ein Ratsinformationssystem der Firma more! software mit Sitzungskalender und Vorlagen.",
            {
                _P.PAPERS: _FROM_AGENDAS,
                _P.DECISIONS: "das Ergebnis der Abstimmung ja; den Wortlaut nur in den Dokumenten",
                _P.FILES: "in älteren Fassungen des Systems sind sie für Programme gesperrt",
                _P.MINUTES: _IF_RELEASED,
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CANCELLATIONS: _IN_TITLE,
                _P.CHANGES: _RECENT,
            },
        ),
        (
            System.COUNCILSERVICE,
            "Sitzungsdienst von mein-intra.net",
            "Der Sitzungsdienst von mein-intra.net ist in die Website der Kommune eingebaut.",
            {
                _P.PAPERS: "nur solche, die auf einer Tagesordnung stehen; eigene Seiten haben sie dort nicht",
                _P.CONSULTATIONS: "nur aus den Tagesordnungen erschlossen; wer entscheidet, steht nicht dabei",
                _P.DECISIONS: "stehen höchstens in den Dokumenten",
                _P.MINUTES: _IF_RELEASED,
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CANCELLATIONS: _IN_TITLE,
                _P.CHANGES: _RECENT,
            },
        ),
        (
            System.ALLRIS3,
            "ALLRIS 3",
            "ALLRIS 3 ist die ältere Fassung eines Ratsinformationssystems der Firma CC e-gov.",
            {
                _P.PAPERS: _FROM_AGENDAS,
                _P.DECISIONS: _WORDING,
                _P.MINUTES: _IF_RELEASED,
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CANCELLATIONS: _IN_TITLE,
                _P.CHANGES: _RECENT,
            },
        ),
        (
            System.ALLRIS4,
            "ALLRIS 4",
            "ALLRIS 4 ist ein Ratsinformationssystem der Firma CC e-gov mit Sitzungskalender und Vorlagen.",
            {
                _P.PAPERS: _FROM_AGENDAS,
                _P.DECISIONS: _WORDING,
                _P.MINUTES: _IF_RELEASED,
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CANCELLATIONS: _IN_TITLE,
                _P.CHANGES: _RECENT,
            },
        ),
        (
            System.SDNET,
            "SD.NET RIM",
            "SD.NET RIM ist ein Ratsinformationssystem der Firma Sternberg; viele seiner Server sperren Programme aus.",
            {
                _P.AGENDAS: "nur, wenn der Betreiber Programme zulässt; sonst bloß die Termine",
                _P.PAPERS: "nur, wenn der Betreiber Programme zulässt",
                _P.CONSULTATIONS: "nur, wenn der Betreiber Programme zulässt",
                _P.DECISIONS: "stehen nur in den Dokumenten",
                _P.FILES: "für Programme häufig gesperrt",
                _P.MINUTES: _IF_RELEASED,
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CHANGES: _RECENT,
            },
        ),
        (
            System.ECICS,
            "ecics RIS",
            "Das RIS von ecics ist in die Website der Kommune eingebaut; gelesen werden hier bisher nur die Termine.",
            {
                **dict.fromkeys(
                    (_P.AGENDAS, _P.PAPERS, _P.CONSULTATIONS, _P.DECISIONS, _P.FILES, _P.MINUTES),
                    "bisher nur bei der Quelle selbst; jeder Termin führt dorthin",
                ),
                _P.LOCATIONS: "nur bei der Quelle selbst",
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CANCELLATIONS: _IN_TITLE,
                _P.CHANGES: "eine weggefallene Sitzung erst nach dem nächsten vollen Durchgang",
            },
        ),
        (
            System.NOTICES,
            "Bekanntmachungen auf der Website",
            "Ein Ratsinformationssystem ist uns hier nicht bekannt; es bleiben die Bekanntmachungen der Website.",
            {
                _P.AGENDAS: "nur aus Einladungen; oft stehen sie bloß in deren PDF-Dokument, das die Suche mitliest",
                _P.PAPERS: "an ihrer Stelle stehen hier Bekanntmachungen und Amtsblätter",
                _P.CONSULTATIONS: "ohne Ratsinformationssystem nicht zu erfahren",
                _P.DECISIONS: "nur bekannt gemachte, etwa Satzungen",
                _P.FILES: "nur, was den Bekanntmachungen angehängt ist",
                _P.MINUTES: _IF_RELEASED,
                _P.LOCATIONS: "nur, wenn die Einladung ihn nennt",
                _P.MEMBERS: _AT_THE_SOURCE,
                _P.CANCELLATIONS: "nur, wenn sie bekannt gemacht sind",
                _P.CHANGES: "nur, solange die Bekanntmachung auf der Website steht",
            },
        ),
    )
}
"""One for every system."""

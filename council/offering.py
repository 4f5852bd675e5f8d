"""What each system offers and what it cannot give, in the words a citizen reads; the one table of it.

Sources: docs/systems (one page a system) and what `crawlers` can read of it. The same table stands in
docs/systems/README.md; a test holds both together. It speaks of the product: what a town fills in is its own affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from council.system import System


class Part(StrEnum):
    """What a citizen may look for, in the order of the page."""

    AGENDAS = "agendas"
    PAPERS = "papers"
    STATIONS = "stations"
    DECISIONS = "decisions"
    DOCUMENTS = "documents"
    MINUTES = "minutes"
    LOCATIONS = "locations"
    MEMBERS = "members"
    CANCELLATIONS = "cancellations"
    CHANGES = "changes"


class Extent(StrEnum):
    """How much of it there is."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


TITLES: Final[Mapping[Part, str]] = {
    Part.AGENDAS: "Tagesordnungen",
    Part.PAPERS: "Vorlagen",
    Part.STATIONS: "Weg der Vorlagen durch die Gremien",
    Part.DECISIONS: "Ergebnisse und Beschlüsse",
    Part.DOCUMENTS: "Dokumente",
    Part.MINUTES: "Niederschriften",
    Part.LOCATIONS: "Ort der Sitzungen",
    Part.MEMBERS: "Mitglieder der Gremien",
    Part.CANCELLATIONS: "Absagen",
    Part.CHANGES: "Nachträgliche Änderungen",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One part of what a system offers. `remark` says in German what is missing; None where nothing is."""

    part: Part
    extent: Extent
    remark: str | None = None

    @property
    def title(self) -> str:
        return TITLES[self.part]


@dataclass(frozen=True, slots=True)
class Offering:
    """What a system offers, every part once. `product` is its proper name, `about` a sentence on what it is."""

    system: System
    product: str
    about: str
    parts: tuple[Offered, ...]

    def of(self, part: Part) -> Offered:
        """What it offers of one part."""
        return next(offered for offered in self.parts if offered.part is part)

    def to_extent(self, *extents: Extent) -> tuple[Offered, ...]:
        """The parts that are offered to one of these extents."""
        return tuple(offered for offered in self.parts if offered.extent in extents)


_IF_RELEASED: Final = "nur, soweit die Kommune sie veröffentlicht"
_FROM_AGENDAS: Final = "nur solche, die auf einer Tagesordnung stehen"
_WORDING: Final = "das Ergebnis ja; den genauen Wortlaut oft nur in den Dokumenten"
_IN_TITLE: Final = "nur, wenn sie im Titel der Sitzung stehen"
_AT_THE_SOURCE: Final = "nur bei der Quelle selbst; diese Suche zeigt keine Seiten zu Personen"
_RECENT: Final = "bei neueren Sitzungen bald, bei älteren erst nach dem nächsten vollen Durchgang"
_PARTLY, _NO = Extent.PARTLY, Extent.NO


def _offering(system: System, product: str, about: str, **missing: tuple[Extent, str]) -> Offering:
    """An offering in which everything is there but what is named."""
    unknown = missing.keys() - set(Part)
    assert not unknown, unknown  # noqa: S101 - a slip of the pen below
    return Offering(
        system, product, about, tuple(Offered(part, *missing.get(part.value, (Extent.YES, None))) for part in Part)
    )


OFFERINGS: Final[Mapping[System, Offering]] = {
    offering.system: offering
    for offering in (
        _offering(
            System.OPARL,
            "OParl-Schnittstelle",
            "OParl ist eine offene Schnittstelle: Die Kommune gibt ihre Ratsunterlagen auch für Programme frei.",
            decisions=(_PARTLY, "nur, soweit die Kommune sie einträgt"),
            minutes=(_PARTLY, _IF_RELEASED),
            members=(_PARTLY, _AT_THE_SOURCE),
            changes=(_PARTLY, "manche Server melden sie nicht; dann erst nach dem nächsten vollen Durchgang"),
        ),
        _offering(
            System.SESSIONNET,
            "SessionNet",
            "SessionNet ist ein Ratsinformationssystem der Firma Somacos mit Sitzungskalender und Vorlagen.",
            papers=(_PARTLY, _FROM_AGENDAS),
            decisions=(_PARTLY, _WORDING),
            minutes=(_PARTLY, _IF_RELEASED),
            members=(_PARTLY, _AT_THE_SOURCE),
            changes=(_PARTLY, _RECENT),
        ),
        _offering(
            System.MORERUBIN,
            "more! rubin",
            "more! rubin ist ein Ratsinformationssystem der Firma more! software mit Sitzungskalender und Vorlagen.",
            papers=(_PARTLY, _FROM_AGENDAS),
            decisions=(_PARTLY, "das Ergebnis der Abstimmung ja; den Wortlaut nur in den Dokumenten"),
            documents=(_PARTLY, "in älteren Fassungen des Systems sind sie für Programme gesperrt"),
            minutes=(_PARTLY, _IF_RELEASED),
            members=(_NO, _AT_THE_SOURCE),
            cancellations=(_PARTLY, _IN_TITLE),
            changes=(_PARTLY, _RECENT),
        ),
        _offering(
            System.COUNCILSERVICE,
            "Sitzungsdienst von mein-intra.net",
            "Der Sitzungsdienst von mein-intra.net ist in die Website der Kommune eingebaut.",
            papers=(_PARTLY, "nur solche, die auf einer Tagesordnung stehen; eigene Seiten haben sie dort nicht"),
            stations=(_PARTLY, "nur aus den Tagesordnungen erschlossen; wer entscheidet, steht nicht dabei"),
            decisions=(_NO, "stehen höchstens in den Dokumenten"),
            minutes=(_PARTLY, _IF_RELEASED),
            members=(_NO, _AT_THE_SOURCE),
            cancellations=(_PARTLY, _IN_TITLE),
            changes=(_PARTLY, _RECENT),
        ),
        _offering(
            System.ALLRIS3,
            "ALLRIS 3",
            "ALLRIS 3 ist die ältere Fassung eines Ratsinformationssystems der Firma CC e-gov.",
            papers=(_PARTLY, _FROM_AGENDAS),
            decisions=(_PARTLY, _WORDING),
            minutes=(_PARTLY, _IF_RELEASED),
            members=(_PARTLY, _AT_THE_SOURCE),
            cancellations=(_PARTLY, _IN_TITLE),
            changes=(_PARTLY, _RECENT),
        ),
        _offering(
            System.ALLRIS4,
            "ALLRIS 4",
            "ALLRIS 4 ist ein Ratsinformationssystem der Firma CC e-gov mit Sitzungskalender und Vorlagen.",
            papers=(_PARTLY, _FROM_AGENDAS),
            decisions=(_PARTLY, _WORDING),
            minutes=(_PARTLY, _IF_RELEASED),
            members=(_PARTLY, _AT_THE_SOURCE),
            cancellations=(_PARTLY, _IN_TITLE),
            changes=(_PARTLY, _RECENT),
        ),
        _offering(
            System.SDNET,
            "SD.NET RIM",
            "SD.NET RIM ist ein Ratsinformationssystem der Firma Sternberg; viele seiner Server sperren Programme aus.",
            agendas=(_PARTLY, "nur, wenn der Betreiber Programme zulässt; sonst bloß die Termine"),
            papers=(_PARTLY, "nur, wenn der Betreiber Programme zulässt"),
            stations=(_PARTLY, "nur, wenn der Betreiber Programme zulässt"),
            decisions=(_NO, "stehen nur in den Dokumenten"),
            documents=(_PARTLY, "für Programme häufig gesperrt"),
            minutes=(_PARTLY, _IF_RELEASED),
            members=(_NO, _AT_THE_SOURCE),
            changes=(_PARTLY, _RECENT),
        ),
        _offering(
            System.NOTICES,
            "Bekanntmachungen auf der Website",
            "Ein Ratsinformationssystem ist uns hier nicht bekannt; es bleiben die Bekanntmachungen der Website.",
            agendas=(_PARTLY, "nur aus Einladungen; oft stehen sie bloß in deren PDF-Dokument, das die Suche mitliest"),
            papers=(_NO, "an ihrer Stelle stehen hier Bekanntmachungen und Amtsblätter"),
            stations=(_NO, "ohne Ratsinformationssystem nicht zu erfahren"),
            decisions=(_PARTLY, "nur bekannt gemachte, etwa Satzungen"),
            documents=(_PARTLY, "nur, was den Bekanntmachungen angehängt ist"),
            minutes=(_PARTLY, _IF_RELEASED),
            locations=(_PARTLY, "nur, wenn die Einladung ihn nennt"),
            members=(_NO, _AT_THE_SOURCE),
            cancellations=(_PARTLY, "nur, wenn sie bekannt gemacht sind"),
            changes=(_PARTLY, "nur, solange die Bekanntmachung auf der Website steht"),
        ),
    )
}
"""One for every system."""

"""What each system offers and what it cannot give; the one table of it.

Sources: docs/systems (one page a system) and what `crawlers` can read of it. It is about the product: what a
municipality fills in is its own affair. The words that people read are in `search_api.offering_texts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from council.system import System


class OfferedPart(StrEnum):
    """What a person may look for, in the order in which it is shown. The values stand in the API."""

    AGENDAS = "agendas"
    PAPERS = "papers"
    CONSULTATIONS = "consultations"
    DECISIONS = "decisions"
    FILES = "files"
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


@dataclass(frozen=True, slots=True)
class Offering:
    """What a system offers: the extent of every part."""

    system: System
    extents: Mapping[OfferedPart, Extent]

    def of(self, part: OfferedPart) -> Extent:
        """How much it offers of one part."""
        return self.extents[part]


def _offering(system: System, partly: tuple[OfferedPart, ...], no: tuple[OfferedPart, ...] = ()) -> Offering:
    """An offering in which everything is there but what is named."""
    missing = dict.fromkeys(partly, Extent.PARTLY) | dict.fromkeys(no, Extent.NO)
    return Offering(system, {part: missing.get(part, Extent.YES) for part in OfferedPart})


_P = OfferedPart
OFFERINGS: Final[Mapping[System, Offering]] = {
    offering.system: offering
    for offering in (
        _offering(System.OPARL, partly=(_P.DECISIONS, _P.MINUTES, _P.MEMBERS, _P.CHANGES)),
        _offering(System.SESSIONNET, partly=(_P.PAPERS, _P.DECISIONS, _P.MINUTES, _P.MEMBERS, _P.CHANGES)),
        _offering(
            System.MORERUBIN,
            partly=(_P.PAPERS, _P.DECISIONS, _P.FILES, _P.MINUTES, _P.CANCELLATIONS, _P.CHANGES),
            no=(_P.MEMBERS,),
        ),
        _offering(
            System.COUNCILSERVICE,
            partly=(_P.PAPERS, _P.CONSULTATIONS, _P.MINUTES, _P.CANCELLATIONS, _P.CHANGES),
            no=(_P.DECISIONS, _P.MEMBERS),
        ),
        _offering(
            System.ALLRIS3, partly=(_P.PAPERS, _P.DECISIONS, _P.MINUTES, _P.MEMBERS, _P.CANCELLATIONS, _P.CHANGES)
        ),
        _offering(
            System.ALLRIS4, partly=(_P.PAPERS, _P.DECISIONS, _P.MINUTES, _P.MEMBERS, _P.CANCELLATIONS, _P.CHANGES)
        ),
        _offering(
            System.SDNET,
            partly=(_P.AGENDAS, _P.PAPERS, _P.CONSULTATIONS, _P.FILES, _P.MINUTES, _P.CHANGES),
            no=(_P.DECISIONS, _P.MEMBERS),
        ),
        _offering(
            System.ECICS,
            partly=(_P.CANCELLATIONS, _P.CHANGES),
            no=(_P.AGENDAS, _P.PAPERS, _P.CONSULTATIONS, _P.DECISIONS, _P.FILES, _P.MINUTES, _P.LOCATIONS, _P.MEMBERS),
        ),
        _offering(
            System.NOTICES,
            partly=(_P.AGENDAS, _P.DECISIONS, _P.FILES, _P.MINUTES, _P.LOCATIONS, _P.CANCELLATIONS, _P.CHANGES),
            no=(_P.PAPERS, _P.CONSULTATIONS, _P.MEMBERS),
        ),
    )
}
"""One for every system."""

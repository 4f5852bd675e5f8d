"""Columns: what the heads of a table's columns mean, by the kind of table. Data of the German, shared by all products;
what is a vendor's own (classes of cells, an order without heads) comes with the `Columns` that it passes in.

A spelling is written here as `head_key` makes it: letters and digits in lower case, so that "Vorlagen-Nr.:",
"Vorlagen Nr" and "VORLAGENNR." are one. Where a head may mean two things, the first that no other head of its row
means is taken: "Tagesordnungspunkt" stands over the numbers, or over the subjects beside a column "TOP".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from crawlers.parsing.wording import plain


class Field(StrEnum):
    """What a column holds."""

    DATE = "date"
    END = "end"
    FROM = "from"
    FUNCTION = "function"
    NAME = "name"
    """What the row is about: of a meeting, an agenda item, a paper or a committee."""
    NUMBER = "number"
    """The number on the agenda, or a row's own."""
    OFFICE = "office"
    ORGANIZATION = "organization"
    PERSON = "person"
    PLACE = "place"
    REFERENCE = "reference"
    """A paper's reference."""
    RESULT = "result"
    ROLE = "role"
    """What a committee does with a paper, or how somebody belongs to a committee."""
    STATUS = "status"
    TIME = "time"
    TYPE = "type"
    UNTIL = "until"
    VOTE = "vote"


Heads = Mapping[str, tuple[Field, ...]]
"""From a head's key to what it may mean, the likeliest first; to nothing where it is known and of no use."""

ByContent = Callable[[Iterable[Mapping[int, str]]], Mapping[int, Field]]
"""From rows of texts by column to what the columns hold."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns of one kind of table are known. Of a cell its own class counts first, then its `data-label`,
    then its column's head, then a class that says the same on most servers only."""

    heads: Heads
    classes: Mapping[str, Field] = field(default_factory=dict)
    weak_classes: Mapping[str, Field] = field(default_factory=dict)
    order: Sequence[Field | None] = ()
    """What the columns hold where no row of heads says it."""
    by_content: ByContent | None = None
    """Tells it from the cells, where there is neither a row of heads nor an `order`."""


def head_key(words: str | None) -> str:
    """The letters and digits of a head in lower case, ß as ss: "Vorlagen-Nr.:" → "vorlagennr"."""
    return "".join(sign for sign in plain(words or "") if sign.isalnum()).replace("ß", "ss")


def _heads(spellings: Mapping[Field, str], useless: str = "") -> Heads:
    """Heads by their keys. `spellings` and `useless` hold keys with blanks between them."""
    found: dict[str, tuple[Field, ...]] = dict.fromkeys(f"{useless} {_USELESS}".split(), ())
    for meaning, keys in spellings.items():
        for key in keys.split():
            found[key] = (*found.get(key, ()), meaning)
    return found


_USELESS: Final = (
    "dokument dokumente dokumenttyp anlage anlagen datei dateien unterlage unterlagen aktion aktionen download "
    "downloads detail details link links info information informationen bemerkung bemerkungen na original grösse"
)
_DATE: Final = "datum tag termin sitzungstermin sitzungsdatum sitzungstag date datumuhrzeit datumzeit datumundzeit"
_PLACE: Final = "raum ort sitzungsort sitzungsraum tagungsort veranstaltungsort location"
_BODY: Final = "gremium gremien ausschuss gremiumsitzung gremiumundsitzung"
_SUBJECT: Final = (
    "betreff bezeichnung thema titel gegenstand inhalt beratungsgegenstand gegenstandderberatung text kurztext"
)
_PAPER: Final = (
    "vorlage vorlagen vorlagennr vorlagenr vorlagennummer vorlagenummer vorlagenbezeichnung drucksache drucksachen "
    "drucksachennr drucksachenr drucksachennummer drucksachenummer dsnr drsnr vonr antrag anfrage antragsnr "
    "antragsnummer"
)
_KIND: Final = (
    "art vorlagenart vorlageart vorlagentyp drucksachenart drucksacheart dsart drsart dart voart vart antragsart typ"
)
_OFFICE: Final = (
    "federführend federführung federführendesamt federführendeorganisationseinheit federführenderfachbereich "
    "fachbereich amt organisationseinheit dezernat"
)
_STATUS: Final = "status öffentlichkeit öffentlichkeitsstatus behandlung"
_RESULT: Final = (
    "beschluss beschlussart beschlussergebnis beschlussstatus ergebnis beratungsergebnis abstimmungsergebnis"
)
_VOTE: Final = "abstimmung abstimmungen"
_ROLE: Final = "zuständigkeit rolle beratungsart artderberatung aktion"

AGENDA: Final = _heads({
    Field.NUMBER: "top topnr nr lfdnr laufendenummer nummer punkt tonr tagesordnungspunkt tagesordnungspunkte position",
    Field.NAME: f"{_SUBJECT} tagesordnungspunkt tagesordnungspunkte tagesordnung übersicht",
    Field.REFERENCE: f"{_PAPER} nummer",
    Field.RESULT: _RESULT,
    Field.VOTE: _VOTE,
    Field.ROLE: _ROLE,
    Field.STATUS: _STATUS,
    Field.TYPE: _KIND,
    Field.OFFICE: _OFFICE,
    Field.DATE: "datum",
})  # fmt: skip
MEETINGS: Final = _heads({
    Field.DATE: _DATE,
    Field.TIME: "uhrzeit zeit beginn sitzungsbeginn sitzungszeit time",
    Field.END: "ende sitzungsende",
    Field.NAME: f"sitzung sitzungen veranstaltung {_SUBJECT}",
    Field.ORGANIZATION: _BODY,
    Field.PLACE: _PLACE,
    Field.STATUS: _STATUS,
})  # fmt: skip
"""A calendar, or a list of meetings."""
PAPERS: Final = _heads({
    Field.REFERENCE: f"{_PAPER} nummer nr name",
    Field.NAME: f"{_SUBJECT} name",
    Field.TYPE: _KIND,
    Field.DATE: "datum erstellt erstelltam erstellungsdatum angelegt angelegtam angel vorlagendatum eingang "
    "eingangsdatum vom freigabe",
    Field.OFFICE: _OFFICE,
    Field.STATUS: _STATUS,
})  # fmt: skip
CONSULTATIONS: Final = _heads({
    Field.DATE: _DATE,
    Field.ORGANIZATION: f"{_BODY} sitzung",
    Field.NAME: "sitzung bezeichnung",
    Field.NUMBER: "top topnr tagesordnungspunkt",
    Field.ROLE: _ROLE,
    Field.RESULT: _RESULT,
    Field.VOTE: _VOTE,
    Field.STATUS: _STATUS,
})  # fmt: skip
"""What became of a paper in the committees."""
MEMBERSHIPS: Final = _heads(
    {
        Field.PERSON: "name namevorname person mitglied mitglieder nachname mandatsträger mandatsträgerin",
        Field.ORGANIZATION: _BODY,
        Field.ROLE: "artdermitarbeit mitarbeit art",
        Field.FUNCTION: "funktion amtfunktion amt tätigkeit rolle",
        Field.FROM: "von seit beginn beginndermitgliedschaft eintritt vom mitgliedseit",
        Field.UNTIL: "bis ende endedermitgliedschaft austritt",
    },
    useless="anrede adresse anschrift telefon email fraktion partei wahlbezirk mitgliedschaft letztesitzung "
    "nächstesitzung personenüberschrift sitzungen",
)
"""Who belongs to a committee, or to which committees somebody belongs."""

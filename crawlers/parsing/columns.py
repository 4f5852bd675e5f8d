"""Columns: what the heads of a table's columns mean, by the kind of table. Data of the German, shared by all products;
what is a vendor's own (classes of cells, an order without heads) comes with the `Columns` that it passes in.

Heads are compared as labels are (`label_key`): "Vorlagen-Nr.:", "Vorlagen Nr" and "VORLAGENNR." are one. Where a head
may mean two things, the first that no other head of its row means is taken: "Tagesordnungspunkt" stands over the
numbers, or over the subjects beside a column "TOP".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from crawlers.parsing.labels import label_key


class Column(StrEnum):
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


Heads = Mapping[str, tuple[Column, ...]]
"""From a head's key to what it may mean, the likeliest first; to nothing where it is known and of no use."""

ByContent = Callable[[Iterable[Mapping[int, str]]], Mapping[int, Column]]
"""From rows of texts by column to what the columns hold."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns of one kind of table are known. Of a cell its own class counts first, then its `data-label`,
    then its column's head, then a class that says the same on most servers only."""

    heads: Heads
    classes: Mapping[str, Column] = field(default_factory=dict)
    weak_classes: Mapping[str, Column] = field(default_factory=dict)
    order: Sequence[Column | None] = ()
    """What the columns hold where no row of heads says it."""
    by_content: ByContent | None = None
    """Tells it from the cells, where there is neither a row of heads nor an `order`."""
    reaches_down: bool = True
    """Whether a cell over several rows counts for all of them: an item's number never does for the row below."""


def _heads(spellings: Mapping[Column, str], useless: str = "") -> Heads:
    """Heads by their keys. `spellings` and `useless` hold spellings, each in one word, with blanks between them."""
    found: dict[str, tuple[Column, ...]] = {label_key(word) or "": () for word in f"{useless} {_USELESS}".split()}
    for column, written in spellings.items():
        for key in (label_key(word) or "" for word in written.split()):
            found[key] = (*found.get(key, ()), column)
    return found


_USELESS: Final = (
    "dokument dokumente dokumenttyp anlage anlagen datei dateien unterlage unterlagen aktion aktionen download "
    "downloads detail details link links info information informationen bemerkung bemerkungen na original grösse"
)
_DATE: Final = "datum tag termin sitzungstermin sitzungsdatum sitzungstag date wann datumuhrzeit datumzeit datumundzeit"
_PLACE: Final = "raum ort wo sitzungsort sitzungsraum tagungsort veranstaltungsort location"
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
    Column.NUMBER: "top topnr nr lfdnr laufendenummer nummer punkt tonr tagesordnungspunkt "
    "tagesordnungspunkte position",
    Column.NAME: f"{_SUBJECT} tagesordnungspunkt tagesordnungspunkte tagesordnung übersicht",
    Column.REFERENCE: f"{_PAPER} nummer",
    Column.RESULT: _RESULT,
    Column.VOTE: _VOTE,
    Column.ROLE: _ROLE,
    Column.STATUS: _STATUS,
    Column.TYPE: _KIND,
    Column.OFFICE: _OFFICE,
    Column.DATE: "datum",
})  # fmt: skip
MEETINGS: Final = _heads({
    Column.DATE: _DATE,
    Column.TIME: "uhrzeit zeit beginn sitzungsbeginn sitzungszeit time",
    Column.END: "ende sitzungsende",
    Column.NAME: f"sitzung sitzungen veranstaltung {_SUBJECT}",
    Column.ORGANIZATION: _BODY,
    Column.PLACE: _PLACE,
    Column.STATUS: _STATUS,
})  # fmt: skip
"""A calendar, or a list of meetings."""
PAPERS: Final = _heads({
    Column.REFERENCE: f"{_PAPER} nummer nr name",
    Column.NAME: f"{_SUBJECT} name",
    Column.TYPE: _KIND,
    Column.DATE: "datum erstellt erstelltam erstellungsdatum angelegt angelegtam angel vorlagendatum eingang "
    "eingangsdatum vom freigabe",
    Column.OFFICE: _OFFICE,
    Column.STATUS: _STATUS,
})  # fmt: skip
CONSULTATIONS: Final = _heads({
    Column.DATE: _DATE,
    Column.ORGANIZATION: f"{_BODY} sitzung",
    Column.NAME: "sitzung bezeichnung",
    Column.NUMBER: "top topnr tagesordnungspunkt",
    Column.ROLE: _ROLE,
    Column.RESULT: _RESULT,
    Column.VOTE: _VOTE,
    Column.STATUS: _STATUS,
})  # fmt: skip
"""What became of a paper in the committees."""
MEMBERSHIPS: Final = _heads(
    {
        Column.PERSON: "name namevorname person mitglied mitglieder nachname mandatsträger mandatsträgerin",
        Column.ORGANIZATION: _BODY,
        Column.ROLE: "artdermitarbeit mitarbeit art",
        Column.FUNCTION: "funktion amtfunktion amt tätigkeit rolle",
        Column.FROM: "von seit beginn beginndermitgliedschaft eintritt vom mitgliedseit",
        Column.UNTIL: "bis ende endedermitgliedschaft austritt",
    },
    useless="anrede adresse anschrift telefon email fraktion partei wahlbezirk mitgliedschaft letztesitzung "
    "nächstesitzung personenüberschrift sitzungen",
)
"""Who belongs to a committee, or to which committees somebody belongs."""

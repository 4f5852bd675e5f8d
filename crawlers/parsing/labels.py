"""Labels: pairs of a label and its value ("Sitzungsort:", "Rathaus"), and what a label stands for.

What a label means is German and so the same everywhere: `SPELLINGS` is the one table. A product says where labels stand
on its pages (`pairs_in`, or pairs of its own) and adds, as data, the vendor's marks and words (`LabelTable`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bs4 import Tag

from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import attribute, shown_text, text
from crawlers.parsing.originators import names_originator
from crawlers.parsing.wording import letters_of

LONGEST: Final = 45
"""Letters of a label; what is longer is a text that happens to end with a colon."""


class Label(Enum):
    """What is told of a meeting, an agenda item, a paper, a committee or a person. A page asks for its own: "Datum" is
    the day of a meeting on one page, and the day on which a paper was written on another."""

    SUBJECT = auto()
    MEETING_NAME = auto()
    MEETING_REFERENCE = auto()
    ORGANIZATION = auto()
    DATE = auto()
    TIME = auto()
    END = auto()
    ROOM = auto()
    PLACE = auto()
    OCCASION = auto()
    STATUS = auto()
    STATE = auto()
    ITEM_NUMBER = auto()
    ITEM_NAME = auto()
    RESULT = auto()
    RESOLUTION = auto()
    VOTE = auto()
    ROLE = auto()
    PAPER_NAME = auto()
    PAPER_STATUS = auto()
    PAPER_TYPE = auto()
    REFERENCE = auto()
    CREATED = auto()
    OFFICE = auto()
    ORIGINATOR = auto()
    RELATED = auto()
    SUPERORDINATED = auto()
    SUBORDINATED = auto()
    CONSULTATIONS = auto()
    ORGANIZATION_NAME = auto()
    SHORT_NAME = auto()
    ORGANIZATION_TYPE = auto()
    PERSON_NAME = auto()


SPELLINGS: Final[Mapping[Label, tuple[str, ...]]] = {
    Label.SUBJECT: ("Betreff",),
    Label.MEETING_NAME: ("Bezeichnung", "Sitzungsbezeichnung", "Sitzung"),
    Label.MEETING_REFERENCE: ("Sitzungsnummer", "Sitzungs-Nr.", "Sitzung-Nr."),
    Label.ORGANIZATION: ("Gremium", "Gremien", "Ausschuss", "Ausschüsse"),
    Label.DATE: ("Datum", "Termin", "Sitzungsdatum", "Sitzungstermin", "Sitzungstag", "Tag"),
    Label.TIME: ("Zeit", "Uhrzeit", "Beginn", "Sitzungsbeginn", "Sitzungszeit"),
    Label.END: ("Ende", "Sitzungsende", "Uhrzeit bis"),
    Label.ROOM: ("Raum", "Sitzungsraum"),
    Label.PLACE: ("Ort", "Sitzungsort", "Tagungsort", "Veranstaltungsort"),
    Label.OCCASION: ("Anlass",),
    Label.STATUS: ("Status", "Öffentlichkeitsstatus", "Öffentlichkeit"),
    Label.ITEM_NUMBER: ("TOP", "TOP-Nr."),
    Label.ITEM_NAME: ("Betreff", "Gegenstand", "Beratungsgegenstand"),
    Label.RESULT: (
        "Beschlussart", "Beschluss", "Ergebnis", "Beratungsergebnis", "Beschlussergebnis", "Abstimmungsergebnis",
    ),
    Label.RESOLUTION: ("Beschlusstext", "Wortlaut des Beschlusses"),
    Label.VOTE: ("Abstimmung", "Abstimmungen"),
    Label.ROLE: ("Zuständigkeit", "Rolle", "Beratungsart", "Art der Beratung"),
    Label.PAPER_NAME: ("Betreff", "Bezeichnung", "Titel", "Gegenstand", "Thema"),
    Label.PAPER_STATUS: ("Status", "Öffentlichkeitsstatus", "Öffentlichkeit"),
    Label.PAPER_TYPE: (
        "Vorlage-Art", "Vorlagenart", "Vorlagentyp", "Drucksache-Art", "Drucksachenart", "DS-Art", "Antragsart",
        "Art der Vorlage", "Art",
    ),
    Label.REFERENCE: (
        "Vorlage-Nr.", "Vorlagen-Nr.", "Vorlagenummer", "Vorlagennummer", "Drucksachen-Nr.", "Drucksache-Nr.",
        "Drucksachennummer", "DS-Nr.", "Antrags-Nr.", "Antragsnummer", "Drucksache", "Vorlage", "Nummer", "Nr.",
    ),
    Label.CREATED: (
        "Datum", "Erstellt", "Erstellt am", "Erstellungsdatum", "Vorlagedatum", "Vorlagendatum", "Vom", "Eingang",
        "Eingangsdatum",
    ),
    Label.OFFICE: (
        "Federführend", "Federführung", "Federführendes Amt", "Federführende Organisationseinheit",
        "Federführender Fachbereich", "Fachbereich", "Amt",
    ),
    Label.RELATED: ("Bezüglich", "Bezug", "Bezugsvorlage", "Verweise", "Zu"),
    Label.SUPERORDINATED: ("Übergeordnete Vorlage", "Referenzvorlage"),
    Label.SUBORDINATED: ("Untergeordnete Vorlage", "Untergeordnete Vorlagen"),
    Label.CONSULTATIONS: ("Beratungsfolge",),
    Label.ORGANIZATION_NAME: ("Gremium", "Ausschuss", "Bezeichnung", "Rat", "Fraktion"),
    Label.SHORT_NAME: ("Kurzname", "Kürzel", "Kurzbezeichnung"),
    Label.ORGANIZATION_TYPE: ("Gremienart", "Art"),
    Label.PERSON_NAME: ("Name",),
}  # fmt: skip
"""How each field is called, the surest first. ORIGINATOR has a rule of its own: `names_originator`."""

NOT_KEPT: Final = (
    "Anlage", "Anlagen", "Ansprechpartner", "Aktenzeichen", "Bearbeiter", "Bearbeiterin", "Bearbeiter/-in",
    "Berichterstatter", "Berichterstatterin", "Berichterstatter/in", "Beratung", "Beteiligt", "Beteiligte",
    "Beteiligte Organisationseinheit", "Beteiligtes Amt", "Sachbearbeiter", "Sachbearbeiterin", "Sachbearbeiter/in",
    "Stand", "Schriftführer", "Schriftführerin", "Vorsitz", "Vorsitzender", "Vorsitzende",
)  # fmt: skip
"""Labels that are understood, and whose values are not kept: persons, and what stands elsewhere on the page again."""


def label_key(label: str | None) -> str | None:
    """A label as it is compared: "Vorlage-Nr.:", "VORLAGE – NR", "Vorlagenr." are one, "Oeffentlichkeit" is
    "Öffentlichkeit". None for an empty text, and for one that is too long."""
    if label is None or len(label) > LONGEST:
        return None
    return letters_of(label) or None


@dataclass(frozen=True, slots=True)
class Pair:
    """A value with its label, with the vendor's own mark of it (an element's id or class), or with both. A label
    `is_certain` to be one by its markup; others are taken for one, as for the colon at their end."""

    value: Tag
    label: str | None = None
    mark: str | None = None
    is_certain: bool = False


class LabelTable:
    """Which field a label or a vendor's mark stands for in one product. `labels` are words that only this product uses,
    less sure than those that all do; `not_kept` those whose values are not wanted."""

    def __init__(
        self,
        marks: Mapping[Label, tuple[str, ...]],
        labels: Mapping[Label, tuple[str, ...]] | None = None,
        not_kept: Iterable[str] = (),
    ) -> None:
        self.marks = dict(marks)
        self.labels = {field: _keys((*SPELLINGS.get(field, ()), *(labels or {}).get(field, ()))) for field in Label}
        ignored = _keys((*NOT_KEPT, *not_kept))
        self._known = {*ignored, *(key for keys in self.labels.values() for key in keys)}
        self.all_marks = frozenset(mark for marked in self.marks.values() for mark in marked)

    def names(self, label: str | None, field: Label) -> bool:
        """Whether a label stands for a field."""
        return label_key(label) in self.labels[field] or (field is Label.ORIGINATOR and names_originator(label))

    def knows(self, label: str | None) -> bool:
        """Whether it is known what a label means, be it wanted or not."""
        key = label_key(label)
        return key is None or key in self._known or names_originator(label)


def _keys(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for label in labels if (key := label_key(label))))


class Labels:
    """The labelled values of one page. Where several stand for one field, a mark counts before a label, a sure label
    before a less sure one, what comes first on the page before what comes later. Empty values do not count."""

    def __init__(
        self, pairs: Iterable[Pair], table: LabelTable, shown: Callable[[Tag], str | None] = shown_text
    ) -> None:
        self._table, self._shown = table, shown
        self._pairs = tuple(pairs)
        self._marked: dict[str, list[Tag]] = {}
        self._labelled: dict[str, list[Tag]] = {}
        for pair in self._pairs:
            if pair.mark is not None:
                self._marked.setdefault(pair.mark, []).append(pair.value)
            if (key := label_key(pair.label)) is not None:
                self._labelled.setdefault(key, []).append(pair.value)

    def elements(self, field: Label) -> list[Tag]:
        """Every value of a field that says anything, the surest first; not the cell around one of them."""
        return [value for value in self.places(field) if self._shown(value)]

    def places(self, field: Label) -> list[Tag]:
        """Where the values of a field stand, those too that say nothing: marked elements, and cells around none that
        says anything."""
        found: list[Tag] = []
        for value in self._values(field):
            at = next((at for at, held in enumerate(found) if value is held or value in held.parents), None)
            if at is None:
                found.append(value)
            elif not self._shown(found[at]):
                found[at] = value
        return found

    def element(self, field: Label) -> Tag | None:
        """The surest value of a field."""
        return next(iter(self.elements(field)), None)

    def text(self, *fields: Label) -> str | None:
        """What the first of these fields says that says anything, in one line."""
        values = (value for field in fields if (value := self.element(field)) is not None)
        return next(map(self._shown, values), None)

    def has(self, *labels: str) -> bool:
        """Whether every one of these labels stands on the page, with a value or without."""
        return all(label_key(label) in self._labelled for label in labels)

    def report_unknown(self, diagnostics: Diagnostics) -> None:
        """Reports the labels that stand for nothing that is known. Only for records that are public: it quotes them."""
        for pair in self._pairs:
            if pair.is_certain and pair.label and not self._table.knows(pair.label):
                diagnostics.add("labels", f'a label that is not known: "{pair.label}"')

    def _values(self, field: Label) -> Iterator[Tag]:
        for mark in self._table.marks.get(field, ()):
            yield from self._marked.get(mark, ())
        for key in self._table.labels[field]:
            yield from self._labelled.get(key, ())
        if field is Label.ORIGINATOR:
            yield from (pair.value for pair in self._pairs if names_originator(pair.label))


def pairs_in(root: Tag, terms: str, certain: str) -> Iterator[Pair]:
    """The labels among the elements that `terms` selects, each with the value beside it. One is a label where `certain`
    selects it, or where it ends with a colon."""
    sure = {id(term) for term in root.select(certain)}
    for term in root.select(terms):
        words = text(term) if term.select_one("table") is None else None
        if not words or not (id(term) in sure or words.endswith(":")):
            continue
        value = _beside(term, sure)
        if value is not None:
            yield Pair(value, words, is_certain=id(term) in sure)


def pairs_by_id(root: Tag, table: LabelTable) -> Iterator[Pair]:
    """The elements whose id is one of the table's marks; a page may give one id to several."""
    for value in root.find_all(id=re.compile(r"\w")):
        if (mark := attribute(value, "id")) in table.all_marks:
            yield Pair(value, mark=mark)


def _beside(term: Tag, labels: set[int]) -> Tag | None:
    """The value of a label: what describes it, else the next cell or element, where that is no label itself; where
    its cell fills a row, the next row."""
    named, parent = attribute(term, "aria-describedby"), term.parent
    described = parent.find(id=named) if named and parent is not None else None
    if isinstance(described, Tag):
        return described
    following = term.find_next_sibling()
    if isinstance(following, Tag):
        return None if id(following) in labels else following
    below = parent.find_next_sibling("tr") if parent is not None and term.name in {"td", "th"} else None
    if not isinstance(below, Tag) or any(id(cell) in labels for cell in below.find_all(["td", "th"])):
        return None
    return below

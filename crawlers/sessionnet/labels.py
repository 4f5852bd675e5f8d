"""Texts and labels as SessionNet shows them: an element in one line, and pairs of a label and a value.

Of a pair the vendor's field class counts first, the label's words else. Layout 6 has rows of cells
"siname_title"/"siname"; older ones a table `smctablevorgang` whose labels end with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from crawlers.parsing.columns import Column
from crawlers.parsing.html import tidy

FRAME: Final = (
    "nav, footer, #sidebar-wrapper, #smcfooter, .smcnav, #smcmenu, #smcnavigation, .smc-menu-bottom, .page-title"
)
"""What stands around the content of every page."""
PRODUCT: Final = re.compile(
    r"^\s*(?:Session\s?Net|Bürgerinfo(?:rmationssystem)?|Ratsinfo\w*|Session)\b[^|:–]*[|:–]\s*", re.I
)
"""The product's name before the title of a page."""

LONGEST_LINE: Final = 2000
"""Letters of a title or name that patterns look at: no honest one is longer, and a hostile one costs no time."""

LONGEST_TITLE: Final = 600


def shown(node: Tag | None, *without: str) -> str | None:
    """The text of an element in one line, without the elements that the selectors name, and without scripts."""
    if node is None:
        return None
    left_out: set[int] = {id(inner) for selector in without for inner in node.select(selector)}
    parts: list[str] = []
    _collect(node, left_out, parts)
    return tidy("".join(parts))


def _collect(node: Tag, left_out: set[int], parts: list[str]) -> None:
    stack: list[PageElement | str] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Tag):
            if id(one) in left_out or one.name in {"script", "style", "template"}:
                continue
            apart = " " if one.name not in _INLINE else ""
            stack.extend([apart, *reversed(list(one.children)), apart] if apart else reversed(list(one.children)))
        elif isinstance(one, str) and not isinstance(one, PreformattedString):
            parts.append(str(one) if isinstance(one, NavigableString) else one)


_INLINE: Final = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "abbr", "mark"})


def title_of(node: Tag | None) -> str | None:
    """The text of a heading or window title; None for one that is too long to be one: a lost tag let the page in."""
    said = shown(node)
    return said if said and len(said) <= LONGEST_TITLE else None


def is_within(node: Tag, holders: Iterable[Tag]) -> bool:
    """Whether a node is one of these elements or lies in one. By identity: equal markup is often there twice."""
    held = {id(holder) for holder in holders}
    return id(node) in held or any(id(holder) in held for holder in node.parents)


def in_content(page: Tag, selector: str, *without: Tag) -> list[Tag]:
    """The elements that the selector names inside the page's own content: outside its frame, and of these elements."""
    apart = {id(node) for node in (*without, *page.select(FRAME))}
    return [node for node in page.select(selector) if not any(id(holder) in apart for holder in node.parents)]


def outermost(nodes: list[Tag]) -> list[Tag]:
    """The elements that lie in none of the others."""
    held = {id(node) for node in nodes}
    return [inner for inner in nodes if not any(id(parent) in held for parent in inner.parents)]


_FIELDS: Final = {
    "siname": "title", "sigrname": "organization", "grname": "organization", "siort": "place", "sidat": "date",
    "yytime": "time", "sizeit": "time", "sistatus": "status", "vobetr": "name", "voname": "reference",
    "vovaname": "type", "vodat": "date", "vofamname": "office", "vofam": "office", "vostatus": "status",
    "agbetr": "name", "agname": "reference", "agaaname": "type", "agdat": "date", "agstatus": "status",
    "tobetr": "name", "tofnum": "number", "topnr": "number", "tostatus": "status",
}  # fmt: skip
_LABELS: Final = {
    **dict.fromkeys(("sitzung", "sitzungsnummer", "sitzungs-nr.", "sitzung-nr."), "title"),
    **dict.fromkeys(("bezeichnung", "sitzungsbezeichnung"), "named"),
    **dict.fromkeys(("gremium", "gremien", "ausschuss"), "organization"),
    **dict.fromkeys(("raum", "ort", "sitzungsort", "sitzungsraum", "tagungsort", "veranstaltungsort"), "place"),
    **dict.fromkeys(("datum", "sitzungsdatum", "sitzungstermin", "termin", "sitzungstag", "tag"), "date"),
    **dict.fromkeys(("zeit", "uhrzeit", "beginn", "sitzungszeit", "sitzungsbeginn"), "time"),
    **dict.fromkeys(("ende", "sitzungsende"), "end"),
    **dict.fromkeys(("status", "öffentlichkeit", "öffentlichkeitsstatus", "behandlung"), "status"),
    **dict.fromkeys(("betreff", "titel", "thema", "gegenstand", "top-text", "inhalt"), "name"),
    **dict.fromkeys(
        ("vorlage", "vorlagennummer", "vorlagen-nr.", "vorlage-nr.", "vorlagennr.", "name", "drucksache", "nummer",
         "drucksachennummer", "drucksachen-nr.", "drucksache-nr.", "antrag", "anfrage", "antragsnummer", "antrags-nr."),
        "reference",
    ),
    **dict.fromkeys(
        ("art", "vorlagenart", "vorlageart", "vorlagentyp", "art der vorlage", "antragsart", "drucksachenart"), "type"
    ),
    **dict.fromkeys(
        ("federführend", "federführung", "federführendes amt", "federführende organisationseinheit", "fachbereich",
         "federführender fachbereich", "amt", "dezernat", "verantwortlich"),
        "office",
    ),
    **dict.fromkeys(("erstellungsdatum", "erstellt", "erstellt am", "vom", "vorlagendatum", "eingang"), "date"),
    **dict.fromkeys(("referenzvorlage", "bezugsvorlage", "übergeordnete vorlage"), "above"),
    **dict.fromkeys(("untergeordnete vorlage", "untergeordnete vorlagen", "untergeordnete vorlage(n)"), "below"),
    **dict.fromkeys(("anträge zur vorlage", "verwandte vorlagen", "zugehörige vorlagen"), "related"),
    **dict.fromkeys(("top", "tagesordnungspunkt", "top-nr.", "top nr."), "number"),
    **dict.fromkeys(
        ("beschluss", "ergebnis", "beratungsergebnis", "beschlussergebnis", "abstimmungsergebnis", "beschlussart"),
        "result",
    ),
    **dict.fromkeys(("abstimmung", "abstimmungen"), "vote"),
    **dict.fromkeys(("beschlusstext", "wortlaut des beschlusses"), "resolution"),
    **dict.fromkeys(("zuständigkeit", "rolle", "beratungsart", "art der beratung"), "role"),
    **dict.fromkeys(("funktion", "art der mitarbeit", "mitarbeit"), "function"),
    **dict.fromkeys(("von", "seit"), "from"),
    **dict.fromkeys(("bis",), "until"),
}  # fmt: skip
_TITLE = re.compile(r"([a-z]{2,12}\d?)_title")
_ROWS: Final = "div.smc-table-row, dl, table tr"


def meaning_of(label: str | None) -> str | None:
    """What a label stands for: "Federführend:" → "office"."""
    return _LABELS.get((label or "").lower().rstrip(" :*").strip()) if label else None


def field_of(node: Tag, suffix: str = "") -> str | None:
    """What a cell's classes stand for: "smc-table-cell siort" and "smc_field_siort" → "place"."""
    for name in node.get_attribute_list("class"):
        bare = str(name).lower().removeprefix("smc_field_")
        if suffix:
            found = _TITLE.fullmatch(bare)
            bare = found[1] if found else ""
        if bare in _FIELDS:
            return _FIELDS[bare]
    return None


def cell_classes(**names: Column) -> dict[str, Column]:
    """What cells hold by their classes, which the vendor writes with and without its prefix."""
    return names | {f"smc_field_{name}": field for name, field in names.items()}


class Head:
    """The pairs of a page, in its order; of two with the same meaning the first that says something counts."""

    def __init__(self, page: BeautifulSoup | Tag, without: list[Tag] | None = None) -> None:
        self._cells: dict[str, Tag] = {}
        for meaning, cell in _pairs(page, without or []):
            if shown(cell) and meaning not in self._cells:
                self._cells[meaning] = cell

    def __bool__(self) -> bool:
        return bool(self._cells)

    def cell(self, meaning: str) -> Tag | None:
        """The cell with this meaning, where there is one that says something."""
        return self._cells.get(meaning)

    def text(self, *meanings: str) -> str | None:
        """The text of the first of these that the page says."""
        return next((said for one in meanings if (said := shown(self._cells.get(one)))), None)


def _pairs(page: Tag, without: list[Tag]) -> Iterator[tuple[str, Tag]]:
    for row in page.select(_ROWS):
        if is_within(row, without):
            continue
        cells = [
            cell for cell in row.find_all(["td", "th", "div", "dt", "dd"], recursive=False) if isinstance(cell, Tag)
        ]
        for label, cell in pairwise(cells):
            meaning = _labelled(label, cell)
            if meaning:
                yield meaning, cell


def _labelled(label: Tag, cell: Tag) -> str | None:
    """What the pair means, where the first of two neighbours is a label."""
    by_class = field_of(label, "_title")
    if by_class:
        return by_class
    said = shown(label)
    is_label = (
        label.name in {"th", "dt"}
        or (said or "").endswith(":")
        or bool({"smc-cell-head", "smctablehead"} & set(label.get_attribute_list("class")))
    )
    return meaning_of(said) if is_label and cell.name != "th" else None

"""Texts and labels as SessionNet shows them: an element in one line, and pairs of a label and a value.

Layout 6 has rows of cells "siname_title"/"siname", older ones a table `smctablevorgang` whose labels end with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from bs4 import NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from crawlers.parsing.columns import Column
from crawlers.parsing.html import classes_of, tidy
from crawlers.parsing.labels import Field, Labels, LabelTable, Pair

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


TABLE: Final = LabelTable(
    marks={
        Field.MEETING_REFERENCE: ("siname",),
        Field.ORGANIZATION: ("sigrname", "grname"),
        Field.DATE: ("sidat",),
        Field.TIME: ("yytime", "sizeit"),
        Field.PLACE: ("siort",),
        Field.STATUS: ("sistatus", "tostatus", "bfost"),
        Field.ITEM_NUMBER: ("tofnum", "topnr"),
        Field.ITEM_NAME: ("tobetr",),
        Field.PAPER_NAME: ("vobetr", "agbetr"),
        Field.PAPER_STATUS: ("vostatus", "agstatus"),
        Field.PAPER_TYPE: ("vovaname", "agaaname"),
        Field.REFERENCE: ("voname", "agname"),
        Field.CREATED: ("vodat", "agdat"),
        Field.OFFICE: ("vofamname", "vofam"),
    },
    labels={
        Field.MEETING_REFERENCE: ("Sitzung",),
        Field.STATUS: ("Behandlung",),
        Field.ITEM_NUMBER: ("Tagesordnungspunkt",),
        Field.ITEM_NAME: ("Bezeichnung", "Titel", "Thema", "TOP-Text", "Inhalt"),
        Field.PAPER_NAME: ("Inhalt",),
        Field.PAPER_STATUS: ("Behandlung",),
        Field.REFERENCE: ("Name", "Antrag", "Anfrage"),
        Field.OFFICE: ("Dezernat", "Verantwortlich"),
        Field.SUPERORDINATED: ("Bezugsvorlage",),
        Field.RELATED: ("Anträge zur Vorlage", "Verwandte Vorlagen", "Zugehörige Vorlagen"),
    },
)
_ROWS: Final = "div.smc-table-row, dl, table tr"
_LABEL_CLASSES: Final = frozenset({"smc-cell-head", "smctablehead"})


def labels_of(page: Tag, without: Sequence[Tag] = ()) -> Labels:
    """The labelled values of a page, or of a part of one, outside the elements `without`."""
    return Labels(_pairs(page, without), TABLE, shown)


def _pairs(page: Tag, without: Sequence[Tag]) -> Iterator[Pair]:
    """Neighbours in a row of which the first has the vendor's class of a label ("siort_title"), or is one by its markup
    or by the colon at its end."""
    for row in page.select(_ROWS):
        if is_within(row, without):
            continue
        for label, value in pairwise(row.find_all(["td", "th", "div", "dt", "dd"], recursive=False)):
            classes = classes_of(label)
            titles = (name.removeprefix("smc_field_") for name in classes if name.endswith("_title"))
            if mark := next((name for title in titles if (name := title[:-6]) in TABLE.all_marks), None):
                yield Pair(value, mark=mark)
                continue
            words = shown(label)
            is_certain = label.name in {"th", "dt"} or bool(_LABEL_CLASSES & classes)
            if value.name != "th" and (is_certain or (words or "").endswith(":")):
                yield Pair(value, words, is_certain=is_certain)


def cell_classes(**names: Column) -> dict[str, Column]:
    """What cells hold by their classes, which the vendor writes with and without its prefix."""
    return names | {f"smc_field_{name}": field for name, field in names.items()}

"""Texts and labels as SessionNet shows them: an element in one line, and pairs of a label and a value.

Layout 6 has rows of cells "siname_title"/"siname", older ones a table `smctablevorgang` whose labels end with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from bs4 import PageElement, Tag
from bs4.element import PreformattedString

from crawlers.parsing.columns import Column
from crawlers.parsing.html import classes_of, tidy
from crawlers.parsing.labels import Label, Labels, LabelTable, Pair

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
    skipped: set[int] = {id(inner) for selector in without for inner in node.select(selector)}
    parts: list[str] = []
    _collect(node, skipped, parts)
    return tidy("".join(parts))


def _collect(node: Tag, skipped: set[int], parts: list[str]) -> None:
    stack: list[PageElement | str] = [node]
    while stack:
        inner = stack.pop()
        if isinstance(inner, Tag):
            if id(inner) in skipped or inner.name in {"script", "style", "template"}:
                continue
            apart = [] if inner.name in _INLINE else [" "]
            stack.extend([*apart, *reversed(list(inner.children)), *apart])
        elif isinstance(inner, str) and not isinstance(inner, PreformattedString):
            parts.append(str(inner))


_INLINE: Final = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "abbr", "mark"})


def title_of(node: Tag | None) -> str | None:
    """The text of a heading or window title; None for one that is too long to be one: a lost tag let the page in."""
    words = shown(node)
    return words if words and len(words) <= LONGEST_TITLE else None


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
        Label.MEETING_REFERENCE: ("siname",),
        Label.ORGANIZATION: ("sigrname", "grname"),
        Label.DATE: ("sidat",),
        Label.TIME: ("yytime", "sizeit"),
        Label.PLACE: ("siort",),
        Label.STATUS: ("sistatus", "tostatus", "bfost"),
        Label.ITEM_NUMBER: ("tofnum", "topnr"),
        Label.ITEM_NAME: ("tobetr",),
        Label.PAPER_NAME: ("vobetr", "agbetr"),
        Label.PAPER_STATUS: ("vostatus", "agstatus"),
        Label.PAPER_TYPE: ("vovaname", "agaaname"),
        Label.REFERENCE: ("voname", "agname"),
        Label.CREATED: ("vodat", "agdat"),
        Label.OFFICE: ("vofamname", "vofam"),
    },
    labels={
        Label.MEETING_REFERENCE: ("Sitzung",),
        Label.STATUS: ("Behandlung",),
        Label.ITEM_NUMBER: ("Tagesordnungspunkt",),
        Label.ITEM_NAME: ("Bezeichnung", "Titel", "Thema", "TOP-Text", "Inhalt"),
        Label.PAPER_NAME: ("Inhalt",),
        Label.PAPER_STATUS: ("Behandlung",),
        Label.REFERENCE: ("Name", "Antrag", "Anfrage"),
        Label.OFFICE: ("Dezernat", "Verantwortlich"),
        Label.SUPERORDINATED: ("Bezugsvorlage",),
        Label.RELATED: ("Anträge zur Vorlage", "Verwandte Vorlagen", "Zugehörige Vorlagen"),
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

"""The headings above a part of a page, the nearest first: what an entry is part of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.notices.columns import Columns
from crawlers.parsing.dates import find_days
from crawlers.parsing.html import attribute, text

_MARKED: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_OTHERS: Final = 7
"""Captions, terms and what alone is bold in its paragraph stand below every heading."""
_NAMES: Final = (*_MARKED, "caption", "summary", "legend", "dt", "strong", "b")
_CARDS: Final = ("article", "li", "td", "th", "dd", "table", "details", "fieldset", "figure")
BLOCK_CLASS = re.compile(
    r"(?:^|[-_])(?:item|entry|teaser|card|article|post|termin|event|notice|meldung|listitem|eintrag|download|box|news)$"
    r"|^(?:hentry|vevent)$",
    re.IGNORECASE,
)
"""Classes of a part of a page that is one entry."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Heading:
    place: int
    level: int
    text: str
    card: int | None


class Headings:
    """Every heading of a part of a page, found once. `links`: what a heading calls the page it leads to;
    `columns`: the heads of tables."""

    def __init__(self, root: Tag) -> None:
        self.columns = Columns()
        self.links: dict[str, str] = {}
        self._places: dict[int, int] = {}
        self._headings: list[_Heading] = []
        for place, node in enumerate(root.find_all(True)):
            self._places[id(node)] = place
            if node.name in _NAMES and _is_heading(node) and (said := text(node)) and len(said) < _LONGEST:
                self._headings.append(_Heading(place, _MARKED.get(node.name, _OTHERS), said, _card(node)))
        self._starts = [one.place for one in self._headings]

    def above(self, block: Tag) -> list[str]:
        """The texts above a block: of its row, then each heading that is higher than the one below it."""
        found = _of_the_row(block)
        level, around = _OTHERS + 1, {id(node) for node in (block, *block.parents)}
        for at in range(bisect_left(self._starts, self._places.get(id(block), 0)) - 1, -1, -1):
            one = self._headings[at]
            if one.level < level and (one.card is None or one.card in around):
                level = one.level
                found.append(one.text)
            if level == 1:
                break
        return found


def _card(node: Tag) -> int | None:
    """The entry that a heading is the title of: it is no other entry's."""
    for around in node.parents:
        classes = (attribute(around, "class") or "").split()
        if around.name in _CARDS or any(BLOCK_CLASS.search(one) for one in classes):
            return id(around)
    return None


def _is_heading(node: Tag) -> bool:
    if node.name not in ("strong", "b"):
        return True
    around = node.find_parent(["p", "div", "td", "li"])
    if around is None or around.name not in ("p", "div") or around.find("a", href=True) is not None:
        return False
    return re.sub(r"\s+", "", around.get_text()) == re.sub(r"\s+", "", node.get_text())


def _of_the_row(block: Tag) -> list[str]:
    row = block if block.name == "tr" else block.find_parent("tr")
    for cell in row.find_all(["td", "th"], recursive=False)[:1] if row is not None else ():
        if (said := text(cell)) and cell.find("a", href=True) is None and not find_days(said):
            return [said]
    return []

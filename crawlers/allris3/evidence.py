"""What proves that an agenda item is public: the badge of its own number, or the heading above; and what denies it."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import Tag

from crawlers.allris3 import quirks
from crawlers.allris3.badges import digits, has_nonpublic_badge, has_public_badge, is_badge, is_number
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.labels import shown_text
from crawlers.allris3.publicity import denies_public, heading_part
from crawlers.allris3.table import Row, classes_of
from crawlers.parsing.visibility import Section


@dataclass(frozen=True, slots=True)
class Number:
    """An item's number as the row shows it, with its badge, and the cell it stands in."""

    shown: str
    cell: Tag

    @property
    def is_public(self) -> bool:
        """Whether it bears the badge of the public part."""
        return has_public_badge(self.shown)

    @property
    def is_nonpublic(self) -> bool:
        """Whether it bears the badge of the non-public part."""
        return has_nonpublic_badge(self.shown)


def number_of(row: Row) -> Number | None:
    """The number: td.tonr, else the first cell that says anything where it is a number or a badge. Badge and number may
    stand in two cells, in either order."""
    named = row.named.get("number")
    texts = [(one, said) for one in row.cells if one.name == "td" and (said := shown_text(one))]
    if named is not None and named.name == "td" and (own := shown_text(named)):
        texts = [(named, own), *((one, said) for one, said in texts if one is not named)]
    if not texts:
        return None
    (cell, said), others = texts[0], [one for _, one in texts[1:]]
    is_column = cell is named and "tonr" in classes_of(cell)
    if not (is_column or is_number(said) or is_badge(said)):
        return None
    if is_badge(said):
        return Number(f"{said} {others[0]}" if others and is_number(others[0]) else said, cell)
    badge = next((one for one in others if is_badge(one)), None)
    if badge and not (has_public_badge(said) or has_nonpublic_badge(said)):
        return Number(f"{badge} {said}", cell)
    return Number(said, cell)


@dataclass(slots=True)
class Evidence:
    """`part` is the part of the agenda that the rows stand in: None where nothing proves either."""

    part: Section | None
    _closed: str | None = None
    _closed_with_badge: bool = False

    def divides(self, row: Row, number: Number | None) -> bool:
        """Whether a row divides the agenda, which counts from here on. What names the non-public part does even with a
        number of its own, but for items whose subject is hidden behind the word."""
        part = heading_part(row)
        if part is None:
            return False
        if number is not None:
            hidden = any(quirks.hides_subject(shown_text(one)) for one in row.cells)
            if part is Section.PUBLIC or hidden or number.is_nonpublic:
                return False
        self.part, self._closed = part, None
        return True

    def end_part(self) -> None:
        """A heading that is not known ends what was proved."""
        self.part, self._closed = None, None

    def proves_public(self, row: Row, number: Number, name: Tag | None, where: str, diagnostics: Diagnostics) -> bool:
        """Proven public: an Ö before the number, or a public heading above; and nothing that says otherwise. An N ends
        what a heading proved: behind it only Ö does. Items below a withheld one are withheld."""
        if number.is_nonpublic:
            self.part = None if self.part is Section.PUBLIC else self.part
            return self._close(number)
        if denies_public(row, number.shown, name):
            return self._close(number)
        if self._is_below_closed(number):
            diagnostics.add(where, "stands below a withheld item: left out")
            return False
        if self.part is Section.NONPUBLIC:
            if number.is_public:
                diagnostics.add(where, "an item with an Ö stands in the non-public part: left out")
            return self._close(number)
        if not number.is_public and self.part is None:
            diagnostics.add(where, "neither Ö before the number nor a public heading above: left out")
            return self._close(number)
        self._closed = None
        return True

    def _close(self, number: Number) -> bool:
        self._closed, self._closed_with_badge = digits(number.shown), number.is_public
        return False

    def _is_below_closed(self, number: Number) -> bool:
        """By its number: "2.1" below "N 2", where "Ö 2.1" is another one's."""
        above, own = self._closed, digits(number.shown)
        is_below = bool(above and own and own.startswith(f"{above}."))
        return is_below and (self._closed_with_badge or not number.is_public)

"""What proves that an agenda item is public: its badge, its own flag, the heading above; and what says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.allris4.badges import digits, has_nonpublic_badge, has_public_badge, is_plain, number_shown
from crawlers.allris4.labels import shown_text
from crawlers.allris4.locks import is_locked, says_public
from crawlers.allris4.table import Row
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import attribute, text
from crawlers.parsing.visibility import Section, names_nonpublic_file, names_nonpublic_item, section_of_heading

_LONGEST_BADGE = 12


@dataclass(slots=True)
class Evidence:
    """`part` is the part of the agenda that the rows stand in: None where nothing proves either."""

    part: Section | None
    _closed_rows: set[str] = field(default_factory=set)
    _closed_number: str | None = None
    _closed_with_badge: bool = False

    def enter(self, row: Row, where: str, diagnostics: Diagnostics) -> None:
        """A heading: from here on its part counts. One that is not known ends the public part."""
        self.part, self._closed_number = heading_in(row), None
        if self.part is None:
            diagnostics.add(where, "a heading that is not known: the public part ends here")

    def proves_public(self, row: Row, where: str, diagnostics: Diagnostics) -> bool:
        """Proven public: an Ö before the number, a flag, or a public heading above; and nothing that says otherwise.
        An N ends what a heading proved: behind it only Ö does. Items below a withheld one are withheld."""
        number = number_shown(row) or ""
        if self._is_closed(row, number):
            self._close(row, number)
            return False
        says_so = has_public_badge(number) or says_public(row.node) or _status(row) == "öffentlich"
        if self._is_below_closed(row, number, says_so):
            diagnostics.add(where, "stands below a withheld item: left out")
            self._closed_rows.add(attribute(row.node, "data-tt-id") or "")
            return False
        if self.part is Section.NONPUBLIC:
            if says_so:
                diagnostics.add(where, "an item that says public in the non-public part: left out")
        elif not says_so and self.part is None:
            diagnostics.add(where, "neither Ö before the number nor a public heading above: left out")
        elif not says_so and not is_plain(number):
            diagnostics.add(where, "a badge before the number that is not known: left out")
        else:
            self._closed_number = None
            return True
        self._close(row, number)
        return False

    def _is_closed(self, row: Row, number: str) -> bool:
        said = [shown_text(row.node.select_one("a[id^=betreff_]"), ".zusatzinfo"), text(row.cells.get("name"))]
        said += [shown_text(row.cells.get("name"), ".zusatzinfo")]
        if has_nonpublic_badge(number) or any(has_nonpublic_badge(one) for one in _cells(row)):
            self.part = None if self.part is Section.PUBLIC else self.part
            return True
        added = [text(one) for one in row.node.select(".zusatzinfo")]
        return (
            is_locked(row.node)
            or any(names_nonpublic_item(one) or section_of_heading(one) is Section.NONPUBLIC for one in said if one)
            or any(names_nonpublic_file(one) for one in (*added, _status(row)) if one)
        )

    def _close(self, row: Row, number: str) -> None:
        self._closed_number, self._closed_with_badge = digits(number), has_public_badge(number)
        self._closed_rows.add(attribute(row.node, "data-tt-id") or "")

    def _is_below_closed(self, row: Row, number: str, says_so: bool) -> bool:
        """Below it in the tree, or by its number: "2.1" below "N 2", where "Ö 2.1" is another one's."""
        parent = attribute(row.node, "data-tt-parent-id")
        if parent and parent in self._closed_rows:
            return True
        above, own = self._closed_number, digits(number)
        return bool(above and own and own.startswith(f"{above}.")) and (self._closed_with_badge or not says_so)


def heading_in(row: Row) -> Section | None:
    """What part the whole row names, or its subject alone."""
    texts = (shown_text(row.node), shown_text(row.cells.get("name"), ".zusatzinfo"))
    return next((part for said in texts if said and (part := section_of_heading(said))), None)


def _cells(row: Row) -> list[str]:
    """What stands alone in a cell, whichever column it is taken for."""
    return [said for cell in row.node.find_all(["td", "th"]) if (said := text(cell)) and len(said) < _LONGEST_BADGE]


def _status(row: Row) -> str | None:
    said = row.text("status")
    return said.lower() if said else None

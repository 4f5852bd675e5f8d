"""What a row of an ALLRIS 3 agenda says about its visibility: number, heading, marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from crawlers.allris3 import quirks
from crawlers.allris3.table import Row
from crawlers.parsing.badges import Marking, badge_of_row, read_badge
from crawlers.parsing.html import attribute, classes_of, shown_text, text
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.verdicts import Evidence
from crawlers.parsing.visibility import Section, section_of_heading

_LONGEST_ALONE = 6
"""Longer words of a badge, alone in a row, are a heading: "öffentlich", "öff. Teil"."""
_MARKINGS = frozenset({Marking.PUBLIC, Marking.NONPUBLIC})


@dataclass(frozen=True, slots=True)
class Number:
    """An item's number as the row shows it, with its badge, and the cell it stands in."""

    shown: str
    cell: Tag


def number_of(row: Row) -> Number | None:
    """The number: td.tonr, else the first cell that says anything where it is a number or a badge. Badge and number may
    stand in two cells, in either order."""
    named = row.named.get("number")
    texts = [(cell, said) for cell in row.cells if cell.name == "td" and (said := shown_text(cell))]
    if named is not None and named.name == "td" and (own := shown_text(named)):
        texts = [(named, own), *((cell, said) for cell, said in texts if cell is not named)]
    if not texts:
        return None
    (cell, said), others = texts[0], [said for _, said in texts[1:]]
    is_column = cell is named and "tonr" in classes_of(cell)
    if not (is_column or others) and section_of_heading(said) is Section.PUBLIC:
        return None
    if not (is_column or _is_number(said) or _is_badge(said)):
        return None
    if _is_badge(said):
        return Number(f"{said} {others[0]}" if others and _is_number(others[0]) else said, cell)
    badge = next((other for other in others if _is_badge(other)), None)
    if badge and read_badge(said).marking not in _MARKINGS:
        return Number(f"{badge} {said}", cell)
    return Number(said, cell)


def _is_badge(said: str) -> bool:
    """Whether a text is a badge and nothing else."""
    badge = read_badge(said)
    return badge.marking in _MARKINGS and badge.number is None and badge.stands_alone and len(said) <= _LONGEST_ALONE


def _is_number(said: str) -> bool:
    """Whether a text is an item's number, with or without a badge, with or without a mark that it came later."""
    badge = read_badge(said)
    is_one = badge.stands_alone and badge.number is not None and section_of_heading(said) is None
    return is_one or _is_badge(said)


def heading_of(row: Row, number: Number | None) -> Section | None:
    """The section that a row begins: named by the whole row, or by its subject alone. What names the non-public part
    does so even with a number of its own, but for items whose subject is hidden behind the word."""
    texts = (shown_text(row.node), row.text("name"), *(shown_text(cell) for cell in row.cells))
    sections = {section for said in texts if said and (section := section_of_heading(said))}
    section = Section.NONPUBLIC if Section.NONPUBLIC in sections else next(iter(sections), None)
    if section is None or number is None:
        return section
    is_hidden = any(quirks.hides_subject(shown_text(cell)) for cell in row.cells)
    is_item = section is Section.PUBLIC or is_hidden or read_badge(number.shown).marking is Marking.NONPUBLIC
    return None if is_item else section


def evidence_of(row: Row, number: Number | None, name: Tag | None) -> Evidence:
    """What the row says of its item: number, subject, status, marks."""
    return Evidence(
        badge=badge_of_row(number.shown if number else None, map(shown_text, row.cells)),
        titles=(text(name), shown_text(name, "[title=Zusatzinfo]")),
        statuses=(row.text("status"),),
        is_restricted=is_restricted(own_marks(row.node)),
    )


def own_marks(node: Tag) -> Iterator[Tag]:
    """The elements that speak of the row's own thing by class or tooltip; buttons and links to papers speak of those,
    the item's own links of the item."""
    for mark in (node, *node.select("td, img, span, i, svg, div")):
        link = mark.find_parent(["a", "form"])
        is_own = link is None or (link.name == "a" and "TOLFDNR=" in (attribute(link, "href") or ""))
        if mark.name == "img" or is_own:
            yield mark

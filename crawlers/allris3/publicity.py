"""Publicity: what on an ALLRIS 3 page proves an agenda item public, and what says that it is not."""

from __future__ import annotations

import re

from bs4 import Tag

from crawlers.allris3.badges import has_nonpublic_badge
from crawlers.allris3.labels import shown_text
from crawlers.allris3.table import Row
from crawlers.parsing.html import attribute, text
from crawlers.parsing.visibility import Section, names_nonpublic_file, names_nonpublic_item, section_of_heading

_LOCKED = re.compile(
    r"nicht[\s\-_]?(?:ö|oe)ff|(?<![a-z])n(?:ö|oe)(?![a-zäöüß])|^\W*schloss\W*$|(?<![a-z])(?:pad)?lock(?:ed)?(?!\w)"
    r"|vertraulich|geheim|(?<![a-z])non?t?[\s\-_]?public(?![a-z])"
)
_OPEN = re.compile(
    r"\(?(?:offen|-|–|\.{3})\)?|auszug|protokollauszug|niederschriftsauszug|beschluss|beschlüsse|na|pa|tagesordnungspunkt"
)
_LONGEST_BADGE = 12
_MARKS = ("class", "alt", "title", "aria-label", "data-simpletooltip-text")


def result_of(said: str | None) -> str | None:
    """A result; "(offen)" says that there is none yet, and "Auszug" or "Beschluss" is only the button's name."""
    return None if said is None or _OPEN.fullmatch(said.strip().lower()) else said


def part_of_status(status: str | None) -> Section | None:
    """What a meeting's status proves of its whole agenda; "öffentlich/nichtöffentlich" proves nothing."""
    said = (status or "").lower().strip(" .")
    if said in {"öffentlich", "öffentliche sitzung", "ö"}:
        return Section.PUBLIC
    return Section.NONPUBLIC if names_nonpublic_file(said) or said == "n" else None


def heading_part(row: Row) -> Section | None:
    """What part the whole row names, or its subject alone."""
    texts = (shown_text(row.node), row.text("name"), *(shown_text(cell) for cell in row.cells))
    parts = {part for said in texts if said and (part := section_of_heading(said))}
    return Section.NONPUBLIC if Section.NONPUBLIC in parts else next(iter(parts), None)


def denies_public(row: Row, number: str | None, name: Tag | None) -> bool:
    """Whether anything in a row says that it is non-public: its number, subject, status, a picture, a class."""
    if has_nonpublic_badge(number) or is_locked(row.node):
        return True
    whole, bare = text(name), shown_text(name, "[title=Zusatzinfo]")
    for said in (whole, bare):
        if said and (names_nonpublic_item(said) or section_of_heading(said) is Section.NONPUBLIC):
            return True
    if any(len(said) < _LONGEST_BADGE and has_nonpublic_badge(said) for one in row.cells if (said := shown_text(one))):
        return True
    status = row.text("status")
    return bool(status and names_nonpublic_file(status))


def is_locked(node: Tag) -> bool:
    """Whether a picture, badge, class or tooltip of the row says non-public; buttons and links to papers speak of
    those."""
    for one in (node, *node.select("td, img, span, i, svg, div")):
        if one.name != "img" and _speaks_of_another(one):
            continue
        for name in _MARKS:
            mark = attribute(one, name)
            if mark and _says_locked(mark):
                return True
    return False


def _speaks_of_another(node: Tag) -> bool:
    """Whether it stands in a button or in a link to a paper or document; the item's own links speak of the item."""
    link = node.find_parent(["a", "form"])
    return link is not None and not (link.name == "a" and "TOLFDNR=" in (attribute(link, "href") or ""))


def _says_locked(mark: str) -> bool:
    """A long one repeats the subject, which may speak about the non-public part in public."""
    return names_nonpublic_item(mark) if len(mark) > 40 else bool(_LOCKED.search(mark.lower()))

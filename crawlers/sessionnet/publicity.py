"""Publicity: what counts as proof that an agenda item is public. In doubt it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import Tag

from crawlers.parsing.html import attribute
from crawlers.parsing.visibility import Section, is_nonpublic_number, names_nonpublic_item, section_of_heading
from crawlers.sessionnet import quirks

_BADGE = re.compile(r"(?:Ö|ö|O\u0308|OE|Oe)(?=[\s.\d:)]|$)[.:)]?\s*")
_LEAD = re.compile(r"^(?:TOP|Punkt|Nr\.?)\s*:?\s*(?=[\dÖöN])")
_LONGEST_HEADING = 300
_LOCK = re.compile(r"(?<![a-z])lock(?:ed)?(?![a-z])|nicht[\s_-]?(?:ö|oe)ffentlich|vertraulich|gesperrt", re.IGNORECASE)
_UNLOCK = re.compile(r"unlock", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """An agenda number taken apart: "Ö 3.1 Nachtrag: 01.09.2026 *" is public by its badge, and "3.1"."""

    value: str | None
    is_public: bool
    is_nonpublic: bool


def read_number(shown: str | None) -> Number:
    """The badge, and the number without it and without what says that the item was added later."""
    bare = _LEAD.sub("", quirks.without_star(quirks.without_late_mark(shown or "")).strip())
    badge = _BADGE.match(bare)
    value = (bare[badge.end() :] if badge else bare).strip().rstrip(":").strip()
    return Number(value or None, bool(badge), is_nonpublic_number(bare))


def part_of_heading(text: str) -> Section | None:
    """The part that a heading names, whatever time stands behind it: "Öffentlicher Teil: Beginn 17:00 Uhr"."""
    if len(text) > _LONGEST_HEADING:
        return None
    return section_of_heading(text) or section_of_heading(quirks.without_time(text))


def says_nonpublic(title: str) -> bool:
    """Whether a title is a locked item's, says of itself that it is non-public, or is the non-public part's heading."""
    return bool(
        quirks.is_locked_title(title) or names_nonpublic_item(title) or part_of_heading(title) is Section.NONPUBLIC
    )


def is_locked(node: Tag) -> bool:
    """Whether a lock or a mark of the row says non-public. Links and documents speak of what they lead to."""
    for one in (node, *node.select("i, img, span, svg, td, div")):
        if one.find_parent("a") is not None or "smc-doc" in str(one.get("class") or ""):
            continue
        classes = " ".join(str(name) for name in one.get_attribute_list("class") if name)
        if _LOCK.search(classes.replace("_", " ")) and not _UNLOCK.search(classes):
            return True
        marks = [attribute(one, key) for key in ("alt", "title", "aria-label")] if one.name in _SPEAKING else []
        if any(mark and len(mark) < 60 and _LOCK.search(mark) and "bekannt" not in mark.lower() for mark in marks):
            return True
    return False


_SPEAKING = frozenset({"i", "img", "svg", "span"})

"""Signs without words: pictures, badges and classes by which a row or an entry says that it is, or is not, public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from crawlers.parsing.html import attribute
from crawlers.parsing.visibility import names_nonpublic_item

_LOCKED = re.compile(
    r"nicht[\s\-_]?(?:ö|oe)ff|(?<![a-z])n(?:ö|oe)(?![a-zäöüß])|^\W*schloss\W*$|(?<![a-z])(?:pad)?lock(?:ed)?(?!\w)"
    r"|vertraulich|geheim|(?<![a-z])non?t?[\s\-_]?public(?![a-z])"
)
_PUBLIC = re.compile(r"(?:ö|oe)ffentlich(?:er? (?:top|tagesordnungspunkt|teil|punkt))?", re.IGNORECASE)
_SPEAKING = ("alt", "title", "aria-label", "data-simpletooltip-text")
_OWN_LINKS = "a[id^=link_], a[id^=betreff_]"
_LONGEST_MARK = 40


def is_locked(node: Tag) -> bool:
    """Whether a picture, badge or class says non-public; links, but for the item's own, speak of what they lead to."""
    marks = (mark for one in _own_signs(node) for name in ("class", *_SPEAKING) if (mark := attribute(one, name)))
    return any(_says_locked(mark) for mark in marks)


def says_public(node: Tag) -> bool:
    """Whether a picture or badge of the row says public, in words of its own: `<img alt="öffentlich">`."""
    marks = (mark for one in _own_signs(node) for name in _SPEAKING if (mark := attribute(one, name)))
    return any(_PUBLIC.fullmatch(mark) for mark in marks)


def _own_signs(node: Tag) -> Iterator[Tag]:
    yield node
    yield from node.select(_OWN_LINKS)
    for one in node.select("td, img, span, i, svg, div"):
        link = one.find_parent("a")
        if link is None or (attribute(link, "id") or "").startswith(("link_", "betreff_")):
            yield one


def _says_locked(mark: str) -> bool:
    """A long one repeats the subject, which may speak about the non-public part in public."""
    return names_nonpublic_item(mark) if len(mark) > _LONGEST_MARK else bool(_LOCKED.search(mark.lower()))

"""Restricted markers: pictures, badges, classes and tooltips by which a row or an entry says that it is not public.

Which elements speak of the thing itself, and not of what they lead to, the product tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bs4 import Tag

from crawlers.parsing.html import attribute, text
from crawlers.parsing.visibility import names_nonpublic_item, speaks_about_nonpublic
from crawlers.parsing.wording import canonical

_RESTRICTED = re.compile(
    r"nicht[\s\-]?(?:ö|oe)ff|(?<![a-z])n(?:ö|oe)(?![a-zäöüß])|^\W*schlo(?:ss|ß)\W*$"
    r"|(?<![a-z])(?:pad)?lock(?:ed)?(?![a-z])(?!-open)|vertraulich|geheim|gesperrt|confidential"
    r"|(?<![a-z])non?t?[\s\-]?public(?![a-z])|[\U0001f50f\U0001f510\U0001f512]"
)
_PUBLIC = re.compile(r"(?:ö|oe)ffentlich(?:er? (?:top|tagesordnungspunkt|teil|punkt))?", re.IGNORECASE)
_TOOLTIPS: Final = ("alt", "title", "aria-label", "data-simpletooltip-text", "data-original-title", "data-tooltip")
_LONGEST_MARK: Final = 60
_ICON_FONT = re.compile(r"material-(?:icons|symbols)")


def is_restricted(nodes: Iterable[Tag]) -> bool:
    """Whether anything about these elements says non-public."""
    return any(_is_restricted(node) for node in nodes)


def says_public(nodes: Iterable[Tag]) -> bool:
    """Whether a picture or badge among them says public, in words of its own: `<img alt="öffentlich">`."""
    return any(_PUBLIC.fullmatch(tip) for node in nodes for tip in _tooltips(node))


def _tooltips(node: Tag) -> Iterator[str]:
    return (tip for key in _TOOLTIPS if (tip := attribute(node, key)))


def _is_restricted(node: Tag) -> bool:
    names = attribute(node, "class") or ""
    icon = text(node) if _ICON_FONT.search(names) else None
    named = any(_RESTRICTED.search(_folded(name)) for name in (names, icon or ""))
    return named or any(_says_restricted(tip) for tip in _tooltips(node))


def _says_restricted(tip: str) -> bool:
    """A long one repeats the subject, which may speak about the non-public part in public."""
    if len(tip) > _LONGEST_MARK:
        return names_nonpublic_item(tip)
    return bool(_RESTRICTED.search(_folded(tip))) and not speaks_about_nonpublic(tip)


def _folded(written: str) -> str:
    return canonical(written).lower().replace("_", " ")

"""Numbers of agenda items and the badge before them: "Ö 2.1", "N 3", "TOP Ö 4 (Nachtrag)"."""

from __future__ import annotations

import re

from crawlers.allris4.labels import shown_text
from crawlers.allris4.table import Row
from crawlers.parsing.visibility import is_nonpublic_number

_WORD_TOP = re.compile(r"^TOP[\s.:]*(?=\S)", re.IGNORECASE)
_PUBLIC_BADGE = re.compile(
    r"[(\[]?(?:Ö|ö|O\u0308|OE|Oe|[Öö]ff(?:\.|entl\.|entlich))[)\]]?(?=[\s.:\-\d]|$)[.:\-]?\s*(.*)"
)
_DIGITS = re.compile(r"\d[\d.]*")
_PLAIN = re.compile(r"\(?(?:[IVX]+\.\s*|[A-Z]\.\s?)?[\d.]*\s?[a-z]?[.):]?")
_ADDED = re.compile(r"\s*[(\[*]?\s*(?:Nachtrag\w*|NT|neu|\*)\b.*$|\s*\*+$", re.IGNORECASE)


def number_shown(row: Row) -> str | None:
    """The number with its badge: in its column, else as the link that unfolds the item."""
    return row.text("number") or shown_text(row.node.select_one("a[id^=link_]"))


def has_public_badge(shown: str) -> bool:
    """Whether a number begins with the badge of the public part."""
    return bool(_PUBLIC_BADGE.match(_bare(shown)))


def has_nonpublic_badge(shown: str) -> bool:
    """Whether a number begins with the badge of the non-public part."""
    bare = _bare(shown)
    return is_nonpublic_number(bare) or is_nonpublic_number(bare.strip("()[] "))


def is_plain(shown: str) -> bool:
    """Whether a number is one without any badge: "3", "2.1", "4 a", "IV.2", "b)"; "" is none that says otherwise."""
    return bool(_PLAIN.fullmatch(_ADDED.sub("", _bare(shown))))


def digits(shown: str) -> str | None:
    """The number alone, whatever stands around it: "N 2.1" → "2.1"."""
    found = _DIGITS.search(shown)
    return found[0].rstrip(".") if found else None


def shown_number(shown: str | None) -> str | None:
    """The number without its badge and without a mark that it came later: "Ö 2.1" → "2.1", "Ö 7 (Nachtrag)" → "7"."""
    bare = _bare(shown or "")
    badge = _PUBLIC_BADGE.match(bare)
    number = badge[1].strip() if badge else bare
    return _ADDED.sub("", number).strip() or number or None


def _bare(shown: str) -> str:
    return _WORD_TOP.sub("", shown.strip())

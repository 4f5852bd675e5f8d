"""Badges: the letter before an item's number that says which part it belongs to ("Ö 3.1", "N 24", "TOP (NÖ) 2")."""

from __future__ import annotations

import re
from typing import Final

from crawlers.parsing.visibility import is_nonpublic_number

_TOP: Final = re.compile(r"^TOP[\s.:\-]*(?=\S)", re.IGNORECASE)
_PUBLIC: Final = re.compile(
    r"[(\[]?(?:Ö|ö|O\u0308|OE|Oe|öff\.?|öffentlich)[)\]]?(?=[\s.:\-\d]|$)[.:\-]?\s*(?P<rest>.*)"
)
_ADDED: Final = re.compile(r"\s*[(\[*]?\s*(?:Nachtrag\S*|NT|neu)\b.*$|\s*\*+$", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d{1,3}(?:[.\-]\d{1,3}){0,4}")
_NUMBER: Final = re.compile(r"[(\[]?\d{1,3}(?:[.\-]\d{1,3}){0,4}\.?\s?[a-zA-Z]?\.?[)\]]?")
_ALONE: Final = re.compile(r"[(\[]?(?:Ö|ö|O\u0308|N|NÖ|nö|Nö|OE|NOE)\.?[)\]]?")


def _bare(shown: str) -> str:
    return _TOP.sub("", shown.strip())


def has_public_badge(shown: str | None) -> bool:
    """Whether a number begins with the badge of the public part."""
    return bool(_PUBLIC.match(_bare(shown or "")))


def has_nonpublic_badge(shown: str | None) -> bool:
    """Whether a number begins with the badge of the non-public part."""
    bare = _bare(shown or "")
    return bool(bare) and (is_nonpublic_number(bare) or is_nonpublic_number(re.sub(r"[()\[\]]", " ", bare).strip()))


def is_badge(shown: str) -> bool:
    """Whether a text is a badge and nothing else."""
    return bool(_ALONE.fullmatch(shown.strip()))


def is_number(shown: str) -> bool:
    """Whether a text is an item's number, with or without a badge, with or without a mark that it came later."""
    bare = _ADDED.sub("", _bare(shown)).strip()
    if _NUMBER.fullmatch(bare):
        return True
    public = _PUBLIC.match(bare)
    if public:
        return not public["rest"] or bool(_NUMBER.fullmatch(public["rest"].strip()))
    return has_nonpublic_badge(bare) and len(bare) <= 15


def digits(shown: str) -> str | None:
    """The number alone, whatever stands around it: "N 2.1" → "2.1"."""
    found = _DIGITS.search(shown)
    return found[0] if found else None


def without_badge(shown: str | None) -> str | None:
    """The number as it is shown, without badge and without a mark that it came later: "Ö 7 (Nachtrag)" → "7"."""
    bare = _bare(shown or "")
    public = _PUBLIC.match(bare)
    number = public["rest"].strip() if public else bare
    return _ADDED.sub("", number).strip() or number or None

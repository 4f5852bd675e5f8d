"""References: a paper's number as a municipality writes it ("VO/2026/181", "25/085", "DS 12/26")."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(r"[\w/.\-]{1,40}")
_LONGEST_WORD: Final = 5


def is_reference(written: str) -> bool:
    """Whether a text is a paper's number ("VO/2026/181", "DS 12/26", "VII/0401") and no subject ("Haushalt 2026")."""
    parts = written.split(" ")
    if len(parts) > 3 or len(written) > 40 or not all(_TOKEN.fullmatch(part) for part in parts):
        return False
    words = [part for part in parts if not any(sign.isdigit() for sign in part)]
    return len(words) < len(parts) and all(len(word) <= _LONGEST_WORD for word in words)


_LEADING: Final = re.compile(
    r"(?P<reference>(?:[A-ZÄÖÜ]{1,5}[\s./-]{0,2})?(?:[IVXL]{1,6}[-/]\d{3,6}|\d{1,4}[-/]\d{1,6})(?:[.\-/]\w{1,6}){0,3})"
    r"[\s:,–-]+(?P<rest>\S.*)"
)
_YEARS: Final = re.compile(r"(?:19|20)\d\d[-/](?:19|20)?\d\d")
_MEASURE: Final = re.compile(r"(?:uhr|km|m|meter|jahre?n?|euro|prozent|%|grad|°)\b", re.IGNORECASE)
_FEWEST_DIGITS: Final = 4


def leading_reference(written: str) -> tuple[str | None, str]:
    """A number and the subject behind it in one text: "22-2402 Neubau der Brücke" → ("22-2402", "Neubau der Brücke").
    No number: "2025/2026 Doppelhaushalt" (years), "17-19 Uhr …", "1. Änderung …"."""
    found = _LEADING.fullmatch(written)
    if not found:
        return None, written
    number, rest = found["reference"], found["rest"]
    if _YEARS.fullmatch(number) or _MEASURE.match(rest) or sum(map(str.isdigit, number)) < _FEWEST_DIGITS:
        return None, written
    return number, rest

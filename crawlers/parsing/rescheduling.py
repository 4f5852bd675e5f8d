"""Moved meetings: a title that says that the meeting is on another day; there is no flag for it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_DAY = (
    r"(?<![\d.])(?P<d{0}>\d{{1,2}})\.\s?(?:(?P<m{0}>\d{{1,2}})\.(?!\d{{1,2}}\s*uhr)"
    r"|(?P<n{0}>jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?)\s?(?P<y{0}>\d{{4}}|\d{{2}}(?![\d.:]))?"
)
_WORD = r"(?:verschoben|verlegt|vertagt|termin\s+geändert|terminänderung|neuer\s+termin|verschiebung|verlegung)"
_TO = re.compile(rf"\b{_WORD}\b[^\d]{{0,12}}(?:(?:vom|von)\b.{{0,40}}?)?\bauf\b[^\d]{{0,25}}{_DAY.format(1)}")
_BEFORE = re.compile(rf"\bauf\b[^\d]{{0,25}}{_DAY.format(1)}\s*(?:verschoben|verlegt|vertagt)")
_ANOTHER = re.compile(rf"\b{_WORD}\b(?!\W*(?:vom|von)\b)[^\d]{{0,30}}{_DAY.format(1)}")
_TO_ANOTHER_TIME = re.compile(r"\bauf\s+(?:\w+\s+)?\d{1,2}(?:[.:]\d{2})?\s?uhr\b")
_SOME_DAY = re.compile(r"(?<!nicht )\b(?:verschoben|vertagt)\s*(?:[)\]!.*\-–]|$)")


def is_moved_away(title: str, day: dt.date) -> bool:
    """Whether a title says that the meeting of this day is held on another: "verschoben auf den 27.3.", "(neuer Termin:
    27. März 2031)", "- verschoben". Not so "verschoben vom 13.3.", which is what the new day's title says."""
    plain = " ".join(title.lower().split())
    if _TO_ANOTHER_TIME.search(plain):  # "auf 19 Uhr verschoben": of the same day
        return False
    said = _TO.search(plain) or _BEFORE.search(plain) or _ANOTHER.search(plain)
    if said:
        return _is_another(said, day)
    return bool(_SOME_DAY.search(plain))


def _is_another(said: re.Match[str], day: dt.date) -> bool:
    """Whether the day that is said exists and is not this one; a year that is not said is this day's, or the next."""
    month = int(said["m1"]) if said["m1"] else _MONTHS.index(said["n1"]) + 1
    years = [int(said["y1"]) % 100] if said["y1"] else [day.year % 100, (day.year + 1) % 100]
    try:
        dt.date(2000 + years[0], month, int(said["d1"]))
    except ValueError:
        return False
    return (int(said["d1"]), month) != (day.day, day.month) or day.year % 100 not in years

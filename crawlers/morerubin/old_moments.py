"""Days and times as the oldest interface's pages write them for people: "Do 17.11.11, 17 Uhr - 18:15 Uhr"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_DAY = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?:(?P<month>\d{1,2})\.\s?"
    r"|(?P<name>jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?\s)(?P<year>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::\d{2})?(?=\s*(?:uhr|h\b|bis|-|–|$))"
    r"|(?=\s*(?:uhr|h\b|(?:-|–|bis)\s*\d{1,2}(?:[:.]\d{2})?\s*(?:uhr|h\b))))",
    re.IGNORECASE,
)


def says_day(text: str | None) -> bool:
    """Whether a text says a day, of the calendar or not."""
    return bool(_DAY.search(text or ""))


def day_in(text: str | None) -> dt.date | None:
    """The first day in a text; a year of two digits is one of this century. Raises ValueError for one that does not
    exist."""
    found = _DAY.search(text or "")
    if found is None:
        return None
    month = int(found["month"]) if found["month"] else _MONTHS.index(found["name"].lower()) + 1
    year = int(found["year"])
    return dt.date(year + 2000 if year < 100 else year, month, int(found["day"]))


def times_in(text: str | None) -> list[dt.time]:
    """The times in a text, its days left out. Raises ValueError for one that does not exist."""
    rest = _DAY.sub(" ", text or "")
    return [dt.time(int(found["hour"]), int(found["minute"] or 0)) for found in _TIME.finditer(rest)]

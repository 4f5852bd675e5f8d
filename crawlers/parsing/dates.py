"""Days and times as German councils write them."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
OLDEST_SHORT_YEAR = 70

_DAY = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?!\d)"
    r"(?:[\s,]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*Uhr)?)?"
)


def german_moment(text: str) -> dt.datetime | None:
    """ "03.09.2026", "3.9.26, 18:30 Uhr" → a moment in Berlin (midnight where no time is said); else None. A year of
    two digits lies between 1970 and 2069.

    Raises ValueError for a day or time that does not exist.
    """
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
    if len(found["year"]) == 2:
        year += 1900 if year >= OLDEST_SHORT_YEAR else 2000
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=BERLIN)

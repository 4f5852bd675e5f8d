"""Days and clock times as ALLRIS 4 shows them: German, and English where the server's language slips through."""

from __future__ import annotations

import datetime as dt
import re

from crawlers.allris4 import quirks
from crawlers.parsing.dates import BERLIN, german_moment

_GERMAN = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_WRITTEN = re.compile(r"\b(\d{1,2})\.? ?([A-Za-zä]{3})[a-zä]*\.? (\d{4})\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN_MONTHS = {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
_SHORT = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.:])")
_OF_A_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(?:(\d{1,2})\.(?![\d.])|([A-Za-zä]{3})[a-zä]*\b\.?)")
_NO_TIMES = (
    _GERMAN,
    _ISO,
    quirks.ENGLISH_DAY,
    _WRITTEN,
    _SHORT,
    re.compile(r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.(?![\d.])"),
)
_TIME = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?:(?P<sign>[:.])(?P<minute>\d{2})(?::\d{2})?)?(?![\d:]|\.\d)"
    r"(?:\s?(?P<half>AM|PM|pm|[ap]\.\s?m\b\.?|am(?=\s*(?:$|[\-–—,;)])))|\s*(?P<unit>(?i:uhr|h))\b)?"
    r"(?P<to>\s*(?:-|–|—|bis)\s*(?:ca\.\s*)?(?=\d))?"
)


def month_number(name: str) -> int | None:
    """ "Oktober", "Oct", "Mär" → 10, 10, 3."""
    short = name.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _GERMAN_MONTHS.get(short)


def day_in(text: str | None) -> dt.date | None:
    """The one day in a text: "Di., 01.09.2026", "Jan 29, 2026", "3. März 2026", "2026-09-01", "01.09.26".

    None where there is none or more than one. Raises ValueError for a day that does not exist.
    """
    days = days_in(text)
    return days[0] if len(days) == 1 else None


def days_in(text: str | None) -> list[dt.date]:
    """Every day in a text, each once. Raises ValueError for a day that does not exist."""
    return list(dict.fromkeys(_days(text or "")))


def _days(text: str) -> list[dt.date]:
    found = [moment.date() for one in _GERMAN.findall(text) if (moment := german_moment(one))]
    found += [dt.date(int(year), int(month), int(day)) for year, month, day in _ISO.findall(text)]
    for name, day, year in quirks.ENGLISH_DAY.findall(text):
        if number := month_number(name):
            found.append(dt.date(int(year), number, int(day)))
    for day, name, year in _WRITTEN.findall(text):
        if number := month_number(name):
            found.append(dt.date(int(year), number, int(day)))
    return found or [dt.date(2000 + int(year), int(month), int(day)) for day, month, year in _SHORT.findall(text)]


def day_near(text: str | None, year: int, month: int) -> dt.date | None:
    """The one day that a text says without its year, in this month or one beside it: "Di 4.2.", "4. Februar". None
    where there is none or more than one. Raises ValueError for a day that does not exist."""
    said = {
        (int(day), int(number) if number else month_number(name))
        for day, number, name in _OF_A_YEAR.findall(text or "")
    }
    days = [(day, number) for day, number in said if number is not None]
    if len(days) != 1:
        return None
    ((day, number),) = days
    near = next((step for step in (0, -1, 1) if (month - 1 + step) % 12 + 1 == number), None)
    if near is None:
        dt.date(year, number, day)
        return None
    return dt.date(year + (month - 1 + near) // 12, number, day)


def clocks_in(text: str | None, among_days: bool = False) -> tuple[dt.time | None, dt.time | None]:
    """Begin and end: "18:00 - 20:15 Uhr", "18.00 bis 20.15", "17 Uhr", "18.00 h", "6:00 PM". `among_days`: in the place
    of a day "18.00" alone is none. Raises ValueError for a time there is not."""
    bare = text or ""
    for days in _NO_TIMES:
        bare = days.sub(" ", bare)
    found = list(_TIME.finditer(bare))
    sure = {at for at, one in enumerate(found) if one["sign"] == ":" or one["unit"] or one["half"]}
    if not sure and not among_days:
        sure = {at for at, one in enumerate(found) if one["minute"]}
    for at in range(len(found) - 1, 0, -1):  # "18 - 20 Uhr": one side of a span says what the other is
        sure |= {at - 1} if found[at - 1]["to"] and at in sure else set()
    for at in range(1, len(found)):
        sure |= {at} if found[at - 1]["to"] and at - 1 in sure and found[at]["minute"] else set()
    halves = [_half(one) for one in found]
    times: list[dt.time] = []
    for at in sorted(sure):
        hour, minute = int(found[at]["hour"]), int(found[at]["minute"] or 0)
        half = halves[at]
        if half is None and found[at]["to"] and at + 1 < len(found) and (behind := halves[at + 1]):
            is_before = _in_half(hour, behind) <= _in_half(int(found[at + 1]["hour"]), behind)
            half = behind if is_before else None
        times.append(dt.time(_in_half(hour, half), minute))
    return (times[0] if times else None, times[1] if len(times) > 1 else None)


def _half(found: re.Match[str]) -> str | None:
    """ "a" before noon, "p" after it, where it is said."""
    return found["half"][0].lower() if found["half"] else None


def _in_half(hour: int, half: str | None) -> int:
    """The hour of the day; one of more than twelve needs no half to be told."""
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half == "p" else 0)


def moments(
    day: dt.date | None, begin: dt.time | None, end: dt.time | None, last_day: dt.date | None = None
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end in Berlin; midnight where no time is said; an end before the begin is on the next day, unless the
    meeting's last day is said."""
    if day is None:
        return None, None
    start = dt.datetime.combine(day, begin or dt.time(), BERLIN)
    last = last_day if last_day and last_day > day else day
    if begin is None or end is None or (end == begin and last == day):
        return start, None
    if end < begin and last == day:
        last = day + dt.timedelta(days=1)
    return start, dt.datetime.combine(last, end, BERLIN)

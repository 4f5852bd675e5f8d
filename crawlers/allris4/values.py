"""Days and clock times as ALLRIS 4 shows them: German, and English where the server's language slips through."""

from __future__ import annotations

import datetime as dt
import re

from crawlers.german import BERLIN, german_moment

_GERMAN = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_ENGLISH = re.compile(r"\b([A-Za-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})\b")
_WRITTEN = re.compile(r"\b(\d{1,2})\.? ([A-Za-zä]{3})[a-zä]*\.? (\d{4})\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN_MONTHS = {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
_SHORT = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.])")
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})[:.](\d{2})(?::\d{2})?(?![\d.])")
_HOUR = re.compile(r"(?<![\d.:])(\d{1,2}) ?Uhr")


def month_number(name: str) -> int | None:
    """ "Oktober", "Oct", "Mär" → 10, 10, 3."""
    short = name.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _GERMAN_MONTHS.get(short)


def day_in(text: str | None) -> dt.date | None:
    """The one day in a text: "Di., 01.09.2026", "Jan 29, 2026", "3. März 2026", "2026-09-01".

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
    for name, day, year in _ENGLISH.findall(text):
        if number := month_number(name):
            found.append(dt.date(int(year), number, int(day)))
    for day, name, year in _WRITTEN.findall(text):
        if number := month_number(name):
            found.append(dt.date(int(year), number, int(day)))
    return found or [dt.date(2000 + int(year), int(month), int(day)) for day, month, year in _SHORT.findall(text)]


def clocks_in(text: str | None) -> tuple[dt.time | None, dt.time | None]:
    """Begin and end: "18:00 - 20:15 Uhr", "18.00 bis 20.15", "17 Uhr". Raises ValueError for a time there is not."""
    bare = _GERMAN.sub(" ", text or "")
    times = [dt.time(int(hour), int(minute)) for hour, minute in _CLOCK.findall(bare)]
    if not times:
        times = [dt.time(int(hour)) for hour in _HOUR.findall(bare)]
    return (times[0] if times else None, times[1] if len(times) > 1 else None)


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

"""Days and clock times as ALLRIS 3 shows them."""

from __future__ import annotations

import datetime as dt
import re

from crawlers.german import BERLIN, german_moment

_GERMAN = re.compile(r"(?<!\d)\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})\.\s?([A-Za-zäÄ]{3,9})\.?\s+(\d{4})(?!\d)")
_MONTH_AND_YEAR = re.compile(r"(?<![A-Za-zäÄ])([A-Za-zäÄ]{3,9})\.?\s+(\d{4})(?!\d)")
_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_FULL_MONTHS = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
_MERE_DAY = re.compile(
    r"(?:\w{2,10}\.?,?\s*)?\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
    r"(?:[\s,]+\d{1,2}[:.]\d{2}(?:\s*(?:-|–|bis)\s*\d{1,2}[:.]\d{2})?(?:\s?Uhr)?)?"
)
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})[:.](\d{2})(?::\d{2})?(?![\d.:])")
_HOUR = re.compile(r"(?<![\d.:])(\d{1,2})\s?Uhr")


def month_number(name: str) -> int | None:
    """ "Oktober", "Okt", "März", "Mar" → 10, 10, 3, 3; None for any other word."""
    word = name.lower().rstrip(".").replace("mrz", "mär")
    word = {"mar": "mär", "maerz": "märz", "jänner": "januar", "sept": "september"}.get(word, word)
    if word in _FULL_MONTHS:
        return _FULL_MONTHS.index(word) + 1
    return _MONTHS.index(word) + 1 if word in _MONTHS else None


def month_in(text: str | None) -> tuple[int, int] | None:
    """ "September 2026" → (2026, 9); None where a text names no month, or more than one."""
    found = {
        (int(year), number) for name, year in _MONTH_AND_YEAR.findall(text or "") if (number := month_number(name))
    }
    return next(iter(found)) if len(found) == 1 else None


def days_in(text: str | None) -> list[dt.date]:
    """Every day in a text, each once. Raises ValueError for a day that does not exist."""
    said = text or ""
    found = [moment.date() for one in _GERMAN.findall(said) if (moment := german_moment(one))]
    found += [dt.date(int(year), int(month), int(day)) for year, month, day in _ISO.findall(said)]
    for day, name, year in _WRITTEN.findall(said):
        if number := month_number(name):
            found.append(dt.date(int(year), number, int(day)))
    return list(dict.fromkeys(found))


def is_mere_day(text: str | None) -> bool:
    """Whether a text is a day and at most its weekday and time: "Di, 01.09.2026"."""
    return bool(_MERE_DAY.fullmatch((text or "").strip()))


def day_in(text: str | None) -> dt.date | None:
    """The one day in a text: "Di, 01.09.2026", "3. März 2026"; None where there is none, or more than one.

    Raises ValueError for a day that does not exist.
    """
    days = days_in(text)
    return days[0] if len(days) == 1 else None


def clocks_in(text: str | None) -> tuple[dt.time | None, dt.time | None]:
    """Begin and end: "18:00 - 20:15 Uhr", "18.00 bis 20.15", "17 Uhr", "9:00". Raises ValueError for no such time."""
    bare = _GERMAN.sub(" ", text or "")
    times = [dt.time(int(hour), int(minute)) for hour, minute in _CLOCK.findall(bare)]
    if not times:
        times = [dt.time(int(hour)) for hour in _HOUR.findall(bare)]
    return (times[0] if times else None, times[1] if len(times) > 1 else None)


def moments(
    day: dt.date | None, begin: dt.time | None, end: dt.time | None
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end in Berlin; midnight where no time is said; an end before the begin is on the next day."""
    if day is None:
        return None, None
    start = dt.datetime.combine(day, begin or dt.time(), BERLIN)
    if begin is None or end is None or end == begin:
        return start, None
    last = day + dt.timedelta(days=1) if end < begin else day
    return start, dt.datetime.combine(last, end, BERLIN)

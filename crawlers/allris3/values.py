"""Days and clock times as ALLRIS 3 shows them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from crawlers.parsing.dates import BERLIN

_NEWEST_SHORT_YEAR: Final = 69
"""A year of two digits up to here is of this century: "25" is 2025, "89" is 1989."""

_LONGEST_TIME: Final = 300
_WEEKDAY = r"(?:(?:mo|di|mi|do|fr|sa|so)[a-z]{0,8}\.?,?\s*)?"
_TIME = r"\d{1,2}(?:[:.]\d{2}(?::\d{2})?)?\s*(?:uhr\b|h\b|[ap]\.?m\b\.?)?"
_BETWEEN = r"\s*(?:-|–|—|bis)\s*"
_GERMAN = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})(?!\d)|(\d{2})(?![\d.:]|\s?(?:uhr|h)\b))", re.I)
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
_ONE_DAY = (
    rf"{_WEEKDAY}(?:\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{4}}(?!\d)|\d{{2}}(?![\d.:]|\s?(?:uhr|h)\b))"
    r"|\d{1,2}\.\s?(?P<month>[a-zä]{3,9})\.?\s+\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d))"
)
_LEADING_DAY = re.compile(_ONE_DAY, re.IGNORECASE)
_MERE_DAY = re.compile(rf"{_ONE_DAY}(?:[\s,]+{_TIME}(?:{_BETWEEN}{_TIME})?)?", re.IGNORECASE)
_MERE_TIME = re.compile(rf"(?:(?:ab|um|ca\.?|gegen|von)\s+)*{_TIME}(?:{_BETWEEN}(?:{_TIME})?)?", re.IGNORECASE)
_ROOM = re.compile(r"\b(?:raum|zimmer|saal|zi\.?|r\.)\s*\d+(?:\.\d+)?(?![\d.:])", re.IGNORECASE)
_HOURS = re.compile(
    rf"(?<![\d.:])(\d{{1,2}})({_BETWEEN})(?=\d{{1,2}}(?:[:.]\d{{2}})?\s*(uhr\b|h\b|[ap]\.?m\b\.?))", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:[:.](\d{2})(?::\d{2})?(?![\d:]|\.\d|\.$|\.\s)\s*(?:(?:uhr|h)\b|([ap])\.?m\b\.?)?"
    r"|\s?(?:(?:uhr|h)\b|([ap])\.?m\b\.?))",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"[\s,;:()/\-–—]*(?:(?:bis|ende|ca|etwa|gegen|voraussichtlich|vsl)\b\.?[\s:]*)*[\s\-–—]*", re.IGNORECASE
)


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
    """Every day in a text, each once; days with a year of two digits only where no other is said. Raises ValueError for
    a day that does not exist."""
    said = text or ""
    german = _GERMAN.findall(said)
    found = [dt.date(int(year), int(month), int(day)) for day, month, year, _ in german if year]
    found += [dt.date(int(year), int(month), int(day)) for year, month, day in _ISO.findall(said)]
    for day, name, year in _WRITTEN.findall(said):
        if number := month_number(name):
            found.append(dt.date(int(year), number, int(day)))
    if not found:
        found = [dt.date(_whole_year(short), int(month), int(day)) for day, month, _, short in german]
    return list(dict.fromkeys(found))


def _whole_year(short: str) -> int:
    return int(short) + (2000 if int(short) <= _NEWEST_SHORT_YEAR else 1900)


def is_mere_day(text: str | None) -> bool:
    """Whether a text is a day and at most its weekday and time: "Di, 01.09.2026", "Di 1.9.26", "1. Sept. 2026"."""
    found = _MERE_DAY.fullmatch((text or "").strip())
    return bool(found and (found["month"] is None or month_number(found["month"])))


def day_in(text: str | None) -> dt.date | None:
    """The one day in a text: "Di, 01.09.2026", "3. März 2026"; None where there is none, or more than one.

    Raises ValueError for a day that does not exist.
    """
    days = days_in(text)
    return days[0] if len(days) == 1 else None


def leading_day(text: str | None) -> dt.date | None:
    """The day that a text begins with: "Di, 01.09.2026 - Mi, 02.09.2026"; None where it begins with none.

    Raises ValueError for a day that does not exist.
    """
    found = _LEADING_DAY.match((text or "").strip())
    return day_in(found[0]) if found else None


def clocks_in(text: str | None) -> tuple[dt.time | None, dt.time | None]:
    """Begin and end: "18:00 - 20:15 Uhr", "18.00 bis 20.15 h", "17-19 Uhr", "6:00 PM", "9:00". An end only where it is
    said as one, behind a stroke or "bis"; a room's number is none. Raises ValueError for no such time."""
    bare = _ROOM.sub(" ", _GERMAN.sub(" ", (text or "")[:_LONGEST_TIME]))
    bare = _HOURS.sub(lambda one: f"{one[1]} {'h' if one[3][0].lower() in 'ap' else 'Uhr'}{one[2]}", bare)
    found = list(_CLOCK.finditer(bare))
    if not found:
        return None, None
    begin = _hour(found[0])
    if len(found) == 1 or not _UNTIL.fullmatch(bare, found[0].end(), found[1].start()):
        return _time(found[0], begin), None
    end = _hour(found[1])
    if _half(found[1]) == "p" and _half(found[0]) is None and begin + 12 <= end:
        begin += 12
    return _time(found[0], begin), _time(found[1], end)


def _half(found: re.Match[str]) -> str | None:
    """The half of an English day: "p" of "6:00 PM"."""
    return (found[3] or found[4] or "").lower() or None


def _hour(found: re.Match[str]) -> int:
    hour, half = int(found[1]), _half(found)
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half == "p" else 0)


def _time(found: re.Match[str], hour: int) -> dt.time:
    return dt.time(hour, int(found[2] or 0))


def is_mere_time(text: str | None) -> bool:
    """Whether a text is a time and at most its end: "18:00", "ab 18.30 Uhr", "6:00 PM", "18-20 Uhr"; no bare number."""
    said = (text or "").strip()
    try:
        return bool(_MERE_TIME.fullmatch(said)) and clocks_in(said)[0] is not None
    except ValueError:
        return False


def shape(text: str | None) -> str:
    """What a text looks like, without its words, for notes: "Mo, 03.02.25" → "a, 00.00.00"."""
    if text is None:
        return "nothing"
    return repr(re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "0", text))[:40])


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

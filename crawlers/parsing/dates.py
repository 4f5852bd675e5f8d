"""Days and months as German councils write them: the one grammar of dates. What is written and is no day is unknown.

A year of two digits lies between 1970 and 2069. What stands in English where a server's own language shows through
("Jan 29, 2026") is known, too. A day behind another given by its number alone ("12./13. März 2026") is two days.
Not understood, since it may be either way round: "12/03/2026".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.wording import composed, visible

BERLIN: Final = ZoneInfo("Europe/Berlin")
YEARS: Final = range(1900, 2101)
"""The years in which something of a council can be; other software's "never" lies outside."""
OLDEST_SHORT_YEAR: Final = 70
"""Years of two digits from here on are of the last century."""
LONGEST_TEXT: Final = 100_000
"""Characters that are looked at; longer texts are whole documents."""

_MONTHS: Final = (
    ("januar", "jänner", "jaenner", "january", "jan", "jän", "jaen"),
    ("februar", "feber", "february", "febr", "feb"),
    ("märz", "maerz", "march", "mär", "mrz", "maer", "mar", "m\ufffdrz", "mã¤rz"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "juno", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
"""How each month is written, in lower case; two spellings of März have lost their umlaut to a wrong charset."""
_NUMBERS: Final = {spelling: number for number, month in enumerate(_MONTHS, 1) for spelling in month}
_WEEKDAYS: Final = (
    ("mo", "montag", "mon", "monday"),
    ("di", "dienstag", "die", "tue", "tuesday", "tu"),
    ("mi", "mittwoch", "mit", "wed", "wednesday", "we"),
    ("do", "donnerstag", "don", "thu", "thursday", "th"),
    ("fr", "freitag", "fre", "fri", "friday"),
    ("sa", "samstag", "sonnabend", "sam", "sat", "saturday"),
    ("so", "sonntag", "son", "sun", "sunday", "su"),
)
_WEEKDAY_NUMBERS: Final = {spelling: number for number, day in enumerate(_WEEKDAYS) for spelling in day}


def _one_of(spellings: dict[str, int]) -> str:
    """A pattern for one of the words as a whole, the longest first."""
    return rf"(?:{'|'.join(sorted(map(re.escape, spellings), key=len, reverse=True))})(?![^\W\d_])"


MONTH: Final = _one_of(_NUMBERS)
WEEKDAY: Final = _one_of(_WEEKDAY_NUMBERS)
_APART = r"(?<!\d)(?<!\d\.)"
_UNIT = r"(?:uhr|h)(?![^\W\d_])"
_IS_YEAR = (
    rf"(?!\d|[.:]\d|\s?{_UNIT})"
    rf"(?:(?<=2[5-9])|(?<=[3-9]\d)|(?<=\.\d\d)(?=\s-\s)|(?!\s?(?:-|bis)\s?\d{{1,2}}(?:[.:]\d\d)?\s?{_UNIT}))"
)
"""Behind two digits that are a year's and no hour: "12.3.18 Uhr" and "12.3. 18-20 Uhr" say none."""
_ENDS = r"(?!\s?(?!um\b|ab\b|von\b|bis\b|im\b|in\b|und\b|statt\b)[^\W\d_])"
_NUMERIC = (
    rf"{_APART}(?P<d>\d{{1,2}})\.(?P<gap>\s?)(?P<m>\d{{1,2}})\."
    rf"(?:\s?(?P<y>\d{{4}})(?!\d)|(?P=gap)(?P<yy>\d\d){_IS_YEAR})"
)
_WRITTEN = (
    rf"{_APART}(?P<wd>\d{{1,2}})(?:\.|te[nr])?\s?(?P<wm>{MONTH})\.?,?\s?"
    rf"(?:(?P<wy>\d{{4}})(?!\d)|['’]?(?P<wyy>\d\d){_IS_YEAR}{_ENDS})"
)
_ISO = r"(?<!\d)(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)"
_ENGLISH = rf"(?<![^\W\d_])(?P<em>{MONTH})\.?\s(?P<ed>\d{{1,2}}),\s?(?P<ey>\d{{4}})(?!\d)"
_IN_A_NAME = (
    r"(?<!\d)(?:(?P<fy>20\d\d)_(?P<fm>\d\d)_(?P<fd>\d\d)"
    r"|(?P<gd>\d{1,2})(?P<sign>[-_])(?P<gm>\d{1,2})(?P=sign)(?P<gy>20\d\d))(?!\d)"
)
_DAY: Final = re.compile(f"{_NUMERIC}|{_WRITTEN}|{_ISO}|{_ENGLISH}", re.IGNORECASE)
_DAY_OR_NAME: Final = re.compile(f"{_DAY.pattern}|{_IN_A_NAME}", re.IGNORECASE)
_SHORT_DAY: Final = re.compile(
    rf"{_APART}(?P<d>\d{{1,2}})(?:\.\s?(?P<m>0?[1-9]|1[0-2])\.(?!\s?\d{{4}}(?!\d)|\d|\s?uhr)|(?:\.\s?|\s)(?P<name>{MONTH}))",
    re.IGNORECASE,
)
_FIRST_OF_SPAN: Final = re.compile(
    r"(?<![\d.:])(?P<d>\d{1,2})\.(?:\s?(?P<m>\d{1,2})\.\s?(?:-|/|bis|und)\s?|(?:[-/]|\s?(?:bis|und)\s))"
    r"(?:[^\W\d_]{2,10}\.?,?\s)?$",
    re.IGNORECASE,
)
_MONTH_AND_YEAR: Final = re.compile(
    rf"(?<![^\W\d_])(?P<m>{MONTH})\.?,?\s?(?P<y>(?:19|20)\d\d)(?!\d)|(?<![\d.])(?P<yb>(?:19|20)\d\d)\s(?P<mb>{MONTH})",
    re.IGNORECASE,
)
_DAY_NUMBER: Final = re.compile(
    rf"(?:{WEEKDAY}\W{{0,3}})?(\d{{1,2}})\.?(?:\W{{0,3}}{WEEKDAY}(?:[\s,(.]\D{{0,60}})?)?\W*", re.IGNORECASE
)
_LEADING_WEEKDAY: Final = re.compile(rf"\W*({WEEKDAY})[\s.,]*", re.IGNORECASE)
_BEFORE_DAY: Final = re.compile(rf"\W*(?:(?:{WEEKDAY}|am|vom|den|dem|der|ab|datum)(?![^\W\d_])\W*)*", re.IGNORECASE)
_LEADS_TO_DAY: Final = re.compile(
    rf"[\s,-]*(?:(?<![^\W\d_])(?:am|vom)\s+)?(?:(?<![^\W\d_]){WEEKDAY}[.,]*\s*)?(?:(?:den|dem)\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day as it stands in a text (as `visible` gives it); `day` is None where the calendar has no such day."""

    start: int
    end: int
    day: dt.date | None
    is_short: bool = False
    """Whether its year has two digits."""


def find_days(text: str | None, *, in_names: bool = False, year: int | None = None) -> list[FoundDay]:
    """Every day with its year, in the order of the text: "12.11.2026", "3.9.26", "12. Nov. 2026", "2026-11-12".

    `in_names`: those of files' names, too: "2026_11_12", "12-11-2026". `year`: also those without one ("12.11."), which
    are of this year then.
    """
    line = visible(text)[:LONGEST_TEXT]
    if year is not None:
        whole = find_days(line, in_names=in_names)
        rest = _masked(line, ((found_day.start, found_day.end) for found_day in whole))
        short = [FoundDay(*match.span(), date_or_none(year, _short(match)[1], _short(match)[0]))
                 for match in _SHORT_DAY.finditer(rest)]  # fmt: skip
        return sorted([*whole, *short], key=lambda found: found.start)
    return [day for found in (_DAY_OR_NAME if in_names else _DAY).finditer(line) for day in _days_of(found, line)]


def _days_of(found: re.Match[str], line: str) -> Iterator[FoundDay]:
    """The day that is written, behind the one before it that has its year from it: "12./13. März 2026"."""
    year, month, number = _parts(found)
    first = _FIRST_OF_SPAN.search(line, max(0, found.start() - 25), found.start())
    if first and (first["m"] or int(first["d"]) < number):
        earlier = int(first["m"] or month)
        day = date_or_none(year - (earlier > month), earlier, int(first["d"]))
        yield FoundDay(first.start(), first.end("d") + 1, day, bool(found["yy"] or found["wyy"]))
    yield FoundDay(found.start(), found.end(), date_or_none(year, month, number), bool(found["yy"] or found["wyy"]))


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day, by which of the forms it is."""
    named = {name: value for name, value in found.groupdict().items() if value is not None}
    for day, month, year in (("d", "m", "y"), ("wd", "wm", "wy"), ("id", "im", "iy"), ("ed", "em", "ey"),
                             ("fd", "fm", "fy"), ("gd", "gm", "gy")):  # fmt: skip
        if day in named:
            written = named[month]
            number = int(written) if written.isdecimal() else _NUMBERS[written.lower()]
            return _whole_year(named.get(year) or named[f"{year[:-1]}yy"]), number, int(named[day])
    raise AssertionError("a form without its parts")


def _whole_year(written: str) -> int:
    year = int(written)
    return year if len(written) > 2 else year + (1900 if year >= OLDEST_SHORT_YEAR else 2000)


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none such."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def days_in(text: str | None, *, short_years: bool = True) -> list[dt.date]:
    """Every day in a text, each once; those with a year of two digits only where no other is stated, and without
    `short_years` never. None at all where one of them does not exist: what is meant is not known."""
    found = find_days(text)
    whole = [found_day.day for found_day in found if not found_day.is_short]
    days = whole or [found_day.day for found_day in found if short_years]
    return [] if None in days else list(dict.fromkeys(day for day in days if day is not None))


def day_in(text: str | None) -> dt.date | None:
    """The one day in a text: "Di., 01.09.2026", "3. März 2026"; None where there is none, or more than one."""
    days = days_in(text)
    return days[0] if len(days) == 1 else None


def reported_day(written: str | None, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The one day in a text, which may be None; a text that says none, or several, is reported."""
    day = day_in(written)
    if written and day is None and any(sign.isalnum() for sign in written):
        diagnostics.add(where, f"no day understood in {shape(written)}")
    return day


def leading_day(text: str | None) -> dt.date | None:
    """The day that a text begins with: "Di, 01.09.2026 - Mi, 02.09.2026"; None where it begins with none."""
    found = find_days(text)
    return found[0].day if found and _BEFORE_DAY.fullmatch(visible(text), 0, found[0].start) else None


def first_day_at(text: str) -> tuple[int, int, int] | None:
    """Where a text (as `composed` gives it) ends before its first day, and where that begins and ends; None where it
    says none. "Rat - am Mo, den 3.9.2026, 18 Uhr": behind "Rat", and before and behind "3.9.2026"."""
    found = find_days(text)
    if not found:
        return None
    start, end = found[0].start, found[0].end
    lead = _LEADS_TO_DAY.search(visible(text), max(0, start - 40), start)
    return (lead.start() if lead else start), start, end


def before_day(text: str) -> str:
    """A text up to its first day: "Rat am 3.9.2026, 18 Uhr" → "Rat"."""
    place = first_day_at(composed(text))
    return composed(text)[: place[0]] if place else text


def short_days_in(text: str | None) -> list[tuple[int, int]]:
    """Every (day, month) in a text whose year is not stated, each once: "02.09.", "2. September"."""
    line = _masked(visible(text)[:LONGEST_TEXT], ((found_day.start, found_day.end) for found_day in find_days(text)))
    return list(dict.fromkeys(_short(match) for match in _SHORT_DAY.finditer(line)))


def _short(found: re.Match[str]) -> tuple[int, int]:
    return int(found["d"]), int(found["m"]) if found["m"] else _NUMBERS[found["name"].lower()]


def without_days(text: str | None) -> str:
    """The text, as `visible` gives it, with ";" in the place of its days, with or without their year."""
    line = visible(text)[:LONGEST_TEXT]
    line = _masked(line, ((found_day.start, found_day.end) for found_day in find_days(line)))
    return _masked(line, (match.span() for match in _SHORT_DAY.finditer(line)))


def _masked(line: str, spans: Iterable[tuple[int, int]]) -> str:
    parts, behind = [], 0
    for start, end in spans:
        parts += [line[behind:start], ";" * (end - start)]
        behind = end
    return "".join([*parts, line[behind:]])


def month_number(name: str | None) -> int | None:
    """ "Oktober", "Mrz.", "Sept" → 10, 3, 9; None for any other word."""
    return _NUMBERS.get(visible(name).strip(" .").lower())


def month_in(text: str | None) -> tuple[int, int] | None:
    """Year and month of a heading: "Kalender 2026 Juli", "Termine: September 2026"; None for none, or more than one."""
    found = {
        (int(match["y"] or match["yb"]), _NUMBERS[(match["m"] or match["mb"]).lower()])
        for match in _MONTH_AND_YEAR.finditer(visible(text)[:LONGEST_TEXT])
    }
    return found.pop() if len(found) == 1 else None


def weekday_of(text: str | None) -> int | None:
    """The weekday that a text begins with, Monday is 0: "Di 4.3.", "Thu 01"."""
    found = _LEADING_WEEKDAY.match(visible(text))
    return _WEEKDAY_NUMBERS[found[1].lower()] if found else None


def is_weekday(text: str | None) -> bool:
    """Whether nothing is stated but a weekday."""
    return bool(_LEADING_WEEKDAY.fullmatch(visible(text).rstrip(" -()")))


def day_number(text: str | None) -> int | None:
    """The number of a day within its month, alone or beside its weekday: "3", "Di 3.", "3 Di"."""
    found = _DAY_NUMBER.fullmatch(visible(text))
    return int(found[1]) if found else None

"""Days, times and texts as SessionNet shows them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from bs4 import NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from crawlers.parsing.dates import BERLIN
from crawlers.parsing.html import tidy

LONGEST_LINE: Final = 2000
"""Letters of a title or name that patterns look at: no honest one is longer, and a hostile one costs no time."""

LONGEST_TITLE: Final = 600

_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_DAY_OF_TWO_DIGITS = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(\d{2})(?![\d:]|\.\d|\s?Uhr)")
_SHORT_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?!\s?\d{4}|\d)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WRITTEN_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:\.\s?|\s)([A-ZÄa-zä]{3,9})\.?\s(\d{4})(?!\d)")
_SHORT_WRITTEN_DAY = re.compile(r"(?<![\d.])(\d{1,2})(?:\.\s?|\s)([A-ZÄa-zä]{3,9})(?![A-Za-zä])")
_OF_LAST_CENTURY: Final = 70
"""Years of two digits from here on are of the last century."""
_LAST_HOUR: Final = 24
_HALF_DAY: Final = 12
_TIME = (
    r"\d{1,2}(?:(?::\d{2}(?::\d{2})?|\.\d{2})?\s?(?:uhr\b|h\b|[ap]\.?m\b\.?)|:\d{2}(?::\d{2})?|\.\d{2})"
    r"(?:\s[cs]\.\s?t\.)?"
)
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?:(?::(?P<minute>\d{2})(?::\d{2})?|\.(?P<dotted>\d{2})(?!\.))(?![\d:]|\.\d)|(?![\d.:]))"
    r"\s?(?P<unit>uhr\b|h\b|[ap]\.?m\b)?(?P<until>\s?(?:-|–|bis\b)\s?)?",
    re.IGNORECASE,
)
_ROOM = re.compile(r"(?:raum|saal|zimmer|haus|nr\.?)\W{0,2}$", re.IGNORECASE)
_ONLY_TIME = re.compile(
    rf"(?:(?:beginn|zeit|uhrzeit|ab|um|von|ca\.?|gegen)[\s:]*)*"
    rf"(?:\d{{1,2}}\s?(?:-|–|bis)\s?{_TIME}|{_TIME}(?:\s?(?:-|–|bis|ende)[\s:]*{_TIME})?)(?:\s?-)?",
    re.IGNORECASE,
)
_MONTHS: Final = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_MONTH = r"(Jan|Feb|Mär|Mrz|Mae|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\.?"
_MONTH_YEAR = re.compile(rf"(?<![A-Za-zÄä]){_MONTH}\s(\d{{4}})(?!\d)|(?<!\d)(\d{{4}})\s{_MONTH}")


def shown(node: Tag | None, *without: str) -> str | None:
    """The text of an element in one line, without the elements that the selectors name, and without scripts."""
    if node is None:
        return None
    left_out: set[int] = {id(one) for selector in without for one in node.select(selector)}
    parts: list[str] = []
    _collect(node, left_out, parts)
    return tidy("".join(parts))


def _collect(node: Tag, left_out: set[int], parts: list[str]) -> None:
    stack: list[PageElement | str] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Tag):
            if id(one) in left_out or one.name in {"script", "style", "template"}:
                continue
            apart = " " if one.name not in _INLINE else ""
            stack.extend([apart, *reversed(list(one.children)), apart] if apart else reversed(list(one.children)))
        elif isinstance(one, str) and not isinstance(one, PreformattedString):
            parts.append(str(one) if isinstance(one, NavigableString) else one)


_INLINE: Final = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "abbr", "mark"})


def title_of(node: Tag | None) -> str | None:
    """The text of a heading or window title; None for one that is too long to be one: a lost tag let the page in."""
    said = shown(node)
    return said if said and len(said) <= LONGEST_TITLE else None


def is_within(node: Tag, holders: Iterable[Tag]) -> bool:
    """Whether a node is one of these elements or lies in one. By identity: equal markup is often there twice."""
    held = {id(one) for one in holders}
    return id(node) in held or any(id(one) in held for one in node.parents)


def outermost(nodes: list[Tag]) -> list[Tag]:
    """The elements that lie in none of the others."""
    held = {id(one) for one in nodes}
    return [one for one in nodes if not any(id(parent) in held for parent in one.parents)]


def month_number(name: str) -> int | None:
    """ "Oktober", "Mrz" → 10, 3; None for what is no month."""
    short = name.lower()[:3].replace("mrz", "mär").replace("mae", "mär")
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def month_in(text: str | None) -> tuple[int, int] | None:
    """Year and month in a heading: "Kalender 2026 Juli", "Termine: September 2026"."""
    for before, year, other_year, behind in _MONTH_YEAR.findall(text or ""):
        if month := month_number(before or behind):
            return int(year or other_year), month
    return None


def days_in(text: str | None) -> list[dt.date]:
    """Every whole day in a text, each once. Raises ValueError for a day that does not exist."""
    found = [dt.date(int(year), int(month), int(day)) for day, month, year in _DAY.findall(text or "")]
    found += [dt.date(int(year), int(month), int(day)) for year, month, day in _ISO_DAY.findall(text or "")]
    for day, name, year in _WRITTEN_DAY.findall(text or ""):
        if month := month_number(name):
            found.append(dt.date(int(year), month, int(day)))
    return list(dict.fromkeys(found))


def days_of(text: str | None) -> list[dt.date]:
    """Every day in a text that says a day: years of two digits count, too. Raises ValueError as `days_in` does."""
    if found := days_in(text):
        return found
    short = _DAY_OF_TWO_DIGITS.findall(text or "")
    return list(dict.fromkeys(dt.date(_whole_year(int(year)), int(month), int(day)) for day, month, year in short))


def _whole_year(year: int) -> int:
    return year + (1900 if year >= _OF_LAST_CENTURY else 2000)


def day_in(text: str | None) -> dt.date | None:
    """The one day in a text; None where there is none or more than one. Raises ValueError for one there is not."""
    found = days_of(text)
    return found[0] if len(found) == 1 else None


def short_day_in(text: str | None) -> tuple[int, int] | None:
    """Day and month of "02.09.", "2. September" where no year is said."""
    if found := _SHORT_DAY.search(text or ""):
        return int(found[1]), int(found[2])
    for day, name in _SHORT_WRITTEN_DAY.findall(text or ""):
        if month := month_number(name):
            return int(day), month
    return None


def clocks_in(text: str | None) -> tuple[dt.time | None, dt.time | None]:
    """Begin and end: "17:30-21:36 Uhr", "17.30 Uhr bis 19.00 Uhr", "17 Uhr", "18.00 h", "6:00 PM". Raises ValueError
    for a time there is not.

    "00:00" alone is how the system shows that no time is set.
    """
    bare = _DAY_OF_TWO_DIGITS.sub(" ", _DAY.sub(" ", text or ""))
    times: list[dt.time] = []
    before: re.Match[str] | None = None
    for found in _CLOCK.finditer(bare):
        if not found["unit"] and not found["minute"] and _ROOM.search(bare[: found.start()][-12:]):
            continue
        if found["minute"] or found["dotted"] or found["unit"]:
            if before is not None and before.end() == found.start() and found["unit"]:
                times.append(_time(before))
            times.append(_time(found))
            before = None
        else:  # the first of "18-20 Uhr"
            before = found if found["until"] else None
    if not times or times == [dt.time()]:
        return None, None
    return times[0], times[1] if len(times) > 1 else None


def _time(found: re.Match[str]) -> dt.time:
    hour, unit = int(found["hour"]), (found["unit"] or "").lower()[:1]
    if unit in {"a", "p"} and hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if unit == "p" else 0)
    return dt.time(0 if hour == _LAST_HOUR else hour, int(found["minute"] or found["dotted"] or 0))


def is_time(text: str) -> bool:
    """Whether a text says a time and nothing else."""
    return bool(_ONLY_TIME.fullmatch(text.strip()))


def form_of(said: str | None) -> str:
    """How a text is written, without its words, for a note: "Mo., 03.02.25" → "xx., 99.99.99"."""
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", said[:40])) if said else "nothing"


def moments(
    day: dt.date | None, begin: dt.time | None, end: dt.time | None
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end in Berlin; midnight where no time is said; an end before the begin is on the next day."""
    if day is None:
        return None, None
    start = dt.datetime.combine(day, begin or dt.time(), BERLIN)
    if begin is None or end is None or end == begin:
        return start, None
    return start, dt.datetime.combine(day + dt.timedelta(days=1) if end < begin else day, end, BERLIN)

"""Days, times and texts as SessionNet shows them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from bs4 import NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from crawlers.german import BERLIN
from crawlers.markup import tidy

LONGEST_LINE: Final = 2000
"""Letters of a title or name that patterns look at: no honest one is longer, and a hostile one costs no time."""

LONGEST_TITLE: Final = 600

_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SHORT_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?!\s?\d)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WRITTEN_DAY = re.compile(r"(?<!\d)(\d{1,2})\.?\s([A-ZÄa-zä]{3,9})\.?\s(\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})[:.](\d{2})(?::\d{2})?(?![\d.:])")
_HOUR = re.compile(r"(?<![\d.:])(\d{1,2})\s?Uhr", re.IGNORECASE)
_ONLY_TIME = re.compile(
    r"(?:(?:beginn|zeit|uhrzeit|ab|um|von|ca\.?|gegen)[\s:]*)*\d{1,2}(?:[:.]\d{2}(?::\d{2})?)?(?:\s?uhr)?"
    r"(?:\s?(?:-|–|bis|ende)[\s:]*\d{1,2}(?:[:.]\d{2}(?::\d{2})?)?(?:\s?uhr)?)?(?:\s?-)?",
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


def day_in(text: str | None) -> dt.date | None:
    """The one day in a text; None where there is none or more than one. Raises ValueError for one there is not."""
    found = days_in(text)
    return found[0] if len(found) == 1 else None


def short_day_in(text: str | None) -> tuple[int, int] | None:
    """Day and month of "02.09." where no year is said."""
    found = _SHORT_DAY.search(text or "")
    return (int(found[1]), int(found[2])) if found else None


def clocks_in(text: str | None) -> tuple[dt.time | None, dt.time | None]:
    """Begin and end: "17:30-21:36 Uhr", "17.30 Uhr bis 19.00 Uhr", "17 Uhr". Raises ValueError for a time there is not.

    "00:00" alone is how the system shows that no time is set.
    """
    bare = _DAY.sub(" ", text or "")
    times = [
        dt.time(int(hour) % 24 if hour == "24" else int(hour), int(minute)) for hour, minute in _CLOCK.findall(bare)
    ]
    if not times:
        times = [dt.time(int(hour)) for hour in _HOUR.findall(bare)]
    if not times or times == [dt.time()]:
        return None, None
    return times[0], times[1] if len(times) > 1 else None


def is_time(text: str) -> bool:
    """Whether a text says a time and nothing else."""
    return bool(_ONLY_TIME.fullmatch(text.strip())) and any(mark in text.lower() for mark in (":", "uhr", "."))


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

"""Days of a calendar: which month it shows, and the day that a row says, whole or as a number in that month."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.table import Row
from crawlers.allris3.urls import Link, links_in, parameters_of
from crawlers.parsing.clocks import is_day, is_short_day, is_time
from crawlers.parsing.dates import (
    WEEKDAY,
    day_in,
    day_number,
    find_days,
    is_weekday,
    leading_day,
    month_in,
    month_number,
    short_days_in,
    weekday_of,
)
from crawlers.parsing.html import attribute, classes_of, shown_text, text

_YEAR = re.compile(r"\D{0,25}(\d{4})")
_RANGE = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{4})\s*-\s*(\d{1,2}\.\d{1,2}\.\d{4})")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and, where it is said, the last day that a calendar shows."""

    first: dt.date
    last: dt.date | None = None

    @property
    def is_one_month(self) -> bool:
        """Whether all of it lies in one month."""
        last = self.last or self.first
        return (last.year, last.month) == (self.first.year, self.first.month)

    def years_of(self, month: int) -> list[int]:
        """The years in which it holds this month."""
        last = self.last or self.first
        begin, end = (self.first.year, self.first.month), (last.year, last.month)
        return [year for year in range(begin[0], end[0] + 1) if begin <= (year, month) <= end]


def shown_span(root: Tag, diagnostics: Diagnostics) -> Span | None:
    """The calendar's days: from its own field or export, its heading, the address asked for, else between the months
    that its arrows lead to."""
    return (
        _of_fields(root, diagnostics)
        or _of_headings(root)
        or _of_address(diagnostics)
        or _between_neighbours(root, diagnostics)
    )


def shown_year(root: Tag, diagnostics: Diagnostics) -> int | None:
    """The year of a calendar that says no month: in its address or its heading."""
    asked = parameters_of(diagnostics.url).get("YY", "")
    said = {
        found[1] for one in root.select("h1, h2, h3, caption, .title") if (found := _YEAR.fullmatch(text(one) or ""))
    }
    shown = asked if asked.isdecimal() else said.pop() if len(said) == 1 else ""
    return int(shown) if shown and 1990 <= int(shown) <= 2100 else None


def month_heading(node: Tag) -> tuple[int, int] | None:
    """The month that a heading within a calendar of several months names."""
    said = text(node)
    return month_in(said) if said and len(said) < 30 else None


def _of_fields(root: Tag, diagnostics: Diagnostics) -> Span | None:
    first = attribute(root.select_one("input[name=kaldatvon]"), "value")
    last = attribute(root.select_one("input[name=kaldatbis]"), "value")
    both = _RANGE.search(attribute(root.select_one("input[name=kaldatvonbis]"), "value") or "")
    given = parameters_of(diagnostics.url)
    for begin, end in ((first, last), both.groups() if both else (None, None),
                       (given.get("KALDATVON"), given.get("KALDATBIS"))):  # fmt: skip
        if day := day_in(begin):
            return Span(day, day_in(end))
    return None


def _of_headings(root: Tag) -> Span | None:
    found = {month for one in root.select("h1, h2, h3, caption, .title") if (month := month_heading(one))}
    return _month(*found.pop()) if len(found) == 1 else None


def _of_address(diagnostics: Diagnostics) -> Span | None:
    given = parameters_of(diagnostics.url)
    month, year = given.get("MM", ""), given.get("YY", "")
    if month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and 1990 <= int(year) <= 2100:
        return _month(int(year), int(month))
    return None


def _between_neighbours(root: Tag, diagnostics: Diagnostics) -> Span | None:
    """The month between the two that the arrows lead to, where there are just these two."""
    months = set()
    for link in links_in(root, diagnostics):
        month, year = link.parameters.get("MM", ""), link.parameters.get("YY", "")
        if link.page == "si010" and "DD" not in link.parameters and month.isdecimal() and year.isdecimal():
            months.add(int(year) * 12 + int(month) - 1)
    if len(months) == 2 and max(months) - min(months) == 2:
        middle = min(months) + 1
        return _month(middle // 12, middle % 12 + 1)
    return None


def _month(year: int, month: int) -> Span:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return Span(dt.date(year, month, 1), following - dt.timedelta(days=1))


WEEKDAYS: Final = ("mo", "di", "mi", "do", "fr", "sa", "so")
_BEGINS_A_DAY = re.compile(rf"(?:{WEEKDAY}\.?,?|am\b|vom\b|den\b|ab\b|\W)*(?:\d|$)", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class RowDay:
    """What a row says of its day: a whole one, or a number with or without its month; nothing of all that where it says
    something that is not understood."""

    day: dt.date | None = None
    number: int | None = None
    month: int | None = None
    weekday: int | None = None

    @property
    def is_understood(self) -> bool:
        """Whether a day is said."""
        return self.day is not None or self.number is not None


def shown_day(row: Row, links: list[Link]) -> RowDay | None:
    """The row's own day: "Di" "1"; "Mo 07.09."; "Di 04.02.25"; None where its cells for it are empty, as in a day's
    second meeting."""
    dom = row.node.select_one(".dom")
    if dom is not None:
        said = shown_text(dom)
        return _read(f"{(shown_text(row.node.select_one('.dow')) or '')[:2]} {said}") if said else None
    named = {id(link.node) for link in links if link.page == "to010" and not link.is_form and _is_name(link)}
    texts = _own_cells(row, named)
    if not texts:
        return next((RowDay(day=day) for one in _before_name(row, named) if (day := _whole(one))), None)
    for length in range(len(texts), 0, -1):
        found = _read(" ".join(texts[:length]))
        if found.is_understood:
            return found
    return _read(" ".join(texts))


def says_day(said: str) -> bool:
    """Whether a cell says a day, a part of one ("Mo", "7") or a weekday."""
    return _read(said).is_understood or is_weekday(said)


def _own_cells(row: Row, named: set[int]) -> list[str]:
    """The texts of the cells that are for the day: the column called so, else the first ones up to a time or name."""
    column = row.named.get("date") if len(row.cells) > 1 else None
    others = {id(cell) for meaning, cell in row.named.items() if meaning != "date"}
    begin = next((place for place, cell in enumerate(row.cells) if cell is column), 0)
    found = []
    for cell in row.cells[begin : begin + 3]:
        said = shown_text(cell)
        if cell is column:
            is_another = bool(_CLOCK.fullmatch(said or ""))
        else:
            is_another = id(cell) in others or _holds_name(cell, named) or (said is not None and _is_no_day(said))
        if is_another:
            break
        if said:
            found.append(said)
    return found


def _is_no_day(said: str) -> bool:
    return is_time(said) or not _may_be_day(said)


def _before_name(row: Row, named: set[int]) -> list[str]:
    found = []
    for cell in row.cells:
        said = shown_text(cell)
        if _holds_name(cell, named) or is_time(said):
            break
        found.append(said or "")
    return found


def _holds_name(cell: Tag, named: set[int]) -> bool:
    return "textcol" in classes_of(cell) or any(id(one) in named for one in cell.find_all("a"))


def _is_name(link: Link) -> bool:
    said = shown_text(link.node)
    return said is not None and not _may_be_day(said)


def _may_be_day(said: str) -> bool:
    """Whether a text may be meant as a day: it begins with a weekday or number and holds no other words."""
    words = [one.lower() for one in _WORD.findall(said)]
    known = all(is_weekday(one) or month_number(one) or one in {"bis", "und", "uhr"} for one in words)
    return len(said) < 40 and known and bool(_BEGINS_A_DAY.match(said))


def _whole(said: str) -> dt.date | None:
    return leading_day(said) if is_day(said) else None


def _read(said: str) -> RowDay:
    """What one text says of a day."""
    weekday = weekday_of(said)
    if find_days(said):
        day = leading_day(said)
        return RowDay(day=day, weekday=weekday if day else None)
    if is_weekday(said):
        return RowDay(weekday=weekday)
    if is_short_day(said):
        ((number, month),) = short_days_in(said)
        return RowDay(number=number, month=month, weekday=weekday)
    return RowDay(number=day_number(said), weekday=weekday if day_number(said) else None)

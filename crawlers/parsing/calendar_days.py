"""Days of calendars: the time that one shows, and the day that a row says, whole or as a number in its month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.parsing.clocks import is_day, is_short_day, is_time
from crawlers.parsing.columns import Column
from crawlers.parsing.dates import (
    WEEKDAY,
    day_number,
    find_days,
    is_weekday,
    leading_day,
    month_in,
    month_number,
    short_days_in,
    weekday_of,
)
from crawlers.parsing.html import shown_text, text
from crawlers.parsing.tables import Row


@dataclass(frozen=True, slots=True)
class Span:
    """The first and, where it is known, the last day that a calendar shows."""

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


def span_of_month(year: int, month: int) -> Span:
    """All days of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return Span(dt.date(year, month, 1), following - dt.timedelta(days=1))


def month_of_first_day(shown: Span | None, asked: Span | None) -> tuple[int, int] | None:
    """Year and month of the first bare number of a calendar: what the page shows goes before what its address asked
    for, since a server may answer with another month. An address that asks for more than one month tells none."""
    told = shown or (asked if asked and asked.last and asked.is_one_month else None)
    return (told.first.year, told.first.month) if told else None


def month_heading(node: Tag) -> tuple[int, int] | None:
    """The month that a heading within a calendar of several months names."""
    written = text(node)
    return month_in(written) if written and len(written) < 30 else None


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
        """Whether a day is known."""
        return self.day is not None or self.number is not None


def shown_day(row: Row, links: Collection[Tag]) -> RowDay | None:
    """The row's own day: "Di" "1"; "Mo 07.09."; "Di 04.02.25"; None where its cells for it are empty, as in a day's
    second meeting. `links` lead to the meeting: they may bear its name."""
    named = {id(link) for link in links if (written := shown_text(link)) and not _may_be_day(written)}
    texts = _own_cells(row, named)
    if not texts:
        return next((RowDay(day=day) for written in _before_name(row, named) if (day := _whole(written))), None)
    for length in range(len(texts), 0, -1):
        found = read_day(" ".join(texts[:length]))
        if found.is_understood:
            return found
    return read_day(" ".join(texts))


def says_day(written: str) -> bool:
    """Whether a cell says a day, a part of one ("Mo", "7") or a weekday."""
    return read_day(written).is_understood or is_weekday(written)


def _own_cells(row: Row, named: set[int]) -> list[str]:
    """The texts of the cells that are for the day: the column called so, else the first ones up to a time or name."""
    column = row.fields.get(Column.DATE) if len(row.cells) > 1 else None
    others = {id(cell) for field, cell in row.fields.items() if field is not Column.DATE}
    begin = next((place for place, cell in enumerate(row.cells) if cell is column), 0)
    found = []
    for cell in row.cells[begin : begin + 3]:
        written = shown_text(cell)
        if cell is column:
            is_another = bool(_CLOCK.fullmatch(written or ""))
        else:
            is_another = id(cell) in others or _holds_name(cell, named) or (written is not None and _is_no_day(written))
        if is_another:
            break
        if written:
            found.append(written)
    return found


def _is_no_day(written: str) -> bool:
    return is_time(written) or not _may_be_day(written)


def _before_name(row: Row, named: set[int]) -> list[str]:
    found = []
    for cell in row.cells:
        written = shown_text(cell)
        if _holds_name(cell, named) or is_time(written):
            break
        found.append(written or "")
    return found


def _holds_name(cell: Tag, named: set[int]) -> bool:
    return any(id(link) in named for link in cell.find_all("a"))


def _may_be_day(written: str) -> bool:
    """Whether a text may be meant as a day: it begins with a weekday or number and holds no other words."""
    words = [word.lower() for word in _WORD.findall(written)]
    known = all(is_weekday(word) or month_number(word) or word in {"bis", "und", "uhr"} for word in words)
    return len(written) < 40 and known and bool(_BEGINS_A_DAY.match(written))


def _whole(written: str) -> dt.date | None:
    return leading_day(written) if is_day(written) else None


def read_day(written: str) -> RowDay:
    """What one text says of a day."""
    weekday = weekday_of(written)
    if find_days(written):
        day = leading_day(written)
        return RowDay(day=day, weekday=weekday if day else None)
    if is_weekday(written):
        return RowDay(weekday=weekday)
    if is_short_day(written):
        ((number, month),) = short_days_in(written)
        return RowDay(number=number, month=month, weekday=weekday)
    return RowDay(number=day_number(written), weekday=weekday if day_number(written) else None)

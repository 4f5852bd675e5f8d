"""The day that a calendar's row says of itself, in its first cells: whole, or as a number in the calendar's month."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.allris3.links import Link
from crawlers.allris3.table import Row
from crawlers.parsing.clocks import is_day, is_short_day, is_time
from crawlers.parsing.dates import (
    WEEKDAY,
    day_number,
    find_days,
    is_weekday,
    leading_day,
    month_number,
    short_days_in,
    weekday_of,
)
from crawlers.parsing.html import classes_of, shown_text

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

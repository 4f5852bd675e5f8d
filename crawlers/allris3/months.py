"""Which days a calendar shows: its rows carry bare day numbers, the month stands elsewhere on the page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bs4 import Tag

from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.links import links_in, parameters_of
from crawlers.parsing.dates import day_in, month_in
from crawlers.parsing.html import attribute, text

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

"""The day of a calendar's row: of its own cells, with the month that the page shows.

The day of the row before is that of a row that says none. One that says a day that is not understood has none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from crawlers.parsing.clocks import is_time
from crawlers.parsing.dates import date_or_none, day_number, days_in, is_weekday, month_in, short_days_in, weekday_of
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.html import attribute, classes_of
from crawlers.sessionnet.labels import shown
from crawlers.sessionnet.urls import parameter, target

_DAY_CELLS: Final = (
    "td.sidat, td.sidat_tag, td.smc_field_sidat, td.smc_fct_day, td.smc_fct_day_991, td.smc_field_sidat_tag, "
    "td[data-label=Datum], td.smc_day"
)
_NO_DAY_CELLS: Final = frozenset(
    {"silink", "tename", "yytime", "sizeit", "siort", "siraum", "sidocs", "xxdocs", "smcnoprint", "smcdocbox"}
)
_YEAR: Final = re.compile(r"(?<![\d./-])((?:19|20)\d\d)(?![\d./-])")
_HALF_A_YEAR: Final = 5


@dataclass(slots=True)
class Month:
    """The month whose days are shown, and the day of the row before."""

    year: int | None
    month: int | None
    day: dt.date | None = None


def month_shown(page: BeautifulSoup, tables: list[Tag], diagnostics: Diagnostics) -> Month:
    """What the page says it shows; only then what was asked for."""
    titles = [*(shown(node) for node in page.select("h1, caption")), shown(page.title)]
    selected = page.select("a.smcfiltermenumonth.smcfiltermenuselected, a.smcfiltermenuselected")
    for words in titles:
        if found := month_in(words):
            return Month(*found)
    for table in tables:
        if found := month_in(attribute(table, "summary")):
            return Month(*found)
    for link in selected:
        address = target(link, diagnostics.url)
        if address and (found := _asked_month(address)):
            return Month(*found)
    asked = _asked_month(diagnostics.url)
    return Month(*asked) if asked else Month(_year_shown(titles, diagnostics.url), None)


def _year_shown(titles: list[str | None], url: str) -> int | None:
    """The year of a list of several months: "Termine 2026", else the one that was asked for from its begin."""
    years = {year for words in titles for year in _YEAR.findall(words or "")}
    asked = parameter(url, "cjahr") or ""
    if not years and re.fullmatch(r"\d{4}", asked) and (parameter(url, "cmonat") or "1").lstrip("0") == "1":
        years = {asked}
    return int(years.pop()) if len(years) == 1 else None


def _asked_month(url: str) -> tuple[int, int] | None:
    year, month = parameter(url, "cjahr") or "", parameter(url, "cmonat") or ""
    several = (parameter(url, "canz") or "1") not in {"1", "0"}
    if several or not (re.fullmatch(r"\d{4}", year) and re.fullmatch(r"0?[1-9]|1[0-2]", month)):
        return None
    return int(year), int(month)


def row_day(row: Tag, month: Month, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day of the row's own cells; where they say none, that of the row before."""
    named = row.select(_DAY_CELLS)
    cells = named or row.find_all("td", limit=1)
    unread = None
    for cell in cells:
        words = shown(cell)
        if words is None:
            continue
        day = _day(words, month)
        if day is not None:
            month.day = day
            return day
        if unread is None and (_says_another(words, month.day) if named else _may_be_day(cell, words)):
            unread = words
    if unread is not None:
        diagnostics.add(where, f"a day that does not exist or is not understood: {shape(unread)}")
        month.day = None
    return month.day


def _day(words: str, month: Month) -> dt.date | None:
    if whole := days_in(words):
        return whole[0]
    if is_time(words):
        return None
    if short := short_days_in(words):
        return _in_year(*short[0], month)
    number = day_number(words)
    return date_or_none(month.year, month.month, number) if number and month.year and month.month else None


def _in_year(day: int, number: int, month: Month) -> dt.date | None:
    """The day in the year that is shown; none where the month that is shown is so far away that it may be another."""
    if month.year is None or (month.month and abs(month.month - number) > _HALF_A_YEAR):
        return None
    return date_or_none(month.year, number, day)


def _says_another(words: str, before: dt.date | None) -> bool:
    """Whether a day's cell says anything else than the weekday of the row before."""
    if is_weekday(words):
        return before is not None and before.weekday() != weekday_of(words)
    return any(sign.isalnum() for sign in words)


def _may_be_day(cell: Tag, words: str) -> bool:
    """Whether a row's first cell, which nothing names, may be that of its day: it says a number, and neither a time
    nor what is linked."""
    names = {name.removeprefix("smc_field_") for name in classes_of(cell)}
    is_other = bool(names & _NO_DAY_CELLS) or is_time(words) or cell.select_one("a[href]") is not None
    return not is_other and any(sign.isdigit() for sign in words)

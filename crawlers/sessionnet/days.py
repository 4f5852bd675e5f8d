"""The day of a calendar's row: of its own cells, with the month that the page shows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from crawlers.markup import attribute
from crawlers.sessionnet.addresses import parameter, target
from crawlers.sessionnet.notes import Notes
from crawlers.sessionnet.values import days_in, month_in, short_day_in, shown

_DAY_CELLS: Final = (
    "td.sidat, td.sidat_tag, td.smc_field_sidat, td.smc_fct_day, td.smc_fct_day_991, td.smc_field_sidat_tag, "
    "td[data-label=Datum], td.smc_day"
)
_ONLY_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})\.?(?!\d)")


@dataclass(slots=True)
class Month:
    """The month whose days are shown, and the day of the row before."""

    year: int | None
    month: int | None
    day: dt.date | None = None


def month_shown(page: BeautifulSoup, tables: list[Tag], notes: Notes) -> Month:
    """What the page says it shows; only then what was asked for."""
    selected = page.select("a.smcfiltermenumonth.smcfiltermenuselected, a.smcfiltermenuselected")
    for said in (*(shown(one) for one in page.select("h1, caption")), shown(page.title)):
        if found := month_in(said):
            return Month(*found)
    for table in tables:
        if found := month_in(attribute(table, "summary")):
            return Month(*found)
    for link in selected:
        address = target(link, notes.url)
        if address and (found := _asked_month(address)):
            return Month(*found)
    asked = _asked_month(notes.url)
    return Month(*asked) if asked else Month(None, None)


def _asked_month(url: str) -> tuple[int, int] | None:
    year, month = parameter(url, "cjahr") or "", parameter(url, "cmonat") or ""
    several = (parameter(url, "canz") or "1") not in {"1", "0"}
    if several or not (re.fullmatch(r"\d{4}", year) and re.fullmatch(r"0?[1-9]|1[0-2]", month)):
        return None
    return int(year), int(month)


def row_day(row: Tag, month: Month, where: str, notes: Notes) -> dt.date | None:
    """The day of the row's own cells; where they are empty, that of the row before."""
    cells = row.select(_DAY_CELLS) or [one for one in row.find_all("td", limit=1) if isinstance(one, Tag)]
    for cell in cells:
        said = shown(cell)
        if said is None:
            continue
        try:
            day = _day(said, month)
        except ValueError as error:
            notes.say(where, f"a day that does not exist: {error}")
            return None
        if day is not None:
            month.day = day
            return day
    return month.day


def _day(said: str, month: Month) -> dt.date | None:
    if whole := days_in(said):
        return whole[0]
    if month.year and (short := short_day_in(said)):
        return dt.date(month.year, short[1], short[0])
    found = _ONLY_DAY.search(said) if len(said) <= 24 else None
    return dt.date(month.year, month.month, int(found[1])) if found and month.year and month.month else None

"""The list of meetings: a box a year, a box a month in it, an entry a meeting. The year stands in the heading alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from bs4 import Tag

from council.model import Meeting, OrganizationRef
from crawlers.ecics.urls import meeting_number
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.clocks import at, moments, times_in
from crawlers.parsing.dates import find_days, month_number
from crawlers.parsing.diagnostics import Diagnostics, WarningKind, shape
from crawlers.parsing.html import address, optional, text
from crawlers.parsing.unnumbered import placeholder_id
from crawlers.parsing.wording import visible

YEARS = "div.ris-year-box"
_AROUND = " \t:,;|-–—."
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def read_years(page: Tag, diagnostics: Diagnostics) -> Iterator[Meeting]:
    """The meetings of all years, in the page's order."""
    for box in page.select(YEARS):
        year = _year_of(box)
        if year is None:
            _report(f"expected a year above a box of months, found {shape(_heading(box))}: left out", diagnostics)
            continue
        for month in box.select("div.month"):
            yield from _read_month(month, year, diagnostics)


def is_empty(page: Tag) -> bool:
    """Whether the list shows the months of its years, each with nothing but its name."""
    months = page.select(f"{YEARS} div.month")
    return bool(months) and all(text(month) == text(optional(month, "h3")) for month in months)


def _heading(box: Tag) -> str | None:
    above = box.find_previous_sibling(True)
    return text(above) if isinstance(above, Tag) and above.name == "h2" else None


def _year_of(box: Tag) -> int | None:
    heading = _heading(box) or ""
    return int(heading) if _YEAR.fullmatch(heading) else None


def _read_month(month: Tag, year: int, diagnostics: Diagnostics) -> Iterator[Meeting]:
    name = text(optional(month, "h3"))
    number = month_number(name)
    entries = month.select("li")
    if number is None and entries:
        _report(f"expected a month above entries, found {shape(name)}: left out", diagnostics)
        return
    for entry in entries:
        meeting = _read_entry(entry, year, diagnostics)
        if meeting is not None and meeting.start is not None and meeting.start.month == number:
            yield meeting
        elif meeting is not None:
            _report(f"expected a day in {number}/{year}, found one of another month: left out", diagnostics)


def _read_entry(entry: Tag, year: int, diagnostics: Diagnostics) -> Meeting | None:
    """A meeting; one without a link has no number yet."""
    when, name = text(optional(entry, "p.date")), text(optional(entry, "p.title"))
    day, hours = _day_and_hours(when, year)
    if day is None or name is None:
        _report(f"expected a day and a name, found {shape(when)} and {shape(name)}: left out", diagnostics)
        return None
    url = address(optional(entry, "a[href]"), diagnostics.url)
    committee = bare_name(name)
    times = times_in(hours)
    start, end = moments(day, times.begin, times.end)
    return Meeting(
        native_id=meeting_number(url or "") or placeholder_id(at(day, None), name),
        source_url=url or diagnostics.url,
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(day, name),
        organization=(OrganizationRef(name=committee),) if committee else (),
    )


def _day_and_hours(when: str | None, year: int) -> tuple[dt.date | None, str]:
    """ "20.01. - 19:00 Uhr:": the one day, and what stands behind it without the marks around it."""
    days = find_days(when, year=year)
    if len(days) != 1:
        return None, ""
    return days[0].day, visible(when)[days[0].end :].strip(_AROUND)


def _report(what: str, diagnostics: Diagnostics) -> None:
    diagnostics.add("list of meetings", what, WarningKind.LIST_INCOMPLETE)

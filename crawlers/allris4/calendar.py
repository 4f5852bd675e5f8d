"""Lists of meetings: the calendar of a month (si010) and the list (si018)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Final

from bs4 import Tag

from council.model import Meeting, OrganizationRef
from crawlers.allris4 import quirks
from crawlers.allris4.urls import committee_number, is_own, linked_number, parameters, report_more_pages, stable
from crawlers.parsing import columns
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.clocks import Place, moments, times_in
from crawlers.parsing.columns import Column, Columns
from crawlers.parsing.dates import date_or_none, day_in, day_number, is_weekday, month_in, short_days_in, weekday_of
from crawlers.parsing.diagnostics import Diagnostics, WarningKind, shape
from crawlers.parsing.heads import location
from crawlers.parsing.html import address, attribute, shown_text, text
from crawlers.parsing.icalendar import read_meetings
from crawlers.parsing.tables import Row, body_rows

_CLASSES: Final = {"date": Column.DATE, "datecol": Column.DATE, "time": Column.TIME, "textcol": Column.NAME,
            "raum": Column.PLACE, "colorcol": Column.STATUS}  # fmt: skip
COLUMNS: Final = Columns(columns.MEETINGS, weak_classes=_CLASSES, reaches_down=False)
CALENDAR: Final = "table.calenderView, table.calendarView"
_LATER: Final = re.compile(r"""["']([^"'?]*\b([a-z]{2}\d{3})\?\d+-\d*\.\d+-(?:&[^"']*)?)["']""")
"""A behaviour of the page itself: no component is named behind its number."""
_LINKED: Final = re.compile(r"SILFDNR=(\d{1,15})", re.IGNORECASE)
_UID: Final = re.compile(r"(?:si[_\-]?)?(\d{3,15})(?:@.*)?", re.IGNORECASE)
_OWN_ID: Final = re.compile(r"si_(\d{1,15})")
_LIKE_DAY: Final = re.compile(r"(?:[A-Za-z]{2,10}\.?,?\s*)?\d{1,2}\.\s?(?:\d|[A-Za-zä]{3})")
_REMARKS: Final = (Column.NAME, Column.STATUS, Column.DATE, Column.ORGANIZATION)
"""Where it may stand that a meeting is cancelled."""
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_calendar(page: Tag, tables: list[Tag], diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings of these tables, each once. A row without a day has that of the row before it."""
    found: dict[str, Meeting] = {}
    month = _month(page, diagnostics)
    for table in tables:
        day: dt.date | None = None
        for place, row in enumerate(body_rows(table, COLUMNS, "calendar", diagnostics)):
            where = f"row {place + 1}"
            shown = _shown_day(row)
            day = _day(row, shown, month, day, where, diagnostics)
            meeting = _meeting(row, shown, day, where, diagnostics)
            if meeting:
                found.setdefault(meeting.native_id, meeting)
    report_more_pages(tables, diagnostics)
    return list(found.values())


def read_export(markup: str, diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings of the subscription (ics/SiKalAbo.ics)."""

    def page_of(number: str) -> str:
        return stable(diagnostics.url, "to010", number)

    return read_meetings(markup, diagnostics, (_LINKED, _UID), page_of, quirks.NO_MEETINGS)


def loaded_later(name: str, markup: str, diagnostics: Diagnostics) -> bool:
    """Whether the list on that page comes by a second request in the same session; its address is to be asked."""
    for found in _LATER.finditer(markup.replace("&amp;", "&")):
        later = Tag(name="a", attrs={"href": found[1]})
        target = address(later, diagnostics.url)
        if found[2] == name and target and is_own(target, diagnostics.url):
            diagnostics.links.add(target)
            what = "it is loaded later: ask the address in the same session, as Wicket-Ajax"
            diagnostics.add("list", what, WarningKind.LIST_LOADED_LATER)
            return True
    return False


def _month(page: Tag, diagnostics: Diagnostics) -> tuple[int, int] | None:
    """Year and month of the days that are shown: what the tooltips say most, else the heading, else the address."""
    days = [day for link in page.select("table [data-simpletooltip-text]") if (day := _tooltip_day(link))]
    if days:
        return Counter((day.year, day.month) for day in days).most_common(1)[0][0]
    for heading in page.select("h1, h2, h3, caption, [class*=calNav], [id*=calNav], .current, title"):
        if month := month_in(text(heading)):
            return month
    asked = parameters(diagnostics.url)
    if asked.get("MM", "").isdecimal() and asked.get("YY", "").isdecimal() and 1 <= int(asked["MM"]) <= 12:
        return int(asked["YY"]), int(asked["MM"])
    return None


def _tooltip_day(link: Tag) -> dt.date | None:
    return day_in(bare_name(attribute(link, "data-simpletooltip-text")))


def _shown_day(row: Row) -> str | None:
    """What the row says of its day: in the column of days, else in its first cell where the columns have no headers or
    it looks like a day."""
    if Column.DATE in row.fields:
        return bare_name(row.text(Column.DATE))
    first = row.node.find(["td", "th"])
    if not isinstance(first, Tag) or any(first is cell for cell in row.fields.values()):
        return None
    written = bare_name(shown_text(first))
    is_day = written is not None and (_LIKE_DAY.match(written) or (not row.has_header and re.search(r"\d", written)))
    return written if is_day or (not row.has_header and is_weekday(written)) else None


def _day(
    row: Row,
    shown: str | None,
    month: tuple[int, int] | None,
    before: dt.date | None,
    where: str,
    diagnostics: Diagnostics,
) -> dt.date | None:
    """The row's day: of its own tooltip or date, else of its number in the month, else that of the row before where it
    says none of its own and the weekday in its class agrees (a row may be missing in between)."""
    day = _own_day(row, shown, month, diagnostics)
    weekday = _weekday(row, shown)
    if day is None and _says_another(row, shown, before):
        return None
    found = day or before
    if found and weekday is not None and found.weekday() != weekday:
        if _number(row, diagnostics):
            diagnostics.add(where, f"{found} is no {_WEEKDAYS[weekday]}: the meeting's day is left unknown")
        return None
    return found


def _says_another(row: Row, shown: str | None, before: dt.date | None) -> bool:
    """Whether the row says a day that is not understood, and so not that of the row before."""
    number = _own_number(row, shown)
    if number is None:
        return shown is not None and not is_weekday(shown)
    return "sameday" not in row.classes or before is None or before.day != number


def _weekday(row: Row, shown: str | None) -> int | None:
    """The weekday that the row's class names, else the first word of its first cell, in German or English."""
    named = next((_WEEKDAYS.index(name) for name in sorted(row.classes) if name in _WEEKDAYS), None)
    return weekday_of(text(row.node.select_one(".dow")) or shown) if named is None else named


def _own_day(row: Row, shown: str | None, month: tuple[int, int] | None, diagnostics: Diagnostics) -> dt.date | None:
    for link in row.node.select("a[data-simpletooltip-text]"):
        is_own_link = _OWN_ID.fullmatch(attribute(link, "id") or "") or linked_number(link, diagnostics.url, "to010")
        if is_own_link and (day := _tooltip_day(link)):
            return day
    written = day_in(shown)
    if written or month is None:
        return written
    number = _own_number(row, shown)
    return date_or_none(*month, number) if number else _near(shown, *month)


def _near(written: str | None, year: int, month: int) -> dt.date | None:
    """The one day that a text says without its year, in the month that is shown or one beside it: "Di 4.2."."""
    days = short_days_in(written)
    if len(days) != 1:
        return None
    ((day, number),) = days
    apart = (number - month + 6) % 12 - 6
    return date_or_none(year + (month - 1 + apart) // 12, number, day) if abs(apart) <= 1 else None


def _own_number(row: Row, written: str | None) -> int | None:
    """The number of the day within the month: "Thu 01", "1.", marked as such or alone in its cell."""
    return day_number(text(row.node.select_one(".dom")) or written)


def _number(row: Row, diagnostics: Diagnostics) -> str | None:
    for own in row.node.select("a[id]"):
        if found := _OWN_ID.fullmatch(attribute(own, "id") or ""):
            return found[1]
    return next(
        (number for link in row.node.select("a[href]") if (number := linked_number(link, diagnostics.url, "to010"))),
        None,
    )


def _meeting(row: Row, shown: str | None, day: dt.date | None, where: str, diagnostics: Diagnostics) -> Meeting | None:
    number = _number(row, diagnostics)
    if number is None:
        _report_if_meeting(row, where, diagnostics)
        return None
    linked = any(linked_number(link, diagnostics.url, "to010") == number for link in row.node.select("a[href]"))
    name = _name(row, number, diagnostics)
    start, end = _when(row, shown, day, where, diagnostics)
    if linked:
        diagnostics.links.add(stable(diagnostics.url, "to010", number))
    cancelled = is_cancelled(start, name, *(row.text(field) for field in _REMARKS))
    return Meeting(
        native_id=number,
        source_url=stable(diagnostics.url, "to010", number) if linked else None,
        name=(bare_name(name) or name) if cancelled else name,
        start=start,
        end=end,
        cancelled=cancelled,
        location=location(row.text(Column.PLACE), None),
        organization=_organization(row, diagnostics),
    )


def _report_if_meeting(row: Row, where: str, diagnostics: Diagnostics) -> None:
    """A row with a day or time and a name but no number is a meeting that cannot be held on to; a holiday is none."""
    dated = row.text(Column.TIME) or (row.text(Column.DATE) or "").count(".") > 1
    if quirks.EMPTY_ROW not in row.classes and dated and row.text(Column.NAME):
        diagnostics.add(where, "a meeting without a number: left out")


def _name(row: Row, number: str, diagnostics: Diagnostics) -> str | None:
    own = next((link for link in row.node.select("a[id]") if attribute(link, "id") == f"si_{number}"), None)
    if own is None:
        links = row.node.select("a[href]")
        named = [link for link in links if linked_number(link, diagnostics.url, "to010") == number and shown_text(link)]
        own = next((link for link in named if (text(link) or "").upper() not in {"TO", "NA", "PDF"}), None)
    cell = row.text(Column.NAME)
    written = shown_text(own)
    return cell if cell and (written is None or _is_mere_date(written)) else written


def _is_mere_date(written: str) -> bool:
    return bool(re.fullmatch(r"(?:\w{2,10}\.?,? )?[\d.:\s\-–]+(?:Uhr)?", written))


def _when(
    row: Row, shown: str | None, day: dt.date | None, where: str, diagnostics: Diagnostics
) -> tuple[dt.datetime | None, dt.datetime | None]:
    clock = row.text(Column.TIME)
    times = times_in(clock) if clock else times_in(shown, Place.DAY)
    if times.is_impossible or (clock and not times.is_understood and re.search(r"\d", clock)):
        diagnostics.add(where, f"no time understood in {shape(clock or shown)}")
    if day is None:
        diagnostics.add(where, "the meeting's day is not known")
    return moments(day, times.begin, times.end)


def _organization(row: Row, diagnostics: Diagnostics) -> tuple[OrganizationRef, ...]:
    cell = row.fields.get(Column.ORGANIZATION)
    for link in (cell if cell is not None else row.node).select("a[href]"):
        target = address(link, diagnostics.url)
        number = committee_number(target) if target and is_own(target, diagnostics.url) else None
        if number and (name := bare_name(text(link))):
            return (OrganizationRef(native_id=number, name=name),)
    name = bare_name(row.text(Column.ORGANIZATION))
    return (OrganizationRef(name=name),) if name else ()

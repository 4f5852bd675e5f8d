"""Calendars and lists of meetings (si010 in its variants, si018): the meetings with what they show of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from bs4 import Tag

from council.model import Location, Meeting, OrganizationRef
from crawlers.allris3 import quirks
from crawlers.allris3.files import read_files
from crawlers.allris3.urls import Diagnostics, Link, committee_of, links_in, parameters_of
from crawlers.parsing import columns
from crawlers.parsing.agendas import as_meeting_file
from crawlers.parsing.calendar_days import (
    WEEKDAYS,
    RowDay,
    Span,
    month_heading,
    month_of_first_day,
    read_day,
    says_day,
    shown_day,
    span_of_month,
)
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.clocks import is_day, is_time, moments, times_in
from crawlers.parsing.columns import Column, Columns
from crawlers.parsing.dates import date_or_none, day_in, month_number
from crawlers.parsing.diagnostics import shape
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, classes_of, shown_text, text
from crawlers.parsing.tables import Row, columns_by_content, rows_of
from crawlers.parsing.unnumbered import placeholder_id

_CLASS_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_YEAR = re.compile(r"\D{0,25}(\d{4})")
_RANGE = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{4})\s*-\s*(\d{1,2}\.\d{1,2}\.\d{4})")
_MERE_DAY = re.compile(r"(?:\w{2},?\s*)?[\d.\s]+")
_HOLDS_TIME = re.compile(r"\d:\d{2}|(?<![\d.])\d{1,2}\.\d{2}(?![.\d])|\d\s?(?:uhr|h|[ap]\.?m)\b", re.I)
_ROW_ID = re.compile(r"si_?(\d{1,15})")
_BUTTONS = frozenset({"TO", "NIE", "NA", "PA", "PDF", "ICS", "BM"})


def calendar_tables(root: Tag) -> list[Tag]:
    """The tables that hold a calendar or a list of meetings."""
    named = root.select("table.calenderView, table.calendarView")
    if named:
        return named
    lists = root.select("table.tl1, table.dataTable")
    return lists or [table for table in root.select("table") if _has_days(table)]


def _has_days(table: Tag) -> bool:
    for line in quirks.own_rows(table):
        cells = [shown_text(cell) or "" for cell in line.find_all("td") if cell.find_parent("tr") is line][:2]
        if len(cells) == 2 and cells[0].lower().rstrip(".,") in WEEKDAYS and cells[1].rstrip(".").isdecimal():
            return True
    return False


def read_calendar(root: Tag, tables: list[Tag], diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings in the page's order. Raises UnexpectedResponse where days are bare numbers and no month is shown."""
    shown, asked = _shown_span(root, diagnostics), _of_address(diagnostics)
    month = month_of_first_day(shown, asked)
    reading = _Calendar(shown or asked, month, _shown_year(root, diagnostics), diagnostics)
    for table in tables:
        reading.begin(table)
        for place, row in enumerate(rows_of(table, COLUMNS, "calendar", diagnostics, quirks.own_rows(table))):
            reading.read(row, f"row {place + 1}")
    for link in (link for table in tables for link in links_in(table, diagnostics)):
        number = link.number() if link.page == "to010" else None
        if number and number not in reading.found and number not in reading.seen:
            diagnostics.add("calendar", f"meeting {number} is linked, but its row was not understood: left out")
    return list(reading.found.values())


def _columns_without_header(grid: Iterable[Mapping[int, str]]) -> dict[int, Column]:
    """Name and room of a calendar without a header row; the day is read out of the first cells of its row, and the time
    out of the one cell that is one."""
    found = columns_by_content(
        grid, ((Column.TIME, is_time), (Column.DATE, says_day)), lambda written: not _is_button(written)
    )
    return {column: meaning for column, meaning in found.items() if meaning in {Column.NAME, Column.PLACE}}


COLUMNS = Columns(
    columns.MEETINGS,
    {"raum": Column.PLACE, "time": Column.TIME, "textcol": Column.NAME},
    by_content=_columns_without_header,
    reaches_down=False,
)


def _is_button(written: str) -> bool:
    return written.upper() in _BUTTONS | {"TOP"}


class _Calendar:
    """Where the reading of a calendar stands: the month and the day are carried from row to row."""

    def __init__(
        self, span: Span | None, month: tuple[int, int] | None, year: int | None, diagnostics: Diagnostics
    ) -> None:
        self.found: dict[str, Meeting] = {}
        self.seen: set[str] = set()
        self._span = span
        self._year = year
        self._diagnostics = diagnostics
        self._month = month
        self._day: dt.date | None = None

    def begin(self, table: Tag) -> None:
        """A table of its own month says so before it or in its caption."""
        heading = table.select_one("caption") or table.find_previous(["h2", "h3", "table"])
        if isinstance(heading, Tag) and heading.name != "table" and (month := month_heading(heading)):
            self._month, self._day = month, None

    def read(self, row: Row, where: str) -> None:
        """One row: a day, a meeting, a month's heading, or nothing."""
        written = shown_text(row.node)
        if row.is_header or len(row.cells) == 1:
            if month := month_heading(row.node) or self._bare_month(written):
                self._month, self._day = month, None
            if row.is_header or (month and not is_day(written)):
                return
        links = list(links_in(row.node, self._diagnostics))
        is_new = self._move_to_day(row, links, where)
        if written is None or "emptyrow" in row.classes:
            return
        number = _number(row, links)
        name = _name(row, links)
        if name is None:
            if number:
                self.seen.add(number)
                self._diagnostics.add(where, f"meeting {number} without a name: left out")
            return
        clock = _clock(row)
        if number is None and clock is None and not self._is_kept(row, name, is_new, where):
            return
        self._add(row, links, number, name, clock, where)

    def _is_kept(self, row: Row, name: str, is_new: bool, where: str) -> bool:
        """Whether a row with neither number nor time is a meeting: one that is cancelled loses both. Elsewhere such a
        row is told of, but for remarks between the meetings, as a holiday's in a table without a header."""
        if row.fields.get(Column.NAME) is None:
            return False
        if is_cancelled(None, name):
            return True
        if is_new and row.has_header:
            self._diagnostics.add(where, "a meeting with neither number nor time: left out")
        return False

    def _bare_month(self, written: str | None) -> tuple[int, int] | None:
        """A heading that is a month's name alone, in the calendar of one year."""
        month = month_number(written) if self._year else None
        return (self._year, month) if self._year and month else None

    def _move_to_day(self, row: Row, links: list[Link], where: str) -> bool:
        """The row's own day; empty cells, as in a day's second meeting, leave the day above, and so does its weekday
        alone. What is not understood never does."""
        shown = _shown_day(row, links)
        above = self._day.weekday() if self._day else None
        if shown is None or (not shown.is_understood and above is not None and shown.weekday == above):
            return False
        self._day = shown.day or self._of_number(shown, where)
        if not shown.is_understood:
            self._diagnostics.add(
                where, "a day that is not understood: the days of this meeting and of those below are not known"
            )
        expected = shown.weekday if shown.weekday is not None else _class_day(row)
        if self._day and expected is not None and self._day.weekday() != expected:
            self._diagnostics.add(
                where, f"{self._day} is no {WEEKDAYS[expected]}: the days of these meetings are not known"
            )
            self._day = None
        return True

    def _of_number(self, shown: RowDay, where: str) -> dt.date | None:
        number, month = shown.number, shown.month
        if number is None:
            return None
        if month is not None:
            return self._in_month(number, month, where)
        if self._month is None:
            raise UnexpectedResponse(
                self._diagnostics.url,
                "a calendar that says its month",
                f"the day {number} and no month, neither on the page nor in its address",
                "Ask with MM and YY",
            )
        year, current = self._month
        if self._last_number and number < self._last_number and not self._is_one_month:
            year, current = (year + 1, 1) if current == 12 else (year, current + 1)
        return self._of_month(year, current, number, where)

    def _in_month(self, number: int, month: int, where: str) -> dt.date | None:
        """The day of a row that says its month: in the year in which the calendar shows it, else the closest one."""
        shown = self._span.years_of(month) if self._span else []
        if len(shown) == 1:
            return self._of_month(shown[0], month, number, where)
        near, current = self._month or (self._year, month)
        if near is None:
            self._diagnostics.add(where, "a day without its year, which nothing else says")
            return None
        year = min((near, near - 1, near + 1), key=lambda candidate: abs((candidate - near) * 12 + month - current))
        return self._of_month(year, month, number, where)

    def _of_month(self, year: int, month: int, number: int, where: str) -> dt.date | None:
        day = date_or_none(year, month, number)
        if day is None:
            self._diagnostics.add(where, f"a day that does not exist: {number}.{month}.{year}")
            return None
        self._month, self._last_number = (year, month), number
        return day

    _last_number: int | None = None

    @property
    def _is_one_month(self) -> bool:
        return self._span is None or self._span.is_one_month

    def _add(self, row: Row, links: list[Link], number: str | None, name: str, clock: str | None, where: str) -> None:
        linked = next((link for link in links if link.page == "to010" and not link.is_export and link.number()), None)
        times = times_in(clock)
        if not times.is_understood and re.search(r"\d", clock or ""):
            self._diagnostics.add(where, f"no time understood in {shape(clock)}")
        if self._day is None:
            self._diagnostics.add(where, "the meeting's day is not known")
            if number is None:
                return
        start, last = moments(self._day, times.begin, times.end)
        native = number or (placeholder_id(start, name) if start else name)
        if number is None and native in self.found and start is not None:
            native = f"{native}-{start:%H%M}"
        if native in self.found:
            return
        self._diagnostics.links.add(linked.stable if linked else None)
        place = row.text(Column.PLACE)
        self.found[native] = Meeting(
            native_id=native,
            source_url=linked.stable if linked else None,
            name=name,
            start=start,
            end=last,
            cancelled=_is_cancelled(row, name, start),
            location=Location(description=place) if place else None,
            organization=_organization(row, links),
            files=tuple(as_meeting_file(file) for file in read_files(row.cells, native, self._diagnostics)),
        )


def _shown_day(row: Row, links: list[Link]) -> RowDay | None:
    """The row's own day: in the cells that are marked so, else in its first ones."""
    dom = row.node.select_one(".dom")
    if dom is None:
        return shown_day(row, [link.node for link in links if link.page == "to010" and not link.is_form])
    written, weekday = shown_text(dom), shown_text(row.node.select_one(".dow")) or ""
    return read_day(f"{weekday[:2]} {written}") if written else None


def _class_day(row: Row) -> int | None:
    return next((_CLASS_DAYS[name] for name in sorted(row.classes) if name in _CLASS_DAYS), None)


def _number(row: Row, links: list[Link]) -> str | None:
    """SILFDNR: of the link or button to the agenda, else of the export or minutes button, else of the row's id."""
    for wanted in (False, True):
        for link in links:
            if link.page[:2] in {"to", "si"} and link.is_export is wanted and (number := link.number("SILFDNR")):
                return number
    for node in (row.node, *row.node.select("[id]")):
        if own := _ROW_ID.fullmatch(attribute(node, "id") or ""):
            return own[1]
    return None


def _name(row: Row, links: list[Link]) -> str | None:
    """The name: the text of the link to the agenda, else of its own cell, else the first words behind the time."""
    for link in links:
        written = shown_text(link.node)
        if link.page == "to010" and not link.is_form and written and not _is_button(written):
            if is_time(written) or is_day(written) or _MERE_DAY.fullmatch(written):
                continue
            return written
    own = next((cell for cell in row.cells if "textcol" in classes_of(cell)), None)
    if own is not None:
        return shown_text(own)
    place = row.fields.get(Column.PLACE)
    behind = _behind_time(row)
    texts = [
        written
        for cell in behind
        if cell is not place and (written := shown_text(cell)) and written.upper() not in _BUTTONS
    ]
    named = row.text(Column.NAME)
    return named or next((cell for cell in texts if re.search(r"[^\W\d]{3}", cell)), None)


def _behind_time(row: Row) -> Sequence[Tag]:
    for place, cell in enumerate(row.cells):
        if is_time(shown_text(cell)):
            return row.cells[place + 1 :]
    return []


def _clock(row: Row) -> str | None:
    named = row.text(Column.TIME)
    if named:
        return named
    for cell in row.cells:
        written = shown_text(cell) or ""
        if is_time(written) and "dom" not in classes_of(cell) and not re.fullmatch(r"\d{1,2}\.\d{2}\.?", written):
            return written
    dated = row.text(Column.DATE)
    return dated if dated and _HOLDS_TIME.search(dated) else None


def _is_cancelled(row: Row, name: str, start: dt.datetime | None) -> bool:
    """By its name, or by a short word in another cell: "entfällt" in the room's."""
    short = [written for cell in row.cells if (written := shown_text(cell)) and len(written) < 40]
    return is_cancelled(start, name, row.text(Column.ORGANIZATION), *short)


def _organization(row: Row, links: list[Link]) -> tuple[OrganizationRef, ...]:
    found = [
        OrganizationRef(native_id=committee_of(link), name=bare_name(name) or name)
        for link in links
        if not link.is_form and committee_of(link) and (name := shown_text(link.node))
    ]
    named = row.text(Column.ORGANIZATION)
    return tuple(found) or ((OrganizationRef(name=bare_name(named) or named),) if named else ())


def _shown_span(root: Tag, diagnostics: Diagnostics) -> Span | None:
    """The calendar's days: from its own fields, its heading, or the months that its arrows lead to."""
    return _of_fields(root) or _of_headings(root) or _between_neighbours(root, diagnostics)


def _shown_year(root: Tag, diagnostics: Diagnostics) -> int | None:
    """The year of a calendar that says no month: in its address or its heading."""
    asked = parameters_of(diagnostics.url).get("YY", "")
    written = {
        found[1] for node in root.select("h1, h2, h3, caption, .title") if (found := _YEAR.fullmatch(text(node) or ""))
    }
    shown = asked if asked.isdecimal() else written.pop() if len(written) == 1 else ""
    return int(shown) if shown and 1990 <= int(shown) <= 2100 else None


def _of_fields(root: Tag) -> Span | None:
    first = attribute(root.select_one("input[name=kaldatvon]"), "value")
    last = attribute(root.select_one("input[name=kaldatbis]"), "value")
    both = _RANGE.search(attribute(root.select_one("input[name=kaldatvonbis]"), "value") or "")
    return _from_to(first, last) or (_from_to(*both.groups()) if both else None)


def _from_to(first: str | None, last: str | None) -> Span | None:
    day = day_in(first)
    return Span(day, day_in(last)) if day else None


def _of_headings(root: Tag) -> Span | None:
    found = {month for heading in root.select("h1, h2, h3, caption, .title") if (month := month_heading(heading))}
    return span_of_month(*found.pop()) if len(found) == 1 else None


def _of_address(diagnostics: Diagnostics) -> Span | None:
    given = parameters_of(diagnostics.url)
    month, year = given.get("MM", ""), given.get("YY", "")
    if month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and 1990 <= int(year) <= 2100:
        return span_of_month(int(year), int(month))
    return _from_to(given.get("KALDATVON"), given.get("KALDATBIS"))


def _between_neighbours(root: Tag, diagnostics: Diagnostics) -> Span | None:
    """The month between the two that the arrows lead to, where there are just these two."""
    months = set()
    for link in links_in(root, diagnostics):
        month, year = link.parameters.get("MM", ""), link.parameters.get("YY", "")
        if link.page == "si010" and "DD" not in link.parameters and month.isdecimal() and year.isdecimal():
            months.add(int(year) * 12 + int(month) - 1)
    if len(months) == 2 and max(months) - min(months) == 2:
        middle = min(months) + 1
        return span_of_month(middle // 12, middle % 12 + 1)
    return None

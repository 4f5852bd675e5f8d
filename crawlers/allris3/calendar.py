"""Calendars and lists of meetings (si010 in its variants, si018): the meetings with what they show of them."""

from __future__ import annotations

import datetime as dt
import re

from bs4 import Tag

from council.model import File, FileRole, Location, Meeting, OrganizationRef
from crawlers.allris3 import values
from crawlers.allris3.files import read_files
from crawlers.allris3.labels import shown_text
from crawlers.allris3.links import Link, committee_of, links_in
from crawlers.allris3.months import Span, month_heading, shown_span
from crawlers.allris3.notes import Notes
from crawlers.allris3.placeholders import placeholder_id
from crawlers.allris3.table import Row, classes_of, is_header, own_rows, rows
from crawlers.german import says_cancelled
from crawlers.markup import attribute
from crawlers.reading import PageChanged

_WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_CLASS_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_WEEKDAY = re.compile(r"(?:(mo|di|mi|do|fr|sa|so)\w{0,8}\b\.?,?)?\s*(?:(\d{1,2})\.?(?:\s?(\d{1,2})\.)?)?", re.I)
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*Uhr)?(?:\s*(?:-|–|bis)\s*(?:\d{1,2}[:.]\d{2})?(?:\s*Uhr)?)?|\d{1,2}\s?Uhr"
)
_MERE_DAY = re.compile(r"(?:\w{2},?\s*)?[\d.\s]+")
_ROW_ID = re.compile(r"si_?(\d{1,15})")
_BUTTONS = frozenset({"TO", "NIE", "NA", "PA", "PDF", "ICS", "BM"})
_MEANINGS = frozenset({"date", "time", "place", "organization", "name", "status"})


def calendar_tables(root: Tag) -> list[Tag]:
    """The tables that hold a calendar or a list of meetings."""
    named = root.select("table.calenderView, table.calendarView")
    if named:
        return named
    lists = root.select("table.tl1, table.dataTable")
    return lists or [one for one in root.select("table") if _has_days(one)]


def _has_days(table: Tag) -> bool:
    for line in own_rows(table):
        cells = [shown_text(one) or "" for one in line.find_all("td") if one.find_parent("tr") is line][:2]
        if len(cells) == 2 and cells[0].lower().rstrip(".,") in _WEEKDAYS and cells[1].rstrip(".").isdecimal():
            return True
    return False


def read_calendar(root: Tag, tables: list[Tag], notes: Notes) -> list[Meeting]:
    """The meetings in the page's order. Raises PageChanged where days are bare numbers and no month is said."""
    reading = _Calendar(shown_span(root, notes), notes)
    for table in tables:
        reading.begin(table)
        for place, row in enumerate(rows(table, _MEANINGS)):
            reading.read(row, f"row {place + 1}")
    for link in (one for table in tables for one in links_in(table, notes)):
        number = link.number() if link.page == "to010" else None
        if number and number not in reading.found and number not in reading.seen:
            notes.say("calendar", f"meeting {number} is linked, but its row was not understood: left out")
    return list(reading.found.values())


class _Calendar:
    """Where the reading of a calendar stands: the month and the day are carried from row to row."""

    def __init__(self, span: Span | None, notes: Notes) -> None:
        self.found: dict[str, Meeting] = {}
        self.seen: set[str] = set()
        self._span = span
        self._notes = notes
        self._month = (span.first.year, span.first.month) if span else None
        self._day: dt.date | None = None

    def begin(self, table: Tag) -> None:
        """A table of its own month says so before it or in its caption."""
        heading = table.select_one("caption") or table.find_previous(["h2", "h3", "table"])
        if isinstance(heading, Tag) and heading.name != "table" and (month := month_heading(heading)):
            self._month, self._day = month, None

    def read(self, row: Row, where: str) -> None:
        """One row: a day, a meeting, a month's heading, or nothing."""
        said = shown_text(row.node)
        if is_header(row.cells) or len(row.cells) == 1:
            if month := month_heading(row.node):
                self._month, self._day = month, None
            if is_header(row.cells):
                return
        is_new = self._take_day(row, where)
        if said is None or "emptyrow" in row.classes:
            return
        links = list(links_in(row.node, self._notes))
        number = _number(row, links)
        name = _name(row, links)
        if name is None:
            if number:
                self.seen.add(number)
                self._notes.say(where, f"meeting {number} without a name: left out")
            return
        clock = _clock(row)
        if number is None and clock is None and not (is_new and row.named.get("name") is not None):
            return
        if number is None and clock is None:
            self._notes.say(where, f"{name[:80]!r} has neither number nor time: left out")
            return
        self._add(row, links, number, name, clock, where)

    def _take_day(self, row: Row, where: str) -> bool:
        """The row's own day; empty cells, as in a day's second meeting, leave the day above."""
        shown = _shown_day(row)
        if shown is None:
            return False
        weekday, number, month = shown
        self._day = None
        if isinstance(number, dt.date):
            self._day = number
        else:
            self._day = self._of_number(number, month, where)
        expected = weekday if weekday is not None else _class_day(row)
        if self._day and expected is not None and self._day.weekday() != expected:
            self._notes.say(where, f"{self._day} is no {_WEEKDAYS[expected]}: the days of these meetings are not known")
            self._day = None
        return True

    def _of_number(self, number: int, month: int | None, where: str) -> dt.date | None:
        if self._month is None:
            raise PageChanged(
                self._notes.url,
                "a calendar that says its month",
                f"the day {number} and no month, neither on the page nor in its address",
                "Ask with MM and YY",
            )
        year, current = self._month
        if month is None and self._last_number and number < self._last_number and not self._is_one_month:
            year, current = (year + 1, 1) if current == 12 else (year, current + 1)
        elif month is not None:
            year, current = (year + 1 if month < current else year), month
        self._month, self._last_number = (year, current), number
        try:
            return dt.date(year, current, number)
        except ValueError:
            self._notes.say(where, f"a day that does not exist: {number}.{current}.{year}")
            return None

    _last_number: int | None = None

    @property
    def _is_one_month(self) -> bool:
        return self._span is None or self._span.is_one_month

    def _add(self, row: Row, links: list[Link], number: str | None, name: str, clock: str | None, where: str) -> None:
        linked = next((one for one in links if one.page == "to010" and not one.is_export and one.number()), None)
        try:
            begin, end = values.clocks_in(clock)
        except ValueError as error:
            self._notes.say(where, f"{clock!r}: {error}")
            begin, end = None, None
        if self._day is None:
            self._notes.say(where, "the meeting's day is not known")
            if number is None:
                return
        start, last = values.moments(self._day, begin, end)
        native = number or (placeholder_id(start, name) if start else name)
        if number is None and native in self.found and start is not None:
            native = f"{native}-{start:%H%M}"
        if native in self.found:
            return
        self._notes.ask(linked.stable if linked else None)
        place = row.text("place")
        self.found[native] = Meeting(
            native_id=native,
            source_url=linked.stable if linked else None,
            name=name,
            start=start,
            end=last,
            cancelled=_is_cancelled(row, name),
            location=Location(description=place) if place else None,
            organization=_organization(row, links),
            files=tuple(_as_of_meeting(one) for one in read_files(row.cells, native, self._notes)),
        )


def _as_of_meeting(file: File) -> File:
    """A meeting has no main document."""
    return file.model_copy(update={"role": FileRole.ATTACHMENT}) if file.role is FileRole.MAIN else file


def _shown_day(row: Row) -> tuple[int | None, int | dt.date, int | None] | None:
    """Weekday, day and month as the first cells say them: "Di" "1"; "Mo 07.09."; "07.09.2026"."""
    dom = row.node.select_one(".dom")
    if dom is not None:
        dow = (shown_text(row.node.select_one(".dow")) or "")[:2].lower()
        number = (shown_text(dom) or "").rstrip(".")
        weekday = _WEEKDAYS.index(dow) if dow in _WEEKDAYS else None
        return (weekday, int(number), None) if number.isdecimal() and len(number) < 3 else None
    dated = [one for one in row.cells if values.is_mere_day(shown_text(one))]
    for cell in dated[:1] or row.cells[:3]:
        said = shown_text(cell) or ""
        try:
            day = values.day_in(said) if len(said) < 30 else None
        except ValueError:
            day = None
        if day:
            return None, day, None
    joined = " ".join(short for one in row.cells[:2] if (short := shown_text(one)) and len(short) < 16)
    parts = _WEEKDAY.fullmatch(joined.strip())
    if not parts:
        first = (shown_text(row.cells[0]) or "") if row.cells else ""
        parts = _WEEKDAY.fullmatch(first)
    if not parts or not parts[2]:
        return None
    weekday = _WEEKDAYS.index(parts[1].lower()) if parts[1] else None
    return weekday, int(parts[2]), int(parts[3]) if parts[3] else None


def _class_day(row: Row) -> int | None:
    return next((_CLASS_DAYS[name] for name in sorted(row.classes) if name in _CLASS_DAYS), None)


def _number(row: Row, links: list[Link]) -> str | None:
    """SILFDNR: of the link or button to the agenda, else of the export or minutes button, else of the row's id."""
    for wanted in (False, True):
        for link in links:
            if link.page[:2] in {"to", "si"} and link.is_export is wanted and (number := link.number("SILFDNR")):
                return number
    for one in (row.node, *row.node.select("[id]")):
        if own := _ROW_ID.fullmatch(attribute(one, "id") or ""):
            return own[1]
    return None


def _name(row: Row, links: list[Link]) -> str | None:
    """The name: the text of the link to the agenda, else of its own cell, else the first words behind the time."""
    for link in links:
        said = shown_text(link.node)
        if link.page == "to010" and not link.is_form and said and said.upper() not in _BUTTONS | {"TOP"}:
            if _TIME.fullmatch(said) or _MERE_DAY.fullmatch(said):
                continue
            return said
    own = next((one for one in row.cells if "textcol" in classes_of(one)), None)
    if own is not None:
        return shown_text(own)
    place = row.named.get("place")
    behind = _behind_time(row)
    texts = [said for one in behind if one is not place and (said := shown_text(one)) and said.upper() not in _BUTTONS]
    named = row.text("name")
    return named or next((one for one in texts if re.search(r"[^\W\d]{3}", one)), None)


def _behind_time(row: Row) -> list[Tag]:
    for place, cell in enumerate(row.cells):
        if _TIME.fullmatch(shown_text(cell) or ""):
            return row.cells[place + 1 :]
    return []


def _clock(row: Row) -> str | None:
    named = row.text("time")
    if named:
        return named
    for cell in row.cells:
        said = shown_text(cell) or ""
        if _TIME.fullmatch(said) and "dom" not in classes_of(cell) and not re.fullmatch(r"\d{1,2}\.\d{2}\.?", said):
            return said
    dated = row.text("date")
    return dated if dated and re.search(r"\d[:.]\d{2}(?![.\d])", dated) else None


def _is_cancelled(row: Row, name: str) -> bool:
    """By its name, or by a short word in another cell: "entfällt" in the room's."""
    short = [said for one in row.cells if (said := shown_text(one)) and len(said) < 40]
    return any(says_cancelled(said) for said in (name, *short))


def _organization(row: Row, links: list[Link]) -> tuple[OrganizationRef, ...]:
    found = [
        OrganizationRef(native_id=committee_of(link), name=name)
        for link in links
        if not link.is_form and committee_of(link) and (name := shown_text(link.node))
    ]
    named = row.text("organization")
    return tuple(found) or ((OrganizationRef(name=named),) if named else ())

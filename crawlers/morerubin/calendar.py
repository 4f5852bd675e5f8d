"""Calendars: the meetings of some months, each once, and where the agenda of each is asked for.

The oldest interface's, `sitzungskalender.php`, is a table `table_sk` with one meeting a row. It is known only from
clients (andernach.more-rubin1.de 2021; no page was kept): the title in `td.SKTerminTitel_td`, the meeting's number in
its link or in the hidden field `sid` of a form. Day and time are told by how they are written.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from council.model import Location, Meeting
from crawlers.morerubin.meeting import human_page, is_none_of_ours, is_other_event, read_meeting, shown_number
from crawlers.morerubin.urls import Link, links_in, meeting_to_ask, without_twin
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.clocks import Place, Times, is_time, moments, times_in
from crawlers.parsing.dates import days_in, find_days
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, text
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.json_values import found


def read_calendar(entries: list[object], diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings in the calendar's order. A meeting that stands there twice, with "ni_" and without, is one meeting:
    the one with the minutes counts. Raises UnexpectedResponse when there are entries and none of them is a meeting."""
    meetings: dict[str, Meeting] = {}
    to_ask: dict[str, str] = {}
    known = 0
    for place, raw in enumerate(entries):
        if not isinstance(raw, dict):
            diagnostics.add(f"meetings[{place}]", f"expected an object, found {found(raw)}")
            continue
        fields = Fields(raw, _where(raw, place), diagnostics)
        known += any(key in raw for key in ("nummer", "nummer_si")) and "datum" in raw
        if is_none_of_ours(fields) or is_other_event(fields):
            continue
        meeting, shown = read_meeting(fields), shown_number(fields)
        if meeting is None or shown is None:
            continue
        is_twin = shown.startswith("ni_")
        if meeting.native_id not in meetings or is_twin:
            meetings[meeting.native_id] = meeting
            to_ask[meeting.native_id] = meeting_to_ask(shown, human_page(fields), diagnostics.url)
    if entries and not known:
        advice = "The calendar's structure has changed: mend the reader"
        raise UnexpectedResponse(diagnostics.url, "meetings with nummer and datum", found(entries[0]), advice)
    for address in to_ask.values():
        diagnostics.links.add(address)
    return list(meetings.values())


def _where(raw: dict[str, object], place: int) -> str:
    number = raw.get("nummer")
    return f"meeting {number[:60]}" if isinstance(number, str) and number.isprintable() else f"meetings[{place}]"


_TITLE = "td[class*=SKTerminTitel]"
_PLACE = "td[class*=Raum], td[class*=Ort]"


def is_old_calendar(page: BeautifulSoup) -> bool:
    """Whether it is such a page: its table, or a cell of one."""
    return page.select_one(f"table.table_sk, {_TITLE}") is not None


def read_old_calendar(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings of the page; their own pages are asked next. The day of a row stands for the next ones, too, whose
    cell of the day is empty."""
    meetings: dict[str, Meeting] = {}
    day: str | None = None
    for place, row in enumerate(page.select("table.table_sk tr")):
        title = row.select_one(_TITLE)
        if title is None:
            continue
        where = f"calendar row {place + 1}"
        rooms = row.select(_PLACE)
        cells = [cell for cell in row.find_all("td", recursive=False) if cell is not title and cell not in rooms]
        day_text = next((written for cell in cells if find_days(written := text(cell))), None)
        day = day_text or (day if _is_carried(cells) else None)
        link = next((link for link in links_in(row, diagnostics.url) if link.meeting()), None)
        meeting = _old_meeting(title, link, day, cells, where, diagnostics)
        if meeting is not None and link is not None:
            meetings.setdefault(meeting.native_id, meeting)
            diagnostics.links.add(link.url)
    return list(meetings.values())


def _is_carried(cells: list[Tag]) -> bool:
    """Whether a row without a day stands on the day above: its first cell says nothing that could be another day."""
    first = text(cells[0]) if cells else None
    return first is None or not any(letter.isdigit() for letter in first) or is_time(first)


def _old_meeting(
    title: Tag, link: Link | None, day: str | None, cells: list[Tag], where: str, diagnostics: Diagnostics
) -> Meeting | None:
    native = without_twin(link.meeting()) if link else None
    date = next(iter(days_in(day)), None)
    times = next((read for cell in cells if (read := times_in(text(cell), Place.DAY)).is_understood), Times())
    if native is None or date is None or link is None:
        diagnostics.add(where, "expected a meeting with a link and a day, found none: left out")
        return None
    name = text(title) or attribute(title.select_one("a"), "title")
    start, end = moments(date, times.begin, times.end)
    place = text(title.parent.select_one(_PLACE)) if title.parent else None
    return Meeting(
        native_id=native,
        source_url=link.url,
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name),
        location=Location(description=place) if place else None,
    )

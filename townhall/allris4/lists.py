"""The lists of a simulated ALLRIS 4 server: the calendar of a month, the list of meetings, the committees."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape

from townhall.allris4.frame import Frame, Layout, cells, meeting_id, table
from townhall.invention.model import Committee, Meeting

LIST_PAGE = 3
"""So many meetings stand on a page of their list."""
_GERMAN = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOLIDAYS = {10: range(5, 17), 12: range(23, 32)}


def month_table(frame: Frame, year: int, month: int, meetings: Sequence[Meeting]) -> str:
    """Every day of the month, with its meetings or empty."""
    columns = (("dateCol", "Datum"), ("time", "Uhrzeit"), ("textCol", "Sitzung"), ("raum", "Raum"))
    rows: list[str] = []
    for day in range(1, calendar.monthrange(year, month)[1] + 1):
        date = dt.date(year, month, day)
        rows += _day(frame, date, [meeting for meeting in meetings if meeting.start.date() == date])
    return table('class="calenderView hoverRow stickyHeader" id="id2d"', columns, rows)


def _day(frame: Frame, date: dt.date, meetings: Sequence[Meeting]) -> Iterator[str]:
    """Of several rows only the first says the day; a holiday has a row of its own, even where there are meetings."""
    names = _ENGLISH if frame.layout is Layout.AJAX else _GERMAN
    weekday = _ENGLISH[date.weekday()].lower()
    shown = f'<span class="dow">{names[date.weekday()]}</span><span class="dom">{date.day:02}</span>'
    is_holiday = date.day in _HOLIDAYS.get(date.month, ())
    if is_holiday or not meetings:
        kind = "holiday emptyRow" if is_holiday else "emptyRow"
        note = "Ferien" if is_holiday else " "
        yield f'<tr class="{weekday} odd {kind}"><td>{shown}</td><td colspan="3"><div>{note}</div></td></tr>'
    for place, meeting in enumerate(meetings):
        is_first = not is_holiday and place == 0
        same = "" if is_first else "sameday "
        yield f'<tr class="{same}{weekday} even"><td>{shown if is_first else ""}</td>{_meeting(frame, meeting)}</tr>'


def _meeting(frame: Frame, meeting: Meeting) -> str:
    """Without a link where the agenda is not released; some versions link it all the same."""
    name = escape(meeting.name + (" (abgesagt)" if meeting.cancelled else ""))
    number = meeting_id(meeting.number)
    tip = f" am {_GERMAN[meeting.start.weekday()]}., {meeting.start:%d.%m.%Y} um {meeting.start:%H:%M} Uhr."
    link = f'<a id="si_{number}">{name}</a>'
    if meeting.invitation or frame.layout is Layout.INLINE:
        to = frame.to("to010", SILFDNR=number, refresh="false")
        link = f'<a href="{to}" id="si_{number}" data-simpletooltip-text="{tip}" class="tooltipProvider">{name}</a>'
    return cells((("time", f"{meeting.start:%H:%M}"), ("textCol", link), ("raum", escape(meeting.room))))


def meetings_table(frame: Frame, meetings: Sequence[Meeting]) -> str:
    """The list, newest first; planned meetings have no number yet. Its further pages answer in one session only."""
    columns = (("", "Datum"), ("", "Uhrzeit"), ("", "Sitzung"), ("", "Gremium"), ("", "Raum"), ("", "Status"))
    rows = []
    newest = list(reversed(meetings))
    for meeting in newest[:LIST_PAGE]:
        committee = frame.municipality.committees[meeting.committee - 1]
        name = escape(meeting.name)
        to = frame.to("to010", SILFDNR=meeting_id(meeting.number))
        values = (
            f"{_GERMAN[meeting.start.weekday()]}., {meeting.start:%d.%m.%Y}",
            f"{meeting.start:%H:%M}",
            f'<a href="{to}">{name}</a>' if meeting.invitation else name,
            f'<a href="{frame.to("gr020", GRLFDNR=committee.number)}">{escape(committee.name)}</a>',
            escape(meeting.room),
            "abgesagt" if meeting.cancelled else "",
        )
        rows.append("<tr>" + cells(("", value) for value in values) + "</tr>")
    if len(newest) <= LIST_PAGE:
        return table('class="dataTable"', columns, rows)
    further = f'<a class="goto" href="{frame.to("si018")}?1-1.-navigator-navigation-1-pageLink">2</a>'
    return table('class="dataTable"', columns, rows) + f'<div class="navigator">{further}</div>'


def committees_table(frame: Frame) -> str:
    """Committees and factions below rows that name their kind; offices of the administration are elsewhere."""
    rows, kind = [], ""
    for committee in frame.municipality.committees:
        if not committee.members:
            continue
        if committee.kind != kind:
            rows.append(f'<tr><td colspan="3">{escape(committee.kind)}</td></tr>')
            kind = committee.kind
        to = frame.to("gr020", GRLFDNR=committee.number)
        meetings = frame.to("si018", GRLFDNR=committee.number)
        rows.append(
            f'<tr><td><a href="{to}">{escape(committee.name)}</a></td><td>{escape(committee.short_name)}</td>'
            f'<td><a href="{meetings}">Sitzungen</a></td></tr>'
        )
    return table('class="dataTable"', (("", "Gremium"), ("", "Kürzel"), ("", "Termine")), rows)


def committee_body(frame: Frame, committee: Committee) -> str:
    """A committee with its members, and what a real page tells about them besides."""
    people = {person.number: person for person in frame.municipality.people}
    rows = []
    for seat in committee.members:
        person = people[seat.person]
        values = (
            f'<img src="{frame.to("foto", KPLFDNR=person.number)}" alt=""/>',
            f'<a href="{frame.to("kp020", KPLFDNR=person.number)}">'
            f"{escape(f'{person.form_of_address} {person.name}')}</a>",
            escape(seat.role),
            f"{seat.start:%d.%m.%Y}",
            escape(f"{person.street_address}, {person.postal_code}"),
            f'{escape(person.phone)} <a href="mailto:{person.email}">{person.email}</a>',
        )
        rows.append("<tr>" + cells(("", value) for value in values) + "</tr>")
    columns = (
        ("", "Foto"),
        ("", "Mitglied"),
        ("", "Art der Mitarbeit"),
        ("", "von"),
        ("", "Anschrift"),
        ("", "E-Mail"),
    )
    return (
        f'<dl><dt>Gremium:</dt><dd><span id="grname">{escape(committee.name)}</span></dd>'
        f"<dt>Kurzname:</dt><dd>{escape(committee.short_name)}</dd></dl>" + table('class="dataTable"', columns, rows)
    )

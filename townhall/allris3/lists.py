"""The lists of a simulated ALLRIS 3 server: calendars, bodies with their members, papers; and the calendar in XML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape

from townhall.allris3.frame import Frame, body_of, meeting_id, paper_id, row, table
from townhall.invention.model import Committee, Meeting, Paper

LIST_PAGE = 20
"""So many papers a page."""
CALLED_OFF = " (ABGESAGT!!)"
_GERMAN = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_CLASSES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember")  # fmt: skip


def name_of(meeting: Meeting) -> str:
    """The name, which is all that says that a meeting is off."""
    return meeting.name + (CALLED_OFF if meeting.cancelled else "")


def has_number(meeting: Meeting) -> bool:
    """Whether the calendar shows the number: not before the agenda is out, nor when the meeting is off."""
    return meeting.invitation is not None and not meeting.cancelled


def time_of(meeting: Meeting) -> str:
    """Begin and end: the end that was, or the planned one of a meeting that is off; coming ones show none."""
    ends = meeting.minutes is not None or meeting.cancelled
    return f"{meeting.start:%H:%M}" + (f" - {meeting.end:%H:%M}" if ends else "")


# --- calendars


def calendar(frame: Frame, first: dt.date, last: dt.date, meetings: Sequence[Meeting]) -> tuple[str, str]:
    """A month: what stands above it and the table. Its rows carry bare day numbers; every day has one."""
    days = [first + dt.timedelta(days=place) for place in range((last - first).days + 1)]
    by_day = {day: [meeting for meeting in meetings if meeting.start.date() == day] for day in days}
    if frame.is_old:
        head = (
            '<tr class="zw1"><th colspan="2">Datum</th><th>Uhrzeit</th><th colspan="3">Sitzung</th><th>Raum</th></tr>'
        )
        rows = "".join(line for day, some in by_day.items() for line in _old_day(frame, day, some))
        return _exports(frame, first, last), f'<table class="tl1" cellspacing="0">{head}{rows}</table>'
    rows = "".join(line for day, some in by_day.items() for line in _new_day(frame, day, some))
    return _neighbours(frame, first, last), f'<table class="calenderView hoverRow"><tbody>{rows}</tbody></table>'


def _exports(frame: Frame, first: dt.date, last: dt.date) -> str:
    span = f"{first:%d.%m.%Y}-{last:%d.%m.%Y}"
    own = f"?MM={first.month}&YY={first.year}"
    forms = [
        f'<form action="{frame.program("si010")}{own}" method="post">'
        f'<input type="image" src="images/{image}" alt=""  />'
        f'<input type="hidden" name="kaldatvonbis" value="{span}"  />'
        f'<input type="hidden" name="selfAction" value="{action}"  /></form>'
        for image, action in (("print.gif", "Druckansicht für diese Seite"), ("calexp2.gif", "Inhalte exportieren"))
    ]
    return "".join(forms) + _neighbours(frame, first, last)


def _neighbours(frame: Frame, first: dt.date, last: dt.date) -> str:
    links = ""
    for day in (first - dt.timedelta(days=1), last + dt.timedelta(days=1)):
        to = frame.to("si010", MM=day.month, YY=day.year)
        links += f'<a href="{to}">{_MONTHS[day.month - 1]}</a> '
    return links


def _old_day(frame: Frame, day: dt.date, meetings: Sequence[Meeting]) -> Iterator[str]:
    number = f"&nbsp;&nbsp;{day.day}"
    if day == frame.municipality.day:
        number = f'<span title="heute">{number}</span>'
    if not meetings:
        yield (
            f'<tr class="zl11"><td class="text2" width="20">{_GERMAN[day.weekday()]}</td><td class="text2">{number}'
            '</td><td colspan="5">&nbsp;</td></tr>'
        )
    for place, meeting in enumerate(meetings):
        shown = ("", "") if place else (_GERMAN[day.weekday()], number)
        yield row([*shown, time_of(meeting) + "&nbsp;", *_old_meeting(frame, meeting), escape(meeting.room)])


def _old_meeting(frame: Frame, meeting: Meeting) -> list[str]:
    name, number = escape(name_of(meeting)), meeting_id(meeting.number)
    if not has_number(meeting):
        return ["", name, ""]
    minutes = frame.button("si016", "il1_ns", "NIE", "Protokoll", "?SELECT=1", SILFDNR=number)
    return [
        frame.button("to010", "il1_to", "TO", "Tagesordnung", SILFDNR=number),
        f'<a href="{frame.to("to010", SILFDNR=number)}">{name}</a>',
        minutes if meeting.minutes else "",
    ]


def _new_day(frame: Frame, day: dt.date, meetings: Sequence[Meeting]) -> Iterator[str]:
    kind = f"{_CLASSES[day.weekday()]} even"
    shown = f'<span class="dow">{_GERMAN[day.weekday()]}</span><span class="dom">{day.day}</span>'
    if not meetings:
        yield (
            f'<tr class="{kind} emptyRow"><td class="nowrapContent">{shown}</td><td colspan="3" class="emptyCol">'
            "<div> </div></td></tr>"
        )
    for place, meeting in enumerate(meetings):
        name = escape(name_of(meeting))
        to = frame.to("to010", SILFDNR=meeting_id(meeting.number))
        link = f'<a href="{to}">{name}</a>' if has_number(meeting) else name
        yield (
            f'<tr class="{"sameday " if place else ""}{kind}"><td class="nowrapContent">{"" if place else shown}</td>'
            f'<td class="time"><div>{time_of(meeting)}</div></td><td class="textCol">{link}</td>'
            f'<td class="raum"><div>{escape(meeting.room)}</div></td></tr>'
        )


def export(frame: Frame, meetings: Sequence[Meeting]) -> str:
    """The calendar in XML: every meeting by number, its agenda released or not."""
    entries = "".join(_exported(frame, meeting) for meeting in meetings)
    return (
        f'<?xml version="1.0" encoding="iso-8859-1"?>\n<root><special><nowDate/></special><list>{entries}</list></root>'
    )


def _exported(frame: Frame, meeting: Meeting) -> str:
    committee = frame.municipality.committees[meeting.committee - 1]
    ends = meeting.end if meeting.minutes or meeting.cancelled else meeting.start
    fields = {
        "silfdnr": meeting_id(meeting.number),
        "sisbvcs": f"{meeting.start.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        "sisevcs": f"{ends.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        "siname": f"SI/{meeting.number}",
        "sitext": name_of(meeting),
        "grname": committee.name,
        "raname": meeting.room,
        "raort": meeting.street_address,
    }
    return "<object>" + "".join(f"<{key}>{escape(str(item))}</{key}>" for key, item in fields.items()) + "</object>"


# --- bodies


def bodies(frame: Frame, committees: Sequence[Committee]) -> str:
    """Committees, or factions."""
    rows = []
    for committee in committees:
        name, key = body_of(committee)
        to = frame.committee(committee, altoption=committee.kind)
        button = frame.button(name, "il1_mi", "MI", "Mitglieder", "", **{key: committee.number}) if frame.is_old else ""
        meetings = frame.to("si018_a", **{key: committee.number})
        rows.append(row([button, f'<a href="{to}">{escape(committee.name)}</a>', f'<a href="{meetings}">SI</a>']))
    return table(frame, ("", "Bezeichnung", ""), rows)


def members(frame: Frame, committee: Committee) -> str:
    """A body's members, and what a real page tells of them besides."""
    people = {person.number: person for person in frame.municipality.people}
    rows = []
    for seat in committee.members:
        person = people[seat.person]
        rows.append(row([
            f'<img src="kp020.asp?KPLFDNR={person.number}&amp;foto=1" alt="" />',
            f'<a href="{frame.to("kp020", KPLFDNR=person.number, history="true")}">{escape(person.name)}</a>',
            escape(seat.role), f"{seat.start:%d.%m.%Y}", "", escape(f"{person.street_address}, {person.postal_code}"),
            f'{escape(person.phone)} <a href="mailto:{person.email}">{person.email}</a>',
        ]))  # fmt: skip
    return table(frame, ("", "Name", "Art der Mitarbeit", "von", "bis", "Anschrift", "Kontakt"), rows)


# --- papers


def papers(frame: Frame, shown: Sequence[Paper], start: int, again: bool = False) -> str:
    """A page of the list, newest first; papers that are not public say so. `again`: there is always one page more."""
    listed = sorted(shown, key=lambda paper: (paper.date, paper.number), reverse=True)
    rows = [_listed(frame, paper) for paper in listed[start : start + LIST_PAGE] or listed[-LIST_PAGE:]]
    inside = table(frame, ("", "Vorlage", "Betreff", "Art", "Federführend", "Datum", "Status"), rows)
    if start + LIST_PAGE < len(listed) or again:
        inside += f'<p><a href="{frame.to("vo040", AB=start + LIST_PAGE, sid="990d53")}">Weiter</a></p>'
    return inside


def _listed(frame: Frame, paper: Paper) -> str:
    number = paper_id(paper.number)
    to = frame.to("vo020", VOLFDNR=number)
    button = frame.button("vo020", "il1_vo", "VO", "Vorlage", VOLFDNR=number) if frame.is_old else ""
    office = frame.municipality.committees[paper.office - 1].name if paper.office else ""
    return row([
        button, f'<a href="{to}">{escape(paper.reference)}</a>', f'<a href="{to}">{escape(paper.name)}</a>',
        escape(paper.paper_type), escape(office), f"{paper.date:%d.%m.%Y}",
        "öffentlich" if paper.public else "nichtöffentlich",
    ])  # fmt: skip

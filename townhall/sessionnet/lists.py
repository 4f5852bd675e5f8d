"""The lists of a simulated SessionNet server: calendars, committees and their members, newest documents."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from html import escape

from townhall.invention.model import Committee, Meeting, Paper, Person
from townhall.sessionnet.frame import SHIFTS, Frame, Layout

WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
NEWEST = 12
FOREIGN = 777
"""A paper of another tenant."""


def hours(meeting: Meeting) -> str:
    """The end is there when the minutes are."""
    until = f"-{meeting.end:%H:%M}" if meeting.minutes else ""
    return f"{meeting.start:%H:%M}{until}&nbsp;Uhr"


# --- calendars


def month_body(frame: Frame, year: int, month: int, meetings: Iterable[Meeting]) -> str:
    """si0040: in layout 6 a row for every day, a further meeting of the day without it; else the meetings alone."""
    held = list(meetings)
    rows: list[str] = []
    for day in range(1, calendar.monthrange(year, month)[1] + 1):
        mine = [record for record in held if record.start.day == day]
        for place, meeting in enumerate(mine or ([None] if frame.is_six else [])):
            rows.append(_day_row(frame, dt.date(year, month, day), meeting, place == 0))
    name = f"{MONTHS[month - 1]} {year}"
    return _table(frame, "si0040", f"Sitzungen Termine: {name}", rows)


def year_body(frame: Frame, meetings: Iterable[Meeting], next_page: str = "") -> str:
    """si0046: whole days in layout 6; before, the name of the month above its days. Months without meetings are left
    out. `next_page` leads to more."""
    rows: list[str] = []
    month = 0
    for meeting in meetings:
        if not frame.is_six and meeting.start.month != month:
            month = meeting.start.month
            heading = f"{MONTHS[month - 1]} {meeting.start.year}"
            rows.append(f'<tr class="smcrowh"><td colspan="4" class="smcrowh">{heading}</td></tr>')
        rows.append(_day_row(frame, meeting.start.date(), meeting, True, whole=True))
    more = f'<ul class="pagination"><li><a href="{next_page}">weitere</a></li></ul>' if next_page else ""
    return _table(frame, "si0046", "Sitzungen", rows) + more


def _table(frame: Frame, page: str, summary: str, rows: list[str]) -> str:
    kind = "table smc-table smctablesitzungen" if frame.is_six else f"smccontenttable smc_page_{page}_contenttable"
    inside = "".join(rows) or '<tr><td colspan="4">keine Sitzungen vorhanden</td></tr>'
    return (
        f'<table id="smc_page_{page}_contenttable1" class="{kind}" summary="Inhalt der Tabelle: {summary}">'
        f"<tbody>{inside}</tbody></table>"
    )


def _day_row(frame: Frame, day: dt.date, meeting: Meeting | None, first: bool, whole: bool = False) -> str:
    if not frame.is_six:
        return _old_row(frame, meeting) if meeting else ""
    shown = f"{day.day}" if first else ""
    weekday = f'<a title="Wochentag" class="weekday">{WEEKDAYS[day.weekday()]}</a>'
    cell, documents = (_meeting_cell(frame, meeting), _documents(frame, meeting)) if meeting else ("", "")
    days = (
        f'<td class="smc-t-cn991 sidat_tag">{WEEKDAYS[day.weekday()]} {day:%d.%m.%Y}</td>'
        if whole
        else f'<td data-label="&nbsp;" class="smc_fct_day_991"><span class="weekday">{shown}</span> {weekday}</td>'
        f'<td class="smc_fct_day"><span class="weekday">{shown}</span></td><td class="smc_fct_daytext">{weekday}</td>'
    )
    key = SHIFTS["meeting"] + meeting.number if meeting else 0
    date = f'<a href="{frame.to("yvcs", key=key, dstart=f"{day:%Y%m%d}")}">Termin</a>' if meeting else ""
    return (
        f'<tr>{days}<td data-label="Sitzung" class="smc-t-cl991 silink">{cell}</td><td data-label="Mandant" '
        f'class="pagel pagel3"></td><td data-label="Termin" class="sitermin">{date}</td><td data-label="Dokumente" '
        f'class="smc-t-cl991 sidocs">{documents}</td></tr>'
    )


def _meeting_cell(frame: Frame, meeting: Meeting) -> str:
    """A meeting in its day's cell; the calendar of cards links to none before its release."""
    name = escape(frame.committee(meeting.committee).name)
    link = f"{name}<!--SMCINFO:si.bi.0 -->"
    if meeting.invitation or frame.layout is Layout.TABLE:
        link = (
            f'<a  href="{frame.of_meeting(meeting)}" title="Details anzeigen: {name} {meeting.start:%d.%m.%Y}" '
            f'class="smce-a-u smc-link-normal smc_doc smc_datatype_si">{name}</a>'
        )
    details = [hours(meeting), escape(f"{meeting.room}, {meeting.street_address}")]
    details += ["abgesagt"] if meeting.cancelled else []
    shown = "".join(f'<li class="list-inline-item">{detail}</li>' for detail in details)
    return f'<div class="smc-el-h ">{link}</div><ul class="list-inline smc-detail-list">{shown}</ul>'


def _documents(frame: Frame, meeting: Meeting) -> str:
    return frame.boxes([meeting.invitation] if meeting.invitation else [], "EI 3")


def _old_row(frame: Frame, meeting: Meeting) -> str:
    name = escape(frame.committee(meeting.committee).name)
    link = name
    if meeting.invitation:
        link = (
            f'<a href="{frame.of_meeting(meeting)}" title="Details anzeigen: {name} {meeting.start:%d.%m.%Y}" '
            f'class="smce-a-u smc_doc smc_datatype_si">{name}</a>'
        )
    state = "abgesagt" if meeting.cancelled else "&nbsp;"
    return (
        f'<tr valign="top" class="smcrow1"><td class="smc_fct_day">{meeting.start.day}&nbsp;</td><td class="smcnowrap '
        f'smc_field_yytime">{hours(meeting)}&nbsp;</td><td class="smc_td smc_field_silink">{link}</td>'
        f'<td class="sistatus">{state}</td><td class="smcnoprint">{_documents(frame, meeting)}</td></tr>'
    )


# --- committees and members


def committees_body(frame: Frame) -> str:
    """gr0040: committees and factions; the administration's offices are none."""
    rows = []
    for committee in frame.municipality.committees:
        if committee.kind != "Verwaltungsbereich":
            last = max(
                (m for m in frame.municipality.meetings if m.committee == committee.number),
                key=lambda m: m.start,
                default=None,
            )
            to = f'<a href="{frame.of_meeting(last)}">{last.start:%d.%m.%Y}</a>' if last else ""
            rows.append(
                f'<tr><td class="grname"><a  href="{frame.of_committee(committee)}" title="Details anzeigen: '
                f'{escape(committee.name)}" class="smce-a-u">{escape(committee.name)}</a></td>'
                f'<td class="silast">{to}</td></tr>'
            )
    heads = '<thead><tr><th class="grname">Name</th><th class="silast">Letzte Sitzung</th></tr></thead>'
    inside = f"{heads}<tbody>{''.join(rows)}</tbody>"
    return f'<table id="smc_page_gr0040_contenttable1" class="smctablegremien">{inside}</table>'


def members_body(frame: Frame, committee: Committee) -> str:
    """kp0040: members with photographs, and what nobody should take over."""
    people = {person.number: person for person in frame.municipality.people}
    rows = "".join(_member(frame, people[member.person], member.role, member.start) for member in committee.members)
    heads = "".join(
        f'<th class="{kind}">{label}</th>'
        for kind, label in (
            ("pename", "Name"),
            ("pepartei", "Mitgliedschaft"),
            ("amname", "Art der Mitarbeit"),
            ("mgfunk", "Funktion"),
            ("mgadat", "von"),
        )
    )
    return (
        f'<h2 class="smc_h2">Mandatsträger:</h2><table id="smc_page_kp0040_contenttable1" class="smctablemitglieder">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</table>"
    )


def _member(frame: Frame, person: Person, role: str, since: dt.date) -> str:
    name = escape(person.name)
    to = frame.to("pe0051", __kpenr=SHIFTS["person"] + person.number)
    return (
        f'<tr><td data-label="Name" class="pename"><a href="{to}" title="Details anzeigen: {name}" class="smce-a-u">'
        f'{name}</a><img class="smcimgperson" src="im/foto{person.number}.jpg" alt=""><ul class="smc-detail-list"><li>'
        f'{escape(person.street_address)}</li><li>{person.phone}</li><li><a href="mailto:{person.email}">'
        f'{person.email}</a></li></ul></td><td class="pepartei">{escape(person.faction)}</td>'
        f'<td class="amname">{role}</td>'
        f'<td class="mgfunk">stimmberechtigtes Mitglied</td><td class="mgadat">{since:%d.%m.%Y}</td></tr>'
    )


# --- newest documents


def newest_body(frame: Frame, foreign: bool) -> str:
    """do0040: the newest documents with their papers; with several tenants everybody's."""
    papers = sorted(
        (paper for paper in frame.municipality.papers if paper.public and paper.main), key=lambda paper: paper.date
    )
    rows = "".join(_newest(frame, papers[::-1][:NEWEST]))
    if foreign:
        rows += f'<tr><td class="dovorgang"><a href="{frame.to("vo0050", __kvonr=FOREIGN)}">V 777</a></td></tr>'
    return f'<table id="smc_page_do0040_contenttable1" class="smctabledokumente"><tbody>{rows}</tbody></table>'


def _newest(frame: Frame, papers: Iterable[Paper]) -> Iterator[str]:
    for paper in papers:
        yield (
            f'<tr class="smc-t-r-l"><td class="dovorgang"><a  href="{frame.of_paper(paper)}" title="Vorlage anzeigen: '
            f'{escape(paper.name)}">{escape(paper.reference)}</a></td><td class="doart">{paper.paper_type}</td><td '
            f'class="xxdocs">{frame.boxes(paper.documents[:1], "VO 2")}</td></tr>'
        )

"""The board of a municipality's website: which notices stand on it, what each is called and where it stands."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from townhall.invention.model import Committee, Meeting, Municipality, Paper

_GENITIVE = re.compile(r"(ausschuss|rat)(?=\s|$)", re.IGNORECASE)
_DAYS_AHEAD = dt.timedelta(days=14)
_MONTH_OF_QUARTER = 3
NEUTRAL = "Öffentliche Bekanntmachung"


class About(StrEnum):
    """What a notice is about; the value begins its address."""

    INVITATION = "einladung"
    MINUTES = "niederschrift"
    PAPER = "bekanntmachung"
    CLOSED = "nichtoeffentlich"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `meeting` or `paper` is what it is about."""

    about: About
    title: str
    published: dt.date
    meeting: Meeting | None = None
    paper: Paper | None = None

    @property
    def name(self) -> str:
        """The last part of its address."""
        return f"{self.about.value}-{(self.meeting or self.paper).number}"  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the gazette, one a quarter."""

    year: int
    number: int
    published: dt.date
    text: str

    @property
    def name(self) -> str:
        return f"Amtsblatt Nr. {self.number}/{self.year}"


def board(municipality: Municipality) -> list[Notice]:
    """Every notice of the municipality, the newest first."""
    notices = [_invitation(municipality, meeting) for meeting in municipality.meetings]
    notices += [_minutes(municipality, meeting) for meeting in municipality.meetings if meeting.minutes]
    notices += [
        _closed(municipality, meeting)
        for meeting in municipality.meetings
        if any(item.public is not True for item in meeting.items)
    ]
    notices += [
        Notice(About.PAPER, paper.name, paper.date, paper=paper) for paper in municipality.papers if paper.public
    ]
    return sorted(notices, key=lambda notice: (notice.published, notice.name), reverse=True)


def issues(municipality: Municipality) -> list[Issue]:
    """The gazette since the first meeting, the newest issue first: it announced the sittings of its quarter."""
    found = []
    for year in range(min(meeting.start.year for meeting in municipality.meetings), municipality.day.year + 1):
        for number in range(1, 5):
            day = dt.date(year, _MONTH_OF_QUARTER * number - 2, 5)
            if day <= municipality.day:
                found.append(Issue(year, number, day, _text(municipality, year, number)))
    return found[::-1]


def committee_of(municipality: Municipality, meeting: Meeting) -> Committee:
    """Who meets."""
    return municipality.committees[meeting.committee - 1]


def of_committee(municipality: Municipality, meeting: Meeting) -> str:
    """ "Ausschuss für Bau" → "des Ausschusses für Bau"."""
    return "des " + _GENITIVE.sub(r"\1es", committee_of(municipality, meeting).name, count=1)


def is_neutral(meeting: Meeting) -> bool:
    """Whether the list says nothing of the meeting but that something is announced."""
    return meeting.number % 4 == 3 and not meeting.cancelled


def _invitation(municipality: Municipality, meeting: Meeting) -> Notice:
    sitting = f"{meeting.number}. Sitzung {of_committee(municipality, meeting)} am {meeting.start:%d.%m.%Y}"
    title = f"Einladung zur {sitting}" if meeting.invitation else f"{sitting}, {meeting.start:%H:%M} Uhr"
    if is_neutral(meeting):
        title = NEUTRAL
    if meeting.cancelled:
        title = f"ABGESAGT: {title}"
    published = min(meeting.start.date() - _DAYS_AHEAD, municipality.day)
    return Notice(About.INVITATION, title, published, meeting=meeting)


def _minutes(municipality: Municipality, meeting: Meeting) -> Notice:
    title = (
        f"Niederschrift der {meeting.number}. Sitzung {of_committee(municipality, meeting)} am {meeting.start:%d.%m.%Y}"
    )
    published = min(meeting.start.date() + _DAYS_AHEAD, municipality.day)
    return Notice(About.MINUTES, title, published, meeting=meeting)


def _closed(municipality: Municipality, meeting: Meeting) -> Notice:
    """What nobody meant to put on the board."""
    title = f"Nichtöffentliche Sitzung {of_committee(municipality, meeting)} am {meeting.start:%d.%m.%Y}"
    return Notice(About.CLOSED, title, meeting.start.date(), meeting=meeting)


def _text(municipality: Municipality, year: int, number: int) -> str:
    quarter = [
        meeting
        for meeting in municipality.meetings
        if (meeting.start.year, (meeting.start.month + 2) // 3) == (year, number)
    ]
    lines = [f"# Amtsblatt {municipality.name}", f"Ausgabe {number}/{year}", "", "## Sitzungen"]
    lines += [
        f"{committee_of(municipality, meeting).name}, {meeting.start:%d.%m.%Y}, {meeting.start:%H:%M} Uhr"
        for meeting in quarter
    ]
    return "\n".join([*lines, "" if quarter else "In diesem Vierteljahr sind keine Sitzungen geplant."])

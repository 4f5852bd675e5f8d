"""The oldest interface's calendar, `sitzungskalender.php`: a table `table_sk` with one meeting a row.

Known only from clients (andernach.more-rubin1.de 2021; no page was kept): the title in `td.SKTerminTitel_td`, the
meeting's number in its link or in the hidden field `sid` of a form. Day and time are told by how they are written.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from council.model import Location, Meeting
from crawlers.german import german_moment, says_cancelled
from crawlers.markup import attribute, text
from crawlers.morerubin.notes import Notes
from crawlers.morerubin.old_links import Link, links_in
from crawlers.morerubin.paper import without_twin
from crawlers.morerubin.values import at, clock, found

_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?(?=\s*(?:Uhr|-|–|$))")
_TITLE = "td[class*=SKTerminTitel]"
_PLACE = "td[class*=Raum], td[class*=Ort]"


def is_old_calendar(page: BeautifulSoup) -> bool:
    """Whether it is such a page: its table, or a cell of one."""
    return page.select_one(f"table.table_sk, {_TITLE}") is not None


def read_old_calendar(page: BeautifulSoup, notes: Notes) -> list[Meeting]:
    """The meetings of the page; their own pages are asked next. The day of a row stands for the next ones, too, whose
    cell of the day is empty."""
    meetings: dict[str, Meeting] = {}
    day: str | None = None
    for place, row in enumerate(page.select("table.table_sk tr")):
        title = row.select_one(_TITLE)
        if title is None:
            continue
        where = f"calendar row {place + 1}"
        cells = [cell for cell in row.find_all("td", recursive=False) if cell is not title]
        said = next((one for cell in cells if (one := text(cell)) and _DAY.search(one)), None)
        day = said or day
        link = next((link for link in links_in(row, notes.url) if link.meeting()), None)
        meeting = _meeting(title, link, day, cells, where, notes)
        if meeting is not None and link is not None:
            meetings.setdefault(meeting.native_id, meeting)
            notes.ask(link.url)
    return list(meetings.values())


def _meeting(
    title: Tag, link: Link | None, day: str | None, cells: list[Tag], where: str, notes: Notes
) -> Meeting | None:
    native = without_twin(link.meeting()) if link else None
    date = _DAY.search(day or "")
    try:
        moment = german_moment(date[0]) if date else None
        times = [time for cell in cells for time in _TIME.findall(_DAY.sub(" ", text(cell) or ""))]
        start = clock(times[0]) if times else None
    except ValueError:
        moment = None
    if native is None or moment is None or link is None:
        notes.say(where, f"expected a meeting with a link and a day, found {found(text(title))}: left out")
        return None
    name = text(title) or attribute(title.select_one("a"), "title")
    place = text(title.parent.select_one(_PLACE)) if title.parent else None
    return Meeting(
        native_id=native,
        source_url=link.url,
        name=name,
        start=at(moment.date(), start),
        cancelled=says_cancelled(name or ""),
        location=Location(description=place) if place else None,
    )

"""A meeting's own page (to010): its head, its documents and its agenda."""

from __future__ import annotations

import datetime as dt
import re

from bs4 import Tag

from council.model import Location, Meeting, OrganizationRef
from crawlers.allris4 import quirks
from crawlers.allris4.agenda import read_agenda
from crawlers.allris4.files import read_files
from crawlers.allris4.labels import heading, labels_of
from crawlers.allris4.table import header_meanings
from crawlers.allris4.urls import committee_number, is_own, linked_number, number_in, page_name, stable
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.clocks import moments, times_in
from crawlers.parsing.dates import days_in, find_days
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import address, attribute, shown_text
from crawlers.parsing.labels import Field, Labels
from crawlers.parsing.visibility import Section, names_nonpublic_file, section_of_heading

AGENDA = "table#toTreeTable, #toTable table, table.toTable"
DOCUMENTS = "#dokumenteHeaderPanel, #anlagenHeaderPanel, aside, #headRight"
_NUMBER = re.compile(r"[?&;]SILFDNR=(\d{1,15})")
_OPEN_STATUS = re.compile(r"öffentlich(?:e sitzung)?(?:\s*\(.*\))?")
_TITLE = re.compile(r"(?P<name>.+?)\s+-\s+(?P<day>\d{1,2}\.\d{1,2}\.\d{4})(?:.*)")


def read_meeting(page: Tag, diagnostics: Diagnostics) -> list[Meeting]:
    """The one meeting of the page. Raises UnexpectedResponse when its number is not known."""
    number = own_number(page, diagnostics.url, "to010", _NUMBER)
    labels = labels_of(page)
    status = labels.text(Field.STATUS)
    agenda = _agenda(page, number, _part(status), diagnostics)
    documents = read_files(page.select(DOCUMENTS), diagnostics)
    items, files = agenda.with_files_once(documents)
    title = _title(page)
    name = labels.text(Field.MEETING_NAME) or labels.text(Field.SUBJECT) or title["name"]
    state = _bare(labels.text(Field.STATE))
    occasion = labels.text(Field.OCCASION)
    start, end = _when(title["day"], labels, diagnostics)
    labels.report_unknown(diagnostics)
    cancelled = is_cancelled(start, name, state, status, heading(page), title["name"], occasion, *_beside(labels))
    meeting = Meeting(
        native_id=number,
        source_url=stable(diagnostics.url, "to010", number),
        name=(bare_name(name) or name) if cancelled else name,
        start=start,
        end=end,
        cancelled=cancelled,
        state=state,
        location=location(labels.text(Field.ROOM), labels.text(Field.PLACE)),
        organization=_organization(labels, diagnostics),
        agenda=items,
        files=files,
        withheld=agenda.closed_items(),
        withheld_papers=agenda.closed_papers(),
    )
    return [meeting]


def _beside(labels: Labels) -> list[str | None]:
    """What is said at the committee and at the day, where a meeting may be called off or moved as well."""
    return [shown_text(one) for one in labels.elements(Field.ORGANIZATION)] + [labels.text(Field.DATE)]


def own_number(page: Tag, url: str, name: str, pattern: re.Pattern[str]) -> str:
    """The page's own number: of the address asked for, else of what the page says of itself (reload, search form)."""
    number = number_in(url, name)
    if number:
        return number
    for one in page.select("form[action], nav#navIcon a[href], #navIcon a[href]"):
        said = attribute(one, "action") or attribute(one, "href") or ""
        target = address(one, url, "action" if one.name == "form" else "href")
        if target and is_own(target, url) and page_name(target) == name and (found := pattern.search(said)):
            return found[1]
    for script in page.select("script"):
        if "baseUrl" in (script.string or "") and (found := pattern.search(script.string or "")):
            return found[1]
    raise UnexpectedResponse(
        url, f"the number of this {name}", "none in its address or on it", "Give the page's address"
    )


def _agenda(page: Tag, number: str, part: Section | None, diagnostics: Diagnostics) -> Agenda:
    tables = page.select(AGENDA) or [one for one in page.select("table") if quirks.is_agenda(header_meanings(one))]
    outer = [one for one in tables if not any(other is above for other in tables for above in one.parents)]
    agenda = Agenda()
    for table in outer:
        agenda.extend(read_agenda(table, number, _part_above(table) or part, diagnostics))
    return agenda


def _part_above(table: Tag) -> Section | None:
    """The part that the nearest heading above the table names, for each part may have a table of its own."""
    above = table.find_previous(["h2", "h3", "h4"])
    return section_of_heading(shown_text(above) or "") if isinstance(above, Tag) else None


def _part(status: str | None) -> Section | None:
    """What the meeting's status proves of its agenda: "öffentlich", "nichtöffentlich"; "gemischt" proves nothing."""
    said = (status or "").lower()
    if names_nonpublic_file(said):
        return Section.NONPUBLIC
    return Section.PUBLIC if _OPEN_STATUS.fullmatch(said) else None


def _title(page: Tag) -> dict[str, str | None]:
    said = heading(page)
    found = _TITLE.fullmatch(said or "")
    return {"name": found["name"], "day": found["day"]} if found else {"name": said, "day": None}


def _when(
    titled: str | None, labels: Labels, diagnostics: Diagnostics
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The day stands in #sidatum or the title: never elsewhere, for the first date of every page is its release."""
    clock = labels.text(Field.TIME)
    shown = bare_name(labels.text(Field.DATE))
    days, times = days_in(shown if find_days(shown) else titled), times_in(clock)
    if not days or len(days) > 2:
        diagnostics.add("date", "the day is not understood")
        return None, None
    if clock and not times.is_understood:
        diagnostics.add("time", f"no time understood in {shape(clock)}")
    until = times_in(labels.text(Field.END)).first
    return moments(days[0], times.begin, times.end or until, days[-1])


def location(room: str | None, place: str | None) -> Location | None:
    """Room and address as the page words them."""
    return Location(room=room, description=place) if room or place else None


def _organization(labels: Labels, diagnostics: Diagnostics) -> tuple[OrganizationRef, ...]:
    shown = labels.elements(Field.ORGANIZATION)
    found: dict[OrganizationRef, None] = {}
    for link in (link for one in shown for link in one.select("a[href]")):
        target = address(link, diagnostics.url)
        number = committee_number(target) if target and is_own(target, diagnostics.url) else None
        if number and (name := bare_name(shown_text(link))):
            found.setdefault(OrganizationRef(native_id=number, name=name))
        if gremium := linked_number(link, diagnostics.url, "gr020"):
            diagnostics.links.add(stable(diagnostics.url, "gr020", gremium))
    names = [name for one in shown if (name := bare_name(shown_text(one)))]
    return tuple(found) or tuple(OrganizationRef(name=name) for name in names)


def _bare(said: str | None) -> str | None:
    return (said.strip(" ()") or None) if said else None

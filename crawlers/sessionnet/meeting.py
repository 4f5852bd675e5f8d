"""One meeting: head, documents and public agenda (si0057, si0056, to0040), or its head alone (si0050)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import File, Location, Meeting, OrganizationRef
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.cancellation import bare_name, is_cancelled, masked
from crawlers.parsing.clocks import moments, times_in
from crawlers.parsing.dates import days_in, find_days, first_day_at, short_days_in
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.html import tidy
from crawlers.parsing.labels import Label, Labels
from crawlers.parsing.wording import composed
from crawlers.sessionnet import quirks
from crawlers.sessionnet.agenda import read_agenda, withheld_in
from crawlers.sessionnet.agenda_lines import (
    Heading,
    Line,
    agenda_tables,
    card_lines,
    has_lines_outside,
    table_lines,
    unnamed_tables,
)
from crawlers.sessionnet.files import read_links
from crawlers.sessionnet.labels import PRODUCT, in_content, labels_of, shown, title_of
from crawlers.sessionnet.urls import (
    AGENDA_PAGES,
    MEETING_PAGES,
    linked,
    number,
    only_number_in,
    page_name,
    page_url,
    target,
)

_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?![\d:.])(?:\s?(?:Uhr\b|h\b|[APap]\.?[Mm]\b\.?))?"
_PLACE = re.compile(rf"^[\s,\-–]*(?:(?:ab|um|von)\s)?(?:{_CLOCK}(?:\s?(?:-|–|bis)\s?{_CLOCK})?)?[\s,\-–]*")
_NOT_YET = re.compile(r"noch keine (?:detail)?informationen|keine tagesordnung|nicht freigegeben", re.IGNORECASE)
_STATES: Final = (
    "h1, .tename, .alert, .smc-alert, .smchinweis, .smc_hinweis, .smc_status, .smc-status, .smcstatus, .sistatus"
)
_OF_THIS = re.compile(
    r"\W*(?:(?:achtung|hinweis|wichtig)\W+)?(?:(?:die|diese|der|dieser)\s+)?(?:sitzung|termin)\b", re.IGNORECASE
)
_COMMITTEE = re.compile(
    r"[\w\-]*(?:ausschuss|ausschuß|rat|beirat|kreistag|versammlung|vertretung|kommission)(?:\s[IVX\d]+)?", re.IGNORECASE
)
_LONGEST_STATE: Final = 300
_TELLING: Final = (
    Label.STATUS, Label.MEETING_REFERENCE, Label.MEETING_NAME, Label.ORGANIZATION, Label.ROOM, Label.PLACE, Label.TIME,
    Label.DATE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Title:
    """A page's title taken apart: "Stadtrat - 01.10.2026 - 17:00 Uhr - Rathaus"."""

    name: str | None
    day: str | None
    rest: str
    state: str = ""
    """What stands behind the day, with what says that the meeting is cancelled or rescheduled."""


def read_meeting(page: BeautifulSoup, name_of_page: str, diagnostics: Diagnostics) -> Meeting:
    """The meeting of the page. Raises UnexpectedResponse where it shows neither its number nor its day.

    Where an agenda's page shows no agenda, what documents are the meeting's own is not known: they are left out.
    """
    native = meeting_number(page, diagnostics.url)
    if native is None:
        raise UnexpectedResponse(
            diagnostics.url, "a meeting with its number (ksinr)", "none", "Look at the page: mend the reader"
        )
    regions, lines = _agenda(page, diagnostics)
    labels, title = labels_of(page, regions), _read_title(page)
    days = _days(labels, title)
    day = days[0] if len(days) == 1 else None
    reference = labels.text(Label.MEETING_REFERENCE)
    named = labels.text(Label.MEETING_NAME)
    name = (named if named != reference else None) or title.name
    name = name or (reference if reference and is_cancelled(day, reference) else None)
    name = name or labels.text(Label.ORGANIZATION) or reference
    _refuse_empty(page, labels, title, bool(regions), diagnostics)
    agenda = read_agenda(lines, native, diagnostics)
    start, end = _moments(labels, title, _begin(lines), diagnostics)
    organization = bare_name(labels.text(Label.ORGANIZATION) or (title.name if title.day else None) or "")
    meeting = Meeting(
        native_id=native,
        source_url=_own_address(diagnostics.url, native),
        name=name,
        start=start,
        end=end,
        cancelled=_is_cancelled(page, regions, labels, title, day),
        state=labels.text(Label.STATUS),
        location=_location(labels, title),
        organization=_organizations(page, organization, diagnostics),
        agenda=tuple(agenda.items),
        files=_files(page, regions, agenda, name_of_page, diagnostics),
        withheld=withheld_in(agenda, native),
        withheld_papers=agenda.closed_papers(),
    )
    labels.report_unknown(diagnostics)
    if not regions:
        _follow_agenda(page, native, diagnostics)
    return meeting


def meeting_number(page: Tag, url: str) -> str | None:
    """The meeting's number: of the address, else of the page's own tabs."""
    if page_name(url) in MEETING_PAGES | {None} and (native := number(url, "ksinr")):
        return native
    for link in page.select("#smcregister a[href], .nav-tabs a[href], .smcregister a[href], link[rel=canonical]"):
        if native := linked(link, url, "ksinr", *MEETING_PAGES, "to0045"):
            return native
    return only_number_in(page, url, "ksinr", *MEETING_PAGES, "to0045")


def _own_address(url: str, native: str) -> str:
    name = page_name(url)
    return page_url(url, name if name in MEETING_PAGES else "si0057", "ksinr", native)


def _agenda(page: BeautifulSoup, diagnostics: Diagnostics) -> tuple[list[Tag], list[Line]]:
    """The elements that hold the agenda, and their lines."""
    tables = [table for table in agenda_tables(page) if not quirks.is_head(table)]
    if tables:
        return tables, [line for table in tables for line in table_lines(table, diagnostics)]
    lines = list(card_lines(page, diagnostics.url))
    if not lines and (tables := unnamed_tables(page)):
        return tables, [line for table in tables for line in table_lines(table, diagnostics)]
    return [line.node for line in lines], lines


def _read_title(page: BeautifulSoup) -> _Title:
    """The heading; where that has no day, the window's title."""
    read = []
    for node in (*page.select("h1"), page.title):
        words = composed(PRODUCT.sub("", title_of(node) or ""))
        if place := first_day_at(masked(words)):
            name, start, end = place
            rest = words[end:]
            return _Title(tidy(words[:name].strip(" -–,")), words[start:end], bare_name(rest) or "", rest)
        read.append(words)
    return _Title(tidy(next(filter(None, read[:-1]), "")), None, "")


def _refuse_empty(
    page: BeautifulSoup, labels: Labels, title: _Title, has_agenda: bool, diagnostics: Diagnostics
) -> None:
    """A meeting has a head with a day, or at least an agenda; without either the page is none of a meeting."""
    says_something = title.name or labels.text(*Label)
    if labels.element(Label.DATE) or title.day or (has_agenda and says_something):
        return
    words = shown(page.body) or ""
    expected = "a meeting with its day or its agenda"
    if _NOT_YET.search(words):
        advice = "Keep what is held; ask again later"
        raise AccessDenied(diagnostics.url, expected, "no details released yet", advice, DenialKind.ERROR_PAGE)
    raise UnexpectedResponse(diagnostics.url, expected, "a page with neither", "Look at the page")


def _begin(lines: list[Line]) -> str | None:
    """What the first heading says of the time."""
    first = lines[0] if lines else None
    return quirks.begin_in_heading(first.words) if isinstance(first, Heading) else None


def _moments(
    labels: Labels, title: _Title, heading: str | None, diagnostics: Diagnostics
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end; where the head shows two days, the end is on the second."""
    written = tidy(f"{labels.text(Label.DATE) or ''} {labels.text(Label.TIME) or ''}") or title.day or "nothing"
    days, times = _days(labels, title), times_in(written)
    is_impossible = times.is_impossible
    if times.begin is None:
        found = _PLACE.match(title.rest)
        times = times_in(found[0] if found else None)
    if times.begin is None:
        times = times_in(heading)
    if not days or is_impossible:
        diagnostics.add("date", f"a day or time that does not exist or is not understood: {shape(written)}")
    end = times.end or times_in(labels.text(Label.END)).first
    return moments(days[0] if days else None, times.begin, end, days[1] if len(days) == 2 else None)


def _days(labels: Labels, title: _Title) -> list[dt.date]:
    words = masked(labels.text(Label.DATE) or "")
    return days_in(words if find_days(words) else title.day)


def _is_cancelled(page: BeautifulSoup, regions: list[Tag], labels: Labels, title: _Title, day: dt.date | None) -> bool:
    """Whether head, heading or a sentence beside the agenda says that the meeting is cancelled or rescheduled."""
    words = [*map(labels.text, _TELLING), title.name, title.state]
    words += [shown(inner) for inner in page.select(_STATES)]
    sentences = filter(None, map(shown, in_content(page, "p, strong, b, h2, h3", *regions)))
    words += [written for written in sentences if _OF_THIS.match(written) and not _is_of_another(written, day)]
    return is_cancelled(day, *(written for written in words if written and len(written) < _LONGEST_STATE))


def _is_of_another(sentence: str, day: dt.date | None) -> bool:
    """Whether a sentence tells of the meeting of another day; that to which one is moved does not count."""
    words = masked(sentence)
    if find_days(words):
        return day not in days_in(words)
    short = short_days_in(words)
    return bool(short) and (day is None or short[0] != (day.day, day.month))


def location_of(place: str | None) -> Location | None:
    """A place as it is written; "." and strokes say that none is set."""
    return Location(description=place) if place and any(sign.isalnum() for sign in place) else None


def _location(labels: Labels, title: _Title) -> Location | None:
    return location_of(labels.text(Label.ROOM, Label.PLACE) or tidy(_PLACE.sub("", title.rest, count=1)))


def _organizations(page: Tag, name: str | None, diagnostics: Diagnostics) -> tuple[OrganizationRef, ...]:
    """The committees; the number of one is that of the head's link or of the tab that leads to it."""
    pages = ("kp0040", "gr0054", "gr0050")
    for link in page.select("a[href]"):
        native = linked(link, diagnostics.url, "kgrnr", *pages)
        if native and (shown(link) == name or link.find_parent(class_=re.compile(r"sigrname|fct_gremium")) is not None):
            return (OrganizationRef(native_id=native, name=name),)
    parts = re.split(r"\s*[,;]\s+", name or "")
    if len(parts) > 1 and all(_COMMITTEE.fullmatch(written) for written in parts):
        return tuple(OrganizationRef(name=part) for part in parts)
    return (OrganizationRef(name=name),) if name else ()


def _files(
    page: BeautifulSoup, regions: list[Tag], agenda: Agenda, name_of_page: str, diagnostics: Diagnostics
) -> tuple[File, ...]:
    """The meeting's own documents: all that lie neither in the agenda nor in the page's frame."""
    links = in_content(page, "a[href], form", *regions)
    files = tuple(file for file in read_links(links, diagnostics) if file.native_id not in agenda.withheld_files)
    if has_lines_outside(page, regions):
        diagnostics.add(
            "agenda", "lines outside its table, a tag is lost: they and the meeting's documents are left out"
        )
        return ()
    if files and not regions and name_of_page in AGENDA_PAGES:
        diagnostics.add("agenda", "an agenda's page without agenda: its documents are left out")
        return ()
    return files


def _follow_agenda(page: Tag, native: str, diagnostics: Diagnostics) -> None:
    """The page of the agenda, where this one shows only the head and leads to it."""
    for link in page.select("#smcregister a[href], .nav-tabs a[href], .smcregister a[href]"):
        found = target(link, diagnostics.url)
        name = page_name(found) if found else None
        if name in AGENDA_PAGES and name != page_name(diagnostics.url) and number(found, "ksinr") == native:
            diagnostics.links.add(page_url(diagnostics.url, name, "ksinr", native))
            return

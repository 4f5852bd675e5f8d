"""Meetings: one of a calendar, or one with its agenda and documents.

The oldest interface's page, `sitzungen_top.php?sid=`, is known only from clients that read it (darmstadt.more-rubin1.de
2006–2015, andernach 2021; no page was kept): title in `b.Suchueberschrift`, "Termin: 29.11.2006, 15:00 Uhr - 15:45
Uhr" in `div.InfoBlock`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from council.model import (
    File,
    Location,
    Meeting,
    Organization,
    OrganizationRef,
    Paper,
    Record,
)
from crawlers.morerubin import quirks
from crawlers.morerubin.agenda import read_agenda, read_old_agenda, with_meeting
from crawlers.morerubin.api import name_in
from crawlers.morerubin.files import file_of, read_documents
from crawlers.morerubin.organization import committee_ref, read_committee
from crawlers.morerubin.urls import Link, absolute, links_in, meeting_page, parameter, without_twin
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.clocks import Place, moments, times_in
from crawlers.parsing.dates import days_in
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import each_once
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, text
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.json_values import found
from crawlers.parsing.labels import Label, Labels, LabelTable, Pair
from crawlers.parsing.tables import own_cells

_COMMITTEES = tuple(f"gremium_{place}" for place in range(1, 6))


def is_none_of_ours(fields: Fields) -> bool:
    """Whether a calendar's entry is no meeting of a council: a draft, or a faction's own meeting."""
    return fields.is_set("is_draft", "fraktionssitzung")


def is_other_event(fields: Fields) -> bool:
    """Whether it is another kind of event than a meeting (`event_type_id` 1). Noted by its number: the kinds are not
    known, and what they are called may be the administration's own affair."""
    kind = fields.number("event_type_id")
    named = name_in(fields, "event_type") or ""
    if kind in {None, 1} or "sitzung" in named.lower():
        return False
    fields.diagnostics.add(f"{fields.where} event_type_id", f"expected 1 (a meeting), found {kind}: left out")
    return True


def _page(fields: Fields) -> str | None:
    return absolute(
        next((raw for key in quirks.PAGE_KEYS if (raw := fields.raw.get(key))), None), fields.diagnostics.url
    )


def shown_number(fields: Fields) -> str | None:
    """The number a meeting is asked for by, with "ni_" where its minutes are there."""
    page = meeting_page(_page(fields))
    return fields.ident("nummer", "nummer_si") or (page[1] if page else None)


def human_page(fields: Fields) -> str | None:
    """The meeting's own page. It may name another host of the same installation."""
    address = _page(fields)
    return address if meeting_page(address) else None


def read_meeting(fields: Fields) -> Meeting | None:
    """A meeting without its agenda; None where it has no number or no day."""
    shown, day = shown_number(fields), fields.day("datum", "date")
    native = without_twin(fields.ident("nummer_si") or shown)
    if native is None or day is None:
        fields.diagnostics.add(fields.where, "expected a meeting with a number and a day: left out")
        return None
    start, end = moments(day, fields.clock("beginn"), fields.clock("ende"))
    name = fields.line("titel", "title", "name")
    return Meeting(
        native_id=native,
        source_url=human_page(fields),
        name=name,
        start=start,
        end=end,
        cancelled=_is_cancelled(fields, name, day),
        location=_location(fields),
        organization=_organizations(fields),
    )


def read_meeting_with_agenda(fields: Fields) -> list[Record]:
    """The meeting, the committees that hold it and the papers it deals with in public."""
    bare = read_meeting(fields)
    if bare is None or is_none_of_ours(fields):
        return []
    agenda, papers = read_agenda(fields, bare)
    items, files = agenda.with_files_once([document.file for document in read_documents(fields, "documents")])
    withheld = {"withheld": agenda.closed_items(), "withheld_papers": agenda.closed_papers()}
    meeting = bare.model_copy(update={"agenda": items, "files": files} | withheld)
    return [meeting, *_committees(fields), *(_without(paper, agenda.withheld_files) for paper in papers.values())]


def _without(paper: Paper, closed: set[str]) -> Paper:
    return paper.model_copy(update={"files": tuple(file for file in paper.files if file.native_id not in closed)})


def _committees(fields: Fields) -> list[Organization]:
    return [committee for inner in fields.objects("committees") if (committee := read_committee(inner))]


def _is_cancelled(fields: Fields, name: str | None, day: dt.date) -> bool:
    """There is no flag for it: the title says "Abgesagt - …" (lauenburg, September 2026), or that the meeting was moved
    to another day than this."""
    if fields.is_set("abgesagt", "cancelled", "is_cancelled"):
        return True
    return is_cancelled(day, name)


def _organizations(fields: Fields) -> tuple[OrganizationRef, ...]:
    """The committees with their names, then those only named by their codes."""
    named = [ref for inner in fields.objects("committees") if (ref := committee_ref(inner))]
    known = {ref.native_id for ref in named}
    codes = [code for key in _COMMITTEES if (code := fields.ident(key)) and code not in known]
    return (*named, *(OrganizationRef(native_id=code) for code in dict.fromkeys(codes)))


def _location(fields: Fields) -> Location | None:
    """The room. `raum` alone is only its code; in old answers `room` can be its name."""
    room = fields.inner("room")
    if room is None:
        held = fields.raw.get("room")
        name = fields.line("room") if isinstance(held, str) else None
        return Location(description=name) if name else None
    address = room.inner("address") or Fields({}, f"{room.where} address", room.diagnostics)
    location = Location(
        description=room.line("Bezeichnung", "name"),
        street_address=room.line("Strasse") or address.line("street"),
        postal_code=room.line("PLZ") or address.line("zip_code"),
        locality=room.line("Ort") or address.line("location"),
    )
    return location if location != Location() else None


def is_old_meeting(page: BeautifulSoup) -> bool:
    """Whether it is such a page: its title and one of its two tables."""
    has_title = page.select_one(".Suchueberschrift") is not None
    return has_title and page.select_one(".InfoBlock table, #ajax_sitzungsmappe table") is not None


def read_old_meeting(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Record]:
    """The meeting with its public items, and their papers. Raises UnexpectedResponse where number or day are
    missing."""
    native = _number_of_page(page, diagnostics.url)
    labels = Labels(_labelled(page), LabelTable({}))
    start, end = _old_moments(labels, diagnostics.url)
    name = text(page.select_one(".Suchueberschrift"))
    place = labels.text(Label.ROOM) or labels.text(Label.PLACE)
    committees = [part.strip() for part in (labels.text(Label.ORGANIZATION) or "").split(";")]
    table = page.select_one("#ajax_sitzungsmappe table")
    agenda, papers = read_old_agenda(table, native, diagnostics)
    meeting = Meeting(
        native_id=native,
        source_url=absolute(diagnostics.url, diagnostics.url),
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name),
        location=Location(description=place) if place else None,
        organization=tuple(OrganizationRef(name=part) for part in committees if part),
        agenda=tuple(agenda.items),
        files=tuple(_meeting_files(page, table, diagnostics.url)),
        withheld=tuple(agenda.withheld_items),
        withheld_papers=agenda.closed_papers(),
    )
    return [meeting, *(with_meeting(paper, meeting) for paper in papers.values())]


def _number_of_page(page: BeautifulSoup, url: str) -> str:
    hidden = {attribute(node, "value") for node in page.select("input[name=sid]")} - {None}
    number = parameter(url, "sid", "id") or (hidden.pop() if len(hidden) == 1 else None)
    native = without_twin(number)
    if native is None:
        advice = "Ask for the page by its number: sitzungen_top.php?sid="
        raise UnexpectedResponse(url, "a meeting's number (sid) in the address", "none", advice)
    return native


def _labelled(page: BeautifulSoup) -> Iterator[Pair]:
    """The rows of a label and its value."""
    for row in page.select(".InfoBlock tr"):
        cells = own_cells(row)
        if len(cells) >= 2:
            yield Pair(cells[1], text(cells[0]))


def _old_moments(labels: Labels, url: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Day, begin and end: in one row, or in rows of their own."""
    written = labels.text(Label.DATE)
    day, times = next(iter(days_in(written)), None), times_in(written, Place.DAY)
    if not times.is_understood:
        times = times_in(labels.text(Label.TIME))
    if day is None:
        raise UnexpectedResponse(
            url, "a row Termin with a day", found(written), "The page's structure has changed: mend the reader"
        )
    return moments(day, times.begin, times.end or times_in(labels.text(Label.END)).first)


def _meeting_files(page: BeautifulSoup, table: Tag | None, url: str) -> tuple[File, ...]:
    """The documents outside the agenda: invitation, minutes."""
    inside = {link.url for link in links_in(table, url)} if table else set()
    outside: list[Link] = [link for link in links_in(page, url) if link.is_document() and link.url not in inside]
    (files,) = each_once([[file for link in outside if (file := file_of(link, None))]])
    return files

"""A meeting's own page (to010): its head, its documents and its agenda."""

from __future__ import annotations

import datetime as dt
import re

from bs4 import Tag

from council.model import Location, Meeting, OrganizationRef
from crawlers.allris3 import quirks
from crawlers.allris3.agenda import read_agenda
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.files import document_number, read_files
from crawlers.allris3.labels import labels_of
from crawlers.allris3.table import header_meanings, own_rows
from crawlers.allris3.urls import beside, committee_address, committee_of, links_in, parameters_of, program_of
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.clocks import moments, times_in
from crawlers.parsing.dates import days_in, find_days
from crawlers.parsing.diagnostics import shape
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import shown_text, text
from crawlers.parsing.labels import Field, Labels
from crawlers.parsing.visibility import Section, section_of_heading, section_of_status

_TITLE = re.compile(r"(?:Tagesordnung|Einladung|Bekanntmachung|Niederschrift|Sitzung)\s+-\s+(?P<name>.+)")
_LOCALITY = re.compile(r"(\d{5})\s+([^,]+?)(?:,\s*(.+))?")


def read_meeting(root: Tag, diagnostics: Diagnostics) -> list[Meeting]:
    """The one meeting of the page. Raises UnexpectedResponse when its number is not known."""
    number = own_number(root, "to010", diagnostics)
    labels = labels_of(root)
    status = labels.text(Field.STATUS)
    tables = agenda_tables(root)
    agenda = _agenda(tables, number, status, diagnostics)
    documents = read_files(
        [*_without(root, tables), *_right_above(root, tables, number, diagnostics)], number, diagnostics
    )
    items, files = agenda.with_files_once(documents)
    name, day = _name_and_day(root, labels)
    start, end = when(labels, day, diagnostics)
    labels.report_unknown(diagnostics)
    body = labels.text(Field.ORGANIZATION)
    occasion = labels.text(Field.OCCASION)
    meeting = Meeting(
        native_id=number,
        source_url=own_address(root, "to010", number, diagnostics),
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name, status, occasion, title_of(root), body),
        location=location(labels),
        organization=organizations(labels, diagnostics),
        agenda=items,
        files=files,
        withheld=agenda.closed_items(),
        withheld_papers=agenda.closed_papers(),
    )
    return [meeting]


def own_number(root: Tag, page: str, diagnostics: Diagnostics) -> str:
    """The page's own number: of the address asked for, else of its own links. Raises UnexpectedResponse."""
    asked = program_of(diagnostics.url)
    key = {"to010": "SILFDNR", "to020": "TOLFDNR", "vo020": "VOLFDNR", "kp020": "KPLFDNR"}[page]
    given = parameters_of(diagnostics.url).get(key, "")
    if given.isdecimal() and (asked is None or asked[1] == page):
        return given.lstrip("0") or given
    numbers = [number for link in links_in(root, diagnostics) if link.page == page and (number := link.number(key))]
    numbered = [
        number
        for link in links_in(root, diagnostics)
        if link.page == "to010" and "TOLFDNR" in link.parameters and (number := link.number(key))
    ]
    closest = numbered if page == "to010" else numbers if page != "to020" else []
    if len(set(closest)) == 1:
        return closest[0]
    selected = [
        link.parameters["TOPSELECTED"] for link in links_in(root, diagnostics) if "TOPSELECTED" in link.parameters
    ]
    if page == "to020" and len(set(selected)) == 1 and selected[0].isdecimal():
        return selected[0]
    protocol = [number for link in links_in(root, diagnostics) if link.page in {"si016", "si017", "vo021", "si019"}
                and (number := link.number(key))]  # fmt: skip
    if len(set(protocol)) == 1:
        return protocol[0]
    raise UnexpectedResponse(
        diagnostics.url, f"the number of this {page}", "none in its address or on it", "Give the page's address"
    )


def own_address(root: Tag, page: str, number: str, diagnostics: Diagnostics) -> str:
    """The stable address of the page itself."""
    for link in links_in(root, diagnostics):
        if link.page == page and link.number() == number and link.stable:
            return link.stable
    return beside(diagnostics, page, number)


def agenda_tables(root: Tag) -> list[Tag]:
    """The tables that hold an agenda: those called so, else every list with the number of an item in a row."""
    named = root.select("#toTable table, table.toTable")
    lists = named or list(root.select("table.tl1, table.dataTable"))
    if not named:
        lists = [one for one in lists if _has_items(one)] or [one for one in root.select("table") if _has_items(one)]
        inner = [one for one in lists if not any(other in one.descendants for other in lists)]
        return inner if not any("tl1" in (one.get("class") or []) for one in lists) else _outermost(lists)
    return _outermost(lists)


def _outermost(tables: list[Tag]) -> list[Tag]:
    return [one for one in tables if not any(other is not one and one in other.descendants for other in tables)]


def _has_items(table: Tag) -> bool:
    """Whether its own rows are agenda items: a number first, or a link with an item's number."""
    for line in own_rows(table):
        marks = line.select("a[href*='TOLFDNR='], input[name=TOLFDNR], td.tonr")
        if any(one.find_parent("tr") is line for one in marks):
            return True
        cells = [said for one in line.find_all("td") if one.find_parent("tr") is line and (said := shown_text(one))]
        if len(cells) >= 2 and re.fullmatch(r"(?:Ö|N|NÖ)\.?\s*\d[\d.]*\s?[a-z]?", cells[0]):
            return True
        if len(cells) == 1 and re.match(r"(?:\W*|[IVX]+\.?\s*)(?:nicht[\s-]?)?öffentlicher teil", cells[0], re.I):
            return True
    return {"number", "name"} <= header_meanings(table)


def _agenda(tables: list[Tag], number: str, status: str | None, diagnostics: Diagnostics) -> Agenda:
    agenda, part = Agenda(), section_of_status(status)
    for place, table in enumerate(tables):
        part = _part_before(table, tables[:place]) or part
        found = read_agenda(table, number, part, diagnostics)
        part = Section.NONPUBLIC if found.ends_nonpublic else part
        agenda.extend(found)
    return agenda


def _part_before(table: Tag, others: list[Tag]) -> Section | None:
    """What the nearest heading before a table says, where each part has a table of its own; none beyond another one."""
    for one in table.find_all_previous(["h1", "h2", "h3", "h4", "h5", "p", "b", "strong", "span", "table"], limit=40):
        if any(one is other for other in others):
            return None
        if not isinstance(one, Tag) or one.name == "table" or one.find_parent("table") is not None:
            continue
        said = text(one)
        if said and len(said) < 80 and (part := section_of_heading(said)):
            return part
    return section_of_heading(text(table.select_one("caption")) or "")


def _without(root: Tag, tables: list[Tag]) -> list[Tag]:
    """The page's links and forms outside of the agenda, each wrapped by what it stands in."""
    inside = {id(one) for table in tables for one in table.select("a, form")}
    found: dict[int, Tag] = {}
    for one in root.select("a[href], form[action]"):
        parent = one.parent
        if id(one) in inside or not isinstance(parent, Tag) or any(table in parent.descendants for table in tables):
            continue
        found.setdefault(id(parent), parent)
    return list(found.values())


def _right_above(root: Tag, tables: list[Tag], number: str, diagnostics: Diagnostics) -> list[Tag]:
    """Documents that stand in the same element as the agenda, with nothing around them: those between head and agenda.
    Below it they may belong to the last items, which are not public: they are left out."""
    found: list[Tag] = []
    inside = {id(one) for table in tables for one in table.select("a, form")}
    below = {id(one) for table in tables for one in table.find_all_next(["a", "form"])}
    for one in root.select("a[href], form[action]"):
        is_beside = one.parent is not None and any(table in one.parent.descendants for table in tables)
        if id(one) in inside or not is_beside or document_number(one, number, diagnostics) is None:
            continue
        if id(one) in below:
            diagnostics.add("documents", "a document below the agenda that no row holds: left out")
        else:
            found.append(one)
    return found


def title_of(root: Tag) -> str | None:
    """The page's heading."""
    return text(root.select_one("#risname h1, #risname_raw h1, h1.title, h1"))


def _name_and_day(root: Tag, labels: Labels) -> tuple[str | None, str | None]:
    """The meeting's name, labelled or in the title: "Tagesordnung - Sitzung des Rates"; and the day where the title
    has that instead."""
    title = title_of(root)
    labelled = labels.text(Field.MEETING_NAME)
    found = _TITLE.fullmatch(title or "")
    said = found["name"] if found else None
    if day := quirks.day_in_title(said or title or ""):
        return labelled, day
    return labelled or said, None


def when(labels: Labels, titled: str | None, diagnostics: Diagnostics) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end as the head says them."""
    shown = labels.text(Field.DATE)
    clock = labels.text(Field.TIME)
    ending = labels.text(Field.END)
    days, times = days_in(shown if find_days(shown) else titled), times_in(shown if clock is None else clock)
    if not days:
        diagnostics.add("date", f"no day understood in {shape(shown)}")
    if clock and not times.is_understood:
        diagnostics.add("time", f"no time understood in {shape(clock)}")
    return moments(days[0] if days else None, times.begin, times.end or times_in(ending).first, *days[1:][-1:])


def location(labels: Labels) -> Location | None:
    """Room and address: "Sitzungssaal", "31134 Hildesheim, Markt 1"."""
    room = labels.text(Field.ROOM)
    place = labels.text(Field.PLACE)
    if not room and not place:
        return None
    address = _LOCALITY.fullmatch(place or "")
    if address:
        return Location(
            description=place, room=room, postal_code=address[1], locality=address[2], street_address=address[3]
        )
    return Location(description=place, room=room)


def organizations(labels: Labels, diagnostics: Diagnostics) -> tuple[OrganizationRef, ...]:
    """The bodies that meet; joint meetings name several."""
    shown = labels.element(Field.ORGANIZATION)
    if shown is None:
        return ()
    found: dict[str, OrganizationRef] = {}
    for link in links_in(shown, diagnostics):
        number, said = committee_of(link), shown_text(link.node)
        if number and not link.is_form:
            found.setdefault(number, OrganizationRef(native_id=number, name=bare_name(said) or said))
            diagnostics.links.add(committee_address(link))
    name = shown_text(shown)
    return tuple(found.values()) or ((OrganizationRef(name=bare_name(name) or name),) if name else ())

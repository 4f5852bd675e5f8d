"""A meeting's own page (to010): its head, its documents and its agenda; and the page of one agenda item (to020).

The meeting of an item's page holds that one item: for a reader of a page, never to replace a meeting's whole agenda.
"""

from __future__ import annotations

import re
from typing import Final

from bs4 import Tag

from council.model import AgendaItem, File, FileRole, Meeting, OrganizationRef
from crawlers.allris3 import quirks
from crawlers.allris3.agenda import COLUMNS, own_marks, read_agenda, shown_result
from crawlers.allris3.files import TextBlock, file_number, read_files
from crawlers.allris3.urls import (
    Diagnostics,
    Link,
    beside,
    committee_address,
    committee_of,
    links_in,
    parameters_of,
    program_of,
)
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.badges import read_badge
from crawlers.parsing.cancellation import bare_name, is_cancelled
from crawlers.parsing.columns import Column
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.heads import location, when
from crawlers.parsing.html import shown_text, text
from crawlers.parsing.labels import Label, Labels, LabelTable, pairs_by_id, pairs_in
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.tables import fields_of_header
from crawlers.parsing.verdicts import Evidence, is_proven_public
from crawlers.parsing.visibility import Section, section_of_heading, section_of_status

_TERMS: Final = "td, th, dt, div.label, .row > a[aria-describedby]"
_CERTAIN: Final = "td.kb1, th.kb1, dt, div.label, td.label, th[scope=row], .row > a[aria-describedby]"
TABLE: Final = LabelTable(
    marks={
        Label.MEETING_NAME: ("sibetreff", "siname"),
        Label.ORGANIZATION: ("sigremium",),
        Label.DATE: ("sidatum",),
        Label.TIME: ("sizeit",),
        Label.ROOM: ("siraum",),
        Label.PLACE: ("siort",),
        Label.OCCASION: ("sianlass",),
        Label.STATUS: ("sistat", "sistatus", "tostatus"),
        Label.ITEM_NUMBER: ("tonr", "totop"),
        Label.ITEM_NAME: ("tobetreff",),
        Label.RESULT: ("toba", "tobeschlussart"),
        Label.PAPER_STATUS: ("vostatus",),
        Label.PAPER_NAME: ("vobetreff",),
        Label.PAPER_TYPE: ("voart",),
        Label.REFERENCE: ("vonr", "vonummer", "voname"),
        Label.CREATED: ("vodatum",),
        Label.OFFICE: ("voamt", "vofamt"),
        Label.ORIGINATOR: ("voverfasser",),
        Label.ORGANIZATION_NAME: ("grname", "auname", "paname"),
        Label.PERSON_NAME: ("kpname",),
    },
    labels={Label.ITEM_NUMBER: ("Tagesordnungspunkt",)},
    not_kept=("Vorstand",),
)


def labels_of(root: Tag) -> Labels:
    """What the head of a page says. to020 has "Status:" twice, the meeting's first and then the paper's."""
    return Labels((*pairs_by_id(root, TABLE), *pairs_in(root, _TERMS, _CERTAIN)), TABLE)


_TITLE = re.compile(r"(?:Tagesordnung|Einladung|Bekanntmachung|Niederschrift|Sitzung)\s+-\s+(?P<name>.+)")


def read_meeting(root: Tag, diagnostics: Diagnostics) -> list[Meeting]:
    """The one meeting of the page. Raises UnexpectedResponse when its number is not known."""
    number = own_number(root, "to010", diagnostics)
    labels = labels_of(root)
    status = labels.text(Label.STATUS)
    tables = agenda_tables(root)
    agenda = _agenda(tables, number, status, diagnostics)
    documents = read_files(
        [*_without(root, tables), *_right_above(root, tables, number, diagnostics)], number, diagnostics
    )
    items, files = agenda.with_files_once(documents)
    name, day = _name_and_day(root, labels)
    start, end = when(labels, day, diagnostics)
    labels.report_unknown(diagnostics)
    body = labels.text(Label.ORGANIZATION)
    occasion = labels.text(Label.OCCASION)
    meeting = Meeting(
        native_id=number,
        source_url=own_address(root, "to010", number, diagnostics),
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name, status, occasion, title_of(root), body),
        location=location(labels.text(Label.ROOM), labels.text(Label.PLACE)),
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
        lists = [table for table in lists if _has_items(table)] or [
            table for table in root.select("table") if _has_items(table)
        ]
        inner = [table for table in lists if not any(other in table.descendants for other in lists)]
        return inner if not any("tl1" in (table.get("class") or []) for table in lists) else _outermost(lists)
    return _outermost(lists)


def _outermost(tables: list[Tag]) -> list[Tag]:
    return [table for table in tables if not any(other is not table and table in other.descendants for other in tables)]


def _has_items(table: Tag) -> bool:
    """Whether its own rows are agenda items: a number first, or a link with an item's number."""
    for line in quirks.own_rows(table):
        marks = line.select("a[href*='TOLFDNR='], input[name=TOLFDNR], td.tonr")
        if any(mark.find_parent("tr") is line for mark in marks):
            return True
        cells = [
            written for cell in line.find_all("td") if cell.find_parent("tr") is line and (written := shown_text(cell))
        ]
        if len(cells) >= 2 and re.fullmatch(r"(?:Ö|N|NÖ)\.?\s*\d[\d.]*\s?[a-z]?", cells[0]):
            return True
        if len(cells) == 1 and re.match(r"(?:\W*|[IVX]+\.?\s*)(?:nicht[\s-]?)?öffentlicher teil", cells[0], re.I):
            return True
    return {Column.NUMBER, Column.NAME} <= fields_of_header(table, COLUMNS)


def _agenda(tables: list[Tag], number: str, status: str | None, diagnostics: Diagnostics) -> Agenda:
    agenda, section = Agenda(), section_of_status(status)
    for place, table in enumerate(tables):
        section = _section_before(table, tables[:place]) or section
        found = read_agenda(table, number, section, diagnostics)
        section = Section.NONPUBLIC if found.ends_nonpublic else section
        agenda.extend(found)
    return agenda


def _section_before(table: Tag, others: list[Tag]) -> Section | None:
    """What the nearest heading before a table says, where each section has its own table; none beyond another one."""
    for above in table.find_all_previous(["h1", "h2", "h3", "h4", "h5", "p", "b", "strong", "span", "table"], limit=40):
        if any(above is other for other in others):
            return None
        if not isinstance(above, Tag) or above.name == "table" or above.find_parent("table") is not None:
            continue
        written = text(above)
        if written and len(written) < 80 and (section := section_of_heading(written)):
            return section
    return section_of_heading(text(table.select_one("caption")) or "")


def _without(root: Tag, tables: list[Tag]) -> list[Tag]:
    """The page's links and forms outside of the agenda, each wrapped by what it stands in."""
    inside = {id(node) for table in tables for node in table.select("a, form")}
    found: dict[int, Tag] = {}
    for link in root.select("a[href], form[action]"):
        parent = link.parent
        if id(link) in inside or not isinstance(parent, Tag) or any(table in parent.descendants for table in tables):
            continue
        found.setdefault(id(parent), parent)
    return list(found.values())


def _right_above(root: Tag, tables: list[Tag], number: str, diagnostics: Diagnostics) -> list[Tag]:
    """Documents that stand in the same element as the agenda, with nothing around them: those between head and agenda.
    Below it they may belong to the last items, which are not public: they are left out."""
    found: list[Tag] = []
    inside = {id(node) for table in tables for node in table.select("a, form")}
    below = {id(link) for table in tables for link in table.find_all_next(["a", "form"])}
    for link in root.select("a[href], form[action]"):
        is_beside = link.parent is not None and any(table in link.parent.descendants for table in tables)
        if id(link) in inside or not is_beside or file_number(link, number, diagnostics) is None:
            continue
        if id(link) in below:
            diagnostics.add("documents", "a document below the agenda that no row holds: left out")
        else:
            found.append(link)
    return found


def title_of(root: Tag) -> str | None:
    """The page's heading."""
    return text(root.select_one("#risname h1, #risname_raw h1, h1.title, h1"))


def _name_and_day(root: Tag, labels: Labels) -> tuple[str | None, str | None]:
    """The meeting's name, labelled or in the title: "Tagesordnung - Sitzung des Rates"; and the day where the title
    has that instead."""
    title = title_of(root)
    labelled = labels.text(Label.MEETING_NAME)
    found = _TITLE.fullmatch(title or "")
    written = found["name"] if found else None
    if day := quirks.day_in_title(written or title or ""):
        return labelled, day
    return labelled or written, None


def organizations(labels: Labels, diagnostics: Diagnostics) -> tuple[OrganizationRef, ...]:
    """The bodies that meet; joint meetings name several."""
    shown = labels.element(Label.ORGANIZATION)
    if shown is None:
        return ()
    found: dict[str, OrganizationRef] = {}
    for link in links_in(shown, diagnostics):
        number, written = committee_of(link), shown_text(link.node)
        if number and not link.is_form:
            found.setdefault(number, OrganizationRef(native_id=number, name=bare_name(written) or written))
            diagnostics.links.add(committee_address(link))
    name = shown_text(shown)
    return tuple(found.values()) or ((OrganizationRef(name=bare_name(name) or name),) if name else ())


_TITLES = ("Auszug - ", "Tagesordnungspunkt - ", "Beschluss - ", "Niederschriftsauszug - ", "TOP - ")


def read_item(root: Tag, blocks: tuple[TextBlock, ...], diagnostics: Diagnostics) -> list[Meeting]:
    """The meeting with this one item; with none where the page does not prove it public. Nothing where the page does
    not name its meeting, which is reported."""
    number = own_number(root, "to020", diagnostics)
    labels = labels_of(root)
    links = list(links_in(root, diagnostics))
    meeting = next((link for link in links if link.page == "to010" and link.number()), None)
    if meeting is None:
        diagnostics.add("meeting", "the page does not lead to its meeting: the item is left out")
        return []
    paper = next((link for link in links if link.page == "vo020" and link.number()), None)
    papers = tuple(paper_number for paper_number in [paper.number() if paper else None] if paper_number)
    shown = labels.text(Label.ITEM_NUMBER)
    name = _name(root, labels)
    if not _is_public(root, labels, shown, name, diagnostics):
        closed = _meeting(meeting, labels, (), links, diagnostics)
        return [closed.model_copy(update={"withheld": (number,), "withheld_papers": papers})]
    item = AgendaItem(
        native_id=number,
        number=read_badge(shown).number,
        name=name,
        public=True,
        paper=paper.number() if paper else None,
        reference=_reference(links, paper),
        result=shown_result(labels.text(Label.RESULT)),
        resolution_text=_resolution(blocks),
        files=(*_minutes(blocks, number), *read_files([root], number, diagnostics)),
    )
    labels.report_unknown(diagnostics)
    diagnostics.links.add(meeting.stable)
    diagnostics.links.add(paper.stable if paper else None)
    return [_meeting(meeting, labels, (item,), links, diagnostics)]


def _is_public(root: Tag, labels: Labels, shown: str | None, name: str | None, diagnostics: Diagnostics) -> bool:
    """Proven by the Ö before the number, else by the status of a meeting that is public as a whole. The second
    "Status:" is the paper's: it may deny, and never proves."""
    own, *others = [shown_text(value) for value in labels.places(Label.STATUS)] or [None]
    denied = next((status for status in others if section_of_status(status) is Section.NONPUBLIC), None)
    marks = (mark for node in root.select("td.text1, #tonr, h1") for mark in own_marks(node))
    evidence = Evidence(
        badge=read_badge(shown), titles=(name,), statuses=(own, denied), is_restricted=is_restricted(marks)
    )
    return is_proven_public(evidence, "item", diagnostics)


def _name(root: Tag, labels: Labels) -> str | None:
    labelled = labels.text(Label.ITEM_NAME)
    title = text(root.select_one("#risname h1, #risname_raw h1, h1.title, h1"))
    for start in _TITLES:
        if title and title.startswith(start):
            return labelled or title.removeprefix(start)
    return labelled or title


def _reference(links: list[Link], paper: Link | None) -> str | None:
    """The first word of "25/085 Annahme von Zuwendungen", where it is a number."""
    for link in links:
        written = shown_text(link.node)
        if paper and link.page == "vo020" and not link.is_form and link.number() == paper.number() and written:
            first = written.split(" ")[0]
            return first if any(sign.isdigit() for sign in first) else None
    return None


def _resolution(blocks: tuple[TextBlock, ...]) -> str | None:
    """The decision as it was taken, and the vote below it."""
    written = [block.text if block.code == "BS" else block.written() for block in blocks if block.code in {"BS", "AE"}]
    return "\n\n".join(written) or None


def _minutes(blocks: tuple[TextBlock, ...], number: str) -> list[File]:
    """The item's minutes, which stand in the page and in no file."""
    written = "\n\n".join(block.text for block in blocks if block.code == "WP")
    if not written:
        return []
    return [
        File(
            native_id=f"{number}/text",
            role=FileRole.MINUTES,
            name="Wortprotokoll",
            media_type="text/plain",
            text=written,
        )
    ]


def _meeting(
    link: Link,
    labels: Labels,
    agenda: tuple[AgendaItem, ...],
    links: list[Link],
    diagnostics: Diagnostics,
) -> Meeting:
    number = link.number() or ""
    texts = [
        shown_text(link.node) for link in links if link.page == "to010" and not link.is_form and link.number() == number
    ]
    name = labels.text(Label.MEETING_NAME) or next((words for words in texts if words), None)
    start, end = when(labels, None, diagnostics)
    return Meeting(
        native_id=number,
        source_url=link.stable or beside(diagnostics, "to010", number),
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name),
        location=location(labels.text(Label.ROOM), labels.text(Label.PLACE)),
        organization=organizations(labels, diagnostics),
        agenda=agenda,
    )

"""The agenda of a meeting: its public items, and the numbers of what is withheld."""

from __future__ import annotations

import re

from bs4 import Tag

from council.model import AgendaItem
from crawlers.allris4.files import file_number, own_marks, read_files
from crawlers.allris4.urls import is_own, linked_number, number_of, stable
from crawlers.parsing import columns
from crawlers.parsing.agendas import Agenda, result_of
from crawlers.parsing.badges import badge_of_row, read_badge
from crawlers.parsing.columns import Column, Columns
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import address, attribute, shown_text, text
from crawlers.parsing.restricted_markers import is_restricted, says_public
from crawlers.parsing.tables import Row, body_rows
from crawlers.parsing.verdicts import AgendaSections, Evidence, Visibility
from crawlers.parsing.visibility import Section, names_nonpublic_file, names_nonpublic_item, section_of_heading

COLUMNS = Columns(
    columns.AGENDA,
    {"tonr": Column.NUMBER, "tobetreff": Column.NAME, "tovonr": Column.REFERENCE},
    {"tobanr": Column.RESULT, "tozunr": Column.ROLE, "colorcol": Column.STATUS},
    reaches_down=False,
)
"""The last column's class (tozunr) means in some municipalities what its head says instead."""
_OWN_ID = re.compile(r"(?:link|betreff|vo|ba|doc)_(\d{1,15})")
_ITEM_ID = re.compile(r"(?:link|betreff)_(\d{1,15})")
_LONGEST_NUMBER = 15


def read_agenda(table: Tag, meeting: str, section: Section | None, diagnostics: Diagnostics) -> Agenda:
    """The agenda in `table`. `section` is what the meeting's own status proves of items before the first heading."""
    agenda, sections, last_is_public = Agenda(), AgendaSections(section, only_badges_behind_n=True), True
    withheld_rows: set[str] = set()
    for place, row in enumerate(body_rows(table, COLUMNS, "agenda", diagnostics)):
        where = f"agenda row {place + 1}"
        if _is_detail(row):
            if not last_is_public:
                _withhold(row.node, agenda, diagnostics)
            continue
        if _is_heading(row, diagnostics):
            sections.enter(heading_in(row))
            if sections.section is None:
                diagnostics.add(where, "a heading that is not known: the public part ends here")
            _withhold(row.node, agenda, diagnostics)
            continue
        is_below = (attribute(row.node, "data-tt-parent-id") or "none") in withheld_rows
        last_is_public = sections.proves_public(_evidence(row), where, diagnostics, is_below_withheld=is_below)
        if last_is_public:
            _add(row, agenda, meeting, where, diagnostics)
        else:
            withheld_rows.add(attribute(row.node, "data-tt-id") or "")
            _withhold(row.node, agenda, diagnostics)
        for nested in _nested_tables(row.node):
            diagnostics.add(where, "a table within the row: left out with all it links to")
            _withhold(nested, agenda, diagnostics)
    return agenda


def _nested_tables(row: Tag) -> list[Tag]:
    """The tables in a row, without those in them again."""
    table = row.find_parent("table")
    return [inner for inner in row.find_all("table") if isinstance(inner, Tag) and inner.find_parent("table") is table]


def _is_detail(row: Row) -> bool:
    """An unfolded text under an item; texts are not kept."""
    return row.node.select_one(".docPart") is not None and not row.fields.get(Column.NUMBER)


def _is_heading(row: Row, diagnostics: Diagnostics) -> bool:
    """Whether a row divides the agenda. What names the non-public part does, even with an item's number."""
    written, number = shown_text(row.node), number_shown(row)
    named = heading_in(row)
    if named is Section.NONPUBLIC or "beratung" in row.classes:
        return True
    if item_id(row.node, diagnostics.url):
        return False
    return bool(written) and (number is None or len(number) > _LONGEST_NUMBER or named is not None)


def number_shown(row: Row) -> str | None:
    """The number with its badge: in its column, else as the link that unfolds the item."""
    return row.text(Column.NUMBER) or shown_text(row.node.select_one("a[id^=link_]"))


def heading_in(row: Row) -> Section | None:
    """The section that the whole row names, or its subject alone."""
    texts = (shown_text(row.node), shown_text(row.fields.get(Column.NAME), ".zusatzinfo"))
    return next((section for written in texts if written and (section := section_of_heading(written))), None)


def _evidence(row: Row) -> Evidence:
    name = row.fields.get(Column.NAME)
    titles = (shown_text(row.node.select_one("a[id^=betreff_]"), ".zusatzinfo"), text(name))
    notes = [written for node in row.node.select(".zusatzinfo") if (written := text(node))]
    return Evidence(
        badge=badge_of_row(number_shown(row), map(text, row.node.find_all(["td", "th"]))),
        titles=(*titles, shown_text(name, ".zusatzinfo")),
        statuses=(row.text(Column.STATUS),),
        is_restricted=is_restricted(own_marks(row.node)) or any(map(names_nonpublic_file, notes)),
        declared=Visibility.PUBLIC if says_public(own_marks(row.node)) else None,
    )


def _add(row: Row, agenda: Agenda, meeting: str, where: str, diagnostics: Diagnostics) -> None:
    number = read_badge(number_shown(row)).number
    native = item_id(row.node, diagnostics.url)
    if native is None:
        diagnostics.add(where, "no number of the item (TOLFDNR): its place in the agenda is taken for it")
    elif any(native == item.native_id for item in agenda.items):
        diagnostics.add(where, f"the number of the item (TOLFDNR={native}) recurs: its place is taken for it")
        native = None
    native = native or f"{meeting}/{number or len(agenda.items) + 1}"
    name = _name(row)
    if name is None:
        diagnostics.add(where, "an item without a subject")
    paper, reference = _paper(row, agenda, where, diagnostics)
    agenda.items.append(
        AgendaItem(
            native_id=native,
            number=number,
            order=len(agenda.items),
            name=name,
            public=True,
            paper=paper,
            reference=reference,
            result=result_of(row.text(Column.RESULT, Column.VOTE)),
            files=tuple(read_files(_outside_tables(row.node), diagnostics, entries=False)),
        )
    )
    if paper:
        diagnostics.links.add(stable(diagnostics.url, "vo020", paper))


def _outside_tables(row: Tag) -> list[Tag]:
    """The row's cells where no other table is nested in them."""
    cells = (cell for cell in row.find_all("td", recursive=False) if isinstance(cell, Tag))
    return [cell for cell in cells if cell.select_one("table") is None]


def _name(row: Row) -> str | None:
    cell = row.fields.get(Column.NAME)
    subject = cell.select_one("a[id^=betreff_]") if cell is not None else None
    unwanted = ".zusatzinfo, .doclink, .attlink, .docPart"
    return shown_text(subject, unwanted) or shown_text(cell, unwanted)


def _paper(row: Row, agenda: Agenda, where: str, diagnostics: Diagnostics) -> tuple[str | None, str | None]:
    """The paper's number and reference; a link to another meeting in that column is no paper (Hildesheim, ALLRIS 3).
    A reference without a link is shown where the paper is not published."""
    cell = row.fields.get(Column.REFERENCE)
    links = _paper_links(row, diagnostics)
    if len(set(links.values())) > 1:
        diagnostics.add(where, "more than one paper: the first is taken")
    for link, number in links.items():
        reference = shown_text(link) or shown_text(cell)
        if reference and names_nonpublic_item(reference):
            agenda.withheld_papers.setdefault(number)
            return None, None
        return number, reference
    foreign = _is_of_another_host(cell, diagnostics)
    if foreign:
        diagnostics.add(where, "its paper is on another host: only its reference is taken")
    if cell is None or (cell.select_one("a[href]") is not None and not foreign):
        return None, None
    written = shown_text(cell)
    return None, written if written and not names_nonpublic_item(written) else None


def _is_of_another_host(cell: Tag | None, diagnostics: Diagnostics) -> bool:
    targets = [address(link, diagnostics.url) for link in cell.select("a[href]")] if cell is not None else []
    return any(target and not is_own(target, diagnostics.url) and number_of(target, "VOLFDNR") for target in targets)


def _paper_links(row: Row, diagnostics: Diagnostics) -> dict[Tag, str]:
    """Links to papers: where these have a column, those in it, for a subject may link to older ones."""
    table, cell = row.node.find_parent("table"), row.fields.get(Column.REFERENCE)
    node = cell if cell is not None else row.node
    links = [link for link in node.select("a[href]") if link.find_parent("table") is table]
    return {link: number for link in links if (number := linked_number(link, diagnostics.url, "vo020"))}


def _withhold(node: Tag, agenda: Agenda, diagnostics: Diagnostics) -> None:
    for element in (node, *node.select("[id]")):
        found = _OWN_ID.fullmatch(attribute(element, "id") or "")
        if found:
            agenda.withheld_items.setdefault(found[1])
    for link in node.select("a[href]"):
        target = address(link, diagnostics.url)
        if target and (item := number_of(target, "TOLFDNR")):
            agenda.withheld_items.setdefault(item)
        if target and (paper := number_of(target, "VOLFDNR")):
            agenda.withheld_papers.setdefault(paper)
        if file := file_number(link, diagnostics.url):
            agenda.withheld_files.add(file)


def item_id(row: Tag, url: str) -> str | None:
    """The item's TOLFDNR: in the id of its links, else in the address of one."""
    table = row.find_parent("table")
    for own_link in row.select("a[id]"):
        found = _ITEM_ID.fullmatch(attribute(own_link, "id") or "")
        if found and own_link.find_parent("table") is table:
            return found[1]
    for link in row.select("a[href]"):
        target = address(link, url)
        if target and link.find_parent("table") is table and (number := number_of(target, "TOLFDNR")):
            return number
    return None

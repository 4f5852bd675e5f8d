"""Councils, committees and factions (pa, au, fr, gr), alone and in lists, and the people in them by name and office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from council.model import Membership, Organization, OrganizationRef, Person
from crawlers.allris3 import quirks
from crawlers.allris3.meeting import labels_of, own_number
from crawlers.allris3.urls import (
    COMMITTEES,
    Diagnostics,
    Link,
    calendar_of_body,
    committee_address,
    committee_of,
    links_in,
    parameters_of,
    program_of,
)
from crawlers.parsing import columns
from crawlers.parsing.columns import Columns
from crawlers.parsing.html import shown_text, text
from crawlers.parsing.labels import Label
from crawlers.parsing.offices import each_person_once, membership
from crawlers.parsing.tables import Row, rows_of

COLUMNS = Columns(columns.MEMBERSHIPS, reaches_down=False)
_LONGEST_OFFICE = 59
_KINDS = {"pa": "Rat", "au": "Ausschuss", "fr": "Fraktion"}
_TITLE = re.compile(r"(?:Gremium|Gremien|Ausschuss|Rat|Räte|Fraktion|Mitglieder|Ausschüsse|Fraktionen)\s+-\s+(.+)")
_MERE_TITLES = frozenset({"ausschüsse", "gremien", "räte - auswahl", "räte", "fraktionen", "auswahl"})
_BUTTONS = frozenset({"AU", "PA", "FR", "KP", "MI", "SI"})


def read_bodies(root: Tag, diagnostics: Diagnostics) -> list[Organization]:
    """The bodies of a list (au010, pa000, fr010), by the rows' own links; each is asked for."""
    found: dict[str, Organization] = {}
    for link in links_in(root, diagnostics):
        named, name = _listed_body(link), shown_text(link.node)
        if named is None or link.is_form or not name or name.upper() in _BUTTONS or named[0] in found:
            continue
        if name.lower() in _MERE_TITLES:
            continue
        number, leads_to = named
        found[number] = _body(number, name, committee_address(link))  # of a calendar without its month
        diagnostics.links.add(leads_to)
    return list(found.values())


def _listed_body(link: Link) -> tuple[str, str | None] | None:
    """The body a link of a list names, by its own page or by its calendar, and where that is."""
    number = committee_of(link)
    return (number, committee_address(link)) if number else calendar_of_body(link)


def _body(number: str, name: str, url: str | None) -> Organization:
    return Organization(
        native_id=number,
        source_url=url,
        name=name,
        organization_type=_KINDS.get(number.partition("-")[0]),
    )


def read_body(root: Tag, diagnostics: Diagnostics) -> list[Organization | Person]:
    """One body and its members; without its number, which pa021 does not always show, nobody knows of whom."""
    number = own_body(root, diagnostics)
    name = _name(root)
    if number is None:
        diagnostics.add("number", "the page does not say the number of its body: left out with its members")
        return []
    place = diagnostics.url.partition("?")[0]
    kind, _, bare = number.partition("-")
    key = next(key for key, short in COMMITTEES.items() if short == kind)
    body = Organization(
        native_id=number,
        source_url=f"{place}?{key}={bare}",
        name=name,
        organization_type=_KINDS.get(kind),
    )
    ref = OrganizationRef(native_id=number, name=name)
    people = [_member(row, ref, where, diagnostics) for row, where in _rows(root, diagnostics)]
    return [body, *each_person_once(person for person in people if person)]


def own_body(root: Tag, diagnostics: Diagnostics) -> str | None:
    """The body whose page this is: of the address asked for, else of the page's links to itself."""
    given, asked = parameters_of(diagnostics.url), program_of(diagnostics.url)
    for key, kind in COMMITTEES.items():
        if given.get(key, "").isdecimal() and (asked is None or asked[1][:2] == kind):
            return f"{kind}-{given[key]}"
    own = {number for link in links_in(root, diagnostics)
           if (number := committee_of(link)) and (asked is None or link.page == asked[1])}  # fmt: skip
    return own.pop() if len(own) == 1 else None


def _name(root: Tag) -> str | None:
    labelled = labels_of(root).text(Label.ORGANIZATION_NAME)
    title = text(root.select_one("#risname h1, #risname_raw h1, h1.title, h1, h2"))
    found = _TITLE.fullmatch(title or "")
    return labelled or (found[1] if found else title)


def _rows(root: Tag, diagnostics: Diagnostics) -> Iterator[tuple[Row, str]]:
    """The rows of all tables that hold no other row, and where they are."""
    for table in root.select("table"):
        for place, row in enumerate(rows_of(table, COLUMNS, "members", diagnostics, quirks.own_rows(table)), 1):
            if not row.is_header and row.node.select_one("tr") is None:
                yield row, f"member row {place}"


def _member(row: Row, ref: OrganizationRef, where: str, diagnostics: Diagnostics) -> Person | None:
    for link in links_in(row.node, diagnostics):
        number, name = link.number(), _named_by(link, row)
        if link.page == "kp020" and number and name and name.upper() not in _BUTTONS:
            return Person(native_id=number, name=name, memberships=(_membership(row, ref, where, diagnostics),))
    return None


def _named_by(link: Link, row: Row) -> str | None:
    """The name in the link; of a button, where the row has no such link, in the cell behind it."""
    if not link.is_form:
        return shown_text(link.node)
    if row.node.select_one("a[href*='kp020']") is not None:
        return None
    cell = link.node.find_parent("td")
    behind = cell.find_next_sibling("td") if cell is not None else None
    return shown_text(behind) if isinstance(behind, Tag) else None


def _membership(row: Row, ref: OrganizationRef, where: str, diagnostics: Diagnostics) -> Membership:
    """What a cell says that is no office (profession, party, address) is not kept."""
    linked = {shown_text(link.node) for link in links_in(row.node, diagnostics)}
    texts = (shown_text(cell) for cell in row.cells)
    offices = (text for text in texts if text and text not in linked and len(text) <= _LONGEST_OFFICE)
    return membership(row, ref, offices, where, diagnostics)


def read_person(root: Tag, diagnostics: Diagnostics) -> list[Person]:
    """A person's page (kp020): the name and the bodies the person belongs to, and nothing else."""
    number = own_number(root, "kp020", diagnostics)
    name = labels_of(root).text(Label.PERSON_NAME) or text(root.select_one("#risname h1, h1"))
    if name is None:
        diagnostics.add("name", "a person without a name: left out")
        return []
    memberships: list[Membership] = []
    for row, where in _rows(root, diagnostics):
        for link in links_in(row.node, diagnostics):
            body, written = committee_of(link), shown_text(link.node)
            if body and written and not link.is_form and written.upper() not in _BUTTONS:
                ref = OrganizationRef(native_id=body, name=written)
                memberships.append(_membership(row, ref, where, diagnostics))
                break
    bare = name.rpartition(" - ")[2]
    return [Person(native_id=number, name=bare, memberships=tuple(dict.fromkeys(memberships)))]

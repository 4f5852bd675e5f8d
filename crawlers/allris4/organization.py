"""Committees (gr010, gr020) and holders of office (kp020): names and memberships, and nothing else of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from council.model import Membership, Organization, OrganizationRef, Person
from crawlers.allris4 import quirks
from crawlers.allris4.meeting import heading, labels_of, own_number
from crawlers.allris4.urls import (
    LISTS,
    committee_number,
    is_own,
    linked_number,
    meetings_of,
    number_of,
    page_name,
    report_more_pages,
    stable,
)
from crawlers.parsing import columns
from crawlers.parsing.columns import Columns
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import address, shown_text, text
from crawlers.parsing.labels import Label
from crawlers.parsing.offices import each_person_once, membership
from crawlers.parsing.tables import Row, body_rows

COLUMNS = Columns(columns.MEMBERSHIPS, reaches_down=False)
_SALUTATION = re.compile(r"^(?:Herrn?|Frau)\s+")


def read_committees(page: Tag, diagnostics: Diagnostics) -> list[Organization]:
    """The committees of the list; each is asked for, and its meetings."""
    found: dict[str, Organization] = {}
    main = page.select_one("#pageContent, main") or page
    report_more_pages(main.select("table"), diagnostics)
    kinds = _kinds(main, diagnostics)
    for link in main.select("a[href]"):
        number, name = _committee_of(link, diagnostics), shown_text(link)
        if number and name and number not in found:
            address_of = stable(diagnostics.url, "gr020", number)
            row = link.find_parent("tr")
            kind = kinds.get(id(row)) if row is not None else None
            found[number] = Organization(native_id=number, source_url=address_of, name=name, organization_type=kind)
            diagnostics.links.add(address_of)
            diagnostics.links.add(meetings_of(diagnostics.url, number))
    return list(found.values())


def _committee_of(link: Tag, diagnostics: Diagnostics) -> str | None:
    target = address(link, diagnostics.url)
    if target is None or not is_own(target, diagnostics.url) or page_name(target) not in LISTS:
        return None
    return number_of(target, "GRLFDNR")


def _kinds(main: Tag, diagnostics: Diagnostics) -> dict[int, str]:
    """What kind of committee the rows are of, where rows between them say it."""
    kinds: dict[int, str] = {}
    for table in main.select("table"):
        kind: str | None = None
        for row in body_rows(table, COLUMNS, "members", diagnostics):
            written = [words for cell in row.node.find_all("td", recursive=False) if (words := shown_text(cell))]
            if row.node.select_one("a[href]") is not None:
                kinds |= {id(row.node): kind} if kind else {}
            elif named := quirks.kind_named_by(written):
                kind = named
    return kinds


def read_committee(page: Tag, diagnostics: Diagnostics) -> list[Organization | Person]:
    """The committee and its members by name and office."""
    number = own_number(page, diagnostics.url, "gr020")
    labels = labels_of(page)
    name = labels.text(Label.ORGANIZATION_NAME) or heading(page)
    committee = Organization(
        native_id=number,
        source_url=stable(diagnostics.url, "gr020", number),
        name=name,
        short_name=labels.text(Label.SHORT_NAME),
        organization_type=labels.text(Label.ORGANIZATION_TYPE),
    )
    diagnostics.links.add(meetings_of(diagnostics.url, number))
    ref = OrganizationRef(native_id=number, name=name)
    people = [_member(row, ref, where, diagnostics) for row, where in _rows(page, diagnostics)]
    return [committee, *each_person_once(person for person in people if person)]


def _rows(page: Tag, diagnostics: Diagnostics) -> Iterator[tuple[Row, str]]:
    rows = (row for table in page.select("table") for row in body_rows(table, COLUMNS, "members", diagnostics))
    return ((row, f"member row {place}") for place, row in enumerate(rows, 1))


def read_person(page: Tag, diagnostics: Diagnostics) -> list[Person]:
    """The name, and the committees the person belongs to."""
    number = own_number(page, diagnostics.url, "kp020")
    labels = labels_of(page)
    name = _bare(labels.text(Label.PERSON_NAME) or heading(page))
    memberships: list[Membership] = []
    for row, where in _rows(page, diagnostics):
        for link in row.node.select("a[href]"):
            target = address(link, diagnostics.url)
            committee = committee_number(target) if target and is_own(target, diagnostics.url) else None
            if committee and text(link):
                ref = OrganizationRef(native_id=committee, name=text(link))
                memberships.append(membership(row, ref, (), where, diagnostics))
                break
    if name is None:
        diagnostics.add("name", "a person without a name: left out")
        return []
    return [Person(native_id=number, name=name, memberships=tuple(dict.fromkeys(memberships)))]


def _member(row: Row, committee: OrganizationRef, where: str, diagnostics: Diagnostics) -> Person | None:
    for link in row.node.select("a[href]"):
        number = linked_number(link, diagnostics.url, "kp020")
        name = _bare(shown_text(link))
        if number and name:
            return Person(
                native_id=number, name=name, memberships=(membership(row, committee, (), where, diagnostics),)
            )
    return None


def _bare(name: str | None) -> str | None:
    return _SALUTATION.sub("", name) if name else None

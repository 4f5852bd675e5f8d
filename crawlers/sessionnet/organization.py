"""Committees (gr0040), their members (kp0040) and holders of office (kp0041, kp0050): names and memberships only."""

from __future__ import annotations

import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import Membership, Organization, OrganizationRef, Person
from crawlers.parsing.columns import MEMBERSHIPS, Column, Columns
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, classes_of, tidy
from crawlers.parsing.labels import Label
from crawlers.parsing.offices import each_person_once
from crawlers.parsing.tables import Row, own_rows, rows_of
from crawlers.sessionnet import quirks
from crawlers.sessionnet.labels import PRODUCT, cell_classes, in_content, labels_of, shown, title_of
from crawlers.sessionnet.urls import first_number_in, linked, number, numbers_in, page_url

_COMMITTEE_PAGES: Final = ("kp0040", "gr0054", "gr0050", "kp0042", "kp0043")
_PERSON_PAGES: Final = ("pe0051", "pe0050", "kp0050", "kp0051")
_GENERIC: Final = re.compile(
    r"(?:gremien|gremium|mitglieder|mandatsträger(?:/?-?innen)?|personen|sitzungsteilnehmer)(?:\s*[:\-–]\s*)?", re.I
)
_LEAD: Final = re.compile(
    r"^(?:mitglieder|mitgliederliste|gremium|besetzung)(?:\s+(?:des|der|im|in))?\s*[:\-–]?\s+", re.I
)
_DETAILS: Final = re.compile(r"(?:Details anzeigen|Details|Anzeigen|Person anzeigen)\s*:?\s*", re.IGNORECASE)
_ADDRESSED: Final = re.compile(r"^(?:Herrn?|Frau)\s+(?=\S)")
_NAMED: Final = frozenset({"grname", "smc_field_grname"})
_FORMER: Final = re.compile(r"beendet|ausgeschieden|ehemalig|frühere", re.IGNORECASE)
_COLUMNS: Final = Columns(
    MEMBERSHIPS,
    classes=cell_classes(
        pename=Column.PERSON, grname=Column.ORGANIZATION, amname=Column.ROLE, mgfunk=Column.FUNCTION,
        mgadat=Column.FROM, mgedat=Column.UNTIL,
    ),
)  # fmt: skip


def read_committees(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Organization]:
    """The committees of the list. One without a page of its own has its number in the link to its meetings."""
    found: dict[str, Organization] = {}
    for table in page.select("table[id^=smc_page_gr004], table.smctablegremien") or page.select("table"):
        for place, row in enumerate(own_rows(table)):
            cells = row.find_all("td", recursive=False)
            if not cells:
                continue
            cell = next((cell for cell in cells if _NAMED & classes_of(cell)), cells[0])
            native = _committee_number(row, diagnostics.url)
            link = cell.find("a")
            name = shown(link if isinstance(link, Tag) and shown(link) else cell, ".sr-only", "ul")
            if native is None or name is None:
                if name and _NAMED & classes_of(cell):
                    diagnostics.add(f"committee row {place + 1}", "a committee without a number (kgrnr): left out")
                continue
            found.setdefault(
                native, Organization(native_id=native, source_url=_page(diagnostics.url, native), name=name)
            )
            if numbers_in(row, diagnostics.url, "kgrnr", *_COMMITTEE_PAGES):
                diagnostics.links.add(_page(diagnostics.url, native))
    return list(found.values())


def _committee_number(row: Tag, url: str) -> str | None:
    native = first_number_in(row, url, "kgrnr", *_COMMITTEE_PAGES)
    return native or quirks.committee_of_meetings(row, url)


def _page(base: str, native: str) -> str:
    return page_url(base, "kp0040", "kgrnr", native)


def read_committee(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Organization | Person]:
    """The committee, and its members by name and office. Raises UnexpectedResponse without the committee's number."""
    native = number(diagnostics.url, "kgrnr") or _tab_number(page, diagnostics.url)
    name = _name(page)
    if native is None or name is None:
        raise UnexpectedResponse(
            diagnostics.url, "a committee with number (kgrnr) and name", "none", "Look at the page"
        )
    committee = Organization(native_id=native, source_url=_page(diagnostics.url, native), name=name)
    ref = OrganizationRef(native_id=native, name=name)
    people = [
        person
        for table in _member_tables(page)
        for row in rows_of(table, _COLUMNS, "members", diagnostics)
        if (person := _member(row, ref, _is_former(table), diagnostics))
    ]
    return [committee, *each_person_once(people)]


def _tab_number(page: Tag, url: str) -> str | None:
    tabs = page.select("#smcregister a[href], .nav-tabs a[href], .smcfiltermenu a[href], a.smcfiltermenuselected")
    numbers = {found for link in tabs if (found := linked(link, url, "kgrnr", *_COMMITTEE_PAGES))}
    return numbers.pop() if len(numbers) == 1 else None


def _name(page: BeautifulSoup) -> str | None:
    titles = [title_of(node) for node in page.select("h1")] + [PRODUCT.sub("", title_of(page.title) or "")]
    head = labels_of(page).text(Label.ORGANIZATION)
    found = (_LEAD.sub("", title) for title in (head, *titles) if title)
    return next((name for name in found if name and not _GENERIC.fullmatch(name)), None)


def _member_tables(page: Tag) -> list[Tag]:
    tables = page.select("table[id^=smc_page_kp004], table.smctablemitglieder")
    return list(tables) or [
        table for table in page.select("table") if table.select_one("td.pename, td.smc_field_pename, a[href*=kpenr]")
    ]


def _is_former(table: Tag) -> bool:
    """Whether the heading over a table says that these memberships have ended."""
    heading = table.find_previous(["h2", "h3", "caption"])
    words = shown(heading) if isinstance(heading, Tag) else None
    return bool(_FORMER.search(f"{words or ''} {attribute(table, 'summary') or ''}"))


def _member(row: Row, ref: OrganizationRef, is_former: bool, diagnostics: Diagnostics) -> Person | None:
    name = _person_name(row.fields.get(Column.PERSON))
    membership = _membership(row, ref, diagnostics)
    if name is None or (is_former and membership.end_date is None):
        return None
    native = first_number_in(row.node, diagnostics.url, "kpenr", *_PERSON_PAGES)
    return Person(native_id=native or f"{ref.native_id}/{name}"[:300], name=name, memberships=(membership,))


def _membership(row: Row, ref: OrganizationRef, diagnostics: Diagnostics) -> Membership:
    function = row.text(Column.FUNCTION)
    return Membership(
        organization=ref,
        role=row.text(Column.ROLE) or function,
        voting_right=_votes(function),
        start_date=reported_day(row.text(Column.FROM), "membership", diagnostics),
        end_date=reported_day(row.text(Column.UNTIL), "membership", diagnostics),
    )


def _person_name(cell: Tag | None) -> str | None:
    """The link's text, else the cell's first line: below it may stand an address, which is not ours to keep."""
    if cell is None:
        return None
    links = [link for link in cell.select("a[href]") if shown(link, ".sr-only", "i", "img")]
    words = shown(links[0], ".sr-only") if links else next((tidy(written) for written in cell.stripped_strings), None)
    return None if words is None or _DETAILS.fullmatch(words) else _ADDRESSED.sub("", words)


def _votes(function: str | None) -> bool | None:
    words = (function or "").lower()
    if "stimmberechtigt" in words:
        return not re.search(r"nicht\s*stimmberechtigt|ohne stimm", words)
    return False if "beratend" in words else None


def read_people(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Person]:
    """Holders of office in a list over all committees (kp0041): their names. Their own pages are not asked for."""
    found: dict[str, Person] = {}
    for link in in_content(page, "a[href]"):
        native, name = linked(link, diagnostics.url, "kpenr", *_PERSON_PAGES), shown(link, ".sr-only")
        if native and (name is None or _DETAILS.fullmatch(name)):
            name = tidy(_DETAILS.sub("", attribute(link, "title") or "")) or None
        if native and name:
            found.setdefault(native, Person(native_id=native, name=name))
    return list(found.values())


def read_person(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Person]:
    """A holder of office with the memberships (kp0050); nothing else that the page shows is read."""
    native = number(diagnostics.url, "kpenr")
    name = title_of(page.select_one("h1"))
    if native is None or name is None:
        raise UnexpectedResponse(diagnostics.url, "a person with number (kpenr) and name", "none", "Look at the page")
    memberships = []
    for table in page.select("table[id^=smc_page_kp0050], table.smctablemitgliedschaften"):
        for row in rows_of(table, _COLUMNS, "memberships", diagnostics):
            if committee := row.text(Column.ORGANIZATION):
                ref = OrganizationRef(native_id=_committee_number(row.node, diagnostics.url), name=committee)
                memberships.append(_membership(row, ref, diagnostics))
    return [Person(native_id=native, name=re.sub(r"\s+-\s+.*$", "", name), memberships=tuple(memberships))]

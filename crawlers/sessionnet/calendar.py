"""Lists of meetings: the month (si0040), any time (si0046), one committee's (si0041, si0042)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, NavigableString, Tag

from council.model import Meeting, OrganizationRef
from crawlers.parsing.cancellation import bare_name, is_cancelled, masked
from crawlers.parsing.clocks import is_time, moments, times_in
from crawlers.parsing.dates import before_day, find_days, first_day_at, month_in, reported_day
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.html import attribute, classes_of, text, tidy
from crawlers.parsing.tables import own_rows
from crawlers.parsing.wording import composed
from crawlers.sessionnet.days import Month, month_shown, row_day
from crawlers.sessionnet.files import read_files
from crawlers.sessionnet.labels import is_within, outermost, shown
from crawlers.sessionnet.meeting import location_of
from crawlers.sessionnet.urls import (
    MEETING_PAGES,
    chosen_tenant,
    first_number_in,
    linked,
    number,
    page_name,
    page_url,
    target,
)

TABLES: Final = (
    "table.smctablesitzungen, table[id^=smc_page_si004], table.smc_page_si0040_contenttable, "
    "table.smc_page_si0046_contenttable, table.smc_page_si0041_contenttable, table.smc_page_si0042_contenttable"
)
_MEETING_CELLS: Final = "td.silink, td.smc_field_silink, td[data-label=Sitzung], td.tename, td.smc_field_tename"
_TIME_CELLS: Final = "td.yytime, td.smc_field_yytime, td.sizeit, td.smc_field_sizeit, td[data-label=Zeit]"
_PLACE_CELLS: Final = "td.siort, td.smc_field_siort, td[data-label=Ort], td[data-label=Raum], td.smc_field_siraum"
_DOC_CELLS: Final = "td.sidocs, td.xxdocs, table.smcdocbox, .smc-documents, td.smcnoprint"
_STATES: Final = "td.tename, td.smc_field_tename, td.sistatus, td[data-label=Status], .smc-alert, .badge-danger"
_DETAILS: Final = re.compile(r"^\s*(?:Details anzeigen|Sitzung anzeigen|Details|Anzeigen)\s*:?\s*", re.IGNORECASE)
_DOC_LINK: Final = re.compile(r"\d+\s*Dok", re.IGNORECASE)
_NO_MEETINGS: Final = re.compile(r"\bkeine (?:sitzungen|termine|sitzungstermine)\b", re.IGNORECASE)
_NOTHING: Final = re.compile(r"\bkeine\b.*(?:sitzung|termin|daten|einträge|datensätze)|nicht gefunden", re.IGNORECASE)
_MENU: Final = "a.smcfiltermenumandant[href], select[name$=cmandant] option, select[name$=cpanr] option"
_ALL: Final = ("alle mandanten", "alle", "bitte wählen")


@dataclass(frozen=True, slots=True)
class Tenant:
    """One of them: its name as the menu says it, and the parameter that an address in the register needs."""

    name: str
    parameter: str

    def __str__(self) -> str:
        return f"{self.name} (?{self.parameter})"


def calendar_tables(page: Tag) -> list[Tag]:
    """The tables that list meetings: by their name, else by their cells."""
    tables = list(page.select(TABLES))
    if not tables:
        tables = [table for table in page.select("table") if table.select_one("td.silink, td.smc_field_silink")]
    if not tables:
        links = page.select("td a[href*=ksinr]")
        tables = [table for link in links if (table := link.find_parent("table")) is not None]
        tables = list({id(table): table for table in tables}.values())
    return outermost(tables)


def says_nothing(page: BeautifulSoup) -> bool:
    """Whether a calendar says in words that there are no meetings; "keine Daten gefunden" is an error's word."""
    return bool(_NO_MEETINGS.search(shown(page.select_one("#page-content, #smccontent") or page.body) or ""))


def read_calendar(page: BeautifulSoup, tables: list[Tag], diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings of the tables, each once; a row without a day has that of the row before it."""
    found: dict[str, Meeting] = {}
    month = month_shown(page, tables, diagnostics)
    for table in tables:
        for place, row in enumerate(own_rows(table)):
            where = f"calendar row {place + 1}"
            if (heading := month_in(shown(row))) and not row.select_one("a[href]") and not _own_cells(row):
                month.year, month.month = heading
                month.day = _only_day(shown(row), where, diagnostics)
                continue
            for meeting in _meetings(row, month, where, diagnostics):
                found.setdefault(meeting.native_id, meeting)
    for link in page.select("a.smcfiltermenupage[href], .pagination a[href], a[rel=next][href], a.smcpagenext[href]"):
        after = target(link, diagnostics.url)
        if after and page_name(after) == page_name(diagnostics.url) and attribute(link, "href") != "#":
            diagnostics.links.add(after)
    return list(found.values())


def _only_day(words: str | None, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day of a line that divides the list by days: "Dienstag, 4. Februar 2026"."""
    return reported_day(words, where, diagnostics) if find_days(words) else None


def _own_cells(row: Tag) -> list[Tag]:
    table = row.find_parent("table")
    return [cell for cell in row.select(_MEETING_CELLS) if cell.find_parent("table") is table]


def _meetings(row: Tag, month: Month, where: str, diagnostics: Diagnostics) -> Iterator[Meeting]:
    """The meetings of a row: one in layouts 3 and 4, in layout 6 each name with the details below it."""
    day = row_day(row, month, where, diagnostics)
    cells = _own_cells(row)
    if not cells:
        links = [link for link in row.select("a[href]") if linked(link, diagnostics.url, "ksinr", *MEETING_PAGES)]
        cells = [cell for anchor in links[:1] if (cell := anchor.find_parent("td")) is not None]
    for cell in cells:
        names = cell.select("div.smc-el-h") or [cell]
        for name in names:
            if meeting := _meeting(row, cell, name, len(names) > 1, day, where, diagnostics):
                yield meeting


def _meeting(
    row: Tag, cell: Tag, name: Tag, several: bool, day: dt.date | None, where: str, diagnostics: Diagnostics
) -> Meeting | None:
    link = _link(name, diagnostics) or (None if several else _link(cell, diagnostics))
    words = _name(link, name, several)
    native = _number(row, link, several, diagnostics)
    day = _surest_day(link, day, where, diagnostics)
    if words is None and native is None:
        return None
    fragments = _fragments(cell, name, several)
    is_held = not is_cancelled(day, words or "", *fragments, *(shown(state) or "" for state in row.select(_STATES)))
    if native is None and is_held and _is_no_meeting(cell, words):
        return None
    if day is None:
        diagnostics.add(where, f"a meeting without a day: {f'number {native}' if native else 'it has no number'}")
    fragments = [written for written in fragments if written != words]
    start, end = _moments(row, fragments, day, where, diagnostics)
    if native is None:
        native = _made_id(day, start, words or "", where, diagnostics)
    else:
        diagnostics.links.add(_detail(link, native, diagnostics.url))
    organization = before_day(bare_name(words) or "") or None
    return Meeting(
        native_id=native,
        source_url=_detail(link, native, diagnostics.url) if link is not None else None,
        name=words,
        start=start,
        end=end,
        cancelled=not is_held,
        location=location_of(_place(row, fragments, day)),
        organization=_organization(organization, diagnostics.url),
        files=() if several else read_files(row.select(_DOC_CELLS), diagnostics),
    )


def _link(node: Tag, diagnostics: Diagnostics) -> Tag | None:
    """The link to the meeting; that to its documents ("2 Dok.") names it as well and is another."""
    links = [anchor for anchor in node.select("a[href]") if linked(anchor, diagnostics.url, "ksinr", *MEETING_PAGES)]
    if isinstance(node, Tag) and node.name == "a" and linked(node, diagnostics.url, "ksinr", *MEETING_PAGES):
        links.insert(0, node)
    return next((link for link in links if not _DOC_LINK.search(shown(link) or "")), links[0] if links else None)


def _number(row: Tag, link: Tag | None, several: bool, diagnostics: Diagnostics) -> str | None:
    """The number in the link; else in that of the appointment (`yvcs?key=`), which is there without one, too."""
    if link is not None:
        return linked(link, diagnostics.url, "ksinr", *MEETING_PAGES)
    if several:
        return None
    if native := first_number_in(row, diagnostics.url, "ksinr", *MEETING_PAGES):
        return native
    return first_number_in(row, diagnostics.url, "key", "yvcs") or first_number_in(
        row, diagnostics.url, "ksinr", "yvcs"
    )


def _name(link: Tag | None, name: Tag, several: bool) -> str | None:
    """The link's text; without one what stands before the details; else the link's title without its day."""
    words = shown(link, ".sr-only") if link is not None else None
    if words is None or _DETAILS.fullmatch(words) or _DOC_LINK.search(words):
        title = attribute(link, "title") or attribute(link, "aria-label") if link is not None else None
        words = _without_day(_DETAILS.sub("", title)) if title else None
    if words or (link is not None and not several):
        return words
    first = next(
        (tidy(str(node)) for node in name.find_all(string=True) if type(node) is NavigableString and tidy(node)), None
    )
    return shown(name, "ul", "a", _DOC_CELLS) if "smc-el-h" in name.get_attribute_list("class") else first


def _without_day(words: str) -> str:
    """A link's title without the meeting's own day; that to which it is moved belongs to its name."""
    place = first_day_at(masked(words))
    return composed(words)[: place[0]] if place else words


def _surest_day(link: Tag | None, day: dt.date | None, where: str, diagnostics: Diagnostics) -> dt.date | None:
    title_day = _title_day(link, where, diagnostics)
    if title_day and day and title_day != day:
        diagnostics.add(where, f"the row says {day}, the link {title_day}: the link's is taken")
    return title_day or day


def _title_day(link: Tag | None, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """ "Details anzeigen: Hauptausschuss 07.07.2026": the surest word about the day."""
    words = masked(attribute(link, "title") or attribute(link, "aria-label") or "")
    return reported_day(words, where, diagnostics) if find_days(words) else None


def _fragments(cell: Tag, name: Tag, several: bool) -> list[str]:
    """The details below a name: time, then place."""
    lists = list(cell.select("ul.smc-detail-list"))
    if several:
        following = name.find_next_sibling()
        lists = [following] if isinstance(following, Tag) and following.name == "ul" else []
    found = [words for node in lists for item in node.select("li") if (words := shown(item))]
    if found or several:
        return found
    named = [*cell.select("a[href]"), *([name] if name is not cell else [])]
    strings = [inner for inner in cell.find_all(string=True) if type(inner) is NavigableString]
    lines = [
        tidy(str(written))
        for written in strings
        if not (written.parent is not None and is_within(written.parent, named))
    ]
    return [line for line in lines if line and any(sign.isalnum() for sign in line)]


def _is_no_meeting(cell: Tag, words: str | None) -> bool:
    """An appointment of another kind (`tename`) or the words that there is nothing."""
    return any("tename" in name for name in classes_of(cell)) or bool(words and _NOTHING.search(words))


def _moments(
    row: Tag, fragments: list[str], day: dt.date | None, where: str, diagnostics: Diagnostics
) -> tuple[dt.datetime | None, dt.datetime | None]:
    times = list(filter(None, map(shown, row.select(_TIME_CELLS))))
    times += [written for written in fragments if is_time(written)]
    if not times:
        times = [words for cell in row.find_all("td") if (words := shown(cell)) and is_time(words)]
    read = times_in(times[0] if times else None)
    if times and not read.is_understood and any(sign.isdigit() for sign in times[0]):
        diagnostics.add(where, f"a time that does not exist or is not understood: {shape(times[0])}")
    return moments(day, read.begin, read.end)


def _place(row: Tag, fragments: list[str], day: dt.date | None) -> str | None:
    for cell in row.select(_PLACE_CELLS):
        if words := shown(cell):
            return words
    return next(
        (
            written
            for written in fragments
            if not is_time(written) and not find_days(written) and not is_cancelled(day, written)
        ),
        None,
    )


def _made_id(day: dt.date | None, start: dt.datetime | None, name: str, where: str, diagnostics: Diagnostics) -> str:
    """The id of a meeting the calendar shows without a number: its time and name, the same when it is cancelled; never
    asked for."""
    if day is None or not name:
        diagnostics.add(where, "neither a number nor a day with a name: its own words are taken for its id")
    moment = f"{start:%Y-%m-%dT%H:%M}" if start else "unknown"
    return f"{moment} {bare_name(name) or name}"[:300]


def _detail(link: Tag | None, native: str, url: str) -> str:
    own = target(link, url) if link is not None else None
    return page_url(own or url, page_name(own or "") or "si0057", "ksinr", native)


def _organization(name: str | None, url: str) -> tuple[OrganizationRef, ...]:
    """The committee; a list of one committee's meetings says its number in its address."""
    native = number(url, "ksigrnr") or number(url, "kgsgrnr") or number(url, "kgrnr")
    return (OrganizationRef(native_id=native, name=name),) if name or native else ()


def tenants_in(page: Tag, url: str) -> tuple[Tenant, ...]:
    """The tenants of the page's menu, without the one that is shown and the entry for all of them."""
    found: dict[str, Tenant] = {}
    for entry in page.select(_MENU):
        name = text(entry)
        if entry.name == "option":
            words = str(entry.get("value") or "")
            key = str(getattr(entry.find_parent("select"), "attrs", {}).get("name", "")).lstrip("_")
            wanted = f"__{key}={words}" if words.isdecimal() else None
        else:
            leads_to = target(entry, url)
            wanted = chosen_tenant(leads_to) if leads_to else None
        if name and wanted and name.lower() not in _ALL:
            found.setdefault(wanted, Tenant(name, wanted))
    return tuple(found.values())


def report_empty_tenant(page: Tag, diagnostics: Diagnostics) -> None:
    """Of a calendar without a meeting whose address names no tenant: which tenants there are. The one that is shown
    then is often nobody's, and every month of it would look like a quiet one."""
    if chosen_tenant(diagnostics.url) is None and (tenants := tenants_in(page, diagnostics.url)):
        diagnostics.add(
            f"tenants: {', '.join(map(str, tenants))}",
            f"no meeting is shown, and the address names none of {len(tenants)} tenants: write one into the register's "
            "address",
        )

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
from crawlers.parsing.columns import MEETINGS, Column, Columns
from crawlers.parsing.dates import (
    before_day,
    date_or_none,
    day_number,
    days_in,
    find_days,
    first_day_at,
    is_weekday,
    month_in,
    reported_day,
    short_days_in,
    weekday_of,
)
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.html import attribute, classes_of, tidy
from crawlers.parsing.tables import Row, rows_of
from crawlers.parsing.wording import composed
from crawlers.sessionnet.files import read_files
from crawlers.sessionnet.labels import cell_classes, is_within, outermost, shown
from crawlers.sessionnet.meeting import location_of
from crawlers.sessionnet.urls import (
    MEETING_PAGES,
    first_number_in,
    linked,
    number,
    page_name,
    page_url,
    parameter,
    target,
)

TABLES: Final = (
    "table.smctablesitzungen, table[id^=smc_page_si004], table.smc_page_si0040_contenttable, "
    "table.smc_page_si0046_contenttable, table.smc_page_si0041_contenttable, table.smc_page_si0042_contenttable"
)
_MEETING_CELLS: Final = "td.silink, td.smc_field_silink, td[data-label=Sitzung], td.tename, td.smc_field_tename"
_COLUMNS: Final = Columns(
    MEETINGS,
    classes=cell_classes(
        yytime=Column.TIME, sizeit=Column.TIME, siort=Column.PLACE, siraum=Column.PLACE, sistatus=Column.STATUS
    ),
)
_DAY_CELLS: Final = (
    "td.sidat, td.sidat_tag, td.smc_field_sidat, td.smc_fct_day, td.smc_fct_day_991, td.smc_field_sidat_tag, "
    "td[data-label=Datum], td.smc_day"
)
_NO_DAY_CELLS: Final = frozenset(
    {"silink", "tename", "yytime", "sizeit", "siort", "siraum", "sidocs", "xxdocs", "smcnoprint", "smcdocbox"}
)
_YEAR: Final = re.compile(r"(?<![\d./-])((?:19|20)\d\d)(?![\d./-])")
_HALF_A_YEAR: Final = 5
_DOC_CELLS: Final = "td.sidocs, td.xxdocs, table.smcdocbox, .smc-documents, td.smcnoprint"
_STATES: Final = "td.tename, td.smc_field_tename, .smc-alert, .badge-danger"
_DETAILS: Final = re.compile(r"^\s*(?:Details anzeigen|Sitzung anzeigen|Details|Anzeigen)\s*:?\s*", re.IGNORECASE)
_DOC_LINK: Final = re.compile(r"\d+\s*Dok", re.IGNORECASE)
_NO_MEETINGS: Final = re.compile(r"\bkeine (?:sitzungen|termine|sitzungstermine)\b", re.IGNORECASE)
_NOTHING: Final = re.compile(r"\bkeine\b.*(?:sitzung|termin|daten|einträge|datensätze)|nicht gefunden", re.IGNORECASE)


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
    month = _month_shown(page, tables, diagnostics)
    for table in tables:
        for place, row in enumerate(rows_of(table, _COLUMNS, "calendar", diagnostics)):
            where, words = f"calendar row {place + 1}", shown(row.node)
            if (heading := month_in(words)) and not row.node.select_one("a[href]") and not _own_cells(row.node):
                month.year, month.month = heading
                month.day = reported_day(words, where, diagnostics) if find_days(words) else None
                continue
            for meeting in _meetings(row, month, where, diagnostics):
                found.setdefault(meeting.native_id, meeting)
    for link in page.select("a.smcfiltermenupage[href], .pagination a[href], a[rel=next][href], a.smcpagenext[href]"):
        after = target(link, diagnostics.url)
        if after and page_name(after) == page_name(diagnostics.url) and attribute(link, "href") != "#":
            diagnostics.links.add(after)
    return list(found.values())


def _own_cells(row: Tag) -> list[Tag]:
    table = row.find_parent("table")
    return [cell for cell in row.select(_MEETING_CELLS) if cell.find_parent("table") is table]


def _meetings(row: Row, month: Month, where: str, diagnostics: Diagnostics) -> Iterator[Meeting]:
    """The meetings of a row: one in layouts 3 and 4, in layout 6 each name with the details below it."""
    day = _row_day(row, month, where, diagnostics)
    cells = _own_cells(row.node)
    if not cells:
        links = row.node.select("a[href]")
        first = next((link for link in links if linked(link, diagnostics.url, "ksinr", *MEETING_PAGES)), None)
        cells = [cell] if first is not None and (cell := first.find_parent("td")) is not None else []
    for cell in cells:
        names = cell.select("div.smc-el-h") or [cell]
        for name in names:
            if meeting := _meeting(row, cell, name, len(names) > 1, day, where, diagnostics):
                yield meeting


def _meeting(
    row: Row, cell: Tag, name: Tag, several: bool, day: dt.date | None, where: str, diagnostics: Diagnostics
) -> Meeting | None:
    link = _link(name, diagnostics) or (None if several else _link(cell, diagnostics))
    words = _name(link, name, several)
    native = _number(row.node, link, several, diagnostics)
    day = _surest_day(link, day, where, diagnostics)
    if words is None and native is None:
        return None
    fragments = _fragments(cell, name, several)
    states = (shown(state) or "" for state in row.node.select(_STATES))
    is_held = not is_cancelled(day, words or "", *fragments, *states, row.text(Column.STATUS) or "")
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
        location=location_of(row.text(Column.PLACE) or _place_in(fragments, day)),
        organization=_organization(organization, diagnostics.url),
        files=() if several else read_files(row.node.select(_DOC_CELLS), diagnostics),
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
    row: Row, fragments: list[str], day: dt.date | None, where: str, diagnostics: Diagnostics
) -> tuple[dt.datetime | None, dt.datetime | None]:
    own = row.text(Column.TIME)
    texts = [own] if own else [*fragments, *filter(None, map(shown, row.node.find_all("td")))]
    written = own or next(filter(is_time, texts), None)
    read = times_in(written)
    if written and not read.is_understood and any(sign.isdigit() for sign in written):
        diagnostics.add(where, f"a time that does not exist or is not understood: {shape(written)}")
    return moments(day, read.begin, read.end)


def _place_in(fragments: list[str], day: dt.date | None) -> str | None:
    others = (written for written in fragments if not is_time(written) and not find_days(written))
    return next((written for written in others if not is_cancelled(day, written)), None)


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


# --- the day of a row, with the month that the page shows


@dataclass(slots=True)
class Month:
    """The month whose days are shown, and the day of the row before."""

    year: int | None
    month: int | None
    day: dt.date | None = None


def _month_shown(page: BeautifulSoup, tables: list[Tag], diagnostics: Diagnostics) -> Month:
    """What the page says it shows; only then what was asked for."""
    titles = [*(shown(node) for node in page.select("h1, caption")), shown(page.title)]
    selected = page.select("a.smcfiltermenumonth.smcfiltermenuselected, a.smcfiltermenuselected")
    for words in titles:
        if found := month_in(words):
            return Month(*found)
    for table in tables:
        if found := month_in(attribute(table, "summary")):
            return Month(*found)
    for link in selected:
        address = target(link, diagnostics.url)
        if address and (found := _asked_month(address)):
            return Month(*found)
    asked = _asked_month(diagnostics.url)
    return Month(*asked) if asked else Month(_year_shown(titles, diagnostics.url), None)


def _year_shown(titles: list[str | None], url: str) -> int | None:
    """The year of a list of several months: "Termine 2026", else the one that was asked for from its begin."""
    years = {year for words in titles for year in _YEAR.findall(words or "")}
    asked = parameter(url, "cjahr") or ""
    if not years and re.fullmatch(r"\d{4}", asked) and (parameter(url, "cmonat") or "1").lstrip("0") == "1":
        years = {asked}
    return int(years.pop()) if len(years) == 1 else None


def _asked_month(url: str) -> tuple[int, int] | None:
    year, month = parameter(url, "cjahr") or "", parameter(url, "cmonat") or ""
    several = (parameter(url, "canz") or "1") not in {"1", "0"}
    if several or not (re.fullmatch(r"\d{4}", year) and re.fullmatch(r"0?[1-9]|1[0-2]", month)):
        return None
    return int(year), int(month)


def _row_day(row: Row, month: Month, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day of the row's own cells; where they say none, that of the row before. One that says a day that is not
    understood has none."""
    dated = row.fields.get(Column.DATE)
    named = row.node.select(_DAY_CELLS) or ([dated] if dated else [])
    cells = named or row.node.find_all("td", limit=1)
    unread = None
    for cell in cells:
        words = shown(cell)
        if words is None:
            continue
        day = _day(words, month)
        if day is not None:
            month.day = day
            return day
        if unread is None and (_says_another(words, month.day) if named else _may_be_day(cell, words)):
            unread = words
    if unread is not None:
        diagnostics.add(where, f"a day that does not exist or is not understood: {shape(unread)}")
        month.day = None
    return month.day


def _day(words: str, month: Month) -> dt.date | None:
    if whole := days_in(words):
        return whole[0]
    if is_time(words):
        return None
    if short := short_days_in(words):
        return _in_year(*short[0], month)
    number = day_number(words)
    return date_or_none(month.year, month.month, number) if number and month.year and month.month else None


def _in_year(day: int, number: int, month: Month) -> dt.date | None:
    """The day in the year that is shown; none where the month that is shown is so far away that it may be another."""
    if month.year is None or (month.month and abs(month.month - number) > _HALF_A_YEAR):
        return None
    return date_or_none(month.year, number, day)


def _says_another(words: str, before: dt.date | None) -> bool:
    """Whether a day's cell says anything else than the weekday of the row before."""
    if is_weekday(words):
        return before is not None and before.weekday() != weekday_of(words)
    return any(sign.isalnum() for sign in words)


def _may_be_day(cell: Tag, words: str) -> bool:
    """Whether a row's first cell, which nothing names, may be that of its day: it says a number, and neither a time
    nor what is linked."""
    names = {name.removeprefix("smc_field_") for name in classes_of(cell)}
    is_other = bool(names & _NO_DAY_CELLS) or is_time(words) or cell.select_one("a[href]") is not None
    return not is_other and any(sign.isdigit() for sign in words)

"""The oldest interface's page of a meeting, `sitzungen_top.php?sid=`: a labelled table, and a table of agenda items.

Known only from clients that read it (darmstadt.more-rubin1.de 2006–2015, andernach 2021; no page was kept): title in
`b.Suchueberschrift`, "Termin: 29.11.2006, 15:00 Uhr - 15:45 Uhr" in `div.InfoBlock`, the agenda in
`div#ajax_sitzungsmappe` with "Ö" or "N" in the first column.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from bs4 import BeautifulSoup, Tag

from council.model import AgendaItem, Consultation, File, Location, Meeting, OrganizationRef, Paper, Record
from crawlers.morerubin.addresses import absolute, parameter
from crawlers.morerubin.old_links import Link, file_of, links_in
from crawlers.morerubin.paper import without_twin
from crawlers.parsing.badges import read_badge
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.clocks import Place, moments, times_in
from crawlers.parsing.dates import days_in
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import each_once
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, text
from crawlers.parsing.json_values import found
from crawlers.parsing.verdicts import AgendaSections, Evidence
from crawlers.parsing.visibility import section_of_heading

_REFERENCE = re.compile(r"\s*\[\s*Vorlage\s*:\s*([^,\]]+)[^\]]*\]")
_COLUMNS = frozenset({"betreff", "bezeichnung", "tagesordnungspunkt", "titel", "beratungsgegenstand"})
_LONGEST_BADGE = 8
"""Characters of a badge in letters that nobody knows: "TOP X 5"."""


@dataclass(slots=True)
class _Agenda:
    """What has been read of the items so far."""

    meeting: str
    sections: AgendaSections = field(default_factory=AgendaSections)
    items: list[AgendaItem] = field(default_factory=list)
    papers: dict[str, Paper] = field(default_factory=dict)
    withheld: dict[str, None] = field(default_factory=dict)
    withheld_papers: dict[str, None] = field(default_factory=dict)


def is_old_meeting(page: BeautifulSoup) -> bool:
    """Whether it is such a page: its title and one of its two tables."""
    has_title = page.select_one(".Suchueberschrift") is not None
    return has_title and page.select_one(".InfoBlock table, #ajax_sitzungsmappe table") is not None


def read_old_meeting(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Record]:
    """The meeting with its public items, and their papers. Raises UnexpectedResponse where number or day are
    missing."""
    native = _number(page, diagnostics.url)
    facts = _facts(page)
    start, end = _when(facts, diagnostics.url)
    name = text(page.select_one(".Suchueberschrift"))
    place = facts.get("raum") or facts.get("ort") or facts.get("sitzungsort")
    committees = [part.strip() for part in (facts.get("gremien") or facts.get("gremium") or "").split(";")]
    table = page.select_one("#ajax_sitzungsmappe table")
    agenda = _read_agenda(table, native, diagnostics)
    refs = tuple(OrganizationRef(name=part) for part in committees if part)
    meeting = Meeting(
        native_id=native,
        source_url=absolute(diagnostics.url, diagnostics.url),
        name=name,
        start=start,
        end=end,
        cancelled=is_cancelled(start, name),
        location=Location(description=place) if place else None,
        organization=refs,
        agenda=tuple(agenda.items),
        files=tuple(_meeting_files(page, table, diagnostics.url)),
        withheld=tuple(agenda.withheld),
        withheld_papers=tuple(one for one in agenda.withheld_papers if one not in agenda.papers),
    )
    return [meeting, *(_with_station(paper, meeting) for paper in agenda.papers.values())]


def _number(page: BeautifulSoup, url: str) -> str:
    hidden = {attribute(one, "value") for one in page.select("input[name=sid]")} - {None}
    said = parameter(url, "sid", "id") or (hidden.pop() if len(hidden) == 1 else None)
    native = without_twin(said)
    if native is None:
        advice = "Ask for the page by its number: sitzungen_top.php?sid="
        raise UnexpectedResponse(url, "a meeting's number (sid) in the address", "none", advice)
    return native


def _facts(page: BeautifulSoup) -> dict[str, str]:
    """The labelled rows, by their labels in lower case without the colon."""
    facts: dict[str, str] = {}
    for row in page.select(".InfoBlock tr"):
        cells = [text(cell) for cell in row.find_all(["td", "th"], recursive=False)]
        if len(cells) >= 2 and cells[0] and cells[1]:
            facts.setdefault(cells[0].rstrip(": ").lower(), cells[1])
    return facts


def _first(facts: dict[str, str], *labels: str) -> str | None:
    return next((facts[label] for label in labels if label in facts), None)


def _when(facts: dict[str, str], url: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Day, begin and end: in one row, or in rows of their own."""
    said = _first(facts, "termin", "datum", "sitzungstermin", "sitzungsdatum", "sitzungstag", "tag")
    apart = _first(facts, "uhrzeit", "zeit", "beginn", "sitzungsbeginn")
    day = next(iter(days_in(said)), None)
    times = times_in(said, Place.DAY)
    if not times.is_understood:
        times = times_in(apart)
    if day is None:
        raise UnexpectedResponse(
            url, "a row Termin with a day", found(said), "The page's structure has changed: mend the reader"
        )
    return moments(day, times.begin, times.end or times_in(_first(facts, "ende", "sitzungsende")).first)


def _rows(table: Tag | None) -> Iterator[list[Tag]]:
    """The cells of the table's own rows, without those of tables inside it."""
    for row in table.find_all("tr") if table else ():
        if row.find_parent("table") is table:
            yield row.find_all(["td", "th"], recursive=False)


def _read_agenda(table: Tag | None, meeting: str, diagnostics: Diagnostics) -> _Agenda:
    agenda = _Agenda(meeting)
    if table is None:
        diagnostics.add("agenda", "expected the table of agenda items, found none: left unknown")
    for place, cells in enumerate(_rows(table)):
        where = f"agenda row {place + 1}"
        said = [cell for cell in cells if text(cell)]
        if len(said) == 1 and not any(link.is_document() for link in links_in(said[0], diagnostics.url)):
            _heading(text(said[0]) or "", where, agenda, diagnostics)
        elif len(said) > 1 and not _is_head(cells):
            _row(cells, where, agenda, diagnostics)
    return agenda


def _is_head(cells: list[Tag]) -> bool:
    """Whether a row names the columns."""
    words = {(text(cell) or "").lower().rstrip(":") for cell in cells}
    return all(cell.name == "th" for cell in cells) or bool(words & _COLUMNS)


def _heading(said: str, where: str, agenda: _Agenda, diagnostics: Diagnostics) -> None:
    """A row with one text is a heading. One that is not known ends the public part, and is not told: it may be the
    title of what is not public."""
    agenda.sections.enter(section_of_heading(said))
    if agenda.sections.section is None:
        diagnostics.add(where, "expected the heading of a part, found another text: what follows needs its own sign")


def _lead(texts: list[str]) -> list[str]:
    """What stands before the title: badge and number, in one cell or in two."""
    title = max(range(1, len(texts)), key=lambda place: len(texts[place]))
    return list(takewhile(lambda said: not said or _is_badge(said), texts[: min(2, title)]))


def _is_badge(said: str) -> bool:
    badge = read_badge(said)
    return badge.stands_alone or len(said) <= _LONGEST_BADGE


def _pictures(cell: Tag) -> tuple[str | None, ...]:
    return tuple(attribute(one, name) for one in cell.select("img, span[title], abbr") for name in ("alt", "title"))


def _row(cells: list[Tag], where: str, agenda: _Agenda, diagnostics: Diagnostics) -> None:
    texts = [text(cell) or "" for cell in cells]
    lead = _lead(texts)
    badge, title = read_badge(" ".join(lead)), max(texts[len(lead) :], key=len)
    links = [link for cell in cells for link in links_in(cell, diagnostics.url) if link.is_document()]
    reference = _REFERENCE.search(title)
    name = _REFERENCE.sub("", title).strip() or None
    paper = next((own for link in links if (own := link.paper())), None)
    native = f"{agenda.meeting}|{paper or badge.number or where}"
    evidence = Evidence(badge=badge, titles=(name,), statuses=_pictures(cells[0]))
    if not agenda.sections.proves_public(evidence, where, diagnostics):
        agenda.withheld[native] = None
        if paper:
            agenda.withheld_papers[paper] = None
        return
    (files,) = each_once([[file for link in links if (file := file_of(link, name))]])
    item = AgendaItem(
        native_id=native,
        number=badge.number,
        order=len(agenda.items),
        name=name,
        public=True,
        paper=paper,
        reference=reference[1].strip() if reference else None,
        files=files,
    )
    agenda.items.append(item)
    if paper:
        agenda.papers.setdefault(paper, _paper(item, paper))


def _paper(item: AgendaItem, number: str) -> Paper:
    own = tuple(file for file in item.files if file.native_id == number)
    station = Consultation(native_id=item.native_id, agenda_item=item.native_id)
    return Paper(native_id=number, name=item.name, reference=item.reference, files=own, consultations=(station,))


def _with_station(paper: Paper, meeting: Meeting) -> Paper:
    here = {"meeting": meeting.native_id, "organization": meeting.organization}
    day = meeting.start.date() if meeting.start else None
    stations = tuple(one.model_copy(update=here | {"date": day}) for one in paper.consultations)
    return paper.model_copy(update={"consultations": stations})


def _meeting_files(page: BeautifulSoup, table: Tag | None, url: str) -> tuple[File, ...]:
    """The documents outside the agenda: invitation, minutes."""
    inside = {link.url for link in links_in(table, url)} if table else set()
    outside: list[Link] = [link for link in links_in(page, url) if link.is_document() and link.url not in inside]
    (files,) = each_once([[file for link in outside if (file := file_of(link, None))]])
    return files

"""Agendas of the oldest interface: the table in `div#ajax_sitzungsmappe` with "Ö" or "N" in the first column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from bs4 import Tag

from council.model import AgendaItem, Consultation, Meeting, Paper
from crawlers.morerubin.files import file_of
from crawlers.morerubin.urls import links_in
from crawlers.parsing.badges import read_badge
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import each_once
from crawlers.parsing.html import attribute, text
from crawlers.parsing.verdicts import AgendaSections, Evidence
from crawlers.parsing.visibility import section_of_heading

_REFERENCE = re.compile(r"\s*\[\s*Vorlage\s*:\s*([^,\]]+)[^\]]*\]")
_COLUMNS = frozenset({"betreff", "bezeichnung", "tagesordnungspunkt", "titel", "beratungsgegenstand"})
_LONGEST_BADGE = 8
"""Characters of a badge in letters that nobody knows: "TOP X 5"."""


@dataclass(slots=True)
class OldAgenda:
    """What has been read of the items so far."""

    meeting: str
    sections: AgendaSections = field(default_factory=AgendaSections)
    items: list[AgendaItem] = field(default_factory=list)
    papers: dict[str, Paper] = field(default_factory=dict)
    withheld: dict[str, None] = field(default_factory=dict)
    withheld_papers: dict[str, None] = field(default_factory=dict)


def _rows(table: Tag | None) -> Iterator[list[Tag]]:
    """The cells of the table's own rows, without those of tables inside it."""
    for row in table.find_all("tr") if table else ():
        if row.find_parent("table") is table:
            yield row.find_all(["td", "th"], recursive=False)


def read_old_agenda(table: Tag | None, meeting: str, diagnostics: Diagnostics) -> OldAgenda:
    agenda = OldAgenda(meeting)
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


def _heading(said: str, where: str, agenda: OldAgenda, diagnostics: Diagnostics) -> None:
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


def _row(cells: list[Tag], where: str, agenda: OldAgenda, diagnostics: Diagnostics) -> None:
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
    consultation = Consultation(native_id=item.native_id, agenda_item=item.native_id)
    return Paper(native_id=number, name=item.name, reference=item.reference, files=own, consultations=(consultation,))


def with_meeting(paper: Paper, meeting: Meeting) -> Paper:
    here = {"meeting": meeting.native_id, "organization": meeting.organization}
    day = meeting.start.date() if meeting.start else None
    consultations = tuple(held.model_copy(update=here | {"date": day}) for held in paper.consultations)
    return paper.model_copy(update={"consultations": consultations})

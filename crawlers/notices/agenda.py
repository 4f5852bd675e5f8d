"""The public part of the agenda in a notice: only what stands under a heading or behind a mark that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from council.model import AgendaItem, File, FileRole
from council.notices import Notices
from crawlers.notices.collector import Collector
from crawlers.notices.item import (
    DETAIL,
    DOCUMENTS,
    GOES_ON,
    LABELS,
    LONGEST_NAME,
    NO_NAME,
    is_documents,
    number_and_name,
    reference_in,
    status_of,
    with_numbers,
    without_links,
)
from crawlers.notices.urls import is_document, link_address
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.badges import NO_BADGE, Badge, Marking, read_badge
from crawlers.parsing.dates import find_days
from crawlers.parsing.documents import without_size
from crawlers.parsing.lines import Line, Looks
from crawlers.parsing.verdicts import AgendaSections, Evidence, Verdict, Visibility
from crawlers.parsing.visibility import (
    Section,
    mentions_nonpublic,
    names_nonpublic_item,
    section_of_heading,
    speaks_about_nonpublic,
)

_AGENDA = re.compile(
    r"\W*(?:(?:vorläufige|folgende)\s+)?(?:tagesordnung(?:spunkte)?|tagesordnung\s*[:\-–].{0,40}|to)\W*", re.I
)
_MARKED_NUMBER = re.compile(r"\W*\d+(?:\.\d+)*\W*(?:ö|oe)(?:ff\w{0,2}|ffentlich)?\W*", re.IGNORECASE)
"""A number with its badge behind it, which is no heading: "3 (öffentlich)"."""
_OF_THE_WHOLE = re.compile(r"\W*(?:öffentliche\s+)?(?:einladung|bekanntmachung|tagesordnung)(?!\w)", re.IGNORECASE)
"""Names of documents about the whole sitting, which stand below the agenda and are no item's."""


@dataclass(slots=True)
class _Reading:
    """One agenda while it is read. `ended_by` is what ended the public part without beginning the other."""

    meeting: str
    collector: Collector
    description: Notices
    agenda: Agenda = field(default_factory=Agenda)
    sections: AgendaSections = field(default_factory=AgendaSections)
    ended_by: str | None = None
    is_announced: bool = False
    has_sections: bool = False
    has_public_section: bool = False
    has_unknown_heading: bool = False
    last: int = 0
    numbered_depth: int | None = None
    heading_depth: int = 0
    skipped: int = 0
    documents_left_out: bool = False

    @property
    def is_public(self) -> bool:
        """Whether the next line stands in the public part."""
        return self.sections.section is Section.PUBLIC

    @property
    def is_unproven(self) -> bool:
        """Whether it stands behind something that was not understood."""
        return self.sections.section is None and self.ended_by is not None

    @property
    def is_before(self) -> bool:
        """Whether no part of the agenda has begun yet."""
        return self.sections.section is None and self.ended_by is None

    def end_public_section(self, ended_by: str) -> None:
        """From here on nothing is proven by what stands above."""
        self.sections.enter(None)
        self.ended_by = ended_by

    def judge(self, evidence: Evidence) -> Verdict:
        """The verdict on the next item; one that closes the public part ends it."""
        was_public = self.is_public
        verdict = self.sections.judge(evidence)
        if was_public and self.sections.section is None:
            self.ended_by = "an item that closes the public part"
        return verdict


def read_agenda(
    lines: list[Line], meeting: str, collector: Collector, description: Notices, *, is_called_public: bool
) -> tuple[Agenda, bool]:
    """The agenda in a notice's lines, and whether documents beside it are public only where they say so.
    `is_called_public`: the notice's title calls the whole sitting public; that is proof where its text nowhere speaks
    of a non-public part."""
    reading = _Reading(meeting, collector, description)
    speaks_of_nonpublic = any(mentions_nonpublic(line.text) for line in lines)
    for line in with_numbers(lines):
        if (section := part_of(line)) is not None:
            reading.has_sections = True
            _begin(section, line, reading)
        elif _AGENDA.fullmatch(line.text):
            reading.is_announced = True
            if is_called_public and not speaks_of_nonpublic and reading.is_before:
                reading.sections.enter(Section.PUBLIC)
                reading.last = 0
        else:
            _read_line(line, reading)
    _report(reading)
    agenda = reading.agenda
    is_doubtful = bool(
        reading.has_unknown_heading or agenda.withheld_items or (reading.has_sections and not agenda.items)
    )
    return agenda, speaks_of_nonpublic or is_doubtful


def part_of(line: Line) -> Section | None:
    """Whether a line, or the one cell of a row that says anything, is the heading of a part. A link is no heading of a
    public one: lists link to "Öffentliche Sitzung des Gemeinderates"; nor is a row with a day."""
    part = _part(line)
    return None if part is Section.PUBLIC and (line.is_link or (line.cells and find_days(line.text))) else part


def _part(line: Line) -> Section | None:
    filled = [cell for cell in line.cells if cell]
    number = f"{line.number}. " if line.number else ""
    for text in (line.text, *(cell for cell in filled if len(filled) <= 2 and not _MARKED_NUMBER.fullmatch(cell))):
        if (part := section_of_heading(text)) or (number and (part := section_of_heading(number + text))):
            return part
    return None


def _begin(section: Section, line: Line, reading: _Reading) -> None:
    if section is Section.PUBLIC and (len([c for c in line.cells if c]) <= 1 or section_of_heading(line.text)):
        reading.sections.enter(Section.PUBLIC)
        reading.last, reading.ended_by, reading.has_public_section = 0, None, True
        reading.numbered_depth, reading.heading_depth = None, line.depth if line.looks is Looks.ITEM else 0
    elif section is Section.NONPUBLIC:
        reading.sections.enter(Section.NONPUBLIC)
        _withhold(line, reading)


def _read_line(line: Line, reading: _Reading) -> None:
    number, name = number_and_name(line)
    status = status_of(line)
    if status is Section.NONPUBLIC:
        _withhold(line, reading)
        return
    if number and line.number is None and not reading.agenda.items and line.depth == reading.heading_depth:
        reading.heading_depth = 0  # A flat list: its headings and its items are siblings.
    if reading.is_public and line.looks is Looks.ITEM and 0 < line.depth <= reading.heading_depth:
        _end(line, reading)  # A sibling of the list item that was the public part's heading.
    elif reading.sections.section is Section.NONPUBLIC:
        _withhold(line, reading, is_item=number is not None)
    elif number is not None and name is not None:
        _numbered(number, name, line, reading, says_public=status is Section.PUBLIC)
    elif reading.is_public:
        _unnumbered(line, reading)
    elif reading.is_unproven:
        _withhold(line, reading, is_item=line.looks in (Looks.ITEM, Looks.ROW) and not line.is_link)


def _numbered(shown: str, name: str, line: Line, reading: _Reading, *, says_public: bool) -> None:
    badge, is_below_public, is_before = read_badge(shown), reading.is_public, reading.is_before
    declared = Visibility.PUBLIC if says_public else None
    verdict = reading.judge(Evidence(badge=badge, titles=(name,), declared=declared))
    is_proven_by_heading = verdict.is_public and not (says_public or badge.marking is Marking.PUBLIC)
    if verdict.visibility is Visibility.NONPUBLIC:
        _withhold(line, reading)
    elif is_proven_by_heading and _restarts(badge, reading):
        reading.end_public_section("numbers that begin again")
        _withhold(line, reading)
    elif verdict.is_public:
        reading.numbered_depth = line.depth
        _add(badge, name, line, reading)
    elif is_below_public or not is_before or reading.is_announced:
        if badge.marking is Marking.UNKNOWN:
            reading.collector.diagnostics.add(f"agenda of {reading.meeting}", verdict.reason)
        _withhold(line, reading)


def _restarts(badge: Badge, reading: _Reading) -> bool:
    """Whether a numbering begins again: a heading between was not understood, or is not there."""
    first = re.match(r"\d+", badge.number or "")
    if first is None:
        return False
    value, last = int(first[0]), reading.last
    reading.last = value
    return value < last


def _unnumbered(line: Line, reading: _Reading) -> None:
    """A line in the public part that is no item: more of the item before, an item of a plain list, or the end."""
    if line.looks is Looks.HEAD_ROW and LABELS.fullmatch(line.text):
        return
    if not line.text:
        return
    items = reading.agenda.items
    if mentions_nonpublic(line.text) and not speaks_about_nonpublic(line.text):
        if items and line.looks is Looks.MORE and is_documents(line, reading.collector.url, reading.description):
            _withhold(line, reading, is_item=False)  # An item's own attachment says it of itself.
        else:
            _end(line, reading)
        return
    more = line.looks is Looks.MORE or (DETAIL.match(line.text) and line.looks in (Looks.PLAIN, Looks.ROW))
    more = more or (line.is_broken and line.looks is Looks.PLAIN and bool(GOES_ON.match(line.text)))
    if items and more and not names_nonpublic_item(line.text):
        items[-1] = _with_more(items[-1], line, reading)
        return
    if _is_unnumbered_item(line, reading):
        name = next((cell for cell in line.cells if cell), None) or line.text
        if reading.judge(Evidence(titles=(name,))).is_public:
            _add(NO_BADGE, name, line, reading)
        else:
            _withhold(line, reading)
        return
    if not items and line.looks is Looks.PLAIN:
        return
    _end(line, reading)


def _is_unnumbered_item(line: Line, reading: _Reading) -> bool:
    """An item of a plain list, or one below a numbered item. A row of one cell, or what alone is bold, is a heading."""
    if line.looks not in (Looks.ITEM, Looks.ROW) or DOCUMENTS.fullmatch(line.text) or _is_label(line):
        return False
    if line.looks is Looks.ROW:
        return reading.numbered_depth is None and len([cell for cell in line.cells if cell]) > 1
    if line.bold and reading.agenda.items:
        return False
    return reading.numbered_depth is None or line.depth > reading.numbered_depth


def _end(line: Line, reading: _Reading) -> None:
    """The public part is over: what follows has no proof any more. What ended it is not told: it may be the title of
    what is not public."""
    reading.end_public_section("a heading that is not known")
    _withhold(line, reading, is_item=False)
    items = reading.agenda.items
    if items and line.looks not in (Looks.PLAIN, Looks.MORE) and not DOCUMENTS.fullmatch(line.text):
        reading.has_unknown_heading = True
        reading.collector.diagnostics.add(
            f"agenda of {reading.meeting}", "a heading that is not known ends the public part"
        )


def _is_label(line: Line) -> bool:
    return len([cell for cell in line.cells if cell]) == 2 and line.cells[0].endswith(":")


def _add(badge: Badge, name: str, line: Line, reading: _Reading) -> None:
    order = len(reading.agenda.items) + 1
    mark = "ö" if badge.marking is Marking.PUBLIC else ""
    number = f"{mark}{badge.number}".lower().replace(" ", "") if badge.number else None
    own = f"{reading.meeting}/top/{number}" if number else f"{reading.meeting}/punkt/{order}"
    if any(item.native_id == own for item in reading.agenda.items):
        own = f"{own}/{order}"
    reference = reference_in(line)
    item = AgendaItem(
        native_id=own,
        number=badge.number,
        order=order,
        name=without_links(name, line),
        public=True,
        reference=reference,
        files=tuple(_files(line, reading)),
    )
    reading.agenda.items.append(item)


def _with_more(item: AgendaItem, line: Line, reading: _Reading) -> AgendaItem:
    files = item.files + tuple(
        f for f in _files(line, reading) if f.native_id not in {own.native_id for own in item.files}
    )
    more = without_links(line.text, line) if line.is_broken and not line.links else None
    if more and not NO_NAME.match(more) and len(f"{item.name} {more}") <= LONGEST_NAME:
        item = item.model_copy(update={"name": f"{item.name} {more}"})
    return item.model_copy(update={"files": files, "reference": item.reference or reference_in(line)})


def _files(line: Line, reading: _Reading) -> Iterator[File]:
    for link in line.links:
        address = link_address(link, reading.collector.url)
        if address and is_document(link, address, reading.description):
            name = without_size(link.get_text(" "))
            if file := reading.collector.file(name, address, FileRole.ATTACHMENT, None):
                yield file


def _withhold(line: Line, reading: _Reading, *, is_item: bool = True) -> None:
    """Leave a line out, with everything that it leads to: no other place on the page may bring it in again."""
    if is_item:
        reading.skipped += reading.sections.section is not Section.NONPUBLIC
        number = len(reading.agenda.withheld_items) + 1
        if not reading.is_before or reading.is_announced:
            reading.agenda.withheld_items.setdefault(f"{reading.meeting}/nonpublic/{number}")
    for link in line.links:
        address = link_address(link, reading.collector.url)
        if address and (is_item or not _OF_THE_WHOLE.match(link.get_text(" "))):
            native = reading.collector.id_of(address)
            reading.agenda.withheld_papers.setdefault(native)
            reading.collector.withheld.add(native)
            is_unproven = reading.is_unproven and not is_item
            reading.documents_left_out |= is_unproven and is_document(link, address, reading.description)


def _report(reading: _Reading) -> None:
    """Report what was left out for want of proof."""
    reports = []
    if reading.ended_by and reading.skipped:
        reports.append(f"items behind {reading.ended_by} are left out: not proven public")
    elif reading.skipped and not reading.agenda.items:
        reports.append("items without a heading or a mark that says that they are public: left out")
    elif reading.has_public_section and not reading.agenda.items:
        reports.append("a public part without any item that was understood")
    if reading.documents_left_out:
        reports.append("documents behind the public part, without proof that they are public: left out")
    for report in reports:
        reading.collector.diagnostics.add(f"agenda of {reading.meeting}", report)

"""Papers: a paper's own page (vo020) with its text and consultations, and lists of papers (vo040)."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode

from bs4 import Tag

from council.model import Consultation, File, FileRole, Kind, OrganizationRef, Paper, Tombstone
from crawlers.allris3 import quirks
from crawlers.allris3.agenda import own_marks, shown_result
from crawlers.allris3.files import TextBlock, read_files
from crawlers.allris3.meeting import TABLE, labels_of, own_address, own_number
from crawlers.allris3.urls import Diagnostics, Link, links_in
from crawlers.parsing import columns
from crawlers.parsing.clocks import is_day
from crawlers.parsing.columns import Column, Columns
from crawlers.parsing.consultations import ConsultationHistory
from crawlers.parsing.dates import reported_day
from crawlers.parsing.html import classes_of, shown_text, text
from crawlers.parsing.labels import Label, Labels
from crawlers.parsing.originators import originators
from crawlers.parsing.references import is_reference, leading_reference
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.tables import Row, rows_of
from crawlers.parsing.visibility import names_nonpublic_file, names_nonpublic_item

COLUMNS = Columns(columns.PAPERS, reaches_down=False)
_MAIN_TEXT = frozenset({"SV", "BV", "BG", "FA", "BS", ""})


def read_paper(root: Tag, blocks: tuple[TextBlock, ...], diagnostics: Diagnostics) -> list[Paper | Tombstone]:
    """The one paper of the page; a tombstone where its own status says that it is non-public."""
    number = own_number(root, "vo020", diagnostics)
    labels = labels_of(root)
    status = labels.text(Label.PAPER_STATUS)
    paper_type = labels.text(Label.PAPER_TYPE)
    name = labels.text(Label.PAPER_NAME)
    if closed := _closed(status, paper_type, name):
        return [Tombstone(native_id=number, kind=Kind.PAPER, reason=f"{closed} says that it is non-public")]
    if status is None or not status.lower().startswith("öffentlich"):
        diagnostics.add("status", "does not say öffentlich" if status else "expected öffentlich, found none")
    if name is None:
        diagnostics.add("subject", "a paper without a subject")
    labels.report_unknown(diagnostics)
    tables = consultation_tables(root)
    consultations = read_consultations(tables[0], number, diagnostics) if tables else ()
    office = labels.text(Label.OFFICE)
    files = read_files([root], number, diagnostics)
    paper = Paper(
        native_id=number,
        source_url=own_address(root, "vo020", number, diagnostics),
        name=name,
        reference=_reference(root, labels, paper_type),
        paper_type=paper_type,
        date=reported_day(labels.text(Label.CREATED), "date", diagnostics),
        files=_with_text(files, blocks, number),
        consultations=consultations,
        originator=originators(labels.elements(Label.ORIGINATOR)),
        under_direction_of=(OrganizationRef(name=office),) if office else (),
        related=_related(labels, number, diagnostics),
    )
    return [paper]


def _closed(status: str | None, paper_type: str | None, name: str | None) -> str | None:
    """What says that the paper is non-public: its status, its kind ("nichtöffentliche Beschlussvorlage"), its name. Not
    in its own words, which may tell what it is about."""
    for where, written in (("its status", status), ("its kind", paper_type)):
        if written and names_nonpublic_file(written):
            return where
    return "its name" if name and names_nonpublic_item(name) else None


def _reference(root: Tag, labels: Labels, paper_type: str | None) -> str | None:
    """The number: labelled, else of the title: "Vorlage - 23/224", "VO/2026/181 - öffentliche Beschlussvorlage"."""
    labelled = labels.text(Label.REFERENCE)
    if labelled and is_reference(labelled):
        return labelled
    title = text(root.select_one("#risname h1, #risname_raw h1, h1.title, h1")) or text(root.select_one("title")) or ""
    parts = [words.strip() for words in re.split(r"\s+[-–]\s+", title)]
    if paper_type and title.startswith(f"{paper_type} - "):
        parts = parts[len(re.split(r"\s+[-–]\s+", paper_type)) :]
    return next((words for words in parts if is_reference(words)), None)


def _with_text(files: list[File], blocks: tuple[TextBlock, ...], number: str) -> tuple[File, ...]:
    """The text in the page is the paper's main document where none of the documents is: a File with text and no url."""
    public = [block for block in blocks if block.code in _MAIN_TEXT and not names_nonpublic_file(block.title)]
    if not public or any(file.role is FileRole.MAIN for file in files):
        return tuple(files)
    written = "\n\n".join(block.written() for block in public)
    own = File(
        native_id=f"{number}/text", role=FileRole.MAIN, name="Text der Vorlage", media_type="text/plain", text=written
    )
    return (own, *files)


def _related(labels: Labels, number: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """Other papers that the head links to ("Bezüglich"), not those in running texts."""
    links = (link for value in labels.elements(Label.RELATED) for link in links_in(value, diagnostics))
    papers = dict.fromkeys(paper for link in links if link.page == "vo020" and (paper := link.number()))
    return tuple(paper for paper in papers if paper != number)


_BUTTONS = frozenset({"VO", "DS"})
_SESSION = re.compile(r"SID$|SECTOKEN|TOGGLEMENU|HISTORY|NAVM_|STATA_|SESSION")
_KIND = re.compile(
    r"(?:[a-zäöüß]{4,20}[\s-]){0,2}\w{0,25}(?:vorlage|antrag|anfrage|mitteilung|bericht|ersuchen|auskunft|stellungnahme"
    r"|drucksache|petition|eingabe)n?(?:\s+(?:der|des|nach|gem\.?|von|an|für)\s[\w§. -]{1,40}|\s\w{4,25})?",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:nächste(?: seite)?|weiter|vor|>|»|>>)", re.IGNORECASE)


def read_papers(tables: list[Tag], root: Tag, diagnostics: Diagnostics) -> list[Paper]:
    """The papers of the list, and where it goes on."""
    found: dict[str, Paper] = {}
    for table in tables:
        for place, row in enumerate(rows_of(table, COLUMNS, "papers", diagnostics, quirks.own_rows(table))):
            if not row.is_header and (paper := _paper(row, f"row {place + 1}", diagnostics)):
                found.setdefault(paper.native_id, paper)
    for link in links_in(root, diagnostics):
        written = shown_text(link.node) or ""
        if link.page == "vo040" and not link.is_form and _NEXT.fullmatch(written):
            kept = {name: value for name, value in link.parameters.items() if not _SESSION.match(name)}
            diagnostics.links.add(f"{link.place}?{urlencode(kept)}")
    return list(found.values())


def _paper(row: Row, where: str, diagnostics: Diagnostics) -> Paper | None:
    links = [link for link in links_in(row.node, diagnostics) if link.page == "vo020" and link.number()]
    if not links or row.node.select_one("tr") is not None:
        return None
    link, number = links[0], links[0].number()
    texts = _link_texts(links, number)
    reference = next((words for words in texts if is_reference(words)), None)
    others = [words for words in texts if words != reference]
    name = row.text(Column.NAME) if row.text(Column.NAME) != reference else None
    name = name or max(others, key=len, default=None) or _longest(row, reference)
    reference = reference or _column_reference(row)
    if name and reference is None:
        reference, name = leading_reference(name)
    paper_type = row.text(Column.TYPE) or _type_shown(row, links)
    written = (row.text(Column.STATUS), paper_type)
    if any(words and names_nonpublic_file(words) for words in written) or (name and names_nonpublic_item(name)):
        return None
    if is_restricted(own_marks(row.node)) or number is None:
        return None
    if name is None:
        diagnostics.add(where, f"paper {number} without a subject")
    diagnostics.links.add(link.stable)
    office = row.text(Column.OFFICE)
    return Paper(
        native_id=number,
        source_url=link.stable,
        name=name,
        reference=reference,
        paper_type=paper_type,
        date=reported_day(row.text(Column.DATE) or _day_shown(row), where, diagnostics),
        under_direction_of=(OrganizationRef(name=office),) if office else (),
    )


def _link_texts(links: list[Link], number: str | None) -> list[str]:
    texts = [shown_text(link.node) for link in links if not link.is_form and link.number() == number]
    return [words for words in texts if words and words.upper() not in _BUTTONS]


def _column_reference(row: Row) -> str | None:
    for meaning in (Column.REFERENCE, Column.NUMBER):
        written = row.text(meaning)
        if written and is_reference(written):
            return written
    return next((written for cell in row.cells if (written := shown_text(cell)) and is_reference(written)
                 and "/" in written), None)  # fmt: skip


def _longest(row: Row, reference: str | None) -> str | None:
    texts = [written for cell in row.cells if (written := shown_text(cell)) and written != reference]
    longest = max(texts, key=len, default="")
    return longest if len(longest) > 12 else None


def _type_shown(row: Row, links: list[Link]) -> str | None:
    """The kind of a paper where no header tells its column: a cell without the paper's link that says nothing else."""
    linked = [cell for link in links for cell in link.node.find_parents("td")]
    texts = (shown_text(cell) for cell in row.cells if not any(cell is other for other in linked))
    return next((written for written in texts if written and _KIND.fullmatch(written)), None)


def _day_shown(row: Row) -> str | None:
    """The day where no header tells its column: the first cell that is one."""
    return next((written for cell in row.cells if is_day(written := shown_text(cell))), None)


CONSULTATIONS = Columns(columns.CONSULTATIONS, reaches_down=False)


def consultation_tables(root: Tag) -> list[Tag]:
    """The table called so, else the one in or below the row labelled "Beratungsfolge:"; none or one."""
    named = root.select("#bfTable table, table.bfTable, table#bfTable")
    if named:
        return named[:1]
    for cell in root.select("td, th, div.label"):
        if TABLE.names(text(cell), Label.CONSULTATIONS):
            row = cell.find_parent("tr")
            places = [cell.find_next_sibling(["td", "div"]), row.find_next_sibling("tr") if row else None]
            tables = [place.select_one("table") for place in places if isinstance(place, Tag)]
            return [table for table in tables if isinstance(table, Tag)][:1]
    return []


def read_consultations(table: Tag, paper: str, diagnostics: Diagnostics) -> tuple[Consultation, ...]:
    """The consultations in the page's order. Whether a row is a meeting tells its date, never its place or colour."""
    history = ConsultationHistory()
    for place, row in enumerate(rows_of(table, CONSULTATIONS, "consultations", diagnostics, quirks.own_rows(table))):
        where = f"consultation row {place + 1}"
        if row.is_header or (shown_text(row.node) is None and not list(links_in(row.node, diagnostics))):
            continue
        day, meeting = _day(row, where, diagnostics), _link(row, "to010", diagnostics)
        if day is None and meeting is None:
            _begin(history, row, where, diagnostics)
            continue
        if not history.has_committee:
            named = row.text(Column.ORGANIZATION) if meeting is None or row.text(Column.ROLE) else None
            if named is None:
                diagnostics.add(where, "a meeting without a committee above it: its committee is not known")
            history.begin(named, row.text(Column.ROLE))
        if meeting and not history.is_nonpublic:
            diagnostics.links.add(meeting.stable)
        number = meeting.number() if meeting else None
        history.add_meeting(day, _result(row, diagnostics), number, _item_number(row, meeting, diagnostics))
    return history.consultations(paper)


def _begin(history: ConsultationHistory, row: Row, where: str, diagnostics: Diagnostics) -> None:
    """A row that names a committee, and its role behind it; an empty one ends the committee above."""
    texts = [written for cell in row.cells if (written := shown_text(cell))]
    if not texts:
        history.end()
        return
    if len(texts) > 2:
        diagnostics.add(where, f"a committee with {len(texts)} texts: the first two are taken")
    history.begin(texts[0], texts[1] if len(texts) > 1 else None)


def _item_number(row: Row, meeting: Link | None, diagnostics: Diagnostics) -> str | None:
    item = _link(row, "to020", diagnostics)
    selected = meeting.parameters.get("TOPSELECTED", "") if meeting else ""
    return item.number() if item else selected if selected.isdecimal() else None


def _link(row: Row, page: str, diagnostics: Diagnostics) -> Link | None:
    return next((link for link in links_in(row.node, diagnostics) if link.page == page and link.number()), None)


def _result(row: Row, diagnostics: Diagnostics) -> str | None:
    """The text of the result's column or td.text3, else the second behind the day (the first is the meeting's name)."""
    marked = next((shown_text(cell) for cell in row.cells if "text3" in classes_of(cell)), None)
    if marked or row.text(Column.RESULT, Column.VOTE):
        return shown_result(marked or row.text(Column.RESULT, Column.VOTE))
    dated = [place for place, cell in enumerate(row.cells) if is_day(shown_text(cell))]
    behind = row.cells[dated[0] + 1 :] if dated else row.cells
    texts = [
        written
        for words in behind
        if (written := shown_text(words)) and not any(link.page == "to020" for link in links_in(words, diagnostics))
    ]
    return shown_result(texts[1]) if len(texts) > 1 else None


def _day(row: Row, where: str, diagnostics: Diagnostics) -> dt.date | None:
    """The day of the row: of a cell of its own, never of a date in the meeting's name."""
    for cell in row.cells:
        if not (is_day(shown_text(cell)) or "date" in classes_of(cell)):
            continue
        if day := reported_day(shown_text(cell), where, diagnostics):
            return day
    return None

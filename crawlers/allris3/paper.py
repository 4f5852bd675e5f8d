"""Papers: a paper's own page (vo020) with the text in it, and lists of papers (vo040) with what they show of each."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from bs4 import Tag

from council.model import File, FileRole, Kind, OrganizationRef, Paper, Tombstone
from crawlers.allris3.consultations import consultation_tables, read_consultations
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.embedded import TextBlock
from crawlers.allris3.files import read_files
from crawlers.allris3.labels import labels_of
from crawlers.allris3.meeting import own_address, own_number
from crawlers.allris3.table import Row, is_header, rows
from crawlers.allris3.urls import Link, links_in
from crawlers.allris3.visibility import own_marks
from crawlers.parsing.clocks import is_day
from crawlers.parsing.dates import reported_day
from crawlers.parsing.html import shown_text, text
from crawlers.parsing.labels import Field, Labels
from crawlers.parsing.originators import originators
from crawlers.parsing.references import is_reference, leading_reference
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.visibility import names_nonpublic_file, names_nonpublic_item

_MAIN_TEXT = frozenset({"SV", "BV", "BG", "FA", "BS", ""})


def read_paper(root: Tag, blocks: tuple[TextBlock, ...], diagnostics: Diagnostics) -> list[Paper | Tombstone]:
    """The one paper of the page; a tombstone where its own status says that it is non-public."""
    number = own_number(root, "vo020", diagnostics)
    labels = labels_of(root)
    status = labels.text(Field.PAPER_STATUS)
    paper_type = labels.text(Field.PAPER_TYPE)
    name = labels.text(Field.PAPER_NAME)
    if closed := _closed(status, paper_type, name):
        return [Tombstone(native_id=number, kind=Kind.PAPER, reason=f"{closed} says that it is non-public")]
    if status is None or not status.lower().startswith("öffentlich"):
        diagnostics.add("status", "does not say öffentlich" if status else "expected öffentlich, found none")
    if name is None:
        diagnostics.add("subject", "a paper without a subject")
    labels.report_unknown(diagnostics)
    tables = consultation_tables(root)
    consultations = read_consultations(tables[0], number, diagnostics) if tables else ()
    office = labels.text(Field.OFFICE)
    files = read_files([root], number, diagnostics)
    paper = Paper(
        native_id=number,
        source_url=own_address(root, "vo020", number, diagnostics),
        name=name,
        reference=_reference(root, labels, paper_type),
        paper_type=paper_type,
        date=reported_day(labels.text(Field.CREATED), "date", diagnostics),
        files=_with_text(files, blocks, number),
        consultations=consultations,
        originator=originators(labels.elements(Field.ORIGINATOR)),
        under_direction_of=(OrganizationRef(name=office),) if office else (),
        related=_related(labels, number, diagnostics),
    )
    return [paper]


def _closed(status: str | None, paper_type: str | None, name: str | None) -> str | None:
    """What says that the paper is non-public: its status, its kind ("nichtöffentliche Beschlussvorlage"), its name. Not
    in its own words, which may tell what it is about."""
    for where, said in (("its status", status), ("its kind", paper_type)):
        if said and names_nonpublic_file(said):
            return where
    return "its name" if name and names_nonpublic_item(name) else None


def _reference(root: Tag, labels: Labels, paper_type: str | None) -> str | None:
    """The number: labelled, else of the title: "Vorlage - 23/224", "VO/2026/181 - öffentliche Beschlussvorlage"."""
    labelled = labels.text(Field.REFERENCE)
    if labelled and is_reference(labelled):
        return labelled
    title = text(root.select_one("#risname h1, #risname_raw h1, h1.title, h1")) or text(root.select_one("title")) or ""
    parts = [one.strip() for one in re.split(r"\s+[-–]\s+", title)]
    if paper_type and title.startswith(f"{paper_type} - "):
        parts = parts[len(re.split(r"\s+[-–]\s+", paper_type)) :]
    return next((one for one in parts if is_reference(one)), None)


def _with_text(files: list[File], blocks: tuple[TextBlock, ...], number: str) -> tuple[File, ...]:
    """The text in the page is the paper's main document where none of the documents is: a File with text and no url."""
    public = [one for one in blocks if one.code in _MAIN_TEXT and not names_nonpublic_file(one.title)]
    if not public or any(one.role is FileRole.MAIN for one in files):
        return tuple(files)
    said = "\n\n".join(one.written() for one in public)
    own = File(
        native_id=f"{number}/text", role=FileRole.MAIN, name="Text der Vorlage", media_type="text/plain", text=said
    )
    return (own, *files)


def _related(labels: Labels, number: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """Other papers that the head links to ("Bezüglich"), not those in running texts."""
    links = (link for value in labels.elements(Field.RELATED) for link in links_in(value, diagnostics))
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
        for place, row in enumerate(rows(table)):
            if not is_header(row.cells) and (paper := _paper(row, f"row {place + 1}", diagnostics)):
                found.setdefault(paper.native_id, paper)
    for link in links_in(root, diagnostics):
        said = shown_text(link.node) or ""
        if link.page == "vo040" and not link.is_form and _NEXT.fullmatch(said):
            kept = {name: one for name, one in link.parameters.items() if not _SESSION.match(name)}
            diagnostics.links.add(f"{link.place}?{urlencode(kept)}")
    return list(found.values())


def _paper(row: Row, where: str, diagnostics: Diagnostics) -> Paper | None:
    links = [link for link in links_in(row.node, diagnostics) if link.page == "vo020" and link.number()]
    if not links or row.node.select_one("tr") is not None:
        return None
    link, number = links[0], links[0].number()
    texts = _link_texts(links, number)
    reference = next((one for one in texts if is_reference(one)), None)
    others = [one for one in texts if one != reference]
    name = row.text("name") if row.text("name") != reference else None
    name = name or max(others, key=len, default=None) or _longest(row, reference)
    reference = reference or _column_reference(row)
    if name and reference is None:
        reference, name = leading_reference(name)
    paper_type = row.text("type") or _type_shown(row, links)
    said = (row.text("status"), paper_type)
    if any(one and names_nonpublic_file(one) for one in said) or (name and names_nonpublic_item(name)):
        return None
    if is_restricted(own_marks(row.node)) or number is None:
        return None
    if name is None:
        diagnostics.add(where, f"paper {number} without a subject")
    diagnostics.links.add(link.stable)
    office = row.text("office")
    return Paper(
        native_id=number,
        source_url=link.stable,
        name=name,
        reference=reference,
        paper_type=paper_type,
        date=reported_day(row.text("date") or _day_shown(row), where, diagnostics),
        under_direction_of=(OrganizationRef(name=office),) if office else (),
    )


def _link_texts(links: list[Link], number: str | None) -> list[str]:
    texts = [shown_text(one.node) for one in links if not one.is_form and one.number() == number]
    return [one for one in texts if one and one.upper() not in _BUTTONS]


def _column_reference(row: Row) -> str | None:
    for meaning in ("paper", "number"):
        said = row.text(meaning)
        if said and is_reference(said):
            return said
    return next((said for one in row.cells if (said := shown_text(one)) and is_reference(said)
                 and "/" in said), None)  # fmt: skip


def _longest(row: Row, reference: str | None) -> str | None:
    texts = [said for one in row.cells if (said := shown_text(one)) and said != reference]
    longest = max(texts, key=len, default="")
    return longest if len(longest) > 12 else None


def _type_shown(row: Row, links: list[Link]) -> str | None:
    """The kind of a paper where no header tells its column: a cell without the paper's link that says nothing else."""
    linked = [cell for link in links for cell in link.node.find_parents("td")]
    texts = (shown_text(cell) for cell in row.cells if not any(cell is one for one in linked))
    return next((said for said in texts if said and _KIND.fullmatch(said)), None)


def _day_shown(row: Row) -> str | None:
    """The day where no header tells its column: the first cell that is one."""
    return next((said for cell in row.cells if is_day(said := shown_text(cell))), None)

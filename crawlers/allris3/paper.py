"""A paper's own page (vo020): its head, its documents, its way through the committees, and its text in the page."""

from __future__ import annotations

import re

from bs4 import Tag

from council.model import File, FileRole, Kind, OrganizationRef, Paper, Tombstone
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.embedded import TextBlock
from crawlers.allris3.files import read_files
from crawlers.allris3.labels import Labels
from crawlers.allris3.links import links_in
from crawlers.allris3.meeting import own_address, own_number
from crawlers.allris3.stations import read_consultations, station_tables
from crawlers.parsing.dates import reported_day
from crawlers.parsing.html import text
from crawlers.parsing.originators import names_originator, originators
from crawlers.parsing.references import is_reference
from crawlers.parsing.visibility import names_nonpublic_file, names_nonpublic_item

OFFICES = ("federführend", "federführung", "federführendes amt", "federführender fachbereich", "fachbereich", "amt")
TYPES = ("vorlage-art", "vorlageart", "vorlagenart", "drucksache-art", "drucksachen-art", "drucksachenart", "ds-art",
         "art der vorlage", "art")  # fmt: skip
REFERENCES = ("vorlage-nr.", "vorlagen-nr.", "vorlagennummer", "drucksachen-nr.", "drucksache-nr.", "drucksachennummer",
              "drucksache", "vorlage", "nummer", "nr.", "ds-nr.")  # fmt: skip
_DATES = ("datum", "erstellt", "erstellt am", "erstellungsdatum", "vorlagedatum", "vom", "eingang", "eingangsdatum")
_MAIN_TEXT = frozenset({"SV", "BV", "BG", "FA", "BS", ""})


def read_paper(root: Tag, blocks: tuple[TextBlock, ...], diagnostics: Diagnostics) -> list[Paper | Tombstone]:
    """The one paper of the page; a tombstone where its own status says that it is non-public."""
    number = own_number(root, "vo020", diagnostics)
    labels = Labels(root)
    status = labels.value(("vostatus",), ("status", "öffentlichkeitsstatus"))
    paper_type = labels.value(("voart",), TYPES)
    name = labels.value(("vobetreff",), ("betreff", "bezeichnung", "titel", "gegenstand"))
    if closed := _closed(status, paper_type, name):
        return [Tombstone(native_id=number, kind=Kind.PAPER, reason=f"{closed} says that it is non-public")]
    if status is None or not status.lower().startswith("öffentlich"):
        diagnostics.add("status", "does not say öffentlich" if status else "expected öffentlich, found none")
    if name is None:
        diagnostics.add("subject", "a paper without a subject")
    tables = station_tables(root)
    stations = read_consultations(tables[0], number, diagnostics) if tables else ()
    office = labels.value(("voamt", "vofamt"), OFFICES)
    files = read_files([root], number, diagnostics)
    paper = Paper(
        native_id=number,
        source_url=own_address(root, "vo020", number, diagnostics),
        name=name,
        reference=reference(root, labels, paper_type),
        paper_type=paper_type,
        date=reported_day(labels.value(("vodatum",), _DATES), "date", diagnostics),
        files=_with_text(files, blocks, number),
        consultations=stations,
        originator=originators(labels.elements(("voverfasser",), names_originator)),
        under_direction_of=(OrganizationRef(name=office),) if office else (),
        related=_related(root, number, diagnostics),
    )
    return [paper]


def _closed(status: str | None, paper_type: str | None, name: str | None) -> str | None:
    """What says that the paper is non-public: its status, its kind ("nichtöffentliche Beschlussvorlage"), its name. Not
    in its own words, which may tell what it is about."""
    for where, said in (("its status", status), ("its kind", paper_type)):
        if said and names_nonpublic_file(said):
            return where
    return "its name" if name and names_nonpublic_item(name) else None


def reference(root: Tag, labels: Labels, paper_type: str | None) -> str | None:
    """The number: labelled, else of the title: "Vorlage - 23/224", "VO/2026/181 - öffentliche Beschlussvorlage"."""
    labelled = labels.value(("vonr", "vonummer", "voname"), REFERENCES)
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


def _related(root: Tag, number: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """Other papers that the head links to ("Bezüglich"), not those in running texts."""
    found = []
    for cell in root.select("td.kb1"):
        if (text(cell) or "").lower().rstrip(": ") not in {"bezüglich", "bezug", "bezugsvorlage", "verweise", "zu"}:
            continue
        value = cell.find_next_sibling("td")
        if isinstance(value, Tag):
            found += [one for link in links_in(value, diagnostics) if link.page == "vo020" and (one := link.number())]
    return tuple(one for one in dict.fromkeys(found) if one != number)

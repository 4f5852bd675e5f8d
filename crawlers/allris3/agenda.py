"""The agenda of a meeting: its public items, and the numbers of what is withheld.

Non-public items stand between public ones (Hildesheim, Neustadt in Holstein): every row is judged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Comment, Tag

from council.model import AgendaItem
from crawlers.allris3 import quirks
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.files import document_number, read_files
from crawlers.allris3.labels import shown_result
from crawlers.allris3.table import Row, is_header, rows
from crawlers.allris3.urls import Link, links_in
from crawlers.allris3.visibility import Number, evidence_of, heading_of, number_of
from crawlers.parsing.agendas import Agenda
from crawlers.parsing.badges import read_badge
from crawlers.parsing.html import attribute, shown_text
from crawlers.parsing.references import is_reference
from crawlers.parsing.verdicts import AgendaSections, Visibility, verdict_on_item
from crawlers.parsing.visibility import Section

_OWN_ID = re.compile(r"si\d+top(\d{1,15})")
_COMMENT = re.compile(r"\s*(\d{1,15})\s*")
_CLOSED_NUMBERS = re.compile(r"(?<!\w)(?:N|NÖ)\s\d{1,3}(?:\.\d{1,2})?(?=\s)")
_NOT_NAMES = frozenset({"vo020", "do027", "do026", "do025", "si016", "si017", "vo021", "vo027"})


@dataclass(slots=True)
class _Reading:
    """Where the reading of one agenda stands."""

    meeting: str
    sections: AgendaSections
    diagnostics: Diagnostics
    agenda: Agenda
    repeated: frozenset[str]
    is_last_public: bool = False


def read_agenda(table: Tag, meeting: str, part: Section | None, diagnostics: Diagnostics) -> Agenda:
    """The agenda in `table`. `part` is what the meeting's own status proves of items before the first heading."""
    lines = list(rows(table))
    reading = _Reading(
        meeting, AgendaSections(part, only_badges_behind_n=True), diagnostics, Agenda(), _repeated(lines, diagnostics)
    )
    for place, row in enumerate(lines):
        _read_row(row, f"agenda row {place + 1}", reading)
    reading.agenda.ends_nonpublic = reading.sections.section is Section.NONPUBLIC
    return reading.agenda


def _read_row(row: Row, where: str, reading: _Reading) -> None:
    number = number_of(row)
    if (section := heading_of(row, number)) is not None:
        reading.sections.enter(section)
        reading.is_last_public = False
        _withhold(row.node, reading)
    elif is_header(row.cells):
        return
    elif _is_run_together(row, reading.diagnostics):
        reading.diagnostics.add(
            where, "the numbers of several items: rows that run together, left out with all they link to"
        )
        _withhold(row.node, reading)
        reading.sections.enter(None)
        reading.is_last_public = False
    elif number is None:
        _read_unnumbered(row, where, reading)
    elif reading.sections.proves_public(
        evidence_of(row, number, _name_cell(row, number.cell, reading.diagnostics)), where, reading.diagnostics
    ):
        _add(row, number, where, reading)
        reading.is_last_public = True
    else:
        _withhold(row.node, reading)
        reading.is_last_public = False
    _close_nested(row, where, reading)


def _is_run_together(row: Row, diagnostics: Diagnostics) -> bool:
    """Whether a row holds more than one item: broken markup has lost the rows' ends, and with them which part is
    where."""
    links = list(_own_links(row, diagnostics))
    anchors = {link.number("TOLFDNR") for link in links if link.page == "to010" and link.number("TOLFDNR")}
    pages = {link.number() for link in links if link.page == "to020" and link.number()}
    said = shown_text(row.node) or ""
    return len(anchors or pages) > 1 or len(set(_CLOSED_NUMBERS.findall(said))) > 1


def _close_nested(row: Row, where: str, reading: _Reading) -> None:
    for nested in row.node.select("td table"):
        if nested.find_parent("tr") is row.node and nested.select_one("td a[href], td form[action]"):
            reading.diagnostics.add(where, "a table within the row: left out with all it links to")
            _withhold(nested, reading)


def _read_unnumbered(row: Row, where: str, reading: _Reading) -> None:
    """A row without a number: nothing; documents of the item above (Hildesheim's minutes); an unfolded decision; or a
    heading that is not known, which ends the public part. Nothing proves its words public: they are not quoted."""
    said = shown_text(row.node)
    links = row.node.select("a[href], form[action]")
    if said is None and not links:
        return
    if row.node.select_one("a[name=beschluss], .docPart") is not None:
        if not reading.is_last_public:
            _withhold(row.node, reading)
        return
    if any(document_number(one, reading.meeting, reading.diagnostics) for one in links):
        _add_documents(row, reading)
        return
    if said and len(said) > 1:
        kind = "a heading" if len(row.cells) <= 2 else "a heading of several cells, perhaps an item's,"
        reading.diagnostics.add(where, f"{kind} that is not known: the public part ends here")
        reading.sections.enter(None)
        reading.is_last_public = False
    _withhold(row.node, reading)


def _add_documents(row: Row, reading: _Reading) -> None:
    items = reading.agenda.items
    verdict = verdict_on_item(evidence_of(row, None, row.named.get("name")))
    if not (reading.is_last_public and items) or verdict.visibility is Visibility.NONPUBLIC:
        _withhold(row.node, reading)
        return
    last = items.pop()
    files = read_files(_outside_tables(row), last.native_id, reading.diagnostics)
    items.append(last.model_copy(update={"files": (*last.files, *files)}))


def _add(row: Row, shown: Number, where: str, reading: _Reading) -> None:
    diagnostics, agenda, cell = reading.diagnostics, reading.agenda, shown.cell
    number = read_badge(shown.shown).number
    native = _item_number(row, diagnostics, reading.repeated)
    if native is None or any(one.native_id == native for one in agenda.items):
        diagnostics.add(where, "no number of the item's own (TOLFDNR): its place in the agenda is taken for it")
        native = f"{reading.meeting}/{number or len(agenda.items) + 1}"
    if any(one.native_id == native for one in agenda.items):
        native = f"{native}/{len(agenda.items) + 1}"
    name = shown_text(_name_cell(row, cell, diagnostics), "[title=Zusatzinfo], .zusatzinfo, .doclink, .attlink, form")
    if name is None:
        diagnostics.add(where, "an item without a subject")
    paper, reference = _paper(row, cell, diagnostics)
    agenda.items.append(
        AgendaItem(
            native_id=native,
            number=number,
            order=len(agenda.items),
            name=name,
            public=True,
            paper=paper.number() if paper else None,
            reference=reference,
            result=_result(row),
            files=tuple(read_files(_outside_tables(row), native, diagnostics)),
        )
    )
    diagnostics.links.add(paper.stable if paper else None)


def _outside_tables(row: Row) -> list[Tag]:
    return [one for one in row.cells if one.select_one("table") is None]


def _own_links(row: Row, diagnostics: Diagnostics) -> Iterator[Link]:
    """The links of the row itself, not of a table nested in it."""
    return (link for link in links_in(row.node, diagnostics) if link.node.find_parent("tr") is row.node)


def _name_cell(row: Row, number: Tag, diagnostics: Diagnostics) -> Tag | None:
    """The subject: the cell called so, else the one that links to the item's page, else the longest text behind the
    number that leads to nothing else."""
    named = row.named.get("name")
    if named is not None and "tobetreff" in (attribute(named, "class") or ""):
        return named
    for link in _own_links(row, diagnostics):
        if link.page == "to020" and not link.is_form and shown_text(link.node):
            cell = link.node.find_parent("td")
            if isinstance(cell, Tag) and cell is not number:
                return cell
    texts = [(one, said) for one in row.cells if one is not number and (said := shown_text(one))]
    known = [one for meaning, one in row.named.items() if meaning in {"paper", "result", "status", "role"}]
    subjects = [(one, said) for one, said in texts if not is_reference(said) and not _is_button(said)]
    free = [(one, said) for one, said in subjects if one not in known and not _leads_elsewhere(one, diagnostics)]
    if any(one is named for one, _ in free):
        return named
    linked = [(one, said) for one, said in subjects if any(link.page == "vo020" for link in links_in(one, diagnostics))]
    return max(free or linked, key=lambda one: len(one[1]), default=(None, ""))[0]


def _is_button(said: str) -> bool:
    return said.upper() in {"VO", "DS", "TO", "NA", "PA", "NIE"}


def _leads_elsewhere(cell: Tag, diagnostics: Diagnostics) -> bool:
    """Whether a cell holds the paper, another meeting or a document."""
    return any(link.page in _NOT_NAMES or quirks.is_another_meeting(link.page, link.parameters)
               for link in links_in(cell, diagnostics))  # fmt: skip


def _paper(row: Row, number: Tag, diagnostics: Diagnostics) -> tuple[Link | None, str | None]:
    """The paper and its reference; another meeting in that column ("SI/058/24") is none (Hildesheim)."""
    found = [link for link in _own_links(row, diagnostics) if link.page == "vo020" and link.number()]
    name = _name_cell(row, number, diagnostics)
    outside = [link for link in found if name is None or link.node not in name.descendants]
    chosen = (outside or found)[:1]
    if not chosen:
        return None, _bare_reference(row, name)
    texts = [shown_text(one.node) for one in outside if not one.is_form and one.number() == chosen[0].number()]
    reference = next((said for said in texts if said), None)
    return chosen[0], reference if reference and reference.upper() not in {"VO", "DS"} else row.text("paper")


def _bare_reference(row: Row, name: Tag | None) -> str | None:
    """The number of a paper that is not led to: one with a stroke, in a cell of its own without links."""
    for cell in row.cells:
        said = shown_text(cell)
        if cell is not name and said and "/" in said and is_reference(said) and cell.select_one("a, form") is None:
            return said
    return None


def _result(row: Row) -> str | None:
    """The result: the tooltip of the button to the item's page, else the column's text (responsive pages)."""
    for button in row.node.select("form[action*='to020'] input[title], input.il1_naz"):
        if button.find_parent("tr") is row.node and (said := shown_result(attribute(button, "title"))):
            return said
    for link in row.node.select("a[href*='to020'][data-simpletooltip-text], a[href*='to020'][title]"):
        tip = attribute(link, "data-simpletooltip-text") or attribute(link, "title")
        if link.find_parent("tr") is row.node and (shown_text(link) or "").upper() in {"NA", "PA"}:
            return shown_result(tip)
    said = row.text("result")
    return shown_result(said) if said and said.upper() not in {"NA", "PA"} else None


def _item_numbers(row: Row, diagnostics: Diagnostics) -> Iterator[str]:
    """Numbers that a row gives its item, the surest first: its own page, the comment behind the subject, the id and the
    address of the number's link."""
    own = list(_own_links(row, diagnostics))
    yield from (number for link in own if link.page == "to020" and (number := link.number()))
    for one in row.node.find_all(string=lambda said: isinstance(said, Comment)):
        if found := _COMMENT.fullmatch(str(one)):
            yield found[1]
    for anchor in row.node.select("a[id]"):
        if found := _OWN_ID.fullmatch(attribute(anchor, "id") or ""):
            yield found[1]
    yield from (number for link in own if link.page == "to010" and (number := link.number("TOLFDNR")))


def _repeated(lines: list[Row], diagnostics: Diagnostics) -> frozenset[str]:
    return quirks.repeated_numbers(set(_item_numbers(row, diagnostics)) for row in lines)


def _item_number(row: Row, diagnostics: Diagnostics, repeated: frozenset[str]) -> str | None:
    return next((number for number in _item_numbers(row, diagnostics) if number not in repeated), None)


def _withhold(node: Tag, reading: _Reading) -> None:
    diagnostics, agenda = reading.diagnostics, reading.agenda
    for number in _item_numbers(Row(node, []), diagnostics):
        if number not in reading.repeated:
            agenda.withheld_items.setdefault(number)
    for link in links_in(node, diagnostics):
        for key, kept in (("TOLFDNR", agenda.withheld_items), ("VOLFDNR", agenda.withheld_papers)):
            given = link.number(key)
            if given and given not in reading.repeated:
                kept.setdefault(given)
    for one in node.select("a[href], form[action]"):
        if document := document_number(one, reading.meeting, diagnostics):
            agenda.withheld_files.add(document)

"""The agenda of a meeting: its public items, and the numbers of what is withheld.

Non-public items stand between public ones (Hildesheim, Neustadt in Holstein): every row is judged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bs4 import Comment, Tag

from council.model import AgendaItem
from crawlers.allris3 import quirks
from crawlers.allris3.files import file_number, read_files
from crawlers.allris3.urls import Diagnostics, Link, links_in
from crawlers.parsing import columns
from crawlers.parsing.agendas import Agenda, result_of
from crawlers.parsing.badges import Marking, badge_of_row, read_badge
from crawlers.parsing.columns import Column, Columns
from crawlers.parsing.html import attribute, classes_of, shown_text, text
from crawlers.parsing.references import is_reference
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.tables import Row, rows_of
from crawlers.parsing.verdicts import AgendaSections, Evidence, Visibility, verdict_on_item
from crawlers.parsing.visibility import Section, section_of_heading

COLUMNS = Columns(
    columns.AGENDA,
    {"tonr": Column.NUMBER, "tobetreff": Column.NAME, "tovonr": Column.REFERENCE, "tobanr": Column.RESULT,
     "toba": Column.RESULT},
    reaches_down=False,
)  # fmt: skip
_OWN_ID = re.compile(r"si\d+top(\d{1,15})")
_COMMENT = re.compile(r"\s*(\d{1,15})\s*")
_CLOSED_NUMBERS = re.compile(r"(?<!\w)(?:N|NÖ)\s\d{1,3}(?:\.\d{1,2})?(?=\s)")
_NO_SUBJECTS = (Column.REFERENCE, Column.RESULT, Column.VOTE, Column.STATUS, Column.ROLE)
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


def read_agenda(table: Tag, meeting: str, section: Section | None, diagnostics: Diagnostics) -> Agenda:
    """The agenda in `table`. `section` is what the meeting's own status proves of items before the first heading."""
    lines = list(rows_of(table, COLUMNS, "agenda", diagnostics, quirks.own_rows(table)))
    reading = _Reading(
        meeting,
        AgendaSections(section, only_badges_behind_n=True),
        diagnostics,
        Agenda(),
        _repeated(lines, diagnostics),
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
    elif row.is_header:
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
    written = shown_text(row.node) or ""
    return len(anchors or pages) > 1 or len(set(_CLOSED_NUMBERS.findall(written))) > 1


def _close_nested(row: Row, where: str, reading: _Reading) -> None:
    for nested in row.node.select("td table"):
        if nested.find_parent("tr") is row.node and nested.select_one("td a[href], td form[action]"):
            reading.diagnostics.add(where, "a table within the row: left out with all it links to")
            _withhold(nested, reading)


def _read_unnumbered(row: Row, where: str, reading: _Reading) -> None:
    """A row without a number: nothing; documents of the item above (Hildesheim's minutes); an unfolded decision; or a
    heading that is not known, which ends the public part. Nothing proves its words public: they are not quoted."""
    written = shown_text(row.node)
    links = row.node.select("a[href], form[action]")
    if written is None and not links:
        return
    if row.node.select_one("a[name=beschluss], .docPart") is not None:
        if not reading.is_last_public:
            _withhold(row.node, reading)
        return
    if any(file_number(link, reading.meeting, reading.diagnostics) for link in links):
        _add_documents(row, reading)
        return
    if written and len(written) > 1:
        kind = "a heading" if len(row.cells) <= 2 else "a heading of several cells, perhaps an item's,"
        reading.diagnostics.add(where, f"{kind} that is not known: the public part ends here")
        reading.sections.enter(None)
        reading.is_last_public = False
    _withhold(row.node, reading)


def _add_documents(row: Row, reading: _Reading) -> None:
    items = reading.agenda.items
    verdict = verdict_on_item(evidence_of(row, None, row.fields.get(Column.NAME)))
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
    if native is None or any(item.native_id == native for item in agenda.items):
        diagnostics.add(where, "no number of the item's own (TOLFDNR): its place in the agenda is taken for it")
        native = f"{reading.meeting}/{number or len(agenda.items) + 1}"
    if any(item.native_id == native for item in agenda.items):
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
    return [cell for cell in row.cells if cell.select_one("table") is None]


def _own_links(row: Row, diagnostics: Diagnostics) -> Iterator[Link]:
    """The links of the row itself, not of a table nested in it."""
    return (link for link in links_in(row.node, diagnostics) if link.node.find_parent("tr") is row.node)


def _name_cell(row: Row, number: Tag, diagnostics: Diagnostics) -> Tag | None:
    """The subject: the cell called so, else the one that links to the item's page, else the longest text behind the
    number that leads to nothing else."""
    named = row.fields.get(Column.NAME)
    if named is not None and "tobetreff" in (attribute(named, "class") or ""):
        return named
    for link in _own_links(row, diagnostics):
        if link.page == "to020" and not link.is_form and shown_text(link.node):
            cell = link.node.find_parent("td")
            if isinstance(cell, Tag) and cell is not number:
                return cell
    texts = [(cell, written) for cell in row.cells if cell is not number and (written := shown_text(cell))]
    known = [row.fields[field] for field in _NO_SUBJECTS if field in row.fields]
    subjects = [(cell, written) for cell, written in texts if not is_reference(written) and not _is_button(written)]
    free = [
        (cell, written) for cell, written in subjects if cell not in known and not _leads_elsewhere(cell, diagnostics)
    ]
    if any(cell is named for cell, _ in free):
        return named
    linked = [
        (cell, written)
        for cell, written in subjects
        if any(link.page == "vo020" for link in links_in(cell, diagnostics))
    ]
    return max(free or linked, key=lambda subject: len(subject[1]), default=(None, ""))[0]


def _is_button(written: str) -> bool:
    return written.upper() in {"VO", "DS", "TO", "NA", "PA", "NIE"}


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
    texts = [shown_text(link.node) for link in outside if not link.is_form and link.number() == chosen[0].number()]
    reference = next((written for written in texts if written), None)
    return chosen[0], reference if reference and reference.upper() not in {"VO", "DS"} else row.text(Column.REFERENCE)


def _bare_reference(row: Row, name: Tag | None) -> str | None:
    """The number of a paper that is not led to: one with a stroke, in a cell of its own without links."""
    for cell in row.cells:
        written = shown_text(cell)
        if (
            cell is not name
            and written
            and "/" in written
            and is_reference(written)
            and cell.select_one("a, form") is None
        ):
            return written
    return None


def _result(row: Row) -> str | None:
    """The result: the tooltip of the button to the item's page, else the column's text (responsive pages)."""
    for button in row.node.select("form[action*='to020'] input[title], input.il1_naz"):
        if button.find_parent("tr") is row.node and (written := shown_result(attribute(button, "title"))):
            return written
    for link in row.node.select("a[href*='to020'][data-simpletooltip-text], a[href*='to020'][title]"):
        tip = attribute(link, "data-simpletooltip-text") or attribute(link, "title")
        if link.find_parent("tr") is row.node and (shown_text(link) or "").upper() in {"NA", "PA"}:
            return shown_result(tip)
    written = row.text(Column.RESULT, Column.VOTE)
    return shown_result(written) if written and written.upper() not in {"NA", "PA"} else None


def _item_numbers(row: Tag, diagnostics: Diagnostics) -> Iterator[str]:
    """Numbers that a row gives its item, the surest first: its own page, the comment behind the subject, the id and the
    address of the number's link."""
    own = [link for link in links_in(row, diagnostics) if link.node.find_parent("tr") is row]
    yield from (number for link in own if link.page == "to020" and (number := link.number()))
    for comment in row.find_all(string=lambda written: isinstance(written, Comment)):
        if found := _COMMENT.fullmatch(str(comment)):
            yield found[1]
    for anchor in row.select("a[id]"):
        if found := _OWN_ID.fullmatch(attribute(anchor, "id") or ""):
            yield found[1]
    yield from (number for link in own if link.page == "to010" and (number := link.number("TOLFDNR")))


def _repeated(lines: list[Row], diagnostics: Diagnostics) -> frozenset[str]:
    return quirks.repeated_numbers(set(_item_numbers(row.node, diagnostics)) for row in lines)


def _item_number(row: Row, diagnostics: Diagnostics, repeated: frozenset[str]) -> str | None:
    return next((number for number in _item_numbers(row.node, diagnostics) if number not in repeated), None)


def _withhold(node: Tag, reading: _Reading) -> None:
    diagnostics, agenda = reading.diagnostics, reading.agenda
    for number in _item_numbers(node, diagnostics):
        if number not in reading.repeated:
            agenda.withheld_items.setdefault(number)
    for link in links_in(node, diagnostics):
        for key, kept in (("TOLFDNR", agenda.withheld_items), ("VOLFDNR", agenda.withheld_papers)):
            given = link.number(key)
            if given and given not in reading.repeated:
                kept.setdefault(given)
    for target in node.select("a[href], form[action]"):
        if file := file_number(target, reading.meeting, diagnostics):
            agenda.withheld_files.add(file)


_LONGEST_ALONE = 6
"""Longer words of a badge, alone in a row, are a heading: "öffentlich", "öff. Teil"."""
_MARKINGS = frozenset({Marking.PUBLIC, Marking.NONPUBLIC})


@dataclass(frozen=True, slots=True)
class Number:
    """An item's number as the row shows it, with its badge, and the cell it stands in."""

    shown: str
    cell: Tag


def number_of(row: Row) -> Number | None:
    """The number: td.tonr, else the first cell that says anything where it is a number or a badge. Badge and number may
    stand in two cells, in either order."""
    named = row.fields.get(Column.NUMBER)
    texts = [(cell, written) for cell in row.cells if cell.name == "td" and (written := shown_text(cell))]
    if named is not None and named.name == "td" and (own := shown_text(named)):
        texts = [(named, own), *((cell, written) for cell, written in texts if cell is not named)]
    if not texts:
        return None
    (cell, written), others = texts[0], [written for _, written in texts[1:]]
    is_column = cell is named and "tonr" in classes_of(cell)
    if not (is_column or others) and section_of_heading(written) is Section.PUBLIC:
        return None
    if not (is_column or _is_number(written) or _is_badge(written)):
        return None
    if _is_badge(written):
        return Number(f"{written} {others[0]}" if others and _is_number(others[0]) else written, cell)
    badge = next((other for other in others if _is_badge(other)), None)
    if badge and read_badge(written).marking not in _MARKINGS:
        return Number(f"{badge} {written}", cell)
    return Number(written, cell)


def _is_badge(written: str) -> bool:
    """Whether a text is a badge and nothing else."""
    badge = read_badge(written)
    return badge.marking in _MARKINGS and badge.number is None and badge.stands_alone and len(written) <= _LONGEST_ALONE


def _is_number(written: str) -> bool:
    """Whether a text is an item's number, with or without a badge, with or without a mark that it came later."""
    badge = read_badge(written)
    is_one = badge.stands_alone and badge.number is not None and section_of_heading(written) is None
    return is_one or _is_badge(written)


def heading_of(row: Row, number: Number | None) -> Section | None:
    """The section that a row begins: named by the whole row, or by its subject alone. What names the non-public part
    does so even with a number of its own, but for items whose subject is hidden behind the word."""
    texts = (shown_text(row.node), row.text(Column.NAME), *(shown_text(cell) for cell in row.cells))
    sections = {section for written in texts if written and (section := section_of_heading(written))}
    section = Section.NONPUBLIC if Section.NONPUBLIC in sections else next(iter(sections), None)
    if section is None or number is None:
        return section
    is_hidden = any(quirks.hides_subject(shown_text(cell)) for cell in row.cells)
    is_item = section is Section.PUBLIC or is_hidden or read_badge(number.shown).marking is Marking.NONPUBLIC
    return None if is_item else section


def evidence_of(row: Row, number: Number | None, name: Tag | None) -> Evidence:
    """What the row says of its item: number, subject, status, marks."""
    return Evidence(
        badge=badge_of_row(number.shown if number else None, map(shown_text, row.cells)),
        titles=(text(name), shown_text(name, "[title=Zusatzinfo]")),
        statuses=(row.text(Column.STATUS),),
        is_restricted=is_restricted(own_marks(row.node)),
    )


def own_marks(node: Tag) -> Iterator[Tag]:
    """The elements that speak of the row's own thing by class or tooltip; buttons and links to papers speak of those,
    the item's own links of the item."""
    for mark in (node, *node.select("td, img, span, i, svg, div")):
        link = mark.find_parent(["a", "form"])
        is_own = link is None or (link.name == "a" and "TOLFDNR=" in (attribute(link, "href") or ""))
        if mark.name == "img" or is_own:
            yield mark


_BUTTONS: Final = frozenset(
    {"auszug", "protokollauszug", "niederschriftsauszug", "beschluss", "beschlüsse", "na", "pa", "tagesordnungspunkt"}
)
"""What buttons to an item's page are called, where a result may stand as well."""


def shown_result(written: str | None) -> str | None:
    """A result, where it is not only the button's name."""
    return result_of(written, _BUTTONS)

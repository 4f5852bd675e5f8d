"""Lists of papers (vo040): what they show of each, and where each is asked for."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from bs4 import Tag

from council.model import OrganizationRef, Paper
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.links import Link, links_in
from crawlers.allris3.table import Row, is_header, rows
from crawlers.allris3.visibility import own_marks
from crawlers.parsing.clocks import is_day
from crawlers.parsing.dates import reported_day
from crawlers.parsing.html import shown_text
from crawlers.parsing.references import is_reference, leading_reference
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.visibility import names_nonpublic_file, names_nonpublic_item

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

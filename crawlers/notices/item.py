"""Items of an agenda as they are written in a line: number, name, and the paper's reference."""

from __future__ import annotations

import re
from dataclasses import replace

from council.notices import Notices
from crawlers.notices.urls import is_document, link_address
from crawlers.parsing.badges import Marking, read_badge
from crawlers.parsing.dates import find_days
from crawlers.parsing.lines import Line, Looks
from crawlers.parsing.visibility import Section, section_of_status

LABELS = re.compile(
    r"(?:top|nr\.?|nummer|tagesordnungspunkt|betreff|bezeichnung|thema|gegenstand|vorlage(?:n-?nr\.?|nnummer)?|drucksache(?:n-?nr\.?)?"
    r"|dokumente?|anlagen?|titel|beschluss(?:vorlage)?|berichterstatter(?:in)?|\W)+",
    re.IGNORECASE,
)
DETAIL = re.compile(
    r"\W*(?:hier|vorlage|beschlussvorlage|drucksache|ds|bv|berichterstatt\w+|vgl\.?|siehe|anlage\w*)\b", re.IGNORECASE
)
NO_NAME = re.compile(
    r"\W*(?:vorlagen?|beschlussvorlage|drucksache|ds|bv|berichterstatt\w+|vgl\.?|siehe|anlagen?|dokumente?|downloads?)\b"
    r"|\W*$",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"[a-zäöüß(]|[-–]\s")
"""How a line behind a `<br>` begins that goes on with the item: no heading begins so."""
LONGEST_NAME = 500
DOCUMENTS = re.compile(
    r"\W*(?:downloads?|dateien|dokumente|anhänge|anlagen|dokumente zum herunterladen|dateianhänge)\W*", re.I
)
_NUMBERED = re.compile(
    r"(?P<top>(?:TOP|Top|Punkt|Tagesordnungspunkt)\s*[:.]?\s*)?(?P<number>"
    r"(?:[(\[]?(?:[Nn]?[Öö]|N|n\.?\s?ö\.?|Oe|(?:[Nn]icht)?[Öö]ff\.?)(?:[)\]]|(?!\w)|(?=\d))[\s.:/_–-]{0,3}|[A-H]\s)?"
    r"\d{1,3}(?:\.\d{1,2})*(?:[a-z](?![^\W_]))?|[a-z](?=\)))\s*(?P<mark>[.):]|[-–](?=\s))?\s*(?P<rest>.*)",
    re.DOTALL,
)
_NUMBER_ALONE = re.compile(r"(?:TOP\s*)?(?:(?:Ö|N|NÖ)\s?)?\d{1,2}(?:\.\d{1,2})*\s*[.):]?")
_NUMBER_IN_CELL = re.compile(r"(?:[A-F]\s)?\d{1,3}(?:\.\d{1,2})*(?:\s?[a-zA-Z])?")
_LETTER_IN_CELL = re.compile(r"\W*[a-z]\)\W*", re.IGNORECASE)
_LETTERS_BEFORE_NUMBER = re.compile(r"\W*(?:TOP\W*)?[A-ZÄÖÜ]{1,3}\W{0,3}\d{1,3}(?:\.\d{1,2})*\W*")
_LETTERS_ALONE = re.compile(r"\W*[Öö]{1,2}\W*")
_NUMBER = r"(?:[A-ZÄÖÜ]{1,5}[-/ ])*\d{1,5}(?:[-/. ]*[\dA-ZIVX]+){0,4}"
_REFERENCE = re.compile(
    r"(?:(?:Beschluss|Informations|Sitzungs)?[Vv]orlagen?|Drucksachen?|Drs\.?)(?:-?\s?(?:Nr\.?|Nummer))?\s*[:.]?\s*"
    rf"(?P<number>{_NUMBER})\b|\b(?P<short>(?:DS|BV|IV|SV|GV|VL)[-/:. ]{{1,2}}{_NUMBER})\b"
)


def with_numbers(lines: list[Line]) -> list[Line]:
    """Lines, a number that stands on a line of its own put before the next one: <dt>1</dt><dd>Eröffnung</dd>."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        alone = before is not None and not before.cells and not line.cells and _NUMBER_ALONE.fullmatch(before.text)
        if before is not None and alone and not line.level:
            number = before.text.rstrip(" .):")
            found[-1] = replace(line, text=f"{number}. {line.text}", links=before.links + line.links)
        else:
            found.append(line)
    return found


def number_and_name(line: Line) -> tuple[str | None, str | None]:
    """A line's number as it is shown, with its badge, and its name; (None, None) for a line that is no item."""
    cells = [cell for cell in line.cells if cell]
    if line.looks is Looks.ROW and cells and _is_number(first := line.cells[0] or cells[0]):
        return first, next((cell for cell in line.cells[1:] if cell and not _is_status(cell)), None)
    if line.number and line.looks is Looks.ITEM:
        found = _NUMBERED.fullmatch(line.text)
        return (
            (found["number"], found["rest"]) if found and found["mark"] and found["rest"] else (line.number, line.text)
        )
    days = find_days(line.text[:20], in_names=True)
    if days and days[0].start == 0:
        return None, None
    found = _NUMBERED.fullmatch(line.text)
    if (
        found is None
        or not re.search(r"[^\W\d_]{2}", found["rest"])
        or re.match(r"(?:[:.]\d\d\s*)?(?:Uhr|h\b|€|%)", found["rest"])
    ):
        return None, None
    marked = found["mark"] or found["top"] or not found["number"].isdecimal() or "." in found["number"]
    plain = line.looks not in (Looks.ITEM, Looks.ROW)
    if not marked and plain and not (len(found["number"]) <= 2 and found["rest"][0].isupper()):
        return None, None
    return found["number"].strip(), found["rest"].strip()


def _is_number(cell: str) -> bool:
    """Whether a cell holds but an item's number, its badge or both; of an unknown badge no more than three letters."""
    badge = read_badge(cell)
    if badge.stands_alone and badge.marking is Marking.NONPUBLIC:
        return True
    if badge.number is None:
        return bool(_LETTERS_ALONE.fullmatch(cell))
    if badge.marking is Marking.UNKNOWN and not _LETTERS_BEFORE_NUMBER.fullmatch(cell):
        return False
    if not _NUMBER_IN_CELL.fullmatch(badge.number):
        return bool(_LETTER_IN_CELL.fullmatch(cell))
    return badge.marking is Marking.PUBLIC or not (find_days(cell, in_names=True) or re.search(r"\d:\d", cell))


def _is_status(cell: str) -> bool:
    """Whether a cell says but whether something is public: "öffentlich", "(nö)"."""
    badge = read_badge(cell)
    return badge.number is None and badge.stands_alone and badge.marking is not Marking.NONE


def without_links(name: str, line: Line) -> str:
    """An item's name without the texts of its links to documents, unless it is the link itself."""
    for link in reversed(line.links):
        link_text = " ".join(link.get_text(" ").split())
        if link_text and name.endswith(link_text) and len(link_text) < len(name):
            name = name[: -len(link_text)].rstrip(" -–|:([")
    at_end = next((found for found in _REFERENCE.finditer(name) if found.end() >= len(name.rstrip(" )]."))), None)
    return name[: at_end.start()].rstrip(" ,;:(–-") or name if at_end else name


def reference_in(line: Line) -> str | None:
    found = _REFERENCE.search(line.text)
    if found:
        return " ".join((found["number"] or found["short"]).split())
    for cell in line.cells[2:]:
        is_reference = re.fullmatch(r"(?:[A-ZÄÖÜ]{1,5}[-/ ])*\d{1,5}(?:[-/.]\w{1,6}){1,4}", cell)
        if is_reference and not find_days(cell, in_names=True):
            return cell
    return None


def status_of(line: Line) -> Section | None:
    """What a cell of its own says of a row's item: "öffentlich", "nö"; non-public where one of several says so."""
    cells = line.cells[1:] if line.looks is Looks.ROW and len(line.cells) > 2 else ()
    sections = {section_of_status(cell) for cell in cells if _is_status(cell)}
    return next((section for section in (Section.NONPUBLIC, Section.PUBLIC) if section in sections), None)


def is_documents(line: Line, url: str, description: Notices) -> bool:
    """Whether a line is hardly more than links to documents."""
    addresses = [(link, link_address(link, url)) for link in line.links]
    return line.is_link and all(address and is_document(link, address, description) for link, address in addresses)

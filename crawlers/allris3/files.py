"""Documents: do027 by link or by form. Attachments copied to ___tmp have no address that stays; they are only named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote, urlencode, urlsplit

from bs4 import Tag

from council.model import File, FileRole
from crawlers.allris3 import quirks
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.urls import Link, is_own, link_of
from crawlers.parsing.dates import day_in
from crawlers.parsing.documents import role_by_name, tooltip_of
from crawlers.parsing.html import address, attribute, shown_text
from crawlers.parsing.visibility import names_nonpublic_file

_PARAMETERS: Final = ("DOLFDNR", "OPTIONS", "ANNOTS", "TYP", "DOCTYP", "OTYP")
_TEMPORARY = re.compile(r"/___tmp/|/tmp/tmp/", re.IGNORECASE)
_TEMPORARY_PLACE = re.compile(r"/(\d{1,3})/([^/]+)$")
_NUMBERED = re.compile(r"Anlage\s+(\d{1,3})\b")
_SHORT_MINUTES = re.compile(rf"NIE|{quirks.SHORT_MINUTES}")
_MAIN = re.compile(
    r"(?:(?:beschluss|mitteilungs|informations|sitzungs)?vorlage|antrag|anfrage|mitteilung|drucksache)", re.IGNORECASE
)
_SHORT_LIVED = (
    "attachments whose addresses (temporary folder) answer in one session only: named without an address; "
    "the collected document, where there is one, holds them"
)


def read_files(nodes: Iterable[Tag], owner: str, diagnostics: Diagnostics) -> list[File]:
    """The documents within these elements, or that they are themselves, each once, without what may be non-public."""
    found: dict[str, File] = {}
    closed: set[str] = set()
    for node in nodes:
        own = [node] if node.name in {"a", "form"} else []
        for one in [*own, *node.select("a[href], form[action]")]:
            file, number = _read(one, owner, diagnostics)
            if number and file is None:
                closed.add(number)
            elif file:
                found.setdefault(file.native_id, file)
    return [file for number, file in found.items() if number not in closed]


def document_number(node: Tag, owner: str, diagnostics: Diagnostics) -> str | None:
    """The native id of the document a link or form leads to, public or not."""
    link = link_of(node, diagnostics)
    if link is not None and link.page.startswith("do") and (number := link.number("DOLFDNR")):
        return number
    target = address(node, diagnostics.base) if node.name == "a" else None
    return _temporary_id(node, target, owner) if target and _TEMPORARY.search(target) else None


def _read(node: Tag, owner: str, diagnostics: Diagnostics) -> tuple[File | None, str | None]:
    """The file, and its number where it is a document at all."""
    number = document_number(node, owner, diagnostics)
    target = address(node, diagnostics.base, "action" if node.name == "form" else "href")
    if number is None:
        _say_foreign(node, target, diagnostics)
        return None, None
    name, title = _name(node), _title(node)
    if _is_closed(node, name, title):
        return None, number
    link = link_of(node, diagnostics)
    if link is not None and link.number("DOLFDNR"):
        return File(native_id=number, role=_role(name, title), name=name or title, url=_stable(link)), number
    diagnostics.add("attachments", _SHORT_LIVED)
    return (
        File(
            native_id=number,
            name=name or title,
            file_name=unquote(urlsplit(target or "").path.rpartition("/")[2]) or None,
            date=day_in(attribute(node, "title")),
        ),
        number,
    )


def _say_foreign(node: Tag, target: str | None, diagnostics: Diagnostics) -> None:
    if (
        target
        and re.search(r"/do\d{3}\w*\.(?:aspx?|php)\?.*DOLFDNR", target, re.IGNORECASE)
        and not is_own(target, diagnostics)
    ):
        diagnostics.add("documents", f"a document on another host ({urlsplit(target).hostname}): left out")


def _stable(link: Link) -> str:
    """The address by GET, which answers as the form does (ris-systems C.2), with the fields that choose it."""
    given = {"DOLFDNR": link.number("DOLFDNR") or "", "options": link.parameters.get("OPTIONS", "64")}
    given |= {
        name.lower(): link.parameters[name]
        for name in _PARAMETERS[2:]
        if re.fullmatch(r"\d{1,6}", link.parameters.get(name, ""))
    }
    return f"{link.place}?{urlencode(given)}"


def _name(node: Tag) -> str | None:
    if node.name == "form":
        button = node.select_one("input[type=submit], input[type=image], button")
        return attribute(button, "value") or shown_text(button) or _title(node)
    return shown_text(node) or _title(node)


def _title(node: Tag) -> str | None:
    """What the tooltip calls it, without "(Öffnet PDF-Datei in neuem Fenster)"."""
    shown: Tag | None = node
    if node.name == "form":
        shown = node.select_one("input[type=submit], input[type=image], button")
    return tooltip_of(shown).name


def _is_closed(node: Tag, name: str | None, title: str | None) -> bool:
    """Whether its name, its tooltip ("Anlage 1 (nichtöffentlich; …) öffnen") or its row's status says non-public."""
    if any(names_nonpublic_file(said) for said in (name, title) if said):
        return True
    row = node.find_parent("tr")
    if row is None or row.select_one("form + form, table") is not None:
        return False
    cells = [one for one in row.find_all("td") if one.find_parent("tr") is row and node not in one.descendants]
    said = [shown_text(one) or "" for one in cells]
    return any(len(one) < 40 and names_nonpublic_file(one) for one in said)


def _temporary_id(node: Tag, target: str, owner: str) -> str | None:
    """An attachment's place among its owner's: what stays the same of "…/68-Anlagen/01/Anlage-1_Plan.pdf"."""
    place = _TEMPORARY_PLACE.search(urlsplit(target).path)
    numbered = _NUMBERED.search(attribute(node, "title") or "")
    if place:
        return f"{owner}/anlage-{int(place[1])}"
    return f"{owner}/anlage-{numbered[1]}" if numbered else f"{owner}/{urlsplit(target).path.rpartition('/')[2][:100]}"


def _role(name: str | None, title: str | None) -> FileRole:
    for said in (name, title):
        if said and _SHORT_MINUTES.search(said):
            return FileRole.MINUTES
        if said and (role := role_by_name(said) or (FileRole.MAIN if _MAIN.fullmatch(said) else None)):
            return role
    return FileRole.ATTACHMENT

"""Documents: links to bytes that can be asked for again. Links that live in one session are reported, and no files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bs4 import Tag

from council.model import File, FileRole
from crawlers.allris4.urls import is_own, is_stateful, number_of, without_session
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import media_type, role_by_name, tooltip_of
from crawlers.parsing.html import address, attribute, classes_of, shown_text, text
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.visibility import names_nonpublic_file

_DIRECT = re.compile(r"/doc(\d{1,15})\.(\w{2,5})$", re.IGNORECASE)
_MAIN = re.compile(r"(?:vorlage|antrag|anfrage|mitteilung|beschlussvorlage|drucksache)", re.IGNORECASE)
_LIVES_SHORT = "attachment links that answer in one session only: left out, their names and bytes cannot be asked for"


def file_number(link: Tag, url: str) -> str | None:
    """The number of the document a link leads to, whether it is public or not."""
    target = address(link, url)
    if target is None:
        return None
    direct = _direct(target)
    return direct[1] if direct else number_of(target, "DOLFDNR")


def _direct(url: str) -> re.Match[str] | None:
    return _DIRECT.search(urlsplit(without_session(url)).path)


def read_files(nodes: Iterable[Tag], diagnostics: Diagnostics, entries: bool = True) -> list[File]:
    """The documents linked in these elements, each once, without those that name themselves non-public, or whose entry
    in a list of documents does. Without `entries` the row around is no such entry."""
    found: dict[str, File] = {}
    closed: set[str] = set()
    for node in nodes:
        for link in node.select("a[href]"):
            if _is_closed(link) or (entries and _is_in_closed_entry(link)):
                closed.add(file_number(link, diagnostics.url) or "")
            elif file := _read_file(link, diagnostics):
                found.setdefault(file.native_id, file)
    return [file for number, file in found.items() if number not in closed]


def _is_closed(link: Tag) -> bool:
    """Whether the link or its tooltip says non-public, or it is hidden or switched off (class "disable")."""
    if link.find_parent(attrs={"hidden": True}) is not None:
        return True
    if any("disable" in classes_of(node) or "disabled" in classes_of(node) for node in (link, *link.parents)):
        return True
    written = (shown_text(link), tooltip_of(link).name, attribute(link, "title"))
    return any(names_nonpublic_file(words) for words in written if words)


def _is_in_closed_entry(link: Tag) -> bool:
    """Whether what stands beside the link says non-public: the column "Status" of the attachments, a badge."""
    entry = link.find_parent(["li", "tr"])
    if entry is None:
        return False
    beside = (text(cell) for cell in entry.find_all(["td", "span"]) if cell.find("a") is None)
    return is_restricted(own_marks(entry)) or any(names_nonpublic_file(words) for words in beside if words)


def _read_file(link: Tag, diagnostics: Diagnostics) -> File | None:
    target = address(link, diagnostics.url)
    classes = classes_of(link)
    if target is None:
        return None
    if is_stateful(target):
        if "attlink" in classes or "attachment" in target:
            diagnostics.add("attachments", _LIVES_SHORT)
        return None
    number = file_number(link, diagnostics.url)
    if number is None:
        return None
    if not is_own(target, diagnostics.url):
        diagnostics.add(f"document {number}", "leads to another host: left out")
        return None
    return _file(number, shown_text(link) or tooltip_of(link).name, without_session(target))


def _file(number: str, name: str | None, url: str) -> File:
    direct = _direct(url)
    otherwise = FileRole.MAIN if name and _MAIN.fullmatch(name) else FileRole.ATTACHMENT
    role = role_by_name(name) or otherwise
    return File(native_id=number, role=role, name=name, url=url, media_type=media_type(direct[2] if direct else None))


def own_marks(node: Tag) -> Iterator[Tag]:
    """The elements of a row or an entry that speak of it by class or tooltip; links, but for the item's own, speak of
    what they lead to."""
    yield node
    yield from node.select("a[id^=link_], a[id^=betreff_]")
    for mark in node.select("td, img, span, i, svg, div"):
        link = mark.find_parent("a")
        if link is None or (attribute(link, "id") or "").startswith(("link_", "betreff_")):
            yield mark

"""Documents: links and POST buttons to getfile; each once, by the document's number.

Every document has two links with the same number, a button without words before the name (Eschweiler, July 2026).
The code in the icon says what it is, never whether it is public: `NÖ` there is "Niederschrift öffentlich".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from bs4 import Tag

from council.model import File, FileRole
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.documents import read_tooltip, role_by_name, without_size
from crawlers.parsing.html import attribute, classes_of
from crawlers.parsing.visibility import Section, names_nonpublic_file, section_of_heading
from crawlers.sessionnet import quirks
from crawlers.sessionnet.labels import LONGEST_LINE, shown
from crawlers.sessionnet.urls import DOCUMENT_PAGES, file_url, number, page_name, parameter, target

_KIND = re.compile(r"smc_field_danr_(\d+)")
_KINDS: Final = {2: FileRole.MAIN, 3: FileRole.INVITATION, 5: FileRole.MINUTES, 6: FileRole.INVITATION,
                 7: FileRole.INVITATION}  # fmt: skip
_CODES: Final = {
    **dict.fromkeys(("VO", "V", "BV", "AN", "MV", "IV", "AF"), FileRole.MAIN),
    **dict.fromkeys(("EI", "E", "TO", "TÖ", "B", "BM", "BK"), FileRole.INVITATION),
    **dict.fromkeys(("NS", "ÖN", "NÖ", "PR", "N"), FileRole.MINUTES),
}
_MAIN = re.compile(r"^(?!anlage|anhang).*(?:vorlage|antrag|anfrage|mitteilung)")
_GENERIC = re.compile(
    r"dokument (?:download|herunterladen|öffnen|anzeigen)|datei (?:öffnen|herunterladen)|download|öffnen|anzeigen|pdf"
    r"|dokument(?:e)?|link öffnen|\d+ dok(?:umente?|\.)",
    re.IGNORECASE,
)
_SIZE: Final = ".smcdosize, .smc-doc-size, .smc_doc_size, .smcdocsize, .sr-only"


@dataclass(slots=True)
class _Seen:
    """What the page says of one document in all places that name it."""

    url: str
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    box: Tag | None = None


def read_files(nodes: list[Tag], diagnostics: Diagnostics) -> tuple[File, ...]:
    """The documents that these elements link to, without those whose own name says that they are not public."""
    return read_links([link for node in nodes for link in node.select("a[href], form")], diagnostics)


def read_links(links: list[Tag], diagnostics: Diagnostics) -> tuple[File, ...]:
    """The documents that these links and forms lead to."""
    seen: dict[str, _Seen] = {}
    for link in links:
        _see(link, seen, diagnostics)
    return tuple(file for native, document in seen.items() if (file := _file(native, document)))


def document_number(link: Tag, base: str) -> str | None:
    """The number of the document that a link or a form leads to."""
    if link.name == "form":
        return quirks.posted_document(link)
    found = target(link, base)
    if found is None or page_name(found) not in DOCUMENT_PAGES:
        return None
    native = number(found, "id") or number(found, "dt") or number(found, "did")
    kind = (parameter(found, "type") or "do").lower()
    return native if native is None or kind == "do" else f"{kind}:{native}" if kind.isalnum() else None


def document_numbers(node: Tag, base: str) -> set[str]:
    """Every document that an element leads to."""
    return {native for link in node.select("a[href], form") if (native := document_number(link, base))}


def _see(link: Tag, seen: dict[str, _Seen], diagnostics: Diagnostics) -> None:
    native = document_number(link, diagnostics.url)
    if native is None or _is_closed(link):
        return
    kind, _, bare = native.rpartition(":")
    base = target(link, diagnostics.url) or diagnostics.url
    document = seen.setdefault(native, _Seen(file_url(base, bare, kind or "do")))
    document.box = document.box or _box(link)
    if link.name == "form":
        _see_form(link, document)
        return
    if name := shown(link, _SIZE, "i", "img"):
        document.names.append(_bare(name))
    document.titles += [words for key in ("title", "aria-label") if (words := attribute(link, key))]


def _bare(name: str) -> str:
    return without_size(name[:LONGEST_LINE]) or name[:LONGEST_LINE]


def _see_form(form: Tag, document: _Seen) -> None:
    """The name stands on the button, or in the row behind it."""
    for button in form.select("input[type=submit], input[type=image], button"):
        document.titles += [words for key in ("title", "value", "alt") if (words := attribute(button, key))]
        document.names += filter(None, (shown(button),))
    row = form.find_parent("tr")
    cells = row.select(".smcdocname") if row is not None else []
    around = cells[0] if cells else row if row is not None else form
    if words := shown(around, _SIZE, "input", "button"):
        document.names.append(_bare(words))


def _box(link: Tag) -> Tag | None:
    """The nearest element that stands for the one document."""
    return next(
        (holder for holder in link.parents if holder.name == "tr" or "smc-d-el" in holder.get_attribute_list("class")),
        None,
    )


def _is_closed(link: Tag) -> bool:
    """Whether the box the document lies in says that it is not public."""
    for holder in link.parents:
        if holder.name != "fieldset" and not {"card", "panel"} & classes_of(holder):
            continue
        heading = holder.select_one(".card-header, .panel-heading, legend, h2, h3")
        words = shown(heading)
        if words and (section_of_heading(words) is Section.NONPUBLIC or names_nonpublic_file(words)):
            return True
    return False


def _file(native: str, document: _Seen) -> File | None:
    tooltips = [read_tooltip(title[:LONGEST_LINE]) for title in document.titles]
    shown_names = (*document.names, *(tooltip.name for tooltip in tooltips))
    names = [name for name in shown_names if name and not _GENERIC.fullmatch(name)]
    if any(names_nonpublic_file(name) for name in names) or _says_locked(document.box):
        return None
    return File(
        native_id=native,
        role=_role(names[0] if names else "", document.box),
        name=names[0] if names else None,
        url=document.url,
        media_type=next((tooltip.media_type for tooltip in tooltips if tooltip.media_type), None),
    )


def _says_locked(box: Tag | None) -> bool:
    if box is None:
        return False
    marks = [attribute(node, "title") or attribute(node, "alt") for node in box.select("i, img, span")]
    return any(mark and len(mark) < 60 and names_nonpublic_file(mark) for mark in marks)


def _role(name: str, box: Tag | None) -> FileRole:
    """By the vendor's kind of document, the code in the icon, then the first words of the name."""
    icon = box.select_one("[class*=smc_field_danr_], i.smc-doc-dakurz, i.smc-doc-symbol") if box is not None else None
    classes = attribute(icon, "class") or ""
    found = _KIND.search(classes)
    if found and int(found[1]) in _KINDS:
        return _KINDS[int(found[1])]
    code = (shown(icon) or "").upper()
    if code in _CODES:
        return _CODES[code]
    start = name.lower()[:80]
    if role := role_by_name(start):
        return role
    is_extra = box is not None and "smc-d-ex" in box.get_attribute_list("class")
    return FileRole.MAIN if not is_extra and _MAIN.search(start) else FileRole.ATTACHMENT

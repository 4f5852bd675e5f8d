"""The links of a part of a page: documents and pages, what each is called, and what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import Tag

from council.notices import Notices
from crawlers.notices.headings import Columns
from crawlers.notices.urls import host, is_document, link_address
from crawlers.parsing.documents import without_size
from crawlers.parsing.html import attribute, text, tidy
from crawlers.parsing.visibility import names_nonpublic_file

_GENERIC = re.compile(
    r"\W*(?:(?:hier |jetzt |als |zum |zur )?(?:mehr(?: lesen| erfahren| infos?| informationen|\s?…)?|weiter(?:lesen)?"
    r"|weitere informationen|lesen sie mehr|details?(?: anzeigen)?|anzeigen|ansehen|öffnen|hier(?: klicken)?"
    r"|link|artikel|zum artikel|bekanntmachung|meldung|download(?:en)?|herunterladen|datei|dokument"
    r"|pdf(?:[ -]\w+)?|seite|\d{1,3})"
    r"(?: öffnen| anzeigen| herunterladen| lesen)?)?\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Document:
    """A link to a document: what it is called there, the head of its column in a table, and whether what stands
    beside it ("(nö)") or above its column says that it is not public."""

    name: str | None
    url: str
    label: str | None = None
    nonpublic: bool = False


def sorted_links(
    links: list[Tag], url: str, description: Notices, columns: Columns
) -> tuple[list[Document], list[Document]]:
    """Documents and pages among the links of a block, each address once, under the best name it has."""
    documents: dict[str, Document] = {}
    pages: dict[str, Document] = {}
    for link in links:
        address = link_address(link, url)
        if address is None:
            continue
        name = name_of(link)
        if is_document(link, address, description):
            held = documents.setdefault(address, Document(name, address, columns.head_of(link)))
            held.nonpublic |= _is_said_nonpublic(link, held.label)
            held.name = name if is_generic(held.name) and not is_generic(name) else held.name
        elif host(address) == host(url) or name:
            page = pages.setdefault(address, Document(name, address, columns.head_of(link)))
            page.name = name if is_generic(page.name) else page.name
            page.nonpublic |= _is_said_nonpublic(link, page.label)
    for document in documents.values():
        document.name = None if is_generic(document.name) else document.name
    return list(documents.values()), list(pages.values())


def _is_said_nonpublic(link: Tag, label: str | None) -> bool:
    """Whether the head of its column, or what stands beside a link, says that it leads to what is not public."""
    return names_nonpublic_file(_beside(link), label)


def _beside(link: Tag) -> str | None:
    """What stands between a link and the next one or the end of its line: "(nö)"."""
    said = []
    for node in link.next_siblings:
        if isinstance(node, Tag) and (node.name in ("a", "br", "li", "p", "ul", "ol", "div") or node.find("a")):
            break
        said.append(node.get_text(" "))
    return tidy(" ".join(said)[:200])


def name_of(link: Tag) -> str | None:
    own = without_size(text(link))
    if not is_generic(own):
        return own
    said = (attribute(link, "title"), attribute(link, "aria-label"))
    better = (without_size(one) for one in said)
    return next((one for one in better if not is_generic(one)), own)


def best_name(link: Tag) -> str | None:
    """What a link calls its target; None where it says but "Download" or "PDF"."""
    name = name_of(link)
    return None if is_generic(name) else name


def is_generic(name: str | None) -> bool:
    return name is None or bool(_GENERIC.fullmatch(name))

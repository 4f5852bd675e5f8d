"""The entries of a list: one a notice, with its title, its day, the page it leads to and its documents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bs4 import Tag

from crawlers.markup import attribute, text, tidy
from crawlers.notices.addresses import host, is_document, link_address
from crawlers.notices.days import days_in
from crawlers.notices.description import Description
from crawlers.notices.title import without_size
from crawlers.reading import PageChanged

_GENERIC = re.compile(
    r"\W*(?:(?:hier |jetzt |als |zum |zur )?(?:mehr(?: lesen| erfahren| infos?| informationen|\s?…)?|weiter(?:lesen)?"
    r"|weitere informationen|lesen sie mehr|details?(?: anzeigen)?|anzeigen|ansehen|öffnen|hier(?: klicken)?"
    r"|link|artikel|zum artikel|bekanntmachung|meldung|download(?:en)?|herunterladen|datei|dokument"
    r"|pdf(?:[ -]\w+)?|seite|\d{1,3})"
    r"(?: öffnen| anzeigen| herunterladen| lesen)?)?\W*",
    re.IGNORECASE,
)
_BLOCK_CLASS = re.compile(
    r"(?:^|[-_])(?:item|entry|teaser|card|article|post|termin|event|notice|meldung|listitem|eintrag|download|box|news)$"
    r"|^(?:hentry|vevent)$",
    re.IGNORECASE,
)
_BLOCKS: Final = ("li", "article", "tr", "dd", "option")
_DATES: Final = "time, .date, .datum, .published, .news-list-date, .entry-date, .createdate, .news_datum, .meta-date"
_ANCHORS: Final = "a[href], option[value]"
_HEADINGS: Final = ["h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "legend", "dt"]


@dataclass(slots=True)
class Document:
    """A link to a document: what it is called there, and the head of its column in a table."""

    name: str | None
    url: str
    label: str | None = None


@dataclass(slots=True)
class Entry:
    """One notice in a list; `detail` is the page that it leads to, `near` the headings above it, the nearest first,
    `label` the head of its column."""

    title: str
    published: dt.date | None = None
    detail: str | None = None
    documents: list[Document] = field(default_factory=list)
    label: str | None = None
    near: list[str] = field(default_factory=list)
    sure: bool = True


def entries_in(root: Tag, url: str, description: Description) -> list[Entry]:
    """The entries of a list, in its order. Without selectors a link alone that no date and no document stands by is
    none, unless its title is a notice's (`sure` is False then: the caller looks)."""
    if description.item:
        return list(_described(root, url, description))
    blocks: dict[int, tuple[Tag, list[Tag]]] = {}
    for link in root.select(_ANCHORS):
        if link_address(link, url):
            block = _block(link, root)
            blocks.setdefault(id(block), (block, []))[1].append(link)
    linked = [entry for block, links in blocks.values() for entry in _entries_of(block, links, root, url, description)]
    return linked + list(_without_link(root, url))


def _without_link(root: Tag, url: str) -> Iterator[Entry]:
    """Rows and items of a list that lead nowhere: meetings of which only the day is known yet."""
    for block in root.select("li, tr, article"):
        leads_on = any(link_address(link, url) for link in block.select(_ANCHORS)) or block.find(["li", "tr"])
        if not leads_on and (said := text(block)) and days_in(said[:300]):
            yield Entry(said[:300], near=_near(block, root), sure=False)


def _block(link: Tag, root: Tag) -> Tag:
    """The smallest part around a link that looks like one entry; the link itself where there is none."""
    if link.name == "option":
        return link
    for node in link.parents:
        if node is root or not isinstance(node, Tag):
            break
        classes = (attribute(node, "class") or "").split()
        if node.name in _BLOCKS or any(_BLOCK_CLASS.search(one) for one in classes):
            return node
    paragraph = link.find_parent("p")
    return paragraph if paragraph is not None else link


def _entries_of(block: Tag, links: list[Tag], root: Tag, url: str, description: Description) -> Iterator[Entry]:
    documents, pages = _sorted(links, url, description)
    heading = text(block.select_one("h1, h2, h3, h4, h5, h6"))
    named = [page for page in pages if not _is_generic(page.name)]
    if _each_its_own(block, heading, documents, named):
        for page in named:
            yield Entry(
                page.name or "", _published(block), page.url, [], page.label, _near(block, root), _is_dated(block)
            )
        for document in documents:
            yield Entry(
                document.name or _row(block, links) or "", None, None, [document], document.label, _near(block, root)
            )
        return
    title = heading or (named[0].name if named else None) or _own_title(block, documents, links)
    detail = next((page.url for page in (*named, *pages)), None)
    if title:
        sure = bool(documents) or _is_dated(block)
        label = _column(links[0]) if len(links) == 1 else None
        titled_by_link = heading or named or any(title == one.name for one in documents)
        published = _published(block) or (_day_beside(block) if titled_by_link else None)
        yield Entry(title, published, detail, documents, label, _near(block, root), sure)


def _sorted(links: list[Tag], url: str, description: Description) -> tuple[list[Document], list[Document]]:
    """Documents and pages among the links of a block, each address once, under the best name it has."""
    documents: dict[str, Document] = {}
    pages: dict[str, Document] = {}
    for link in links:
        address = link_address(link, url)
        if address is None:
            continue
        name = _name(link)
        if is_document(link, address, description):
            held = documents.setdefault(address, Document(name, address, _column(link)))
            held.name = name if _is_generic(held.name) and not _is_generic(name) else held.name
        elif host(address) == host(url) or name:
            page = pages.setdefault(address, Document(name, address, _column(link)))
            page.name = name if _is_generic(page.name) else page.name
    for document in documents.values():
        document.name = None if _is_generic(document.name) else document.name
    return list(documents.values()), list(pages.values())


def _name(link: Tag) -> str | None:
    own = without_size(text(link))
    if not _is_generic(own):
        return own
    said = (attribute(link, "title"), attribute(link, "aria-label"))
    better = (without_size(one) for one in said)
    return next((one for one in better if not _is_generic(one)), own)


def best_name(link: Tag) -> str | None:
    """What a link calls its target; None where it says but "Download" or "PDF"."""
    name = _name(link)
    return None if _is_generic(name) else name


def _is_generic(name: str | None) -> bool:
    return name is None or bool(_GENERIC.fullmatch(name))


def _each_its_own(block: Tag, heading: str | None, documents: list[Document], named: list[Document]) -> bool:
    """Whether the links of a block are several notices (a grid of minutes), not one with files."""
    if len(named) > 1:
        return True
    names = [one.name for one in (*named, *documents)]
    days = {said.day for name in names if name for said in days_in(name)}
    if len(days) > 1:
        return True
    if heading or named or len(documents) < 2:
        return False
    return block.name not in ("tr", "article", "li") or not _row_says(block)


def _day_beside(block: Tag) -> dt.date | None:
    """The one day that stands beside a link with a title of its own: when it was published."""
    own = " ".join(str(s) for s in block.find_all(string=True) if s.find_parent(["a", "option", *_HEADINGS]) is None)
    days = {said.day for said in days_in(own)}
    return days.pop() if len(days) == 1 else None


def _row_says(block: Tag) -> bool:
    """Whether a row or an item says a day of its own beside its links."""
    own = " ".join(str(s) for s in block.find_all(string=True) if s.find_parent("a") is None)
    return bool(days_in(own))


def _own_title(block: Tag, documents: list[Document], links: list[Tag]) -> str | None:
    """The title of an entry whose link says only "mehr" or "PDF": what stands beside the link."""
    if len(documents) == 1 and documents[0].name and (days_in(documents[0].name) or block.name != "tr"):
        return documents[0].name
    return _row(block, links) or (documents[0].name if documents else None)


def _row(block: Tag, links: list[Tag]) -> str | None:
    """The text of a block without its links."""
    if any(block is link for link in links):
        return None
    own = [str(s) for s in block.find_all(string=True) if s.find_parent(["a", "select"]) is None]
    line = tidy(" ".join(own))
    return line[:300] if line and re.search(r"[^\W\d_]{3}|\d{4}", line) else None


def _column(link: Tag) -> str | None:
    """The head of the column in which a link stands."""
    cell, table = link.find_parent(["td", "th"]), link.find_parent("table")
    if cell is None or table is None:
        return None
    place = sum(_span(one) for one in cell.find_previous_siblings(["td", "th"]) if isinstance(one, Tag))
    for row in cell.find_all_previous("tr", limit=400):
        if not isinstance(row, Tag) or not any(one is table for one in row.parents):
            continue
        heads = row.find_all(["th", "td"], recursive=False)
        if not heads or any(head.name != "th" for head in heads):
            continue
        at = 0
        for head in heads:
            if at <= place < at + _span(head) and text(head):
                return text(head)
            at += _span(head)
    return None


def _span(cell: Tag) -> int:
    """How many columns a cell takes; no more than the 1,000 of HTML (https://html.spec.whatwg.org, 4.9.11)."""
    said = attribute(cell, "colspan") or "1"
    return min(int(said), 1000) if said.isdecimal() and len(said) < 10 and int(said) else 1


def _published(block: Tag) -> dt.date | None:
    """The day that an entry shows beside its title."""
    for node in block.select(_DATES):
        if node.find_parent(_HEADINGS) is None:
            for said in days_in(f"{attribute(node, 'datetime') or ''} {text(node) or ''}"):
                if said.day:
                    return said.day
    return None


def _is_dated(block: Tag) -> bool:
    return _published(block) is not None or _row_says(block)


def _near(block: Tag, root: Tag) -> list[str]:
    """The headings above an entry, the nearest first: of its row, its table, its section."""
    found: list[str] = []
    row = block if block.name == "tr" else block.find_parent("tr")
    for cell in row.find_all(["td", "th"], recursive=False)[:1] if row is not None else ():
        if (said := text(cell)) and cell.find("a", href=True) is None and not days_in(said):
            found.append(said)
    for node in block.find_all_previous(_HEADINGS, limit=3):
        if isinstance(node, Tag) and any(one is root for one in node.parents) and (said := text(node)):
            found.append(said)
    return found


def _described(root: Tag, url: str, description: Description) -> Iterator[Entry]:
    """The entries that the register's selectors name."""
    items = root.select(description.item or "")
    if not items:
        raise PageChanged(
            url, f"notices ({description.item})", "none", "Mend `item` in the entry, or leave it out for the usual ways"
        )
    for item in items:
        links = [item] if item.name == "a" else item.select(_ANCHORS)
        documents, pages = _sorted([link for link in links if link_address(link, url)], url, description)
        chosen = item.select_one(description.link) if description.link else None
        detail = link_address(chosen, url) if chosen is not None else next((page.url for page in pages), None)
        if chosen is not None and detail and is_document(chosen, detail, description):
            detail = None
        titled = item.select_one(description.title) if description.title else None
        named = next((one.name for one in (*pages, *documents) if not _is_generic(one.name)), None)
        title = text(titled) or named
        dated = text(item.select_one(description.date)) if description.date else None
        published = next((s.day for s in days_in(dated or "") if s.day), None) if description.date else _published(item)
        yield Entry(title or text(item) or "", published, detail, documents, None, _near(item, root))

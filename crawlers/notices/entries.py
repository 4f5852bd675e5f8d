"""The entries of a list: one a notice, with its title, its day, the page it leads to and its documents."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bs4 import Tag

from council.notices import Notices
from crawlers.notices import quirks
from crawlers.notices.links import (
    BLOCK_CLASS,
    Columns,
    Document,
    Headings,
    is_generic,
    name_of,
    row_apart,
    sorted_links,
)
from crawlers.notices.title import committee_in
from crawlers.notices.urls import is_document, link_address
from crawlers.parsing.dates import find_days, without_days
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import attribute, text, tidy
from crawlers.parsing.visibility import names_nonpublic_file

_BLOCKS: Final = ("li", "article", "tr", "dd", "option")
_DATES: Final = "time, .date, .datum, .published, .news-list-date, .entry-date, .createdate, .news_datum, .meta-date"
_LONGEST_TEASER = 600
_MOST_NAMED = 8
"""So many pages may share the day beside them; more are a menu in a frame around everything."""
_KIND_ONLY = re.compile(
    r"\W*(?:(?:die|zur|öffentliche)\s+)?(?:einladung|tagesordnung|niederschrift|protokoll|bekanntmachung|beschl(?:uss|üsse)"
    r"|anlagen?|sitzungsbericht|bericht|unterrichtung|ladung|nachtrag)"
    r"(?:\s+(?:zur|der) sitzung)?(?:\s+\(?öffentlich\)?)?\W*",
    re.IGNORECASE,
)
_ABOUT_A_FILE = re.compile(
    r"\b(?:uhr|\w+tag|mittwoch|pdf|datei(?:größe|typ)?|größe|dokument|download|veröffentlicht|stand|eingestellt|datum|vom|am"
    r"|[km]i?b)\b",
    re.IGNORECASE,
)
_HEADINGS: Final = ["h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "legend", "dt"]


@dataclass(slots=True)
class Entry:
    """One notice in a list; `detail` is the page that it leads to, `near` the headings above it, the nearest first,
    `label` the head of its column, `row` all that its row of a table says, `place` what stands there under "Ort",
    `teaser` all that another entry says."""

    title: str
    published: dt.date | None = None
    detail: str | None = None
    documents: list[Document] = field(default_factory=list)
    label: str | None = None
    near: list[str] = field(default_factory=list)
    sure: bool = True
    nonpublic: bool = False
    row: str | None = None
    place: str | None = None
    teaser: str | None = None
    is_part: bool = False
    """Whether it is a document of the meeting that the heading above it announces."""


def entries_in(root: Tag, url: str, description: Notices) -> list[Entry]:
    """The entries of a list, in its order. Without selectors a link alone that no date and no document stands by is
    none, unless its title is a notice's (`sure` is False then: the caller looks)."""
    headings = Headings(root)
    for link in root.select(", ".join(f"{name} a[href]" for name in ("h1", "h2", "h3", "h4", "h5", "h6"))):
        if (leads_to := link_address(link, url)) and not is_generic(name := name_of(link)):
            headings.links.setdefault(leads_to, name or "")
    if description.item:
        return list(_described(root, url, description, headings))
    blocks: dict[int, tuple[Tag, list[Tag]]] = {}
    for link in root.select(quirks.LINKS):
        if link_address(link, url):
            block = _block(link, root)
            blocks.setdefault(id(block), (block, []))[1].append(link)
    linked = [
        entry for block, links in blocks.values() for entry in _entries_of(block, links, headings, url, description)
    ]
    return _each_page_once(linked) + list(_without_link(root, url, headings, description))


def _each_page_once(entries: list[Entry]) -> list[Entry]:
    """A title and its "mehr" are one entry: the one that a day stands by, else the first."""
    best: dict[str, Entry] = {}
    for entry in entries:
        if entry.detail and (entry.detail not in best or (entry.sure and not best[entry.detail].sure)):
            best[entry.detail] = entry
    return [entry for entry in entries if entry.documents or not entry.detail or best[entry.detail] is entry]


def _without_link(root: Tag, url: str, headings: Headings, description: Notices) -> Iterator[Entry]:
    """Rows and items of a list that lead nowhere: meetings of which only the day is known yet."""
    for block in root.select("li, tr, article"):
        leads_on = any(link_address(link, url) for link in block.select(quirks.LINKS)) or block.find(["li", "tr"])
        if not leads_on and (words := text(block)) and find_days(words[:300], in_names=True):
            row, place = _whole_row(block, headings.columns, url, description)
            yield Entry(words[:300], near=headings.above(block), sure=False, row=row, place=place)


def _whole_row(block: Tag, columns: Columns, url: str, description: Notices) -> tuple[str | None, str | None]:
    """What a row says, and under "Ort". A document that calls itself non-public beside others that do not is left out:
    it says so of itself, not of the row."""
    if block.name != "tr":
        return None, None
    links = [link for link in block.select("a[href]") if link_address(link, url)]
    secret = [
        link
        for link in links
        if names_nonpublic_file(text(link)) and is_document(link, link_address(link, url) or "", description)
    ]
    return row_apart(block, without=secret if len(secret) < len(links) else ()), columns.place_of(block)


def _block(link: Tag, root: Tag) -> Tag:
    """The smallest part around a link that looks like one entry; the link itself where there is none."""
    if link.name == "option":
        return link
    for node in link.parents:
        if node is root or not isinstance(node, Tag):
            break
        classes = (attribute(node, "class") or "").split()
        if node.name == "tr" and node.find("table") is not None:
            break
        if node.name in _BLOCKS or any(BLOCK_CLASS.search(css_class) for css_class in classes):
            return node
    paragraph = link.find_parent("p")
    return _alone_with(link, root) if paragraph is None or len(paragraph.select(quirks.LINKS)) == 1 else paragraph


def _alone_with(link: Tag, root: Tag) -> Tag:
    """The smallest part around a link that says a day and leads nowhere else; its paragraph or itself without one."""
    held, around = link, list(link.parents)
    for node in around:
        if node is root or not isinstance(node, Tag) or node.name == "td" or len(held.get_text()) > _LONGEST_TEASER:
            break
        if len({attribute(anchor, "href") for anchor in node.find_all("a", href=True, limit=4)}) > 1 or any(
            heading not in around for heading in node.find_all(_HEADINGS)
        ):
            break
        if node.name == "p" or _row_says(node):
            held = node
        if _row_says(node):
            break
    return held


def _entries_of(block: Tag, links: list[Tag], headings: Headings, url: str, description: Notices) -> Iterator[Entry]:
    documents, pages = sorted_links(links, url, description, headings.columns)
    near = headings.above(block)
    heading = text(block.select_one("h1, h2, h3, h4, h5, h6"))
    named = [page for page in pages if not is_generic(page.name)]
    whole, place = _whole_row(block, headings.columns, url, description)
    if _each_its_own(block, heading, documents, named):
        sure = len(named) <= _MOST_NAMED and _is_dated(block)
        for page in named:
            yield Entry(
                page.name or "", published_on(block), page.url, [], page.label, near, sure, page.nonpublic, whole
            )
        for document in documents:
            own = document.name or _row(block, links) or ""
            yield Entry(own, None, None, [document], document.label, near, True, document.nonpublic, whole)
        return
    detail = next((page.url for page in (*named, *pages)), None)
    linked = headings.links.get(detail or "") if not named else None
    by_kind = bool(named) and _KIND_ONLY.fullmatch(named[0].name or "") is not None
    sitting = _sitting_of_row(block, description) if by_kind or not named else None
    title = heading or sitting or (named[0].name if named else linked) or _own_title(block, documents, links)
    if title:
        sure = bool(documents) or _is_dated(block)
        label = headings.columns.head_of(links[0]) if len(links) == 1 else None
        titled_by_link = heading or named or any(title == document.name for document in documents)
        published = published_on(block) or (_day_beside(block) if titled_by_link else None)
        teaser = (text(block) or "")[:_LONGEST_TEASER] if whole is None else None
        secret = bool(pages or documents) and all(link.nonpublic for link in (*pages, *documents))
        yield Entry(title, published, detail, documents, label, near, sure, secret, whole, place, teaser)


def _sitting_of_row(block: Tag, description: Notices) -> str | None:
    """What a row says beside its links, where that is a day and a committee: its links are the sitting's agenda and
    minutes, whatever they are called."""
    row = row_apart(block, without=block.find_all("a")) if block.name == "tr" else None
    return row if row and find_days(row, in_names=True) and committee_in(row, description.place) else None


def _each_its_own(block: Tag, heading: str | None, documents: list[Document], named: list[Document]) -> bool:
    """Whether the links of a block are several notices (a grid of minutes), not one with files."""
    if len(named) > 1:
        return True
    names = [link.name for link in (*named, *documents)]
    days = {tuple(found_day.day for found_day in find_days(name, in_names=True)) for name in names if name} - {()}
    if len(days) > 1:
        return True
    if heading or named or len(documents) < 2:
        return False
    return block.name not in ("tr", "article", "li") or not _row_says(block)


def _day_beside(block: Tag) -> dt.date | None:
    """The one day that stands beside a link with a title of its own: when it was published."""
    own = " ".join(str(s) for s in block.find_all(string=True) if s.find_parent(["a", "option", *_HEADINGS]) is None)
    days = {found_day.day for found_day in find_days(own, in_names=True)}
    return days.pop() if len(days) == 1 else None


def _row_says(block: Tag) -> bool:
    """Whether a row or an item says a day of its own beside its links."""
    own = " ".join(str(s) for s in block.find_all(string=True) if s.find_parent("a") is None)
    return bool(find_days(own, in_names=True))


def _own_title(block: Tag, documents: list[Document], links: list[Tag]) -> str | None:
    """The title of an entry whose link says only "mehr" or "PDF": what stands beside the link."""
    row, first = _row(block, links), documents[0].name if documents else None
    if first is None or row is None:
        return row or first
    if len(documents) == 1 and find_days(first, in_names=True):
        return first
    if _KIND_ONLY.fullmatch(first):
        return row
    if not _says_more_than_a_day(row):
        return first
    return row if block.name == "tr" or len(documents) > 1 else first


def _says_more_than_a_day(row: str) -> bool:
    """Whether there are words in a text beside days, times and what is told of a file: then it may be a title."""
    return bool(re.search(r"[^\W\d_]{4}", _ABOUT_A_FILE.sub(" ", without_days(row))))


def _row(block: Tag, links: list[Tag]) -> str | None:
    """The text of a block without its links."""
    if any(block is link for link in links):
        return None
    own = [str(s) for s in block.find_all(string=True) if s.find_parent(["a", "select"]) is None]
    line = tidy(" ".join(own))
    return line[:300] if line and (find_days(line, in_names=True) or re.search(r"[^\W\d_]{3}|\d{4}", line)) else None


def published_on(block: Tag) -> dt.date | None:
    """The day that an entry or a page shows beside its title: when it was published."""
    for node in block.select(_DATES):
        if node.find_parent(_HEADINGS) is None:
            for found_day in find_days(f"{attribute(node, 'datetime') or ''} {text(node) or ''}", in_names=True):
                if found_day.day:
                    return found_day.day
    return None


def _is_dated(block: Tag) -> bool:
    return published_on(block) is not None or _row_says(block)


def _described(root: Tag, url: str, description: Notices, headings: Headings) -> Iterator[Entry]:
    """The entries that the register's selectors name."""
    items = root.select(description.item or "")
    if not items:
        raise UnexpectedResponse(
            url, f"notices ({description.item})", "none", "Mend `item` in the entry, or leave it out for the usual ways"
        )
    for item in items:
        links = [item] if item.name == "a" else item.select(quirks.LINKS)
        documents, pages = sorted_links(
            [link for link in links if link_address(link, url)], url, description, headings.columns
        )
        chosen = item.select_one(description.link) if description.link else None
        detail = link_address(chosen, url) if chosen is not None else next((page.url for page in pages), None)
        if chosen is not None and detail and is_document(chosen, detail, description):
            detail = None
        titled = item.select_one(description.title) if description.title else None
        named = next((link.name for link in (*pages, *documents) if not is_generic(link.name)), None)
        title = text(titled) or named
        dated = text(item.select_one(description.date)) if description.date else None
        published = (
            next((s.day for s in find_days(dated or "", in_names=True) if s.day), None)
            if description.date
            else published_on(item)
        )
        yield Entry(title or text(item) or "", published, detail, documents, None, headings.above(item))

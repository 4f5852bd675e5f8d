"""An agenda item's own page (to0050) or the part of one that an agenda loads (to0058).

The meeting it gives holds this one item: for a reader of a page, never to replace a meeting's whole agenda.
"""

from __future__ import annotations

import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import AgendaItem, Meeting
from crawlers.parsing.badges import Badge, read_badge
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.restricted_markers import is_restricted
from crawlers.parsing.verdicts import Evidence, verdict_on_item
from crawlers.sessionnet.addresses import MEETING_PAGES, linked, number, page_address, page_name, target
from crawlers.sessionnet.agenda import paper_of, paper_page, results, station_id
from crawlers.sessionnet.files import read_links
from crawlers.sessionnet.heads import Head
from crawlers.sessionnet.meeting import FRAME, PRODUCT
from crawlers.sessionnet.rows import own_marks, paragraphs
from crawlers.sessionnet.values import shown, title_of

_NUMBER: Final = re.compile(
    r"^(?:TOP|Tagesordnungspunkt)?\s*((?:N?Ö|N|ö|nö)\s*\.?\s*[\d.]+\w?|[\d.]+\w?)\s*[:\-–.)]?\s+(.*)$"
)
_TEXTS: Final = ".smcdocmsword, .smc-dv-text, .smcdv6_data"
_LONGEST_TEXT: Final = 200_000


def read_item(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Meeting]:
    """The meeting with this one item; with none where the page does not prove it public, or does not name its
    meeting, both of which are noted. Raises UnexpectedResponse where it is no item's page."""
    native = number(diagnostics.url, "ktonr") or number(diagnostics.url, "smctonr")
    if native is None:
        raise UnexpectedResponse(diagnostics.url, "an agenda item with its number (ktonr)", "none", "Look at the page")
    head = Head(page)
    badge, title = _heading(page, head)
    meeting = _meeting(page, diagnostics)
    if meeting is None:
        diagnostics.add("meeting", "the page does not lead to its meeting: the item is left out")
        return []
    if not _is_public(page, head, badge, title):
        diagnostics.add("item", "nothing on the page proves the item public: left out")
        return [Meeting(native_id=meeting, withheld=(native,))]
    paper = _paper(page, diagnostics)
    result, resolution = results([*paragraphs(page), *_labelled(head)])
    text = "\n".join(said for one in page.select(_TEXTS) if (said := shown(one)))[:_LONGEST_TEXT]
    item = AgendaItem(
        native_id=native,
        number=badge.number,
        name=title,
        public=True,
        consultation=station_id(paper[0], meeting) if paper else None,
        paper=paper[0] if paper else None,
        reference=paper[1] if paper else None,
        result=result,
        resolution_text=text or resolution,
        files=_files(page, diagnostics),
    )
    if paper:
        diagnostics.links.add(paper_page(paper[0], diagnostics.url))
    return [Meeting(native_id=meeting, agenda=(item,))]


def _heading(page: BeautifulSoup, head: Head) -> tuple[Badge, str | None]:
    """The number and title: of their own cells; else of the heading "Ö 3.1 - Neubau"."""
    badge = page.select_one("h1 .badge, h2 .badge, .smc-badge-top, span.badge")
    said = head.text("number") or (shown(badge) if badge is not None else None)
    title = head.text("name") or next((one for node in page.select("h1") if (one := shown(node, ".badge"))), None)
    title = title or PRODUCT.sub("", title_of(page.title) or "") or None
    found = _NUMBER.match(title or "")
    if found:
        return read_badge(said or found[1]), found[2]
    return read_badge(said), title


def _meeting(page: Tag, diagnostics: Diagnostics) -> str | None:
    found = {
        one
        for link in page.select("a[href]")
        if (one := linked(link, diagnostics.url, "ksinr", *MEETING_PAGES, "to0045"))
    }
    own = number(diagnostics.url, "ksinr")
    native = own or (found.pop() if len(found) == 1 else None)
    for link in page.select("a[href]"):
        address = target(link, diagnostics.url)
        if native and address and page_name(address) in MEETING_PAGES and number(address, "ksinr") == native:
            diagnostics.links.add(page_address(address, page_name(address) or "si0057", "ksinr", native))
            break
    return native


def _is_public(page: Tag, head: Head, badge: Badge, title: str | None) -> bool:
    marks = (mark for heading in page.select("h1, h2, .card-header") for mark in own_marks(heading))
    evidence = Evidence(
        badge=badge, titles=(title,), statuses=(head.text("status"),), is_restricted=is_restricted(marks)
    )
    return verdict_on_item(evidence).is_public


def _labelled(head: Head) -> list[tuple[str, Tag]]:
    words = {"result": "ergebnis", "vote": "abstimmung", "resolution": "beschlusstext"}
    return [(label, cell) for meaning, label in words.items() if (cell := head.cell(meaning)) is not None]


def _paper(page: Tag, diagnostics: Diagnostics) -> tuple[str, str | None] | None:
    apart = {id(one) for one in page.select(FRAME)}
    for link in page.select("a[href]"):
        native = paper_of(link, diagnostics.url)
        if native and not any(id(one) in apart for one in link.parents):
            said = shown(link, ".sr-only")
            return native, said if said and len(said) <= 60 and re.search(r"\d", said) else None
    return None


def _files(page: Tag, diagnostics: Diagnostics):  # type: ignore[no-untyped-def]
    apart = {id(one) for one in page.select(FRAME)}
    return read_links(
        [one for one in page.select("a[href], form") if not any(id(up) in apart for up in one.parents)], diagnostics
    )

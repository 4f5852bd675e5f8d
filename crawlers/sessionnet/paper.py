"""One paper (vo0050), motion or inquiry (ag0050), and the page of its way alone (vo0053)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from bs4 import BeautifulSoup, Tag

from council.model import File, OrganizationRef, Paper
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.visibility import Section, names_nonpublic_item, section_of_heading
from crawlers.sessionnet import quirks
from crawlers.sessionnet.addresses import number, page_address, page_name, target
from crawlers.sessionnet.agenda import paper_of, paper_page
from crawlers.sessionnet.files import read_links
from crawlers.sessionnet.heads import Head
from crawlers.sessionnet.meeting import FRAME, PRODUCT
from crawlers.sessionnet.stations import read_stations, says_no_stations
from crawlers.sessionnet.values import title_of

_GENERIC: Final = re.compile(
    r"(?:vorlage|vorlagen|beratungen|beratungsfolge|informationen|antrag|anfrage|vorgang|details?)(?:\s*[:\-–].*)?"
    r"|sessionnet.*",
    re.IGNORECASE,
)
_NOT_PUBLIC: Final = re.compile(r"\W*(?:nicht[\s\-]*öffentlich|nö\b|n\.\s?ö\.|vertraulich|gesperrt)", re.IGNORECASE)


def paper_number(page: Tag, url: str) -> str | None:
    """The paper's native id: of the address, else of its own tabs."""
    motion = number(url, "kagnr") if (page_name(url) or "ag").startswith("ag") else None
    if native := f"ag{motion}" if motion else number(url, "kvonr"):
        return native
    tabs = page.select("#smcregister a[href], .nav-tabs a[href], .smcregister a[href]") or page.select("a[href]")
    numbers = {found for link in tabs if (found := paper_of(link, url))}
    return numbers.pop() if len(numbers) == 1 else None


def read_paper(page: BeautifulSoup, diagnostics: Diagnostics) -> list[Paper]:
    """The paper of the page; none where the page says that it is not public. Raises UnexpectedResponse where it is no
    paper's page."""
    native = paper_number(page, diagnostics.url)
    head = Head(page)
    name, reference = _name(page, head), head.text("reference")
    is_way = page_name(diagnostics.url) in {"vo0053", "ag0053"}
    has_head = any(head.cell(one) is not None for one in ("name", "reference", "type"))
    stations, closed = read_stations(page, native, diagnostics) if native else ((), 0)
    if native is None or not (has_head or (is_way and (name or stations or closed))):
        raise UnexpectedResponse(
            diagnostics.url, "a paper with its number and subject", "none", "Look at the page: mend the reader"
        )
    if is_way and not stations and not closed and not says_no_stations(page):
        raise UnexpectedResponse(
            diagnostics.url, "the stations of a paper", "none", "Look at the page: mend the reader"
        )
    if _is_closed(head, name) or (closed and not stations):
        diagnostics.add("paper", "the page says that it is not public: left out")
        return []
    _ask_for_stations(page, native, diagnostics)
    office = head.text("office")
    return [
        Paper(
            native_id=native,
            source_url=paper_page(native, diagnostics.url),
            name=name,
            reference=reference,
            paper_type=quirks.without_sort_number(head.text("type")),
            date=_date(head, diagnostics),
            files=_files(page, diagnostics),
            consultations=stations,
            under_direction_of=(OrganizationRef(name=office),) if office else (),
            superordinated=_linked(head.cell("above"), native, diagnostics),
            subordinated=_linked(head.cell("below"), native, diagnostics),
            related=_linked(head.cell("related"), native, diagnostics),
        )
    ]


def _name(page: BeautifulSoup, head: Head) -> str | None:
    if said := head.text("name", "named"):
        return said
    title = PRODUCT.sub("", title_of(page.title) or "")
    said_by = [said for one in page.select("h1") if (said := title_of(one))] + ([title] if title else [])
    return next((one for one in said_by if not _GENERIC.fullmatch(one)), None)


def _is_closed(head: Head, name: str | None) -> bool:
    """Whether the paper's status or subject says that it is not public."""
    status = head.text("status") or ""
    return bool(_NOT_PUBLIC.match(status) or section_of_heading(status) is Section.NONPUBLIC) or bool(
        name and names_nonpublic_item(name)
    )


def _date(head: Head, diagnostics: Diagnostics) -> dt.date | None:
    return reported_day(head.text("date"), "date", diagnostics)


def _files(page: BeautifulSoup, diagnostics: Diagnostics) -> tuple[File, ...]:
    apart = {id(one) for one in page.select(FRAME)}
    links = [link for link in page.select("a[href], form") if not any(id(one) in apart for one in link.parents)]
    return read_links(links, diagnostics)


def _linked(cell: Tag | None, own: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The papers a cell leads to; they are asked for, too."""
    found = dict.fromkeys(one for link in (cell.select("a[href]") if cell is not None else ())
                          if (one := paper_of(link, diagnostics.url)) and one != own)  # fmt: skip
    for one in found:
        diagnostics.links.add(paper_page(one, diagnostics.url))
    return tuple(found)


def _ask_for_stations(page: Tag, native: str, diagnostics: Diagnostics) -> None:
    """The page of the paper's way, where this one leads to it."""
    for link in page.select("a[href]"):
        found = target(link, diagnostics.url)
        if found and page_name(found) == "vo0053" != page_name(diagnostics.url) and number(found, "kvonr") == native:
            diagnostics.links.add(page_address(diagnostics.url, "vo0053", "kvonr", native))
            return

"""Invented pages of invented municipalities, built as websites build them; nothing in them is anybody's."""

from __future__ import annotations

from council.model import Meeting, Paper
from council.notices import DEFAULT, Notices
from crawlers.notices.pages import read_page
from crawlers.parsing.page import Page

LIST = "https://www.erlenbruch.example.de/rathaus/bekanntmachungen.html"
NOTICE = "https://www.erlenbruch.example.de/rathaus/einladung-77.html"
INVITATION = "Einladung zur Sitzung des Gemeinderates am 12.11.2026"


def page(content: str, *, title: str = "Erlenbruch", head: str = "", after: str = "") -> str:
    """A whole page around its own part, with the menus and footers that have to be passed over."""
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title} - Erlenbruch</title>'
        f"{head}</head><body>"
        '<header><nav><ul><li><a href="/sitzung-gemeinderat-am-01-01-2026.html">Sitzung des Gemeinderates am 01.01.2026'
        f"</a></li></ul></nav></header><main>{content}</main>{after}"
        '<footer><a href="/impressum.pdf">Impressum</a></footer></body></html>'
    )


def invitation(content: str, *, title: str = INVITATION) -> str:
    """A notice on a page of its own."""
    return page(f"<h1>{title}</h1>{content}", title=title)


def read(markup: str, url: str = LIST, description: Notices = DEFAULT, encoding: str = "utf-8") -> Page:
    """Read an invented page."""
    return read_page(markup.encode(encoding), url, description)


def meetings(found: Page) -> list[Meeting]:
    """The meetings among the records."""
    return [record for record in found.records if isinstance(record, Meeting)]


def papers(found: Page) -> list[Paper]:
    """The papers among the records."""
    return [record for record in found.records if isinstance(record, Paper)]


def meeting(markup: str) -> Meeting:
    """The one meeting of a notice."""
    (found,) = meetings(read(markup, NOTICE))
    return found


def agenda(markup: str) -> list[tuple[str | None, str | None]]:
    """Number and name of the items of the one meeting of a notice."""
    return [(item.number, item.name) for item in meeting(markup).agenda]

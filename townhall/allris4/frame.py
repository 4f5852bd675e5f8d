"""What the pages of a simulated ALLRIS 4 server share: layouts, numbers, addresses, the frame with menu and search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from urllib.parse import urlencode

from townhall.invention.model import Document, Municipality

NOT_RELEASED = "Keine Information verfügbar. Sie sind nicht berechtigt, diese Seite einzusehen."


class Layout(StrEnum):
    """Versions that differ in more than colours."""

    AJAX = "4.1.7: the calendar comes by a second request, attachments live in one session"
    INLINE = "4.1.5: the calendar is in the page, all addresses are absolute, meetings are linked before their release"
    LIST = "4.0.8: within the municipality's website, no calendar, a list of fifteen months, headings instead of badges"


FOLDERS = {Layout.AJAX: "/public/", Layout.INLINE: "/", Layout.LIST: "/allris/"}
_VERSIONS = {
    Layout.AJAX: "4.1.7 (4170041) - 08.07.2026",
    Layout.INLINE: "4.1.5 (4150026) - 17.01.2025",
    Layout.LIST: "4.0.8 (4080011) - 03.05.2023",
}
_MENU = (
    ("si010", "Kalender"),
    ("si018", "Übersicht"),
    ("vo040", "Vorlagen"),
    ("to035", "Beschluss"),
    ("kp040", "Person"),
    ("tr010", "Volltext"),
    ("app", "App"),
)


def meeting_id(number: int) -> int:
    """SILFDNR."""
    return 1000000 + number


def item_id(number: int) -> int:
    """TOLFDNR."""
    return 2000000 + number


def paper_id(number: int) -> int:
    """VOLFDNR."""
    return 3000000 + number


def bundle_id(newest: int) -> int:
    """DOLFDNR of a paper's Sammeldokument, by the number of the newest document in it; others have their own."""
    return 900000 + newest


@dataclass(frozen=True, slots=True)
class Frame:
    """Writes whole pages. `base` is the absolute address of the folder."""

    municipality: Municipality
    layout: Layout
    base: str

    def to(self, page: str, **parameters: object) -> str:
        """An address on a page, ready for an attribute."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return escape(self.path(f"{page}{query}"))

    def path(self, path: str) -> str:
        """Relative, or absolute where the layout is so."""
        return f"{self.base if self.layout is Layout.INLINE else './'}{path}"

    def document(self, number: int) -> str:
        """Where the bytes of a document are."""
        return self.to(f"wicket/resource/org.apache.wicket.Application/doc{number}.pdf")

    def file(self, document: Document, label: str | None = None) -> str:
        """A document in a list. Tooltips are escaped twice."""
        return self.file_link(document.number, label or document.name)

    def file_link(self, number: int, name: str, bare: bool = False) -> str:
        """The link to a document; `bare`: only the tooltip names it, as in the rows of an agenda."""
        tip = escape(escape(f"Öffnet PDF-Datei '{name}' in neuem Fenster", quote=False))
        kind = "pdfOhneLabel js-simple-tooltip doclink pdf" if bare else "js-simple-tooltip doclink pdf"
        inside = "" if bare else escape(name)
        return (
            f'<a class="{kind}" data-simpletooltip-text="{tip}" href="{self.document(number)}" target="_blank">'
            f"{inside}</a>"
        )

    def page(self, name: str, own: str, title: str, body: str, script: str = "", version: int = 0) -> str:
        """A whole page. `own` is its query, `version` the number the session counts it by."""
        head = f'<meta content="ALLRIS net Version {_VERSIONS[self.layout]}" name="description"/>'
        if self.layout is Layout.AJAX:
            head += f'<script>Wicket.Ajax.baseUrl="{name}?{escape(own)}";'
            head += f"document.getElementById('allris').setAttribute('class', '{name} normal');{script}</script>"
        site = (
            f"<header><h1>{self.municipality.kind} {self.municipality.name}</h1></header>"
            if self.layout is Layout.LIST
            else ""
        )
        return (
            '<!DOCTYPE html>\n<html lang="de" xmlns="http://www.w3.org/1999/xhtml"><head>'
            f'<meta content="text/html; charset=utf-8" http-equiv="Content-Type"/>{head}'
            f'<title>ALLRIS - {escape(title)}</title></head><body>{site}<div id="allris" class="allris">'
            f"{self._search(name, own, version)}{self._menu()}"
            f'<main id="pageContent" aria-label="Seiteninhalt"><div id="readOut"><div class="header">'
            f'<h1 class="title">{escape(title)}</h1></div>{body}</div></main><div id="footer"></div></div>'
            "</body></html>"
        )

    def refused(self, name: str, own: str) -> str:
        """What everybody sees of what is not released: the full frame, with status 200."""
        alert = f'<span id="id1a" role="alert" aria-atomic="true"><ul><li>{NOT_RELEASED}</li></ul></span>'
        return self.page(name, own, "Information", alert)

    def _search(self, name: str, own: str, version: int) -> str:
        action = escape(self.path(f"{name}?{version}-1.-head-searchform&{own}"))
        if self.layout is Layout.LIST:
            action = self.to("tr010")
        return (
            f'<div id="search"><form action="{action}" id="searchform" method="post">'
            '<input name="sectoken" type="hidden" value="5d0c7e"/><input type="search" name="searchfield"/>'
            "</form></div>"
        )

    def _menu(self) -> str:
        entries = "".join(f'<li><a href="{self.to(page)}">{label}</a></li>' for page, label in _MENU)
        for kind in ("Rat", "Ausschüsse"):
            entries += f'<li><a href="{self.to("gr010", menu=kind)}">{kind}</a></li>'
        return f'<nav id="navMenu"><ul class="nav-menu">{entries}</ul></nav>'


def labelled(label: str, value: str, name: str = "") -> str:
    """A label and its value in the head of a page; an id where the layout gives one."""
    inside = f'<span class="text4" id="{name}">{value}</span>' if name else value
    return (
        f'<div class="row"><dl><dt class="colTitle"><span class="label">{label}:</span></dt>'
        f'<dd class="colEntry">{inside}</dd></dl></div>'
    )


def head(rows: Iterable[str], panels: str) -> str:
    """The head of an object's page: labelled values on the left, documents on the right."""
    return (
        '<div id="head"><span id="id1a" role="alert"></span><div id="headLeft"><h2>Grunddaten</h2>'
        f'<div class="headLeftInner">{"".join(rows)}</div></div><div id="headRight">{panels}</div></div>'
    )


def panel(name: str, label: str, entries: Iterable[str]) -> str:
    """A box of documents."""
    inside = "".join(f"<li>{entry}</li>" for entry in entries)
    kind = "documents" if label == "Dokumente" else "attachments"
    return f'<aside class="{kind}" id="{name}"><span>{label}</span><ul class="headRightInner">{inside}</ul></aside>'


def table(attributes: str, columns: Iterable[tuple[str, str]], rows: Iterable[str]) -> str:
    """A table with headers; columns are (class, header)."""
    heads = "".join(
        f'<th class="{kind}" scope="col"><span>{label}</span></th>' if kind else f"<th><span>{label}</span></th>"
        for kind, label in columns
    )
    return f'<table {attributes}><thead><tr class="headers">{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def cells(values: Iterable[tuple[str, str]]) -> str:
    """The cells of a row, (class, content)."""
    return "".join(
        f'<td class="{kind}"><div>{value}</div></td>' if kind else f"<td>{value}</td>" for kind, value in values
    )

"""What the pages of a simulated ALLRIS 3 server share: skins, numbers, addresses, forms, the frame with its menu."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any
from urllib.parse import urlencode

from townhall.invention.model import Committee, Document, Municipality

FOLDER = "/bi/"
SAMMELDOKUMENT = 130
"""The `typ` of a paper's collected document."""


class Layout(StrEnum):
    """The two skins; a municipality that has both released shows one of them."""

    OLD = "tables within tables, buttons that post, the calendar si010_e"
    RESPONSIVE = "programs with _r, ids, links to documents, the calendar si010_r"


_MENU = {
    "Bürgerinfo": (("allris.net", "Home"), ("pa021", "Rat"), ("au010", "Ausschüsse"), ("fr010", "Fraktionen"),
                   ("at010", "Ämter")),
    "Sitzungen": (("do011_x", "Bekanntgabe"), ("si010", "Kalender"), ("si018_a", "Übersicht")),
    "Vorlagen": (("vo040", "Übersicht"),),
    "Recherche": (("yw040", "Textrecherche"), ("bb022", "Beschlussbuch"), ("kp040", "Kommunalpolitiker")),
    "Hilfe": (("app", "ALLRIS App"), ("rss", "RSS"), ("legende", "Legende")),
}  # fmt: skip
_PLAIN = frozenset({"allris.net", "do027", "do011_x", "si018_a", "app", "rss", "legende"})
"""Programs that have no responsive twin."""


def meeting_id(number: int) -> int:
    """SILFDNR."""
    return 3000 + number


def item_id(number: int) -> int:
    """TOLFDNR."""
    return 60000 + number


def paper_id(number: int) -> int:
    """VOLFDNR."""
    return 8000 + number


def document_id(number: int) -> int:
    """DOLFDNR."""
    return 370000 + number


def bundle_id(paper: int) -> int:
    """DOLFDNR of a paper's collected document."""
    return 900000 + paper


@dataclass(frozen=True, slots=True)
class Frame:
    """Writes whole pages."""

    municipality: Municipality
    layout: Layout

    @property
    def is_old(self) -> bool:
        """Whether this is the skin of tables."""
        return self.layout is Layout.OLD

    def program(self, name: str) -> str:
        """The file of a program in this skin; of the calendars there is one."""
        if name == "si010":
            return "si010_e.asp" if self.is_old else "si010_r.asp"
        return f"{name}.asp" if self.is_old or name in _PLAIN else f"{name}_r.asp"

    def to(self, name: str, **parameters: object) -> str:
        """An address, ready for an attribute."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return escape(f"{self.program(name)}{query}")

    def button(self, name: str, kind: str, value: str, title: str, query: str = "", **fields: Any) -> str:
        """A form with one button, as the old skin has them everywhere."""
        hidden = "".join(f'<input type="hidden" name="{key}" value="{item}"  />' for key, item in fields.items())
        return (
            f'<form action="{self.program(name)}{query}" method="post" style="margin:0">{hidden}'
            f'<input type="submit" class="{kind}" value="{escape(value)}" title="{escape(title)}"  /></form>'
        )

    def file(self, document: Document) -> str:
        """A document: a button, or a link."""
        return self.file_numbered(document_id(document.number), document.name)

    def file_numbered(self, number: int, name: str, **fields: object) -> str:
        """The same by number; `fields` go with it."""
        parameters: dict[str, Any] = {"DOLFDNR": number, "options": 64} | fields
        if self.is_old:
            return self.button("do027", "il2_p", name, f"{name} (Öffnet PDF-Datei in neuem Fenster)", **parameters)
        tip = escape(f"Öffnet PDF-Datei '{name}' in neuem Fenster")
        return (
            f'<span><a href="{self.to("do027", **parameters)}" class="js-simple-tooltip doclink pdf" target="_blank" '
            f'data-simpletooltip-text="{tip}">{escape(name)}</a></span>'
        )

    def committee(self, committee: Committee, **more: object) -> str:
        """The address of a body: council, committees and factions are counted apart."""
        name, key = body_of(committee)
        return self.to(name, **more, **{key: committee.number})

    def page(self, name: str, query: str, title: str, body: str, beside: str = "") -> str:
        """A whole page. `query` is its own, `beside` stands in the line above the content."""
        head = '<meta http-equiv="content-type" content="text/html; charset=iso-8859-1" />'
        site = f"<p>{self.municipality.kind} {escape(self.municipality.name)}</p>"
        if self.is_old:
            head += f'<title>{escape(title)}</title><meta name="description" content="ALLRIS net Version 3.9.4" />'
            inside = (
                f'<div id="allriscontainer" class="{name}"><div id="risleft">{self._menu(name, query)}</div>'
                f'<div id="risright"><div id="rishead">{site}</div><div id="risnavi">{beside}</div>'
                f'<div id="risname"><h1>{escape(title)}&nbsp;&nbsp;</h1></div><div id="rismain">'
                f'<table class="risdeco"><tr><td class="risdeco">{body}</td></tr></table>'
                "</div></div></div>"
            )
        else:
            head += f'<title>ALLRIS - {escape(title)}</title><script src="./opt/scripting/allrisnet.js"></script>'
            inside = (
                f'<div id="navigation">{site}{self._menu(name, query)}</div><div id="allris" class="{name} normal">'
                f'{beside}<h1 class="title">{escape(title)}</h1>{body}</div>'
            )
        start = '<?xml version="1.0" encoding="iso-8859-1"?>\r\n<html xmlns="http://www.w3.org/1999/xhtml" lang="de">'
        return f"{start}\r\n<head>{head}</head><body>\r\n{inside}\r\n</body></html>"

    def _menu(self, name: str, query: str) -> str:
        entries = []
        own = f"{FOLDER}{self.program(name)}?{query}&amp;" if query else f"{FOLDER}{self.program(name)}?"
        for place, (heading, links) in enumerate(_MENU.items(), 1):
            entries.append(
                f'<li><strong><a href="{own}toggleMenu={place}" title="Reduzieren">{heading}</a></strong></li>'
            )
            inside = "".join(f'<li><a href="{self._entry(page)}">{parameters}</a></li>' for page, parameters in links)
            entries.append(f"<li><ul>{inside}</ul></li>")
        return f'<div id="rismenu"><ul id="menu">{"".join(entries)}</ul></div>'

    def _entry(self, page: str) -> str:
        """One of the skins does not say which council it means."""
        if page == "pa021" and not self.is_old:
            return self.committee(self.municipality.committees[0])
        return self.to(page)


def body_of(committee: Committee) -> tuple[str, str]:
    """The program of a body and the name of its number."""
    if committee.key == "council":
        return "pa020", "PALFDNR"
    return ("fr020", "FRLFDNR") if committee.kind == "Fraktion" else ("au020", "AULFDNR")


def row(cells: Iterable[str], kind: str = "zl12") -> str:
    """A row of a table."""
    return f'<tr class="{kind}" valign="top">' + "".join(f"<td>{cell or '&nbsp;'}</td>" for cell in cells) + "</tr>"


def table(frame: Frame, columns: Iterable[str], rows: Iterable[str]) -> str:
    """A list: headers and rows."""
    heads = "".join(f"<th>{column or '&nbsp;'}</th>" for column in columns)
    kind = "tl1" if frame.is_old else "dataTable"
    return f'<table class="{kind}" cellspacing="0"><tr class="zk1">{heads}</tr>{"".join(rows)}</table>'

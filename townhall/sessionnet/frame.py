"""What all pages of a simulated SessionNet server share: its layouts, addresses, numbers, frames and document boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any

from townhall.invention.model import Committee, Document, Meeting, Municipality, Paper


class Layout(StrEnum):
    """The generations that differ substantially."""

    TABLE = "5.5.5 php, layout 6: the agenda as a table (si0057), consultations on a page of their own (vo0053)"
    CARDS = "5.5.0 php, layout 6: the agenda as cards (si0056), the table is refused, the calendar leads to si0050"
    OLD = "5.3.3 php, layout 5: to0040 with badges, consultations on vo0053, no list of newest documents"
    OLDER = (
        "4.9.6 asp, layout 4: to0040 with headings alone, buttons, consultations on vo0050, windows-1252, months only"
    )
    JSON = "6: JSON under api/v1, a frame without content for every other address"


SIX = frozenset({Layout.TABLE, Layout.CARDS})
TENANT = "tenant"
SHIFTS = {"meeting": 4000, "item": 30000, "paper": 12000, "committee": 100, "person": 500, "document": 100000}
"""The numbers of a kind begin behind these: ksinr, ktonr, kvonr, kgrnr, kpenr, getfile id."""
_VERSIONS = {
    Layout.TABLE: ("5.5.5 V7 bi (Layout 6)", "V:050505"),
    Layout.CARDS: ("5.5.0 bi (Layout 6)", "V:050500"),
    Layout.OLD: ("5.3.3 bi (Layout 5)", "V:050303"),
    Layout.OLDER: ("4.9.6 bi (Layout 4)", "V:040906"),
}
_MENU = (
    ("info", "Startseite"),
    ("si0040", "Kalender"),
    ("kp0041", "Mandatsträger"),
    ("gr0040", "Gremien"),
    ("suchen01", "Suche"),
    ("ylogon", "Anmeldung"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Writes whole pages of layouts 4 to 6."""

    municipality: Municipality
    layout: Layout

    @property
    def extension(self) -> str:
        """What the names of pages end with."""
        return "asp" if self.layout is Layout.OLDER else "php"

    @property
    def is_six(self) -> bool:
        """Whether it is layout 6."""
        return self.layout in SIX

    @property
    def has_newest(self) -> bool:
        """Whether there is a list of the newest documents."""
        return self.is_six

    def to(self, page: str, **parameters: object) -> str:
        """An address; `&` stays as it is, as on the real pages."""
        query = "&".join(f"{key}={value}" for key, value in parameters.items())
        return f"{page}.{self.extension}{'?' if query else ''}{query}"

    def of_meeting(self, meeting: Meeting, page: str = "") -> str:
        """A meeting's page: the one that lists lead to."""
        usual = {Layout.TABLE: "si0057", Layout.CARDS: "si0050"}.get(self.layout, "to0040")
        return self.to(page or usual, __ksinr=SHIFTS["meeting"] + meeting.number)

    def of_paper(self, paper: Paper, page: str = "vo0050", **more: Any) -> str:
        """A paper's page."""
        return self.to(page, __kvonr=SHIFTS["paper"] + paper.number, **more)

    def of_committee(self, committee: Committee) -> str:
        """The page of a committee's members."""
        return self.to("kp0040", __kgrnr=SHIFTS["committee"] + committee.number)

    def committee(self, number: int) -> Committee:
        """A committee by number."""
        return next(committee for committee in self.municipality.committees if committee.number == number)

    # --- documents

    def boxes(self, documents: Iterable[Document], code: str = "") -> str:
        """Documents in a cell or beside a head. `code`: what the icon says of the first of them."""
        held = list(documents)
        if not held:
            return ""
        if self.layout is Layout.OLDER:
            return "".join(self._button(record) for record in held)
        if not self.is_six:
            return "".join(self._old_box(record) for record in held)
        inside = "".join(self._box(record, code if place == 0 else "") for place, record in enumerate(held))
        return f'<div class="smc-dg-c-1-10 smc-documents smc-pr-n row">{inside}<!--SMCPHDOCFCT--></div>'

    def _get(self, document: Document) -> str:
        return self.to("getfile", id=SHIFTS["document"] + document.number, type="do")

    def _box(self, document: Document, code: str) -> str:
        """A button without words, and the name behind it: both lead to the document."""
        number = SHIFTS["document"] + document.number
        parameters = 'title="Dokument Download Dateityp: pdf" aria-label="Dokument Download Dateityp: pdf"'
        icon = '<i class="smc smc-document" aria-hidden="true"></i>'
        if code:
            short, kind = code.split()
            icon = f'<i class="smc smc-doc-dakurz smc-doc-symbol smc_field_danr_{kind}" aria-hidden="true">{short}</i>'
        return (
            f'<div id="smcy000900{number}" class="smc-dg-ds-1 col-lg-6 smc-d-el{"" if code else " smc-d-ex"}">'
            f'<div class="smc smc-doc-icon">{icon}</div><div class="smc-doc-content"><div class="smc-action-group">'
            f'<a  href="{self._get(document)}" {parameters} role="button" class="btn btn-blue">'
            '<i class="smc smc-download"></i></a></div><div class="smc-el-h smc_datatype_do">'
            f'<a  href="{self._get(document)}" {parameters} '
            f'class="smce-a-u smc-link-normal smc_datatype_do">{escape(document.name)}</a></div></div></div>'
        )

    def _old_box(self, document: Document) -> str:
        name = escape(document.name)
        return (
            '<table class="smcdocbox smcdocboxright"><tbody><tr><td class="smc_doc"><a href="'
            f'{self._get(document)}&" title="{name}" class="smce-a-u" target="_blank">{name}</a></td></tr>'
            "</tbody></table>"
        )

    def _button(self, document: Document) -> str:
        name = escape(document.name)
        number = SHIFTS["document"] + document.number
        return (
            '<table class="smcdocbox smcdocboxright"><tbody><tr><td class="smc_doc"><form action="ydocstart.asp" '
            f'method="post"><input type="hidden" name="DT" value="{number}"><input type="image" src="im/pdf.gif" '
            f'title="Dokument anzeigen: {name}"></form></td><td class="smc_doc smcdocname">{name} '
            '<span class="smcdosize">12&nbsp;KB</span></td></tr></tbody></table>'
        )

    # --- whole pages

    def page(self, name: str, heading: str, body: str, tabs: Iterable[tuple[str, str]] = ()) -> str:
        """A whole page; `tabs` are (address, label)."""
        shown = self._tabs(tabs) + body
        return self._page_six(name, heading, shown) if self.is_six else self._page_old(name, heading, shown)

    def _tabs(self, tabs: Iterable[tuple[str, str]]) -> str:
        entries = "".join(
            f'<li class="nav-item"><a  href="{to}" title="{label}" class="smce-a-u nav-link">{label}</a></li>'
            for to, label in tabs
        )
        return f'<ul class="nav nav-tabs smcnoprint" id="smcregister">{entries}</ul>' if entries else ""

    def _menu(self) -> str:
        entries = [*_MENU, ("do0040", "Neueste Dokumente")] if self.has_newest else _MENU
        return "".join(
            f'<li class="nav-item"><a href="{self.to(page)}" class="smce-a-u">{label}</a></li>'
            for page, label in entries
        )

    def _page_six(self, name: str, heading: str, body: str) -> str:
        version, short = _VERSIONS[self.layout]
        return (
            '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><meta name="author" content="Somacos GmbH '
            f'& Co. KG,https://www.somacos.de, SessionNet Version {version}">'
            f'<meta name="sessionnet" content="{short}"/>'
            f"<title>SessionNet | {escape(heading)}</title><script>smcGlobalGKI2();</script></head>"
            f'<body id="smc_body" class="smc-body"><div id="wrapper" class="smclayout smc_page_{name}_layout">'
            f'<div id="sidebar-wrapper" role="navigation"><ul id="sidebar-nav">{self._menu()}</ul></div>'
            '<div id="page-content-wrapper"><div class="page-title"><ul class="nav"><li>'
            f'<a href="{self.to("recherche")}"><span class="sr-only">Rechercheauswahl</span></a></li></ul>'
            f'<h1 class="smc_h1">{escape(heading)}</h1></div><div id="page-content" role="main">{body}</div>'
            '<!-- /page-content-1 --></div><footer><div id="smcsomacosinfo"><span lang="en">Software: </span>'
            '<a href="https://somacos.de/session/">Sitzungsdienst Session</a></div></footer></div></body></html>'
        )

    def _page_old(self, name: str, heading: str, body: str) -> str:
        version, short = _VERSIONS[self.layout]
        charset = "windows-1252" if self.layout is Layout.OLDER else "UTF-8"
        return (
            '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html lang="de"><head>'
            f'<meta http-equiv="content-type" content="text/html; charset={charset}"><meta name="Generator" '
            f'content="Somacos GmbH & Co. KG,https://www.somacos.de, SessionNet Version {version}">'
            f'<meta name="sessionnet" content="{short}"><title>SessionNet | {escape(heading)}</title></head>'
            f'<body class="smc_body"><div id="smclayout" class="smclayout smc_page_{name}_layout">'
            f'<div id="smcmenu" class="smcnav"><ul>{self._menu()}</ul></div><h1>{escape(heading)}</h1>'
            f'<div id="smccontent">{body}</div><div id="smcfooter">Sitzungsdienst Session</div></div></body></html>'
        )

    def refused(self, what: str, words: str) -> str:
        """Its own error page, with status 200 and the whole frame around it."""
        text = f'<h3 class="smc_h3">{words}</h3><p>Fehlercode: 1104</p>'
        return self.page("error", what, text)

    def head(self, cells: Iterable[tuple[str, str, str]], page: str) -> str:
        """The labelled values of an object: (field, label, value)."""
        if not self.is_six:
            rows = "".join(
                f'<tr><td class="smctablehead">{label}:</td><td>{value}</td></tr>' for _, label, value in cells
            )
            return f'<table id="smctablevorgang" class="smctablevorgang"><tbody>{rows}</tbody></table>'
        rows = "".join(
            f'<div class="smc-table-row"><div class="smc-table-cell smc-cell-head {field}_title">{label}</div>'
            f'<div class="smc-table-cell {field}">{value}</div></div>'
            for field, label, value in cells
        )
        table = f'<div id="smc_page_{page}_contenttable1" class="smc-table smccontenttable">{rows}</div>'
        return self.card("smcpanel1", "Informationen", table)

    def card(self, number: str, label: str, inside: str) -> str:
        """A card of the head of a page."""
        if not self.is_six:
            return inside
        return (
            f'<div id="{number}" class="card card-light"><div class="card-header collapsed"><h2 class="mb-0 '
            f'card-header-title"><button class="btn btn-link" type="button">{label}</button></h2></div><div '
            f'class="collapse"><div class="card-body">{inside}</div></div></div>'
        )

"""Invented pages of ALLRIS 3: municipalities that do not exist, in the two skins of the system and in its export."""

from __future__ import annotations

from collections.abc import Iterable

from council.model import AgendaItem, Meeting, Paper
from crawlers.allris3.pages import read_page
from crawlers.parsing.page import Page

HOST = "https://ris.quellenthal.example/bi/"
BANNER = '<meta name="description" content="ALLRIS net Version 3.9.4 (191209m)" />'


def page(name: str, title: str, content: str, *, skin: str = "old") -> str:
    """A whole page around a content. The responsive skin has another frame and no banner."""
    if skin == "new":
        return (
            f"<!DOCTYPE HTML><html><head><title>ALLRIS - {title}</title></head>"
            f'<body><div id="allris" class="{name} normal"><h1 class="title">{title}</h1>{content}</div></body></html>'
        )
    return (
        f'<?xml version="1.0" encoding="iso-8859-1"?>\r\n<html xmlns="http://www.w3.org/1999/xhtml"><head>{BANNER}'
        f'<title>{title}</title></head><body><div id="allriscontainer" class="{name}">'
        '<div id="rismenu"><ul id="menu"><li><a href="au020.asp?AULFDNR=999">Menü</a></li></ul></div>'
        f'<div id="risname"><h1>{title}&nbsp;&nbsp;</h1></div><div id="rismain">{content}</div></div></body></html>'
    )


def read(markup: str, address: str, encoding: str = "windows-1252") -> Page:
    """The page as it is read when it comes from this program of the invented municipality."""
    return read_page(markup.encode(encoding, "xmlcharrefreplace"), HOST + address)


def meeting_of(found: Page) -> Meeting:
    """The one meeting of a page."""
    (meeting,) = [record for record in found.records if isinstance(record, Meeting)]
    return meeting


def paper_of(found: Page) -> Paper:
    """The one paper of a page."""
    (paper,) = [record for record in found.records if isinstance(record, Paper)]
    return paper


def numbers(items: Iterable[AgendaItem]) -> list[str | None]:
    """The numbers of agenda items."""
    return [item.number for item in items]


def post(program: str, button: str = "", **fields: object) -> str:
    """A form with hidden fields, as the system puts them everywhere."""
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}"  />' for name, value in fields.items())
    return f'<form action="{program}" method="post" style="margin:0">{hidden}{button}</form>'


def document(number: int, name: str, title: str = "", **fields: object) -> str:
    """A document's button."""
    tip = f"{title or name} (Öffnet PDF-Datei in neuem Fenster)"
    button = f'<input type="submit" class="il2_p" value="{name}" title="{tip}"  />'
    return post("do027.asp", button, DOLFDNR=number, options=64, **fields)


def head(status: str = "öffentlich/nichtöffentlich", **labels: str) -> str:
    """The head of a meeting in the old skin; `labels` replace or add to the usual ones, "" takes one away."""
    body = '<a href="au020.asp?history=switch&amp;tsDD=2&amp;AULFDNR=7&amp;altoption=Ausschuss">Mühlenausschuss</a>'
    shown = {"Gremium": body, "Datum": "Mi, 02.09.2026", "Status": status, "Zeit": "18:00 - 20:15", **labels}
    rows = "".join(
        f'<tr valign="top"><td class="kb1">{name}:</td><td class="text1">{value}</td></tr>'
        for name, value in shown.items()
        if value
    )
    return f'<table class="tk1" cellspacing="0">{rows}</table><hr />'


def item(number: str, name: str, tolfdnr: int, *, paper: str = "", result: str = "(offen)", more: str = "") -> str:
    """A row of an agenda in the old skin. N rows have no page of their own."""
    shown = f'<a href="to010.asp?SILFDNR=500&TOLFDNR={tolfdnr}#beschluss" title="Auswählen">{number}</a>'
    button = post("to020.asp", f'<input type="submit" class="il1_naz" value="NA" title="{result}"  />', TOLFDNR=tolfdnr)
    is_closed = number.startswith("N")
    subject = name if is_closed else f'<a href="to020.asp?TOLFDNR={tolfdnr}">{name}</a>'
    return (
        f'<tr class="zl12"><td class="text4" nowrap="nowrap">{shown}</td><td>&nbsp;</td>'
        f"<td>{'&nbsp;' if is_closed else button}</td><td>{subject}</td><!--{tolfdnr} --><td>&nbsp;</td>"
        f"{vo(paper)}<td>{more or '&nbsp;'}</td></tr>"
    )


def vo(paper: str) -> str:
    """The two cells of a paper, from "number reference"."""
    number, _, reference = paper.partition(" ")
    if not number:
        return "<td>&nbsp;</td><td></td>"
    button = post("vo020.asp", '<input type="submit" class="il1_vo" value="VO" title="Vorlage"  />', VOLFDNR=number)
    return f'<td>{button}</td><td nowrap="nowrap"><a href="vo020.asp?VOLFDNR={number}">{reference}</a></td>'


def heading(text: str) -> str:
    """A row over the whole width."""
    return f'<tr class="zw1"><td colspan="8">{text}</td></tr>'


def agenda(*rows: str) -> str:
    """An agenda in the old skin."""
    header = '<tr class="zk1"><th>TOP</th><th colspan="2">&nbsp;</th><th>Betreff</th><th colspan="4">Vorlage</th></tr>'
    return f'<table class="tl1" cellspacing="0">{header}{"".join(rows)}</table>'


def meeting(*rows: str, status: str = "öffentlich/nichtöffentlich", beside: str = "", **labels: str) -> str:
    """A meeting's page in the old skin."""
    content = head(status, **labels) + beside + (agenda(*rows) if rows else "")
    return page("to010", "Tagesordnung - Sitzung des Mühlenausschusses", content)


def new_item(number: str, name: str, tolfdnr: int, paper: str = "") -> str:
    """A row of an agenda in the responsive skin, with its unclosed elements."""
    volfdnr, _, reference = paper.partition(" ")
    link = f'<a href="vo020_r.asp?VOLFDNR={volfdnr}">{reference}</a>' if volfdnr else ""
    return (
        f'<tr class="odd"><td class="tonr"><span><a id="si500top{tolfdnr}" class="js-simple-tooltip" '
        f'href="to010_r.asp?SILFDNR=500&TOLFDNR={tolfdnr}#beschluss">{number}</a></span></td>'
        f'<td class="tobetreff"><div>{name}</td><td class="toanlagen emptyCol"></td><td class="tovonr">{link}</td></tr>'
    )


def new_meeting(*rows: str, title: str = "Rat der Stadt Quellenthal - 28.09.2026") -> str:
    """A meeting's page in the responsive skin; its table is opened twice."""
    labels = (
        '<div id="head"><div class="row"><a aria-describedby="sigremium">Gremium:</a> <span class="text4" '
        'id="sigremium"><a href="pa020_r.asp?history=switch&amp;PALFDNR=1">Rat der Stadt Quellenthal</a></span></div>'
        '<div class="row"><a aria-describedby="sidatum">Datum:</a> <span id="sidatum">Mo, 28.09.2026</span> '
        '<a aria-describedby="sistat">Status:</a> <span id="sistat">öffentlich/nichtöffentlich</span></div></div>'
    )
    opened = '<table class="dataTable toTable"><caption>Tagesordnung</caption>'
    header = (
        '<thead><tr><th class="tonr">TOP</th><th class="tobetreff">Betreff</th><th></th><th>Vorlage</th></tr></thead>'
    )
    table = f'<div id="toTable">{opened}{opened}{header}<tbody>{"".join(rows)}</tbody></table></div>'
    return page("to010", title, labels + table, skin="new")


def pasted(code: str, text: str, *, mark: str = "both", heading: str = "") -> str:
    """A whole document in the page, with its anchor, its comment, or both before it."""
    comment = f"<!-- ### {code}4711.rtf -->" if mark in {"both", "comment"} else ""
    anchor = f'<a name="allris{code}"></a>' if mark in {"both", "anchor"} else ""
    bold = f'<p><span style="font-weight:bold">{heading}:</span></p>' if heading else ""
    paragraphs = "".join(f"<p><span>{line}</span></p>" for line in text.split("\n"))
    return (
        f'{comment}{anchor}<?xml version="1.0" encoding="iso-8859-1" standalone="no"?><!DOCTYPE html PUBLIC "x" "y">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; '
        'charset=iso-8859-1" /><meta name="generator" content="Aspose.Words for .NET 19.1" /><title></title></head>'
        f"<body><div>{bold}{paragraphs}</div></body></html>"
    )


def day(weekday: str, number: int | str, *cells: str) -> str:
    """A row of a calendar in the old skin: without cells an empty day; "" for both is a day's second meeting."""
    first = f'<td class="text2" width="20">{weekday or "&nbsp;"}</td><td class="text2">&nbsp;&nbsp;{number}</td>'
    rest = "".join(f"<td>{cell or '&nbsp;'}</td>" for cell in cells) or '<td colspan="6">&nbsp;</td>'
    return f'<tr class="zl12" valign="top">{first}{rest}</tr>'


def calendar(*rows: str, before: str = "", place: bool = True) -> str:
    """A calendar in the old skin; before its last column, which says the room, stands the clerk's name."""
    last = "<th>Raum</th>" if place else "<th>&nbsp;</th>"
    header = f'<tr class="zw1"><th colspan="2">Datum</th><th>Uhrzeit</th><th colspan="3">Sitzung</th>{last}</tr>'
    return page("si010", "Sitzungskalender", f'{before}<table class="tl1">{header}{"".join(rows)}</table>')


def to_button(silfdnr: int) -> str:
    """The button to an agenda."""
    return post("to010.asp", '<input type="submit" class="il1_to" value="TO" title="Tagesordnung"  />', SILFDNR=silfdnr)

"""Invented municipalities' pages in the structure of SessionNet's layouts 3 to 6: small builders, no council's text."""

from __future__ import annotations

from council.model import AgendaItem, Meeting, Organization, Paper, Person
from crawlers.parsing.page import Page
from crawlers.sessionnet.pages import read_page

BASE = "https://ratsinfo.musterstadt.example/bi/"


def url(page: str, query: str = "", extension: str = "php") -> str:
    return f"{BASE}{page}.{extension}{'?' if query else ''}{query}"


def layout6(page: str, main: str, h1: str = "", title: str = "", version: str = "5.5.5", end: str = "</html>") -> str:
    """A page of layout 6 with menu, title and footer."""
    digits = "".join(f"{int(part):02d}" for part in version.split("."))
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">
<meta name="author" content="Somacos GmbH & Co. KG, SessionNet Version {version} bi (Layout 6)">
<meta name="sessionnet" content="V:{digits}"/><title>SessionNet | {title or h1}</title></head><body id="smc_body">
<div id="wrapper" class="smclayout smc_page_{page}_layout"><div id="sidebar-wrapper"><ul>
<li><a  href="si0040.php" class="smce-a-u">Kalender</a></li><li><a  href="kp0041.php">Mandatsträger</a></li>
<li><a href="getfile.php?id=999&type=do">Handbuch</a></li></ul></div>
<div id="page-content-wrapper"><div class="page-title"><h1 class="smc_h1">{h1}</h1></div>
<div id="page-content" role="main">{main}</div></div>
<footer><a href="https://www.musterstadt.example/datenschutz.pdf">Datenschutz</a>
<div id="smcsomacosinfo">Software: Sitzungsdienst Session</div></footer></div></body>{end}"""


def layout4(page: str, main: str, title: str = "", charset: str = "UTF-8") -> str:
    """A page of layout 4."""
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head>
<meta http-equiv="content-type" content="text/html; charset={charset}">
<meta name="Generator" content="Somacos GmbH & Co. KG, SessionNet Version 4.9.6 bi (Layout 4)">
<meta name="sessionnet" content="V:040906.L:4"><title>SessionNet | {title}</title></head>
<body class="smc_body"><div id="smclayout" class="smclayout smc_page_{page}_layout">{main}
<div id="smcfooter">Sitzungsdienst</div></div></body></html>"""


def layout3(main: str, title: str = "", charset: str = "iso-8859-1") -> str:
    """A page of layout 3: nothing names the page but its tables."""
    return f"""<html><head><meta http-equiv="content-type" content="text/html; charset={charset}">
<title>{title}</title></head><body class="smcbody"><div id="smccontent">{main}</div>
<a href="si0040.asp">Kalender</a></body></html>"""


def document(number: int, name: str, code: str = "", kind: int = 0, extra: bool = False, hidden: bool = False) -> str:
    """A document of layout 6: a button without words, then the name."""
    icon = f'<i class="smc smc-doc-dakurz smc-doc-symbol smc_field_danr_{kind}" aria-hidden="true">{code}</i>'
    icon = icon if code else '<i class="smc smc-document"></i>'
    title = 'title="Dokument Download Dateityp: pdf" aria-label="Dokument Download Dateityp: pdf"'
    classes = " smc-d-ex" * extra + " smc-doc-hidden" * hidden
    return f"""<div id="smcy0009{number:010d}" class="col-lg-12 smc-d-el{classes}">
<div class="smc-doc-icon">{icon}</div>
<div class="smc-doc-content"><div class="smc-action-group"><a  href="getfile.php?id={number}&type=do" {title}
role="button"><i class="smc smc-download"></i></a></div><div class="smc-el-h"><a  href="getfile.php?id={number}&type=do"
{title} class="smce-a-u">{name}</a></div></div></div>"""


def documents(*held: str) -> str:
    return f'<div class="smc-documents row">{"".join(held)}</div>' if held else ""


def head(**cells: str) -> str:
    """Labelled rows of layout 6: `head(sidat="01.02.2026")`; a label other than the usual one behind a `|`."""
    labels = {"siname": "Sitzung", "sigrname": "Gremium", "siort": "Raum", "sidat": "Datum", "yytime": "Zeit",
              "vobetr": "Betreff", "voname": "Vorlage", "vovaname": "Art", "vodat": "Datum", "voakz": "Aktenzeichen",
              "vostatus": "Status", "vofamname": "Federführend"}  # fmt: skip
    rows = "".join(
        f'<div class="smc-table-row"><div class="smc-table-cell smc-cell-head {key}_title">{labels.get(key, key)}</div>'
        f'<div class="smc-table-cell {key}">{value}</div></div>'
        for key, value in cells.items()
    )
    return f'<div id="smc_page_contenttable1" class="smc-table smccontenttable">{rows}</div>'


def day6(day: int | str, cell: str = "", files: str = "", extra: str = "") -> str:
    """A row of the month in layout 6."""
    return f"""<tr><td data-label="&nbsp;" class="smc_fct_day_991"><span class="weekday">{day}</span> <a title="Montag"
class="weekday">Mo</a></td><td class="smc_fct_day"><span class="weekday">{day}</span></td>
<td class="smc_fct_daytext"><a title="Montag" class="weekday">Mo</a></td>
<td data-label="Sitzung" class="smc-t-cl991 silink">{cell}</td>{extra}<td class="sidocs">{files}</td></tr>"""


def listed(name: str, number: int = 0, date: str = "", *details: str, page: str = "si0057") -> str:
    """A meeting in a day's cell."""
    title = f' title="Details anzeigen: {name} {date}"' if date else ""
    link = f'<a  href="{page}.php?__ksinr={number}"{title} class="smce-a-u smc_datatype_si">{name}</a>'
    rest = "".join(f'<li class="list-inline-item">{detail}</li>' for detail in details)
    return f'<div class="smc-el-h ">{link if number else name + "<!--SMCINFO:si.bi -->"}</div>' + (
        f'<ul class="list-inline smc-detail-list">{rest}</ul>' if rest else ""
    )


def calendar6(*rows: str, month: str = "Kalender 2026 März", query: str = "__cjahr=2026&__cmonat=3") -> Page:
    table = (
        f'<table id="smc_page_si0040_contenttable1" class="smctablesitzungen"><tbody>{"".join(rows)}</tbody></table>'
    )
    return read(layout6("si0040", table, h1=month), url("si0040", query))


def heading6(words: str) -> str:
    return f'<tr class="smc-t-r-l"><td class="totrenn" colspan="4"><h2 id="smc_dv_next77">{words}</h2></td></tr>'


def item6(number: str, title: str, paper: str = "", files: str = "", below: str = "", cell: str = "tobetr") -> str:
    """An item of layout 6; `paper` as "4711 V/12"."""
    key, _, reference = paper.partition(" ")
    link = f"""<td data-label="Vorlage" class="tovo"> <a  href="vo0050.php?__kvonr={key}&smcspf=4"
title="Vorlage anzeigen: {title}" class="smce-a-u smc_field_voname smc_datatype_vo">{reference}</a></td>"""
    link = link if paper else '<td class="toxx">&nbsp;</td>'
    return f"""<tr class="smc-t-r-l"><td class="tofnum"><span class="badge">{number}</span></td><td class="{cell}">
<div class="margin-bottom smc-card-header-title-simple">{title}</div>{below}</td>{link}
<td class="smc-t-cl991 sidocs">{documents(files) if files else ""}</td></tr>"""


def agenda6(
    *rows: str, top: str = "", h1: str = "Rat - 05.03.2026 - 18:00&nbsp;Uhr - Bürgerhaus", after: str = ""
) -> str:
    table = f'<table id="smc_page_si0057_contenttable2" class="smctablesitzung"><tbody>{"".join(rows)}</tbody></table>'
    return layout6("si0057", top + table + after, h1=h1)


def heading4(words: str) -> str:
    return f'<tr class="smcrowh smc-table-group"><td colspan="7" class="smcrowh smc-table-group">{words}</td></tr>'


def item4(key: int, number: str, title: str, paper: str = "", files: str = "") -> str:
    return f"""<tr valign="top" id="smc_contol_to_1_{key}" class="smcrow1 smc_toph smc_toph1">
<td class="smcrow1 smc_tophn">{number}</td><td colspan="3" class="smcrow1 smc_topht">{title}</td>
<td class="smcrow1 smc_toph">{paper or "&nbsp;"}</td><td class="smc_toph">{files or "&nbsp;"}</td></tr>"""


def detail4(label: str, words: str) -> str:
    return f"""<tr valign="top" class="smcrow2 smc_tophz"><td class="smc_tophz">&nbsp;</td>
<td class="smc_tophz smc_topr">{label}: </td><td class="smc_tophz">{words}</td><td colspan="3">&nbsp;</td></tr>"""


def agenda4(*rows: str, top: str = "", title: str = "Kreistag 05.03.2026") -> str:
    start = '<thead><tr><th>TOP&nbsp;</th><th colspan="5">Inhalt&nbsp;</th><th>Dokumente</th></tr></thead>'
    table = f"""<table id="smc_page_to0040_contenttable1" class="smccontenttable smc_page_to0040_contenttable"
summary="Inhalt der Tabelle: Tagesordnungspunkte der Sitzung">{start}<tbody>{"".join(rows)}</tbody></table>"""
    return layout4("to0040", top + table, title=title)


def button(number: int, name: str) -> str:
    """A document of layouts 3 and 4: a form that posts its number."""
    return f"""<table class="smcdocbox smcdocboxright"><tbody><tr><td class="smc_doc"><form action="ydocstart.asp"
method="post"><input type="hidden" name="DT" value="{number}"><input type="image" src="im/pdf.gif"
title="Dokument anzeigen: {name}"></form></td>
<td class="smc_doc smcdocname">{name} <span class="smcdosize">12&nbsp;KB</span></td></tr></tbody></table>"""


def read(page: str | bytes, address: str, encoding: str = "utf-8") -> Page:
    return read_page(page if isinstance(page, bytes) else page.encode(encoding), address)


def meeting_of(page: str | bytes, address: str = "", encoding: str = "utf-8") -> Meeting:
    (meeting,) = meetings(read(page, address or url("si0057", "__ksinr=7001"), encoding))
    return meeting


def meetings(page: Page) -> list[Meeting]:
    return [meeting for meeting in page.records if isinstance(meeting, Meeting)]


def papers(page: Page) -> list[Paper]:
    return [paper for paper in page.records if isinstance(paper, Paper)]


def people(page: Page) -> list[Person]:
    return [person for person in page.records if isinstance(person, Person)]


def committees(page: Page) -> list[Organization]:
    return [committee for committee in page.records if isinstance(committee, Organization)]


def numbers(items: tuple[AgendaItem, ...]) -> list[str | None]:
    return [item.number for item in items]

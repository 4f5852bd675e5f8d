"""The older of two designs of a municipality's website: one page a year with tables of sittings and notices.

Documents have numbers, agendas are tables; sent in windows-1252 and declared as iso-8859-1, as such sites do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from townhall.invention.model import AgendaItem, Document, Meeting, Municipality, Paper
from townhall.notices.board import Issue, committee_of, of_committee

LIST = "/bekanntmachungen.html"
GAZETTE = "/amtsblatt.html"
AGENDA = "/tagesordnung.html"
CLOSED = "/sitzungsvorbereitung.html"
Address = Callable[[Document], str]
"""Where a document is downloaded."""


def list_page(
    municipality: Municipality, year: int, years: Iterable[int], meetings: Iterable[Meeting], address: Address
) -> str:
    """The sittings and the notices of one year."""
    chosen = " ".join(f'<a href="{LIST}?jahr={year}">{year}</a>' for year in years)
    sittings = "".join(row for meeting in meetings for row in _sitting(municipality, meeting, address))
    papers = [paper for paper in municipality.papers if paper.public and paper.documents and paper.date.year == year]
    notices = "".join(_notice(paper, address) for paper in papers)
    heads = (
        "<tr><th>Datum</th><th>Uhrzeit</th><th>Gremium</th><th>Ort</th><th>Tagesordnung</th><th>Niederschrift</th></tr>"
    )
    content = f"<h1>Bekanntmachungen {year}</h1><p>Archiv: {chosen}</p>"
    if sittings:
        content += f"<h2>Sitzungen</h2><table>{heads}{sittings}</table>"
    if notices:
        content += f"<h2>Weitere Bekanntmachungen</h2><table><tr><th>Datum</th><th>Betreff</th></tr>{notices}</table>"
    if not sittings and not notices:
        content += "<p>Derzeit liegen keine Bekanntmachungen vor.</p>"
    return page(municipality, content)


def gazette_page(
    municipality: Municipality,
    year: int,
    issues: Iterable[Issue],
    years: Iterable[int],
    address: Callable[[Issue], str],
) -> str:
    """The issues of one year, below a heading that alone names the gazette."""
    chosen = " ".join(f'<a href="{GAZETTE}?jahr={year}">{year}</a>' for year in years)
    rows = "".join(
        f'<tr><td>{issue.published:%d.%m.%Y}</td><td><a href="{address(issue)}">Ausgabe {issue.number}</a></td></tr>'
        for issue in issues
    )
    table = f"<table>{rows}</table>" if rows else "<p>Keine Einträge vorhanden.</p>"
    return page(municipality, f"<h1>Amtsblatt</h1><p>{chosen}</p><h2>{year}</h2>{table}")


def agenda_page(municipality: Municipality, meeting: Meeting, address: Address) -> str:
    """A sitting's agenda, of which the part behind the heading was not meant for this page."""
    title = f"{meeting.number}. Sitzung {of_committee(municipality, meeting)} am {meeting.start:%d.%m.%Y}"
    where = f"{meeting.room}, {meeting.street_address}, {municipality.postal_code} {municipality.name}"
    facts = {"Beginn": f"{meeting.start:%H:%M} Uhr", "Ort": where}
    table = "".join(f"<tr><td>{label}:</td><td>{escape(value)}</td></tr>" for label, value in facts.items())
    rows = "".join(_agenda(municipality, meeting, address))
    held = [meeting.invitation, *(meeting.attachments if not meeting.minutes else ())]
    links = "<br>".join(_link(record, address) for record in held if record)
    return page(
        municipality,
        f"<h1>{escape(title)}</h1><table>{table}</table><h2>Tagesordnung</h2><table>{rows}</table><p>{links}</p>"
        f'<p><a href="/anwesenheit.html?id={meeting.number}">Anwesenheit</a></p>',
    )


def page(municipality: Municipality, content: str) -> str:
    """The frame around every page."""
    people = "".join(
        f'<li><a href="/personen.html?id={person.number}"><img src="/foto.php?id={person.number}">'
        f"{escape(person.name)}</a> {person.phone}</li>"
        for person in municipality.people[:3]
    )
    menu = f'<a href="/">Start</a> <a href="{LIST}">Bekanntmachungen</a> <a href="{GAZETTE}">Amtsblatt</a>'
    search = '<form action="/suche.html" method="get"><input name="wort"><input type="submit" value="Suchen"></form>'
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
        f'<title>{escape(municipality.name)}</title></head><body><div class="navigation">{menu}{search}</div>'
        f'<div id="inhalt">{content}</div><div class="sidebar"><ul>{people}</ul></div></body></html>'
    )


def _sitting(municipality: Municipality, meeting: Meeting, address: Address) -> Iterator[str]:
    name = committee_of(municipality, meeting).name + (" (entfällt)" if meeting.cancelled else "")
    agenda = f'<a href="{AGENDA}?id={meeting.number}">Tagesordnung</a>' if meeting.invitation else ""
    held = [meeting.minutes, *(meeting.attachments if meeting.minutes else ())]
    minutes = "<br>".join(_link(record, address) for record in held if record)
    cells = (f"{meeting.start:%d.%m.%Y}", f"{meeting.start:%H:%M}", escape(name), escape(meeting.room), agenda, minutes)
    yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    if any(item.public is not True for item in meeting.items):
        link = f'<a href="{CLOSED}?id={meeting.number}">Tagesordnung</a>'
        cells = (*cells[:2], f"{escape(name)}, nichtöffentliche Sitzung", cells[3], link, "")
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _notice(paper: Paper, address: Address) -> str:
    links = "<br>".join(_link(document, address) for document in paper.documents)
    return f"<tr><td>{paper.date:%d.%m.%Y}</td><td><h3>{escape(paper.name)}</h3>{links}</td></tr>"


def _agenda(municipality: Municipality, meeting: Meeting, address: Address) -> Iterator[str]:
    secret = [item for item in meeting.items if not item.public and item.label]
    yield '<tr><th colspan="4">Öffentlicher Teil</th></tr>'
    yield from (_item(municipality, item, address) for item in meeting.items if item.public)
    if secret:
        yield '<tr><th colspan="4">Nichtöffentlicher Teil</th></tr>'
        yield from (_item(municipality, item, address) for item in secret)


def _item(municipality: Municipality, item: AgendaItem, address: Address) -> str:
    paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
    documents = (paper.documents if paper else ()) + item.documents
    links = "<br>".join(_link(document, address) for document in documents)
    cells = (item.label, escape(item.name), escape(paper.reference) if paper else "", links)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _link(document: Document, address: Address) -> str:
    return f'<a href="{escape(address(document))}">{escape(document.name)}</a>'

"""The pages of the oldest more!rubin interface: a calendar as a table, a meeting with a labelled table and its agenda.

Links are forms with hidden fields; every page has a search form and links to persons, which no program should follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape

from townhall.invention.model import AgendaItem, Document, Meeting, Municipality, Paper
from townhall.morerubin import names

Found = tuple[str, str, Document]
"""A document with the two hidden fields that name it: its kind and what it hangs on."""


def calendar_page(municipality: Municipality, month: dt.date, meetings: Sequence[Meeting]) -> str:
    """The meetings of a month; the day stands only in the first of its rows."""
    rows, day = [], ""
    for meeting in meetings:
        shown = f"{meeting.start:%d.%m.%Y}"
        title = escape(("Abgesagt - " if meeting.cancelled else "") + _name(municipality, meeting))
        cells = f"<td class='SKDatum_td'>{'' if shown == day else shown}</td>"
        cells += f"<td class='SKZeit_td'>{meeting.start:%H:%M} Uhr</td><td class='SKTerminTitel_td'>{title}"
        cells += _form("sitzungen_top.php", {"sid": names.shown_number(municipality, meeting)}, "zur Sitzung")
        rows.append(f"<tr>{cells}</td><td class='SKRaum_td'>{escape(meeting.room)}</td></tr>")
        day = shown
    empty = "" if rows else "<tr><td colspan='4'>Keine Termine</td></tr>"
    head = "<tr><th>Tag</th><th>Zeit</th><th>Sitzung</th><th>Raum</th></tr>"
    before = (month - dt.timedelta(days=1)).strftime("%Y-%m")
    links = f"<a href='sitzungskalender.php?month={before}'>zur&uuml;ck</a>"
    return _page(municipality, f"{links}<table class='table_sk'>{head}{''.join(rows)}{empty}</table>")


def meeting_page(municipality: Municipality, meeting: Meeting) -> str:
    """A meeting with its agenda; the documents of the meeting stand above."""
    end = f" - {meeting.end:%H:%M} Uhr" if meeting.minutes else ""
    committee = municipality.committees[meeting.committee - 1]
    facts = {
        "Termin": f"{meeting.start:%d.%m.%Y, %H:%M} Uhr{end}",
        "Raum": escape(meeting.room),
        "Gremien": escape(committee.name),
    }
    table = "".join(f"<tr><td>{label}: </td><td>{parameters}</td></tr>" for label, parameters in facts.items())
    forms = "".join(_document(*found) for found in _of_meeting(municipality, meeting))
    chair = f"<a href='person.php?pid={committee.members[0].person}'>Vorsitz</a>" if committee.members else ""
    there = f"<a href='anwesenheit.php?sid={names.shown_number(municipality, meeting)}'>Anwesenheit</a>"
    items = meeting.items if meeting.invitation else ()
    title = ("Abgesagt - " if meeting.cancelled else "") + _name(municipality, meeting)
    return _page(
        municipality,
        f"<b class='Suchueberschrift'>{escape(title)}</b>"
        f"<div class='InfoBlock'><table>{table}</table>{forms}{chair}{there}</div>"
        f"<div id='ajax_sitzungsmappe'><table>{''.join(_rows(municipality, meeting, items))}</table></div>",
    )


def all_documents(municipality: Municipality) -> Iterable[Found]:
    """Every document of the municipality, public or not, as the forms name it."""
    for paper in municipality.papers:
        yield from _of_paper(paper)
    for meeting in municipality.meetings:
        yield from _of_meeting(municipality, meeting)
        for item in meeting.items:
            yield from _of_item(municipality, meeting, item)


def _name(municipality: Municipality, meeting: Meeting) -> str:
    return f"{meeting.name} ({names.code(municipality.committees[meeting.committee - 1])})"


def _of_meeting(municipality: Municipality, meeting: Meeting) -> Iterable[Found]:
    number = names.shown_number(municipality, meeting)
    held = [
        ("einl", meeting.invitation),
        ("nied", meeting.minutes),
        *(("anl", attachment) for attachment in meeting.attachments),
    ]
    return [(kind, number, document) for kind, document in held if document]


def _of_paper(paper: Paper) -> Iterable[Found]:
    number = names.number_of_paper(paper)
    return [("vorl" if document is paper.main else "vanl", number, document) for document in paper.documents]


def _of_item(municipality: Municipality, meeting: Meeting, item: AgendaItem) -> Iterable[Found]:
    return [("besch", names.id_of_item(municipality, meeting, item), document) for document in item.documents]


def _rows(municipality: Municipality, meeting: Meeting, items: Iterable[AgendaItem]) -> Iterable[str]:
    for item in items:
        if item.public is None and not item.label:
            yield f"<tr><td colspan='99'>{escape(item.name)}</td></tr>"
            continue
        sign = {True: "&Ouml;", False: "<img src='schloss.gif' alt='nicht &ouml;ffentlich'>", None: ""}[item.public]
        paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
        title = escape(item.name) + (f" [Vorlage: {escape(paper.reference)}, 1. Fassung]" if paper else "")
        forms = "".join(_document(*hung) for hung in (_of_paper(paper) if paper else ()) if hung[0] == "vorl")
        forms += "".join(_document(*document) for document in _of_item(municipality, meeting, item))
        if paper:
            number = names.number_of_paper(paper)
            forms += f"<a href='vorlage_anlagen.php?vid={number}'>{len(paper.attachments)} Anlagen</a>"
        details = f"<a href='top_details.php?tid={item.number}'>Details</a>"
        cells = (sign, item.label, "", details, title, forms)
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _document(kind: str, about: str, document: Document) -> str:
    """The button of a document. `status` says 1 for everybody even on what only stands in the wrong part by mistake."""
    hidden = {"_typ_432": kind, "_doc_n1": document.file_name, "_nid_nr": about, "_neu_dok": "", "status": "1"}
    return _form("show_pdf.php", hidden, f"PDF: {document.name}")


def _form(action: str, hidden: dict[str, str], label: str) -> str:
    fields = "".join(f"<input type='hidden' name='{name}' value='{escape(item)}'>" for name, item in hidden.items())
    return (
        f"<form action='{action}' method='post'>{fields}<input type='image' alt='{escape(label)}' src='i.gif'></form>"
    )


def _page(municipality: Municipality, body: str) -> str:
    """The frame, which declares another encoding than it is sent in."""
    search = "<form action='suche.php' method='get'><input name='wort'><input type='submit' value='Suchen'></form>"
    head = "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'><meta name='author' "
    head += f"content='more! software'><title>Ratsinformation {escape(municipality.name)}</title>"
    people = "".join(
        f"<li><a href='person.php?pid={person.number}'><img src='foto.php?pid={person.number}'>"
        f"{escape(person.name)}</a></li>"
        for person in municipality.people[:3]
    )
    return f"<html><head>{head}</head><body>{search}<div id='content'>{body}</div><ul>{people}</ul></body></html>"

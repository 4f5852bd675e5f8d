"""The younger of two designs of a municipality's website: notices as cards on numbered pages, each with its own page.

Menu, side column and footer stand around everything, with a search form, people, photos and attendance lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from townhall.invention.model import AgendaItem, Document, Meeting, Municipality, Paper
from townhall.notices.board import About, Issue, Notice, committee_of, is_neutral, of_committee

LIST = "/rathaus/bekanntmachungen"
GAZETTE = "/rathaus/amtsblatt"
_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
Address = Callable[[Document], str]
"""Where a document is downloaded."""


def list_page(municipality: Municipality, notices: Sequence[Notice], number: int, last: int) -> str:
    """One of the pages of the list."""
    cards = "".join(_card(notice) for notice in notices)
    empty = "" if notices else "<p>Derzeit liegen keine Bekanntmachungen vor.</p>"
    numbers = "".join(f'<li><a href="{LIST}?seite={n}">{n}</a></li>' for n in range(1, last + 1))
    after = f'<li class="next"><a class="weiter" href="{LIST}?seite={number + 1}">Weiter</a></li>'
    bar = f'<ul class="pagination">{numbers}{after if number < last else ""}</ul>' if last > 1 else ""
    return page(municipality, "Bekanntmachungen", f"<h1>Bekanntmachungen</h1>{cards}{empty}{bar}")


def gazette_page(
    municipality: Municipality, issues: Iterable[Issue], years: Iterable[int], address: Callable[[Issue], str]
) -> str:
    """The issues of one year, with the years to choose from."""
    entries = "".join(
        f'<li class="item"><a href="{address(issue)}">{issue.name} (PDF, 21 KB)</a> '
        f'<span class="datum">{issue.published:%d.%m.%Y}</span></li>'
        for issue in issues
    )
    chosen = " ".join(f'<a href="{GAZETTE}?jahr={year}">{year}</a>' for year in years)
    return page(
        municipality,
        "Amtsblatt",
        f"<h1>Amtsblatt</h1><p>{chosen}</p><ul>{entries or '<li>Keine Einträge vorhanden.</li>'}</ul>",
    )


def notice_page(municipality: Municipality, notice: Notice, address: Address) -> str:
    """A notice's own page."""
    if notice.meeting is not None and notice.about is not About.MINUTES:
        body = _meeting(municipality, notice.meeting, address)
    elif notice.meeting is not None:
        body = _minutes(notice.meeting, address)
    else:
        body = _paper(notice.paper, address)
    article = f'<article class="news-single"><h1>{escape(notice.title)}</h1>{body}</article>'
    return page(municipality, notice.title, article)


def page(municipality: Municipality, title: str, content: str) -> str:
    """The frame around every page."""
    people = "".join(
        f'<li><a href="/rathaus/mitglieder/{person.number}"><img src="/fotos/{person.number}.jpg" alt="">'
        f"{escape(person.name)}</a>, Tel. {person.phone}, {person.email}</li>"
        for person in municipality.people[:3]
    )
    menu = f'<li><a href="/">Start</a></li><li><a href="{LIST}">Bekanntmachungen</a></li>'
    menu += f'<li><a href="{GAZETTE}">Amtsblatt</a></li><li><a href="/rathaus/anwesenheit">Anwesenheit</a></li>'
    search = '<form action="/suche" role="search"><input name="q"><button>Suchen</button></form>'
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{escape(title)} | '
        f"{escape(municipality.name)}"
        f"</title></head><body><header><nav><ul>{menu}</ul></nav>{search}</header>"
        f'<main><div id="seite">{content}</div></main><aside><h2>Ansprechpartner</h2><ul>{people}</ul></aside>'
        '<footer><a href="/impressum">Impressum</a> <a href="/suche">Suche</a></footer></body></html>'
    )


def _card(notice: Notice) -> str:
    day = f'<time datetime="{notice.published}">{notice.published:%d.%m.%Y}</time>'
    link = f"{LIST}/{notice.name}"
    return (
        f'<article class="news-item">{day}<h3><a href="{link}">{escape(notice.title)}</a></h3>'
        f'<a href="{link}">mehr</a></article>'
    )


def _meeting(municipality: Municipality, meeting: Meeting, address: Address) -> str:
    where = f"{meeting.room}, {meeting.street_address}, {municipality.postal_code} {municipality.name}"
    sitting = f"eine Sitzung {of_committee(municipality, meeting)}" if is_neutral(meeting) else "die Sitzung"
    day = f"{_DAYS[meeting.start.weekday()]}, dem {meeting.start:%d.%m.%Y}, um {meeting.start:%H:%M} Uhr"
    words = f"<p>Am {day}, findet {sitting} statt.</p><p>Ort: {escape(where)}</p>"
    if meeting.cancelled:
        words += "<p>Die Sitzung entfällt.</p>"
    shown = [document for document in (meeting.invitation, *_attachments(meeting, About.INVITATION)) if document]
    return (
        words
        + "".join(_agenda(municipality, meeting, address))
        + _downloads(shown, address)
        + _chair(municipality, meeting)
    )


def _agenda(municipality: Municipality, meeting: Meeting, address: Address) -> Iterator[str]:
    """Public items, then, since nobody looked, the others with all that hangs on them."""
    if not meeting.invitation:
        return
    public = [item for item in meeting.items if item.public]
    secret = [item for item in meeting.items if not item.public and item.label]
    yield "<h2>Tagesordnung</h2><h3>Öffentlicher Teil</h3><ul>"
    yield from (_item(municipality, item, address) for item in public)
    yield "</ul>"
    if secret:
        yield "<h3>Nichtöffentlicher Teil</h3><ul>"
        yield from (_item(municipality, item, address) for item in secret)
        yield "</ul>"


def _item(municipality: Municipality, item: AgendaItem, address: Address) -> str:
    paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
    reference = f" (Vorlage {escape(paper.reference)})" if paper else ""
    documents = (paper.documents if paper else ()) + item.documents
    links = "".join(f"<br>{_link(document, address)}" for document in documents)
    return f"<li>TOP {item.label}: {escape(item.name)}{reference}{links}</li>"


def _minutes(meeting: Meeting, address: Address) -> str:
    shown = [document for document in (meeting.minutes, *_attachments(meeting, About.MINUTES)) if document]
    there = f'<p><a href="/rathaus/anwesenheit/{meeting.number}">Anwesenheit</a></p>'
    return f"<p>Die Niederschrift liegt vor.</p>{_downloads(shown, address)}{there}"


def _attachments(meeting: Meeting, about: About) -> tuple[Document, ...]:
    """They are put in with the minutes, once there are some."""
    return meeting.attachments if (about is About.MINUTES) == (meeting.minutes is not None) else ()


def _paper(paper: Paper | None, address: Address) -> str:
    if paper is None:
        return ""
    day = f'<time datetime="{paper.date}">{paper.date:%d.%m.%Y}</time>'
    return f"{day}<p>Die Unterlagen liegen im Rathaus aus.</p>{_downloads(paper.documents, address)}"


def _downloads(documents: Iterable[Document], address: Address) -> str:
    entries = "".join(f"<li>{_link(document, address)}</li>" for document in documents)
    return f"<h2>Downloads</h2><ul>{entries}</ul>" if entries else ""


def _link(document: Document, address: Address) -> str:
    ending = document.file_name.rpartition(".")[2].upper()
    size = max(1, len(document.text) // 1000)
    return f'<a href="{escape(address(document))}">{escape(document.name)} ({ending}, {size} KB)</a>'


def _chair(municipality: Municipality, meeting: Meeting) -> str:
    members = committee_of(municipality, meeting).members
    person = next((person for person in municipality.people if members and person.number == members[0].person), None)
    return f"<p>gez. {escape(person.name)}, Vorsitz, Tel. {person.phone}</p>" if person else ""

"""The pages of a simulated ALLRIS 4 server that show one meeting or one paper, non-public parts and all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape

from townhall.allris4.frame import (
    Frame,
    Layout,
    bundle_id,
    cells,
    head,
    item_id,
    labelled,
    meeting_id,
    panel,
    paper_id,
    table,
)
from townhall.invention.model import AgendaItem, Consultation, Document, Meeting, Paper

_WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PUBLIC, _NONPUBLIC = "Öffentlicher Teil", "Nichtöffentlicher Teil"


def bundle_of(paper: Paper) -> Document | None:
    """The Sammeldokument: a paper and its public attachments in one file, made by the server."""
    if paper.main is None:
        return None
    inside = [document for document in paper.documents if document.public]
    number = bundle_id(max(part.number for part in inside))
    text = "\f".join(part.plain_text for part in inside)
    return Document(number, "Sammeldokument öffentlich", "sammel.pdf", paper.date, text, public=paper.public)


# --- a meeting


def meeting_body(frame: Frame, meeting: Meeting) -> str:
    """A meeting: its head, its documents, its agenda."""
    committee = frame.municipality.committees[meeting.committee - 1]
    number = meeting_id(meeting.number)
    attendance = frame.to("si019", SILFDNR=number)
    state = "abgesagt" if meeting.cancelled else "Anwesenheit bearbeitet" if meeting.held else "geplant"
    end = f" - {meeting.end:%H:%M}" if meeting.minutes else ""
    day = meeting.start
    rows = [
        labelled("Betreff", f'<a href="{attendance}"><p>{escape(meeting.name)}</p></a>', "sibetreff"),
        labelled(
            "Gremium",
            f'<a href="{frame.to("gr020", GRLFDNR=committee.number)}">{escape(committee.name)}</a>',
            "sigremium",
        ),
        labelled(
            "Datum",
            f'<a href="{frame.to("si010", DD=day.day, MM=day.month, YY=day.year)}">{_WEEKDAYS[day.weekday()]}, '
            f"{day:%d.%m.%Y}</a>",
            "sidatum",
        ),
        labelled("Status", f'gemischt</span> <span id="sistat"><a> ({state})</a>', "sistatus"),
        labelled("Uhrzeit", f"{day:%H:%M}{end}", "sizeit"),
        labelled("Raum", escape(meeting.room), "siraum"),
        labelled("Ort", escape(meeting.street_address), "siort"),
    ]
    held = [attachment for attachment in (meeting.invitation, meeting.minutes, *meeting.attachments) if attachment]
    entries = [frame.file(record) for record in held] + [
        f'<a class="sitelink SI019" href="{attendance}">Anwesenheit</a>'
    ]
    return head(rows, panel("dokumenteHeaderPanel", "Dokumente", entries)) + _agenda(frame, meeting)


def _agenda(frame: Frame, meeting: Meeting) -> str:
    columns = [
        ("expandCloseCol", "+/-"),
        ("tonr", "TOP"),
        ("tobetreff", "Betreff"),
        ("tovonr", "Vorlage"),
        ("toDoc", '<span aria-label="Dokument"></span>'),
    ]
    if frame.layout is Layout.AJAX:
        columns += [("tobanr", "Beschluss"), ("tozunr", "Zuständigkeit")]
    else:
        columns += [("tozunr", "Beschlussart")]
    rows = [f'<tr class="even beratung">{_heading(frame, _PUBLIC)}</tr>', *_rows(frame, meeting)]
    inside = table('class="dataTable toTable" id="toTreeTable"', columns, rows)
    return f'<div id="mainContent"><h2 class="expandedTitle">Tagesordnung</h2><div id="toTable">{inside}</div></div>'


def _rows(frame: Frame, meeting: Meeting) -> Iterator[str]:
    """With badges an item may stand in the wrong part; without them headings say where each part begins again."""
    is_public, items = True, meeting.items
    for place, item in enumerate(items):
        if item.public is None and not item.label:
            is_public = False
            yield f'<tr class="odd beratung">{_heading(frame, escape(item.name))}</tr>'
            continue
        only_closed_follow = all(item.public is not True for item in items[place:])
        if bool(item.public) != is_public and (frame.layout is Layout.LIST or only_closed_follow):
            is_public = not is_public
            yield f'<tr class="odd beratung">{_heading(frame, _PUBLIC if is_public else _NONPUBLIC)}</tr>'
        yield f'<tr class="odd" data-tt-id="{item_id(item.number)}1">{_item(frame, meeting, item)}</tr>'


def _heading(frame: Frame, words: str) -> str:
    after = 5 if frame.layout is Layout.AJAX else 4
    return cells(
        (("expandCloseCol", ""), ("tonr", ""), ("tobetreff", f"<p>{words}</p>"), *([("attach", "")] * (after - 1)))
    )


def _item(frame: Frame, meeting: Meeting, item: AgendaItem) -> str:
    number = item_id(item.number)
    badges: dict[bool | None, str] = {True: "Ö ", False: "N ", None: ""}
    badge = "" if frame.layout is Layout.LIST else badges[item.public]
    paper = next((paper for paper in frame.municipality.papers if paper.number == item.paper), None)
    documents = [frame.file_link(document.number, document.name, bare=True) for document in item.documents]
    link = ""
    if paper:
        to = frame.to("vo020", VOLFDNR=paper_id(paper.number), refresh="false", TOLFDNR=number)
        link = f'<a href="{to}">{escape(paper.reference)}</a>'
        if bundle := bundle_of(paper):
            documents.insert(0, frame.file_link(bundle.number, bundle.name, bare=True))
    own = {Layout.AJAX: f' id="betreff_{number}"', Layout.INLINE: "", Layout.LIST: ""}[frame.layout]
    item_page = frame.to("to020", TOLFDNR=number, SILFDNR=meeting_id(meeting.number))
    to_item = f' href="{item_page}"' if frame.layout is not Layout.INLINE else ""
    result = escape(item.result or "(offen)")
    values = [
        ("expandCloseCol", ""),
        ("tonr", f'<a href="#" id="link_{number}">{badge}{item.label}</a>'),
        ("tobetreff", f'<a{own}{to_item}>{escape(item.name)}<span class="zusatzinfo"></span> </a>'),
        ("tovonr", link),
        ("toDoc", "".join(documents)),
    ]
    if frame.layout is Layout.AJAX:
        values += [("tobanr", result), ("tozunr", "Entscheidung" if paper else "")]
    else:
        values += [("tozunr", result)]
    return cells(values)


# --- a paper


def paper_body(frame: Frame, paper: Paper) -> str:
    """A paper: its head, its documents, its way, and a text that links to other papers, non-public ones too."""
    office = frame.municipality.committees[paper.office - 1].name if paper.office else None
    status = "öffentlich" if paper.public else "nichtöffentlich"
    rows = [
        labelled("Betreff", f"<p>{escape(paper.name)}</p>", "vobetreff"),
        labelled("Status", f'{status}</span> <span id="vostat"><a> (Vorlage freigegeben)</a>', "vostatus"),
        labelled("Vorlageart", escape(paper.paper_type), "voart"),
    ]
    if office:
        rows.append(labelled("Federführend", escape(office), "vofamt"))
    if frame.layout is not Layout.INLINE:
        rows.append(labelled("Datum", f"{paper.date:%d.%m.%Y}"))
    main = [frame.file(paper.main)] if paper.main else []
    bundle = bundle_of(paper)
    if bundle:
        main.append(frame.file(bundle, "Sammeldokument"))
    attachments = [_attachment(frame, paper, attachment, place) for place, attachment in enumerate(paper.attachments)]
    panels = panel("dokumenteHeaderPanel", "Dokumente", main) + panel("anlagenHeaderPanel", "Anlagen", attachments)
    return head(rows, panels) + f'<div id="mainContent">{_way(frame, paper)}{_text(frame, paper)}</div>'


def _attachment(frame: Frame, paper: Paper, document: Document, place: int) -> str:
    """Only the older version gives attachments an address of their own."""
    state = f"vo020?0--anlagenHeaderPanel-attachmentsList-{place}-attachment-link&VOLFDNR={paper_id(paper.number)}"
    to = escape(frame.path(f"{state}&refresh=false"))
    if frame.layout is Layout.INLINE:
        to = frame.to("doc", DOLFDNR=document.number, DOCTYP=130, OTYP=41)
    return (
        f'<div><a class="js-simple-tooltip attlink pdf" href="{to}" target="_blank">{escape(document.name)}</a></div>'
    )


def _way(frame: Frame, paper: Paper) -> str:
    """A row for the committee and one for its meeting; in the oldest version all in one."""
    columns = [("colorCol", "Status"), ("", "Datum"), ("", "Gremium"), ("", "Beschluss"), ("toLink", "NA")]
    if frame.layout is Layout.LIST:
        columns.insert(3, ("", "Rolle"))
    rows = [row for step in paper.consultations for row in _consultation_row(frame, step)]
    inside = table('class="dataTable bfTable"', columns, rows)
    return f'<h2 class="expandedTitle">Beratungsfolge</h2><div id="bfTable">{inside}</div>'


def _consultation_row(frame: Frame, step: Consultation) -> Iterator[str]:
    committee = escape(frame.municipality.committees[step.committee - 1].name)
    meeting = next((meeting for meeting in frame.municipality.meetings if meeting.number == step.meeting), None)
    date, link, result = ("", "", "")
    if meeting:
        item = next((item for item in meeting.items if item.number == step.item), None)
        number = {"TOLFDNR": item_id(item.number)} if item else {}
        to = frame.to("to010", SILFDNR=meeting_id(meeting.number), **number)
        date, result = _shown(frame, meeting.start.date()), escape((item.result if item else None) or "")
        link = f'<a href="{to}">{escape(meeting.name)}</a>'
    if frame.layout is Layout.LIST:
        shown = committee if meeting is None else f'<a href="{to}">{committee}</a>'
        yield _line(["Erledigt", date, shown, step.role, result, ""])
        return
    yield _line(["Erledigt", "", committee, step.role, ""])
    if meeting:
        yield _line(["", date, link, f"<a>{result}</a>", ""])


def _line(values: Sequence[str]) -> str:
    return f'<tr class="even">{cells(("", f"<div>{value}</div>") for value in values)}</tr>'


def _shown(frame: Frame, day: dt.date) -> str:
    """On some servers another language comes through."""
    if frame.layout is Layout.INLINE:
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{day:%d.%m.%Y}"


def _text(frame: Frame, paper: Paper) -> str:
    hidden = [paper for paper in frame.municipality.papers if not paper.public]
    links = "".join(
        f'<a href="{frame.to("vo020", VOLFDNR=paper_id(paper.number))}">{escape(paper.reference)}</a>'
        for paper in hidden[:2]
    )
    return (
        '<div id="id3"><h2 class="expandedTitle"></h2><div class="docPart" id="htm77"><p>Auf die Beratung vom '
        f"03.03.2020 und auf die Vorlagen {links} wird verwiesen ({escape(paper.reference)}).</p></div></div>"
    )

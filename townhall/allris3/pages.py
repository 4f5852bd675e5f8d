"""The pages of a simulated ALLRIS 3 server that show one meeting or one paper, non-public parts and all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from townhall.allris3.frame import SAMMELDOKUMENT, Frame, bundle_id, document_id, item_id, meeting_id, paper_id
from townhall.allris3.lists import name_of, time_of
from townhall.invention.model import AgendaItem, Consultation, Document, Meeting, Paper

HEADING = "Sachverhalt:"
MAIN = "Vorlage"
"""What the button of every paper's own document says."""
_WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def bundle_of(paper: Paper) -> Document | None:
    """The collected document: a paper and its public attachments in one file, made by the server."""
    if paper.main is None:
        return None
    text = "\f".join(document.plain_text for document in paper.documents if document.public)
    return Document(bundle_id(paper.number), "Vorlage mit Anlagen", "sammel.pdf", paper.date, text, public=paper.public)


def text_of(paper: Paper) -> str:
    """What the text in the page begins with."""
    return f"Es geht um {paper.name} ({paper.reference}) – „wie besprochen“."


# --- a meeting


def meeting_title(frame: Frame, meeting: Meeting) -> str:
    """One of the skins has body and day for a title, and no name anywhere."""
    if frame.is_old:
        return f"Tagesordnung - {name_of(meeting)}"
    return f"{frame.municipality.committees[meeting.committee - 1].name} - {meeting.start:%d.%m.%Y}"


def meeting_body(frame: Frame, meeting: Meeting) -> str:
    """A meeting: its head, its documents, its agenda."""
    committee = frame.municipality.committees[meeting.committee - 1]
    day = meeting.start
    to = frame.committee(committee, history="switch", tsDD=day.day, tsMM=day.month, tsYYYY=day.year)
    month = frame.to("si010", DD=day.day, MM=day.month, YY=day.year)
    shown = [
        ("sigremium", "Gremium", f'<a href="{to}">{escape(committee.name)}</a>'),
        ("sidatum", "Datum", f'{_WEEKDAYS[day.weekday()]}, <a href="{month}">{day:%d.%m.%Y}</a>'),
        ("sistat", "Status", "öffentlich/nichtöffentlich"),
        ("sizeit", "Zeit", time_of(meeting)),
        ("siraum", "Raum", escape(meeting.room)),
        ("siort", "Ort", escape(meeting.street_address)),
    ]
    held = [attachment for attachment in (meeting.invitation, meeting.minutes, *meeting.attachments) if attachment]
    number = meeting_id(meeting.number)
    attendance = f'<a href="{frame.to("si019", SILFDNR=number)}">Anwesenheit</a>'
    files = [frame.file(record) for record in held] + [attendance]
    if frame.is_old and meeting.minutes:
        files.append(frame.button("si017", "il2_s", "NIE öffentl.", "Protokoll", SILFDNR=number))
    return _head(frame, shown, files) + _agenda(frame, meeting)


def _head(frame: Frame, shown: Sequence[tuple[str, str, str]], files: Iterable[str], more: str = "") -> str:
    if not frame.is_old:
        rows = "".join(
            f'<div class="row"><div class="label"><a aria-describedby="{name}">{label}:</a></div><div class="colEntry">'
            f'<span class="text4" id="{name}">{value}</span></div></div>'
            for name, label, value in shown
        )
        inside = f'<aside id="dokumenteHeaderPanel" class="documents"><span>Dokumente</span>{"".join(files)}</aside>'
        return f'<div id="head"><div id="headLeft">{rows}</div><div id="headRight">{inside}</div></div>{more}'
    rows = "".join(
        f'<tr valign="top"><td class="kb1">{label}:</td><td class="text1" colspan="3">{value}</td></tr>'
        for _, label, value in shown
    )
    left = f'<table class="tk1" cellspacing="0" cellpadding="3">{rows}{more}</table>'
    beside = f'<table class="tk1"><tr><td class="me1" align="center">{" ".join(files)}</td></tr></table>'
    return (
        f'<table class="tk1"><tr><td class="ko1" valign="top">{left}</td><td class="ko2"></td><td class="me1">{beside}'
        "</td></tr></table><hr />"
    )


def _agenda(frame: Frame, meeting: Meeting) -> str:
    rows = "".join(_rows(frame, meeting))
    if frame.is_old:
        head = '<th>TOP</th><th>&nbsp;</th><th>&nbsp;</th><th>Betreff</th><th>&nbsp;</th><th colspan="3">Vorlage</th>'
        return f'<table class="tl1" cellspacing="0"><tr class="zk1">{head}</tr>{rows}</table>'
    opened = '<table class="dataTable stickyHeader toTable"><caption>Tagesordnung</caption>'
    head = (
        '<thead><tr class="headers"><th class="tonr"><span>TOP</span></th><th class="tobetreff">Betreff</th>'
        '<th><span class="anlagenImg"></span></th><th class="tovonr"><span>Vorlage</span></th>'
        '<th class="tobanr"><span>Beschluss</span></th></tr></thead>'
    )
    return f'<div id="toTable">{opened}{opened}{head}<tbody>{rows}</tbody></table></div>'


def _rows(frame: Frame, meeting: Meeting) -> Iterator[str]:
    """Every item has its badge, wherever it stands; a heading stands before the part in which all have an N."""
    is_public = True
    for place, item in enumerate(meeting.items):
        if item.public is None and not item.label:
            is_public = False
            yield _heading(frame, escape(item.name))
            continue
        if is_public and all(item.public is not True for item in meeting.items[place:]):
            is_public = False
            yield _heading(frame, "Nichtöffentlicher Teil")
        yield _old_item(frame, meeting, item) if frame.is_old else _new_item(frame, meeting, item)


def _heading(frame: Frame, words: str) -> str:
    if frame.is_old:
        return f'<tr class="zw1"><td colspan="8">{words}</td></tr>'
    return f'<tr class="even"><td class="tonr"></td><td class="tobetreff"><div>{words}</div></td>{"<td></td>" * 3}</tr>'


def _paper_of(frame: Frame, item: AgendaItem) -> Paper | None:
    return next((paper for paper in frame.municipality.papers if paper.number == item.paper), None)


def _badge(item: AgendaItem) -> str:
    return f"{'Ö' if item.public else 'N'}&nbsp;{item.label}"


def _old_item(frame: Frame, meeting: Meeting, item: AgendaItem) -> str:
    """N items have no page of their own, and should have no subject either."""
    number = item_id(item.number)
    own = f"to010.asp?SILFDNR={meeting_id(meeting.number)}&TOLFDNR={number}#beschluss"
    name, button = escape(item.name), "&nbsp;"
    if item.public:
        button = frame.button("to020", "il1_naz", "NA", item.result or "(offen)", TOLFDNR=number)
        name = f'<a href="{frame.to("to020", TOLFDNR=number)}">{name}</a>'
    paper = _paper_of(frame, item)
    form, reference = "&nbsp;", ""
    if paper:
        form = frame.button("vo020", "il1_vo", "VO", "Vorlage", VOLFDNR=paper_id(paper.number))
        to = frame.to("vo020", VOLFDNR=paper_id(paper.number))
        reference = f'<a href="{to}">{escape(paper.reference)}</a>'
    files = "".join(frame.file(document) for document in item.documents)
    return (
        f'<tr class="zl12"><td class="text4" nowrap="nowrap"><a href="{own}" title="Auswählen">{_badge(item)}</a></td>'
        f"<td>&nbsp;</td><td>{button}</td><td>{name}</td><!--{number} --><td>&nbsp;</td><td>{form}</td>"
        f'<td nowrap="nowrap">{reference}</td><td>{files or "&nbsp;"}</td></tr>'
    )


def _new_item(frame: Frame, meeting: Meeting, item: AgendaItem) -> str:
    """A cell holds an element that is not closed."""
    number, held = item_id(item.number), meeting_id(meeting.number)
    own = f"{frame.program('to010')}?SILFDNR={held}&TOLFDNR={number}#beschluss"
    paper = _paper_of(frame, item)
    link = ""
    if paper:
        to = frame.to("vo020", VOLFDNR=paper_id(paper.number))
        link = f'<a href="{to}">{escape(paper.reference)}</a>'
    files = "".join(frame.file(document) for document in item.documents)
    return (
        f'<tr class="odd"><td class="tonr"><span><a id="si{held}top{number}" href="{own}" '
        f'class="js-simple-tooltip">{_badge(item)}</a></span></td><td class="tobetreff"><div>{escape(item.name)}</td>'
        f'<td class="toanlagen">{files}</td><td class="tovonr">{link}</td>'
        f'<td class="tobanr">{escape(item.result or "")}</td></tr>'
    )


# --- a paper


def paper_title(frame: Frame, paper: Paper) -> str:
    """The number, with the kind behind it in one of the skins."""
    return f"Vorlage - {paper.reference}" if frame.is_old else f"{paper.reference} - {paper.paper_type}"


def paper_body(frame: Frame, paper: Paper) -> str:
    """A paper: its head, its documents, its way, and a whole document pasted behind it."""
    names = frame.municipality.committees
    shown = [
        ("vobetreff", "Betreff", escape(paper.name)),
        ("vostatus", "Status", "öffentlich" if paper.public else "nichtöffentlich"),
        ("voart", "Vorlage-Art", escape(paper.paper_type)),
    ]
    if paper.originator:
        shown.append(("voverfasser", "Verfasser", escape(names[paper.originator - 1].name)))
    if paper.office:
        shown.append(("voamt", "Federführend", escape(names[paper.office - 1].name)))
    files = [frame.file_numbered(document_id(paper.main.number), MAIN)] if paper.main else []
    if bundle := bundle_of(paper):
        files.append(frame.file_numbered(bundle.number, bundle.name, typ=SAMMELDOKUMENT))
    if frame.is_old:
        files.append(frame.button("vo021", "il2_s", "Beschlüsse", "Beschlüsse", VOLFDNR=paper_id(paper.number)))
    files += [_attachment(attachment, place) for place, attachment in enumerate(paper.attachments, 1)]
    return _head(frame, shown, files, _way(frame, paper)) + _text(frame, paper)


def _attachment(document: Document, place: int) -> str:
    """A copy that is there for this session only."""
    where = f"___tmp/tmp/45-181-136/ardyfOxXdi/LuYeQGmb/68-Anlagen/{place:02}/{document.file_name}"
    state = "öffentlich" if document.public else "nichtöffentlich"
    tip = f"Anlage {place} ({state}; {document.date:%d.%m.%Y} 11:11:27) öffnen"
    return f'<div><a href="{where}" title="{tip}" target="_blank">{escape(document.name)}</a></div>'


def _way(frame: Frame, paper: Paper) -> str:
    """A row for each committee, below it one for its meeting."""
    rows = "".join(line for step in paper.consultations for line in _consultation_row(frame, step))
    if frame.is_old:
        return (
            '<tr><td class="kb1" colspan="4">Beratungsfolge:</td></tr><tr><td valign="top" colspan="4">'
            f'<table cellspacing="0" cellpadding="3"><tr><td></td><td colspan="6"></td></tr>{rows}</table></td></tr>'
        )
    heads = "".join(f"<th><span>{head}</span></th>" for head in ("Status", "Datum", "Gremium", "Beschluss", "NA"))
    return (
        f'<div id="bfTable"><table class="dataTable bfTable"><caption>Beratungsfolge</caption><thead><tr>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _consultation_row(frame: Frame, step: Consultation) -> Iterator[str]:
    committee = escape(frame.municipality.committees[step.committee - 1].name)
    meeting = next((meeting for meeting in frame.municipality.meetings if meeting.number == step.meeting), None)
    if frame.is_old:
        yield (
            f'<tr valign="top" class="zl12" title="Folgenummer 0"><td title="Erledigt"></td>'
            f'<td class="text1" colspan="3">{committee}</td>'
            f'<td class="text1" colspan="3" nowrap="nowrap">{escape(step.role)}</td></tr>'
        )
    else:
        yield _line(["", "", committee, escape(step.role), ""])
    if meeting is None:
        return
    item = next((item for item in meeting.items if item.number == step.item), None)
    yield (_old_step if frame.is_old else _new_step)(frame, meeting, item)


def _old_step(frame: Frame, meeting: Meeting, item: AgendaItem | None) -> str:
    number, name = meeting_id(meeting.number), escape(meeting.name)
    agenda, link, page = "", name, ""
    if meeting.invitation:
        selected = f"?topSelected={item_id(item.number)}" if item else ""
        agenda = frame.button("to010", "il1_to", "TO", "Tagesordnung", selected, SILFDNR=number)
        link = f'<a href="{frame.to("to010", SILFDNR=number)}">{name}</a>'
    if item and meeting.minutes:
        page = frame.button("to020", "il1_naz", "NA", "Beschluss", TOLFDNR=item_id(item.number))
    return (
        f'<tr valign="top" class="zl12"><td title="Erledigt"></td><td class="text2">{meeting.start:%d.%m.%Y}&nbsp;</td>'
        f'<td>{agenda}</td><td>{link}</td><td class="text3">{escape((item.result if item else None) or "")}&nbsp;</td>'
        f"<td>&nbsp;</td><td>{page}</td></tr>"
    )


def _new_step(frame: Frame, meeting: Meeting, item: AgendaItem | None) -> str:
    name, page = escape(meeting.name), ""
    if meeting.invitation:
        name = f'<a href="{frame.to("to010", SILFDNR=meeting_id(meeting.number))}">{name}</a>'
    if item and meeting.minutes:
        page = f'<a href="{frame.to("to020", TOLFDNR=item_id(item.number))}" class="objAnchor">PA</a>'
    return _line(["", f"{meeting.start:%d.%m.%Y}", name, escape((item.result if item else None) or ""), page])


def _line(values: Sequence[str]) -> str:
    return '<tr class="even">' + "".join(f"<td><div>{value or ' '}</div></td>" for value in values) + "</tr>"


def _text(frame: Frame, paper: Paper) -> str:
    """A whole document, with a link to a non-public paper in it, and a word cut into many spans."""
    hidden = next((paper.number for paper in frame.municipality.papers if not paper.public), 0)
    link = f'<a href="{frame.to("vo020", VOLFDNR=paper_id(hidden))}">dort</a>'
    day = frame.to("si010", YY=2020, MM=3, DD=3)
    body = "</span><span>".join(escape(text_of(paper)).partition("geht"))
    return (
        f'<!-- ### SV{paper.number:06}.rtf -->\r\n<a name="allrisSV"></a>\r\n<?xml version="1.0" encoding="iso-8859-1" '
        'standalone="no"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<meta name="generator" content="Aspose.Words for .NET 19.1" /><title></title></head><body><div><p>'
        f'<span style="font-weight:bold">{HEADING}</span></p><p><span>{body}</span></p>'
        f'<p>Siehe {link} vom <a href="{day}">03.03.2020</a>.</p></div></body></html>'
    )

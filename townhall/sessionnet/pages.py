"""The pages of a simulated SessionNet server that show one meeting, item or paper, non-public parts and all."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from townhall.invention.model import AgendaItem, Consultation, Document, Meeting, Paper
from townhall.sessionnet.frame import SHIFTS, Frame, Layout
from townhall.sessionnet.lists import hours

PUBLIC, NONPUBLIC = "Öffentlicher Teil:", "Nicht öffentlicher Teil:"
Line = AgendaItem | str


# --- a meeting


def meeting_title(frame: Frame, meeting: Meeting) -> str:
    """ "Stadtrat - 01.10.2026 - 17:00 Uhr"."""
    return f"{frame.committee(meeting.committee).name} - {meeting.start:%d.%m.%Y} - {meeting.start:%H:%M} Uhr"


def meeting_tabs(frame: Frame, meeting: Meeting) -> list[tuple[str, str]]:
    """Only a released agenda has tabs beside the information."""
    agenda = {Layout.TABLE: ("si0057", "si0056"), Layout.CARDS: ("si0056",)}.get(frame.layout, ("to0040",))
    pages = [("si0050", "Informationen")]
    if meeting.invitation:
        pages += [*((item, "Tagesordnung") for item in agenda), ("to0045", "Anwesenheit")]
    return [(frame.of_meeting(meeting, page), label) for page, label in pages]


def meeting_head(frame: Frame, meeting: Meeting, page: str) -> str:
    """The labelled values, the documents, and whether it was cancelled."""
    committee = frame.committee(meeting.committee)
    cells = (
        ("siname", "Sitzung", f"{committee.short_name}/{meeting.number:03}/{meeting.start.year}"),
        ("sigrname", "Gremium", escape(committee.name)),
        ("siort", "Raum", escape(f"{meeting.room}, {meeting.street_address}")),
        ("sidat", "Datum", f"{meeting.start:%d.%m.%Y}"),
        ("yytime", "Zeit", hours(meeting)),
    )
    off = '<div class="alert alert-danger smc-alert">Die Sitzung fällt aus</div>' if meeting.cancelled else ""
    held = [attachment for attachment in (meeting.invitation, meeting.minutes, *meeting.attachments) if attachment]
    boxes = frame.boxes(held, "EI 3" if meeting.invitation else "")
    return off + frame.head(cells, page) + frame.card("smcpanel2", f"{len(held)} Dokumente", boxes)


def agenda_body(frame: Frame, meeting: Meeting) -> str:
    """The agenda as the layout shows it."""
    lines = list(_lines(frame, meeting))
    if frame.layout is Layout.CARDS:
        cards = "".join(_card(frame, line) for line in lines)
        return f'<div class="accordion" id="smcaccordion">{cards}</div>'
    if frame.layout is Layout.TABLE:
        rows = "".join(_row(frame, line) for line in lines)
        return f'<table id="smc_page_si0057_contenttable2" class="table smctablesitzung"><tbody>{rows}</tbody></table>'
    rows = "".join(_old_rows(frame, line) for line in lines)
    heads = '<thead><tr><th>TOP&nbsp;</th><th colspan="5">Inhalt&nbsp;</th><th>Dokumente</th></tr></thead>'
    return (
        '<table id="smc_page_to0040_contenttable1" class="smccontenttable smc_page_to0040_contenttable" summary="'
        f'Inhalt der Tabelle: Tagesordnungspunkte der Sitzung">{heads}<tbody>{rows}</tbody></table>'
    )


def _lines(frame: Frame, meeting: Meeting) -> Iterator[Line]:
    """With badges an item may stand in the wrong part; without them headings say where each part begins again."""
    yield PUBLIC
    is_public, items = True, meeting.items
    for place, item in enumerate(items):
        if item.public is None and not item.label:
            is_public = False
            yield item.name
            continue
        only_closed_follow = all(item.public is not True for item in items[place:])
        if bool(item.public) != is_public and (frame.layout is Layout.OLDER or only_closed_follow):
            is_public = not is_public
            yield PUBLIC if is_public else NONPUBLIC
        yield item


def _number(frame: Frame, item: AgendaItem) -> str:
    badges: dict[bool | None, str] = {True: "Ö ", False: "N ", None: ""}
    return f"{'' if frame.layout is Layout.OLDER else badges[item.public]}{item.label}"


def _paper_of(frame: Frame, item: AgendaItem) -> Paper | None:
    return next((paper for paper in frame.municipality.papers if paper.number == item.paper), None)


def _link(frame: Frame, item: AgendaItem) -> str:
    paper = _paper_of(frame, item)
    if paper is None:
        return ""
    more: dict[str, Any] = {"smcspf": 4} if frame.layout is Layout.CARDS else {} if frame.is_six else {"voselect": 4001}
    return (
        f' <a  href="{frame.of_paper(paper, **more)}" title="Vorlage anzeigen: {escape(item.name)}" class="smce-a-u '
        f'smc-link-procedure smc_doc smc_field_voname smc_datatype_vo">{escape(paper.reference)}</a>'
    )


def _documents(frame: Frame, item: AgendaItem) -> str:
    """A paper's documents hang on its item too."""
    paper = _paper_of(frame, item)
    held: list[Document] = [*(paper.documents if paper else ()), *item.documents]
    return frame.boxes(held, "VO 2" if paper and paper.main else "")


def _result(item: AgendaItem) -> str:
    if not item.result:
        return ""
    return f'<p class="smc_field_smcdv0_box2_beschluss"><strong>Beschluss:</strong> {escape(item.result)}</p>'


def _row(frame: Frame, line: Line) -> str:
    if isinstance(line, str):
        return f'<tr class="smc-t-r-l"><td class="totrenn" colspan="4"><h2>{escape(line)}</h2></td></tr>'
    link = _link(frame, line)
    paper = f'<td data-label="Vorlage" class="smc-t-cl991 tovo">{link}</td>' if link else '<td class="toxx">&nbsp;</td>'
    return (
        f'<tr class="smc-t-r-l"><td class="tofnum"><span class="badge">{_number(frame, line)}</span></td><td '
        f'class="tolink"><div class="margin-bottom smc-card-header-title-simple">{escape(line.name)}</div>'
        f'{_result(line)}</td>{paper}<td class="smc-t-cl991 sidocs">{_documents(frame, line)}</td></tr>'
    )


def _card(frame: Frame, line: Line) -> str:
    """The texts of an item are loaded by a script, whose address has the item's number."""
    if isinstance(line, str):
        return (
            '<div class="card card-light smcbox"><div class="card-header"><h2 class="mb-0 card-header-title"><button '
            f'class="btn btn-link" type="button">{escape(line)}</button></h2></div></div>'
        )
    number = SHIFTS["item"] + line.number
    script = f"smcAjaxDV('{frame.to('to0058', smctonr=number)}&smcajax=11t', 'smcdataview{number}ajax')"
    link = _link(frame, line)
    return (
        f'<div class="card card-light"><div class="card-header collapsed smc-card-read" onclick="{script}"><h3><button '
        f'class="btn btn-link" type="button"> <span class="badge">{_number(frame, line)}</span> '
        '<span class="smc-badges"><span class="badge smc-badge-count smc-badge-text">Texte</span></span>'
        '<div class="smc-card-text-title">'
        f'{escape(line.name)}</div></button></h3></div><div class="collapse"><div class="card-body">{_result(line)}'
        f'<p class="tovo">{link}</p>{_documents(frame, line)}<div id="smcdataview{number}ajax" class="smcdv6_data">'
        "</div></div></div></div>"
    )


def _old_rows(frame: Frame, line: Line) -> str:
    if isinstance(line, str):
        return (
            '<tr class="smcrowh smc-table-group"><td colspan="7" class="smcrowh smc-table-group">'
            f"{escape(line.rstrip(':'))}: Beginn 17:00&nbsp;Uhr</td></tr>"
        )
    number = SHIFTS["item"] + line.number
    title = escape(line.name)
    if line.resolution:
        title = f'<a href="{frame.to("to0050", __ktonr=number)}" class="smce-a-u">{title}</a>'
    row = (
        f'<tr valign="top" id="smc_contol_to_1_{number}" class="smcrow1 smc_toph smc_toph1"><td '
        f'class="smcrow1 smc_tophn">{_number(frame, line)}</td><td colspan="3" class="smcrow1 smc_topht">'
        f'{title}</td><td class="smcrow1 smc_toph">{_link(frame, line) or "&nbsp;"}</td><td class="smcrow1 smc_toph">'
        f"{_documents(frame, line) or '&nbsp;'}</td></tr>"
    )
    if not line.result:
        return row
    return row + (
        '<tr valign="top" class="smcrow2 smc_tophz"><td class="smc_tophz">&nbsp;</td><td class="smc_tophz smc_topr">'
        f'Beschluss: </td><td class="smc_tophz">{escape(line.result)}</td><td colspan="3" class="smc_tophz">&nbsp;</td>'
        "</tr>"
    )


# --- a paper


def paper_tabs(frame: Frame, paper: Paper) -> list[tuple[str, str]]:
    """The page of the consultations alone, which the oldest layout has not."""
    if frame.layout is Layout.OLDER:
        return []
    return [(frame.of_paper(paper), "Informationen"), (frame.of_paper(paper, "vo0053"), "Beratungen")]


def paper_body(frame: Frame, paper: Paper) -> str:
    """A paper: head, documents, and a text that links to other papers, non-public ones too."""
    cells = [("vobetr", "Betreff", escape(paper.name)), ("voname", "Vorlage", escape(paper.reference)),
             ("vovaname", "Art", f"02_{paper.paper_type}"), ("vodat", "Datum", f"{paper.date:%d.%m.%Y}")]  # fmt: skip
    if paper.office:
        cells.append(("vofamname", "Federführend", escape(frame.committee(paper.office).name)))
    if not paper.public:
        cells.append(("vostatus", "Status", "nichtöffentlich"))
    boxes = frame.boxes(paper.documents, "VO 2" if paper.main else "")
    way = consultations_body(frame, paper) if frame.layout is Layout.OLDER else ""
    hidden = [paper for paper in frame.municipality.papers if not paper.public][:2]
    links = "".join(f'<a href="{frame.of_paper(paper)}">{escape(paper.reference)}</a> ' for paper in hidden)
    text = f'<div class="smcdocmsword"><p class=MsoNormal>Auf die Vorlagen {links}wird verwiesen.<o:p></o:p></p></div>'
    return frame.head(cells, "vo0050") + frame.card("smcpanel2", "Dokumente", boxes) + way + text


def consultations_body(frame: Frame, paper: Paper) -> str:
    """The way of a paper through the committees."""
    page = "vo0050" if frame.layout is Layout.OLDER else "vo0053"
    columns = ("Gremium", "Datum", "Zuständigkeit", "Status", "Beschluss")
    heads = "".join(f"<th>{column}</th>" for column in columns)
    rows = "".join(_consultation_row(frame, step) for step in paper.consultations)
    rows = rows or '<tr><td colspan="5">keine Beratungen vorhanden</td></tr>'
    return (
        f'<table id="smc_page_{page}_contenttable1" class="smccontenttable" summary="Inhalt der Tabelle: Beratungen">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _consultation_row(frame: Frame, step: Consultation) -> str:
    committee = escape(frame.committee(step.committee).name)
    meeting = next((meeting for meeting in frame.municipality.meetings if meeting.number == step.meeting), None)
    item = next((item for item in meeting.items if item.number == step.item), None) if meeting else None
    date = f"{meeting.start:%d.%m.%Y}" if meeting else ""
    shown = (
        f'<a  href="{frame.of_meeting(meeting)}" title="Details anzeigen: {committee} {date}">{committee}</a>'
        if (meeting)
        else committee
    )
    state = "öffentlich" if item is None or item.public else "nichtöffentlich"
    result = escape((item.result if item else None) or "")
    return (
        f'<tr><td class="grname">{shown}</td><td class="sidat">{date}</td><td class="txname">{step.role}</td>'
        f'<td class="bfost">{state}</td><td>{result}</td></tr>'
    )

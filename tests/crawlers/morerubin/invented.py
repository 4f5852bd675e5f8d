"""An invented municipality's answers, Kleinstadt an der Pfütze: built in the forms of the three interfaces."""

from __future__ import annotations

import html
import json
from typing import Any

from council.model import AgendaItem, Meeting, Organization, Paper
from crawlers.morerubin.pages import read_page
from crawlers.parsing.page import Page

HOST = "https://kleinstadt.gremien.example.test"
API = f"{HOST}/api.php?id=meetings&action=get&meeting_id=2031-SR-7&with_agenda_item_documents=1"
CALENDAR = f"{HOST}/api.php?id=calendar&action=get&from=2031-03&to=2031-05&view=list"
OLD = f"{HOST}/sitzungen_top.php?sid=2011-SR-3"


def document(kind: int, about: str, name: str = "Ein Papier", **fields: Any) -> dict[str, Any]:
    """A document as the newer interface gives it."""
    relation = {
        4: "submission_id",
        13: "submission_attachment_id",
        5: "agenda_item_id",
        14: "agenda_item_attachment_id",
    }
    quoted = about.replace("|", "%7C")
    address = f"{HOST}/api.php?document_type_id={kind}&{relation.get(kind, 'meeting_id')}={quoted}&id=69&json=1"
    return {
        "id": about,
        "documentUrl": f"{address}&platform=ris&system=ris",
        "documentType": {"id": kind, "name": "?"},
        "documentName": name,
        "documentSize": 4711,
        "documentDate": "2031-03-01 10:00:00",
        "relationId": about,
        "documentPublicStatusId": 1,
        "documentExtension": "pdf",
        **fields,
    }


def item(place: int, title: str | None = "Bericht über die Pfütze", **fields: Any) -> dict[str, Any]:
    """A public agenda item without a paper."""
    return {
        "ai_id": 500 + place,
        "id": f"2031-SR-7|zt_{place}|1",
        "nummer": "2031-SR-7",
        "vorlagennummer": f"zt_{place}",
        "topart": "zt",
        "folge": place,
        "topnummer": str(place),
        "status": 1,
        "title": title,
        "abstimmungstext": "",
        "documents": [],
        **fields,
    }


def paper_item(place: int, number: str = "20310100077", **fields: Any) -> dict[str, Any]:
    """A public agenda item that deals with a paper."""
    submission = {
        "id": number,
        "erstellungsdatum": "2031-02-14 00:00:00",
        "Status": 1,
        "is_draft": False,
        "type": {"kuerzel": "BV", "name": "Beschlussvorlage"},
        "name": "Anstrich der\r\nRathaustür ",
        "alias": "7/2031",
        "consultations": [
            consultation(1, number),
            consultation(2, number, topstatus=2, topstatus_lang="nichtöffentlich"),
        ],
    }
    own = {
        "id": f"2031-SR-7|{number}|1",
        "vorlagennummer": number,
        "topart": "vl",
        "submission": submission,
        "documents": [document(4, number, "Beschlussvorlage 7/2031"), document(13, f"{number}|farben.pdf|", "Farben")],
        "counselling_status": {"id": 3, "name": "beschließend"},
    }
    return item(place, "Anstrich der\r\nRathaustür ") | own | fields


def consultation(number: int, paper: str, **fields: Any) -> dict[str, Any]:
    """One consultation of a paper."""
    return {
        "id": 9000 + number,
        "vorlagennummer": paper,
        "agenda_item_id": f"ni_2031-SR-7|{paper}|1",
        "gremium": "SR",
        "topstatus": 1,
        "topstatus_lang": "öffentlich",
        "sitzungsdatum": "2031-03-20",
        "sitzungsnummer": "ni_2031-SR-7",
        "beratungsstatus_lang": "",
        "committee": {"id": "SR", "Kuerzel": "SR", "name": "Stadtrat Kleinstadt"},
        **fields,
    }


def meeting(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A meeting with its agenda."""
    return entry() | {
        "committees": [{"id": "SR", "Kuerzel": "SR", "name": "Stadtrat Kleinstadt", "Koerperschaftsnummer": "KS"}],
        "agenda_items": list(items),
        "documents": [],
        "participants": [{"id": 5, "fullName": "Erika Beispiel", "presence_text": "krank"}],
        **fields,
    }


def entry(**fields: Any) -> dict[str, Any]:
    """A meeting as a calendar gives it."""
    return {
        "id": 77,
        "nummer": "2031-SR-7",
        "nummer_si": None,
        "event_type_id": 1,
        "fraktionssitzung": "0",
        "datum": "2031-03-20",
        "titel": "7. Sitzung des Stadtrates",
        "status": 4,
        "gremium_1": "SR",
        "gremium_2": "",
        "beginn": "18:30:00",
        "ende": "00:00:00",
        "is_draft": False,
        "full_url": f"{HOST}/meeting?id=2031-SR-7",
        "room": {"Bezeichnung": "Ratssaal", "Strasse": "Am Ufer 1", "PLZ": "00000", "Ort": "Kleinstadt"},
        **fields,
    }


def read(value: Any, url: str = API) -> Page:
    """Read an answer of api.php."""
    return read_page(json.dumps(value).encode(), url)


def read_items(*items: dict[str, Any], **fields: Any) -> tuple[Meeting, list[Paper], Page]:
    """Read a meeting with these items: the meeting, its papers, the page."""
    page = read(meeting(*items, **fields))
    (found,) = (record for record in page.records if isinstance(record, Meeting))
    return found, [record for record in page.records if isinstance(record, Paper)], page


def numbers(items: tuple[AgendaItem, ...]) -> list[str | None]:
    """The numbers of agenda items, in order."""
    return [item.number for item in items]


def meetings_of(page: Page) -> list[Meeting]:
    """The meetings of a page."""
    return [record for record in page.records if isinstance(record, Meeting)]


def organizations_of(page: Page) -> list[Organization]:
    """The committees and bodies of a page."""
    return [record for record in page.records if isinstance(record, Organization)]


def component_page(props: Any, name: str = "MeetingPage__1a2b3c4", before: str = "", props_key: str = "props") -> bytes:
    """A page of the older interface that holds its data in a script."""
    code = f'window.components["{name}"] = {{ {props_key}: {json.dumps(props, ensure_ascii=False)}, store: [], }};'
    frame = f'<html><head><title>Rats- und Bürgerinfo</title></head><body>{before}<div component="{name}"></div>'
    script = f"if (!window.components) {{ window.components = {{}}; }} {code}"
    return f"<!DOCTYPE html>{frame}<script>{script}</script></body></html>".encode()


def attribute_page(props: Any) -> bytes:
    """A page of the still older interface that holds its data in an attribute."""
    value = html.escape(json.dumps(props))
    return f'<html><body><div component="MeetingPage" vue-passed-meeting="{value}"></div></body></html>'.encode()


def pdf_form(kind: str, number: str, label: str, status: str = "1", stored: str = "datei.pdf") -> str:
    """A button of the oldest interface that sends for a document."""
    hidden = {"_typ_432": kind, "_doc_n1": stored, "_nid_nr": number, "_neu_dok": "", "status": status}
    fields = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in hidden.items())
    button = f'<input type="image" alt="PDF: {label}" src="pdf.gif">'
    return f'<form action="show_pdf.php" method="post">{fields}{button}</form>'


def old_page(rows: str, termin: str = "17.11.2011, 17:00 Uhr - 19:45 Uhr", more: str = "") -> str:
    """A meeting of the oldest interface."""
    return f"""<html><head><title>Sitzung</title></head><body><div id="content">
<b class="Suchueberschrift">3. Sitzung des Stadtrates Kleinstadt</b>
<div class="InfoBlock"><table><tr><td>Termin: </td><td>{termin}</td></tr><tr><td>Raum: </td><td>Großer Saal</td></tr>
<tr><td>Gremien: </td><td>Stadtrat</td></tr></table>{more}</div>
<div id="ajax_sitzungsmappe"><table>{rows}</table></div></div></body></html>"""


def old_row(sign: str, number: str, title: str, documents: str = "") -> str:
    """A row of its agenda."""
    cells = f"<td>{sign}</td><td>{number}</td><td></td><td><a href='top.php?tid=1'>Details</a></td><td>{title}</td>"
    return f"<tr>{cells}<td>{documents}</td><td></td></tr>"

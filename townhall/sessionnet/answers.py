"""What a simulated SessionNet 6 answers under api/v1: meetings, agendas, documents and committees."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from townhall.invention.model import AgendaItem, Document, Meeting, Municipality
from townhall.sessionnet.frame import SHIFTS

SHELL = (
    b'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>SessionNet | Sitzungsinformationen</title>'
    b'<base href="/"><meta name="app-version" content="6.1.4"></head><body><app-root></app-root>'
    b'<script src="main-IKR4BQ.js" type="module"></script></body></html>'
)
"""What every address answers that is not known, with status 200."""
LONGEST_SPAN = dt.timedelta(days=93)
_MEETING = re.compile(r"/api/v1/sitzungen/(\d+)/tagesordnung(/dokumente)?")

Json = dict[str, Any]


def answer_of(municipality: Municipality, path: str, parameters: dict[str, str]) -> bytes | None:
    """The answer; None for an address that is not known."""
    if path == "/api/v1/sitzungen":
        return _bytes(_meetings(municipality, parameters))
    if path == "/api/v1/gremien":
        mine = [committee for committee in municipality.committees if committee.kind != "Verwaltungsbereich"]
        return _bytes(
            [{"grNr": SHIFTS["committee"] + record.number, "name": record.name, "paNr": 1} for record in mine]
        )
    if found := _MEETING.fullmatch(path):
        number = int(found[1]) - SHIFTS["meeting"]
        meeting = next(
            (meeting for meeting in municipality.meetings if meeting.number == number and meeting.invitation), None
        )
        if meeting is None:
            return _bytes({"status": 404, "title": "Not Found"})
        return _bytes(
            _documents(municipality, meeting) if found[2] else [_item(municipality, meeting, i) for i in meeting.items]
        )
    return None


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _meetings(municipality: Municipality, parameters: dict[str, str]) -> Any:
    try:
        first, last = dt.date.fromisoformat(parameters["von"]), dt.date.fromisoformat(parameters["bis"])
    except (KeyError, ValueError):
        return {"status": 400, "title": "Bad Request"}
    if last - first > LONGEST_SPAN:
        return {"status": 400, "title": "Zeitraum zu lang"}
    return [
        _meeting(municipality, meeting) for meeting in municipality.meetings if first <= meeting.start.date() <= last
    ]


def _meeting(municipality: Municipality, meeting: Meeting) -> Json:
    """Instants in UTC, the clock in local time; the day of release is there when the agenda is."""
    name = municipality.committees[meeting.committee - 1].name
    row: Json = {
        "siNr": SHIFTS["meeting"] + meeting.number,
        "name": name,
        "grNr": SHIFTS["committee"] + meeting.committee,
        "grName": name,
        "dat": f"{meeting.start:%Y-%m-%d}",
        "sb": f"{meeting.start:%H:%M}",
        "beginn": f"{meeting.start.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "raum": f"{meeting.room}, {meeting.street_address}",
        "abgesagt": meeting.cancelled,
    }
    if meeting.minutes:
        row |= {"se": f"{meeting.end:%H:%M}", "ende": f"{meeting.end.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"}
    if meeting.invitation:
        row["freigabeDatum"] = f"{meeting.invitation.date:%Y-%m-%d}"
    return row


def _item(municipality: Municipality, meeting: Meeting, item: AgendaItem) -> Json:
    """Real servers leave out what is not public; this one shows it, and says so."""
    paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
    row: Json = {
        "toNr": SHIFTS["item"] + item.number,
        "oSt": 1 if item.public else 2,
        "nummer": item.label,
        "text": item.name,
        "textLang": item.name,
        "voNr": SHIFTS["paper"] + paper.number if paper else 0,
        "grNr": SHIFTS["committee"] + meeting.committee,
        "sort": 10 * meeting.items.index(item),
    }
    if paper:
        row["voName"] = paper.reference
    if item.result:
        row |= {"beschluss": item.result, "abstimmungTyp": 1}
    return row


def _documents(municipality: Municipality, meeting: Meeting) -> list[Json]:
    held = [attachment for attachment in (meeting.invitation, meeting.minutes, *meeting.attachments) if attachment]
    rows = [_document(0, record) for record in held]
    for item in meeting.items:
        paper = next((paper for paper in municipality.papers if paper.number == item.paper), None)
        rows += [
            _document(SHIFTS["item"] + item.number, document)
            for document in (*(paper.documents if paper else ()), *item.documents)
        ]
    return rows


def _document(item: int, document: Document) -> Json:
    number = SHIFTS["document"] + document.number
    return {
        "toNr": item,
        "doNr": number,
        "name": document.name,
        "ref": f"/api/v1/dokumente/{number}/datei",
        "freigabeDatum": f"{document.date:%Y-%m-%d}",
    }

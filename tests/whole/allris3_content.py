"""What an ALLRIS 3 system shows of an invented town, exactly, by skin and with the export or without."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tests.whole.content import Content, Fields, content_of_town
from townhall.allris3.lists import has_number
from townhall.allris3.pages import HEADING, MAIN, bundle_of, text_of
from townhall.allris3.server import Allris3Server
from townhall.invention.document import write_document
from townhall.invention.model import Document, Meeting, Paper

NOTHING: Fields = {
    "agenda": [], "results": {}, "item papers": {}, "files": [], "file names": [], "item files": {},
}  # fmt: skip


def content_shown(server: Allris3Server) -> Content:
    """The town's content, as far as the system shows it."""
    town = server.town
    whole = content_of_town(town)
    offices = {f"organization {one.name}" for one in town.committees if not one.members}
    content = {key: fields for key, fields in whole.items() if key not in offices}
    led_to = {step.meeting for paper in town.papers if paper.public for step in paper.consultations}
    for meeting in town.meetings:
        committee = town.committees[meeting.committee - 1].name
        key = f"meeting {meeting.start:%Y-%m-%d %H:%M} {committee}"
        fields = content.pop(key) | _of_meeting(meeting)
        is_found = meeting.invitation and (has_number(meeting) or server.export or meeting.number in led_to)
        if not is_found and not server.export:
            key = f"meeting {meeting.start:%Y-%m-%d %H:%M} None"  # the calendar names no body
        content[key] = fields if is_found else fields | NOTHING
    for paper in town.papers:
        if paper.public:
            content[f"paper {paper.reference}"] |= _of_paper(paper)
    return content


def _of_meeting(meeting: Meeting) -> Fields:
    has_end = meeting.minutes is not None or meeting.cancelled
    return {"end": f"{meeting.end:%H:%M}" if has_end else None}


def _of_paper(paper: Paper) -> Fields:
    """Attachments are named without bytes; the collected document holds them. The text in the page is a file where
    there is no other."""
    bundle, attached = bundle_of(paper), [one.name for one in paper.attachments if one.public]
    if paper.main is None:
        text = f"{HEADING}\n{text_of(paper)}\nSiehe dort vom 03.03.2020."
        hashed, names = [hashlib.sha256(text.encode()).hexdigest()], ["Text der Vorlage"]
    else:
        hashed, names = _hashes([paper.main]), [MAIN]
    if bundle:
        hashed, names = hashed + _hashes([bundle]), [*names, bundle.name]
    return {"files": sorted([*hashed, *["None"] * len(attached)]), "file names": sorted(names + attached)}


def _hashes(documents: Iterable[Document]) -> list[str]:
    return sorted(hashlib.sha256(write_document(one)).hexdigest() for one in documents)

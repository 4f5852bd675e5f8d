"""What an ALLRIS 4 system shows of an invented town, exactly, by version: for the tests of this system alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tests.whole.content import Content, Fields, content_of_town
from townhall.allris4.frame import Layout
from townhall.allris4.pages import bundle_of
from townhall.allris4.server import SHOWN
from townhall.invention.document import write_document
from townhall.invention.model import AgendaItem, Document, Meeting, Paper, Town


def content_shown(town: Town, layout: Layout) -> Content:
    """The town's content, as far as the version shows it."""
    whole = content_of_town(town)
    offices = {f"organization {one.name}" for one in town.committees if not one.members}
    content = {key: fields for key, fields in whole.items() if key not in offices}
    meetings, papers = _shown(town, layout)
    for meeting in town.meetings:
        key = f"meeting {meeting.start:%Y-%m-%d %H:%M} {town.committees[meeting.committee - 1].name}"
        fields = content.pop(key)
        if meeting.number in meetings:
            key = key if meeting.invitation else f"meeting {meeting.start:%Y-%m-%d %H:%M} None"  # in no calendar
            content[key] = fields | _of_meeting(town, meeting)
    for paper in town.papers:
        held = content.pop(f"paper {paper.reference}", None)
        if held is not None and paper.number in papers:
            content[f"paper {paper.reference}"] = held | _of_paper(paper, layout)
    return content


def _shown(town: Town, layout: Layout) -> tuple[set[int], set[int]]:
    """The numbers of the meetings and papers that can be come to: by the calendar or the list, then by each other."""
    before, after = SHOWN
    first, last = town.day - before, town.day + after
    in_list = {one.number for one in town.meetings if first <= one.start.date() <= last and one.invitation}
    meetings = in_list if layout is Layout.LIST else {one.number for one in town.meetings}
    papers: set[int] = set()
    while True:
        items = [item for one in town.meetings if one.number in meetings and one.invitation for item in one.items]
        named = {item.paper for item in items if item.public and item.paper}
        steps = [step for paper in town.papers if paper.number in named for step in paper.consultations]
        more = {step.meeting for step in steps if step.meeting}
        if named <= papers and more <= meetings:
            return meetings, papers
        papers |= named
        meetings = meetings | more


def _of_meeting(town: Town, meeting: Meeting) -> Fields:
    if meeting.invitation is None:
        nothing: Fields = {"agenda": [], "results": {}, "item papers": {}, "files": [], "file names": []}
        return nothing | {"item files": {}, "end": None}
    files = {item.label: _hashes(_on_item(town, item)) for item in meeting.items if item.public}
    end = f"{meeting.end:%H:%M}" if meeting.minutes else None
    return {"end": end, "item files": {label: held for label, held in files.items() if held}}


def _on_item(town: Town, item: AgendaItem) -> list[Document]:
    paper = next((one for one in town.papers if one.number == item.paper), None)
    bundle = bundle_of(paper) if paper else None
    return [*([bundle] if bundle else []), *(one for one in item.documents if one.public)]


def _of_paper(paper: Paper, layout: Layout) -> Fields:
    bundle = bundle_of(paper)
    kept = paper.documents if layout is Layout.INLINE else tuple(one for one in (paper.main,) if one)
    public = [one for one in kept if one.public]
    date = {"date": "None"} if layout is Layout.INLINE else {}
    return date | {
        "originator": None,
        "files": _hashes([*public, *([bundle] if bundle else [])]),
        "file names": sorted([one.name for one in public] + (["Sammeldokument"] if bundle else [])),
    }


def _hashes(documents: Iterable[Document]) -> list[str]:
    return sorted(hashlib.sha256(write_document(one)).hexdigest() for one in documents)

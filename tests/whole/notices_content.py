"""What an installation must hold of a town whose website shows notices, to the last field: papers by their names, for
they have no numbers, and the gazette."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

from tests.whole.content import Content, Fields, content_of_town
from townhall.invention.document import write_document
from townhall.invention.model import Document, Meeting, Town
from townhall.invention.municipalities import invent_town
from townhall.notices.board import Issue, issues
from townhall.notices.server import Layout, document_of

DECLARED = {"organization": None, "person": None}
"""Committees are named in titles only; people on pages that nobody asks for."""


def town_of_today(papers: int = 24, meetings: int = 8) -> Town:
    """The town of these tests, moved so that its newest meetings and notices are near today: ordinary visits look
    there."""
    town = invent_town("Prüflingen", 11, papers=papers, meetings=meetings)
    by = dt.datetime.now(dt.UTC).date() - town.day
    moved = tuple(replace(one, start=one.start + by, end=one.end + by) for one in town.meetings)
    dated = tuple(replace(one, date=one.date + by) for one in town.papers)
    return replace(town, meetings=moved, papers=dated, day=town.day + by)


def content_shown(town: Town, layout: Layout = Layout.CARDS, gazette: Town | None = None) -> Content:
    """All that the website shows of the town in that design. A table has no row for a notice without a document.
    `gazette`: the town as it was when its gazette was printed."""
    content = content_of_town(town)
    for meeting in town.meetings:
        key = f"meeting {meeting.start:%Y-%m-%d %H:%M} {town.committees[meeting.committee - 1].name}"
        content[key] |= {"end": None, "results": {}, "item files": _item_files(town, meeting)}
    for paper in (one for one in town.papers if one.public):
        fields = content.pop(f"paper {paper.reference}")
        if layout is Layout.CARDS or paper.documents:
            content[f"paper {paper.name}"] = fields | {"type": "Bekanntmachung", **_UNSAID}
    for issue in issues(gazette or town):
        content[f"paper {issue.number}/{issue.year}"] = _issue(issue, layout)
    return content


_UNSAID: Fields = {"office": None, "originator": None, "stations": []}


def _item_files(town: Town, meeting: Meeting) -> dict[str, list[str]]:
    """A paper's documents hang on the items that deal with it."""
    papers = {one.number: one for one in town.papers}
    files = {}
    for item in (one for one in meeting.items if one.public):
        documents = (papers[item.paper].documents if item.paper in papers else ()) + item.documents
        if documents:
            files[item.label] = sorted(_hash(one) for one in documents if one.public)
    return files


def _issue(issue: Issue, layout: Layout) -> Fields:
    name = issue.name if layout is Layout.CARDS else f"Ausgabe {issue.number} {issue.year}"
    file_name = issue.name if layout is Layout.CARDS else f"Ausgabe {issue.number}"
    files = {"files": [_hash(document_of(issue))], "file names": [file_name]}
    return {"name": name, "type": "Amtsblatt", "date": str(issue.published), **_UNSAID, **files}


def _hash(document: Document) -> str:
    return hashlib.sha256(write_document(document)).hexdigest()

"""The saved answers of OParl servers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from council.model import Consultation, FileRole, Meeting, OrganizationRef, Paper
from council.system import System
from crawlers.oparl.pages import read_answer
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from tests.saved_pages import council_words
from tests.saved_pages.comparing import Declared
from tests.saved_pages.council_words import KINDS, NOT_PUBLIC
from tests.saved_pages.factory import Result, SavedPages

_PAGES = (
    ("oparl/systems-and-bodies/systems/", "system"),
    ("oparl/systems-and-bodies/bodies/", "body"),
    ("oparl/defects/importer/testdata/", "body"),
    ("oparl/defects/broken_json", "paper"),
    ("oparl/spec-examples/Body", "body"),
    ("oparl/spec-examples/File", "file"),
    ("oparl/spec-examples/Location", "location"),
    ("oparl/spec-examples/Meeting", "meeting"),
    ("oparl/spec-examples/Organization", "organization"),
    ("oparl/spec-examples/Paper", "paper"),
    ("oparl/spec-examples/Person", "person"),
    ("oparl/spec-examples/System", "system"),
    ("oparl/bonn/meeting", "meeting"),
    ("oparl/", "paper-list"),
    ("morerubin/_synthetic-oparl/system", "system"),
    ("morerubin/_synthetic-oparl/bodies", "body-list"),
    ("morerubin/_synthetic-oparl/body-01Stadt-meetings", "meeting-list"),
    ("morerubin/_synthetic-oparl/body-01Stadt-organizations", "organization-list"),
    ("morerubin/_synthetic-oparl/body-01Stadt-papers", "paper-list"),
    ("morerubin/_synthetic-oparl/meeting", "meeting"),
)
"""The page type by how the name begins; the first that fits."""


def _read(body: bytes, url: str) -> Page:
    answer = read_answer(body, url, "application/json")
    return Page(answer.page, tuple(answer.records), tuple(answer.follow), tuple(answer.warnings))


def _ours(result: Result) -> dict[str, Any]:
    if result.wanted.get("kind") == "meeting":
        return {"meetings": [_allris4_meeting(one) for one in result.records if isinstance(one, Meeting)]}
    if "kind" in result.wanted:
        return {"papers": [_allris4(one) for one in result.records if isinstance(one, Paper)]}
    return {"meetings": council_words.meetings(result.records), "papers": council_words.papers(result.records)}


def _allris4(paper: Paper) -> dict[str, Any]:
    """Our paper in the words of the result beside Potsdam's and Osnabrück's."""
    return {
        "id": paper.native_id,
        "reference": paper.reference,
        "name": paper.name,
        "paperType": paper.paper_type,
        "date": str(paper.date),
        "responsibleOffice": _id(paper.under_direction_of),
        "consultations": [_station(step) for step in paper.consultations],
        "documents": [
            {"id": file.native_id, "name": file.name, "mimeType": file.media_type, "size": file.size}
            for file in paper.files
            if file.role is FileRole.MAIN
        ],
        "volfdnr": int(str(paper.source_url).rpartition("VOLFDNR=")[2]),
        "created": paper.created.isoformat() if paper.created else None,
        "modified": paper.modified.isoformat() if paper.modified else None,
        "superordinatedPaper": paper.superordinated[0] if paper.superordinated else None,
    }


def _allris4_meeting(meeting: Meeting) -> dict[str, Any]:
    """Our meeting in the words of the result beside Bonn's; what a list of a public server does not say to be otherwise
    is public."""
    return {
        "id": meeting.native_id,
        "name": meeting.name,
        "organization": _id(meeting.organization),
        "start": f"{meeting.start:%Y-%m-%dT%H:%M}" if meeting.start else None,
        "end": f"{meeting.end:%Y-%m-%dT%H:%M}" if meeting.end else None,
        "agenda": [
            {"number": item.number, "name": item.name, "public": item.public is not False} for item in meeting.agenda
        ],
        "documents": [{"name": file.name} for file in meeting.files],
    }


def _station(step: Consultation) -> dict[str, Any]:
    return {
        "organization": _id(step.organization),
        "role": step.role,
        "authoritative": step.authoritative,
        "meeting": step.meeting,
        "agendaItem": step.agenda_item,
    }


def _id(refs: Iterable[OrganizationRef]) -> str | None:
    return next((one.native_id for one in refs), None)


def _theirs(wanted: dict[str, Any], asked: str) -> dict[str, Any]:
    """Where a paper has no superordinated one, the result does not name the field."""
    if wanted.get("kind") == "meeting":
        return wanted
    if "kind" not in wanted:
        return council_words.nothing_else(wanted, asked)
    return wanted | {"papers": [{"superordinatedPaper": None} | one for one in wanted["papers"]]}


def _with_segment(native_id: str) -> str:
    return f"organizations/{native_id}"


_RUBIN = "morerubin/*"

PAGES = SavedPages(
    system=System.OPARL,
    folders=("oparl", "morerubin/_synthetic-oparl"),
    suffixes=frozenset({".json", ".broken_json"}),
    read=_read,
    guess=lambda _: "https://rat.example.test/oparl/answer",
    ours=_ours,
    theirs=_theirs,
    page_type=lambda name: next((page for beginning, page in _PAGES if name.startswith(beginning)), None),
    refused={
        "oparl/defects/importer/test-data/amtzell_*.json": (UnexpectedResponse, "an importer's own format, not OParl"),
        "morerubin/_synthetic-oparl/error-not-active.json": (AccessDenied, "OParl is switched off"),
        "morerubin/_synthetic-oparl/error-test-expired.json": (AccessDenied, "the trial has run out"),
    },
    without_records={
        "oparl/systems-and-bodies/*": "systems and bodies lead on, and are not kept",
        "oparl/defects/importer/testdata/*": "bodies",
        "oparl/spec-examples/Body*": "a body",
        "oparl/spec-examples/File*": "a file alone",
        "oparl/spec-examples/Location*": "a place alone",
        "oparl/spec-examples/System*": "a system",
        "morerubin/_synthetic-oparl/bodies.json": "bodies",
        "morerubin/_synthetic-oparl/system.json": "a system",
    },
    notation=(
        KINDS,
        Declared(
            "papers[].responsibleOffice papers[].consultations[].organization",
            "the results leave out the segment `organizations/`; ours keeps the whole rest of the path",
            _with_segment,
            pages="oparl/*",
        ),
    ),
    declared=(
        NOT_PUBLIC,
        Declared("page kind url", "about the result itself", pages="oparl/*"),
        Declared(
            "*organization[].name",
            "the result takes it from another answer; ours has the id to join by",
            lambda _: None,
            pages=_RUBIN,
        ),
        Declared(
            "*consultations[].public",
            "OParl's Consultation has no such field; ours is public or not there",
            pages=_RUBIN,
        ),
        Declared("*.agendaItemNumber", "stands in the meeting's answer, joined by `agenda_item`", pages=_RUBIN),
        Declared("meetings[].url", "`web` is not in the answer; the result made it up", lambda _: None, pages=_RUBIN),
        Declared("meetings[].shownId", "the id as served is `source_id` (test_oparl)", pages=_RUBIN),
        Declared(
            "*agendaItems[].paper",
            "stands in another answer, joined by `agenda_item.consultation` (test_oparl)",
            pages=_RUBIN,
        ),
    ),
)

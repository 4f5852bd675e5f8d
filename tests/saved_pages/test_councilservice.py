"""Every saved councilservice answer is read or refused as it should be; where a hand-written result lies beside it,
field by field the same; and the operator's key is nowhere in what was read.

The answers are the councils' and lie beside the repository, never in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from council.model import File, FileRole, Meeting, OrganizationRef, Paper
from crawlers.councilservice.pages import read_page
from crawlers.page import Page
from crawlers.reading import SourceSaysNo

SHARED = Path(__file__).resolve().parents[3] / "shared"
PAGES = SHARED / "pages" / "councilservice"
SYSTEM = "https://stadt-muster.mein-intra.net/"
HUMAN_PAGE = "https://www.muster.example.test/ris.html"
KEY = "00000000-11111111"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PAGES.is_dir(), reason="the real pages are not laid beside the repository (../shared/pages)"
    ),
]

REFUSED = {"_synthetic/error.synthetic.json": (SourceSaysNo, "Keine Berechtigung")}

KNOWN_GAPS: dict[str, tuple[str, ...]] = {
    "_synthetic/entry-hidden.synthetic.json": (
        "expected visibility 1 and display_contents 1, found 1 and 0: left out",
    ),
    "_synthetic/overview-incomplete.synthetic.json": ("expected 5 entries, found 4: the list is incomplete",),
}
"""What is not understood in an answer, or rather said of it."""

DECLARED: dict[str, str] = {
    "cancelled: null": "the system has no flag; ours is false unless the title says otherwise",
    "url: null": "the human page is not in the answer; given from outside it is",
    "file url": "the path stands behind # on the meeting's human page: the answer's own address holds the key",
    "items public: false": "the result lists them for a parser; ours leaves them out, their numbers as withheld",
    "supersededBy": "no field of a meeting; found by committee and day",
    "entry organization": "an entry names its groups by number only, staff among them; the overview has the names",
    "paper nativeId: null": "there is none: the reference is the number, which one matter has in all its meetings",
    "resolutionNumber, addedInMeeting": "no fields of an agenda item",
}
"""Where our result is meant to differ from the one that lies beside an answer."""

ROLES = {
    "announcement": FileRole.INVITATION,
    "paper": FileRole.MAIN,
    "attachment": FileRole.ATTACHMENT,
    "minutes": FileRole.MINUTES,
    "resolution": FileRole.RESOLUTION,
}
COMPARED = {"fields": 0}


def _saved() -> list[Path]:
    paths = PAGES.rglob("*.*") if PAGES.is_dir() else ()
    return sorted(path for path in paths if path.suffix != ".md" and not path.name.endswith(".expected.json"))


def _name(path: Path) -> str:
    return path.relative_to(PAGES).as_posix()


def _read(path: Path) -> Page:
    asked = "councilservice/session/fetch-overview/mine/0/by-docs/0?range=individual"
    url = HUMAN_PAGE if path.suffix == ".html" else f"{SYSTEM}{asked}"
    return read_page(path.read_bytes(), url, HUMAN_PAGE)


@pytest.mark.parametrize("path", _saved(), ids=_name)
def test_every_saved_page(path: Path) -> None:
    if _name(path) in REFUSED:
        with pytest.raises(REFUSED[_name(path)][0], match=REFUSED[_name(path)][1]):
            _read(path)
        return
    page = _read(path)
    assert page.page == {"ris": "export"}.get(
        path.name.partition("-")[0], path.name.partition("-")[0].partition(".")[0]
    )
    assert tuple(gap.what for gap in page.not_understood) == KNOWN_GAPS.get(_name(path), ())
    assert KEY in path.read_text(encoding="utf-8") or "overview" in path.name or not page.records
    text = json.dumps(page.as_json())
    assert KEY not in text
    assert ".ics" not in text
    assert "Amtsleiter" not in text


def test_the_page_says_which_system_to_ask() -> None:
    page = _read(PAGES / "sonnewalde" / "ris-page.html")
    assert page.follow == (
        "https://stadt-sonnewalde.mein-intra.net/councilservice/session/fetch-overview/mine/0/by-docs/0",
    )


def test_only_sessions_with_something_to_see_are_asked_for() -> None:
    page = _read(PAGES / "sonnewalde" / "overview.json")
    numbers = {address.rpartition("/")[2] for address in page.follow}
    assert {"121559", "121560", "121606", "121615"} <= numbers
    assert len(numbers) < len(page.records)


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.expected.json")) if PAGES.is_dir() else [], ids=_name)
def test_field_by_field(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))
    page = _read(path.with_name(wanted["file"]))
    before = COMPARED["fields"]
    meetings = [record for record in page.records if isinstance(record, Meeting)]
    is_entry = page.page == "entry"
    differences = list(
        _differences(
            "meetings", [_meeting(one) for one in meetings], [_cut(one, is_entry) for one in wanted["meetings"]]
        )
    )
    papers = [record for record in page.records if isinstance(record, Paper)]
    wanted_papers = [_cut(one, is_entry) for one in wanted.get("papers", [])]
    differences += _differences("papers", [_paper(one) for one in papers], wanted_papers)
    with capsys.disabled():
        print(f" [{COMPARED['fields'] - before} fields]", end="")
    assert differences == []
    for one, meeting in zip(wanted["meetings"], meetings, strict=True):
        closed = [item for item in one["agendaItems"] or () if not item["public"]]
        assert len(meeting.withheld) >= len(closed)


def _differences(where: str, ours: Any, theirs: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in theirs:
            yield from _differences(f"{where}.{key}", ours.get(key, "not read"), theirs[key])
    elif isinstance(theirs, list) and isinstance(ours, list) and len(ours) == len(theirs):
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differences(f"{where}[{place}]", one, other)
    else:
        COMPARED["fields"] += 1
        if ours != theirs:
            yield where, ours, theirs


def _cut(value: Any, is_entry: bool) -> Any:
    """A result without what is declared above to differ, its documents' kinds as our roles."""
    if isinstance(value, list):
        public = (one for one in value if not (isinstance(one, dict) and one.get("public") is False))
        return [_cut(one, is_entry) for one in public]
    if not isinstance(value, dict):
        return value
    gone = {"supersededBy", "resolutionNumber", "addedInMeeting", "agendaItemNumber", "role"}
    gone |= {"organization"} if is_entry else set()
    cut = {key: _cut(one, is_entry) for key, one in value.items() if key not in gone}
    if "kind" in cut:
        cut["kind"] = ROLES[cut["kind"]].value
    if "agendaItems" in cut:
        cut["cancelled"] = cut["cancelled"] or False
        cut["url"] = f"{HUMAN_PAGE}?href=/councilservice/entry/view/{cut['nativeId']}"
        cut |= {key: cut[key] or [] for key in ("agendaItems", "documents")}
    if "reference" in cut:
        cut["nativeId"] = cut["reference"]
    return cut


def _refs(refs: tuple[OrganizationRef, ...]) -> list[dict[str, Any]]:
    return [{"nativeId": ref.native_id, "name": ref.name} for ref in refs]


def _documents(files: tuple[File, ...]) -> list[dict[str, Any]]:
    return [
        {
            "nativeId": file.native_id,
            "name": file.name,
            "url": unquote(str(file.url).partition("#")[2]),
            "kind": file.role.value,
        }
        for file in files
    ]


def _meeting(meeting: Meeting) -> dict[str, Any]:
    """Our meeting in the words of the results."""
    place = meeting.location
    empty = {"streetAddress": None, "postalCode": None, "locality": None}
    return {
        "nativeId": meeting.native_id,
        "name": meeting.name,
        "organization": _refs(meeting.organization),
        "start": meeting.start.isoformat() if meeting.start else None,
        "end": meeting.end.isoformat() if meeting.end else None,
        "location": {"description": place.description} | empty if place else None,
        "cancelled": meeting.cancelled,
        "url": meeting.source_url,
        "documents": _documents(meeting.files),
        "agendaItems": [
            {
                "number": item.number,
                "name": item.name,
                "public": item.public,
                "result": item.result,
                "paper": {"reference": item.reference, "nativeId": item.paper} if item.paper else None,
                "documents": _documents(item.files),
            }
            for item in meeting.agenda
        ],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "nativeId": paper.native_id,
        "reference": paper.reference,
        "name": paper.name,
        "paperType": paper.paper_type,
        "date": paper.date,
        "documents": _documents(paper.files),
        "consultations": [
            {"date": str(one.date), "meeting": one.meeting, "public": True, "result": one.result}
            for one in paper.consultations
        ],
    }

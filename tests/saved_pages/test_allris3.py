"""Every saved page of ALLRIS 3 is read or refused as it should be; where a hand-written result lies beside it, field by
field the same.

The pages are the councils' and lie beside the repository, never in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from council.model import AgendaItem, Consultation, File, Location, Meeting, Organization, Paper
from crawlers.allris3.pages import read_page
from crawlers.page import Page
from crawlers.reading import PageChanged

SHARED = Path(__file__).resolve().parents[3] / "shared"
PAGES = SHARED / "pages" / "allris3"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PAGES.is_dir(), reason="the real pages are not laid beside the repository (../shared/pages)"
    ),
]

REFUSED: dict[str, tuple[type[PageChanged], str]] = {}

ADDRESSES = {
    "regensburg/rgb-si010.html": "https://ratsinfo.regensburg.example/bi/si010.asp?MM=9&YY=2026",
    "regensburg/rgb-to010.html": "https://ratsinfo.regensburg.example/bi/to010.asp?SILFDNR=2667",
    "regensburg/rgb-vo020.html": "https://ratsinfo.regensburg.example/bi/vo020.asp?VOLFDNR=22820",
}
"""Of pages without a result beside them."""

WITHOUT_RECORDS = {"mering/yw040_r.html": "a search form", "westerstede/allris.net.html": "the start page"}

ATTACHMENTS = "attachments whose addresses (temporary folder) answer in one session only"
NOTED = {"hildesheim/vo020-8000.html": ATTACHMENTS}
"""What is noted on a page; nothing on all others."""

DECLARED: dict[str, str] = {
    "meeting start": "a day without a time is its midnight: a meeting's start is a moment",
    "meeting native id": "of the cancelled and of those without agenda the result has no number: ours is day and name",
    "items public: false": "the result lists them for a parser; ours leaves them out, their numbers as withheld",
    "item note, addendum": "no fields of ours: what stands in brackets behind a name, and that an item came later",
    "item linkedMeeting": "another meeting's minutes are approved: no field of ours",
    "meeting status, occasion": "no fields of ours; the status decides on publicity",
    "organizationId": "compared: PALFDNR=1 is pa-1, AULFDNR=1 is au-1",
    "authors, clerk": "names of employees are not kept (ground rule: persons of public office only)",
    "attachment url": "left out: the ___tmp address answers in one session only; the name, date and place are compared",
    "attachment sizeText": "rounded: a size is kept in bytes only",
    "attachment status": "öffentlich; others are left out",
    "consultation meetingName, status": "no fields of ours",
    "textBlocks": "of papers with a main document its own text is kept by that document; of to020 compared",
    "vote": "in words, in the decision's text",
    "start page": "calendarProgram, council, committees and papers are compared with what is followed; search is not",
}
"""Where our result is meant to differ from the one that lies beside a page."""

COMPARED = {"fields": 0}


def _saved() -> list[Path]:
    return sorted(PAGES.rglob("*.html")) if PAGES.is_dir() else []


def _expected() -> list[Path]:
    return sorted(PAGES.rglob("*.expected.json")) if PAGES.is_dir() else []


def _name(path: Path) -> str:
    return path.relative_to(PAGES).as_posix()


def _url(path: Path) -> str:
    expected = path.parent / f"{path.stem}.expected.json"
    if not expected.exists():
        return ADDRESSES[_name(path)]
    url: str = json.loads(expected.read_text(encoding="utf-8"))["url"]
    return url if url.startswith("http") else f"https://{path.parent.name}.example/bi/{url}"


def _read(path: Path) -> Page:
    return read_page(path.read_bytes(), _url(path))


@pytest.mark.parametrize("path", _saved(), ids=_name)
def test_every_saved_page(path: Path) -> None:
    if _name(path) in REFUSED:
        with pytest.raises(REFUSED[_name(path)][0]):
            _read(path)
        return
    page = _read(path)
    assert bool(page.records) is (_name(path) not in WITHOUT_RECORDS)
    assert all(NOTED.get(_name(path), "nothing") in str(gap) for gap in page.not_understood)
    assert bool(page.not_understood) is (_name(path) in NOTED)
    for address in page.follow:
        assert not any(part in address for part in ("kp0", "si019", "yw0", "sid=", "topSelected", "history"))
    said = json.dumps(page.as_json(), ensure_ascii=False)
    for never in ("Nachname, Vorname", "Müller, Michelle", "König, Michelle", "Opitz", "Thomas Könnecker", "___tmp"):
        assert never not in said


@pytest.mark.parametrize("path", _expected(), ids=_name)
def test_field_by_field(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))
    page = _read(path.with_name(wanted["fixture"]))
    before = COMPARED["fields"]
    differences = list(_differences("page", page.page, wanted["page"]))
    differences += _KINDS[wanted["kind"]](page, wanted)
    with capsys.disabled():
        print(f" [{COMPARED['fields'] - before} fields]", end="")
    assert differences == []
    assert COMPARED["fields"] > before


Difference = tuple[str, Any, Any]


def _differences(where: str, ours: Any, theirs: Any) -> Iterator[Difference]:
    """Every field in which the two differ; keys of theirs that are no fields of ours have been cut before."""
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


def _without(value: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key not in keys}


def _calendar(page: Page, wanted: dict[str, Any]) -> Iterator[Difference]:
    asked = [address.rpartition("SILFDNR=")[2] for address in page.follow]
    ours = [
        {
            "date": f"{meeting.start:%Y-%m-%d}" if meeting.start else None,
            "start": f"{meeting.start:%H:%M}" if meeting.start else None,
            "end": f"{meeting.end:%H:%M}" if meeting.end else None,
            "name": meeting.name,
            "organization": meeting.organization[0].name if meeting.organization else None,
            "silfdnr": int(meeting.native_id) if meeting.native_id.isdecimal() else None,
            "agendaLinked": meeting.native_id in asked,
            "cancelled": meeting.cancelled,
            "location": meeting.location.description if meeting.location else None,
        }
        for meeting in page.records
        if isinstance(meeting, Meeting)
    ]
    yield from _differences("meetings", ours, wanted["meetings"])


def _head(meeting: Meeting) -> dict[str, Any]:
    body = meeting.organization[0] if meeting.organization else None
    kind, _, number = (body.native_id or "").partition("-") if body else ("", "", "")
    return {
        "silfdnr": int(meeting.native_id),
        "name": meeting.name,
        "organization": body.name if body else None,
        "organizationId": f"{kind.upper()}LFDNR={number}" if body else None,
        "start": f"{meeting.start:%Y-%m-%dT%H:%M}" if meeting.start else None,
        "end": f"{meeting.end:%Y-%m-%dT%H:%M}" if meeting.end else None,
        "cancelled": meeting.cancelled,
        "location": _place(meeting.location),
    }


def _place(place: Location | None) -> dict[str, Any] | None:
    return {"room": place.room, "address": place.description} if place else None


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "badge": f"Ö {item.number}",
        "number": item.number,
        "name": item.name,
        "public": item.public,
        "tolfdnr": int(item.native_id),
        "volfdnr": int(item.paper) if item.paper else None,
        "reference": item.reference,
        "result": item.result,
        "documents": _documents(item.files),
    }


def _documents(files: tuple[File, ...]) -> list[dict[str, Any]]:
    stable = [file for file in files if file.url]
    return [
        {"id": int(file.native_id), "name": file.name, "url": (file.url or "").rpartition("/")[2]} for file in stable
    ]


def _named_documents(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_without(one, "tooltip") for one in documents]


def _midnight(start: str) -> str:
    return start if "T" in start else f"{start}T00:00"


def _meeting(page: Page, wanted: dict[str, Any]) -> Iterator[Difference]:
    meeting = page.records[0]
    assert isinstance(meeting, Meeting)
    head = {key: wanted[key] for key in _head(meeting)}
    yield from _differences("meeting", _head(meeting), head | {"start": _midnight(head["start"])})
    public = [
        _without(one, "note", "addendum", "linkedMeeting", "role", "attachments")
        | {"documents": _named_documents(one.get("documents", []))}
        for one in wanted["agenda"]
        if one["public"]
    ]
    yield from _differences("agenda", [_item(one) for one in meeting.agenda], public)
    yield from _differences("documents", _documents(meeting.files), _named_documents(wanted["documents"]))
    closed = [str(one["tolfdnr"]) for one in wanted["agenda"] if not one["public"]]
    yield from _differences("withheld", list(meeting.withheld), closed)


def _paper(page: Page, wanted: dict[str, Any]) -> Iterator[Difference]:
    paper = page.records[0]
    assert isinstance(paper, Paper)
    ours = {
        "volfdnr": int(paper.native_id),
        "reference": paper.reference,
        "name": paper.name,
        "paperType": paper.paper_type,
        "date": paper.date,
        "responsibleOffice": paper.under_direction_of[0].name if paper.under_direction_of else None,
        "consultations": [_consultation(one) for one in paper.consultations],
        "documents": _documents(paper.files),
        "attachments": [_attachment(one) for one in paper.files if one.url is None],
    }
    theirs = {key: wanted[key] for key in ours if key in wanted}
    theirs["volfdnr"] = wanted["volfdnr"] or wanted["requestVolfdnr"]
    theirs["consultations"] = [_without(one, "meetingName", "status") for one in wanted["consultations"]]
    theirs["attachments"] = [
        {"nr": one["nr"], "name": one["name"], "date": one["date"][:10], "fileName": one["url"].rpartition("/")[2]}
        for one in wanted["attachments"]
    ]
    yield from _differences("paper", ours, theirs)


def _consultation(one: Consultation) -> dict[str, Any]:
    return {
        "organization": one.organization[0].name if one.organization else None,
        "role": one.role,
        "date": one.date.isoformat() if one.date else None,
        "silfdnr": int(one.meeting) if one.meeting else None,
        "tolfdnr": int(one.agenda_item) if one.agenda_item else None,
        "result": one.result,
    }


def _attachment(file: File) -> dict[str, Any]:
    return {
        "nr": int(file.native_id.rpartition("-")[2]),
        "name": file.name,
        "date": file.date.isoformat() if file.date else None,
        "fileName": file.file_name,
    }


def _agenda_item(page: Page, wanted: dict[str, Any]) -> Iterator[Difference]:
    meeting = page.records[0]
    assert isinstance(meeting, Meeting)
    (item,) = meeting.agenda
    paper, texts = wanted["paper"], {one["anchor"]: one["first200"] for one in wanted["textBlocks"]}
    theirs = {key: wanted[key] for key in ("tolfdnr", "badge", "number", "public", "name", "result")}
    theirs |= {"volfdnr": paper["volfdnr"], "reference": paper["reference"]}
    yield from _differences("item", _item(item), theirs)
    decision = " ".join((item.resolution_text or "").split())
    yield from _differences("decision", decision, f"{texts['allrisBS']} Abstimmungsergebnis: {texts['allrisAE']}")
    yield from _differences("minutes", [file.text for file in item.files], [texts["allrisWP"]])
    head = _without(wanted["meeting"], "status", "occasion")
    yield from _differences("meeting", _head(meeting), head)


def _organizations(page: Page, wanted: dict[str, Any]) -> Iterator[Difference]:
    ours = [
        {"palfdnr": int(one.native_id.removeprefix("pa-")), "name": one.name}
        for one in page.records
        if isinstance(one, Organization)
    ]
    yield from _differences("organizations", ours, wanted["organizations"])


def _start(page: Page, wanted: dict[str, Any]) -> Iterator[Difference]:
    programs = [address.rpartition("/")[2] for address in page.follow]
    for key in ("calendarProgram", "council", "committees", "papers"):
        yield from _differences(key, wanted[key] in programs, True)
    yield from _differences("search", wanted["search"] in programs, False)


def _search(page: Page, wanted: dict[str, Any]) -> Iterator[Difference]:
    yield from _differences("records", list(page.records), [])
    yield from _differences("calendarProgram", page.follow[0] if page.follow else None, wanted["calendarProgram"])


_KINDS = {
    "calendar": _calendar,
    "meeting": _meeting,
    "paper": _paper,
    "agendaItem": _agenda_item,
    "organizations": _organizations,
    "start": _start,
    "search": _search,
}

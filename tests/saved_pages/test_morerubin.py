"""Every saved more!rubin answer is read or refused as it should be; where a hand-written result lies beside it, field
by field the same.

The answers are the councils' and lie beside the repository, never in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from council.model import Consultation, File, FileRole, Location, Meeting, OrganizationRef, Paper
from crawlers.morerubin.pages import read_page
from crawlers.page import Page
from crawlers.reading import PageChanged

SHARED = Path(__file__).resolve().parents[3] / "shared"
PAGES = SHARED / "pages" / "morerubin"
OPARL = "_synthetic-oparl"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PAGES.is_dir(), reason="the real pages are not laid beside the repository (../shared/pages)"
    ),
]

REFUSED: dict[str, tuple[type[PageChanged], str]] = {
    "_shared/bodies-of-several-hosts.partial.json": (
        PageChanged,
        "a collection of several hosts' answers, itself none",
    ),
    "_shared/spa-start.html": (PageChanged, "the empty frame that the newer interface answers to any unknown path"),
}

DECLARED: dict[str, str] = {
    "file url": "`json=1`, `platform`, `system` are cut off: with them the document comes packed (ris-systems E.1)",
    "start": "a day without a time is its midnight: a meeting's start is a moment",
    "items public: false": "the result lists them for a parser; ours leaves them out, their numbers as withheld",
    "documents, agendaItems: null": "not shown in a calendar: ours are empty until the meeting's own answer",
    "consultation public, agendaItemNumber": "ours is public or not there, and names the item by its id",
    "consultation meeting of another body": "compared: the number without ni_",
    "shownId": "what follows from it, the address to ask, is compared",
    "bodyNativeId": "no field of a meeting; the bodies have an answer of their own",
    "item role": "stands on the paper's consultation; of an item without paper we keep none",
    "papersNotPublic": "left out",
}
"""Where our result is meant to differ from the one that lies beside an answer."""

ROLES = {
    "announcement": FileRole.INVITATION,
    "paper": FileRole.MAIN,
    "paper attachment": FileRole.ATTACHMENT,
    "item attachment": FileRole.ATTACHMENT,
    "resolution": FileRole.RESOLUTION,
}
COMPARED = {"fields": 0}


def _saved() -> list[Path]:
    paths = (path for path in PAGES.rglob("*.*") if path.parent.name != OPARL) if PAGES.is_dir() else ()
    return sorted(path for path in paths if not path.name.endswith(".expected.json"))


def _name(path: Path) -> str:
    return path.relative_to(PAGES).as_posix()


def _url(path: Path) -> str:
    """Where the answer came from, as far as it tells: the host in its addresses."""
    host = {"eibenstock": "ris.eibenstock.de", "landkreis-leipzig": "www.lk-l.info"}.get(path.parent.name)
    if host is None:
        return f"https://{path.parent.name}.gremien.info/api.php?id=any&action=get"
    page = "meeting.php?id=1" if path.suffix == ".html" else "webservice-mobile/webservice.php?id=calendar&action=get"
    return f"https://{host}/{page}"


def _read(path: Path) -> Page:
    return read_page(path.read_bytes(), _url(path))


@pytest.mark.parametrize("path", _saved(), ids=_name)
def test_every_saved_page(path: Path) -> None:
    if _name(path) in REFUSED:
        with pytest.raises(REFUSED[_name(path)][0]):
            _read(path)
        return
    page = _read(path)
    assert page.page == path.name.partition("-")[0].partition(".")[0]
    assert page.not_understood == ()
    assert page.records
    text = json.dumps(page.as_json())
    assert "participants" not in text
    assert "Vorsitzende/r" not in text


def _expected() -> list[Path]:
    paths = PAGES.rglob("*.expected.json") if PAGES.is_dir() else ()
    return sorted(path for path in paths if path.parent.name != OPARL)


@pytest.mark.parametrize("path", _expected(), ids=_name)
def test_field_by_field(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))
    page = _read(path.with_name(wanted["file"]))
    before = COMPARED["fields"]
    meetings = [record for record in page.records if isinstance(record, Meeting)]
    differences = list(_differences("meetings", [_meeting(one) for one in meetings], _cut(wanted["meetings"])))
    papers = [record for record in page.records if isinstance(record, Paper)]
    differences += _differences("papers", [_paper(one) for one in papers], _cut(wanted.get("papers", [])))
    with capsys.disabled():
        print(f" [{COMPARED['fields'] - before} fields]", end="")
    assert differences == []
    assert COMPARED["fields"] > before
    closed = [item for one in wanted["meetings"] for item in one["agendaItems"] or () if not item["public"]]
    for meeting in meetings:
        assert len(meeting.withheld) >= len(closed)
    shown = [one.get("shownId", one["nativeId"]) for one in wanted["meetings"]]
    if page.page == "calendar":
        assert [address.rpartition("id=")[2].partition("&")[0] for address in page.follow] == shown


def _differences(where: str, ours: Any, theirs: Any) -> Iterator[tuple[str, Any, Any]]:
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


def _cut(value: Any) -> Any:
    """A result without what is declared above to differ, its documents' kinds as our roles."""
    if isinstance(value, list):
        return [_cut(one) for one in value if not (isinstance(one, dict) and one.get("public") is False)]
    if not isinstance(value, dict):
        return value
    cut = {key: _cut(one) for key, one in value.items() if key not in {"shownId", "bodyNativeId", "agendaItemNumber"}}
    if "kind" in cut:
        cut["kind"] = ROLES[cut["kind"]].value
        address = cut["url"]
        for name in ("json=1", "platform=ris", "system=ris"):
            address = address.replace(f"&{name}", "")
        cut["url"] = address
    if "agendaItems" in cut:
        cut["start"] = cut["start"] if "T" in cut["start"] else f"{cut['start']}T00:00:00+02:00"
        cut |= {key: cut[key] or [] for key in ("agendaItems", "documents")}
    if "number" in cut:
        cut.pop("role", None)
    return cut


def _refs(refs: tuple[OrganizationRef, ...]) -> list[dict[str, Any]]:
    return [{"nativeId": ref.native_id, "name": ref.name} for ref in refs]


def _documents(files: tuple[File, ...]) -> list[dict[str, Any]]:
    return [{"nativeId": file.native_id, "name": file.name, "url": file.url, "kind": file.role.value} for file in files]


def _location(place: Location | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "description": place.description,
        "streetAddress": place.street_address,
        "postalCode": place.postal_code,
        "locality": place.locality,
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    """Our meeting in the words of the results."""
    return {
        "nativeId": meeting.native_id,
        "name": meeting.name,
        "organization": _refs(meeting.organization),
        "start": meeting.start.isoformat() if meeting.start else None,
        "end": meeting.end.isoformat() if meeting.end else None,
        "location": _location(meeting.location),
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
        "date": paper.date.isoformat() if paper.date else None,
        "documents": _documents(paper.files),
        "consultations": [_station(one) for one in paper.consultations],
    }


def _station(step: Consultation) -> dict[str, Any]:
    return {
        "organization": _refs(step.organization),
        "date": step.date.isoformat() if step.date else None,
        "meeting": step.meeting,
        "role": step.role,
        "public": True,
        "result": step.result,
    }

"""Saved pages of municipalities without a council information system; beside a perfect reader's result, field by field.

The pages are the councils' and lie beside the repository, never in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from council.model import File, FileRole, Meeting, Paper, files_of
from crawlers.notices.pages import read_page
from crawlers.page import Page
from crawlers.reading import PageChanged

SHARED = Path(__file__).resolve().parents[3] / "shared"
WEBSITE = SHARED / "pages" / "website"
KOMFA = SHARED / "pages" / "komfa"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not WEBSITE.is_dir(), reason="the real pages are not laid beside the repository (../shared/pages)"
    ),
]

URLS = {
    "berglicht/gremien.partial.html": "https://www.berglicht.example.de/gremien.html",
    "betteldorf/niederschriften.partial.html": "https://betteldorf.de/niederschriften/",
    "kusel/stadtrat.partial.html": "https://www.kusel.example.de/stadtrat.html",
    "musterbach/bekanntmachungen.synthetic.html": "https://www.musterbach.example.test/rathaus/bekanntmachungen/",
}
"""The saved pages do not say where they were; Betteldorf's does."""

DECLARED: dict[str, str] = {
    "meetings of minutes": "Berglicht's and Kusel's results list documents only; ours makes the meeting they belong to "
    "where committee and day are named, as Musterbach's result does",
    "invitations that are pages": "Berglicht's invitations are pages, not documents: their text may hold the non-"
    "public part. Ours follows and reads them and keeps no file; the address is the meeting's source_url or in follow",
    "report": "Meeting has no property for a report: its role is attachment; of a paper it is the main file",
    "day of a report": "Berglicht's reports bear the report's day, not the meeting's: papers with that date and the "
    "committee as originator, no meeting",
    "minutes without a committee": "Betteldorf names none: papers of type Niederschrift with that date",
    "by-law": "Musterbach's result drops the budget by-law; ours keeps it as a paper of type Bekanntmachung",
    "start": "a day alone is midnight in Berlin, as everywhere",
    "cancelled": "null in the results (nothing shown) is False in ours, the model's default",
}
"""Where our result is meant to differ from the one that lies beside a page."""

_ROLES = {
    "invitation": {FileRole.INVITATION},
    "minutes": {FileRole.MINUTES, FileRole.MAIN},
    "report": {FileRole.ATTACHMENT, FileRole.MAIN},
}


def _read(name: str) -> Page:
    return read_page((WEBSITE / name).read_bytes(), URLS[name])


def _expected(name: str) -> dict[str, Any]:
    stem = name.split(".")[0]
    found: dict[str, Any] = json.loads((WEBSITE / f"{stem}.expected.json").read_text(encoding="utf-8"))
    return found


def test_every_page_has_its_address_here() -> None:
    assert {str(path.relative_to(WEBSITE)) for path in WEBSITE.rglob("*.html")} == set(URLS)


@pytest.mark.parametrize("name", URLS)
def test_every_page_is_read_whole(name: str) -> None:
    page = _read(name)
    assert page.page == "notice-list"
    assert page.records
    assert page.not_understood == ()


def _documents(page: Page) -> dict[str, tuple[File, Meeting | Paper]]:
    records = [record for record in page.records if isinstance(record, Meeting | Paper)]
    return {str(file.url): (file, record) for record in records for file in files_of(record)}


@pytest.mark.parametrize("name", URLS)
def test_documents_field_by_field(name: str) -> None:
    page, expected = _read(name), _expected(name)
    found, compared = _documents(page), 0
    for wanted in expected["documents"]:
        url = urljoin(URLS[name], wanted["url"])
        if name.startswith("berglicht") and wanted["kind"] == "invitation":
            compared += _compare_invitation_page(page, url, wanted)
            continue
        file, record = found.pop(url)
        assert file.name == wanted["name"]
        assert file.role in _ROLES[wanted["kind"]]
        assert (str(file.date) if file.date else None) == wanted.get("published")
        assert _day(record) == wanted["meetingDate"]
        assert _committee(record) == wanted["organization"]
        compared += 6
    print(f"{name}: {compared} fields of {len(expected['documents'])} documents")
    rest = {"/fileadmin/bekanntmachungen/2026/haushaltssatzung-2026.pdf"} if name.startswith("musterbach") else set()
    assert set(found) == {urljoin(URLS[name], url) for url in rest}


def _compare_invitation_page(page: Page, url: str, wanted: dict[str, Any]) -> int:
    assert url in page.follow
    (meeting,) = (
        one
        for one in page.records
        if isinstance(one, Meeting) and _day(one) == wanted["meetingDate"] and _committee(one) == wanted["organization"]
    )
    assert meeting.files == ()
    return 3


def _day(record: Meeting | Paper) -> str | None:
    day = record.start.date() if isinstance(record, Meeting) and record.start else None
    return str(day or (record.date if isinstance(record, Paper) else None))


def _committee(record: Meeting | Paper) -> str | None:
    named = record.organization if isinstance(record, Meeting) else record.originator
    return named[0].name if named else None


def test_meetings_of_musterbach_field_by_field() -> None:
    name = "musterbach/bekanntmachungen.synthetic.html"
    meetings = {
        (record.name, str(record.start.date())): record
        for record in _read(name).records
        if isinstance(record, Meeting) and record.start
    }
    expected = _expected(name)["meetings"]
    assert len(meetings) == len(expected)
    for wanted in expected:
        meeting = meetings[wanted["name"], wanted["start"][:10]]
        assert meeting.start is not None
        assert meeting.start.isoformat().startswith(wanted["start"])
        assert ("T" in wanted["start"]) == (meeting.start.hour > 0)
        assert [one.name for one in meeting.organization] == [one["name"] for one in wanted["organization"]]
        place = meeting.location
        assert (place.description if place else None) == (wanted["location"] or {}).get("description")
        assert (meeting.end, meeting.cancelled, meeting.agenda) == (None, False, ())
    print(f"{name}: {len(expected) * 8} fields of {len(expected)} meetings")


def test_what_is_not_public_is_nowhere() -> None:
    whole = json.dumps(_read("musterbach/bekanntmachungen.synthetic.html").as_json(), ensure_ascii=False)
    assert "nichtoeffentlich" not in whole
    assert "nichtöffentlich" not in whole


def test_menus_and_lists_of_members_are_no_notices() -> None:
    whole = json.dumps([_read(name).as_json() for name in URLS], ensure_ascii=False)
    for never in ("Müllabfuhr", "02_ogr.pdf", "freizeit-tourismus", "abfallkalender", "suche?q=", "impressum"):
        assert never not in whole


@pytest.mark.parametrize("path", sorted(KOMFA.rglob("*.html")), ids=lambda path: str(path.name))
def test_pages_of_another_system_give_away_nothing(path: Path) -> None:
    """Not ours to read, but a page may land here by a wrong entry: no non-public item comes out of it."""
    try:
        page = read_page(path.read_bytes(), "https://ris.example.de/seite.html")
    except PageChanged:
        return
    shown = json.dumps(page.as_json(), ensure_ascii=False)
    expected = json.loads(path.with_name(path.name.replace(".html", ".expected.json")).read_text(encoding="utf-8"))
    hidden = [
        item["name"]
        for meeting in expected["meetings"]
        for item in meeting.get("agendaItems") or ()
        if not item["public"] and item["name"] and len(item["name"]) > 20
    ]
    assert not [name for name in hidden if name in shown]

"""What is tested of the saved OParl answers beyond the factory, and a whole city."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from council.model import FileRole, Meeting, Paper, Tombstone, files_of
from crawlers.oparl.pages import OParlAnswer, read_answer
from tests.saved_pages.factory import NEEDS_PAGES, ROOT, SHARED, listed
from tests.saved_pages.oparl import PAGES

pytestmark = NEEDS_PAGES

OPARL = ROOT / "oparl"
RUBIN = ROOT / "morerubin" / "_synthetic-oparl"
KARLSRUHE = SHARED / "data" / "karlsruhe"


def _read(path: Path) -> OParlAnswer:
    return read_answer(path.read_bytes(), "https://rat.example.test/oparl/answer", "application/json")


def test_no_answer_is_empty() -> None:
    for name in PAGES.saved(ROOT):
        if not listed(PAGES.refused, name):
            answer = _read(ROOT / name)
            assert answer.records or answer.bodies or answer.system or answer.files or answer.page == "location", name


def test_every_body_has_its_four_lists_and_a_key_of_eight_digits_or_none() -> None:
    bodies = [body for path in (OPARL / "systems-and-bodies" / "bodies").glob("*.json") for body in _read(path).bodies]
    assert len(bodies) == 29
    assert all(len(body.lists) == 4 for body in bodies)
    assert all(body.ags is None or len(body.ags) == 8 for body in bodies)
    assert sum(body.ags is None for body in bodies) == 5


def test_bonn_s_offsets_with_two_colons_are_read_like_the_mended_ones() -> None:
    before, after = (
        _read(OPARL / f"defects/importer/testdata/cc-egov-colon-{when}.json") for when in ("before", "after")
    )
    assert before == after


def test_braunschweig_s_control_characters() -> None:
    (paper,) = _read(OPARL / "defects" / "broken_json.broken_json").records
    assert isinstance(paper, Paper)
    assert (paper.native_id, paper.reference) == ("papers.asp?id=1664", "1664/99")
    assert paper.name is not None
    assert paper.name.isprintable()


def test_the_person_of_the_specification_brings_no_telephone() -> None:
    answer = _read(OPARL / "spec-examples" / "Person-01.json")
    assert "mustermann.de" not in repr(answer)
    assert "+49" not in repr(answer)


@pytest.mark.parametrize("stem", ["body-01Stadt-meetings", "meeting-ni_2026-SR-12-0"])
def test_rubin_meetings_keep_their_ids_as_served_and_withhold_what_is_not_public(stem: str) -> None:
    result = PAGES.result(ROOT, f"morerubin/_synthetic-oparl/{stem}.expected.json")
    for meeting, wanted in zip(result.records, result.wanted["meetings"], strict=True):
        shown = wanted.get("shownId", f"{wanted['nativeId']}-0")
        assert meeting.source_url is None
        assert str(meeting.source_id).endswith(shown)
        assert len(meeting.withheld) == sum(not item["public"] for item in wanted["agendaItems"])


def test_rubin_agenda_items_lead_to_their_papers() -> None:
    papers = [
        *_read(RUBIN / "body-01Stadt-papers.json").records,
        *_read(RUBIN / "body-01Stadt-papers-page-2.json").records,
    ]
    by_item = {
        (step.meeting, step.agenda_item): paper.native_id
        for paper in papers
        if isinstance(paper, Paper)
        for step in paper.consultations
    }
    wanted = {
        (meeting["nativeId"], item["number"], item["name"]): item["paper"]["nativeId"]
        for meeting in json.loads((RUBIN / "body-01Stadt-meetings.expected.json").read_text(encoding="utf-8"))[
            "meetings"
        ]
        for item in meeting["agendaItems"]
        if item["paper"]
    }
    joined = {
        (meeting.native_id, item.number, item.name): by_item[meeting.native_id, item.native_id]
        for meeting in _read(RUBIN / "body-01Stadt-meetings.json").records
        if isinstance(meeting, Meeting)
        for item in meeting.agenda
        if (meeting.native_id, item.native_id) in by_item
    }
    assert joined == wanted


# --- a whole city (somacos, read August 2026)

KARLSRUHE_URL = "https://web1.karlsruhe.de/oparl/bodies/0001/list"
"""A floor, far below what was measured (papers 4,000, meetings with their agendas 2,000): machines differ."""


def _karlsruhe(name: str) -> Iterator[dict[str, Any]]:
    path = KARLSRUHE / name
    if not path.is_file():
        pytest.skip("the data of Karlsruhe are not laid beside the repository (../shared/data/karlsruhe)")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _read_in_pages(name: str) -> list[OParlAnswer]:
    objects = list(_karlsruhe(name))
    bodies = [json.dumps({"data": objects[at : at + 100]}).encode() for at in range(0, len(objects), 100)]
    return [read_answer(body, KARLSRUHE_URL) for body in bodies]


def test_all_papers_of_karlsruhe() -> None:
    answers = _read_in_pages("papers.jsonl.gz")
    records = [record for answer in answers for record in answer.records]
    papers = [record for record in records if isinstance(record, Paper)]
    assert len(records) == 14_004
    assert sum(isinstance(record, Tombstone) for record in records) == 268
    assert len({record.native_id for record in records}) == 14_004
    assert [gap for answer in answers for gap in answer.warnings] == []
    # Four attachments say "nö" in their names ("Anlage … Thesenpapier nö"), though the city's server hands them out.
    assert sum(answer.withheld for answer in answers) == 4
    assert sum(len(paper.files) for paper in papers) == 38_421 - 4
    assert sum(len(paper.consultations) for paper in papers) == 14_827
    assert sum(file.role is FileRole.MAIN for paper in papers for file in paper.files) > 5_000
    assert all(
        file.url and file.media_type == "application/pdf" and file.date for paper in papers for file in paper.files
    )


def test_all_meetings_of_karlsruhe() -> None:
    answers = _read_in_pages("meetings.jsonl.gz")
    meetings = [record for answer in answers for record in answer.records if isinstance(record, Meeting)]
    assert len(meetings) == 2_609
    assert [gap for answer in answers for gap in answer.warnings] == []
    # 40 agendas say "nö" or "ö/nö"; one item begins with "nö." but the server says outright that it is public.
    assert sum(answer.withheld for answer in answers) == 40
    assert [meeting.withheld for meeting in meetings if meeting.withheld] == []
    assert sum(len(meeting.agenda) for meeting in meetings) == 18_677
    assert sum(len(files_of(meeting)) for meeting in meetings) == 9_488 - 40
    # 1,206 meetings end at 00:00 of their own day, 16 begin then too, one ends before it begins.
    assert sum(meeting.end is None for meeting in meetings) == 1_223


def test_all_organizations_of_karlsruhe() -> None:
    with gzip.open(KARLSRUHE / "organizations.json.gz") as file:
        answer = read_answer(file.read(), KARLSRUHE_URL)
    assert (answer.page, len(answer.records), answer.warnings) == ("organization-list", 97, ())

"""Non-public things stay out, with their documents and papers, wherever they stand and however they are worded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from council.model import Paper, Tombstone, files_of
from tests.crawlers.morerubin.invented import (
    HOST,
    consultation,
    document,
    item,
    meeting,
    numbers,
    paper_item,
    read,
    read_items,
)


def secret(place: int, **fields: Any) -> dict[str, Any]:
    """A non-public item with everything that could show through."""
    number = f"2031010099{place}"
    held = paper_item(place, number, title="Grundstück Hinterhof 9", status=2, id=f"2031-SR-7|{number}|2")
    held["submission"] |= {"Status": 2, "name": "Grundstück Hinterhof 9", "alias": f"9{place}/2031"}
    held["documents"] = [document(4, number, "Vorlage Hinterhof", documentPublicStatusId=2)]
    return held | fields


@pytest.mark.parametrize("status", [2, "2", 2.0, "nichtöffentlich", "nicht öffentlich", {"id": 2}])
def test_non_public_items_between_public_ones(status: object) -> None:
    found, papers, page = read_items(item(1), secret(2, status=status), paper_item(3))
    assert numbers(found.agenda) == ["1", "3"]
    assert found.withheld[0] == "2031-SR-7|20310100992|2"
    assert found.withheld_papers == ("20310100992",)
    assert [paper.native_id for paper in papers] == ["20310100077"]
    assert "Hinterhof" not in json.dumps(page.as_json())
    assert page.warnings == ()


@pytest.mark.parametrize("status", [None, "", 0, 3, "gesperrt", True, [], {}])
def test_an_item_without_proof_is_left_out_and_said(status: object) -> None:
    found, papers, page = read_items(item(1), secret(2, status=status), item(3))
    assert numbers(found.agenda) == ["1", "3"]
    assert papers == []
    assert len(page.warnings) == 1
    assert "Hinterhof" not in json.dumps(page.as_json())


def test_a_missing_status_is_no_proof() -> None:
    bare = item(1)
    del bare["status"]
    found, _, page = read_items(bare)
    assert (found.agenda, len(page.warnings)) == ((), 1)
    assert found.withheld == ("2031-SR-7|zt_1|1",)


@pytest.mark.parametrize(
    "title",
    ["NÖ: Grundstück", "Personalsache (nichtöffentlich)", "nichtöffentlich - Vergabe", "Vergabe - nicht öffentlich"],
)
def test_a_title_that_says_otherwise(title: str) -> None:
    assert numbers(read_items(item(1), item(2, title))[0].agenda) == ["1"]


@pytest.mark.parametrize("number", ["N 2", "NÖ 2", "nö.2", "N2"])
def test_a_number_that_says_otherwise(number: str) -> None:
    assert numbers(read_items(item(1), item(2, topnummer=number))[0].agenda) == ["1"]


@pytest.mark.parametrize(
    "title",
    [
        "Bekanntgabe der in nichtöffentlicher Sitzung gefassten Beschlüsse",
        "Genehmigung der Niederschrift (nichtöffentlicher Teil)",
        "Öffentliche Toiletten am Ufer",
    ],
)
def test_what_is_said_in_public_about_the_other_part_stays(title: str) -> None:
    assert numbers(read_items(item(1), item(2, title))[0].agenda) == ["1", "2"]


@pytest.mark.parametrize(
    "heading", ["Nichtöffentlicher Teil", "II. Nicht öffentliche Sitzung:", "NICHTÖFFENTLICHER TEIL"]
)
def test_behind_a_heading_of_the_other_part_nothing_is_public(heading: str) -> None:
    found, _, _ = read_items(item(1), item(2, heading, topnummer=""), item(3), paper_item(4))
    assert numbers(found.agenda) == ["1"]
    assert "20310100077" in found.withheld_papers


def test_headings_of_the_public_part_are_no_items_and_open_it_again() -> None:
    found, _, _ = read_items(
        item(1, "Öffentlicher Teil", topnummer=""),
        item(2),
        item(3, "Nichtöffentlicher Teil", topnummer=""),
        item(4),
        item(5, "Wiederherstellung der Öffentlichkeit", topnummer=""),
        item(6),
    )
    assert numbers(found.agenda) == ["2", "6"]


def test_what_stands_below_a_non_public_item_is_not_public() -> None:
    found, _, _ = read_items(item(1), secret(2), item(3, parent_id=502), item(4, parent_id=503), item(5, parent_id=501))
    assert numbers(found.agenda) == ["1", "5"]


def test_nested_children_are_read_like_the_others() -> None:
    found, _, page = read_items(item(1, children=[item(11), secret(12)]), secret(2, children=[item(21)]))
    assert numbers(found.agenda) == ["1", "11"]
    assert "Hinterhof" not in json.dumps(page.as_json())


@pytest.mark.parametrize("fields", [{"is_draft": True}, {"is_draft": "1"}, {"is_draft": "vielleicht"}])
def test_drafts(fields: dict[str, Any]) -> None:
    assert read_items(item(1, **fields))[0].agenda == ()
    assert read(meeting_draft(**fields)).records == ()


def meeting_draft(**fields: Any) -> dict[str, Any]:
    """A meeting that is a draft as a whole."""
    return meeting(item(1), **fields)


def test_a_faction_s_meeting_is_none_of_the_council() -> None:
    assert read(meeting_draft(fraktionssitzung="1")).records == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"documentPublicStatusId": 2},
        {"documentPublicStatusId": "2"},
        {"documentPublicStatusId": 0},
        {"status_anlage": 2},
        {"documentUrl": ""},
        {"documentUrl": None},
        {"is_draft": True},
        {"documentName": "NÖ_Anlage Kaufvertrag"},
        {"documentName": "Niederschrift nichtöffentlicher Teil"},
        {"documentName": "Lageplan (vertraulich)"},
        {"dateiname": "Anlage_nichtoeffentlich.pdf"},
    ],
)
def test_documents_that_are_not_released(fields: dict[str, Any]) -> None:
    held = document(14, "2031-SR-7|zt_1|1|plan.pdf", "Plan", **fields)
    found, _, _ = read_items(item(1, documents=[held]), documents=[held | {"id": 9}])
    assert files_of(found) == ()


def test_a_document_whose_status_is_not_said_is_not_proven() -> None:
    bare = document(14, "2031-SR-7|zt_1|1|plan.pdf", "Plan")
    del bare["documentPublicStatusId"]
    found, _, page = read_items(item(1, documents=[bare]))
    assert (files_of(found), len(page.warnings)) == ((), 1)
    found, _, page = read_items(item(1, documents=[bare | {"status_anlage": 1}]))
    assert (len(files_of(found)), page.warnings) == (1, ())


def test_a_document_that_is_closed_at_a_non_public_item_is_closed_everywhere() -> None:
    shown = document(14, "2031-SR-7|zt_1|1|plan.pdf", "Plan")
    hidden = item(2, status=2, documents=[shown | {"documentPublicStatusId": None}])
    assert files_of(read_items(item(1, documents=[shown]), hidden)[0]) == ()


def test_a_document_closed_at_one_place_comes_in_by_no_other() -> None:
    shut = document(13, "20310100077|farben.pdf|", "Farben", documentPublicStatusId=2)
    found, (paper,), _ = read_items(paper_item(1), secret(2, documents=[shut]), documents=[shut])
    assert [file.native_id for file in paper.files] == ["20310100077"]
    assert "20310100077|farben.pdf|" not in {file.native_id for file in files_of(found)}


@pytest.mark.parametrize("status", [2, "2", 5])
def test_the_paper_of_a_public_item_that_is_not_public_itself(status: object) -> None:
    whole = paper_item(1)
    whole["submission"]["Status"] = status
    found, papers, _ = read_items(whole)
    assert papers == []
    assert (found.agenda[0].paper, found.agenda[0].reference, found.agenda[0].files) == (None, None, ())
    assert (found.withheld, found.withheld_papers) == ((), ("20310100077",))


def test_a_paper_in_both_parts_is_public_by_its_public_item() -> None:
    other = paper_item(2, status=2, id="2031-SR-7|20310100077|2", documents=[])
    found, papers, _ = read_items(paper_item(1), other)
    assert [paper.native_id for paper in papers] == ["20310100077"]
    assert found.withheld_papers == ()
    assert "2031-SR-7|20310100077|2" in found.withheld


def test_public_stations_of_a_paper_in_other_meetings_are_not_withheld() -> None:
    hidden = secret(2)
    hidden["submission"]["consultations"] = [
        consultation(5, "20310100992", agenda_item_id="2031-HA-2|20310100992|1", sitzungsnummer="2031-HA-2"),
        consultation(6, "20310100992", agenda_item_id="2031-SR-7|20310100992|2", topstatus=2),
        consultation(7, "20310100992", agenda_item_id="ni_2031-SR-7|20310100992|2"),
    ]
    found = read_items(item(1), hidden)[0]
    assert set(found.withheld) == {"2031-SR-7|20310100992|2", "9006", "9007"}
    assert found.withheld_papers == ("20310100992",)


@pytest.mark.parametrize("gone", [*secret(2)])
def test_whatever_is_missing_in_it_a_non_public_item_does_not_come_out(gone: str) -> None:
    hidden = secret(2)
    del hidden[gone]
    _, papers, page = read_items(item(1), hidden, paper_item(3))
    assert "Hinterhof" not in json.dumps(page.as_json())
    assert [paper.native_id for paper in papers] == ["20310100077"]


# --- a paper's own answer


def submission(**fields: Any) -> dict[str, Any]:
    """A paper's own answer."""
    held: dict[str, Any] = paper_item(1)["submission"]
    return held | {"documents": paper_item(1)["documents"]} | fields


def test_a_paper_s_own_answer() -> None:
    page = read(submission(), f"{HOST}/api.php?id=submissions&action=get&submission_id=20310100077")
    (paper,) = page.records
    assert isinstance(paper, Paper)
    assert (page.page, paper.reference, len(paper.files), len(paper.consultations)) == ("submission", "7/2031", 2, 1)


def test_a_paper_that_says_it_is_not_public_is_withdrawn() -> None:
    (record,) = read(submission(Status=2)).records
    assert isinstance(record, Tombstone)
    assert record.native_id == "20310100077"


def test_a_paper_without_any_proof_is_left_out_and_said() -> None:
    page = read(submission(Status=None, consultations=[consultation(2, "20310100077", topstatus=2)]))
    assert (page.records, len(page.warnings)) == ((), 1)
    assert len(read(submission(Status=None)).records) == 1

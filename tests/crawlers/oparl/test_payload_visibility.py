"""Non-public things stay out: agenda items, their files, the files that say so, whole objects."""

from __future__ import annotations

import json

import pytest

from council.model import Meeting, Paper, Tombstone, files_of
from crawlers.oparl.pages import OParlAnswer, read_answer

HOST = "https://rat.example.test/oparl"


def item(place: int, name: str | None = None, **fields: object) -> dict[str, object]:
    return {
        "id": f"{HOST}/agendaitems/{place}",
        "name": name or f"Punkt {place}",
        "consultation": f"{HOST}/consultations/{place}",
        "auxiliaryFile": [file(place)],
        "public": True,
        **fields,
    }


def file(number: int, name: str = "Anlage", **fields: object) -> dict[str, object]:
    return {"id": f"{HOST}/files/{number}", "name": name, "accessUrl": f"{HOST}/{number}.pdf", **fields}


def read(*items: object, **fields: object) -> tuple[Meeting, OParlAnswer]:
    raw = {"id": f"{HOST}/meetings/1", "type": "Meeting", "agendaItem": items, **fields}
    answer = read_answer(json.dumps(raw).encode(), HOST)
    (record,) = answer.records
    assert isinstance(record, Meeting)
    return record, answer


def shown(meeting: Meeting) -> list[str]:
    return [item.native_id.rpartition("/")[2] for item in meeting.agenda]


@pytest.mark.parametrize("public", [False, "false", 0, "0", "nein", "halb"])
def test_an_item_that_is_not_public_is_left_out_with_its_files(public: object) -> None:
    record, answer = read(item(1), item(2, public=public), item(3))
    assert shown(record) == ["1", "3"]
    assert record.withheld == ("agendaitems/2", "consultations/2")
    assert answer.withheld == 1
    assert "files/2" not in {kept.native_id for kept in files_of(record)}
    assert len(answer.warnings) == (1 if public == "halb" else 0)


@pytest.mark.parametrize("public", [True, "true", 1, "1"])
def test_public_items(public: object) -> None:
    record, _ = read(item(1, public=public))
    assert record.agenda[0].public is True


def test_nothing_said_is_unknown_and_stays() -> None:
    record, _ = read(item(1, public=None))
    assert record.agenda[0].public is None


def test_a_heading_ends_the_public_part_even_when_all_say_public() -> None:
    record, answer = read(
        item(1, "Öffentlicher Teil"),
        item(2),
        item(3, "II. Nichtöffentliche Sitzung"),
        item(4),
        item(5, "Grundstück", consultation={"id": f"{HOST}/consultations/77"}),
    )
    assert shown(record) == ["1", "2"]
    assert answer.withheld == 3
    assert record.withheld == (
        "agendaitems/3",
        "consultations/3",
        "agendaitems/4",
        "consultations/4",
        "agendaitems/5",
        "consultations/77",
    )
    assert "Grundstück" not in repr(answer)


def test_a_heading_of_a_public_part_opens_it_again() -> None:
    record, _ = read(
        item(1), item(2, "Nichtöffentlicher Teil"), item(3), item(4, "Fortsetzung öffentlicher Teil"), item(5)
    )
    assert shown(record) == ["1", "4", "5"]


def test_a_public_heading_that_is_not_public_opens_nothing() -> None:
    record, _ = read(item(1, "NÖ"), item(2, "Öffentlicher Teil", public=False), item(3))
    assert shown(record) == []


def test_ordinary_items_about_the_nonpublic_part_end_nothing() -> None:
    record, answer = read(
        item(1, "Genehmigung der Niederschrift vom 12.03.2026 (nichtöffentlicher Teil)"),
        item(2, "Bekanntgabe in nichtöffentlicher Sitzung gefasster Beschlüsse"),
        item(3),
    )
    assert (shown(record), answer.withheld) == (["1", "2", "3"], 0)


def test_the_number_s_prefix_says_nonpublic() -> None:
    record, _ = read(item(1, number="Ö 1"), item(2, number="N 1"), item(3, number="NÖ 3"), item(4, number="4"))
    assert shown(record) == ["1", "4"]


def test_what_stands_below_a_withheld_number_is_withheld_unless_the_server_says_public() -> None:
    record, answer = read(item(1), item(2, number="N 2", public=None), item(3, number="2.1", public=None))
    assert shown(record) == ["1"]
    assert any("below a withheld item" in warning.what for warning in answer.warnings)
    record, _ = read(item(2, number="N 2", public=None), item(3, number="2.1"))
    assert shown(record) == ["3"]


def test_letters_that_nobody_knows_before_a_number_are_the_councils_numbering() -> None:
    record, answer = read(item(1, number="QX 1", public=None), item(2, number="QX 2"))
    assert (shown(record), answer.warnings) == (["1", "2"], ())


def test_an_item_that_says_nonpublic_of_itself() -> None:
    record, _ = read(item(1, "nö. Information Gutachten", public=None), item(2))
    assert shown(record) == ["2"]


def test_an_item_s_own_name_does_not_outweigh_the_server_s_word() -> None:
    record, _ = read(item(1, "nö. Information Gutachten", public=True), item(2))
    assert shown(record) == ["1", "2"]


def test_the_order_decides_what_follows_a_heading() -> None:
    record, _ = read(item(1, order=3), item(2, "Nichtöffentlicher Teil", order=2), item(3, order=1))
    assert shown(record) == ["3"]


def test_a_numbering_that_starts_again_does_not_mix_the_parts() -> None:
    record, _ = read(
        item(1, order=1),
        item(2, order=2),
        item(3, "Nichtöffentlicher Teil", order=1),
        item(4, order=1),
        item(5, order=2),
    )
    assert shown(record) == ["1", "2"]


def test_a_withheld_item_s_file_does_not_come_in_by_another_door() -> None:
    record, _ = read(item(1), item(2, public=False), auxiliaryFile=[file(2), file(9)])
    assert {kept.native_id for kept in files_of(record)} == {"files/1", "files/9"}


def test_a_deleted_item_is_left_out_and_not_counted() -> None:
    record, answer = read(item(1), item(2, deleted=True, public=False))
    assert (shown(record), record.withheld, answer.withheld) == (["1"], (), 0)


def test_a_bare_address_of_an_item_proves_nothing() -> None:
    record, answer = read(item(1), f"{HOST}/agendaitems/2")
    assert shown(record) == ["1"]
    assert answer.follow == (f"{HOST}/agendaitems/2",)
    assert len(answer.warnings) == 1


def test_files_whose_name_says_nonpublic() -> None:
    record, answer = read(
        item(1, auxiliaryFile=[file(1, "Bekanntgabe nichtöffentlich gefasster Beschlüsse")]),
        resultsProtocol=file(2, "Niederschrift nichtöffentlicher Teil"),
        auxiliaryFile=[file(3, "Protokoll", fileName="NÖ_Protokoll.pdf"), file(4, "Niederschrift öffentlicher Teil")],
    )
    assert {kept.native_id for kept in files_of(record)} == {"files/1", "files/4"}
    assert answer.withheld == 2
    assert record.withheld == ()


@pytest.mark.parametrize("kind", ["Paper", "Meeting", "File", "Organization", "Body"])
def test_a_whole_object_that_is_not_public_is_left_out(kind: str) -> None:
    raw = {"id": f"{HOST}/x/1", "type": kind, "name": "GEHEIM", "public": "false"}
    answer = read_answer(json.dumps([raw]).encode(), HOST)
    assert (answer.files, answer.bodies, answer.withheld) == ((), (), 1)
    assert [type(record) for record in answer.records] == ([] if kind == "Body" else [Tombstone])  # held from before?
    assert "GEHEIM" not in repr(answer)


def test_parts_of_a_paper_that_are_not_public() -> None:
    raw = {
        "id": f"{HOST}/papers/1",
        "type": "Paper",
        "mainFile": file(1, public=False),
        "consultation": [{"id": f"{HOST}/consultations/1", "public": 0}],
    }
    answer = read_answer(json.dumps(raw).encode(), HOST)
    (record,) = answer.records
    assert isinstance(record, Paper)
    assert (record.files, record.consultations, answer.withheld) == ((), (), 2)


@pytest.mark.parametrize("place", ["agendaItem", "auxiliaryFile"])
def test_a_title_in_an_objects_place_is_neither_told_nor_asked_for(place: str) -> None:
    raw = {
        "id": f"{HOST}/meetings/1",
        "type": "Meeting",
        place: ["TOP 3 Grundstück Hinterhof", "Grundstück Hinterhof.pdf"],
    }
    answer = read_answer(json.dumps(raw).encode(), f"{HOST}/meetings/1")
    assert answer.follow == ()
    assert "Grundstück" not in str(answer.warnings)
    assert len(answer.warnings) == 2


@pytest.mark.parametrize(("key", "value"), [("order", "TOP Grundstück Hinterhof"), ("public", "nur Hinterhof")])
def test_what_stands_in_the_wrong_field_of_an_item_is_not_told(key: str, value: str) -> None:
    _, answer = read(item(1), item(2, public=False) | {key: value})
    assert answer.warnings
    assert "Hinterhof" not in str(answer.warnings)


def test_objects_and_pages_of_another_provider_are_not_asked_for() -> None:
    raw = {
        "data": [{"id": f"{HOST}/meetings/1", "type": "Meeting", "agendaItem": ["https://boese.example.net/items/1"]}],
        "links": {"next": "https://boese.example.net/page/2"},
    }
    answer = read_answer(json.dumps(raw).encode(), f"{HOST}/meetings")
    assert answer.follow == ()
    assert answer.next == "https://boese.example.net/page/2", "the spider says that the list is broken"

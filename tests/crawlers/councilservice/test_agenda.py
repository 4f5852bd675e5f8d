"""Entries: only what is proven public becomes an item, and no address holds the operator's key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from council.model import FileRole, Meeting, files_of
from tests.crawlers.councilservice.invented import HUMAN_PAGE, SYSTEM, document, entry, read, read_topics, topic


def shown(meeting: Meeting) -> list[str | None]:
    """The numbers of the items."""
    return [item.number for item in meeting.agenda]


def test_an_entry() -> None:
    found, (paper,), page = read_topics(
        topic(1),
        topic(2, "Anstrich der Rathaustür (BV 7/2031)", document(1), document(2, "Beschluss 7.pdf", field_1=6)),
    )
    assert (page.page, page.warnings) == ("entry", ())
    assert (found.native_id, found.name) == ("7001", "Sitzung des Stadtrates")
    assert (str(found.start), str(found.modified)) == ("2031-03-20 18:30:00+01:00", "2031-03-02 09:00:00+01:00")
    assert found.source_url == f"{HUMAN_PAGE}?href=/councilservice/entry/view/7001"
    assert [(item.number, item.name) for item in found.agenda] == [
        ("1", "Bericht über die Pfütze"),
        ("2", "Anstrich der Rathaustür (BV 7/2031)"),
    ]
    assert (paper.native_id, paper.reference, paper.paper_type) == ("BV 7/2031", "BV 7/2031", "Beschlussvorlage")
    assert [file.role for file in paper.files] == [FileRole.MAIN, FileRole.RESOLUTION]
    assert paper.files[0].url == (f"{HUMAN_PAGE}?href=/councilservice/entry/view/7001#councilservice/9/0/1/datei_1.pdf")


def test_without_the_human_page_files_have_the_system_s_address_without_the_key() -> None:
    page = read({"entry": entry(topic(1, "Tür", document(1)))}, human_page=None)
    (found,) = page.records
    assert isinstance(found, Meeting)
    assert found.source_url is None
    assert found.agenda[0].files[0].url == f"{SYSTEM}export/data/file/councilservice/9/0/1/datei_1.pdf"


@pytest.mark.parametrize(
    "fields", [{"visibility": 0}, {"display_contents": 0}, {"visibility": None}, {"visibility": 2}]
)
def test_an_entry_that_is_not_released(fields: dict[str, Any]) -> None:
    page = read({"entry": entry(topic(1)) | fields})
    assert (page.records, len(page.warnings)) == ((), 1)


@pytest.mark.parametrize("key", ["visibility", "display_contents"])
def test_a_release_that_is_not_said_is_none(key: str) -> None:
    whole = entry(topic(1))
    del whole[key]
    assert read({"entry": whole}).records == ()


@pytest.mark.parametrize("visibility", [0, "0", None, 2, "ja", False, "", []])
def test_invisible_topics_go_with_all_below(visibility: object) -> None:
    below = topic(21, "Hinterhof (BV 9/2031)", document(21))
    found, papers, page = read_topics(
        topic(1), topic(2, "Hinterhof", document(2), visibility=visibility, children=[below]), topic(3, "", document(2))
    )
    assert shown(found)[:1] == ["1"]
    assert {"102", "121"} <= set(found.withheld)
    assert found.withheld_papers == ("BV 9/2031",)
    assert (papers, files_of(found)) == ([], ())
    assert "Hinterhof" not in json.dumps(page.as_json())


def test_an_invisible_public_part_is_not_public() -> None:
    part = topic(1, "Öffentlicher Teil", visibility=0, children=[topic(2)])
    assert read_topics(part)[0].agenda == ()


def test_hidden_topics_between_public_ones_close_nothing() -> None:
    hidden = topic(2, "Nicht-öffentlicher Tagesordnungspunkt", visibility=0)
    assert shown(read_topics(topic(1), hidden, topic(3))[0]) == ["1", "3"]


@pytest.mark.parametrize(
    "label",
    [
        "NÖ: Einwände gegen die Niederschrift über den nicht öffentlichen Teil",
        "NÖ Grundstück",
        "N.Ö.: Grundstück",
        "Grundstück (NÖ)",
        "Genehmigung der Niederschrift (NÖ)",
        "in der Sitzung aufgenommen: NÖ: Grundstück",
        "12. NÖ: Grundstück",
        "Nichtöffentlicher Teil",
        "",
        None,
    ],
)
def test_labels_that_say_non_public_though_visible(label: object) -> None:
    found, _, _ = read_topics(topic(1), topic(2, label, document(5)))
    assert (shown(found), files_of(found)) == (["1"], ())


def test_marks_are_cut_off_and_needed_where_others_have_them() -> None:
    found, _, page = read_topics(
        topic(1, "Ö: Begrüßung"),
        topic(2, "in der Sitzung aufgenommen: Ö: Bänke"),
        topic(3, "Ohne Zeichen"),
        topic(4, "NÖ: Hinterhof"),
        topic(5, "Anfragen (Ö)"),
    )
    assert [item.name for item in found.agenda] == ["Begrüßung", "Bänke", "Anfragen"]
    assert len(page.warnings) == 1
    assert "Ohne Zeichen" not in json.dumps(page.as_json())


@pytest.mark.parametrize(
    "label",
    [
        "Schließung des öffentlichen Teils der Sitzung",
        "Ende der öffentlichen Sitzung",
        "Schluss der öffentlichen Sitzung",
    ],
)
def test_behind_the_close_of_the_public_part_nothing_is_public(label: str) -> None:
    found, _, _ = read_topics(topic(1), topic(2, label), topic(3, "Hinterhof (BV 9/2031)"))
    assert shown(found) == ["1", "2"]
    assert (found.withheld, found.withheld_papers) == (("103",), ("BV 9/2031",))


@pytest.mark.parametrize(
    "label",
    [
        "Nichtöffentlicher Teil",
        "Teil B – Nicht öffentliche Sitzung",
        "Ausschluss der Öffentlichkeit",
        "Geschlossene Sitzung",
        "Beginn des nichtöffentlichen Teils",
        "Herstellung der Nichtöffentlichkeit",
    ],
)
def test_headings_of_the_other_part_close_and_are_no_items(label: str) -> None:
    found, _, _ = read_topics(topic(1), topic(2, label, children=[topic(21)]), topic(3), topic(4, "Öffentlicher Teil"))
    assert shown(found) == ["1"]
    again = topic(4, "Öffentlicher Teil", numeration="", children=[topic(41, numeration="5")])
    assert shown(read_topics(topic(1), topic(2, label), topic(3), again)[0]) == ["1", "5"]


def test_an_item_that_also_closes_is_an_ordinary_one() -> None:
    label = "Anfragen, Sonstiges und Schließung der öffentlichen Sitzung"
    assert shown(read_topics(topic(1), topic(2, label), topic(3))[0]) == ["1", "2", "3"]


def test_children_and_their_numbers() -> None:
    part = topic(
        1,
        "Öffentlicher Teil",
        numeration="",
        custom_numeration="",
        children=[
            topic(2, "Straßen", numeration="1", children=[topic(3, numeration="1"), topic(4, numeration="1.2")]),
        ],
    )
    assert shown(read_topics(part)[0]) == ["1", "1.1", "1.2"]


def test_by_position_not_by_number() -> None:
    late = topic(9, position=1, numeration="1")
    assert shown(read_topics(topic(2), late)[0]) == ["1", "2"]
    assert shown(read_topics(topic(2, position=None), late)[0]) == ["2", "1"]


@pytest.mark.parametrize(
    "fields",
    [
        {"is_deleted": 1},
        {"field_2": 2},
        {"field_2": 0},
        {"field_2": None},
        {"field_1": 3},
        {"filename_original": "Termin.ics"},
        {"description": "Niederschrift nichtöffentlicher Teil.pdf"},
        {"filename_original": "NÖ_Anlage.pdf"},
        {"link": "../../etc/passwd"},
        {"link": "https://anderswo.example.test/a.pdf"},
        {"link": "councilservice/1/../2/a.pdf"},
        {"link": "councilservice/1/.."},
        {"id": None},
    ],
)
def test_documents_that_are_none_of_ours(fields: dict[str, Any]) -> None:
    found, _, _ = read_topics(topic(1, "Tür", document(1, **fields)), documents=[document(1, **fields)])
    assert files_of(found) == ()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("310320_Niederschrift öffentlich.pdf", FileRole.MINUTES),
        ("Niederschrift Anl. 3 Präsentation.pdf", FileRole.ATTACHMENT),
        ("Bekanntmachung 20.03.2031.pdf", FileRole.INVITATION),
        ("Plan.pdf", FileRole.ATTACHMENT),
    ],
)
def test_documents_of_the_session_by_their_names(name: str, role: FileRole) -> None:
    held = document(3, name, field_1=5, description=None, namespace="documents")
    (file,) = read_topics(topic(1), documents=[held])[0].files
    assert (file.name, file.role) == (name, role)


@pytest.mark.parametrize(
    ("label", "reference"),
    [
        ("Türanstrich (BV 7/2031)", "BV 7/2031"),
        ("Türanstrich BV-Nr. 007/31", "BV 7/2031"),
        ("Aufhebung von BV 3/2029 (BV 7/2031)", "BV 7/2031"),
        ("Drucksache 8/2031", "Drucksache 8/2031"),
        ("BV-SR 12/2031 Hebesatz", "BV-SR 12/2031"),
        ("Türanstrich (BV/2031/0007)", "BV/2031/0007"),
        ("Aufhebung von BV 3/2029 (AN/2031/12)", "AN/2031/12"),
        ("Umsetzung der Verordnung EU/2016/679", None),
        ("Vom 1/2031/7", None),
        ("Haushaltssatzung 2031/2032", None),
        ("Bauabschnitt 3/2031", None),
        ("Zaun BV/033/2031", "BV/033/2031"),
        ("Zaun (BV/033/31)", "BV/033/31"),
        ("Vorlage 2031/033 Zaun", "Vorlage 2031/033"),
        ("Beschlussvorlage Nr. 2031/7: Zaun", "Beschlussvorlage 2031/7"),
        ("Zaun, Informationsvorlage IV/004/2031", "IV/004/2031"),
        ("Verordnung EU/2016/679 und A/B-Stadt", None),
        ("Flurstück 12/2031 und Vorlage zum Haushalt", None),
    ],
)
def test_references_in_labels(label: str, reference: str | None) -> None:
    found, papers, _ = read_topics(topic(1, label))
    assert found.agenda[0].reference == reference
    assert [paper.native_id for paper in papers] == ([reference] if reference else [])


def test_a_paper_in_both_parts_is_public_by_its_public_item() -> None:
    found, papers, _ = read_topics(topic(1, "Tür (BV 7/2031)"), topic(2, "NÖ: Tür (BV 7/2031)"))
    assert len(papers) == 1
    assert (found.withheld, found.withheld_papers) == (("102",), ())


def test_hundreds_of_topics_and_deep_nesting() -> None:
    assert len(read_topics(*(topic(place) for place in range(1, 601)))[0].agenda) == 600
    deep = topic(1)
    for place in range(2, 60):
        deep = topic(place, children=[deep])
    assert len(read_topics(deep)[0].agenda) < 20


def test_a_document_of_a_withheld_topic_comes_in_by_no_other_door() -> None:
    hidden = topic(2, "NÖ: Hinterhof", document(1))
    found, _, _ = read_topics(topic(1, "A", document(1)), hidden, documents=[document(1), document(3)])
    assert [file.native_id for file in files_of(found)] == ["3"]


def test_one_document_hangs_once() -> None:
    found, _, _ = read_topics(topic(1, "A", document(1)), topic(2, "B", document(1)), documents=[document(1)])
    assert len(files_of(found)) == 1

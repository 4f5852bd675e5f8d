"""Meetings with their agenda: what is read of a public item and its paper, whatever cells are missing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from council.model import FileRole, Person
from crawlers.morerubin.pages import embedded_data, read_page
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import parsed
from tests.crawlers.morerubin.invented import (
    API,
    HOST,
    attribute_page,
    component_page,
    document,
    item,
    meeting,
    meetings_of,
    numbers,
    paper_item,
    read,
    read_items,
)


def test_a_meeting_with_a_paper() -> None:
    found, (paper,), page = read_items(item(1), paper_item(2), ende="20:10:00")
    assert page.page == "meeting"
    assert page.warnings == ()
    assert (found.native_id, found.name) == ("2031-SR-7", "7. Sitzung des Stadtrates")
    assert (str(found.start), str(found.end)) == ("2031-03-20 18:30:00+01:00", "2031-03-20 20:10:00+01:00")
    assert found.location is not None
    assert (found.location.description, found.location.locality) == ("Ratssaal", "Kleinstadt")
    assert [(organization.native_id, organization.name) for organization in found.organization] == [
        ("SR", "Stadtrat Kleinstadt")
    ]
    assert found.source_url == f"{HOST}/meeting?id=2031-SR-7"
    assert numbers(found.agenda) == ["1", "2"]
    second = found.agenda[1]
    assert (second.name, second.paper, second.reference) == ("Anstrich der Rathaustür", "20310100077", "7/2031")
    assert second.consultation == "9001"
    assert (paper.native_id, paper.reference, paper.paper_type) == ("20310100077", "7/2031", "Beschlussvorlage")
    assert paper.date == dt.date(2031, 2, 14)
    assert [(file.role, file.name) for file in paper.files] == [
        (FileRole.MAIN, "Beschlussvorlage 7/2031"),
        (FileRole.ATTACHMENT, "Farben"),
    ]
    assert paper.files == second.files
    assert paper.files[0].url == f"{HOST}/api.php?document_type_id=4&submission_id=20310100077&id=69"
    assert (paper.files[0].media_type, paper.files[0].size) == ("application/pdf", 4711)


def test_only_public_consultations_and_the_role_of_this_one() -> None:
    _, (paper,), _ = read_items(paper_item(1))
    (step,) = paper.consultations
    assert (step.native_id, step.meeting, step.agenda_item) == ("9001", "2031-SR-7", "2031-SR-7|20310100077|1")
    assert (step.role, step.date) == ("beschließend", dt.date(2031, 3, 20))


def test_nobody_is_told_who_was_there() -> None:
    page = read(meeting(item(1)))
    assert "Beispiel" not in json.dumps(page.as_json())
    assert not any(isinstance(record, Person) for record in page.records)


@pytest.mark.parametrize("kind", [str, int])
def test_numbers_as_texts_and_as_numbers(kind: type) -> None:
    found, papers, page = read_items(paper_item(1, status=kind(1), folge=kind(3)), status=kind(1), is_draft=kind(0))
    assert page.warnings == ()
    assert len(papers) == 1
    assert found.agenda[0].order == 3


def test_the_twin_with_the_minutes_is_the_same_meeting() -> None:
    own = {"nummer": "ni_2031-SR-7", "nummer_si": "2031-SR-7", "full_url": f"{HOST}/meeting?id=ni_2031-SR-7"}
    found, _, _ = read_items(item(1, id="ni_2031-SR-7|zt_1|1"), **own)
    assert found.native_id == "2031-SR-7"
    assert found.agenda[0].native_id == "2031-SR-7|zt_1|1"
    assert str(found.source_url).endswith("id=ni_2031-SR-7")


@pytest.mark.parametrize(
    "gone",
    ["room", "beginn", "ende", "titel", "full_url", "committees", "documents", "gremium_1", "event_type_id", "status"],
)
def test_missing_fields_of_a_meeting_are_unknown(gone: str) -> None:
    whole = meeting(item(1), paper_item(2))
    del whole[gone]
    page = read(whole)
    (found,) = meetings_of(page)
    assert numbers(found.agenda) == ["1", "2"]
    assert page.warnings == ()


@pytest.mark.parametrize(
    "gone",
    ["ai_id", "folge", "topart", "submission", "documents", "counselling_status", "abstimmungstext", "topnummer"],
)
def test_missing_fields_of_an_item(gone: str) -> None:
    whole = paper_item(1)
    del whole[gone]
    found, (paper,), page = read_items(whole)
    assert page.warnings == ()
    assert found.agenda[0].paper == paper.native_id == "20310100077"
    assert paper.name == "Anstrich der Rathaustür"
    assert len(paper.consultations) == 1


@pytest.mark.parametrize("unset", [None, "", "00:00:00", "00:00"])
def test_unset_times(unset: str | None) -> None:
    found, _, page = read_items(item(1), beginn=unset, ende=unset)
    assert (str(found.start), found.end) == ("2031-03-20 00:00:00+01:00", None)
    assert page.warnings == ()


def test_a_meeting_past_midnight() -> None:
    found, _, _ = read_items(item(1), ende="00:20:00")
    assert str(found.end) == "2031-03-21 00:20:00+01:00"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031-03-20", "2031-03-20"),
        ("2031-03-20 00:00:00", "2031-03-20"),
        ("20.03.2031", "2031-03-20"),
        ("2031-07-19T22:00:00.000000Z", "2031-07-20"),
    ],
)
def test_days_as_they_are_written(written: str, day: str) -> None:
    found, _, _ = read_items(item(1), datum=written)
    assert found.start is not None
    assert str(found.start.date()) == day


@pytest.mark.parametrize("agenda", [None, "", "gesperrt", 7])
def test_a_meeting_without_its_agenda_is_no_answer(agenda: object) -> None:
    with pytest.raises(UnexpectedResponse, match="agenda_items"):
        read(meeting() | {"agenda_items": agenda})
    whole = meeting()
    del whole["agenda_items"]
    with pytest.raises(UnexpectedResponse, match="agenda_items"):
        read(whole)


def test_an_empty_agenda_is_one() -> None:
    found, papers, page = read_items()
    assert (found.agenda, papers, page.warnings) == ((), [], ())


@pytest.mark.parametrize("number", ["11", "EWF", "zt_0"])
def test_codes_in_the_place_of_a_paper_s_number_are_no_papers(number: str) -> None:
    for topart in ("at", None):
        found, papers, _ = read_items(item(1, vorlagennummer=number, topart=topart))
        assert found.agenda[0].paper is None
        assert papers == []
    assert read_items(item(1, vorlagennummer="20310100077", topart="at"))[1] == []


def test_a_document_hangs_on_a_meeting_once() -> None:
    twice = document(14, "2031-SR-7|zt_1|1|plan.pdf", "Plan")
    found, _, _ = read_items(item(1, documents=[twice, twice]), item(2, documents=[twice]))
    assert [len(item.files) for item in found.agenda] == [1, 0]


def test_files_of_the_meeting_by_their_types_and_names() -> None:
    files = [
        document(1, "2031-SR-7", "Bekanntmachung", id=31),
        document(3, "2031-SR-7", "Niederschrift öffentlich", id=None),
        document(6, "2031-SR-7", "Beschlussbuch", id=None, documentType={"id": 6, "name": "Beschluss"}),
    ]
    found, _, _ = read_items(item(1), documents=files)
    assert [(file.native_id, file.role) for file in found.files] == [
        ("31", FileRole.INVITATION),
        ("2031-SR-7|3", FileRole.MINUTES),
        ("2031-SR-7|6", FileRole.RESOLUTION),
    ]


def test_old_documents_are_told_by_their_addresses() -> None:
    old = document(5, "ni_2031-SR-7|zt_1|1", "Beschluss  von TOP 1")
    for gone in ("id", "relationId", "documentType"):
        del old[gone]
    found, _, _ = read_items(item(1, documents=[old]))
    (file,) = found.agenda[0].files
    assert (file.native_id, file.role, file.name) == (
        "ni_2031-SR-7|zt_1|1",
        FileRole.RESOLUTION,
        "Beschluss von TOP 1",
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://kleinstadt.example.test/a.pdf",
        "https://anderswo.example.test/gift.pdf",
        "https://",
        "https://[::1",
        42,
    ],
)
def test_hostile_addresses_are_left_out_and_said(address: object) -> None:
    found, _, page = read_items(item(1, documents=[document(14, "a|b", "Plan", documentUrl=address)]))
    assert found.agenda[0].files == ()
    assert len(page.warnings) == 1


def test_session_ids_and_trackers_are_cut_off() -> None:
    address = (
        f"{HOST}/api.php;jsessionid=F00?document_type_id=14&agenda_item_attachment_id=a%7Cb&PHPSESSID=9&utm_source=x"
    )
    found, _, _ = read_items(
        item(1, documents=[document(14, "a|b", "Plan", documentUrl=address)]),
        full_url=f"{HOST}/meeting;jsessionid=9?id=2031-SR-7&token=abc",
    )
    assert found.agenda[0].files[0].url == f"{HOST}/api.php?document_type_id=14&agenda_item_attachment_id=a%7Cb"
    assert found.source_url == f"{HOST}/meeting?id=2031-SR-7"


@pytest.mark.parametrize("title", ["Abgesagt - 7. Sitzung", "7. Sitzung (entfällt)", "7. Sitzung fällt aus"])
def test_cancelled_meetings(title: str) -> None:
    assert read_items(item(1), titel=title)[0].cancelled


@pytest.mark.parametrize(
    ("title", "is_off"),
    [
        ("7. Sitzung - verschoben auf den 27.03.2031", True),
        ("7. Sitzung - verschoben auf den 20.03.2031", False),
        ("7. Sitzung (verlegt auf Donnerstag, 27. März 2031)", True),
        ("7. Sitzung wird auf den 27.03. verschoben", True),
        ("7. Sitzung - verschoben auf 27.3.31, 18.30 Uhr", True),
        ("7. Sitzung (neuer Termin: 27.03.2031)", True),
        ("7. Sitzung - verschoben vom 20.03.2031 auf den 27.03.2031", True),
        ("7. Sitzung - verschoben -", True),
        ("7. Sitzung (vertagt)", True),
        ("7. Sitzung (verschoben vom 13.03.2031)", False),
        ("verschobene Sitzung vom 13.03.2031", False),
        ("7. Sitzung, Beginn verschoben auf 19.30 Uhr", False),
        ("7. Sitzung - verlegt in die Aula", False),
        ("7. Sitzung - verschoben auf den 99.99.2031", False),
        ("7. Sitzung", False),
    ],
)
def test_moved_meetings(title: str, is_off: bool) -> None:
    assert read_items(titel=title)[0].cancelled is is_off


def test_hundreds_of_items_in_their_order() -> None:
    found, _, page = read_items(*(item(place) for place in reversed(range(1, 701))))
    assert numbers(found.agenda) == [str(place) for place in range(1, 701)]
    assert page.warnings == ()


def test_titles_with_markup_and_control_characters() -> None:
    found, _, _ = read_items(item(1, title="<b>Straße</b>\x07 &amp; Weg <br/> < 3 m\u200b"))
    assert found.agenda[0].name == "Straße & Weg < 3 m"


def test_results_and_nameless_things() -> None:
    found, _, _ = read_items(item(1, abstimmungstext="einstimmig\r\nbeschlossen"), item(2, title=None))
    assert found.agenda[0].result == "einstimmig beschlossen"
    assert found.agenda[1].name is None


@pytest.mark.parametrize("number", ["ni_", "9" * 2000, "", None, ["x"], {}])
def test_numbers_that_are_none(number: object) -> None:
    page = read(meeting(item(1, id=number, ai_id=None)))
    assert page.warnings
    assert meetings_of(page)[0].agenda == ()
    page = read(meeting(item(1), nummer=number, full_url=None))
    assert page.warnings
    assert meetings_of(page) == []


# --- the same in a page


@pytest.mark.parametrize("key", ["props", '"props"', "'props'"])
def test_data_in_a_script(key: str) -> None:
    body = component_page({"passed-meeting": meeting(item(1), paper_item(2))}, props_key=key)
    page = read_page(body, f"{HOST}/meeting.php?id=2031-SR-7")
    assert page.page == "meeting"
    assert numbers(meetings_of(page)[0].agenda) == ["1", "2"]


def test_data_in_an_attribute() -> None:
    page = read_page(attribute_page(meeting(item(1, 'Ein "Zitat" & mehr'))), f"{HOST}/meeting.php?id=1")
    assert meetings_of(page)[0].agenda[0].name == 'Ein "Zitat" & mehr'


def test_a_component_does_not_take_the_data_of_the_next() -> None:
    code = (
        component_page({"user": 1})
        .decode()
        .replace("</script>", 'window.components["Empty__1"] = { store: [] };</script>')
    )
    data = component_page({"passed-meeting": meeting(item(1))}).decode()
    merged = code.replace("</script>", f"{data.partition('<script>')[2].partition('</script>')[0]}</script>")
    found = [name for name, _ in embedded_data(parsed(merged.encode(), HOST), HOST)]
    assert found == ["MeetingPage", "MeetingPage"]


def test_other_components_beside_it_are_no_hindrance() -> None:
    first = component_page({"user": None, "links": ["a"]}, name="Menu__9").decode()
    code = component_page({"passed-meeting": meeting(item(1))}).decode()
    page = read_page((first + code).encode(), f"{HOST}/meeting.php?id=1")
    assert len(meetings_of(page)) == 1


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", ""])
def test_encodings_declared_and_true(charset: str, declared: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    text = component_page({"passed-meeting": meeting(item(1, "Straßenbäume – Übersicht"))}).decode()
    body = text.replace("<head>", f"<head>{head}").encode(charset)
    (found,) = meetings_of(read_page(body, f"{HOST}/meeting.php?id=1"))
    assert found.agenda[0].name == "Straßenbäume – Übersicht"


def test_a_page_that_is_cut_off() -> None:
    body = component_page({"passed-meeting": meeting(item(1), item(2))})
    for length in (len(body) // 2, len(body) - 80):
        with pytest.raises(UnexpectedResponse):
            read_page(body[:length], f"{HOST}/meeting.php?id=1")


@pytest.mark.parametrize("wrapper", ["data", "meeting", "result"])
def test_wrapped_answers(wrapper: str) -> None:
    page: Any = read({wrapper: meeting(item(1))}, API)
    assert page.page == "meeting"
    assert numbers(meetings_of(read([meeting(item(1))]))[0].agenda) == ["1"]

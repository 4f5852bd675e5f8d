"""SessionNet 6: the JSON under api/v1."""

from __future__ import annotations

import json
from typing import Any

import pytest

from council.model import Meeting
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from crawlers.sessionnet.api import joined
from crawlers.sessionnet.pages import read_page
from tests.crawlers.sessionnet.invented import committees, meetings, papers

API = "https://ratsinfo.neustadt.example/bi/api/v1/"


def _read(value: Any, path: str) -> Page:
    return read_page(json.dumps(value).encode(), API + path)


def _item(number: int, **more: Any) -> dict[str, Any]:
    return {"toNr": number, "oSt": 1, "nummer": str(number), "text": f"Punkt {number}", "voNr": 0, "grNr": 2} | more


def test_meetings() -> None:
    held = [
        {"siNr": 7, "name": "Rat", "dat": "2026-03-05", "sb": "18:00", "se": "20:15", "raum": "Saal\r\n1", "oSt": 4,
         "freigabeDatum": "2026-02-20"},
        {"siNr": 8, "name": "Klausur (abgesagt)", "beginn": "2026-07-05T16:00:00Z", "dat": "2026-07-05"},
        {"siNr": 9, "name": "Ausschuss", "dat": "2026-02-30"},
        {"name": "ohne Nummer"},
    ]  # fmt: skip
    page = _read(held, "sitzungen?von=2026-03-01&bis=2026-05-31")
    first, second, third = meetings(page)
    assert (str(first.start), str(first.end)) == ("2026-03-05 18:00:00+01:00", "2026-03-05 20:15:00+01:00")
    assert first.location
    assert first.location.description == "Saal 1"
    assert (second.cancelled, str(second.start)) == (True, "2026-07-05 18:00:00+02:00")
    assert third.start is None
    assert page.follow == (f"{API}sitzungen/7/tagesordnung", f"{API}sitzungen/7/tagesordnung/dokumente")
    assert len(page.warnings) == 3


def test_only_public_items_of_an_agenda() -> None:
    held = [
        _item(3, voNr=51, beschluss="zugestimmt", sort=20, abstimmungErgebnis={"ja": 5, "nein": 1, "enthaltung": None}),
        _item(1, sort=10),
        _item(4, oSt=2, voNr=52, text="Verkauf"),
        _item(5, oSt=None, text="Verkauf"),
        _item(6, oSt=True, text="Verkauf"),
        _item(7, text="Nichtöffentlicher Teil"),
        _item(8, nummer="N 8", text="Verkauf"),
    ]
    page = _read(held, "sitzungen/7/tagesordnung")
    (meeting,) = meetings(page)
    assert [item.native_id for item in meeting.agenda] == ["1", "3"]
    assert meeting.withheld == ("4", "5", "6", "7", "8", "52/7")
    assert meeting.withheld_papers == ("52",)
    assert meeting.agenda[1].resolution_text == "Abstimmung: Ja: 5, Nein: 1"
    (paper,) = papers(page)
    assert (paper.native_id, paper.consultations[0].native_id, paper.consultations[0].agenda_item) == (
        "51",
        "51/7",
        "3",
    )
    assert "Verkauf" not in json.dumps(page.as_json())


def test_headings_among_the_items_divide_the_agenda_whatever_the_items_behind_them_say() -> None:
    page = _read(
        [
            _item(1),
            _item(2, nummer=None, text="Ende des öffentlichen Teils"),
            _item(3, text="Verkauf"),
            _item(4, nummer=None, text="Öffentlicher Teil"),
            _item(5),
            _item(6, nummer=None, oSt=2, text="nichtöffentlich"),
            _item(7),
            _item(8, nummer=None, text="Nichtöffentlicher Teil"),
            _item(9, text="Verkauf"),
        ],
        "sitzungen/7/tagesordnung",
    )
    (meeting,) = meetings(page)
    assert [item.native_id for item in meeting.agenda] == ["1", "2", "4", "5", "7"]
    assert "Verkauf" not in json.dumps(page.as_json())


def test_documents_are_joined_to_public_items_only() -> None:
    def file(item: int, number: int, name: str, **more: Any) -> dict[str, Any]:
        ref = f"/bi/api/v1/dokumente/{number}/datei"
        return {"toNr": item, "doNr": number, "name": name, "ref": ref, "freigabeDatum": "2026-02-20"} | more

    held = [
        file(3, 1, "Beschlussvorlage"), file(4, 2, "Kaufvertrag"), file(3, 3, "Anlage nichtöffentlich"),
        file(3, 4, "Entwurf", freigabeDatum=None), file(3, 5, "Fremd", ref="https://evil.example/x"),
        file(0, 6, "Einladung"), file(0, 2, "Vertrag"), file(3, 2, "Vertrag"),
    ]  # fmt: skip
    agenda = _read([_item(3, voNr=51), _item(4, oSt=2)], "sitzungen/7/tagesordnung")
    documents = _read(held, "sitzungen/7/tagesordnung/dokumente")
    (meeting,), (files,) = meetings(agenda), meetings(documents)
    whole, read = joined(meeting, papers(agenda), files)
    assert [file.name for file in whole.agenda[0].files] == ["Beschlussvorlage"]
    assert [file.name for file in whole.files] == ["Einladung"]
    assert read[0].files == whole.agenda[0].files
    assert "Kaufvertrag" not in whole.model_dump_json()
    assert len(documents.warnings) == 2


def test_committees() -> None:
    page = _read([{"grNr": 1, "name": "Rat"}, {"grNr": 2}], "gremien")
    assert [(committee.native_id, committee.name) for committee in committees(page)] == [("1", "Rat")]


@pytest.mark.parametrize(
    ("path", "name"), [("sitzungen?von=a", "sitzungen"), ("sitzungen/7/tagesordnung", "tagesordnung")]
)
def test_empty_lists_are_known_to_be_empty(path: str, name: str) -> None:
    page = _read([], path)
    assert page.page == name
    assert all(isinstance(record, Meeting) and record.agenda == () for record in page.records)


@pytest.mark.parametrize("value", [{"status": 404, "title": "Not Found"}, {"message": "Fehler"}])
def test_errors(value: Any) -> None:
    with pytest.raises(AccessDenied):
        _read(value, "sitzungen")


@pytest.mark.parametrize("value", [3, "x", {"a": 1}, [{"a": 1}]])
def test_other_answers(value: Any) -> None:
    with pytest.raises(UnexpectedResponse):
        _read(value, "unbekannt")


def test_the_shell_is_no_answer() -> None:
    shell = (
        "<!doctype html><html><head><title>SessionNet | Neustadt</title><meta name='app-version' content='1.2'></head>"
    )
    with pytest.raises(UnexpectedResponse, match="empty frame"):
        read_page(f"{shell}<body><app-root></app-root></body></html>".encode(), API + "sitzungn")


def test_an_agenda_needs_its_meetings_number() -> None:
    with pytest.raises(UnexpectedResponse, match="siNr"):
        _read([_item(1)], "tagesordnung")


def test_visibility_that_is_no_number_is_reported() -> None:
    page = _read(
        [_item(1), _item(2, oSt="1", text="Verkauf"), _item(3, oSt=True, text="Verkauf")], "sitzungen/7/tagesordnung"
    )
    assert [item.native_id for item in meetings(page)[0].agenda] == ["1"]
    assert [note.where for note in page.warnings] == ["tagesordnung[1]", "tagesordnung[2]"]
    assert "found a text" in page.warnings[0].what
    assert "Verkauf" not in json.dumps(page.as_json())


def test_notes_and_refusals_quote_no_value() -> None:
    page = _read([_item(1), "Verkauf Mühlgrundstück", ["Verkauf"]], "sitzungen/7/tagesordnung")
    assert len(page.warnings) == 2
    file = {
        "toNr": 1,
        "doNr": 1,
        "name": "Anlage",
        "ref": "https://evil.example/Verkauf.pdf",
        "freigabeDatum": "2026-02-20",
    }
    documents = _read([file], "sitzungen/7/tagesordnung/dokumente")
    assert len(documents.warnings) == 1
    assert "Verkauf" not in str((page.warnings, documents.warnings))
    for value in ("Verkauf", {"text": "Verkauf"}, [{"text": "Verkauf"}]):
        with pytest.raises(UnexpectedResponse) as refused:
            _read(value, "unbekannt")
        assert "Verkauf" not in str(refused.value)


def test_moved_meetings() -> None:
    (meeting,) = meetings(
        _read([{"siNr": 7, "name": "Rat (verschoben auf 12.03.2026)", "dat": "2026-03-05", "sb": "18:00"}], "sitzungen")
    )
    assert (meeting.cancelled, str(meeting.start)) == (True, "2026-03-05 18:00:00+01:00")

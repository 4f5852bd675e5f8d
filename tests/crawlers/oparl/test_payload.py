"""Answers as a whole: bytes, envelopes, errors, types, ids, bodies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from council.model import Kind, Paper, Tombstone
from crawlers.oparl import quirks
from crawlers.oparl.pages import OParlAnswer, is_empty_filter_answer, read_answer
from crawlers.oparl.urls import native_id
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse, looks_like_html

URL = "https://rat.example.test/oparl/papers"
PAPER: dict[str, Any] = {
    "id": f"{URL}/1",
    "type": "https://schema.oparl.org/1.1/Paper",
    "name": "Schwimmbad",
    "reference": "12/2026",
}


def read(value: object, url: str = URL) -> OParlAnswer:
    return read_answer(json.dumps(value).encode(), url)


def names(answer: OParlAnswer) -> list[str | None]:
    return [record.name for record in answer.records if not isinstance(record, Tombstone)]


# --- bytes


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n "])
def test_utf8_with_and_without_a_mark(before: bytes) -> None:
    body = before + json.dumps(PAPER | {"name": "Straße"}, ensure_ascii=False).encode()
    assert names(read_answer(body, URL)) == ["Straße"]


def test_windows_1252_where_it_is_no_utf8() -> None:
    body = json.dumps(PAPER | {"name": "Straße – „Süd“"}, ensure_ascii=False).encode("cp1252")
    assert names(read_answer(body, URL)) == ["Straße – „Süd“"]


def test_one_windows_1252_byte_does_not_spoil_the_rest() -> None:
    body = json.dumps(PAPER | {"name": "Straße X"}, ensure_ascii=False).encode().replace(b"X", b"\xfc\x81")
    assert names(read_answer(body, URL)) == ["Straße ü"]


def test_utf16_with_a_mark() -> None:
    assert names(read_answer(json.dumps(PAPER).encode("utf-16"), URL)) == ["Schwimmbad"]


def test_raw_control_characters_inside_strings() -> None:
    body = json.dumps(PAPER).encode().replace(b"Schwimmbad", b"Schwimm\x04bad\x0b\n im\tOrt")
    assert names(read_answer(body, URL)) == ["Schwimm bad im Ort"]


def test_of_a_key_that_is_there_twice_the_last_counts() -> None:
    assert names(read_answer(json.dumps(PAPER).encode()[:-1] + b',"name":"Freibad"}', URL)) == ["Freibad"]


def test_nan_counts_as_nothing() -> None:
    answer = read_answer(json.dumps(PAPER).encode()[:-1] + b',"date":NaN,"paperType":Infinity}', URL)
    assert isinstance(answer.records[0], Paper)
    assert (answer.records[0].date, answer.records[0].paper_type, answer.warnings) == (None, None, ())


def test_half_a_surrogate_pair_does_not_get_through() -> None:
    answer = read_answer(b'{"id":"https://x.test/oparl/papers/1","name":"a\\ud800b"}', URL)
    assert names(answer) == ["a b"]
    assert answer.records[0].model_dump_json()


# --- what is no answer


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "empty answer"),
        (b" \n", "empty answer"),
        (b"\xef\xbb\xbf", "empty answer"),
        (b"<!DOCTYPE html><title>Wartung</title>", "HTML"),
        (b"\n  <html>", "HTML"),
        (b'{"data": [', "no JSON"),
        (b"Service Unavailable", "no JSON"),
        (b"7", "only 7"),
        (b"null", "only None"),
        (b'"ok"', "only 'ok'"),
        (b"{}", "an object with the keys none"),
        (b'{"meta": {}, "persons": []}', "an object with the keys 'meta', 'persons'"),
        (b'{"data": null}', "None"),
        (b'{"data": "x"}', "'x'"),
        (b"[1, 2]", "a list of 1"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"id": ' + b"9" * 5000 + b"}", "no JSON"),
    ],
)
def test_what_is_no_answer_is_never_empty(body: bytes, found: str) -> None:
    with pytest.raises(UnexpectedResponse, match=found) as raised:
        read_answer(body, URL, "application/json")
    assert not isinstance(raised.value, AccessDenied)
    message = str(raised.value)
    assert message.startswith(f"{URL}: expected ")
    assert raised.value.advice in message


def test_the_content_type_is_named_where_html_came() -> None:
    with pytest.raises(UnexpectedResponse, match="Content-Type application/json"):
        read_answer(b"<html>", URL, "application/json")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "https://schema.oparl.org/1.0/Error", "message": "OParl is not active."}, "OParl is not active."),
        (
            {"type": "https://schema.oparl.org/1.0/Error", "message": "OParl test expired on 31.03.2022"},
            "OParl test expired on 31.03.2022",
        ),
        ({"error": 'Webservice "OParl" ist nicht aktiviert!', "code": 100}, "code 100"),
        ({"error": {"message": "kaputt"}, "status": 500}, "kaputt"),
        ({"type": "https://schema.oparl.org/1.1/Error"}, "no reason"),
    ],
)
def test_the_source_says_no(value: object, expected: str) -> None:
    with pytest.raises(AccessDenied) as raised:
        read(value)
    assert expected in str(raised.value)
    assert raised.value.url == URL


@pytest.mark.parametrize(
    ("status", "body", "empty"),
    [
        (404, b'{"error": "Die angeforderte Ressource wurde nicht gefunden", "code": 802}', True),
        (404, b'{"error": "x", "code": "802"}', True),
        (404, b"[]", True),
        (200, b'{"error": "x", "code": 802}', False),
        (404, b'{"error": "x", "code": 100}', False),
        (404, b"<html>802</html>", False),
        (404, b"", False),
        (404, b"[" * 100_000, False),
        (404, b"802", False),
    ],
)
def test_sdnet_404_for_an_empty_filter(status: int, body: bytes, empty: bool) -> None:
    assert is_empty_filter_answer(status, body) is empty


@pytest.mark.parametrize(("body", "html"), [(b"\xef\xbb\xbf \n<a>", True), (b"{}", False), (b"", False)])
def test_looks_like_html(body: bytes, html: bool) -> None:
    assert looks_like_html(body) is html


# --- envelopes


def test_an_envelope() -> None:
    answer = read({"data": [PAPER], "pagination": {"totalElements": 31}, "links": {"next": f"{URL}?page=2"}})
    assert (answer.page, answer.total, answer.next, answer.follow) == (
        "paper-list",
        31,
        f"{URL}?page=2",
        (f"{URL}?page=2",),
    )


@pytest.mark.parametrize(
    ("value", "page"),
    [
        ([PAPER], "paper-list"),
        ({"data": [PAPER], "links": []}, "paper-list"),
        ({"data": PAPER}, "paper-list"),
        ({"data": {"0": PAPER, "3": PAPER}}, "paper-list"),
        (PAPER, "paper"),
        ([], "empty-list"),
        ({"data": []}, "empty-list"),
        ({"data": {}, "links": []}, "empty-list"),
        ({"data": None, "pagination": {"totalElements": 0}}, "empty-list"),
    ],
)
def test_shapes_of_a_list(value: object, page: str) -> None:
    answer = read(value)
    assert answer.page == page
    assert answer.warnings == ()


@pytest.mark.parametrize("total", [-1, 0, "viele", None, True, 10**12, 1.5, {}])
def test_a_total_that_cannot_be_true_is_unknown(total: object) -> None:
    assert read({"data": [PAPER], "pagination": {"totalElements": total}}).total is None


def test_a_total_as_text() -> None:
    assert read({"data": [PAPER], "pagination": {"totalElements": "12"}}).total == 12


@pytest.mark.parametrize("link", [URL, "javascript:alert(1)", {"href": "x"}])
def test_a_next_that_leads_nowhere_is_noted(link: object) -> None:
    answer = read({"data": [PAPER], "links": {"next": link}})
    assert answer.next is None
    assert [gap.where for gap in answer.warnings] == [f"{URL} links.next"]


def test_a_relative_next() -> None:
    assert read({"data": [PAPER], "links": {"next": "?page=2"}}).next == f"{URL}?page=2"


def test_bare_addresses_in_a_list_are_noted_and_followed() -> None:
    answer = read(["https://rat.example.test/oparl/bodies/1"])
    assert (answer.page, answer.follow) == ("unknown-list", ("https://rat.example.test/oparl/bodies/1",))
    assert len(answer.warnings) == 1


def test_a_flood_of_notes_is_cut() -> None:
    answer = read([{"type": f"https://schema.oparl.org/1.1/X{number}"} for number in range(2000)])
    assert len(answer.warnings) == 501
    assert "more than 500" in answer.warnings[-1].what


# --- types


@pytest.mark.parametrize(
    ("raw", "page"),
    [
        ({"id": "https://x.test/a/1", "type": "https://schema.oparl.org/1.1/Meeting/"}, "meeting"),
        ({"id": "https://x.test/a/1", "type": "Person"}, "person"),
        ({"id": "https://x.test/oparl/v1.0/body/1/meeting/726"}, "meeting"),
        ({"id": "https://x.test/oparl/v1.0/body/1/organization/1-1", "type": None}, "organization"),
        ({"id": "https://x.test/oparl/papers?id=4416", "type": ""}, "paper"),
        ({"id": "https://x.test/bi/oparl/1.0/bodies.asp?id=1", "type": "N/A"}, "body"),
        ({"id": "https://x.test/people/3"}, "person"),
        ({"id": "https://x.test/agendaItems?id=3"}, "agenda-item"),
        ({"id": "https://x.test/7", "paperType": "Antrag"}, "paper"),
        ({"id": "https://x.test/8", "accessUrl": "https://x.test/8.pdf"}, "file"),
        ({"id": "https://x.test/9", "type": "https://schema.oparl.org/1.1/LegislativeTerm"}, "legislative-term"),
    ],
)
def test_the_type_of_an_object(raw: dict[str, object], page: str) -> None:
    answer = read(raw)
    assert answer.page == page
    assert answer.warnings == ()


@pytest.mark.parametrize(
    "raw",
    [
        {"id": "https://x.test/paper/1", "type": "https://schema.oparl.org/1.1/Foo"},
        {"id": "https://x.test/1"},
        {"id": "https://x.test/1", "mainFile": {}, "agendaItem": []},
    ],
)
def test_an_unknown_type_is_noted_and_never_guessed(raw: dict[str, object]) -> None:
    answer = read(raw)
    assert (answer.page, answer.records, len(answer.warnings)) == ("unknown", (), 1)


@pytest.mark.parametrize(
    "missing", [None, "", "N/A", "https://rat.example.test/", "https://rat.example.test/a b", {}, True]
)
def test_an_object_without_a_usable_id_is_left_out_and_noted(missing: object) -> None:
    answer = read([PAPER, PAPER | {"id": missing}])
    assert len(answer.records) == 1
    assert len(answer.warnings) >= 1


def test_an_id_too_long_to_keep() -> None:
    answer = read(PAPER | {"id": f"{URL}/{'1' * 1001}"})
    assert (answer.records, len(answer.warnings)) == ((), 1)


# --- ids


@pytest.mark.parametrize(
    ("oparl_id", "kind", "expected"),
    [
        ("https://www.potsdam.sitzung-online.de/oparl/papers/2008372", Kind.PAPER, "papers/2008372"),
        ("http://ratsinfo.stadt-peine.de/public/oparl/papers?id=4416", Kind.PAPER, "papers?id=4416"),
        ("http://x.test/public/oparl/files?id=1&dtyp=130", Kind.FILE, "files?id=1&dtyp=130"),
        ("https://web1.karlsruhe.de/oparl/bodies/0001/papers/vo/162", Kind.PAPER, "bodies/0001/papers/vo/162"),
        ("https://web2.karlsruhe.de/ris/oparl/bodies/0001/papers/vo/162", Kind.PAPER, "bodies/0001/papers/vo/162"),
        ("https://oparl.dresden.de/bodies/0001/papers/vo/9", Kind.PAPER, "bodies/0001/papers/vo/9"),
        ("https://x.test/Oparl/bodies/0001/meetings/1", Kind.MEETING, "bodies/0001/meetings/1"),
        ("https://x.test/rim4210/webservice/oparl/v1.0/body/1/paper/5", Kind.PAPER, "body/1/paper/5"),
        ("https://x.test/webservice/oparl/v1.1/body/1/file/1-36951", Kind.FILE, "body/1/file/1-36951"),
        ("https://x.test/bi/oparl/1.0/papers.asp?id=1664", Kind.PAPER, "papers.asp?id=1664"),
        ("https://x.test/oparl/v1/paper/5", Kind.PAPER, "paper/5"),
        ("https://x.test/oparl/0001/paper/5", Kind.PAPER, "0001/paper/5"),
        ("https://x.test/myoparl/paper/5", Kind.PAPER, "myoparl/paper/5"),
        ("https://x.test/oparl/a/oparl/papers/5", Kind.PAPER, "papers/5"),
        ("https://x.test/oparl/papers/a%20b%2Fc", Kind.PAPER, "papers/a%20b%2Fc"),
        ("https://vg.test/oparl/meeting/ni_2026-SR-12-0", Kind.MEETING, "2026-SR-12"),
        ("https://vg.test/oparl/meeting/2026-SR-12-0", Kind.MEETING, "2026-SR-12"),
        ("https://vg.test/oparl/meeting/2026-SR-10", Kind.MEETING, "2026-SR-10"),
        ("https://vg.test/oparl/paper/20261009100012", Kind.PAPER, "20261009100012"),
        ("https://vg.test/oparl/organization/SR", Kind.ORGANIZATION, "SR"),
        ("https://vg.test/oparl/agendaItem/9001", None, "agendaItem/9001"),
        ("https://vg.test/oparl/consultation/9001", None, "consultation/9001"),
    ],
)
def test_native_ids(oparl_id: str, kind: Kind | None, expected: str) -> None:
    assert native_id(oparl_id, kind) == expected


def test_native_ids_do_not_depend_on_the_scheme() -> None:
    address = "://x.test/oparl/papers/1"
    assert native_id(f"http{address}", Kind.PAPER) == native_id(f"HTTPS{address}", Kind.PAPER)


@pytest.mark.parametrize(
    "bad", ["", " ", "https://x.test", "https://x.test/", "https://x.test/oparl/", "https://x.test/a\x00b"]
)
def test_what_is_no_id(bad: str) -> None:
    with pytest.raises(ValueError, match="expected the address of an object"):
        native_id(bad, Kind.PAPER)


# --- system and bodies


def test_a_system() -> None:
    answer = read(
        {
            "id": "https://x.test/oparl/system",
            "type": "https://schema.oparl.org/1.1/System",
            "oparlVersion": "https://schema.oparl.org/1.1/",
            "body": "https://x.test/oparl/bodies",
            "name": "N/A",
            "website": "N/A",
            "contactEmail": "frau.muster@example.test",
        }
    )
    assert answer.page == "system"
    assert answer.system is not None
    assert (answer.system.version, answer.system.name, answer.system.website) == ("1.1", None, None)
    assert answer.follow == ("https://x.test/oparl/bodies",)
    assert "muster" not in repr(answer)


BODY: dict[str, Any] = {
    "id": "https://x.test/oparl/bodies/1",
    "type": "https://schema.oparl.org/1.1/Body",
    "name": "Stadt Musterstadt",
    "shortName": "",
    "contactName": "Erika Muster",
    "contactEmail": "muster@example.test",
    **{key: f"https://x.test/oparl/{key}s?body=1" for key in ("paper", "meeting", "person", "organization")},
}


def test_a_single_body_where_a_list_belongs() -> None:
    """SD.NET RIM."""
    answer = read(BODY)
    (body,) = answer.bodies
    assert (answer.page, body.name, body.short_name) == ("body", "Stadt Musterstadt", None)
    assert list(body.lists) == [Kind.ORGANIZATION, Kind.PERSON, Kind.MEETING, Kind.PAPER]
    assert answer.follow == tuple(body.lists.values())
    assert "uster@" not in repr(answer)
    assert "Erika" not in repr(answer)


def test_a_body_without_some_lists() -> None:
    answer = read([{key: value for key, value in BODY.items() if key not in ("person", "meeting")}])
    assert answer.page == "body-list"
    assert list(answer.bodies[0].lists) == [Kind.ORGANIZATION, Kind.PAPER]


def test_somacos_plural_lists_of_a_body() -> None:
    answer = read(BODY | {"consultations": "https://x.test/c", "files": "https://x.test/f"})
    assert (answer.bodies[0].consultation, answer.bodies[0].file) == ("https://x.test/c", "https://x.test/f")


@pytest.mark.parametrize(
    ("value", "ags"),
    [
        ("05754040", "05754040"),
        ("5358016", "05358016"),
        (5358016, "05358016"),
        ("051140000", "05114000"),
        ("057540400000", "05754040"),
        ("057540040040", "05754040"),
        ("05 7 54 040", "05754040"),
        ("", None),
        (None, None),
    ],
)
def test_sdnet_municipality_keys(value: object, ags: str | None) -> None:
    answer = read(BODY | {"ags": value})
    assert answer.bodies[0].ags == ags
    assert answer.warnings == ()


def test_a_municipality_key_that_is_none_is_noted() -> None:
    answer = read(BODY | {"ags": "Krefeld", "rgs": "1"})
    assert (answer.bodies[0].ags, answer.bodies[0].rgs, len(answer.warnings)) == (None, None, 2)


def test_sdnet_website_without_a_scheme() -> None:
    assert read(BODY | {"website": "www.musterstadt.test"}).bodies[0].website == "https://www.musterstadt.test"


def test_sdnet_doubled_extension() -> None:
    assert quirks.without_doubled_extension("https://x.test/a.b.eml.eml") == "https://x.test/a.b.eml"
    assert quirks.without_doubled_extension("https://x.test/a.eml.eml?x=1") == "https://x.test/a.eml?x=1"
    assert quirks.without_doubled_extension("https://x.test/a.eml") is None


# --- objects that stand alone


def test_a_file_alone() -> None:
    answer = read({"id": "https://x.test/oparl/files/1", "type": "File", "accessUrl": "https://x.test/1.pdf"})
    assert (answer.page, [file.native_id for file in answer.files]) == ("file", ["files/1"])


@pytest.mark.parametrize(("kind", "parent"), [("AgendaItem", "meeting"), ("Consultation", "paper")])
def test_a_part_alone_leads_to_its_whole(kind: str, parent: str) -> None:
    answer = read({"id": "https://x.test/1", "type": kind, parent: "https://x.test/whole/1"})
    assert (answer.records, answer.follow, answer.warnings) == ((), ("https://x.test/whole/1",), ())


# --- deletion


@pytest.mark.parametrize("deleted", [True, "true", "1", 1])
def test_deleted_objects_become_tombstones(deleted: object) -> None:
    raw = {
        "id": "https://x.test/oparl/v1.0/body/1/meeting/7",
        "deleted": deleted,
        "modified": "2026-01-26T14:26:00+01:00",
    }
    (stone,) = read(raw).records
    assert isinstance(stone, Tombstone)
    assert (stone.kind, stone.native_id) == (Kind.MEETING, "body/1/meeting/7")
    assert stone.modified is not None


def test_deleted_beats_nonpublic_and_empty_strings() -> None:
    (stone,) = read(PAPER | {"name": "", "reference": "", "deleted": True, "public": False}).records
    assert isinstance(stone, Tombstone)


def test_a_deleted_file_is_a_tombstone_of_a_file() -> None:
    (stone,) = read({"id": "https://x.test/oparl/files/7", "deleted": True}).records
    assert stone.kind is Kind.FILE if isinstance(stone, Tombstone) else False


def test_what_deleted_says_and_we_cannot_read_counts_as_deleted() -> None:
    answer = read(PAPER | {"deleted": "vielleicht"})
    assert isinstance(answer.records[0], Tombstone)
    assert len(answer.warnings) == 1


@pytest.mark.parametrize("deleted", [False, "false", 0, "0", None, ""])
def test_not_deleted(deleted: object) -> None:
    assert names(read(PAPER | {"deleted": deleted})) == ["Schwimmbad"]

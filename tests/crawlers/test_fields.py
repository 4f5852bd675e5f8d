"""One JSON object read field by field: what is warning, what is left unknown, and what is noted."""

from __future__ import annotations

from typing import Any

import pytest

from crawlers.parsing.diagnostics import ENOUGH, Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.json_fields import Fields
from crawlers.parsing.json_values import found, parsed_json

URL = "https://rat.example.test/api"


def fields(raw: dict[str, Any]) -> Fields:
    return Fields(raw, "item 1", Diagnostics(URL))


def test_the_first_key_that_says_something_is_read() -> None:
    one = fields({"a": " ", "b": "<b>Rad</b>weg &amp; Steg\x07", "n": "07", "id": 5})
    assert (one.line("a", "b"), one.number("n"), one.ident("id"), one.line("c")) == ("Rad weg & Steg", 7, "5", None)
    assert not one.diagnostics.warnings


@pytest.mark.parametrize(
    ("raw", "way", "warning"),
    [
        ([1, 2], "line", "expected a text, found a list of 2"),
        (True, "line", "expected a text, found True"),
        ("seven", "number", "expected a whole number, found 'seven'"),
        ("x" * 301, "ident", "expected a short identifier, found 301 characters"),
        ({"name": "Name, Vorname"}, "line", "expected a text, found an object with the keys 'name'"),
    ],
)
def test_what_is_not_understood_is_noted_and_unknown(raw: object, way: str, warning: str) -> None:
    one = fields({"key": raw})
    assert getattr(one, way)("key") is None
    assert [(gap.where, gap.what) for gap in one.diagnostics.warnings] == [("item 1 key", warning)]


def test_objects_of_a_list_know_their_place() -> None:
    one = fields({"files": [{"id": 1}, "no object", {"id": "?" * 400}]})
    read = list(one.objects("files"))
    assert [field.ident("id") for field in read] == ["1", None]
    assert [gap.where for gap in one.diagnostics.warnings] == ["item 1 files[1]", "item 1 files[2] id"]


def test_notes_come_to_an_end_and_addresses_are_asked_for_once() -> None:
    diagnostics = Diagnostics(URL)
    for number in range(ENOUGH + 9):
        diagnostics.add(f"place {number}", "strange")
    for address in ("https://a", None, "https://b", "https://a"):
        diagnostics.links.add(address)
    assert len(diagnostics.warnings) == ENOUGH + 1
    assert list(diagnostics.warnings)[-1].what == "more than 500 notes: the rest is not listed"
    assert list(diagnostics.links) == ["https://a", "https://b"]


@pytest.mark.parametrize(
    ("body", "what"), [(b"", "an empty answer"), (b"<p>", "no JSON"), (b"[" * 99_999, "no JSON"), (b'{"a":', "no JSON")]
)
def test_what_is_no_json(body: bytes, what: str) -> None:
    with pytest.raises(UnexpectedResponse, match=what):
        parsed_json(body, URL, "an answer in JSON")


def test_json_as_servers_send_it() -> None:
    assert parsed_json(b'\xef\xbb\xbf {"a": "x\ny", "b": NaN}', URL, "an answer") == {"a": "x\ny", "b": None}


def test_a_value_is_shown_short() -> None:
    assert found("ä" * 99) == "'" + r"\xe4" * 19 + "..."

"""What an entry may say about a website without an information system, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from council.municipality import Municipality
from council.notices import MOST_LISTS, Notices
from council.problem import RegisterError
from council.register import read_register
from council.register_schema import json_schema
from council.system import System

ENTRY = """\
municipalities:
  petersberg:
    name: Petersberg
    kind: Gemeinde
    ags: "15088295"
    system: {system}
    url: https://www.petersberg.example/bekanntmachungen
    notices: {notices}
"""
K = "register.yaml:8: municipalities.petersberg.notices"
REFUSED = [
    ("{item: li..x}", ".item: \"li..x\" is no CSS selector (Malformed class selector at position 2): "
     "write one as a browser's inspector shows it: \"ul.news-list > li\""),
    ("{meeting: (a}", ".meeting: \"(a\" is no regular expression (missing ), unterminated subpattern at position 0): "
     "write the words themselves: \"Einladung zur Sitzung\""),
    ("{lists: [https://a.example/x]}", ".lists: is no text with addresses: write them in one text with blanks between: "
     "lists: https://a.example/x https://a.example/y"),
    ("{lists: ftp://a.example/x}", ".lists: ftp: is not read here: write an address that begins with https:// or http://"),
    ("{title: 5}", ".title: 5 is a number: quote it: title: \"5\""),
    ("{tittle: h3}", ".tittle: is no field: did you mean title?"),
    ("x", ": \"x\" is not a mapping: write notices: {item: li.news, title: h3}"),
]  # fmt: skip


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, notices: str, system: str = "notices") -> Municipality:
    monkeypatch.chdir(folder)
    Path("register.yaml").write_text(ENTRY.format(system=system, notices=notices), encoding="utf-8")
    return read_register(Path("register.yaml")).municipalities[0]


def test_everything_it_can_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "{lists: https://a.example/x https://a.example/y, place: Petersberg, content: '#main', item: 'ul > li', "
    entry = read(tmp_path, monkeypatch, text + "next_page: a.next, meeting: Der Rat tagt, ignore: Stelle|Markt}")
    assert entry.notices == Notices(
        lists=("https://a.example/x", "https://a.example/y"), place="Petersberg", content="#main", item="ul > li",
        next_page="a.next", meeting="Der Rat tagt", ignore="Stelle|Markt",
    )  # fmt: skip
    assert Municipality.model_validate_json(entry.model_dump_json()) == entry
    assert hash(entry.notices)


@pytest.mark.parametrize(("notices", "expected"), REFUSED, ids=[expected for _, expected in REFUSED])
def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notices: str, expected: str) -> None:
    with pytest.raises(RegisterError) as caught:
        read(tmp_path, monkeypatch, notices)
    assert str(caught.value) == K + expected


@pytest.mark.parametrize("system", [system.value for system in System if system is not System.NOTICES])
def test_only_a_website_has_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    with pytest.raises(RegisterError) as caught:
        read(tmp_path, monkeypatch, "{item: li}", system)
    assert str(caught.value) == f"{K}: is not for system {system}: leave it out, or write system: notices"


@pytest.mark.parametrize("lists", ["", " ", [], ["https://a.example/x"] * (MOST_LISTS + 1), [1], 5])
def test_lists_that_are_none(lists: Any) -> None:
    with pytest.raises(ValidationError):
        Notices(lists=lists)


def test_an_editor_is_told_of_every_field() -> None:
    schema = json_schema()["$defs"]["Notices"]
    assert set(schema["properties"]) == set(Notices.model_fields)
    for name, field in schema["properties"].items():
        assert field["type"] == "string", name
        assert Notices.model_validate({name: field["examples"][0]})

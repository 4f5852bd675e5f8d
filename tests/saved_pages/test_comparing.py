"""A field that differs is found, unless it is declared."""

from __future__ import annotations

from tests.saved_pages.comparing import CUT, Declared, compare

THEIRS = {"name": "Rat", "items": [{"number": "1", "public": True}, {"number": "2", "public": False}], "note": "…"}


def test_a_field_that_differs_or_was_not_read_is_a_difference() -> None:
    comparison = compare({"name": "Stadtrat", "items": []}, THEIRS, (), "a")
    assert [one.where for one in comparison.differences] == ["name", "items", "note"]
    assert str(comparison.differences[0]) == "name: read 'Stadtrat', expected 'Rat'"
    assert str(comparison.differences[2]) == "note: read 'not read', expected '…'"


def test_what_is_declared_is_cut_or_put_into_our_words() -> None:
    declared = (
        Declared("note", "about the result"),
        Declared("items[]", "not public", lambda item: item if item["public"] else CUT),
        Declared("items[].number", "ours has a dot", lambda number: f"{number}."),
        Declared("name", "of another page", lambda _: "Kreistag", pages="b*"),
    )
    comparison = compare({"name": "Rat", "items": [{"number": "1.", "public": True}]}, THEIRS, declared, "a")
    assert (comparison.fields, comparison.differences) == (3, ())


def test_an_empty_list_is_a_field() -> None:
    assert compare({"items": []}, {"items": []}, (), "a").fields == 1
    assert compare({"items": [1]}, {"items": []}, (), "a").differences

"""Reference numbers: what is one, and which keys lead to it."""

from __future__ import annotations

import pytest

from indexer.index.reference import IN_QUESTION, is_reference, keys_asked, keys_of


@pytest.mark.parametrize(
    "typed",
    [
        "2015/0472",
        "2015 0472",
        "BV/2023/0145",
        "BV-145/2023",
        "DS0815/2024",
        "26/SVV/0541",
        "954 /XI.",
        "954/XI",
        "VO/23/00123-01",
        "2023/0077/1",
    ],
)
def test_reference_numbers(typed: str) -> None:
    assert is_reference(typed)


@pytest.mark.parametrize("typed", ["Kita", "S-Bahn", "B-Plan", "2023", "2019 2020", "24054", "Haushalt 2024", "", "1/"])
def test_no_reference_numbers(typed: str) -> None:
    assert not is_reference(typed)


def test_a_reference_number_inside_a_question() -> None:
    found = IN_QUESTION.search("was steht in Vorlage 2022/0815 dazu")
    assert found
    assert found[0] == "2022/0815"


@pytest.mark.parametrize(
    ("reference", "typed"),
    [
        ("BV/2023/0145", "bv-145/2023"),
        ("DS 0815/2024", "0815/2024"),
        ("DS 0815/2024", "DS0815/2024"),
        ("1. Ergänzung zu 431/2021", "431/2021"),
        ("2023/0077/1", "2023/0077"),
        ("24054", "24054"),
        ("0024054", "24054"),
    ],
)
def test_keys_meet(reference: str, typed: str) -> None:
    assert {key for key, _ in keys_asked(typed)} & set(keys_of(reference))


@pytest.mark.parametrize(
    ("reference", "typed"), [("2023/0077", "2023/007"), ("2023/0077", "2023/0077/1"), ("24054", "2405")]
)
def test_keys_do_not_meet(reference: str, typed: str) -> None:
    assert not {key for key, _ in keys_asked(typed)} & set(keys_of(reference))


def test_the_very_number_is_the_best_find() -> None:
    assert keys_asked("2023/0077")[0] == ("=2023/77", 1.0)
    assert max(weight for _, weight in keys_asked("BV/2023/0077")[1:]) < 1


def test_keys_are_few_and_without_blanks() -> None:
    keys = keys_of("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")
    assert len(keys) < 100
    assert not any(" " in key for key in keys)

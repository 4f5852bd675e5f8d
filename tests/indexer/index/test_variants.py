"""Other ways to write a word."""

from __future__ import annotations

import pytest

from indexer.index.compounds import Vocabulary
from indexer.index.folding import fold
from indexer.index.language import pieces
from indexer.index.query import parse, written
from indexer.index.variants import MOST_VARIANTS, variants_of


def variants(typed: str, following: str = "") -> set[str]:
    return {" ".join(variant.words) for variant in variants_of(typed, pieces(typed), following, Vocabulary())}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kitaplatz", "kindertagesstatte platz"),
        ("B-Plan-Verfahren", "bebauungsplan verfahren"),
        ("Bebauungsplanverfahren", "b plan verfahren"),
        ("Fahrradwegbau", "radweg bau"),
        ("Goethestr.", "gothestrasse"),
        ("Goethestraße", "gothe str"),
        ("Friedrich-Ebert-Straße", "friedrich ebert str"),
        ("A 14", "a14"),
        ("A14", "bab 14"),
        ("B-181", "b181"),
        ("Bundesstraße 3", "b 3"),
        ("VII", "7"),
        ("12", "zwolf"),
    ],
)
def test_what_is_asked_for_as_well(typed: str, meant: str) -> None:
    assert meant in variants(typed)


def test_one_letter_is_a_number_only_in_front_of_the_word_behind_it() -> None:
    assert "v wahlperiode" in variants("5", "wahlperiode")
    assert not {"v", "5"} & (variants("5") | variants("V"))


def test_nothing_is_exchanged_inside_what_is_exchanged() -> None:
    assert variants("Fahrradverkehr") == {"rad verkehr"}


def test_a_word_of_many_parts_has_a_bounded_number() -> None:
    word = fold("Kita" * 3 + "Müll" * 3 + "Fahrrad" * 3 + "Haushalt")
    assert 0 < len(list(variants_of(word, (word,), "", Vocabulary()))) <= MOST_VARIANTS
    assert len(list(variants_of("Kita-" * 40, ("kita",) * 40, "", Vocabulary()))) <= MOST_VARIANTS


@pytest.mark.parametrize("typed", ["A 14", "radweg an der b 3", "Landesstraße 173", "BAB 14 Lärm"])
def test_a_road_is_one_word_and_stays_one(typed: str) -> None:
    clauses = parse(typed)
    assert len(clauses[-1].text.split()) == 2 or len(clauses[0].text.split()) == 2
    assert parse(written(clauses)) == clauses


@pytest.mark.parametrize("typed", ["Klasse 14", "A 14/2", "Haus A 14567", "a"])
def test_what_is_no_road(typed: str) -> None:
    assert all(len(clause.text.split()) == 1 for clause in parse(typed))


@pytest.mark.parametrize(
    ("typed", "kind", "meant"),
    [
        ("Kitaplatz", "synonym", "Kindertageseinrichtung Platz"),
        ("Goethestr.", "abbreviation", "Goethestrasse"),
        ("OB", "abbreviation", "Oberbürgermeister"),
        ("A 14", "abbreviation", "Autobahn 14"),
        ("zwölf", "number", "12"),
    ],
)
def test_what_is_told(typed: str, kind: str, meant: str) -> None:
    told = {(variant.kind.value, variant.text) for variant in variants_of(typed, pieces(typed), "", Vocabulary())}
    assert (kind, meant) in told


@pytest.mark.parametrize("typed", ["Straße", "Goethestraße", "5", "Oberbürgermeister"])
def test_what_goes_without_saying(typed: str) -> None:
    assert {variant.text for variant in variants_of(typed, pieces(typed), "", Vocabulary())} == {""}

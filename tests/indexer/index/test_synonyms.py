from __future__ import annotations

import pytest

from indexer.index.language import pieces, stem
from indexer.index.synonyms import Synonym, read, synonyms_of
from indexer.index.understanding import UnderstandingKind


def stems(text: str) -> set[str]:
    return {" ".join(map(stem, synonym.words)) for synonym in synonyms_of(pieces(text))}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Windkraftanlage", "Windräder"),
        ("Windkraftanlagen", "Windrad"),
        ("Windräder", "Windenergieanlagen"),
        ("Flüchtling", "Geflüchtete"),
        ("Flüchtlinge", "Asylbewerber"),
        ("B-Plan", "Bebauungspläne"),
        ("B-Pläne", "Bebauungsplan"),
        ("BPlan", "Bebauungsplan"),
        ("Bebauungsplans", "B-Plan"),
        ("Autos", "PKW"),
        ("Kitas", "Kindertagesstätten"),
        ("Kindertagesstätten", "Kita"),
        ("Fahrradweg", "Radwege"),
        ("Radwege", "Fahrradweg"),
        ("PV-Anlagen", "Solaranlage"),
        ("Solaranlagen", "Photovoltaikanlagen"),
        ("Mülleimer", "Papierkörbe"),
        ("DRK", "Rotes Kreuz"),
    ],
)
def test_every_form_of_a_word_has_its_synonyms_both_ways(typed: str, found: str) -> None:
    assert " ".join(map(stem, pieces(found))) in stems(typed)


@pytest.mark.parametrize("typed", ["Rathaus", "Kitas-Kunst", "Autobahn", ""])
def test_other_words_have_none(typed: str) -> None:
    assert not stems(typed)


def test_the_higher_weight_counts_and_no_word_is_its_own_synonym() -> None:
    table = read("# a remark\n0.5 | Amt | Behörde\n\n0.9 | Ämter | Behörde | Dienststelle\n").words
    assert [(one.words, one.weight) for one in table[stem("amt")]] == [(("behorde",), 0.9), (("dienststelle",), 0.9)]


def test_words_before_numbers_and_endings_are_lists_of_their_own() -> None:
    read_ = read("1 abbreviation | A # | BAB #\n1 abbreviation | -str | -straße\n0.5 number | 2 | zwei\n")
    assert read_.before_numbers["a"] == (Synonym(("bab",), 1.0, "BAB", UnderstandingKind.ABBREVIATION),)
    assert read_.endings["str"][0].words == ("strasse",)
    assert read_.words["2"][0].kind is UnderstandingKind.NUMBER


@pytest.mark.parametrize("line", ["1.5 | Amt | Behörde", "0.5 | Amt", "0.5 | Amt | ", "0 | Amt | Behörde"])
def test_a_line_that_says_nothing_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="expected a weight"):
        read(line)

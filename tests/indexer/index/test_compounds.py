"""Compounds: the vocabulary learns from texts, splits words, and is the same again when it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.index.compounds import SAMPLE_CHARACTERS, SAMPLE_PER_TEXT, SHORTEST_PART, Vocabulary
from indexer.index.council_words import WORDS, read
from indexer.index.folding import fold
from tests.quality.compounds import measured

TEXT = (
    """Die Depot der Straßenbahn. Ein Konzept, ein Radweg, die Biber und der Zaun. Der Verkehr im Bezirk.
Die Linie fährt zur Depot. Das Konzept gilt. Biber wandern. Der Spaten. Die Preise des Trinkwassers. """
    * 30
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    vocabulary = Vocabulary()
    vocabulary.learn([TEXT])
    return vocabulary


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Radwegkonzept", {"radweg", "konzept", "rad", "weg"}),
        ("Verkehrskonzept", {"verkehr", "konzept"}),
        ("Straßenbahndepot", {"strassenbahn", "depot", "strasse", "bahn"}),
        ("Biberzaun", {"biber", "zaun"}),
        ("Trinkwasserpreise", {"trinkwasser", "preise", "trink", "wasser"}),
        ("Zweitwohnungsabgabe", {"zweitwohnung", "zweit", "wohnung", "abgabe"}),
        ("Jägerstraße", {"jager", "strasse"}),
        ("Hundehütte", {"hund", "hutte"}),
        ("Niederschrift", set()),
        ("Niederschriften", set()),
        ("Niederschriftenbuch", {"niederschrift", "buch"}),
        ("Nordhausen", set()),
        ("Depot", set()),
        ("Bezirk", set()),
        ("Xylophonquartett", set()),
        ("Rad", set()),
        ("2015", set()),
    ],
)
def test_parts_of_compounds(vocabulary: Vocabulary, word: str, parts: set[str]) -> None:
    assert set(vocabulary.all_parts(fold(word))) == parts


def test_some_words_are_known_from_the_start() -> None:
    assert Vocabulary().split("kindergarten") == ("kinder", "garten")


def test_a_new_installation_splits_compounds_of_councils_right() -> None:
    """Measured in November 2026: recall 0.987, precision 0.980; with a list of 190 words 0.161 and 0.997."""
    results = measured(Vocabulary())
    compounds = [result for result in results if result.expected]
    simple = [result for result in results if not result.expected]
    assert len(compounds) > 80
    assert len(simple) > 35
    assert sum(result.recall for result in compounds) / len(compounds) >= 0.97
    assert sum(result.precision for result in results) / len(results) >= 0.97
    assert [result.word for result in simple if result.found] == []


def test_the_words_of_councils_are_folded_and_each_is_of_one_sort() -> None:
    assert all(fold(word) == word for word in WORDS.nouns | WORDS.first | WORDS.last)
    assert not WORDS.first & WORDS.nouns
    assert not WORDS.last & WORDS.nouns
    assert min(map(len, WORDS.nouns | WORDS.first)) >= SHORTEST_PART


def test_a_list_of_words_is_read_by_its_marks() -> None:
    words = read("# a remark\nLösch- Wasser Niederschrift=\nSchule")
    assert words.nouns == {"wasser", "niederschrift", "schule"}
    assert words.first == {"losch", "schul"}
    assert {"schulen", "wassers", "niederschriften"} <= words.last | words.whole
    assert words.whole == {"niederschrift", "niederschriften", "niederschrifte", "niederschriftes", "niederschrifts"}


def test_what_was_learned_is_kept(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.json"
    vocabulary.save(path)
    again = Vocabulary.load(path)
    assert again.characters == vocabulary.characters
    assert again.all_parts("radwegkonzept") == vocabulary.all_parts("radwegkonzept")
    assert [file.name for file in tmp_path.iterdir()] == ["vocabulary.json"]
    assert Vocabulary.load(tmp_path / "none").characters == 0


def test_the_same_texts_give_the_same_vocabulary(vocabulary: Vocabulary, tmp_path: Path) -> None:
    other = Vocabulary()
    other.learn([TEXT])
    other.save(tmp_path / "a")
    vocabulary.save(tmp_path / "b")
    assert json.loads((tmp_path / "a").read_text()) == json.loads((tmp_path / "b").read_text())


def test_it_looks_at_the_beginnings_of_texts_until_it_knows_enough() -> None:
    vocabulary = Vocabulary()
    vocabulary.learn(["x" * 10 * SAMPLE_PER_TEXT])
    assert vocabulary.characters == SAMPLE_PER_TEXT
    assert not vocabulary.complete
    assert Vocabulary({}, SAMPLE_CHARACTERS).complete


def test_very_long_words_are_left_alone(vocabulary: Vocabulary) -> None:
    assert vocabulary.split("radweg" * 100) == ()

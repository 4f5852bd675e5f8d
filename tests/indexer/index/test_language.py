"""German analysis: which written forms are the same, and what a text becomes."""

from __future__ import annotations

import pytest

from indexer.index.compounds import Vocabulary
from indexer.index.folding import fold, tidy
from indexer.index.language import CACHED_WORDS, German, analyse, pieces, stem


@pytest.mark.parametrize(
    "forms",
    [
        ("Grünfläche", "Gruenflaeche", "GRÜNFLÄCHE", "Gru\u0308nfla\u0308che"),
        ("Straße", "Strasse", "STRASSE", "STRAẞE"),
        ("Café", "cafe", "CAFÉ"),
        ("Goethe", "Göthe"),
    ],
)
def test_written_forms_that_are_the_same(forms: tuple[str, ...]) -> None:
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["neue", "Frauen", "Bauer", "Quelle", "Steuer"])
def test_ue_that_is_no_umlaut_stays(word: str) -> None:
    assert fold(word) == word.lower()


@pytest.mark.parametrize(
    "forms",
    [
        ("Kita", "Kitas"),
        ("Haus", "Hauses", "Häuser", "Haeuser"),
        ("Rathaus", "Rathäuser", "Rathauses"),
        ("Gebühr", "Gebühren"),
        ("Radweg", "Radwege", "Radwegen", "Radweges"),
        ("Sanierung", "Sanierungen"),
        ("Haushaltssatzung", "Haushaltssatzungen"),
        ("linke", "linken", "linker"),
        ("Frau", "Frauen"),
        ("Ausbau", "Ausbaus"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(fold(form)) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Satzung", "Satz"), ("Haushaltssatzung", "Haushaltssatz"), ("Asbest", "Asb"), ("Zeitung", "Zeit")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert stem(fold(one)) != stem(fold(other))


def test_words_cut_by_a_line_end_are_joined_but_not_lists() -> None:
    assert tidy("Haus-\nhalt und Rad-\nund Fußweg, Karlsruhe-\nDurlach") == (
        "Haushalt und Rad-\nund Fußweg, Karlsruhe-\nDurlach"
    )
    assert tidy("Ver\u00adkehr, Woh\u00ad\nnung, Wohnﬂäche") == "Verkehr, Wohnung, Wohnfläche"


def test_a_hyphenated_word_is_its_pieces_and_the_whole() -> None:
    word = analyse("S-Bahn", Vocabulary())
    assert word.tokens == "s bahn"
    assert "sbahn" in word.parts.split()
    assert word.surfaces == ("s", "bahn")


def test_numbers_keep_their_zeros_and_have_no_parts() -> None:
    assert analyse("2015/0472", Vocabulary()).tokens == "2015 0472"
    assert analyse("2015/0472", Vocabulary()).parts == ""


def test_a_text_becomes_three_streams() -> None:
    streams = German(Vocabulary()).streams(["Die Radwege.", "Ein Schulhaus"])
    assert streams.tokens == "die radweg ein schulhaus"
    assert set(streams.parts.split()) == {"rad", "weg", "rad+weg", "schul", "haus", "schul+haus"}
    assert streams.surfaces == {"die", "radwege", "ein", "schulhaus"}


def test_a_full_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Wort{n} Schulhaus Radweg{n % 7}" for n in range(50)]
    german = German(Vocabulary())
    expected = [german.streams([text]) for text in texts]
    monkeypatch.setattr("indexer.index.language.CACHED_WORDS", 5)
    forgetful = German(Vocabulary())
    assert [forgetful.streams([text]) for text in texts] == expected
    assert CACHED_WORDS > 5


def test_no_token_holds_a_blank_and_nothing_odd_breaks_it() -> None:
    odd = "a\x00b \ud7ff 😀 ﷺ İstanbul ǅ ß- -/- 1/2/3 ½ ² \u200b ﬁﬂ" + "x" * 500
    streams = German(Vocabulary()).streams([odd])
    assert all(token.isalnum() for token in streams.tokens.split(" "))
    assert max(map(len, streams.tokens.split(" "))) <= 80


def test_pieces_of_what_was_typed() -> None:
    assert pieces("Kita-Gebühren, 2. Änderung") == ("kita", "gebuhren", "2", "anderung")
    assert pieces("?!") == ()

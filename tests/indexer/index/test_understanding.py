"""What was understood, in the letters of whoever typed it."""

from __future__ import annotations

import random

import pytest

from indexer.index.folding import fold
from indexer.index.lexicon import within_one_edit
from indexer.index.understanding import parts_as_typed, respelled


@pytest.mark.parametrize(
    ("typed", "folded", "meant"),
    [
        ("Spielpaltz", "spielplatz", "Spielplatz"),
        ("spielpaltz", "spielplatz", "spielplatz"),
        ("Gebüren", "gebuhren", "Gebühren"),
        ("Gebuehrn", "gebuhren", "Gebuehren"),
        ("Starße", "strasse", "Straße"),
        ("Straßß", "strasse", "Straße"),
        ("adweg", "radweg", "radweg"),
        ("Xadweg", "radweg", "Radweg"),
        ("Radwegx", "radweg", "Radweg"),
        ("Ämtre", "amter", "Ämter"),
        ("RADWGE", "radweg", "RADWeg"),
    ],
)
def test_a_correction_keeps_the_letters_that_are_right(typed: str, folded: str, meant: str) -> None:
    assert respelled(typed, folded) == meant


def test_a_correction_is_the_word_that_is_meant() -> None:
    chance = random.Random(12)
    for _ in range(3000):
        typed = "".join(chance.choices("aeouäöüßSTrt", k=chance.randint(2, 9)))
        word = chance.choice(sorted(within_one_edit(fold(typed))))
        if fold(word) == word:  # as all words of an index are
            assert fold(respelled(typed, word)) == word, (typed, word)


@pytest.mark.parametrize(
    ("typed", "parts", "meant"),
    [
        ("Radverkehrskonzept", ("radverkehr", "konzept"), "Radverkehr Konzept"),
        ("Grünflächenplan", ("grunflachen", "plan"), "Grünflächen Plan"),
        ("gruenflaechenplan", ("grunflachen", "plan"), "gruenflaechen plan"),
        ("Straßen-Bahn", ("strassen", "bahn"), "Straßen Bahn"),
        ("Unsinn", ("sonst", "was"), "sonst was"),
    ],
)
def test_parts_are_told_in_the_letters_that_were_typed(typed: str, parts: tuple[str, ...], meant: str) -> None:
    assert parts_as_typed(typed, parts) == meant

"""Compounds of which a hyphen leaves out a part."""

from __future__ import annotations

import pytest

from indexer.index.compounds import Vocabulary
from indexer.index.ellipsis import ellipses


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Rad- und Fußweg", {"radweg"}),
        ("Rad-\nund Fußweg", {"radweg"}),
        ("Bau-, Umwelt- und Verkehrsausschuss", {"bauausschuss", "umweltausschuss"}),
        ("Kinder- bzw. Jugendhaus", {"kinderhaus"}),
        ("Fuß- und Radwegkonzept", {"fusskonzept", "fusswegkonzept"}),
        ("Haushaltsplan und -satzung", {"haushaltssatzung"}),
        ("Haushaltsplan/-satzung", {"haushaltssatzung"}),
        ("Rad- und Gehölz", set()),
        ("Karlsruhe-Durlach und Fußweg", set()),
        ("2- und 3-zügig", set()),
        ("- und -", set()),
    ],
)
def test_what_is_meant(text: str, meant: set[str]) -> None:
    assert {one.whole for one in ellipses(text, Vocabulary())} == meant


def test_the_words_that_say_it_are_the_place() -> None:
    text = "am Rad- und Fußweg entlang"
    (one,) = ellipses(text, Vocabulary())
    assert text[one.start : one.end] == "Rad- und Fußweg"
    assert one.leaves == ("rad", "weg")


def test_a_long_chain_ends() -> None:
    assert len(list(ellipses("Bau-, " * 10_000 + "Verkehrsausschuss", Vocabulary()))) <= 10

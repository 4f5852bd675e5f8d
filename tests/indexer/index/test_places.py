"""Places in texts and in questions: names of a register, and what an index has learned."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from indexer.index.folding import TOKEN, fold
from indexer.index.places import (
    MOST_OF_ONE_NAME,
    AskedWord,
    FoundPlace,
    MunicipalityNames,
    Spread,
    find_places,
    is_introducing,
    places_in,
)

NAMES = MunicipalityNames(
    {
        "tannau": "Tannau",
        "klein-ostrau": "Klein Ostrau",
        "brodeln": "Brodeln (Kreis Wipp)",
        "wippkreis": "Landkreis Wipp",
        "linse": "Linse, Stadt",
        "karlau": "Karlaue",
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Spielplatz in Hegensum wird erneuert.", {"hegensum"}),
        ("im Ortsteil Alt-Hegensum und nach Rautsum", {"althegensum", "rautsum"}),
        ("an der Salzlagergasse, der Kalkofenstraße und am Gattersägenweg", {"salzlagergasse", "kalkofenstrasse"}),
        ("in Arbeit, nach Absprache, in Haushalten", set()),
        ("in hegensum, in 2024, in H, aus A1", set()),
        ("", set()),
    ],
)
def test_what_stands_where_names_of_places_stand(text: str, expected: set[str]) -> None:
    assert expected <= places_in(TOKEN.findall(text))
    assert bool(expected) == bool(places_in(TOKEN.findall(text)))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tannau", (1, ("tannau",))),
        ("Tannaus", (1, ("tannau",))),
        ("tannauer", (1, ("tannau",))),
        ("Karlauer", (1, ("karlau",))),
        ("klein ostrau haushalt", (2, ("klein-ostrau",))),
        ("kleinostrau", (1, ("klein-ostrau",))),
        ("brodeln", (1, ("brodeln",))),
        ("wipp", (1, ("wippkreis",))),
        ("landkreis wipp", (2, ("wippkreis",))),
        ("linse", (1, ("linse",))),
        ("klein", None),
        ("haushalt", None),
    ],
)
def test_names_are_looked_up_by_their_words(typed: str, expected: tuple[int, tuple[str, ...]] | None) -> None:
    assert NAMES.find([fold(word) for word in typed.split()], 0) == expected


def test_a_name_that_many_have_says_nothing() -> None:
    several = MunicipalityNames({f"neustadt-{number}": "Neustadt" for number in range(MOST_OF_ONE_NAME)})
    assert len((several.find(["neustadt"], 0) or (0, ()))[1]) == MOST_OF_ONE_NAME
    many = MunicipalityNames({f"neustadt-{number}": "Neustadt" for number in range(MOST_OF_ONE_NAME + 1)})
    assert many.find(["neustadt"], 0) is None


SHARES = {"city": 0.9, "tannau": 0.09, "linse": 0.01}
SPREADS = {
    # a village of a small town, which the city names now and then
    "hegensum": Spread(9, 9, {"tannau": 6, "city": 3}, {"tannau": 6, "city": 3}),
    # a district of the city
    "nordhafen": Spread(80, 60, {"city": 80}, {"city": 60}),
    # three papers of the city: chance
    "zufallsau": Spread(3, 3, {"city": 3}, {"city": 3}),
    # a word that is written as places are, by everybody
    "kraft": Spread(100, 90, {"city": 90, "tannau": 9, "linse": 1}, {"city": 81, "tannau": 8, "linse": 1}),
    # rare, of one town, and no place
    "backhaus": Spread(5, 0, {"tannau": 5}, {}),
    "salzstrasse": Spread(4, 4, {"linse": 4}, {"linse": 4}),
    "tannau": Spread(95, 10, {"tannau": 90, "city": 5}, {"tannau": 6, "city": 4}),
    # a town's name, and an ordinary word that others write often
    "linse": Spread(110, 1, {"linse": 10, "city": 100}, {"linse": 1}),
}


def found(question: str, *, rest: bool = True) -> list[FoundPlace]:
    words: list[AskedWord] = []
    before = ""
    for number, typed in enumerate(question.split()):
        if not is_introducing(fold(typed)):
            words.append(AskedWord(number, typed, fold(typed), is_introducing(before), bool(words)))
        before = fold(typed)

    def spread(asked: Collection[str]) -> Mapping[str, Spread]:
        return {word: SPREADS[word] for word in asked if word in SPREADS}

    def shares(keys: Collection[str]) -> Mapping[str, float]:
        return {key: SHARES.get(key, 0.0) for key in keys}

    return find_places(words, NAMES, spread, shares, lambda numbers, keys: rest)


@pytest.mark.parametrize(
    ("question", "municipality"),
    [
        ("kita hegensum", "tannau"),
        ("tauben nordhafen", "city"),
        ("tempo 30 salzstr", "linse"),
        ("haushalt tannau", "tannau"),
        ("Tannauer Haushalt", "tannau"),
        ("optik in linse", "linse"),
    ],
)
def test_places_that_are_meant(question: str, municipality: str) -> None:
    (place,) = found(question)
    assert (place.municipalities, place.applied) == ((municipality,), True)
    (without_evidence,) = found(question, rest=False)
    assert not without_evidence.applied


@pytest.mark.parametrize("question", ["in kraft", "backhaus", "zufallsau", "brodeln", "wörter ohne ort", ""])
def test_what_is_no_place(question: str) -> None:
    """Among them a municipality of the register of which the index holds nothing."""
    assert found(question) == []


def test_a_name_that_is_an_ordinary_word_is_only_said() -> None:
    (place,) = found("linse kamera")
    assert not place.applied
    assert (place.typed, place.municipalities) == ("linse", ("linse",))

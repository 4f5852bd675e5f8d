"""Passages: the best places of a text, cut well, with the right characters marked."""

from __future__ import annotations

import random

import pytest

from indexer.index.compounds import Vocabulary
from indexer.index.lexicon import NoLexicon
from indexer.index.marking import Marker
from indexer.index.matching import interpret
from indexer.index.passages import PageText, Passage, search_passages
from indexer.index.patterns import NO_PATTERNS
from indexer.index.query import parse

FILLER = "Hier steht etwas ganz anderes, das niemand sucht. " * 20


def page(text: str, number: int | None = 1, file: str = "f1") -> PageText:
    return PageText(file, f"{file}.pdf", number, text)


def vocabulary() -> Vocabulary:
    """Of an index in which "Haupt" is a word of its own."""
    learned = Vocabulary()
    learned.learn(["Haupt und Glieder. " * 3])
    return learned


def asked(typed: str) -> Marker:
    return Marker(interpret(parse(typed), vocabulary(), NoLexicon()).patterns)


def find(typed: str, pages: list[PageText]) -> tuple[Passage, ...]:
    return search_passages(asked(typed), pages).passages


def marked(typed: str, text: str) -> list[str]:
    return [text[begin:end] for begin, end in asked(typed).highlight(text)]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("Radweg", "Die Radwege und das Radwegkonzept", ["Radwege", "Radwegkonzept"]),
        ("weg", "Bewegung auf dem Weg", ["Weg"]),
        ("haus", "Haushalt für das Rathaus, Häuser", ["Rathaus", "Häuser"]),
        ("Grünfläche", "Gruenflaechen, GRÜNFLÄCHE", ["Gruenflaechen", "GRÜNFLÄCHE"]),
        ("Gruenflaeche", "die Grünfläche", ["Grünfläche"]),
        ("strasse", "Straße Strasse STRASSE Hauptstraße", ["Straße", "Strasse", "STRASSE", "Hauptstraße"]),
        ("café", "Cafe Café", ["Cafe", "Café"]),
        ("kita", "Kitas und Kindertagesstätten", ["Kitas", "Kindertagesstätten"]),
        ('"kita"', "Kitas und Kindertagesstätten", ["Kitas"]),
        ('"grüner Turm"', "Am grünen Turm. Grüner, Turm!", ["grünen Turm", "Grüner, Turm"]),
        ("s-bahn", "Die S-Bahn, SBahn", ["S-Bahn", "SBahn"]),
        ("radw*", "Radwege Radio", ["Radwege"]),
        ("2015/0472", "Vorlage 2015/0472, 2015 0472, 12015/0472, 2015/04721", ["2015/0472", "2015 0472"]),
        ("BV/2023/145", "BV/2023/0145 bv-2023-145", ["BV/2023/0145", "bv-2023-145"]),
        ("954 /XI.", "Drucksache 954/XI", ["954/XI"]),
        ("kita -hort", "Kita und Hort", ["Kita"]),
        ("kita ODER hort", "Kita und Hort", ["Kita", "Hort"]),
        ("was ist die kita", "Was die Kita ist", ["Kita"]),
        ("die", "die der", ["die"]),
        ("kita", "😀 Kita İ Kita", ["Kita", "Kita"]),
        ("", "Kita", []),
        ("???", "Kita", []),
    ],
)
def test_what_is_marked(typed: str, text: str, expected: list[str]) -> None:
    assert marked(typed, text) == expected


def test_the_place_with_the_most_words_goes_first() -> None:
    text = f"Der Brunnen ist alt. {FILLER} Der Brunnen im Park wird saniert. {FILLER} Der Park."
    best, *others = find("brunnen park sanieren", [page(text)])
    assert "Brunnen im Park" in best.text
    assert [best.text[a:b] for a, b in best.highlights][:2] == ["Brunnen", "Park"]
    assert others
    assert all(best.score > other.score for other in others)


def test_a_passage_is_short_and_on_one_line_and_ends_at_words() -> None:
    text = FILLER + "Der alte\n\n  Brunnen   wird\tsaniert und die Ausnahmekon-\nzeption gilt. " + FILLER
    (passage,) = find("brunnen", [page(text)])
    assert "alte Brunnen wird saniert und die Ausnahmekonzeption gilt." in passage.text
    assert len(passage.text) < 400
    assert set(passage.text.strip("… ").split()) <= set(text.split()) | {"Ausnahmekonzeption"}


def test_a_short_text_is_shown_whole() -> None:
    (passage,) = find("brunnen", [page("Der Brunnen.")])
    assert passage.text == "Der Brunnen."
    assert passage.highlights == ((4, 11),)


def test_pages_and_files_are_named_and_further_places_counted() -> None:
    pages = [page(f"Brunnen {n}. {FILLER} Und ein Brunnen.", n) for n in range(1, 6)]
    found = search_passages(asked("brunnen"), [*pages, page("Brunnen ohne Seite", None, "f2")], limit=2)
    assert len(found.passages) == 2
    assert found.further == 9
    assert {(passage.file_id, passage.page) for passage in found.passages} <= {("f1", n) for n in range(1, 6)} | {
        ("f2", None)
    }


def test_the_same_text_is_shown_once() -> None:
    assert len(find("brunnen", [page("Der Brunnen.", 1), page("Der Brunnen.", 2)])) == 1


def test_nothing_found_is_nothing() -> None:
    assert search_passages(asked("quark"), [page(FILLER)]).passages == ()
    assert search_passages(Marker(NO_PATTERNS), [page(FILLER)]).passages == ()
    assert find("x", []) == ()


def test_giant_texts_are_looked_at_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.index.passages.MOST_CHARACTERS", 1000)
    assert find("brunnen", [page("x " * 400 + "Brunnen")])
    assert not find("brunnen", [page("x " * 600 + "Brunnen")])
    assert not find("brunnen", [page("x " * 600), page("Brunnen")])


def test_marks_are_in_order_inside_the_text_and_apart() -> None:
    chance = random.Random(2)
    words = [
        "Kita",
        "Gebühr",
        "kitagebühren",
        "2015/0472",
        "\n",
        "-\n",
        "ß",
        "Straße",
        "😀",
        "İ",
        "\u00ad",
        "  ",
        ".",
        "a",
    ]
    for _ in range(300):
        text = "".join(chance.choice([*words, " "]) for _ in range(200))
        typed = " ".join(chance.choice(["kita", "gebühr*", '"kita a"', "2015/0472", "straße", "a"]) for _ in "xyz")
        for passage in find(typed, [page(text)]):
            end = 0
            for begin, stop in passage.highlights:
                assert end <= begin < stop <= len(passage.text)
                end = stop


def test_a_question_of_common_words_and_a_long_text_cost_no_more_than_the_effort() -> None:
    pages = [page("der Weg und die Stadt 1 2 3 " * 2000, number) for number in range(1, 40)]
    found = search_passages(asked("weg stadt 1 2 3 4 5 6 7 8 9"), pages, effort=2000)
    assert {passage.page for passage in found.passages} == {1}
    assert "Weg" in found.passages[0].text

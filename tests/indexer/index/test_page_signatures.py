"""Signatures of pages: every page that has an answer is told to have it, nearly all others are not."""

from __future__ import annotations

import random

import pytest

from indexer.index.compounds import Vocabulary
from indexer.index.language import German
from indexer.index.lexicon import NoLexicon
from indexer.index.marking import Effort, Marker
from indexer.index.matching import interpret
from indexer.index.page_signatures import MOST_PAGES, PageChooser, packed, signature
from indexer.index.patterns import Patterns
from indexer.index.query import parse

FILLER = "Hier steht etwas ganz anderes, das niemand sucht."


def asked(typed: str) -> Patterns:
    return interpret(parse(typed), Vocabulary(), NoLexicon()).patterns


def signed(*pages: str) -> str:
    german = German(Vocabulary())
    streams = [german.streams([page]) for page in pages]
    return packed(signature(one.tokens, one.parts) for one in streams)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Brunnen", (1, 3)),
        ("Radweg", (2,)),
        ("Brunnen Park", (1, 3)),
        ('"alter Brunnen"', (3,)),
        ("B-Plan", (4,)),
        ("2024/0815", (4,)),
        ("Nirgends", ()),
        ("Radkonzept", (5,)),
        ("Hundesteuer", (6, 7)),
        ("der die", tuple(range(8))),
        ("brunn*", tuple(range(8))),
    ],
)
def test_the_pages_that_may_answer(typed: str, expected: tuple[int, ...]) -> None:
    pages = [FILLER, "Die Brunnen im Park.", "Ein Radwegkonzept.", "Der alte Brunnen.", "Der B-Plan, 2024/0815"]
    pages += ["Das Radkonzept.", "Die Hundsteuer", "Gewerbe- und Hundesteuern"]
    assert PageChooser(asked(typed)).likely(signed(*pages), len(pages)).numbers == expected


def test_pages_with_the_most_of_the_question_go_first_and_the_others_are_counted() -> None:
    pages = ["Ein Brunnen."] * 30 + ["Ein Brunnen im Park."] * 3 + [FILLER]
    likely = PageChooser(asked("Brunnen Park")).likely(signed(*pages), len(pages))
    assert {30, 31, 32} <= set(likely.numbers)
    assert len(likely.numbers) == MOST_PAGES
    assert likely.others == 33 - MOST_PAGES


@pytest.mark.parametrize("signatures", ["", signed(FILLER, FILLER)])
def test_signatures_of_another_text_choose_nothing(signatures: str) -> None:
    assert PageChooser(asked("Brunnen")).likely(signatures, 3).numbers == (0, 1, 2)


def test_only_what_signatures_can_tell_is_sure() -> None:
    assert PageChooser(asked("Brunnen Park")).sure
    assert not PageChooser(asked("Brunnen 2024/0815")).sure
    assert not PageChooser(asked("brunn*")).sure


def test_no_page_with_a_find_is_left_out() -> None:
    chance = random.Random(3)
    words = [
        "Kita",
        "Kitagebühr",
        "Straße",
        "Hauptstraße",
        "S-Bahn",
        "Radweg",
        "Radwegkonzept",
        "Haus",
        "Häuser",
        "Park",
        "und",
        "der",
        "2024",
        "B-Plan",
    ]
    for _ in range(100):
        pages = [" ".join(chance.choices(words, k=4)) for _ in range(MOST_PAGES)]
        patterns = asked(" ".join(chance.choices(words, k=chance.choice((1, 2, 3)))))
        chooser, marker = PageChooser(patterns), Marker(patterns)
        if chooser.sure:
            marked = {number for number, page in enumerate(pages) if marker.finds(page, Effort(1000))}
            assert marked <= set(chooser.likely(signed(*pages), len(pages)).numbers)


def test_a_signature_is_small_and_seldom_wrong() -> None:
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghiklmnoprstu", k=9)) for _ in range(20 * 400 + 40)]
    signatures = signed(*(" ".join(words[page * 400 : page * 400 + 400]) for page in range(20)))
    assert len(signatures) < 20 * 700
    found = [PageChooser(asked(word)).likely(signatures, 20) for word in words[20 * 400 :]]
    assert sum(len(one.numbers) + one.others for one in found) < 0.03 * 40 * 20

"""The query language: what a person may type, and what it means."""

from __future__ import annotations

import random

import pytest

from indexer.index.contract import Clause, Occur
from indexer.index.query import LONGEST_QUESTION, MOST_CLAUSES, BadQuery, parse, written

MUST, NOT = Occur.MUST, Occur.MUST_NOT


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("", ()),
        ("  ", ()),
        ("Kita", (Clause("Kita"),)),
        ("Kita Krippe", (Clause("Kita"), Clause("Krippe"))),
        ('"grüner Turm"', (Clause("grüner Turm", MUST, phrase=True),)),
        ("„grüner  Turm“", (Clause("grüner Turm", MUST, phrase=True),)),
        ("»grüner Turm«", (Clause("grüner Turm", MUST, phrase=True),)),
        ("kirche -abriss", (Clause("kirche"), Clause("abriss", NOT))),
        ('kirche -"grüner turm"', (Clause("kirche"), Clause("grüner turm", NOT, phrase=True))),
        ("kirche NICHT abriss", (Clause("kirche"), Clause("abriss", NOT))),
        ("kirche nicht abriss", (Clause("kirche"), Clause("nicht"), Clause("abriss"))),
        ("Kita ODER Hort", (Clause("Kita", alternatives=("Hort",)),)),
        ("Kita OR Hort | Krippe", (Clause("Kita", alternatives=("Hort", "Krippe")),)),
        ("Kita|Hort", (Clause("Kita", alternatives=("Hort",)),)),
        ('"a b" ODER "c d"', (Clause("a b", MUST, phrase=True, alternatives=("c d",)),)),
        ("rad* ODER hort*", (Clause("rad", prefix=True, alternatives=("hort*",)),)),
        ("Kita UND Hort", (Clause("Kita", MUST), Clause("Hort", MUST))),
        ("a AND b & c d", (Clause("a", MUST), Clause("b", MUST), Clause("c", MUST), Clause("d"))),
        ("a ODER b UND c", (Clause("a", MUST, alternatives=("b",)), Clause("c", MUST))),
        ("Radweg*", (Clause("Radweg", prefix=True),)),
        ("ab*", (Clause("ab"),)),
        ("*rad", (Clause("rad"),)),
        ("2015/0472", (Clause("2015/0472", MUST),)),
        ("Vorlage 2015 0472", (Clause("Vorlage"), Clause("2015 0472", MUST))),
        ("-2015/0472 kita", (Clause("2015/0472", NOT), Clause("kita"))),
        ("954 /XI.", (Clause("954 /XI", MUST),)),
        ("S-Bahn", (Clause("S-Bahn"),)),
        ("(kita, hort)", (Clause("kita"), Clause("hort"))),
        ("--kita", (Clause("kita"),)),
        ("a - b", (Clause("a"), Clause("b"))),
        ('kita "offen', (Clause("kita"), Clause("offen"))),
        ("ODER kita ODER", (Clause("kita"),)),
        ("UND NICHT ODER kita", (Clause("kita"),)),
        ("a ODER -b", (Clause("a"), Clause("b", NOT))),
        ("ODER", (Clause("ODER"),)),
        ("???", (Clause("???"),)),
        ("kita ??? !!", (Clause("kita"),)),
    ],
)
def test_what_it_means(typed: str, clauses: tuple[Clause, ...]) -> None:
    assert parse(typed) == clauses


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Kita   Hort ", "Kita Hort"),
        ("„grüner Turm“ kirche -abriss", '"grüner Turm" kirche -abriss'),
        ("a | b AND c", "a ODER b UND c"),
        ("rad* OR hort*", "rad* ODER hort*"),
        ("NICHT kita", "-kita"),
        ("954 /XI. kita", "954 /XI kita"),
    ],
)
def test_how_it_is_shown(typed: str, shown: str) -> None:
    assert written(parse(typed)) == shown
    assert parse(shown) == parse(typed)


def test_too_long_a_question_is_refused() -> None:
    parse("a" * LONGEST_QUESTION)
    with pytest.raises(BadQuery, match="501 characters"):
        parse("a" * (LONGEST_QUESTION + 1))


@pytest.mark.parametrize("glue", [" ", " ODER ", " -", ' "x y" '])
def test_too_many_words_are_refused(glue: str) -> None:
    with pytest.raises(BadQuery, match=f"at most {MOST_CLAUSES}"):
        parse(glue.join(["ab"] * (MOST_CLAUSES + 1)))


def test_nothing_else_is_ever_raised_and_shown_again_it_is_the_same() -> None:
    chance = random.Random(1)
    bits = [
        *'"„“”«»-*|&/()[]{}\\:?!.,~^+ \t\n\x00',
        "ODER",
        "UND",
        "NICHT",
        "OR",
        " ",
        " ",
        "Kita",
        "ä",
        "2015",
        "0472",
    ]
    bits += ["/", "XI", "😀", "ß", "\u0301", "İ", "ﬁ", "\ud800", "9" * 30]
    for _ in range(20000):
        typed = "".join(chance.choice(bits) for _ in range(chance.randint(0, 25)))
        try:
            clauses = parse(typed)
        except BadQuery:
            continue
        assert parse(written(clauses)) == clauses, typed

"""The number of an agenda item, as councils write it: what its letters say, and the bare number."""

from __future__ import annotations

import pytest

from crawlers.parsing.badges import NO_BADGE, Marking, read_badge

NONPUBLIC = [
    "N 5", "(N) 5", "[NÖ] 5", "(NÖ) 5", "{N} 5", "<N> 5", "TOP (NÖ) 5", "TOP: NÖ 5", "Punkt N 5", "Nr. N 5", "N-5",
    "N - 5", "N. 5", "N: 5", "N) 5", "N_5", "N/5", "N5", "NÖ5", "-N- 5", "N 5.", "nö 5", "n.ö. 5", "n. ö. 5", "N.Ö.5",
    "N-Ö 5", "nichtöff. 5", "nicht öff. 5", "nichtöffentl. 5", "nichtöffentlich 5", "nicht-öffentlich 5",
    "Nichtöffentlicher TOP 5", "NÖ-TOP 5", "NÖT 5", "NOE 5", "Noe 5", "nichtoeffentlich 5", "NO\u0308 5", "N\u200b5",
    "N\u00ad-5", "\u200eN 5", "（N） 5", "Ｎ ５", "N\ufffd 5", "nÃ¶.5", "NÃ– 5", "&#78;&Ouml; 5", "5 (NÖ)", "5 nö",
    "5 n.ö.", "5 N", "5. N", "5n", "Ö 5 / N 6",
    "TOP 5 - nichtöffentlich -", "5 (vertraulich)", "Vertraulich 5", "5 geheim", "\U0001f512 5", "Ö/N 5",
    "Ö / NÖ 5", "ö+nö 5", "Ö 5 NÖ", "TOP N 5 (Nachtrag)", "N 5 Nachtrag: 01.03.2031 *",
]  # fmt: skip


@pytest.mark.parametrize("shown", NONPUBLIC)
def test_what_says_that_an_item_is_not_public(shown: str) -> None:
    badge = read_badge(shown)
    assert (badge.marking, badge.number) == (Marking.NONPUBLIC, "5")


PUBLIC = [
    "Ö 3", "ö 3", "Ö3", "(Ö) 3", "[Ö] 3", "Ö-3", "Ö.3", "Ö: 3", "Ö) 3", "Ö/3", "Ö 3.", "öff. 3", "Öffentl. 3",
    "öffentlich 3", "Öffentlicher TOP 3", "Punkt Ö 3", "TOP Ö 3", "TOPÖ 3", "TOP: Ö 3", "Ö-TOP 3", "ÖT 3", "OE 3",
    "Oe 3", "oeffentlich 3", "O\u0308 3", "O\u00a8 3", "Ö\u00a03", "Ö\u200b 3", "（Ö） ３", "Ã– 3", "&Ouml; 3", "3 Ö",
    "3 (ö)", "3 öffentlich", "TOP Ö 3 (Nachtrag)", "Ö 3 (Nachtrag 1)", "Ö 3 NT", "Ö 3*", "* Ö 3", "Ö 3 neu",
    "Ö 3 Nachtrag: 01.09.2031 *", "Nachtrag: 01.09.2031 * Ö 3", "Ö 3 1. Nachtrag", "Ö 3 (vertagt)",
]  # fmt: skip


@pytest.mark.parametrize("shown", PUBLIC)
def test_what_says_that_an_item_is_public(shown: str) -> None:
    badge = read_badge(shown)
    assert (badge.marking, badge.number) == (Marking.PUBLIC, "3")


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("3", "3"), ("3.", "3"), ("2.1", "2.1"), ("4 a", "4 a"), ("4a", "4a"), ("4 a)", "4 a"), ("b)", "b"),
        ("TOP 5", "5"), ("TOP: 5", "5"), ("Top 5.1", "5.1"), ("Nr. 5", "5"), ("№ 5", "5"), ("Punkt 5:", "5"),
        ("Tagesordnungspunkt 5", "5"), ("lfd. Nr. 5", "5"), ("IV.2", "IV.2"), ("I/3", "I/3"), ("A.3", "A.3"),
        ("A 3", "A 3"), ("I.", "I"), ("IV", "IV"), ("A)", "A"), ("7/8", "7/8"), ("3 - 5", "3 - 5"), ("５", "5"),
        ("TOP 5 (Nachtrag)", "5"), ("Nachtrag 1", "1"), ("1.1.1.1", "1.1.1.1"), ("5 (abgesetzt)", "5"),
    ],
)  # fmt: skip
def test_numbers_without_a_badge(shown: str, number: str) -> None:
    badge = read_badge(shown)
    assert (badge.marking, badge.number, badge.stands_alone) == (Marking.NONE, number, True)


@pytest.mark.parametrize("shown", ["", None, " ", "-", "–", "\u200b"])
def test_nothing_is_no_badge(shown: str | None) -> None:
    assert read_badge(shown) == NO_BADGE


@pytest.mark.parametrize(
    "shown", ["V 3", "X 3", "G 3", "T 3", "NO 3", "NV 3", "NT 3", "Öl 3", "Ö X 3", "\ufffd 3", "3 Radwege"]
)
def test_letters_that_are_not_known(shown: str) -> None:
    assert (read_badge(shown).marking, read_badge(shown).number) == (Marking.UNKNOWN, "3")


@pytest.mark.parametrize(
    ("shown", "marking"), [("N", Marking.NONPUBLIC), ("(NÖ)", Marking.NONPUBLIC), ("Ö", Marking.PUBLIC),
                           ("V", Marking.NONE), ("G", Marking.UNKNOWN), ("Radweg", Marking.UNKNOWN)]
)  # fmt: skip
def test_letters_without_a_number(shown: str, marking: Marking) -> None:
    assert read_badge(shown).marking is marking


@pytest.mark.parametrize(
    ("shown", "is_late"),
    [("Ö 3 (Nachtrag)", True), ("3 NT", True), ("3*", True), ("N 3 neu", True), ("3 Tischvorlage", True), ("3", False),
     ("NT 3", False), ("Ö 3.1", False)],
)  # fmt: skip
def test_what_was_added_late(shown: str, is_late: bool) -> None:
    assert read_badge(shown).is_late is is_late


def test_words_beside_a_known_badge_take_nothing_from_it_and_are_told() -> None:
    badge = read_badge("Ö 3 Haushalt 2031")
    assert (badge.marking, badge.number, badge.stands_alone) == (Marking.PUBLIC, "3", False)

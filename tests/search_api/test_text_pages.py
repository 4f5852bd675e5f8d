"""A file's text as it is shown: lines that only the paper ended are joined, all others stay."""

from __future__ import annotations

import pytest

from search_api.text_pages import join_lines

RUNNING = """Der Gemeinderat stimmt der Planung zu und beauftragt den
Bürgermeister, die Mittel in den Haushalt des kommenden
jahres einzustellen."""
SENTENCES = """Die Brücke am Mühlgraben ist seit dem Frühjahr gesperrt.
Ein Ersatz kostet nach Schätzung rund 120.000 Euro."""
LIST_OF_LETTERS = """Es werden zwei Möglichkeiten vorgeschlagen, nämlich
a) die Brücke zu erneuern, wie sie früher einmal war
b) die Brücke durch einen schmalen Steg zu ersetzen"""
LIST_OF_SIGNS = """Es werden zwei Möglichkeiten vorgeschlagen, nämlich
- die Brücke zu erneuern, wie sie früher einmal war
1. die Brücke durch einen schmalen Steg zu ersetzen"""
COLUMNS = """Kostenstelle Brückenbau      2026        120.000 Euro
Kostenstelle Stegbau         2027         80.000 Euro"""
PARAGRAPHS = """Ein Absatz, der so lang ist wie alle anderen Absätze

und ein anderer Absatz, der auch so lang ist wie sie"""
HEADING = """Sachverhalt
Die Brücke am Mühlgraben ist seit dem Frühjahr gesperrt"""


def test_running_text_is_one_line() -> None:
    assert join_lines(RUNNING) == RUNNING.replace("\n", " ")


@pytest.mark.parametrize("text", ["", HEADING, SENTENCES, LIST_OF_LETTERS, LIST_OF_SIGNS, COLUMNS, PARAGRAPHS])
def test_what_is_no_running_text_stays_as_it_is(text: str) -> None:
    assert join_lines(text) == text


def test_no_letter_is_lost_and_none_moves() -> None:
    joined = join_lines(RUNNING)
    assert len(joined) == len(RUNNING)
    assert joined.split() == RUNNING.split()

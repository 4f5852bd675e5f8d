"""Every rule of clean(), one line each."""

from __future__ import annotations

import time
import unicodedata

import pytest

from indexer.text.clean import clean


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Haus-\nhalt", "Haushalt"),
        ("Haus-\r\nhalt", "Haushalt"),
        ("Haus- \n  halt", "Haushalt"),
        ("Haus\u2010\nhalt", "Haushalt"),
        ("Haus\u00ad\nhalt", "Haushalt"),
        ("Haus\ufffehalt", "Haushalt"),
        ("Haus\x02halt", "Haushalt"),
        ("Aus-\nwir-\nkung", "Auswirkung"),
        ("Nord-\nund Süd", "Nord- und Süd"),
        ("Nord-\noder Süd", "Nord- oder Süd"),
        ("Nord-\nbzw. Süd", "Nord- bzw. Süd"),
        ("Nord\ufffeund Süd", "Nord- und Süd"),
        ("Hu-\nundert", "Huundert"),
        ("Dessau-\nRoßlau", "Dessau-Roßlau"),
        ("PKW-\nfreundlich", "PKW-freundlich"),
        ("2025-\n2026", "2025-\n2026"),
        ("Seite -\nweiter", "Seite -\nweiter"),
        ("eins\n- zwei", "eins\n- zwei"),
        ("Haus-\n\nhalt", "Haus-\n\nhalt"),
    ],
)
def test_hyphens_at_line_ends(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("  a \u00a0 b  \n  c  ", "a b\nc"),
        ("a\t\tb \t c", "a\tb\tc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\n \n\t\n \nb", "a\n\nb"),
        ("Bür\u00adger\u200bhaus", "Bürgerhaus"),
        ("a\x00b\x1fc\x7f\ufeff", "abc"),
        ("a\ud800b\uffffc", "abc"),
        (unicodedata.normalize("NFD", "Straßenbäume"), "Straßenbäume"),
        ("P\ufb02ege, Kon\ufb02ikt, e\ufb03zient", "Pflege, Konflikt, effizient"),
        ("Dessau\u2010Roßlau", "Dessau-Roßlau"),
        ("\uf0b7 Punkt\ue123", "• Punkt"),
        (" \n\t ", ""),
    ],
)
def test_characters_and_blanks(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean("Der  Haus-\nhalt der Stadt Dessau-\nRoßlau\n\n\n\nNord-\nund Süd\t\tEnde")
    assert clean(once) == once


@pytest.mark.parametrize(
    "raw", ["a" * 2_000_000, "-\n" * 500_000, " " * 2_000_000 + "a", "a-" * 500_000, "\n " * 700_000]
)
def test_takes_time_in_proportion_to_length(raw: str) -> None:
    started = time.process_time()
    clean(raw)
    assert time.process_time() - started < 5

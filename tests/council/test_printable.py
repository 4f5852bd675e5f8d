"""Whatever stands in a text from outside: on a terminal and in a log it is a text."""

from __future__ import annotations

import json
import sys

import pytest

from council.printable import printable_json, printable_line, printable_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Straßenausbau § 5 – 3 € 🙂", "Straßenausbau § 5 – 3 € 🙂"),
        ("Vorlage\u00a0Nr.\u202f7", "Vorlage Nr. 7"),
        ("a\nb\r\nc", r"a\nb\r\nc"),
        ("a\tb", r"a\tb"),
        ("\x1b[31mrot\x1b[0m", r"\u001b[31mrot\u001b[0m"),
        ("\x9b31m \x85 \x7f \x00", r"\u009b31m \u0085 \u007f \u0000"),
        ("gpj.\u202eegalrov", r"gpj.\u202eegalrov"),
        ("\u2066a\u2069 \u200f \u061c", r"\u2066a\u2069 \u200f \u061c"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\ud800 \U000e0041", r"\ud800 \udb40\udc41"),
        ("", ""),
    ],
)
def test_a_line(text: str, shown: str) -> None:
    assert printable_line(text) == shown


def test_no_character_at_all_acts() -> None:
    for code in range(sys.maxunicode + 1):
        assert printable_line(chr(code)).isprintable(), hex(code)


def test_lines_are_ended_by_our_own_newlines_only() -> None:
    assert printable_lines("a\x1b\nb\u2028c\r\n") == "a\\u001b\nb\\u2028c\\r\n"


def test_json_says_the_same_and_acts_no_more() -> None:
    value = {"title": "a\u00a0b \u202e c \x1b \x9b \u2028 \U000e0041 \ud800", "two": [1, None]}
    text = printable_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(text) == value
    assert all(line.replace("\u00a0", " ").isprintable() for line in text.split("\n"))

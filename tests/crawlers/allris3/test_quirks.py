"""Exceptions of single installations that no page of the other tests shows."""

from __future__ import annotations

import re

import pytest

from crawlers.allris3 import quirks


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Kreistag - 28.09.2026", "28.09.2026"),
        ("Kreistag - Mo, 28.09.26", "28.09.26"),
        ("Kreistag", None),
        ("Sitzung am 28.09.2026", None),
    ],
)
def test_a_title_of_body_and_day(title: str, day: str | None) -> None:
    assert quirks.day_in_title(title) == day


@pytest.mark.parametrize(
    ("text", "hides"),
    [("(nichtöffentlich)", True), ("[Nicht-Öffentlich]", True), ("Verkauf (nichtöffentlich)", False), (None, False)],
)
def test_a_word_in_the_place_of_a_subject(text: str | None, hides: bool) -> None:
    assert quirks.hides_subject(text) is hides


def test_another_meeting_is_linked_without_an_item() -> None:
    assert quirks.is_another_meeting("to010", {"SILFDNR": "3"})
    assert not quirks.is_another_meeting("to010", {"SILFDNR": "3", "TOLFDNR": "4"})
    assert not quirks.is_another_meeting("vo020", {"VOLFDNR": "3"})


@pytest.mark.parametrize(("name", "is_minutes"), [("Pro2", True), ("Pro", True), ("pro 2", False), ("Projekt", False)])
def test_short_names_of_minutes(name: str, is_minutes: bool) -> None:
    assert (re.search(quirks.SHORT_MINUTES, name) is not None) is is_minutes

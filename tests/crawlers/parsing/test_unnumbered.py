"""Meetings without a number: the id they are given, and which numbered meeting is the same one."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import Meeting
from crawlers.parsing.dates import BERLIN
from crawlers.parsing.unnumbered import are_same, is_placeholder, placeholder_id

START = dt.datetime(2026, 9, 17, 18, 0, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "name",
    ["Sitzung des Rates", "Sitzung des Rates (ABGESAGT!!)", "ABGESAGT: Sitzung des Rates",
     "Sitzung des Rates (verschoben auf den 24.09.2026)", "Sitzung des Rates - verlegt auf 24. September",
     "Sitzung des Rates - entfällt", "Sitzung des Rates fällt aus!", "Sitzung  des Rates [abgesagt]"],
)  # fmt: skip
def test_one_id_called_off_or_not(name: str) -> None:
    assert placeholder_id(START, name) == "day-2026-09-17-sitzung-des-rates"
    assert is_placeholder(placeholder_id(START, name))
    assert not is_placeholder("4711")


def test_a_name_that_is_nothing_else_stays() -> None:
    assert placeholder_id(START, "Entfällt") == "day-2026-09-17-entfallt"
    assert placeholder_id(START, "Beirat (öffentlich)") == "day-2026-09-17-beirat-offentlich"


def _meeting(name: str | None, start: dt.datetime | None = START) -> Meeting:
    return Meeting(native_id="1", name=name, start=start)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (_meeting("Rat"), _meeting("Rat (abgesagt)"), True),
        (_meeting("Rat"), _meeting("Rat", START + dt.timedelta(hours=1)), True),
        (_meeting("Rat"), _meeting("Rat", START + dt.timedelta(days=1)), False),
        (_meeting("Rat"), _meeting("12. Sitzung Rat"), True),
        (_meeting("Rat"), _meeting("12. Sitzung Rat", START + dt.timedelta(hours=1)), False),
        (_meeting("Rat"), _meeting("Beirat"), False),
        (_meeting("Rat"), _meeting(None), True),
        (_meeting("Rat"), _meeting(None, START + dt.timedelta(hours=1)), False),
        (_meeting("Rat"), _meeting("Rat", None), False),
    ],
)
def test_the_same_meeting(one: Meeting, other: Meeting, expected: bool) -> None:
    assert are_same(one, other) is are_same(other, one) is expected

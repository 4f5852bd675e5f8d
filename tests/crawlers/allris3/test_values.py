"""Days and times in all the forms that towns write them in; what is none of them is unknown, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from crawlers.allris3.values import clocks_in, day_in, is_mere_day, is_mere_time, shape


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Di 04.02.25", dt.date(2025, 2, 4)),
        ("Di, 04.02.2025", dt.date(2025, 2, 4)),
        ("4.2.25", dt.date(2025, 2, 4)),
        ("5. Feb. 2025", dt.date(2025, 2, 5)),
        ("Dienstag, 4. Februar 2025", dt.date(2025, 2, 4)),
        ("01.11.89", dt.date(1989, 11, 1)),
        ("04.02.", None),
        ("04.02. 18:30", None),
        ("04.02.18:30", None),
        ("04.02.18 Uhr", None),
        ("Teil 1.2.25.3", None),
        ("03.02.25 und 04.02.25", None),
    ],
)
def test_days(said: str, day: dt.date | None) -> None:
    assert day_in(said) == day


@pytest.mark.parametrize(
    "said", ["Di 04.02.25", "5. Feb. 2025", "Di, 4. Februar 2025, 18:00 Uhr", "04.02.25 18.00 h", "Mo, 03.02.2025"]
)
def test_mere_days(said: str) -> None:
    assert is_mere_day(said)


@pytest.mark.parametrize("said", ["Rat 04.02.25", "Sitzung vom 4. Februar 2025", "04.02.", "verschoben 04.02.25", ""])
def test_no_mere_days(said: str) -> None:
    assert not is_mere_day(said)


def _times(*said: str | None) -> tuple[dt.time | None, ...]:
    return tuple(dt.time.fromisoformat(one) if one else None for one in said)


@pytest.mark.parametrize(
    ("said", "begin", "end"),
    [
        ("18:00 - 20:15", "18:00", "20:15"),
        ("18:00-20:15", "18:00", "20:15"),
        ("18:00 Uhr bis 19:30 Uhr", "18:00", "19:30"),
        ("18.00 h", "18:00", None),
        ("18.00 - 20.15 h", "18:00", "20:15"),
        ("18 Uhr", "18:00", None),
        ("18h", "18:00", None),
        ("ab 18.30", "18:30", None),
        ("18-20 Uhr", "18:00", "20:00"),
        ("17 Uhr bis 19:30 Uhr", "17:00", "19:30"),
        ("18 bis 20:15 Uhr", "18:00", "20:15"),
        ("18:00 Uhr, Ende: ca. 20:15 Uhr", "18:00", "20:15"),
        ("6:00 PM", "18:00", None),
        ("6 p.m.", "18:00", None),
        ("12:00 AM", "00:00", None),
        ("12:30 PM", "12:30", None),
        ("6:00 - 8:15 PM", "18:00", "20:15"),
        ("11:00 - 1:00 PM", "11:00", "13:00"),
        ("18:00 Uhr, Raum 2.05", "18:00", None),
        ("Raum 2.05, 18:00 Uhr", "18:00", None),
        ("Mo, 03.02.25, 18:00 Uhr", "18:00", None),
        ("Di 04.02.25", None, None),
        ("04.02.", None, None),
        ("4. Februar 2025", None, None),
        ("abends", None, None),
        (None, None, None),
    ],
)
def test_times(said: str | None, begin: str | None, end: str | None) -> None:
    assert clocks_in(said) == _times(begin, end)


def test_a_time_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="hour"):
        clocks_in("25:00 Uhr")


def test_mere_times() -> None:
    for said in ("18:00", "18.00 h", "ab 18.30 Uhr", "6:00 PM", "18-20 Uhr", "18:00 - ", "um 18 Uhr"):
        assert is_mere_time(said), said
    nothing: tuple[str | None, ...] = ("", None)
    for none in ("18", "18 - 20", "Rat", "Sitzung um 18 Uhr", "04.02.2025", *nothing):
        assert not is_mere_time(none), none


def test_the_shape_of_a_text_holds_none_of_its_words() -> None:
    assert shape("Mo, 03.02.25 GEHEIM") == "'a, 00.00.00 a'"
    assert shape(None) == "nothing"

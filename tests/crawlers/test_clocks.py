"""Times, spans and moments in all the forms that towns write; what is none of them is unknown, never guessed."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from crawlers.parsing.clocks import Place, Times, is_time, moments, read_stamp, times_in
from crawlers.parsing.dates import BERLIN

DAY = dt.date(2031, 3, 12)


def _times(*text: str | None) -> tuple[dt.time | None, ...]:
    return tuple(dt.time.fromisoformat(one) if one else None for one in text)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
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
def test_times(text: str | None, begin: str | None, end: str | None) -> None:
    found = times_in(text)
    assert (found.begin, found.end) == _times(begin, end)


def test_a_time_that_does_not_exist() -> None:
    assert times_in("25:00 Uhr") == Times(is_impossible=True)


def test_mere_times() -> None:
    for text in ("18:00", "18.00 h", "ab 18.30 Uhr", "6:00 PM", "18-20 Uhr", "18:00 - ", "um 18 Uhr"):
        assert is_time(text), text
    nothing: tuple[str | None, ...] = ("", None)
    for none in ("18", "18 - 20", "Rat", "Sitzung um 18 Uhr", "04.02.2025", *nothing):
        assert not is_time(none), none


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("18.00 Uhr", "18:00", None),
        ("18Uhr", "18:00", None),
        ("1800 Uhr", "18:00", None),
        ("18⁰⁰ Uhr", "18:00", None),
        ("18,30 Uhr", "18:30", None),
        ("18 Uhr 30", "18:30", None),
        ("18h30", "18:30", None),
        ("ca. 18 Uhr", "18:00", None),
        ("18:00 Uhr s.t.", "18:00", None),
        ("18 Uhr c.t. bis 20 Uhr", "18:00", "20:00"),
        ("18\u00a0\u2013\u00a020\u00a0Uhr", "18:00", "20:00"),
        ("18:\u200b00 Uhr", "18:00", None),
        ("von 18 bis ca. 20.15 Uhr", "18:00", "20:15"),
        ("18:00 (bis voraussichtlich 20:00)", "18:00", "20:00"),
        ("bis 20 Uhr", None, "20:00"),
        ("18:00, 19:00 Uhr", "18:00", None),
        ("17.00 Uhr (nichtöffentlich ab 19.00 Uhr)", "17:00", None),
        ("18:00 Uhr (im Anschluss an den Bauausschuss)", "18:00", None),
        ("18:00 Uhr, Raum 2.15", "18:00", None),
        ("18:00, Zimmer A 3.04", "18:00", None),
        ("Sitzung 5 - 18:00 Uhr", "18:00", None),
        ("18:00 - 24:00 Uhr", "18:00", "00:00"),
        ("18 bis 24 Uhr", "18:00", "00:00"),
        ("18:00 - 00:00", "18:00", None),
        ("18:00 - 00:30", "18:00", "00:30"),
        ("12.03.2031, 22:00 Uhr - 13.03.2031, 01:00 Uhr", "22:00", "01:00"),
        ("im Anschluss", None, None),
        ("nach der 3. Sitzung", None, None),
        ("Raum 2.15", None, None),
        ("3. Februar 2031", None, None),
        ("03.02.", None, None),
    ],
)
def test_more_times(text: str, begin: str | None, end: str | None) -> None:
    found = times_in(text)
    assert (found.begin, found.end) == _times(begin, end)


@pytest.mark.parametrize("text", ["00:00", "0:00 Uhr", "24:00", "24 Uhr", "00:00 - 00:00", "00:00:00"])
def test_midnight_shows_that_no_time_is_set(text: str) -> None:
    assert times_in(text) == Times(is_unset=True)
    assert times_in(text).is_understood


@pytest.mark.parametrize("text", ["24:30", "25:00", "18:60", "99 Uhr", "18:00 - 25:00"])
def test_times_that_do_not_exist(text: str) -> None:
    assert times_in(text) == Times(is_impossible=True)
    assert not times_in(text).is_understood


@pytest.mark.parametrize(
    ("text", "in_prose", "beside_a_day", "in_its_place"),
    [
        ("19.00", None, None, "19:00"),
        ("19:00", None, "19:00", "19:00"),
        ("19.00 Uhr", "19:00", "19:00", "19:00"),
        ("12.03.2031 19.00", None, "19:00", "19:00"),
        ("Di 4.03", None, None, "04:03"),
        ("18:00, 19:00 Uhr", "18:00", "18:00", "18:00"),
        ("Stand 10:12, Sitzung um 19 Uhr", "19:00", "10:12", "10:12"),
    ],
)
def test_what_a_bare_number_is(
    text: str, in_prose: str | None, beside_a_day: str | None, in_its_place: str | None
) -> None:
    found = [times_in(text, place).begin for place in (Place.PROSE, Place.DAY, Place.TIME)]
    assert found == list(_times(in_prose, beside_a_day, in_its_place))


@pytest.mark.parametrize(
    ("begin", "end", "last_day", "start", "finish"),
    [
        ("18:00", "20:15", None, "12 18:00", "12 20:15"),
        ("18:00", None, None, "12 18:00", None),
        (None, "20:00", None, "12 00:00", None),
        ("18:00", "18:00", None, "12 18:00", None),
        ("18:00", "00:30", None, "12 18:00", "13 00:30"),
        ("18:00", "00:00", None, "12 18:00", "13 00:00"),
        ("18:00", "17:00", None, "12 18:00", None),
        ("18:00", "12:00", 14, "12 18:00", "14 12:00"),
        ("18:00", "20:00", 12, "12 18:00", "12 20:00"),
    ],
)
def test_moments(begin: str | None, end: str | None, last_day: int | None, start: str, finish: str | None) -> None:
    first, until = _times(begin, end)
    found = moments(DAY, first, until, DAY.replace(day=last_day) if last_day else None)
    assert [one and f"{one:%d %H:%M}" for one in found] == [start, finish]
    assert all(one is None or one.tzinfo is BERLIN for one in found)


def test_without_a_day_there_is_no_moment() -> None:
    assert moments(None, dt.time(18), dt.time(20)) == (None, None)


def test_an_hour_that_summer_time_skips_is_the_next() -> None:
    start, end = moments(dt.date(2031, 3, 30), dt.time(2, 30), dt.time(4))
    assert [str(start), str(end)] == ["2031-03-30 03:30:00+02:00", "2031-03-30 04:00:00+02:00"]


@pytest.mark.parametrize(
    ("text", "moment", "day"),
    [
        ("2031-03-12T18:30:00+01:00", "2031-03-12 18:30:00+01:00", DAY),
        ("2031-03-12T17:30:00Z", "2031-03-12 18:30:00+01:00", DAY),
        ("2031-03-12 18:30", "2031-03-12 18:30:00+01:00", DAY),
        ("2031-03-12T24:00:00", "2031-03-12 00:00:00+01:00", DAY),
        ("2031-03-11T23:30:00Z", "2031-03-12 00:30:00+01:00", DAY),
        ("2031-03-12T00:00:00+02:00", "2031-03-11 23:00:00+01:00", DAY),
        ("2031-03-12", "2031-03-12 00:00:00+01:00", DAY),
        ("12.03.2031, 18.30 Uhr", "2031-03-12 18:30:00+01:00", DAY),
        ("Mi, 12. März 2031", "2031-03-12 00:00:00+01:00", DAY),
    ],
)
def test_stamps(text: str, moment: str, day: dt.date) -> None:
    stamp = read_stamp(text)
    assert stamp is not None
    assert (str(stamp.moment), stamp.day) == (moment, day)


@pytest.mark.parametrize(
    "text",
    ["31.02.2031", "2031-02-30", "2031-03-12T25:00:00", "2031-03-12T18:30:00+99:00", "12.03.2031 25:00",
     "Rat 12.03.2031", "0001-01-01T00:00:00+23:59", "", None],
)  # fmt: skip
def test_what_is_no_stamp(text: str | None) -> None:
    assert read_stamp(text) is None


@pytest.mark.parametrize(
    "hostile", ["1" * 100_000, "18:00 - " * 20_000, "18 Uhr, " * 20_000, "18.00 ( " * 20_000, " " * 100_000]
)
def test_long_texts_cost_little(hostile: str) -> None:
    begin = time.process_time()
    times_in(hostile)
    is_time(hostile)
    assert time.process_time() - begin < 5

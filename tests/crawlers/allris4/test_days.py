"""Days and times in all the forms that municipalities write, and rows that say a day which is not understood."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import Meeting
from crawlers.parsing.clocks import times_in
from crawlers.parsing.page import Page
from tests.crawlers.allris4.invented import HOST, frame, labelled, meeting, read, the_meeting

MONTH = f"{HOST}si010?MM=3&YY=2031"
LIST = f"{HOST}si018?GRLFDNR=12"
HEADS = "<tr><th>Datum</th><th>Uhrzeit</th><th>Sitzung</th><th>Raum</th></tr>"


def row(day: str, number: int, clock: str = "18:00", classes: str = "", tip: str = "") -> str:
    link = f'<a href="./to010?SILFDNR={number}" data-simpletooltip-text="{tip}">Moorrat</a>'
    cells = f'<td>{day}</td><td class="time">{clock}</td><td class="textCol">{link}</td><td class="raum"></td>'
    return f'<tr class="{classes}">{cells}</tr>'


def calendar(*rows: str, heads: str = HEADS, url: str = MONTH) -> Page:
    name = "si018" if "si018" in url else "si010"
    return read(frame(name, f'<table class="calenderView"><thead>{heads}</thead>{"".join(rows)}</table>'), url)


def days(page: Page) -> list[str | None]:
    return [
        record.start.date().isoformat() if record.start else None
        for record in page.records
        if isinstance(record, Meeting)
    ]


@pytest.mark.parametrize("heads", [HEADS, "", HEADS.replace("Datum", "Wann")])
@pytest.mark.parametrize(
    "day",
    ["Di 04.03.31", "Di 4.3.", "Di, 4.3.", "4. März 2031", "Di 4. März", "04.03.", "Di., 04.03.2031", "Dienstag, 4.3."],
)
def test_a_day_of_its_own_is_never_the_one_above(day: str, heads: str) -> None:
    page = calendar(row("Mo 03.03.2031", 1), row(day, 2), row("", 3), heads=heads)
    assert days(page) == ["2031-03-03", "2031-03-04", "2031-03-04"]
    assert page.warnings == ()


@pytest.mark.parametrize("heads", [HEADS, ""])
@pytest.mark.parametrize("day", ["Di 4.3", "4/3/31", "Di 4.3.31.1", "04.09.", "99.", "Di 31.13.", "Do 4.3."])
def test_a_day_that_is_not_understood_is_unknown_and_said(day: str, heads: str) -> None:
    page = calendar(row("Mo 03.03.2031", 1), row(day, 2), row("", 3), heads=heads)
    assert days(page) == ["2031-03-03", None, None]
    assert {gap.where for gap in page.warnings} == {"row 2", "row 3"}


def test_words_in_the_place_of_a_day() -> None:
    assert days(calendar(row("Mo 03.03.2031", 1), row("offen", 2))) == ["2031-03-03", None]


def test_a_number_alone_where_the_columns_have_no_headers() -> None:
    page = calendar(row('<span class="dom">03</span>', 1), row("04", 2), row("Mi 05", 3), heads="")
    assert days(page) == ["2031-03-03", "2031-03-04", "2031-03-05"]


def test_a_number_in_a_column_that_is_not_known_is_no_day() -> None:
    heads = HEADS.replace("Datum", "?")
    page = calendar(row("1", 1, tip="am 03.03.2031"), row("2", 2), heads=heads)
    assert days(page)[0] == "2031-03-03"
    assert "2031-03-02" not in days(page)


def test_the_same_day_that_shows_its_number_again() -> None:
    rows = row("Mo 03.03.2031", 1), row("03", 2, classes="sameday"), row("05", 3, classes="sameday")
    assert days(calendar(*rows, url=f"{HOST}si010")) == ["2031-03-03", "2031-03-03", None]


def test_the_days_beside_the_month_at_the_turn_of_a_year() -> None:
    page = calendar(row("30.12.", 1), row("02.01.", 2), url=f"{HOST}si010?MM=1&YY=2031")
    assert days(page) == ["2030-12-30", "2031-01-02"]


def test_a_day_without_its_year_in_a_list_of_many_months_is_unknown() -> None:
    page = calendar(row("Mo 03.03.2031", 1), row("04.03.", 2), url=LIST)
    assert days(page) == ["2031-03-03", None]
    assert [gap.where for gap in page.warnings] == ["row 2"]


def test_a_day_written_like_a_time_is_none() -> None:
    heads = "<tr><th>Datum</th><th>Sitzung</th></tr>"
    rows = (
        "<tr><td>Di 04.03.</td><td><a href='./to010?SILFDNR=1'>Moorrat</a></td></tr>"
        "<tr><td>Mi 05.03.31</td><td><a href='./to010?SILFDNR=2'>Moorrat</a></td></tr>"
        "<tr><td>Do 06.03.2031 18.30 Uhr</td><td><a href='./to010?SILFDNR=3'>Moorrat</a></td></tr>"
        "<tr><td>Fr 07.03</td><td><a href='./to010?SILFDNR=4'>Moorrat</a></td></tr>"
    )
    found = [record.start for record in calendar(rows, heads=heads).records if isinstance(record, Meeting)]
    assert [start.isoformat()[5:16] if start else None for start in found] == [
        "03-04T00:00",
        "03-05T00:00",
        "03-06T18:30",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("6:00 PM", 18, None),
        ("6:00\u202fPM", 18, None),
        ("6:00 p.m.", 18, None),
        ("6 PM - 8 PM", 18, 20),
        ("6:00 - 8:00 PM", 18, 20),
        ("11:00 - 1:00 PM", 11, 13),
        ("11:00 AM - 1:00 PM", 11, 13),
        ("12:00 AM", 0, None),
        ("12:00 PM", 12, None),
        ("9:00 AM", 9, None),
        ("um 12:00 am Montag", 12, None),
        ("18 Uhr", 18, None),
        ("18 h", 18, None),
        ("18.00 h", 18, None),
        ("18.00h - 20.00h", 18, 20),
        ("18:00-20:00", 18, 20),
        ("18:00–20:00 Uhr", 18, 20),
        ("18.00 bis 20.00", 18, 20),
        ("18 Uhr bis 20:00 Uhr", 18, 20),
        ("18 - 20 Uhr", 18, 20),
        ("von 18 bis 20 Uhr", 18, 20),
        ("18-20:00 Uhr", 18, 20),
        ("18:00:00", 18, None),
        ("18:00 Uhr, Raum 2.05", 18, None),
        ("Di 04.03.31 18:00 Uhr", 18, None),
        ("04.03. 18 Uhr", 18, None),
        ("04.03.", None, None),
        ("2031", None, None),
        ("nach der 3. Sitzung", None, None),
        ("", None, None),
    ],
)
def test_times(text: str, begin: int | None, end: int | None) -> None:
    found = times_in(text)
    assert (found.begin, found.end) == tuple(None if hour is None else dt.time(hour) for hour in (begin, end))


@pytest.mark.parametrize("text", ["24:30", "18:75", "99 Uhr"])
def test_a_time_that_does_not_exist_is_said_and_leaves_the_day(text: str) -> None:
    page = read(meeting(clock=text))
    assert str(the_meeting(page).start) == "2031-03-05 00:00:00+01:00"  # a list may show the time
    assert [gap.where for gap in page.warnings] == ["time"]
    page = calendar(row("Mo 03.03.2031", 1, text))
    assert days(page) == ["2031-03-03"]
    assert [gap.where for gap in page.warnings] == ["row 1"]


@pytest.mark.parametrize("text", ["00:00", "24:00", "0:00 Uhr"])
def test_midnight_shows_that_no_time_is_set(text: str) -> None:
    page = read(meeting(clock=text))
    assert str(the_meeting(page).start) == "2031-03-05 00:00:00+01:00"
    assert page.warnings == ()


def test_an_english_server() -> None:
    one = the_meeting(read(meeting(day="Wed, Mar 5, 2031", clock="6:00 PM")))
    assert one.start is not None
    assert one.start.isoformat() == "2031-03-05T18:00:00+01:00"


def test_begin_and_end_with_labels_of_their_own() -> None:
    head = "".join(
        labelled(label, value)
        for label, value in (
            ("Gremium", "Moorrat"),
            ("Termin", "Mittwoch, 5. März 2031"),
            ("Beginn", "18.00 Uhr"),
            ("Ende", "19.30 Uhr"),
            ("Betreff", "3. Sitzung"),
            ("Datum", "05.03.2031"),
            ("Raum", "Saal"),
        )
    )
    one = the_meeting(read(frame("to010", head)))
    assert one.start is not None
    assert one.end is not None
    assert (one.start.hour, one.end.hour, one.end.minute) == (18, 19, 30)

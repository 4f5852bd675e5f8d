"""Days and months in all the forms that towns write them in; what is none of them is unknown, never guessed."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from crawlers.parsing.clocks import is_day, is_short_day
from crawlers.parsing.dates import (
    before_day,
    day_in,
    day_number,
    days_in,
    find_days,
    first_day_at,
    is_weekday,
    leading_day,
    month_in,
    month_number,
    reported_day,
    short_days_in,
    weekday_of,
)
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.wording import visible

MARCH = dt.date(2031, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12.03.2031", "12.3.2031", "12. 3. 2031", "12. 03.2031", "12.03.31", "12. 3. 31", "2031-03-12", "12. März 2031",
        "12.März 2031", "12.März2031", "12 März 2031", "12. MÄRZ 2031", "12. Ma\u0308rz 2031", "12. Maerz 2031",
        "12. Mrz 2031", "12. Mrz. 2031", "12. Mär. 2031", "12. mär 31", "12. M\ufffdrz 2031", "12. Mar 2031",
        "12.\u00a0März\u202f2031", "12.\u200b03.\u200b2031", "1\u00ad2. Mä\u00adrz 2031", "Mittwoch, den 12. März 2031",
        "Mi.12.03.2031", "Mi, 12.3.31", "am 12. März 2031 um 18 Uhr", "12.03.2031, 18.30 Uhr", "12.03.2031 18:30",
        "Mar 12, 2031", "March 12, 2031", "Wed, Mar 12, 2031", "12. März '31", "den 12ten März 2031", "12. März, 2031",
        "2031‐03‐12", "12. März 31, 19.00 Uhr s.t.", "12.03.2031 (Raum 2.15)",
    ],
)  # fmt: skip
def test_one_day_in_all_its_spellings(text: str) -> None:
    assert day_in(text) == MARCH


@pytest.mark.parametrize(
    ("month", "spellings"),
    [
        (1, ["Januar", "Jan", "Jan.", "Jänner", "Jaenner", "Jän.", "January", "JANUAR", "Ja\u0308nner"]),
        (2, ["Februar", "Feb", "Febr.", "Feber", "February"]),
        (3, ["März", "Mär", "Mrz.", "Maerz", "March", "Mar"]),
        (4, ["April", "Apr."]),
        (5, ["Mai", "May", "MAI"]),
        (6, ["Juni", "Jun", "June", "Juno"]),
        (7, ["Juli", "Jul.", "July"]),
        (8, ["August", "Aug"]),
        (9, ["September", "Sept.", "Sep", "Sep\u00adtember"]),
        (10, ["Oktober", "Okt.", "Oct", "October"]),
        (11, ["November", "Nov"]),
        (12, ["Dezember", "Dez.", "Dec", "December"]),
    ],
)
def test_months(month: int, spellings: list[str]) -> None:
    for name in spellings:
        assert month_number(name) == month
        assert day_in(f"7. {name} 2031") == dt.date(2031, month, 7)
        assert month_in(f"Sitzungen {name} 2031") == (2031, month)
        assert short_days_in(f"Do, 7. {name}") == [(7, month)]


@pytest.mark.parametrize(
    "word", ["Marktplatz", "Decke", "Maimarkt", "Sonntag", "Sepp", "Augsburg", "Märchen", "Junior", ""]
)
def test_words_that_begin_like_months(word: str) -> None:
    assert month_number(word) is None
    assert days_in(f"3. {word} 2031") == []
    assert month_in(f"{word} 2031") is None
    assert short_days_in(f"3. {word}") == []


@pytest.mark.parametrize("text", ["12.03.31 - 18 Uhr", "12.3.31-18 Uhr", "12.03.31, 18-20 Uhr", "12. März 31 - 18 Uhr"])
def test_a_year_of_two_digits_before_a_time(text: str) -> None:
    assert day_in(text) == MARCH


def test_a_year_that_could_be_an_hour() -> None:
    assert day_in("12.03.18 - 18 Uhr") == dt.date(2018, 3, 12)
    assert day_in("12.03.18-20 Uhr") is None
    assert short_days_in("12. März 18 - 20 Uhr") == [(12, 3)]


@pytest.mark.parametrize(
    ("text", "year"), [("03.02.89", 1989), ("03.02.70", 1970), ("03.02.69", 2069), ("03.02.00", 2000)]
)
def test_years_of_two_digits(text: str, year: int) -> None:
    assert day_in(text) == dt.date(year, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2031", "29.02.2031", "00.03.2031", "12.13.2031", "31. April 2031", "2031-02-30", "12/03/2031", "12.3.",
        "12. März", "3.2.18 Uhr", "3.2.18:30", "12. März 18 Uhr", "12.3. 18-20 Uhr", "1.2.3.04", "1.2.3", "Nr. 12.2031",
        "3. Mai 10 Personen", "4/3/31", "112.03.2031", "12.03.20311", "demnächst", "", None, "31.02.2031, 12.03.2031",
    ],
)  # fmt: skip
def test_what_is_no_day_with_its_year(text: str | None) -> None:
    assert day_in(text) is None


def test_a_day_that_does_not_exist_is_found_and_known_as_such() -> None:
    assert [found.day for found in find_days("am 31.02.2031, 12.03.2031")] == [None, MARCH]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12./13. März 2031", [(3, 12), (3, 13)]),
        ("12.-14.03.2031", [(3, 12), (3, 14)]),
        ("12. und 13.03.2031", [(3, 12), (3, 13)]),
        ("28.02. - 01.03.2031", [(2, 28), (3, 1)]),
        ("Mo, 10.03. bis Mi, 12.03.2031", [(3, 10), (3, 12)]),
        ("10.03.2031 - 12.03.2031", [(3, 10), (3, 12)]),
        ("TOP 3 - 12.03.2031", [(3, 12)]),
        ("7. Sitzung am 12.03.2031", [(3, 12)]),
        ("12.03.2031, Aktenzeichen 1.2.25", [(3, 12)]),
    ],
)
def test_spans_of_days(text: str, days: list[tuple[int, int]]) -> None:
    assert days_in(text) == [dt.date(2031, month, day) for month, day in days]


def test_a_span_over_the_turn_of_a_year() -> None:
    assert days_in("30.12. - 02.01.2031") == [dt.date(2030, 12, 30), dt.date(2031, 1, 2)]


@pytest.mark.parametrize("text", ["2031_03_12", "12-03-2031", "12_3_2031"])
def test_days_in_names_of_files(text: str) -> None:
    assert days_in(text) == []
    assert [found.day for found in find_days(f"Rat_{text}.pdf", in_names=True)] == [MARCH]


@pytest.mark.parametrize(
    ("text", "short"),
    [("12.3.", [(12, 3)]), ("Mi 12. 03.", [(12, 3)]), ("12.03. 18:00", [(12, 3)]), ("12. März", [(12, 3)]),
     ("12 März", [(12, 3)]), ("12.3", []), ("18.30. Uhr", []), ("12.03.2031", []), ("3.14.", [])],
)  # fmt: skip
def test_days_without_their_year(text: str, short: list[tuple[int, int]]) -> None:
    assert short_days_in(text) == short


def test_texts_that_are_but_a_day_without_its_year() -> None:
    for text in ("12.3.", "Mi, 12.3.", "12. März", "Mi 12.03., 18 Uhr"):
        assert is_short_day(text), text
    for text in ("12.3.2031", "Rat 12.3.", "12", ""):
        assert not is_short_day(text), text


@pytest.mark.parametrize(
    ("text", "month"),
    [("Kalender 2031 Juli", (2031, 7)), ("September 2031", (2031, 9)), ("Termine: Sept. 2031", (2031, 9)),
     ("2031", None), ("Juli", None), ("Dezember 2030 bis Januar 2031", None), ("Mittwoch, 12. März 2031", (2031, 3))],
)  # fmt: skip
def test_months_of_headings(text: str, month: tuple[int, int] | None) -> None:
    assert month_in(text) == month


def test_weekdays_and_numbers() -> None:
    assert [weekday_of(text) for text in ("Mo", "Di 4.3.", "Thu 01", "Sonnabend", "(So)", "Rat", "Dieter", None)] == [
        0, 1, 3, 5, 6, None, None, None,
    ]  # fmt: skip
    assert [is_weekday(text) for text in ("Mo.", "Montag", "-Mi-", "Mo 3", "Rat", "")] == [True] * 3 + [False] * 3
    assert [day_number(text) for text in ("3", "Di 3.", "3 Di", "3. Di (Feiertag)", "3. KW", "3.4.", "", None)] == [
        3, 3, 3, 3, None, None, None, None,
    ]  # fmt: skip


def test_the_day_that_a_text_begins_with() -> None:
    assert leading_day("Mi, 12.03.2031 - Do, 13.03.2031") == MARCH
    assert leading_day("Rat am 12.03.2031") is None
    assert leading_day("31.02.2031") is None


def test_a_text_that_says_no_day_is_reported_without_its_words() -> None:
    diagnostics = Diagnostics("https://rat.example.test")
    assert reported_day("12.03.2031", "row 1", diagnostics) == MARCH
    assert reported_day(None, "row 1", diagnostics) is None
    assert reported_day("-", "row 1", diagnostics) is None
    assert not diagnostics.warnings
    assert reported_day("31.02.2031 GEHEIM", "row 1", diagnostics) is None
    assert [str(warning) for warning in diagnostics.warnings] == ["row 1: no day understood in '00.00.0000 a'"]


def test_places_of_days_are_those_of_the_visible_text() -> None:
    line = visible("Rat\u00ad\u00a0am 12. Ma\u0308rz 2031, Saal")
    (found,) = find_days(line)
    assert (line[: found.start], line[found.end :]) == ("Rat am ", ", Saal")


@pytest.mark.parametrize(
    "hostile", ["1." * 50_000, "12. " * 25_000, "1" * 100_000, "März " * 20_000, "12.3. - " * 12_000]
)
def test_long_texts_cost_little(hostile: str) -> None:
    begin = time.process_time()
    days_in(hostile)
    short_days_in(hostile)
    month_in(hostile)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("text", "day"),
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
def test_days(text: str, day: dt.date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    "text", ["Di 04.02.25", "5. Feb. 2025", "Di, 4. Februar 2025, 18:00 Uhr", "04.02.25 18.00 h", "Mo, 03.02.2025"]
)
def test_mere_days(text: str) -> None:
    assert is_day(text)


@pytest.mark.parametrize("text", ["Rat 04.02.25", "Sitzung vom 4. Februar 2025", "04.02.", "verschoben 04.02.25", ""])
def test_no_mere_days(text: str) -> None:
    assert not is_day(text)


def test_the_shape_of_a_text_holds_none_of_its_words() -> None:
    assert shape("Mo, 03.02.25 GEHEIM") == "'a, 00.00.00 a'"
    assert shape(None) == "nothing"


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Rat - am Mi, den 12.03.2031, 18 Uhr", "Rat"),
        ("Rat - 12. März 2031 - 18 Uhr", "Rat"),
        ("Rat 12.03.31", "Rat"),
        ("Bau- und Umweltausschuss vom 12.03.2031", "Bau- und Umweltausschuss"),
        ("Ortsrat Di-Nord, 12.03.2031", "Ortsrat Di-Nord"),
        ("12.03.2031", ""),
        ("Rat – Torfsaal", "Rat – Torfsaal"),
    ],
)
def test_what_stands_before_a_day(text: str, before: str) -> None:
    assert before_day(text) == before


def test_where_the_first_day_stands() -> None:
    text = "Rat - am Mi, den 12.03.2031, 18 Uhr"
    place = first_day_at(text)
    assert place is not None
    name, start, end = place
    assert (text[:name], text[start:end], text[end:]) == ("Rat", "12.03.2031", ", 18 Uhr")
    assert first_day_at("Rat") is None

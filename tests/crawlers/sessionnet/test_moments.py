"""Days and times in all forms: what is not understood is unknown, and reported; never the day of the row above."""

from __future__ import annotations

import datetime as dt

import pytest

from crawlers.parsing.clocks import Times, is_time, times_in
from crawlers.parsing.dates import days_in
from crawlers.parsing.page import Page
from tests.crawlers.sessionnet.invented import (
    agenda6,
    calendar6,
    day6,
    head,
    heading6,
    item6,
    layout3,
    layout6,
    listed,
    meeting_of,
    meetings,
    read,
    url,
)


def _list(*days: str, h1: str = "Termine März 2026", cell: str = "sidat", query: str = "") -> Page:
    rows = "".join(
        f"""<tr><td class="{cell}">{day}</td><td class="silink"><a href="si0057.php?__ksinr={place + 1}">Rat</a></td>
<td class="yytime">18:00 Uhr</td></tr>"""
        for place, day in enumerate(days)
    )
    table = f'<table id="smc_page_si0046_contenttable1" class="smctablesitzungen"><tbody>{rows}</tbody></table>'
    return read(layout6("si0046", table, h1=h1), url("si0046", query))


def _days(page: Page) -> list[str | None]:
    return [f"{meeting.start:%Y-%m-%d}" if meeting.start else None for meeting in meetings(page)]


@pytest.mark.parametrize(
    "day",
    ["Di 03.03.26", "Di., 3.3.26", "Di 3.3.", "03.03.", "3. März 2026", "3. März", "Dienstag, 3. Mrz.", "3", "Di 3.",
     "3 Di", "3. Di (Feiertag)", "03.03. 18:00 Uhr", "2026-03-03", "Dienstag, den 3.3.2026"],
)  # fmt: skip
def test_days_of_rows(day: str) -> None:
    page = _list("Mo 02.03.2026", day)
    assert _days(page) == ["2026-03-02", "2026-03-03"]
    assert page.warnings == ()


@pytest.mark.parametrize("day", ["KW 12", "3./4.", "Q1/26", "33", "31.02.2026", "3.13.26", "Mi", "Ende des Monats"])
def test_a_day_that_is_not_understood_is_unknown_and_so_is_that_of_the_rows_below(day: str) -> None:
    page = _list("Mo 02.03.2026", day, "", "Do 05.03.2026")
    assert _days(page) == ["2026-03-02", None, None, "2026-03-05"]
    assert any(note.where == "calendar row 2" for note in page.warnings)
    assert any(note.where == "calendar row 3" for note in page.warnings)


@pytest.mark.parametrize("day", ["", "&nbsp;", "-", "Mo", "Montag"])
def test_a_row_that_says_no_day_has_that_of_the_row_above(day: str) -> None:
    assert _days(_list("Mo 02.03.2026", day)) == ["2026-03-02", "2026-03-02"]


def test_a_cell_that_nothing_names() -> None:
    assert _days(_list("Mo 02.03.2026", "Di 3.3.26", cell="x")) == ["2026-03-02", "2026-03-03"]
    assert _days(_list("Mo 02.03.2026", "3. KW", cell="x")) == ["2026-03-02", None]


def test_a_row_below_a_day_over_several_rows_begins_with_its_time() -> None:
    rows = """<tr><td rowspan="2">3</td><td>17:00 Uhr</td><td><a href="to0040.asp?__ksinr=5">Rat</a></td></tr>
<tr><td>18:00 Uhr</td><td><a href="to0040.asp?__ksinr=6">Ortsrat</a></td></tr>
<tr><td><a href="to0040.asp?__ksinr=7">12. Ortsrat</a></td></tr>"""
    page = layout3(f'<table id="smc_page_si0040_contenttable1" class="smccontenttable">{rows}</table>', "April 2012")
    assert _days(read(page, url("si0040", "", "asp"))) == ["2012-04-03"] * 3


def test_the_year_of_a_list_of_several_months() -> None:
    assert _days(_list("Di 3.2.", "3. Dez.", h1="Termine 2026")) == ["2026-02-03", "2026-12-03"]
    assert _days(_list("Di 3.2.", h1="Termine", query="__cjahr=2026&__cmonat=1&__canz=12")) == ["2026-02-03"]
    assert _days(_list("Di 3.2.", h1="Termine", query="__cjahr=2026&__cmonat=7&__canz=12")) == [None]
    assert _days(_list("Di 3.2.", h1="Termine Dezember 2026")) == [None]


def test_lines_that_divide_a_list_by_days() -> None:
    row = '<tr><td colspan="3">{}</td></tr>'
    cells = '<tr><td class="sidat"></td><td class="silink"><a href="si0057.php?__ksinr={}">Rat</a></td></tr>'
    rows = row.format("Dienstag, 3. März 2026") + cells.format(1) + row.format("April 2026") + cells.format(2)
    table = f'<table id="smc_page_si0046_contenttable1" class="smctablesitzungen"><tbody>{rows}</tbody></table>'
    assert _days(read(layout6("si0046", table, h1="Termine"), url("si0046"))) == ["2026-03-03", None]


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("18 Uhr", "18:00", None),
        ("ab 18 Uhr", "18:00", None),
        ("18.00 h", "18:00", None),
        ("18:30 h", "18:30", None),
        ("18h", "18:00", None),
        ("6:00 PM", "18:00", None),
        ("6 p.m.", "18:00", None),
        ("12:15 AM", "00:15", None),
        ("12:15 pm", "12:15", None),
        ("18:00-20:15", "18:00", "20:15"),
        ("18:00 - 20:15 Uhr", "18:00", "20:15"),
        ("18-20 Uhr", "18:00", "20:00"),
        ("18 bis 20.15 Uhr", "18:00", "20:15"),
        ("18 Uhr bis 19:30 Uhr", "18:00", "19:30"),
        ("18 Uhr c.t.", "18:00", None),
        ("18:00:00", "18:00", None),
        ("Beginn: 18.00 Uhr Ende: 19.30 Uhr", "18:00", "19:30"),
    ],
)
def test_times(words: str, begin: str, end: str | None) -> None:
    found = times_in(words)
    assert [moment and f"{moment:%H:%M}" for moment in (found.begin, found.end)] == [begin, end]
    assert is_time(words)
    (meeting,) = meetings(calendar6(day6(5, listed("Rat", 1, "", words, "Saal 3"))))
    assert f"{meeting.start:%d %H:%M}" == f"05 {begin}"
    assert meeting.location
    assert meeting.location.description == "Saal 3"


@pytest.mark.parametrize(
    "words", ["", "Saal 3", "03.02.", "03.02.25", "3. Februar 2025", "1.2.18", "18", "18 Hauptamt"]
)
def test_no_times(words: str) -> None:
    assert times_in(words) == Times()


def test_numbers_of_rooms_are_no_times() -> None:
    assert times_in("18:00 Uhr, Raum 3.14") == Times(dt.time(18))
    assert times_in("Saal 3 - 18:00 Uhr") == Times(dt.time(18))


def test_years_of_two_digits() -> None:
    assert days_in("Mo., 03.02.25") == [dt.date(2025, 2, 3)]
    assert days_in("01.05.94") == [dt.date(1994, 5, 1)]
    assert days_in("3.2.18 Uhr") == days_in("1.2.3.04") == days_in("1.2.3") == []
    assert days_in("03.02.2025, Raum 1.2.25") == [dt.date(2025, 2, 3)]


@pytest.mark.parametrize(
    ("date", "time"), [("Mo., 02.03.26", "18 Uhr"), ("Mo, 2. März 2026", "18.00 h"), ("02.03.2026", "6:00 PM")]
)
def test_a_meetings_head(date: str, time: str) -> None:
    page = agenda6(heading6("Öffentlicher Teil"), item6("Ö 1", "Eins"), top=head(sidat=date, yytime=time), h1="Rat")
    assert str(meeting_of(page).start) == "2026-03-02 18:00:00+01:00"


@pytest.mark.parametrize(
    "h1", ["Rat - 02.03.26 - 18 Uhr - Bürgerhaus", "Rat - Mo, 2. März 2026 - 6:00 PM - Bürgerhaus",
           "Rat am 02.03.2026, 18.00 h, Bürgerhaus"],
)  # fmt: skip
def test_a_meetings_heading(h1: str) -> None:
    meeting = meeting_of(agenda6(heading6("Öffentlicher Teil"), item6("Ö 1", "Eins"), h1=h1))
    assert (meeting.name, str(meeting.start)) == ("Rat", "2026-03-02 18:00:00+01:00")
    assert meeting.location
    assert meeting.location.description == "Bürgerhaus"


def test_a_heading_of_a_part_tells_the_begin() -> None:
    page = agenda6(heading6("Öffentlicher Teil: Beginn 17 Uhr"), item6("Ö 1", "Eins"), h1="Rat - 05.03.2026")
    assert str(meeting_of(page).start) == "2026-03-05 17:00:00+01:00"

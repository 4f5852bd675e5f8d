"""Calendars: days, months, times, places, what is cancelled, and what is asked for next."""

from __future__ import annotations

import pytest

from council.model import Meeting
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page
from tests.crawlers.allris3.invented import calendar, day, document, page, post, read, to_button

ASKED = "si010_e.asp?MM=9&YY=2026"


def _link(number: int, name: str) -> str:
    return f'<a href="to010.asp?SILFDNR={number}">{name}</a>'


def _starts(found: Page) -> list[str | None]:
    return [
        record.start.isoformat() if record.start else None for record in found.records if isinstance(record, Meeting)
    ]


def _meetings(found: Page) -> list[Meeting]:
    return [record for record in found.records if isinstance(record, Meeting)]


def test_days_are_carried_and_rooms_are_of_their_own_column() -> None:
    found = read(
        calendar(
            day("Di", 1),
            day("Mi", 2, "18:00 - 20:15&nbsp;", to_button(501), _link(501, "Sitzung des Rates"), "Frau Amsel", "Aula"),
            day("", "", "19:00", to_button(502), _link(502, "Sitzung des Mühlenausschusses"), "Herr Specht", ""),
            day("Do", 3, "9:00&nbsp;", "", "Sitzung des Beirates", "", "Mühle"),
        ),
        ASKED,
    )
    first, second, third = _meetings(found)
    assert _starts(found) == ["2026-09-02T18:00:00+02:00", "2026-09-02T19:00:00+02:00", "2026-09-03T09:00:00+02:00"]
    assert first.end is not None
    assert first.end.isoformat() == "2026-09-02T20:15:00+02:00"
    assert first.location is not None
    assert first.location.description == "Aula"
    assert (second.location, second.end) == (None, None)
    assert third.native_id == "day-2026-09-03-sitzung-des-beirates"
    assert third.source_url is None
    assert found.follow == (
        "https://ris.quellenthal.example/bi/to010.asp?SILFDNR=501",
        "https://ris.quellenthal.example/bi/to010.asp?SILFDNR=502",
    )
    assert found.warnings == ()


def test_last_column_without_a_room_in_the_header_is_no_place() -> None:
    row = day("Mi", 2, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", "Frau Amsel")
    assert _meetings(read(calendar(row, place=False), ASKED))[0].location is None


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (
            '<input type="text" name="kaldatvon" value="01.10.2026" /><input name="kaldatbis" value="31.10.2026" />',
            ASKED,
        ),
        ('<input type="hidden" name="kaldatvonbis" value="01.10.2026-31.10.2026"  />', "si010.asp"),
        ('<h2 align="center">Oktober&nbsp;2026</h2>', ASKED),
        ("", "si010.asp?MM=10&YY=2026"),
        ("", "si010.asp?kaldatvon=01.10.2026&kaldatbis=31.10.2026"),
        ('<a href="si010.asp?MM=9&amp;YY=2026">&lt;</a><a href="si010.asp?MM=11&YY=2026">&gt;</a>', "si010.asp"),
    ],
)
def test_where_the_month_stands(before: str, asked: str) -> None:
    row = day("Do", 1, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", "")
    assert _starts(read(calendar(row, before=before), asked)) == ["2026-10-01T18:00:00+02:00"]


@pytest.mark.parametrize(
    "asked",
    [
        "si010.asp?kaldatvon=01.07.2025&kaldatbis=31.12.2027",
        "si010.asp?kaldatvon=01.07.2025",
        "si010.asp?MM=7&YY=2025",
        "si010.asp?kaldatvon=01.07.2025&kaldatbis=31.07.2025",
    ],
)
def test_the_month_that_is_shown_goes_before_the_one_that_was_asked_for(asked: str) -> None:
    """The weekdays of December 2026 are those of July 2025: they do not tell one from the other."""
    arrows = '<a href="si010.asp?MM=11&amp;YY=2026">&lt;</a><a href="si010.asp?MM=1&YY=2027">&gt;</a>'
    row = day("Do", 10, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", "")
    assert _starts(read(calendar(row, before=arrows), asked)) == ["2026-12-10T18:00:00+01:00"]


@pytest.mark.parametrize(
    "asked", ["si010.asp?kaldatvon=01.07.2025&kaldatbis=31.12.2027", "si010.asp?kaldatvon=01.07.2025"]
)
def test_a_time_that_was_asked_for_gives_no_day_its_month(asked: str) -> None:
    row = day("Do", 10, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", "")
    with pytest.raises(UnexpectedResponse, match="month"):
        read(calendar(row), asked)


def test_a_calendar_without_a_month_is_none() -> None:
    row = day("Do", 1, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", "")
    with pytest.raises(UnexpectedResponse, match="month"):
        read(calendar(row), "si010.asp")


def test_a_weekday_that_contradicts_the_month_leaves_the_day_unknown() -> None:
    row = day("Fr", 1, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", "")
    found = read(calendar(row), "si010.asp?MM=10&YY=2026")
    assert _starts(found) == [None]
    assert "is no fr" in str(found.warnings[0])


def test_a_range_over_several_months_and_the_turn_of_the_year() -> None:
    before = '<input name="kaldatvon" value="01.12.2026" /><input name="kaldatbis" value="31.01.2027" />'
    rows = [
        day("", number, "18:00", to_button(500 + place), _link(500 + place, "Sitzung des Rates"), "", "")
        for place, number in enumerate((8, 15, 5, 19))
    ]
    assert [start[:10] for start in _starts(read(calendar(*rows, before=before), "si010.asp")) if start] == [
        "2026-12-08",
        "2026-12-15",
        "2027-01-05",
        "2027-01-19",
    ]


def test_a_year_with_a_heading_for_each_month() -> None:
    def month(name: str) -> str:
        return f'<tr class="zk1"><th colspan="7">{name}</th></tr>'

    rows = (
        month("Februar 2026"),
        day("Mo", 2, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", ""),
        month("März 2026"),
        day("Mo", 2, "18:00", to_button(502), _link(502, "Sitzung des Rates"), "", ""),
    )
    assert [start[:10] for start in _starts(read(calendar(*rows), "si010_j.asp?YY=2026")) if start] == [
        "2026-02-02",
        "2026-03-02",
    ]


def test_a_list_of_meetings_with_whole_days() -> None:
    header = "<tr><th>Datum</th><th>Zeit</th><th></th><th>Sitzung</th><th>Gremium</th><th>Ort</th></tr>"
    body = '<a href="au020.asp?AULFDNR=7">Mühlenausschuss</a>'
    row = (
        f"<tr class='zl11'><td>Mi, 02.09.2026</td><td>18:00</td><td>{to_button(501)}</td>"
        f"<td>{_link(501, '3. Sitzung')}</td><td>{body}</td><td>Mühle</td></tr>"
    )
    markup = page("si018", "Sitzungsübersicht", f'<table class="tl1">{header}{row}</table>')
    (meeting,) = _meetings(read(markup, "si018.asp?GRA=7"))
    assert meeting.start is not None
    assert meeting.start.isoformat() == "2026-09-02T18:00:00+02:00"
    assert (meeting.name, meeting.organization[0].native_id) == ("3. Sitzung", "au-7")
    assert meeting.location is not None
    assert meeting.location.description == "Mühle"


@pytest.mark.parametrize("name", ["Sitzung des Rates (ABGESAGT!!)", "Sitzung des Rates - entfällt", "ABGESAGT: Rat"])
def test_called_off(name: str) -> None:
    (meeting,) = _meetings(read(calendar(day("Mi", 2, "16:30 - 18:00", "", name, "", "Aula")), ASKED))
    assert meeting.cancelled
    assert meeting.name == name
    assert meeting.source_url is None


def test_two_meetings_of_a_name_and_day_without_numbers() -> None:
    rows = (day("Mi", 2, "9:00", "", "Sitzung der Jury", "", ""), day("", "", "14:00", "", "Sitzung der Jury", "", ""))
    first, second = _meetings(read(calendar(*rows), ASKED))
    assert second.native_id == f"{first.native_id}-1400"


def test_called_off_in_another_cell() -> None:
    row = day("Mi", 2, "16:30", to_button(501), _link(501, "Sitzung des Rates"), "", "entfällt")
    assert _meetings(read(calendar(row), ASKED))[0].cancelled


def test_the_number_of_an_export_is_one_but_leads_nowhere() -> None:
    export = post("to010.asp", SILFDNR=503, selfaction="Termin exportieren", template="ics")
    found = read(calendar(day("Mi", 2, "17:00 - 19:00", export, "Sitzung des Heimatvereins", "", "")), ASKED)
    assert _meetings(found)[0].native_id == "503"
    assert found.follow == ()


def test_past_midnight_and_a_day_held_by_a_rowspan() -> None:
    first = (
        f'<tr><td rowspan="2">Mi</td><td rowspan="2">2</td><td>20:00 - 00:30</td><td>{to_button(501)}</td>'
        f"<td>{_link(501, 'Sitzung des Rates')}</td><td></td><td>Aula</td></tr>"
    )
    jury = _link(502, "Sitzung der Jury")
    second = f"<tr><td>21:00</td><td>{to_button(502)}</td><td>{jury}</td><td></td><td>Mühle</td></tr>"
    found = _meetings(read(calendar(first, second), ASKED))
    assert found[0].end is not None
    assert found[0].end.isoformat() == "2026-09-03T00:30:00+02:00"
    assert found[1].start is not None
    assert found[1].start.isoformat() == "2026-09-02T21:00:00+02:00"
    assert found[1].location is not None
    assert found[1].location.description == "Mühle"


def test_documents_in_a_row_without_what_is_nonpublic() -> None:
    more = document(7001, "Bekanntmachung") + document(7002, "Niederschrift nichtöffentlich")
    minutes = post("si016.asp?SELECT=1", SILFDNR=501)
    row = day("Mi", 2, "18:00", to_button(501) + minutes, _link(501, "Sitzung des Rates"), more, "")
    assert [file.native_id for file in _meetings(read(calendar(row), ASKED))[0].files] == ["7001"]


def test_a_meeting_that_no_row_explains_is_said() -> None:
    grid = '<table class="tl1"><tr><td><a href="to010.asp?SILFDNR=509" title="18:00">2</a></td></tr></table>'
    found = read(page("si010", "Sitzungskalender", grid), "si010_j.asp?MM=9&YY=2026")
    assert found.records == ()
    assert "509" in str(found.warnings)


def test_responsive_calendar() -> None:
    def row(classes: str, first: str, time: str, name: str, room: str) -> str:
        return (
            f'<tr class="{classes}"><td class="nowrapContent">{first}</td><td class="time"><div>{time}</div></td>'
            f'<td class="textCol">{name}</td><td class="raum"><div>{room}</div></td></tr>'
        )

    def dom(dow: str, number: int) -> str:
        return f'<span class="dow">{dow}</span><span class="dom">{number}</span>'

    rows = (
        row("wed even", dom("Mi", 2), "18:00", '<a href="to010_r.asp?SILFDNR=501">Sitzung des Rates</a>', "Aula"),
        row("sameday wed even", "", "9:00", "Sitzung der Jury", ""),
        f'<tr class="sat emptyRow"><td>{dom("Sa", 5)}</td><td colspan="3" class="emptyCol"><div> </div></td></tr>',
    )
    markup = page("si010", "Kalender", f'<table class="calenderView">{"".join(rows)}</table>', skin="new")
    found = read(markup, "si010_r.asp?MM=9&YY=2026")
    assert _starts(found) == ["2026-09-02T18:00:00+02:00", "2026-09-02T09:00:00+02:00"]
    assert found.page == "si010_r"
    assert found.follow == ("https://ris.quellenthal.example/bi/to010_r.asp?SILFDNR=501",)


def _listed(*days: str, time: str = "18:00") -> str:
    """A list with a column for the whole day, as si010_j and si018 have it."""
    header = "<tr><th>Datum</th><th>Uhrzeit</th><th>Sitzung</th><th>Ort</th></tr>"
    rows = "".join(
        f"<tr><td>{one}</td><td>{time}</td><td>{_link(501 + place, 'Rat')}</td><td>Aula</td></tr>"
        for place, one in enumerate(days)
    )
    return page("si010", "Sitzungskalender", f'<h2>2025</h2><table class="tl1">{header}{rows}</table>')


@pytest.mark.parametrize(
    "text",
    ["Di 04.02.25", "04.02.25", "Di, 4.2.25", "4. Februar 2025", "4. Feb. 2025", "Di 4.2.", "04.02.", "Di, 4. Februar",
     "Di 04.02.25, 18:00 Uhr"],
)  # fmt: skip
def test_forms_of_a_rows_own_day(text: str) -> None:
    found = read(_listed("Mo, 03.02.2025", text), "si010_j.asp?YY=2025")
    assert _starts(found) == ["2025-02-03T18:00:00+01:00", "2025-02-04T18:00:00+01:00"]
    assert found.warnings == ()


@pytest.mark.parametrize(
    "text", ["4.-5.2.", "KW 6", "offen", "31.02.25", "Mi 04.02.25", "Mi", "Mi, 4. Februar", "04/02/25", "04.02"]
)
def test_a_day_that_is_not_understood_is_never_the_day_above(text: str) -> None:
    found = read(_listed("Mo, 03.02.2025", text, ""), "si010_j.asp?YY=2025")
    assert _starts(found) == ["2025-02-03T18:00:00+01:00", None, None]
    assert found.warnings != ()


def test_a_day_without_a_year_that_nothing_says() -> None:
    found = read(_listed("Mo, 03.02.2025", "Di 4.2.").replace("<h2>2025</h2>", ""), "si010_j.asp")
    assert _starts(found) == ["2025-02-03T18:00:00+01:00", None]


@pytest.mark.parametrize("text", ["4/5", "4.-5.", "31.", "Mi 5/6"])
def test_a_day_in_the_month_that_is_not_understood(text: str) -> None:
    rows = (
        day("Mi", 2, "18:00", to_button(501), _link(501, "Sitzung des Rates"), "", ""),
        day("", text, "18:00", to_button(502), _link(502, "Sitzung des Rates"), "", ""),
    )
    found = read(calendar(*rows), ASKED)
    assert _starts(found) == ["2026-09-02T18:00:00+02:00", None]
    assert found.warnings != ()


def test_days_newest_first_stay_in_the_year() -> None:
    found = read(_listed("05.03.", "04.02."), "si010_j.asp?kaldatvon=01.01.2025&kaldatbis=31.12.2025")
    assert [start[:10] for start in _starts(found) if start] == ["2025-03-05", "2025-02-04"]


@pytest.mark.parametrize(("text", "time"), [("6:00 PM", "18:00"), ("18 Uhr", "18:00"), ("18.00 h", "18:00")])
def test_times_of_a_calendar(text: str, time: str) -> None:
    (start,) = _starts(read(_listed("Mo, 03.02.2025", time=text), "si010_j.asp?YY=2025"))
    assert start == f"2025-02-03T{time}:00+01:00"


def test_a_time_that_is_not_understood_is_said() -> None:
    found = read(_listed("Mo, 03.02.2025", time="halb 7"), "si010_j.asp?YY=2025")
    assert "time" in str(found.warnings)
    assert "halb" not in str(found.warnings)


@pytest.mark.parametrize(
    "name", ["Sitzung des Rates - verschoben auf den 14.09.2026", "Rat verlegt auf 14.09.2026", "Rat - verschoben"]
)
def test_moved(name: str) -> None:
    found = read(calendar(day("Mi", 2, "18:00", to_button(501), _link(501, name), "", "Aula")), ASKED)
    (meeting,) = _meetings(found)
    assert meeting.cancelled
    assert meeting.name == name
    assert _starts(found) == ["2026-09-02T18:00:00+02:00"]


def test_moved_in_another_cell_and_moved_from_another_day() -> None:
    rows = (
        day("Mi", 2, "18:00", to_button(501), _link(501, "Rat"), "", "verschoben auf 14.09."),
        day("Do", 3, "18:00", to_button(502), _link(502, "Rat (verschoben vom 02.09.)"), "", ""),
    )
    assert [meeting.cancelled for meeting in _meetings(read(calendar(*rows), ASKED))] == [True, False]


@pytest.mark.parametrize("notice", [" (verschoben auf 14.02.2025)", " - abgesagt", " verlegt auf den 14.02.2025"])
def test_a_committee_is_not_called_by_what_became_of_its_meeting(notice: str) -> None:
    header = "<tr><th>Datum</th><th>Zeit</th><th>Sitzung</th><th>Gremium</th></tr>"
    cells = ("Mo, 03.02.2025", "18:00", _link(501, "3. Sitzung"), f"Kulturausschuss{notice}")
    row = f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    found = read(page("si018", "Sitzungsübersicht", f'<table class="tl1">{header}{row}</table>'), "si018.asp?GRA=7")
    (meeting,) = _meetings(found)
    assert [organization.name for organization in meeting.organization] == ["Kulturausschuss"]
    assert meeting.cancelled


def test_a_row_without_number_and_time_is_said_without_its_words() -> None:
    header = "<tr><th>Datum</th><th>Zeit</th><th>Sitzung</th></tr>"
    row = "<tr><td>Mo, 03.02.2025</td><td></td><td>Kaufvertrag Maier</td></tr>"
    found = read(page("si018", "Sitzungsübersicht", f'<table class="tl1">{header}{row}</table>'), "si018.asp?GRA=7")
    assert "neither number nor time" in str(found.warnings)
    assert "Maier" not in str(found.warnings)


def test_headings_of_months_in_a_calendar_of_a_year() -> None:
    rows = "".join(
        f'<tr><td colspan="4">{month}</td></tr>'
        f"<tr><td>Mo</td><td>{number}</td><td>18:00</td><td>{_link(silfdnr, 'Rat')}</td></tr>"
        for month, number, silfdnr in (("Februar", 3, 501), ("März", 10, 502))
    )
    found = read(page("si010", "Sitzungskalender", f'<table class="tl1">{rows}</table>'), "si010_j.asp?YY=2025")
    assert [start[:10] for start in _starts(found) if start] == ["2025-02-03", "2025-03-10"]


def test_a_moved_meetings_new_day_is_never_the_rows_own() -> None:
    rows = (
        day("Mi", 2, "18:00", to_button(501), _link(501, "Rat"), "", ""),
        day("", "", "19:00", to_button(502), _link(502, "Jury verlegt"), "14.09.2026", ""),
        day("", "", "20:00", "", "Sitzung des Beirates", "14.09.2026", ""),
    )
    assert [start[:10] for start in _starts(read(calendar(*rows), ASKED)) if start] == ["2026-09-02"] * 3

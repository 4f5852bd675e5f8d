"""Calendars of all layouts: days, times, places, meetings without a number, cancelled ones, other hosts."""

from __future__ import annotations

import pytest

from tests.crawlers.sessionnet.invented import (
    calendar6,
    day6,
    document,
    documents,
    layout3,
    layout4,
    layout6,
    listed,
    meetings,
    read,
    url,
)


def test_a_month_of_layout_6() -> None:
    files = documents(document(41, "Einladung", "EI", 3))
    page = calendar6(
        day6(1),
        day6(2, listed("Bauausschuss", 7001, "02.03.2026", "17:30-19:05&nbsp;Uhr", "Bürgerhaus,  Saal 1"), files),
        day6(""),
        day6(3, listed("Rat", 7002, "03.03.2026", "18:00&nbsp;Uhr", "Rathaus")),
    )
    first, second = meetings(page)
    assert (first.native_id, first.name, str(first.start), str(first.end)) == (
        "7001", "Bauausschuss", "2026-03-02 17:30:00+01:00", "2026-03-02 19:05:00+01:00",
    )  # fmt: skip
    assert first.location
    assert first.location.description == "Bürgerhaus, Saal 1"
    assert [(file.native_id, file.role.value) for file in first.files] == [("41", "invitation")]
    assert first.organization[0].name == "Bauausschuss"
    assert second.end is None
    assert page.follow == (url("si0057", "__ksinr=7001"), url("si0057", "__ksinr=7002"))
    assert page.warnings == ()


def test_a_month_without_meetings_is_no_error() -> None:
    page = calendar6(*(day6(day) for day in range(1, 32)))
    assert page.records == ()
    assert page.warnings == ()


def test_a_second_meeting_on_the_day_has_the_day_of_the_row_before() -> None:
    page = calendar6(day6(9, listed("Rat", 1, "", "18:00 Uhr")), day6("", listed("Ortsrat", 2, "", "20:00 Uhr")))
    assert [str(meeting.start) for meeting in meetings(page)] == [
        "2026-03-09 18:00:00+01:00",
        "2026-03-09 20:00:00+01:00",
    ]


def test_two_meetings_in_one_cell_keep_apart() -> None:
    both = listed("Rat", 1, "09.03.2026", "18:00 Uhr", "Rathaus") + listed("Ortsrat Nord", 0, "", "20:00 Uhr", "Schule")
    first, second = meetings(calendar6(day6(9, both)))
    assert first.native_id == "1"
    assert second.native_id == "2026-03-09T20:00 Ortsrat Nord"
    assert second.location
    assert second.location.description == "Schule"


def test_a_meeting_without_a_link_is_kept_and_borrows_no_number() -> None:
    page = calendar6(
        day6(4, listed("Arbeitskreis Wald", 0, "", "16:00 Uhr", "Forsthaus")),
        day6(5, listed("Rat", 7, "05.03.2026", "18:00 Uhr")),
    )
    first, second = meetings(page)
    assert first.native_id == "2026-03-04T16:00 Arbeitskreis Wald"
    assert first.source_url is None
    assert second.native_id == "7"
    assert page.follow == (url("si0057", "__ksinr=7"),)


def test_the_appointment_tells_the_number_where_there_is_no_link() -> None:
    cell = '<td data-label="Termin" class="sitermin"><a href="yvcs.php?key=88&dstart=20260304">Termin</a></td>'
    (meeting,) = meetings(calendar6(day6(4, listed("Rat", 0, "", "16:00 Uhr"), extra=cell)))
    assert meeting.native_id == "88"


@pytest.mark.parametrize(
    "cell",
    [
        listed("Rat (abgesagt)", 5, "05.03.2026"),
        listed("Rat", 5, "05.03.2026", "Die Sitzung fällt aus"),
        listed("Rat - entfällt", 0),
        '<div class="smc-el-h">Die Sitzung des Rates fällt aus</div>',
    ],
)
def test_cancelled_meetings(cell: str) -> None:
    (meeting,) = meetings(calendar6(day6(5, cell)))
    assert meeting.cancelled
    assert meeting.start
    assert meeting.start.day == 5


def test_a_cell_of_another_event_is_a_meeting_only_where_it_says_that_one_falls_out() -> None:
    row = '<tr><td class="smc_fct_day">{}</td><td class="tename">{}</td></tr>'
    page = calendar6(row.format(3, "Sommerferien"), row.format(4, "Die Sitzung des Bauausschusses fällt aus"))
    (meeting,) = meetings(page)
    assert meeting.cancelled
    assert meeting.start
    assert meeting.start.day == 4


def test_the_links_title_is_the_surest_day() -> None:
    page = calendar6(day6(9, listed("Rat", 1, "10.03.2026", "18:00 Uhr")))
    assert [meeting.start.day for meeting in meetings(page) if meeting.start] == [10]
    assert "the link's is taken" in page.warnings[0].what


def test_the_page_says_its_month_whatever_was_asked_for() -> None:
    page = calendar6(day6(9, listed("Rat", 1)), query="__cjahr=2026&__cmonat=7")
    assert [str(meeting.start) for meeting in meetings(page)] == ["2026-03-09 00:00:00+01:00"]


def test_without_a_heading_the_asked_month_counts() -> None:
    page = calendar6(day6(9, listed("Rat", 1)), month="Sitzungen", query="__cjahr=2025&__cmonat=12")
    assert [str(meeting.start) for meeting in meetings(page)] == ["2025-12-09 00:00:00+01:00"]


def test_a_meeting_whose_day_nothing_tells_is_noted() -> None:
    page = calendar6(day6("", listed("Rat", 1)), month="Sitzungen", query="")
    assert [meeting.start for meeting in meetings(page)] == [None]
    assert "without a day" in page.warnings[0].what


def test_the_list_of_a_year_of_layout_6() -> None:
    rows = """<tr><td class="sidat_tag">Mo 12.01.2026</td><td class="yytime">19:00&nbsp;Uhr</td>
<td class="silink"><div class="smc-el-h"><a href="si0056.asp?__ksinr=31">Gemeinderat</a></div></td>
<td class="siort">Rathaus</td>
<td class="sidocs"></td></tr><tr><td class="sidat_tag"></td><td class="yytime">20:30 Uhr</td><td class="silink">
<div class="smc-el-h"><a href="si0056.asp?__ksinr=32">Hauptausschuss</a></div></td><td class="siort"></td></tr>"""
    table = f'<table id="smc_page_si0046_contenttable1" class="smctablesitzungen"><tbody>{rows}</tbody></table>'
    page = read(layout6("si0046", table, h1="Termine 2026"), url("si0046", "__cjahr=2026&__canz=12", "asp"))
    first, second = meetings(page)
    assert (str(first.start), str(second.start)) == ("2026-01-12 19:00:00+01:00", "2026-01-12 20:30:00+01:00")
    assert first.location
    assert first.location.description == "Rathaus"
    assert second.location is None
    assert page.follow == (url("si0056", "__ksinr=31", "asp"), url("si0056", "__ksinr=32", "asp"))


def test_one_committees_list_tells_its_number() -> None:
    rows = '<tr><td class="sidat">12.01.2026</td><td class="silink"><a href="si0057.php?__ksinr=31">Rat</a></td></tr>'
    table = f'<table id="smc_page_si0046_contenttable1">{rows}</table>'
    page = read(layout6("si0046", table, h1="Rat"), url("si0046", "__canz=12&__ksigrnr=44"))
    assert meetings(page)[0].organization[0].native_id == "44"


def test_layout_4_with_the_month_in_the_summary() -> None:
    rows = """<tr class="smcrow2"><td class="smc_fct_day">1&nbsp;</td><td class="smc_field_yytime">17:00-18:26&nbsp;Uhr
</td><td class="smc_field_silink"><a href="to0040.asp?__ksinr=21">Schulausschuss</a></td><td class="smcnoprint">
<table class="smcdocbox"><tbody><tr><td><a href="getfile.asp?id=0341&type=do&" title="Einladung">Einladung</a></td></tr>
</tbody></table></td></tr><tr class="smcrow1"><td class="smc_fct_day">2</td><td></td>
<td class="smc_field_silink"></td></tr>"""
    table = f"""<table id="smc_page_si0040_contenttable1" class="smccontenttable smc_page_si0040_contenttable"
summary="Inhalt der Tabelle: Sitzungen Termine: September 2026"><tbody>{rows}</tbody></table>"""
    (meeting,) = meetings(read(layout4("si0040", table, "Sitzungen"), url("si0040", "", "asp")))
    assert str(meeting.end) == "2026-09-01 18:26:00+02:00"
    assert [file.native_id for file in meeting.files] == ["341"]
    assert meeting.source_url == url("to0040", "__ksinr=21", "asp")


def test_layout_3_in_latin_1_without_named_cells() -> None:
    rows = """<tr><td>3</td><td>Di</td><td>18:00 Uhr</td><td><a href="to0040.asp?__ksinr=5"
title="Details anzeigen: Bürgerausschuß 03.04.2012">Bürgerausschuß</a></td></tr>"""
    page = layout3(f'<table id="smc_page_si0040_contenttable1" class="smccontenttable">{rows}</table>', "April 2012")
    (meeting,) = meetings(read(page, url("si0040", "", "asp"), "iso-8859-1"))
    assert (meeting.name, str(meeting.start)) == ("Bürgerausschuß", "2012-04-03 18:00:00+02:00")


def test_numeric_entities_and_utf_8_in_one_page() -> None:
    page = calendar6(day6(2, listed("Ausschuss f&#252;r Br&uuml;cken und Straßen", 7)))
    assert meetings(page)[0].name == "Ausschuss für Brücken und Straßen"


def test_other_hosts_and_scripts_are_not_asked() -> None:
    bad = (
        '<div class="smc-el-h"><a href="https://evil.example/si0057.php?__ksinr=6">Rat</a></div>',
        '<div class="smc-el-h"><a href="javascript:open(\'si0057.php?__ksinr=6\')">Rat</a></div>',
        '<div class="smc-el-h"><a href="si0057.php?__ksinr=0">Rat</a></div>',
        '<div class="smc-el-h"><a href="si0057.php?__ksinr=6%27--">Rat</a></div>',
    )
    page = calendar6(*(day6(place + 1, cell) for place, cell in enumerate(bad)))
    assert page.follow == ()
    assert all(not meeting.native_id.isdecimal() for meeting in meetings(page))


def test_session_ids_are_cut_from_addresses() -> None:
    cell = '<div class="smc-el-h"><a href="si0057.php;jsessionid=AB12?__ksinr=6&__csid=9&smcspf=4&">Rat</a></div>'
    assert calendar6(day6(5, cell)).follow == (url("si0057", "__ksinr=6"),)


def test_days_and_times_that_do_not_exist_are_noted() -> None:
    page = calendar6(day6(31, listed("Rat", 1)), month="Kalender 2026 Februar")
    assert "does not exist" in page.warnings[0].what
    page = calendar6(day6(5, listed("Rat", 1, "05.03.2026", "25:77 Uhr")))
    assert [str(meeting.start) for meeting in meetings(page)] == ["2026-03-05 00:00:00+01:00"]
    assert "time that does not exist" in page.warnings[0].what


def test_end_after_midnight() -> None:
    (meeting,) = meetings(calendar6(day6(5, listed("Rat", 1, "05.03.2026", "19:00-00:30 Uhr"))))
    assert str(meeting.end) == "2026-03-06 00:30:00+01:00"


def test_hundreds_of_meetings() -> None:
    rows = [day6(1 + n % 28, listed(f"Ausschuss {n}", n + 1, "", "18:00 Uhr")) for n in range(700)]
    page = calendar6(*rows)
    assert len(meetings(page)) == len(page.follow) == 700


def test_a_cell_with_lines_instead_of_a_list() -> None:
    page = calendar6(
        day6(5, '<a href="si0057.php?__ksinr=3">Rat</a><br>18:00 Uhr<br>Rathaus'),
        day6(6, "Ortsrat<br>19:00 Uhr<br>Schule"),
    )
    first, second = meetings(page)
    assert (first.name, str(first.start), first.location and first.location.description) == (
        "Rat", "2026-03-05 18:00:00+01:00", "Rathaus",
    )  # fmt: skip
    assert (second.name, str(second.start), second.location and second.location.description) == (
        "Ortsrat", "2026-03-06 19:00:00+01:00", "Schule",
    )  # fmt: skip


def test_the_link_to_the_documents_names_the_meeting_too() -> None:
    files = '<a href="si0057.php?__ksinr=12">2 Dok.</a>'
    (meeting,) = meetings(calendar6(day6(5, listed("Rat", 0, "", "18:00 Uhr"), files)))
    assert (meeting.native_id, meeting.name) == ("12", "Rat")


def test_a_list_that_says_in_words_that_there_is_nothing() -> None:
    words = "<p>Im gewählten Zeitraum wurden keine Sitzungen gefunden.</p>"
    assert read(layout6("si0046", words, h1="Termine"), url("si0046", "__cjahr=2031")).records == ()


def test_columns_that_only_their_heads_name_stand_in_any_order() -> None:
    def row(*cells: str, name: str = "td") -> str:
        return f"<tr>{''.join(f'<{name}>{cell}</{name}>' for cell in cells)}</tr>"

    rows = (
        row("Ort", "Status", "Datum", "Uhrzeit", "Sitzung", name="th"),
        row("Alte Mühle", "", "05.03.2026", "18:00", '<a href="si0057.php?__ksinr=7">Rat</a>'),
        row("Kulturhaus", "abgesagt", "06.03.2026", "19:00", '<a href="si0057.php?__ksinr=8">Beirat</a>'),
    )
    table = f"<table class='smctablesitzungen'>{''.join(rows)}</table>"
    page = read(layout6("si0040", table, h1="Kalender 2026 März"), url("si0040", "__cjahr=2026&__cmonat=3"))
    first, second = meetings(page)
    assert (str(first.start), first.cancelled) == ("2026-03-05 18:00:00+01:00", False)
    assert (str(second.start), second.cancelled) == ("2026-03-06 19:00:00+01:00", True)
    places = [meeting.location.description for meeting in (first, second) if meeting.location]
    assert places == ["Alte Mühle", "Kulturhaus"]

"""A meeting's page: head, agenda, and what of it is public."""

from __future__ import annotations

import json

import pytest

from council.model import FileRole, OrganizationRef
from crawlers.parsing.errors import UnexpectedResponse
from tests.crawlers.allris4.invented import (
    HOST,
    MEETING,
    agenda,
    document,
    frame,
    heading,
    item,
    items,
    labelled,
    meeting,
    paper_link,
    read,
    the_meeting,
)

OPEN, CLOSED = heading("Öffentlicher Teil"), heading("Nichtöffentlicher Teil")


def test_the_head() -> None:
    page = read(meeting(OPEN, item(501, "Ö 1", "Begrüßung"), documents=document(3, "Bekanntmachung")))
    one = the_meeting(page)
    assert page.page == "to010"
    assert (one.native_id, one.name) == ("77", "3. Sitzung des Moorrates")
    assert one.start is not None
    assert one.start.isoformat() == "2031-03-05T18:00:00+01:00"
    assert one.end is not None
    assert one.end.isoformat() == "2031-03-05T20:15:00+01:00"
    assert one.location is not None
    assert (one.location.room, one.location.description) == ("Torfsaal", "Am Stich 1, 99999 Moorhausen")
    assert one.organization == (OrganizationRef(native_id="12", name="Moorrat"),)
    assert [(file.native_id, file.role) for file in one.files] == [("3", FileRole.INVITATION)]
    assert not one.cancelled
    assert page.warnings == ()


def test_an_item_with_all_it_has() -> None:
    row = item(
        501, "Ö 2.1", "Mehr\n Torf", paper_link(900, "2031/7", 501), document(8, "", "Sammeldokument"), "vertagt"
    )
    page = read(meeting(OPEN, row))
    [one] = items(page)
    assert (one.native_id, one.number, one.order, one.name) == ("501", "2.1", 0, "Mehr Torf")
    assert (one.paper, one.reference, one.result, one.public) == ("900", "2031/7", "vertagt", True)
    assert [(file.native_id, file.name) for file in one.files] == [("8", "Sammeldokument")]
    assert page.follow == (f"{HOST}vo020?VOLFDNR=900&refresh=false", f"{HOST}gr020?GRLFDNR=12&refresh=false")


@pytest.mark.parametrize(
    ("header", "result"), [("Zuständigkeit", None), ("Beschlussart", "vertagt"), ("Ergebnis", "vertagt")]
)
def test_the_last_column_is_what_its_header_says(header: str, result: str | None) -> None:
    columns = (("TOP", "tonr"), ("Betreff", "tobetreff"), (header, "tozunr"))
    cells = '<td class="tonr"><a id="link_5">Ö 1</a></td><td class="tobetreff">Torf</td><td class="tozunr">vertagt</td>'
    row = f"<tr>{cells}</tr>"
    [one] = items(read(meeting(table=agenda(OPEN, row, columns=columns))))
    assert one.result == result


@pytest.mark.parametrize("text", ["(offen)", "offen", "-"])
def test_no_result_yet(text: str) -> None:
    assert items(read(meeting(OPEN, item(1, "Ö 1", "Torf", result=text))))[0].result is None


NASTY = {
    "N between Ö": item(666, "N 2", "Geheimes", paper_link(666, "2031/66"), document(666, "", "Geheimakte")),
    "NÖ": item(666, "NÖ 1", "Geheimes", paper_link(666, "2031/66")),
    "no badge": item(666, "2", "Geheimes", paper_link(666, "2031/66")),
    "name says so": item(666, "Ö 2", "Geheimes (nichtöffentlich)", paper_link(666, "2031/66")),
    "name begins so": item(666, "Ö 2", "NÖ: Geheimes", paper_link(666, "2031/66")),
    "lock": item(666, "Ö 2", 'Geheimes<img alt="nichtöffentlich"/>', paper_link(666, "2031/66")).replace(
        '<a id="betreff_666">', "<b>"
    ),
    "class of the row": item(666, "Ö 2", "Geheimes", paper_link(666, "2031/66")).replace(
        'class="odd"', 'class="odd nichtoeffentlich"'
    ),
    "after a closed heading": CLOSED + item(666, "1", "Geheimes", paper_link(666, "2031/66")) + OPEN,
    "Ö after a closed heading": CLOSED + item(666, "Ö 3", "Geheimes", paper_link(666, "2031/66")) + OPEN,
    "heading as an item": item(665, "Ö 9", "Nichtöffentlicher Teil") + item(666, "9.1", "Geheimes") + OPEN,
}


@pytest.mark.parametrize("case", NASTY)
def test_what_is_not_proven_public_is_left_out(case: str) -> None:
    start = "" if case == "no badge" else OPEN
    rows = (start, item(1, "Ö 1", "Begrüßung"), NASTY[case], item(3, "Ö 4", "Torf", paper_link(900, "2031/7")))
    page = read(meeting(*rows, documents=document(666, "Unterlage")))
    assert [item.native_id for item in items(page)] == ["1", "3"]
    text = json.dumps(page.as_json()["records"], ensure_ascii=False)
    assert "Geheim" not in text
    assert "666.pdf" not in text or "doc666" not in NASTY[case]
    assert "666" in the_meeting(page).withheld
    assert the_meeting(page).withheld_papers == (("666",) if "VOLFDNR=666" in NASTY[case] else ())
    assert not any("666" in address for address in page.follow)


def test_a_paper_dealt_with_in_public_too_is_not_withheld() -> None:
    paper = paper_link(900, "2031/7")
    one = the_meeting(read(meeting(OPEN, item(1, "Ö 1", "Torf", paper), CLOSED, item(2, "N 1", "Torf", paper))))
    assert (one.withheld, one.withheld_papers) == (("2",), ())


def test_a_document_of_a_withheld_item_is_left_out_everywhere() -> None:
    closed = item(2, "N 1", "Akte", documents=document(8, "Akte"))
    page = read(
        meeting(OPEN, item(1, "Ö 1", "Torf", documents=document(8, "Akte")), closed, documents=document(8, "X"))
    )
    assert items(page)[0].files == ()
    assert the_meeting(page).files == ()


@pytest.mark.parametrize("words", ["Vertraulicher Teil", "Nicht öffentliche Sitzung", "II. Nichtöffentlicher Teil:"])
@pytest.mark.parametrize("form", ["beratung", "one wide cell", "plain"])
def test_headings_of_the_closed_part(words: str, form: str) -> None:
    row = {
        "beratung": heading(words),
        "one wide cell": f'<tr><td colspan="9999999">{words}</td></tr>',
        "plain": heading(words, "even"),
    }[form]
    page = read(meeting(OPEN, item(1, "1", "Torf"), row, item(2, "2", "Geheimes")))
    assert [item.native_id for item in items(page)] == ["1"]


def test_an_unknown_heading_ends_the_public_part_and_is_said() -> None:
    page = read(meeting(OPEN, item(1, "1", "A"), heading("Sonstiger Teil"), item(2, "2", "B"), item(3, "Ö 3", "C")))
    assert [item.native_id for item in items(page)] == ["1", "3"]
    assert any("heading" in gap.what and gap.where == "agenda row 3" for gap in page.warnings)
    assert "Sonstiger" not in str(page.warnings)
    assert any("left out" in gap.what and gap.where == "agenda row 4" for gap in page.warnings)


@pytest.mark.parametrize(("status", "kept"), [("öffentlich", 1), ("gemischt", 0), ("nichtöffentlich", 0), ("", 0)])
def test_without_headings_the_status_proves_it(status: str, kept: int) -> None:
    assert len(items(read(meeting(item(1, "1", "Torf"), status=status)))) == kept


def test_a_public_item_may_speak_about_the_closed_part() -> None:
    name = "Bekanntgabe der in nichtöffentlicher Sitzung gefassten Beschlüsse"
    assert [agenda_item.name for agenda_item in items(read(meeting(OPEN, item(1, "Ö 1", name))))] == [name]


def test_a_table_within_a_row_is_left_out() -> None:
    inner = f"<table><tr><td>{paper_link(666, '2031/66')}{document(667, 'Akte')}</td></tr></table>"
    row = item(1, "Ö 1", "Torf").replace("</a></div></td>", f"</a></div>{inner}</td>")
    page = read(meeting(OPEN, row, documents=document(667, "Akte")))
    [one] = items(page)
    assert (one.name, one.paper, one.files) == ("Torf", None, ())
    assert the_meeting(page).files == ()
    assert the_meeting(page).withheld_papers == ("666",)
    assert any("a table within the row" in gap.what for gap in page.warnings)


@pytest.mark.parametrize("name", ["Niederschrift nichtöffentlicher Teil", "NÖ_Anlage.pdf"])
def test_documents_that_name_themselves_closed(name: str) -> None:
    page = read(meeting(OPEN, documents=document(5, "Dokument", name) + document(6, name, "Dokument")))
    assert the_meeting(page).files == ()


@pytest.mark.parametrize(
    ("name", "cancelled"), [("ABGESAGT: Sitzung des Moorrates", True), ("Sitzung (entfällt)", True), ("Sitzung", False)]
)
def test_cancelled(name: str, cancelled: bool) -> None:
    assert the_meeting(read(meeting(OPEN, name=name))).cancelled is cancelled


@pytest.mark.parametrize(
    ("day", "clock", "start", "end"),
    [
        ("05.03.2031", "", "2031-03-05T00:00:00+01:00", None),
        ("Mar 5, 2031", "17.30 bis 19.00 Uhr", "2031-03-05T17:30:00+01:00", "2031-03-05T19:00:00+01:00"),
        ("Samstag, 5. Juli 2031", "22:00 - 01:10", "2031-07-05T22:00:00+02:00", "2031-07-06T01:10:00+02:00"),
        ("05.03.2031", "18 Uhr", "2031-03-05T18:00:00+01:00", None),
    ],
)
def test_days_and_times(day: str, clock: str, start: str, end: str | None) -> None:
    one = the_meeting(read(meeting(OPEN, day=day, clock=clock)))
    assert (one.start and one.start.isoformat(), one.end and one.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("day", "clock", "start", "where"),
    [("31.02.2031", "18:00", "None", "date"), ("05.03.2031", "29:70", "2031-03-05 00:00:00+01:00", "time")],
)
def test_days_and_times_that_do_not_exist_are_said(day: str, clock: str, start: str, where: str) -> None:
    page = read(meeting(OPEN, day=day, clock=clock))
    assert str(the_meeting(page).start) == start
    assert [gap.where for gap in page.warnings] == [where]


def test_the_release_date_is_never_the_meeting_s() -> None:
    page = read(frame("to010", "<h1>Sitzung</h1>" + labelled("Betreff", "Sitzung", "sibetreff") + agenda(OPEN)))
    assert the_meeting(page).start is None
    assert page.warnings


def test_a_version_without_ids() -> None:
    head = labelled("Gremium", "Moorrat") + labelled("Datum", "05.03.2031") + labelled("Uhrzeit", "18:00")
    one = the_meeting(read(frame("to010", head + labelled("Raum", "Saal"))))
    assert one.organization == (OrganizationRef(name="Moorrat"),)
    assert one.start is not None
    assert one.start.hour == 18


def test_latin_letters_in_windows_1252() -> None:
    markup = meeting(OPEN, item(1, "Ö 1", "Größe – „Moor“")).replace('charset="utf-8"', 'charset="iso-8859-1"')
    assert [item.name for item in items(read(markup, encoding="windows-1252"))] == ["Größe – „Moor“"]


def test_session_marks_are_nowhere() -> None:
    linked = document(8, "Akte").replace("doc8.pdf", "doc8.pdf;jsessionid=ABC?sectoken=feedbeef")
    page = read(
        meeting(OPEN, item(1, "Ö 1", "Torf", paper_link(900, "1"), linked)).replace(
            "./vo020?", "./vo020;jsessionid=ABC?sectoken=feedbeef&amp;"
        )
    )
    text = json.dumps(page.as_json())
    assert "feedbeef" not in text
    assert "jsessionid" not in text
    assert items(page)[0].files[0].native_id == "8"
    assert items(page)[0].paper == "900"


def test_hostile_links() -> None:
    hostile = (
        '<a href="javascript:alert(1)">x</a><a href="https://evil.example.test/public/vo020?VOLFDNR=5">5</a>'
        '<a href="https://evil.example.test/doc9.pdf">Vorlage</a><a href="http://[">x</a>'
        f"{document(8, 'Akte', classes='disable')}"
    )
    page = read(meeting(OPEN, item(1, "Ö 1", "Torf", hostile, hostile)))
    assert items(page)[0].paper is None
    assert items(page)[0].files == ()
    assert not any("evil" in address for address in page.follow)
    assert any("another host" in gap.what for gap in page.warnings)


def test_attendance_and_persons_are_never_followed() -> None:
    page = read(
        meeting(
            OPEN, item(1, "Ö 1", '<a href="./kp020?KPLFDNR=4">Kim</a>'), documents='<a href="./si019?SILFDNR=77">A</a>'
        )
    )
    assert not any("si019" in url or "kp0" in url or "tr010" in url for url in page.follow)


def test_hundreds_of_items() -> None:
    rows = [
        item(number, f"Ö {number}", f"Punkt {number}", paper_link(number, f"P/{number}")) for number in range(1, 401)
    ]
    page = read(meeting(OPEN, *rows))
    assert [item.order for item in items(page)] == list(range(400))
    assert len(page.follow) == 401


def test_a_page_that_is_cut_off() -> None:
    markup = meeting(OPEN, item(1, "Ö 1", "Torf"), item(2, "Ö 2", "Moor"))
    with pytest.raises(UnexpectedResponse, match="cut off"):
        read(markup[: markup.index("link_2")])


def test_missing_cells() -> None:
    short = '<tr><td></td><td class="tonr"><a id="link_5">Ö 1</a></td></tr>'
    page = read(meeting(OPEN, short))
    assert [(item.native_id, item.name, item.paper) for item in items(page)] == [("5", None, None)]
    assert [gap.what for gap in page.warnings] == ["an item without a subject"]


def test_no_agenda_yet() -> None:
    assert items(read(meeting(table=""))) == ()


def test_the_number_is_on_the_page_where_the_address_has_none() -> None:
    markup = meeting(OPEN).replace("head-searchform&amp;", "head-searchform&amp;SILFDNR=77&amp;")
    assert the_meeting(read(markup, f"{HOST}to010?3")).native_id == "77"
    with pytest.raises(UnexpectedResponse, match="number of this to010"):
        read(meeting(OPEN), f"{HOST}to010?3")


def test_the_address_may_lie() -> None:
    assert read(meeting(OPEN), MEETING.replace("to010", "to010")).page == "to010"
    markup = meeting(OPEN).replace("head-searchform&amp;", "head-searchform&amp;SILFDNR=77&amp;")
    assert read(markup, f"{HOST}vo020?VOLFDNR=4").page == "to010"

"""Meetings: heads in all their wordings, items and papers, numbers that are no item's own, bytes and broken markup."""

from __future__ import annotations

import json
import time

import pytest

from crawlers.parsing.errors import UnexpectedResponse
from tests.crawlers.allris3.invented import (
    HOST,
    agenda,
    document,
    head,
    item,
    meeting,
    meeting_of,
    new_item,
    new_meeting,
    numbers,
    page,
    post,
    read,
)

TO010 = "to010.asp?SILFDNR=500"


def test_head() -> None:
    markup = meeting(
        item("Ö 1", "Eröffnung", 11),
        Bezeichnung="12. Sitzung",
        Raum="Aula",
        Ort="01234 Quellenthal, Markt 1",
        Anlass="x",
    )
    found = read(markup, TO010 + "&options=4&topSelected=11")
    read_as = meeting_of(found)
    assert (read_as.native_id, read_as.name) == ("500", "12. Sitzung")
    assert read_as.start is not None
    assert read_as.start.isoformat() == "2026-09-02T18:00:00+02:00"
    assert read_as.end is not None
    assert read_as.end.isoformat() == "2026-09-02T20:15:00+02:00"
    assert read_as.location is not None
    assert (read_as.location.room, read_as.location.description) == ("Aula", "01234 Quellenthal, Markt 1")
    assert (read_as.location.postal_code, read_as.location.locality) == ("01234", "Quellenthal")
    assert [organization.native_id for organization in read_as.organization] == ["au-7"]
    assert read_as.source_url == HOST + TO010
    assert found.follow == (HOST + "au020.asp?AULFDNR=7",)
    assert found.warnings == ()


def test_missing_cells() -> None:
    read_as = meeting_of(read(meeting(item("Ö 1", "Eröffnung", 11), Gremium="", Zeit=""), TO010))
    assert read_as.name == "Sitzung des Mühlenausschusses"
    assert read_as.start is not None
    assert read_as.start.isoformat() == "2026-09-02T00:00:00+02:00"
    assert (read_as.end, read_as.location, read_as.organization) == (None, None, ())


def test_labels_that_only_end_with_a_colon() -> None:
    head_only = head().replace(' class="kb1"', "")
    markup = page("to010", "Tagesordnung - 3. Sitzung", head_only + agenda(item("Ö 1", "Eröffnung", 11)))
    assert meeting_of(read(markup, TO010)).start is not None


def test_a_joint_meeting_and_a_day_that_does_not_exist() -> None:
    bodies = '<a href="au020.asp?AULFDNR=7">Mühlenausschuss</a>, <a href="pa020.asp?PALFDNR=7">Rat</a>'
    found = read(meeting(item("Ö 1", "Eröffnung", 11), Gremium=bodies, Datum="31.02.2026"), TO010)
    assert [organization.native_id for organization in meeting_of(found).organization] == ["au-7", "pa-7"]
    assert meeting_of(found).start is None
    assert found.warnings[0].where == "date"


@pytest.mark.parametrize("labels", [{"Bezeichnung": "Sitzung (ABGESAGT)"}, {"Status": "abgesagt"}])
def test_called_off(labels: dict[str, str]) -> None:
    assert meeting_of(read(page("to010", "Tagesordnung - Rat", head(**labels)), TO010)).cancelled


def test_an_agenda_that_is_not_out_yet() -> None:
    read_as = meeting_of(read(meeting(), TO010))
    assert (read_as.agenda, read_as.withheld) == ((), ())


def test_the_same_number_on_every_row_is_no_items_own() -> None:
    rows = "".join(item(f"{badge} {place}", f"Punkt {place}", 4711) for place, badge in enumerate("ÖNÖ", 1))
    found = read(meeting(rows), TO010)
    assert [item.native_id for item in meeting_of(found).agenda] == ["500/1", "500/3"]
    assert meeting_of(found).withheld == ()
    assert len(found.warnings) == 2


def test_another_meeting_in_the_papers_column() -> None:
    other = item("Ö 3", "Niederschrift", 13).replace(
        "<td>&nbsp;</td><td></td>",
        f"<td>{post('to010.asp', SILFDNR=499)}</td><td><a href='to010.asp?SILFDNR=499'>SI/3/26</a></td>",
    )
    (entry,) = meeting_of(read(meeting(other), TO010)).agenda
    assert (entry.name, entry.paper, entry.reference, entry.native_id) == ("Niederschrift", None, None, "13")


def test_a_paper_by_button_alone() -> None:
    row = item("Ö 3", "Radweg", 13).replace(
        "<td>&nbsp;</td><td></td>", f"<td>{post('vo020.asp', VOLFDNR=902)}</td><td>VO/1</td>"
    )
    found = read(meeting(row), TO010)
    assert meeting_of(found).agenda[0].paper == "902"
    assert found.follow[0] == HOST + "vo020.asp?VOLFDNR=902"


@pytest.mark.parametrize(
    ("title", "result"),
    [("(offen)", None), ("ungeändert beschlossen", "ungeändert beschlossen"), ("Beschluss", None), ("Auszug", None)],
)
def test_results(title: str, result: str | None) -> None:
    assert meeting_of(read(meeting(item("Ö 1", "Radweg", 11, result=title)), TO010)).agenda[0].result == result


def test_notes_in_brackets_and_addenda() -> None:
    number = '<span style="background-color:#8ae234" title="Nachtrags-TOP">Ö 10.1</span>'
    name = 'Radweg <span style="color: #888a85" title="Zusatzinfo">(Referentin: Frau Specht)</span>'
    (entry,) = meeting_of(read(meeting(item(number, name, 11)), TO010)).agenda
    assert (entry.number, entry.name) == ("10.1", "Radweg")


def test_both_encodings_and_no_declaration() -> None:
    markup = meeting(item("Ö 1", "Müllabfuhr „Süd“ – 5 €", 11))
    for encoding in ("windows-1252", "utf-8"):
        assert meeting_of(read(markup, TO010, encoding)).agenda[0].name == "Müllabfuhr „Süd“ – 5 €"
    bare = markup.replace('<?xml version="1.0" encoding="iso-8859-1"?>', "")
    assert meeting_of(read(bare, TO010)).agenda[0].name == "Müllabfuhr „Süd“ – 5 €"
    late = bare.replace("</head>", '<meta charset="ISO-8859-15"><script charset="UTF-8" src="x.js"></script></head>')
    assert meeting_of(read(late, TO010)).agenda[0].name == "Müllabfuhr „Süd“ – 5 €"


def test_inside_a_website_with_a_base_and_other_navigation() -> None:
    inner = (
        '<div class="allriscontent"><div id="risname_raw"><h1>Tagesordnung - Sitzung des Rates</h1></div>'
        f'<div id="rismain_raw">{head()}{agenda(item("Ö 1", "Radweg", 11, paper="902 VO/1"))}</div></div>'
    )
    markup = (
        '<html><head><base href="https://ris.quellenthal.example/allris/"/><title>Tagesordnung</title></head><body>'
        '<ul><li><a href="au020.asp?AULFDNR=1">Der Ortsrat</a></li></ul><table class="tl1"><tr><td>x</td></tr></table>'
        f"{inner}</body></html>"
    )
    found = read(markup, "to010.asp?SILFDNR=500", "utf-8")
    assert found.follow == (
        "https://ris.quellenthal.example/allris/vo020.asp?VOLFDNR=902",
        "https://ris.quellenthal.example/allris/au020.asp?AULFDNR=7",
    )
    assert meeting_of(found).source_url == "https://ris.quellenthal.example/allris/to010.asp?SILFDNR=500"


def test_the_number_from_the_page_where_the_address_has_none() -> None:
    assert meeting_of(read(meeting(item("Ö 1", "Radweg", 11)), "")).native_id == "500"
    with pytest.raises(UnexpectedResponse, match="number of this to010"):
        read(meeting(), "")


def test_php_and_lower_case_parameters() -> None:
    markup = meeting(item("Ö 1", "Radweg", 11, paper="902 VO/1")).replace(".asp", ".php").replace("VOLFDNR", "volfdnr")
    found = read(markup, "to010.php?silfdnr=500")
    assert meeting_of(found).agenda[0].paper == "902"
    assert found.follow[0] == HOST + "vo020.php?VOLFDNR=902"


def test_hundreds_of_items_in_seconds() -> None:
    rows = [item(f"{'N' if place % 3 == 0 else 'Ö'} {place}", "Punkt", place, paper=f"{place} V/{place}",
                 more=document(place, "Plan")) for place in range(1, 301)]  # fmt: skip
    begin = time.process_time()
    read_as = meeting_of(read(meeting(*rows), TO010))
    assert time.process_time() - begin < 60
    assert (len(read_as.agenda), len(read_as.withheld), len(read_as.withheld_papers)) == (200, 100, 100)


def test_hostile_markup() -> None:
    more = (
        '<a href="javascript:alert(1)">x</a><a href="https://else.example/bi/do027.asp?DOLFDNR=1">y</a>'
        '<a href="//else.example/bi/vo020.asp?VOLFDNR=666">z</a><a href="http://[bad/to010.asp?SILFDNR=1">w</a>'
        '<a href="data:text/html,x">d</a><a href="do027.asp?DOLFDNR=99999999999999999999">big</a>'
    )
    row = (
        item("Ö 1", "Radweg", 11, more=more)
        .replace("<tr ", '<tr colspan="999999999" ')
        .replace('<td class="text4"', '<td colspan="99999999999999" class="text4"')
    )
    found = read(meeting(row), TO010)
    assert numbers(meeting_of(found).agenda) == ["1"]
    shown = json.dumps(found.as_json())
    for never in ("javascript", "666", "data:text", "99999999999999999999"):
        assert never not in shown
    assert "else.example" in str(found.warnings)
    assert all(url.startswith(HOST) for url in found.follow)


def test_unclosed_rows_and_doubly_escaped_addresses() -> None:
    markup = new_meeting(
        new_item("Ö 1", "Radweg", 11, "902 VO/1").replace("&TOLFDNR", "&amp;amp;TOLFDNR").replace("</td>", "")
    )
    assert meeting_of(read(markup, "to010_r.asp?SILFDNR=500")).agenda[0].native_id == "11"


def test_nothing_private_is_followed() -> None:
    beside = (
        '<a href="si019.asp?SILFDNR=500">Anwesenheit</a><a href="kp020.asp?KPLFDNR=3">Hanna Specht</a>'
        '<a href="yw040.asp">Suche</a><a href="si010.asp?MM=8&amp;YY=2026">August</a>' + post("si016.asp", SILFDNR=500)
    )
    found = read(meeting(item("Ö 1", "Radweg", 11), beside=f"<div>{beside}</div>"), TO010)
    assert found.follow == (HOST + "au020.asp?AULFDNR=7",)
    assert "Specht" not in json.dumps(found.as_json(), ensure_ascii=False)


def test_subjects_in_other_places() -> None:
    by_paper = '<tr><td>Ö 1</td><td><a href="vo020.asp?VOLFDNR=902">Radweg an der Mühle</a></td><td>VO/1/26</td></tr>'
    plain = '<tr><td>Ö 2</td><td>&nbsp;</td><td class="text1">Anfragen</td><td>VO/2/26</td></tr>'
    first, second = meeting_of(read(meeting(by_paper, plain), TO010)).agenda
    assert (first.name, first.paper) == ("Radweg an der Mühle", "902")
    assert (second.name, second.paper, second.reference) == ("Anfragen", None, "VO/2/26")


def test_an_agenda_within_layout_tables() -> None:
    inner = agenda(item("Ö 1", "Radweg", 11), item("N 2", "Verkauf", 12))
    layout = f'<table class="risdeco"><tr><td><table class="tl1"><tr><td>{inner}</td></tr></table></td></tr></table>'
    read_as = meeting_of(read(page("to010", "Tagesordnung - Rat", head() + layout), TO010))
    assert (numbers(read_as.agenda), read_as.withheld) == (["1"], ("12",))


@pytest.mark.parametrize(
    ("labels", "start", "end"),
    [
        ({"Datum": "Mo, 03.02.25", "Zeit": "18:00 Uhr bis 19:30 Uhr"}, "2025-02-03T18:00", "2025-02-03T19:30"),
        ({"Datum": "Montag, 3. Februar 2025", "Zeit": "18.00 h"}, "2025-02-03T18:00", None),
        ({"Datum": "03.02.2025", "Zeit": "6:00 PM"}, "2025-02-03T18:00", None),
        ({"Datum": "03.02.25, 18 Uhr", "Zeit": ""}, "2025-02-03T18:00", None),
    ],
)
def test_days_and_times(labels: dict[str, str], start: str, end: str | None) -> None:
    found = read(meeting(item("Ö 1", "Eröffnung", 11), **labels), TO010)
    read_as = meeting_of(found)
    assert read_as.start is not None
    assert f"{read_as.start:%Y-%m-%dT%H:%M}" == start
    assert (f"{read_as.end:%Y-%m-%dT%H:%M}" if read_as.end else None) == end
    assert found.warnings == ()


def test_a_day_that_is_not_understood_is_said_without_its_words() -> None:
    found = read(meeting(item("Ö 1", "Eröffnung", 11), Datum="Kaufvertrag 3", Zeit="abends 7"), TO010)
    assert meeting_of(found).start is None
    assert [warning.where for warning in found.warnings] == ["date", "time"]
    assert "Kaufvertrag" not in str(found.warnings)


@pytest.mark.parametrize(
    "labels",
    [
        {"Bezeichnung": "Sitzung (verschoben auf den 09.09.2026)"},
        {"Status": "verschoben"},
        {"Anlass": "verlegt auf Mittwoch, 9. September 2026"},
        {"Gremium": "Mühlenausschuss (verschoben auf 09.09.2026)"},
    ],
)
def test_moved(labels: dict[str, str]) -> None:
    read_as = meeting_of(read(page("to010", "Tagesordnung - Rat", head(**labels)), TO010))
    assert read_as.cancelled
    assert [organization.name for organization in read_as.organization] == ["Mühlenausschuss"]


def test_moved_from_another_day_is_held() -> None:
    labels = {"Bezeichnung": "Sitzung (verschoben vom 26.08.2026)"}
    assert not meeting_of(read(page("to010", "Tagesordnung - Rat", head(**labels)), TO010)).cancelled


def test_a_document_right_between_head_and_agenda() -> None:
    rows = agenda(item("Ö 1", "Eröffnung", 11), item("N 2", "Verkauf", 12, more=document(10, "Vertrag")))
    content = f"<table><tr><td>{head()}{document(9, 'Einladung')}{rows}{document(8, 'Vertrag')}</td></tr></table>"
    found = read(page("to010", "Tagesordnung - Rat", content), TO010)
    assert [(file.native_id, file.role.value) for file in meeting_of(found).files] == [("9", "invitation")]
    assert "a document below" in str(found.warnings)
    assert "Vertrag" not in json.dumps(found.as_json())


def test_a_base_on_the_hosters_server() -> None:
    base = '<base href="https://quellenthal.hoster.example/bi/" />'
    markup = meeting(item("Ö 1", "Radweg", 11, paper="55 VO/1")).replace("</head>", f"{base}</head>")
    found = read(markup, "seite/to010.asp?SILFDNR=500")
    assert found.follow == (
        "https://quellenthal.hoster.example/bi/vo020.asp?VOLFDNR=55",
        "https://quellenthal.hoster.example/bi/au020.asp?AULFDNR=7",
    )
    assert meeting_of(found).agenda[0].paper == "55"

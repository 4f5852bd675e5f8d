"""Lists that say less of their layout: calendars without a header row, papers in one cell, councils by calendars."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import Meeting, Organization, Paper
from crawlers.parsing.page import Page
from tests.crawlers.allris3.invented import HOST, head, page, paper_of, post, read, to_button

ASKED = "si010_e.asp?MM=9&YY=2026"


def export(number: int) -> str:
    """The button that every row of the calendar has, whether its agenda is out or not."""
    return post("to010.asp", '<input type="image" alt="export"  />', SILFDNR=number, selfaction="Termin exportieren")


def row(weekday: str, day: str, clock: str, number: int, name: str, room: str = "", *, linked: bool = False) -> str:
    shown = f'<a href="to010.asp?SILFDNR={number}">{name}</a>' if linked else name
    buttons = export(number) if number else "", to_button(number) if linked else ""
    cells = (weekday, day, clock, *buttons, shown, "", room)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def calendar(*rows: str) -> Page:
    return read(page("si010", "Sitzungskalender", f'<table class="tl1">{"".join(rows)}</table>'), ASKED)


def meetings(found: Page) -> list[Meeting]:
    return [record for record in found.records if isinstance(record, Meeting)]


FULL = (
    row("Mi", "2", "18:00 - 20:15", 501, "Rat", "Altes Rathaus, Zi. 12", linked=True),
    row("", "", "", 502, "AUSFALL - Mühlenausschuss (vertagt auf den 9.9.)"),
    row("", "", "19:00", 503, "Ortsbeirat Wehr", "Bürgerhaus Wehr"),
    row("Do", "3", "", 504, "Jugendrat - entfällt"),
    row("Fr", "4", "", 0, "Tag der Mühlen"),
    row("Sa", "5", "10:00", 505, "Bereisung", ""),
)


def test_room_and_name_are_known_by_what_the_columns_hold() -> None:
    found = meetings(calendar(*FULL))
    rooms = {meeting.native_id: meeting.location.description if meeting.location else None for meeting in found}
    assert rooms == {
        "501": "Altes Rathaus, Zi. 12", "502": None, "503": "Bürgerhaus Wehr", "504": None, "505": None
    }  # fmt: skip
    assert [meeting.name for meeting in found][2:] == ["Ortsbeirat Wehr", "Jugendrat - entfällt", "Bereisung"]


def test_a_meeting_that_is_called_off_and_lost_its_time_is_kept() -> None:
    found = calendar(*FULL)
    off = {meeting.native_id: meeting for meeting in meetings(found) if meeting.cancelled}
    assert set(off) == {"502", "504"}
    assert [meeting.start.date() for meeting in off.values() if meeting.start] == [
        dt.date(2026, 9, 2),
        dt.date(2026, 9, 3),
    ]
    assert found.warnings == ()


def test_one_without_a_number_too() -> None:
    (only,) = [
        meeting
        for meeting in meetings(calendar(*FULL[:1], row("Do", "3", "", 0, "Entfällt: Bauausschuss")))
        if meeting.cancelled
    ]
    assert (only.name, only.start and only.start.date()) == ("Entfällt: Bauausschuss", dt.date(2026, 9, 3))


def test_contacts_are_no_rooms() -> None:
    found = calendar(*(row("Mi", str(at), "18:00", 500 + at, "Rat", "Frau Amsel") for at in (2, 9, 16)))
    assert [meeting.location for meeting in meetings(found)] == [None, None, None]


# --- papers


def papers(*cells: str, header: str = "") -> list[Paper]:
    row = f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    found = read(page("vo040", "Drucksachenübersicht", f'<table class="tl1">{header}{row}</table>'), "vo040.asp")
    return [record for record in found.records if isinstance(record, Paper)]


BUTTON = post("vo020.asp", '<input type="submit" value="VO"  />', VOLFDNR=77)
HEADER = '<tr><th colspan="2">Drucksache</th><th>Angel.</th><th>D.-Art</th></tr>'


@pytest.mark.parametrize("header", [HEADER, ""], ids=["unusual header", "no header"])
@pytest.mark.parametrize("reference", ["22-2402", "22-2367.1", "VO/2026/181", "XX-0401/2", "DS 12/26"])
def test_number_and_subject_in_one_link(reference: str, header: str) -> None:
    link = f'<a href="vo020.asp?VOLFDNR=77">{reference} Neubau der Brücke am Wehr</a>'
    (paper,) = papers(BUTTON, link, "07.07.2026", "gemeinsamer Antrag", header=header)
    assert (paper.reference, paper.name) == (reference, "Neubau der Brücke am Wehr")
    assert (paper.date, paper.paper_type) == (dt.date(2026, 7, 7), "gemeinsamer Antrag")


@pytest.mark.parametrize(
    "subject", ["2025/2026 Doppelhaushalt", "17-19 Uhr Sperrung der Mühlgasse", "1. Änderung des Bebauungsplans"]
)
def test_a_subject_that_begins_with_a_number_stays_whole(subject: str) -> None:
    (paper,) = papers(BUTTON, f'<a href="vo020.asp?VOLFDNR=77">{subject}</a>', "07.07.2026", "Antrag", header=HEADER)
    assert (paper.reference, paper.name) == (None, subject)


def test_a_kind_that_is_not_public_closes_the_paper_without_a_header_too() -> None:
    link = '<a href="vo020.asp?VOLFDNR=77">22-2402 Kauf der Mühle</a>'
    assert papers(BUTTON, link, "07.07.2026", "nichtöffentliche Beschlussvorlage") == []


@pytest.mark.parametrize("label", ["Verfasserin", "Verfasser/Verfasserin", "Antragsteller:innen", "Eingereicht von"])
def test_who_proposed_a_paper_whatever_the_label_is_called(label: str) -> None:
    proposed = {label: "Fraktion Mühlenliste<br />SPD-Fraktion<br />Anna Amsel"}
    shown = head(Gremium="", Datum="", Zeit="", Betreff="Brücke am Wehr", **{"Vorlage-Art": "Antrag"}, **proposed)
    paper = paper_of(read(page("vo020", "Vorlage - 22/77", shown), "vo020.asp?VOLFDNR=77"))
    assert [originator.name for originator in paper.originator] == ["Fraktion Mühlenliste", "SPD-Fraktion"]


# --- councils


def test_councils_that_are_named_by_their_calendars() -> None:
    names = {3: "Rat der Gemeinde Wehr", 5: "Rat der Gemeinde Mühlau"}
    rows = "".join(
        f'<tr><td><a href="/bi/si010_a.asp?MM=9&amp;YY=2026&amp;PALFDNR={number}"><b>{name}</b></a></td></tr>'
        for number, name in names.items()
    )
    found = read(page("pa000", "Räte - Auswahl", f"<table>{rows}</table>"), "pa000.asp?REDIRTO=%2Fbi%2Fsi010%5Fa.asp")
    assert {record.native_id: record.name for record in found.records if isinstance(record, Organization)} == {
        "pa-3": names[3], "pa-5": names[5]
    }  # fmt: skip
    assert found.follow == tuple(f"{HOST}si010_a.asp?MM=9&YY=2026&PALFDNR={number}" for number in names)
    addresses = [record.source_url for record in found.records if isinstance(record, Organization)]
    assert addresses == [f"{HOST}si010_a.asp?PALFDNR={number}" for number in names]

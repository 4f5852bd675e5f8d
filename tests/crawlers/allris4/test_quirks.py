"""Exceptions of single versions and installations that no page of the other tests shows."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from council.model import Meeting
from crawlers.allris4 import quirks
from crawlers.allris4.meeting import heading
from crawlers.parsing.page import Page
from tests.crawlers.allris4.invented import HOST, frame, read

HEADS = "<tr><th>Datum</th><th>Uhrzeit</th><th>Sitzung</th></tr>"


def calendar(row: str) -> Page:
    return read(frame("si010", f"<table class='calenderView'>{HEADS}{row}</table>"), f"{HOST}si010?MM=3&YY=2031")


@pytest.mark.parametrize(("day", "number"), [("Thu 06", 6), ("Tue 06", None), ("Wed 05", 5), ("Sun 05", None)])
def test_a_weekday_in_english_has_to_agree(day: str, number: int | None) -> None:
    row = f"<tr><td>{day}</td><td>18:00</td><td><a href='./to010?SILFDNR=4'>Moorrat</a></td></tr>"
    [one] = [record for record in calendar(row).records if isinstance(record, Meeting)]
    assert (one.start.day if one.start else None) == number


@pytest.mark.parametrize(("classes", "warned"), [("emptyRow", 0), ("", 1)])
def test_a_holiday_is_no_meeting_without_a_number(classes: str, warned: int) -> None:
    row = f"<tr class='{classes}'><td>06.03.2031</td><td></td><td>Torffest</td></tr>"
    assert len(calendar(row).warnings) == warned


def test_an_entry_of_the_export_that_stands_for_the_whole() -> None:
    event = f"BEGIN:VEVENT\r\nDTSTART:20310305\r\nSUMMARY:Kalender\r\nURL:{HOST}to010?SILFDNR=4\r\nEND:VEVENT\r\n"
    page = read(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n", f"{HOST}ics/SiKalAbo.ics")
    assert (page.records, page.warnings) == ((), ())


def test_the_heading_within_a_website() -> None:
    inner, banner = "<h1>Moorrat</h1>", "<h1>Stadt Moorhausen</h1>"
    page = BeautifulSoup(f"{banner}<div id='allris'>{inner}</div><footer><h1>Kontakt</h1></footer>", "lxml")
    assert heading(page) == "Moorrat"


def test_an_agenda_by_its_columns() -> None:
    assert quirks.is_agenda(["number", None, "name"])
    assert not quirks.is_agenda(["number", "paper"])

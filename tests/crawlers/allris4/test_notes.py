"""Notes say what kind of thing was not understood and where, never in the page's words: nothing proves these public."""

from __future__ import annotations

import pytest

from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from tests.crawlers.allris4.invented import (
    HOST,
    PAPER,
    agenda,
    consultation,
    document,
    frame,
    heading,
    item,
    labelled,
    meeting,
    met,
    paper,
    paper_link,
    read,
)

OPEN, CLOSED = heading("Öffentlicher Teil"), heading("Nichtöffentlicher Teil")
SECRET = "Kaufvertrag Torfmaier"


def assert_said_without_words(page: Page, *where: str) -> None:
    assert set(where) <= {gap.where for gap in page.warnings}
    assert "torfmaier" not in str(page.warnings).lower()


def test_headings_badges_and_numbers_of_agendas() -> None:
    rows = OPEN, item(1, f"X {SECRET}", "A"), heading(SECRET), CLOSED, item(2, f"Ö 2 {SECRET}", SECRET)
    assert_said_without_words(read(meeting(*rows)), "agenda row 2", "agenda row 3", "agenda row 5")
    table = agenda(OPEN, item(1, "Ö 1", f"A<table><tr><td>{SECRET}</td></tr></table>"))
    assert_said_without_words(read(meeting(table=table)), "agenda row 2")


def test_days_and_times() -> None:
    assert_said_without_words(read(meeting(day=SECRET).replace("Moorrat - 05.03.2031", "Moorrat")), "date")
    assert_said_without_words(read(meeting(day=f"31.02.2031 {SECRET}")), "date")
    assert_said_without_words(read(meeting(clock=SECRET)), "time")
    assert_said_without_words(read(meeting(clock=f"25:00 {SECRET}")), "time")


@pytest.mark.parametrize("status", [f"gesperrt wegen {SECRET}", f"freigegeben {SECRET}", f"nichtöffentlich ({SECRET})"])
def test_the_status_of_a_paper(status: str) -> None:
    page = read(paper(status=status), PAPER)
    assert "Torfmaier" not in str(page.as_json())


def test_stations_and_days_of_papers() -> None:
    for day in (SECRET, f"31.02.2031 {SECRET}"):
        page = read(paper(consultation("Rat (nichtöffentlich)", "Beratung"), met(day, 7, 5)), PAPER)
        assert_said_without_words(page, "consultation row 2")
        dated = paper().replace('<aside id="dok', labelled("Datum", day, "vodatum") + '<aside id="dok')
        assert_said_without_words(read(dated, PAPER), "date")
        heads = "<tr><th>Vorlage</th><th>Betreff</th><th>Datum</th></tr>"
        row = f"<tr><td><a href='./vo020?VOLFDNR=7'>7</a></td><td>A</td><td>{day}</td></tr>"
        listed = frame("vo040", f'<table class="dataTable">{heads}{row}</table>')
        assert_said_without_words(read(listed, f"{HOST}vo040"), "row 1")


def test_meetings_without_a_number_and_members() -> None:
    heads = "<tr><th>Datum</th><th>Uhrzeit</th><th>Sitzung</th></tr>"
    row = (
        f"<tr><td>05.03.2031</td><td>18:00</td><td>{SECRET}</td></tr>"
        f"<tr><td>{SECRET} 05</td><td>25:00 {SECRET}</td><td><a href='./to010?SILFDNR=4'>Rat</a></td></tr>"
    )
    assert_said_without_words(read(frame("si018", f"<table>{heads}{row}</table>"), f"{HOST}si018"), "row 1", "row 2")
    event = f"BEGIN:VEVENT\r\nSUMMARY:{SECRET}\r\nDTSTART:{SECRET}\r\nEND:VEVENT\r\n"
    other = f"BEGIN:VEVENT\r\nURL:{HOST}to010?SILFDNR=4\r\nDTSTART:{SECRET}\r\nDTEND:{SECRET}\r\nEND:VEVENT\r\n"
    export = read(f"BEGIN:VCALENDAR\r\n{event}{other}END:VCALENDAR\r\n", f"{HOST}ics/a.ics")
    assert_said_without_words(export, "event 1", "event 2")
    heads = "<tr><th>Mitglied</th><th>von</th></tr>"
    member = f"<tr><td><a href='./kp020?KPLFDNR=4'>Kim</a></td><td>31.02.2031 {SECRET}</td></tr>"
    page = read(frame("gr020", f"<h1>Rat</h1><table>{heads}{member}</table>"), f"{HOST}gr020?GRLFDNR=12")
    assert_said_without_words(page, "member row 1")


def test_what_leads_to_another_host() -> None:
    foreign = document(8, "Plan").replace("./", "https://torfmaier.example.test/")
    link = paper_link(5, "2031/5").replace("./", "https://torfmaier.example.test/")
    page = read(meeting(OPEN, item(1, "Ö 1", "A", link, foreign)))
    assert_said_without_words(page, "document 8", "agenda row 2")
    assert "torfmaier" not in str(page.as_json())


@pytest.mark.parametrize("text", [f"<h1>{SECRET}: Keine Berechtigung</h1>", f"<p>{SECRET} nicht freigegeben</p>"])
def test_a_refusal_is_told_by_its_own_words_alone(text: str) -> None:
    with pytest.raises(AccessDenied, match="no access") as caught:
        read(frame("vo020", text), PAPER)
    assert "Torfmaier" not in str(caught.value)


def test_where_a_second_request_was_sent_to() -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        read(f"<ajax-response><redirect><![CDATA[./vo020?{SECRET}]]></redirect></ajax-response>", f"{HOST}si010")
    assert "Torfmaier" not in str(caught.value)

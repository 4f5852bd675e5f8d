"""Lists of meetings: calendar by Ajax and inline, list, export; committees and members."""

from __future__ import annotations

import pytest

from council.model import Meeting, Organization, OrganizationRef, Person
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.page import Page
from tests.crawlers.allris4.invented import HOST, frame, read

MONTH = f"{HOST}si010?0-1.0-&MM=3&YY=2031"
HEADS = "<tr><th>Datum</th><th class='time'>Uhrzeit</th><th>Sitzung</th><th>Raum</th></tr>"


def row(day: str, clock: str, name: str, classes: str = "wed odd", room: str = "Saal") -> str:
    shown = f'<span class="dow">Wed</span><span class="dom">{day}</span>' if day else ""
    return (
        f'<tr class="{classes}"><td>{shown}</td><td class="time"><div>{clock}</div></td>'
        f'<td class="textCol">{name}</td><td class="raum">{room}</td></tr>'
    )


def linked(number: int, name: str, tip: str = "") -> str:
    tooltip = f' data-simpletooltip-text="{tip}"' if tip else ""
    return f'<a id="si_{number}" href="./to010?SILFDNR={number}&amp;refresh=false"{tooltip}>{name}</a>'


def table(*rows: str) -> str:
    return f'<table class="calenderView"><thead>{HEADS}</thead><tbody>{"".join(rows)}</tbody></table>'


def by_ajax(content: str, scripts: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ajax-response><component id="id2a"><![CDATA[<div>'
        f"{content}</div>]]></component>{scripts}</ajax-response>"
    )


def meetings(page: Page) -> list[Meeting]:
    return [record for record in page.records if isinstance(record, Meeting)]


def starts(page: Page) -> list[tuple[str, str | None]]:
    return [
        (meeting.native_id, meeting.start.isoformat()[:16] if meeting.start else None) for meeting in meetings(page)
    ]


ROWS = (
    row("05", "18:00", linked(1, "Sitzung des  Moorrates")),
    row("06", "", "Torffest", "thu even holiday emptyRow"),
    row("", "19:30", linked(2, "Sitzung des Ausschusses"), "sameday thu even", ""),
    row("07", "", '<a id="si_3">Sitzung ohne Zeit (abgesagt)</a>', "fri odd"),
)


@pytest.mark.parametrize("form", ["ajax", "inline"])
def test_a_month(form: str) -> None:
    markup = by_ajax(table(*ROWS)) if form == "ajax" else frame("si010", table(*ROWS))
    page = read(markup, MONTH)
    assert page.page == "si010"
    assert starts(page) == [("1", "2031-03-05T18:00"), ("2", "2031-03-06T19:30"), ("3", "2031-03-07T00:00")]
    assert meetings(page)[0].name == "Sitzung des Moorrates"
    assert [meeting.cancelled for meeting in meetings(page)] == [False, False, True]
    assert [meeting.location.room if meeting.location else None for meeting in meetings(page)] == ["Saal", None, "Saal"]
    assert page.follow == tuple(f"{HOST}to010?SILFDNR={number}&refresh=false" for number in (1, 2))


def test_the_tooltips_say_the_month_better_than_the_address() -> None:
    tip = " am Mi., 02.04.2031 um 18:00 Uhr."
    page = read(by_ajax(table(row("02", "18:00", linked(1, "A", tip)), row("09", "17:00", linked(2, "B")))), MONTH)
    assert starts(page) == [("1", "2031-04-02T18:00"), ("2", "2031-04-09T17:00")]


def test_a_weekday_that_does_not_agree() -> None:
    page = read(
        by_ajax(table(row("05", "18:00", linked(1, "A")), row("", "18:00", linked(2, "B"), "sameday fri"))), MONTH
    )
    assert starts(page) == [("1", "2031-03-05T18:00"), ("2", None)]
    assert page.warnings


def test_without_a_month_the_day_is_unknown_and_said() -> None:
    page = read(by_ajax(table(row("05", "18:00", linked(1, "A"), ""))), f"{HOST}si010")
    assert starts(page) == [("1", None)]
    assert page.warnings


def test_cdata_within_cdata() -> None:
    scripts = "<evaluate><![CDATA[/*]]]]><![CDATA[>*/]]></evaluate>"
    page = read(by_ajax(table(ROWS[0]).replace("Saal", "A]]]]><![CDATA[>B"), scripts), MONTH)
    [one] = meetings(page)
    assert one.location is not None
    assert one.location.room == "A]]>B"


def test_an_ajax_answer_cut_off_or_sent_elsewhere() -> None:
    whole = by_ajax(table(*ROWS))
    for cut in (whole[:-20], whole[: len(whole) // 2]):
        with pytest.raises(UnexpectedResponse, match="cut off"):
            read(cut, MONTH)
    with pytest.raises(AccessDenied, match="noauth"):
        read("<ajax-response><redirect><![CDATA[./noauth]]></redirect></ajax-response>", MONTH)


def test_a_calendar_that_loads_its_table_later() -> None:
    script = '<script>Wicket.Ajax.ajax({"u":"./si010?0-1.0-&MM=3&YY=2031","c":"id2"});</script>'
    page = read(frame("si010", script), f"{HOST}si010?MM=3&YY=2031")
    assert page.records == ()
    assert page.follow == (f"{HOST}si010?0-1.0-&MM=3&YY=2031",)
    assert [gap.where for gap in page.warnings] == ["list"]


def test_a_calendar_without_a_table() -> None:
    with pytest.raises(UnexpectedResponse):
        read(frame("si010", "<h1>Kalender</h1>"), f"{HOST}si010")


def test_the_list_by_headers_in_any_order() -> None:
    heads = "<tr><th>Raum</th><th>Gremium</th><th>Bezeichnung</th><th>Datum</th><th>Uhrzeit</th></tr>"
    body = (
        "<tr><td>Saal</td><td><a href='./gr020?GRLFDNR=12'>Moorrat</a></td>"
        "<td><a href='./to010?SILFDNR=4'>3. Sitzung</a></td><td>05.03.2031</td><td>18:00 - 19:00</td></tr>"
        "<tr><td colspan='5'>März</td></tr>"
        "<tr><td></td><td>Moorrat</td><td><a href='./to010?SILFDNR=5'>4. Sitzung</a></td><td>kaputt</td></tr>"
    )
    paging = '<a href="./si018?0-1.-navigator-pageLink">2</a>'
    page = read(frame("si018", f'<table class="dataTable">{heads}{body}</table>{paging}'), f"{HOST}si018")
    assert page.page == "si018"
    one = meetings(page)[0]
    assert one.organization == (OrganizationRef(native_id="12", name="Moorrat"),)
    assert one.end is not None
    assert one.end.hour == 19
    assert starts(page)[0] == ("4", "2031-03-05T18:00")
    assert any(gap.where == "paging" for gap in page.warnings)


def test_lists_that_load_later() -> None:
    for name in ("gr010", "si018", "vo040"):
        script = f'<script>Wicket.Ajax.ajax({{"u":"./{name}?3-1.0-","c":"id2"}});</script>'
        page = read(frame(name, script), f"{HOST}{name}")
        assert (page.records, page.follow) == ((), (f"{HOST}{name}?3-1.0-",))
    page = read(
        by_ajax("<table><tr><td><a href='./gr020?GRLFDNR=12'>Moorrat</a></td></tr></table>"), f"{HOST}gr010?3-1.0-"
    )
    assert [record.native_id for record in page.records] == ["12"]


def test_a_list_without_a_row_is_known_by_its_columns() -> None:
    heads = "<tr><th>Datum</th><th>Uhrzeit</th><th>Sitzung</th><th>Rang</th></tr>"
    page = read(frame("si018", f"<table><thead>{heads}</thead><tbody></tbody></table>"), f"{HOST}si018?GRLFDNR=12")
    assert (page.page, page.records, page.warnings) == ("si018", (), ())
    with pytest.raises(UnexpectedResponse):
        read(frame("si018", "<table><tr><th>Name</th></tr></table>"), f"{HOST}si018?GRLFDNR=12")


def test_a_list_that_says_it_is_empty() -> None:
    for text in ("Keine Einträge gefunden", "Es sind keine Sitzungen vorhanden."):
        page = read(frame("si018", f"<p>{text}</p>"), f"{HOST}si018")
        assert (page.page, page.records) == ("si018", ())
    footer = "<footer>Von Ihnen sind hier keine Daten vorhanden</footer>"
    for other in (
        frame("si018", "<p>Wir speichern keine Daten</p>"),
        frame("si018", "").replace("</main>", f"</main>{footer}"),
    ):
        with pytest.raises(UnexpectedResponse):
            read(other, f"{HOST}si018")


EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Sitzungskalender\r\nDTSTART:20310101\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:si_7@x\r\nDTSTART;TZID=Europe/Berlin:20310305T180000\r\nDTEND:20310305T190000Z\r\n"
    "SUMMARY:Sitzung des\r\n  Moorrates\\, Teil 1\r\nLOCATION:Saal\r\n"
    f"DESCRIPTION:Siehe {HOST}to010?SIL\r\n FDNR=7\\nMehr\r\nBEGIN:VALARM\r\nDESCRIPTION:x\r\nEND:VALARM\r\n"
    "END:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:abc\r\nSUMMARY:Fest\r\nDTSTART:20310399T180000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_the_export() -> None:
    page = read(EVENT, f"{HOST}ics/SiKalAbo.ics")
    [one] = meetings(page)
    assert (one.native_id, one.name) == ("7", "Sitzung des Moorrates, Teil 1")
    assert one.start is not None
    assert one.start.isoformat() == "2031-03-05T18:00:00+01:00"
    assert one.end is not None
    assert one.end.isoformat() == "2031-03-05T20:00:00+01:00"
    assert page.follow == (f"{HOST}to010?SILFDNR=7&refresh=false",)
    assert any(gap.where == "event 3" for gap in page.warnings)
    with pytest.raises(UnexpectedResponse, match="cut off"):
        read(EVENT[:300], HOST)


def test_committees() -> None:
    rows = (
        "<tr><td>Räte</td><td></td></tr>"
        "<tr><td><a href='./gr020?GRLFDNR=12'>Moorrat</a></td><td><a href='./gr020?GRLFDNR=12'></a></td></tr>"
        "<tr><td>Ausschüsse</td><td></td></tr>"
        "<tr><td><a href='./si018?GRLFDNR=13'>Torfausschuss</a></td>"
        "<td><a href='./to010?SILFDNR=4'>1.2.2031</a></td></tr>"
        "<tr><td><a href='./kp020?KPLFDNR=4'>Kim Beispiel</a></td></tr>"
    )
    page = read(frame("gr010", f"<table>{rows}</table>"), f"{HOST}gr010")
    found = [record for record in page.records if isinstance(record, Organization)]
    assert [(organization.native_id, organization.name, organization.organization_type) for organization in found] == [
        ("12", "Moorrat", "Räte"),
        ("13", "Torfausschuss", "Ausschüsse"),
    ]
    assert page.follow == tuple(
        f"{HOST}{name}?GRLFDNR={number}&refresh=false" for number in (12, 13) for name in ("gr020", "si018")
    )


def test_a_committee_and_its_members() -> None:
    heads = "<tr><th>Mitglied</th><th>Funktion</th><th>von</th><th>bis</th><th>E-Mail</th></tr>"
    member = (
        "<tr><td><a href='./kp020?KPLFDNR=4'>Kim Beispiel</a></td><td>Vorsitz</td><td>01.11.2030</td><td></td>"
        "<td>kim@example.test, Tel. 0123</td></tr><tr><td>Gast</td></tr>"
    )
    page = read(frame("gr020", f"<h1>Moorrat</h1><table>{heads}{member}</table>"), f"{HOST}gr020?GRLFDNR=12")
    committee, person = page.records
    assert isinstance(committee, Organization)
    assert committee.name == "Moorrat"
    assert isinstance(person, Person)
    assert person.name == "Kim Beispiel"
    [membership] = person.memberships
    assert (membership.role, str(membership.start_date), membership.end_date) == ("Vorsitz", "2030-11-01", None)
    assert "example.test, Tel" not in str(page.as_json())
    assert not any("kp020" in url for url in page.follow)

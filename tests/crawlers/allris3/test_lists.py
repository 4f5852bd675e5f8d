"""Bodies and their members, the start page, and the two exports."""

from __future__ import annotations

import json

import pytest

from council.model import Meeting, Organization, Person
from crawlers.parsing.errors import UnexpectedResponse
from tests.crawlers.allris3.invented import HOST, meeting_of, page, post, read


def test_bodies_and_not_the_menu() -> None:
    rows = (
        f'<tr class="zl11"><td>{post("au020.asp", AULFDNR=7)}</td><td><a href="au020.asp?AULFDNR=7&amp;altoption=A">'
        'Mühlenausschuss</a></td></tr><tr><td><a href="pa020.asp?PALFDNR=7">Rat</a></td></tr>'
    )
    found = read(page("au010", "Ausschüsse", f'<table class="tl1">{rows}</table>'), "au010.asp?SORTVON=1")
    assert [(record.native_id, record.name) for record in found.records if isinstance(record, Organization)] == [
        ("au-7", "Mühlenausschuss"),
        ("pa-7", "Rat"),
    ]
    assert found.follow == (HOST + "au020.asp?AULFDNR=7", HOST + "pa020.asp?PALFDNR=7")


def test_members_by_name_and_office_only() -> None:
    rows = (
        "<tr><th>Name</th><th>Art der Mitarbeit</th><th>Partei</th><th>von</th><th>bis</th></tr>"
        '<tr class="zl11"><td><a href="kp020.asp?KPLFDNR=3">Hanna Specht</a></td><td>Vorsitzende</td>'
        "<td>Mühlenliste</td>"
        "<td>01.11.2024</td><td>&nbsp;</td></tr>"
        '<tr class="zl12"><td><a href="kp020.asp?KPLFDNR=4">Otto Amsel</a></td><td>Bäcker, Markt 3</td>'
        "<td></td><td></td><td></td></tr>"
    )
    found = read(
        page("au020", "Ausschuss - Mühlenausschuss", f'<table class="tl1">{rows}</table>'), "au020.asp?AULFDNR=7"
    )
    body, first, second = found.records
    assert isinstance(body, Organization)
    assert (body.native_id, body.name) == ("au-7", "Mühlenausschuss")
    assert isinstance(first, Person)
    assert isinstance(second, Person)
    assert (first.name, first.memberships[0].role) == ("Hanna Specht", "Vorsitzende")
    assert first.memberships[0].start_date is not None
    assert second.memberships[0].role is None
    shown = json.dumps(found.as_json(), ensure_ascii=False)
    assert "Markt 3" not in shown
    assert "Bäcker" not in shown
    assert found.follow == ()


def test_a_body_that_says_keine_information_somewhere() -> None:
    name = '<a href="kp020.asp?KPLFDNR=3">Hanna Specht</a>'
    rows = f"<tr><td>{name}</td><td>Mitglied</td><td>Keine Information verfügbar</td></tr>"
    found = read(page("au020", "Ausschuss - Jury", f'<table class="tl1">{rows}</table>'), "au020.asp?AULFDNR=7")
    assert len(found.records) == 2


def test_a_persons_page() -> None:
    content = (
        '<table class="tk1"><tr><td class="kb1">Straße:</td><td>Markt 3</td></tr></table><table class="tl1"><tr>'
        f'<td>{post("au020.asp", AULFDNR=7)}</td><td><a href="au020.asp?AULFDNR=7">Mühlenausschuss</a></td>'
        "<td>Mitglied</td></tr></table>"
    )
    found = read(page("kp020", "Hanna Specht", content), "kp020.asp?KPLFDNR=3")
    (person,) = found.records
    assert isinstance(person, Person)
    assert [(membership.organization.native_id, membership.role) for membership in person.memberships] == [
        ("au-7", "Mitglied")
    ]
    assert "Markt" not in json.dumps(found.as_json())


def test_start_page_names_the_released_calendar_of_its_own_folder() -> None:
    menu = (
        '<ul id="menu"><li><a href="https://ris.quellenthal.example/other/si010.asp">Andere</a></li>'
        '<li><a href="si010_e.asp?sid=abc">Kalender</a></li><li><a href="au010.asp">Ausschüsse</a></li>'
        '<li><a href="yw040.asp">Suche</a></li><li><a href="kp040.asp">Personen</a></li></ul>'
    )
    found = read(page("allris", "ALLRIS net", menu), "allris.net.asp")
    assert (found.page, found.records) == ("allris.net", ())
    assert found.follow == (HOST + "si010_e.asp", HOST + "au010.asp")


def _xml(*objects: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<root><special><nowDate>x</nowDate></special><head>{head}</head>'
        f"<list>{''.join(f'<object>{element}</object>' for element in objects)}</list></root>"
    )


def test_calendar_export() -> None:
    markup = _xml(
        "<silfdnr>501</silfdnr><sisbvcs>20260902T160000Z</sisbvcs><sisevcs>20260902T181500Z</sisevcs><siname>SI/1</siname>"
        "<sitext>12. Sitzung</sitext><grname>Rat</grname><raname>Aula</raname><raort>Markt 1</raort>"
    )
    found = read(markup, "si010.asp?selfaction=ws&template=xyz", "utf-8")
    meeting = meeting_of(found)
    assert (meeting.native_id, meeting.name, meeting.organization[0].name) == ("501", "12. Sitzung", "Rat")
    assert meeting.start is not None
    assert meeting.start.isoformat() == "2026-09-02T18:00:00+02:00"
    assert found.follow == (HOST + "to010.asp?SILFDNR=501",)


@pytest.mark.parametrize("entries", ["<list/>", "<list>\n</list>"])
def test_an_empty_calendar_export_is_empty_and_nothing_else_is(entries: str) -> None:
    markup = f'<?xml version="1.0" encoding="iso-8859-1"?><root><special><nowDate/></special>{entries}</root>'
    found = read(markup, "si010_e.asp?selfaction=ws&template=xyz")
    assert (found.page, found.records) == ("si010-export", ())
    for broken in (markup.replace(entries, ""), markup.removesuffix("</root>"), '<?xml version="1.0"?><root/>'):
        with pytest.raises(UnexpectedResponse):
            read(broken, "si010_e.asp?selfaction=ws&template=xyz")


def test_agenda_export_says_what_is_public() -> None:
    def top(number: int, public: str, name: str, paper: int) -> str:
        return (
            f"<tolfdnr>{number}</tolfdnr><tofnum>{number}</tofnum><tofunum>1</tofunum><tofuunum>0</tofuunum>"
            f"<toostLang>{public}</toostLang><totext1>{name}</totext1><totyp>(offen)</totyp><volfdnr>{paper}</volfdnr>"
        )

    rows = (top(1, "öffentlich", "Radweg", 902), top(2, "nichtöffentlich", "Mühle", 903), top(3, "", "Haus", 0))
    found = read(_xml(*rows, head="<sitext>Rat</sitext>"), "to010.asp?selfaction=ws&template=xyz&SILFDNR=500", "utf-8")
    meeting = meeting_of(found)
    assert [(item.native_id, item.number, item.name, item.paper, item.result) for item in meeting.agenda] == [
        ("1", "1.1", "Radweg", "902", None)
    ]
    assert (meeting.withheld, meeting.withheld_papers) == (("2", "3"), ("903",))
    assert "toostLang" in str(found.warnings[0])
    with pytest.raises(UnexpectedResponse, match="cut off"):
        read(_xml(*rows)[:-30], "to010.asp?selfaction=ws&SILFDNR=500", "utf-8")


def test_ics_export() -> None:
    markup = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:501\r\nDTSTART:20260902T160000Z\r\nDTEND:20260902T181500Z\r\n"
        "SUMMARY:Sitzung des\r\n  Rates\\, öffentlich\r\nURL:https://ris.quellenthal.example/bi/to010.asp?SILFDNR=501\r\nLOCATION:Aula\r\n"
        "BEGIN:VALARM\r\nSUMMARY:Wecker\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260903\r\n"
        "SUMMARY:Ohne Nummer\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = read(markup, "si010_e.asp")
    (meeting,) = [record for record in found.records if isinstance(record, Meeting)]
    assert (meeting.native_id, meeting.name) == ("501", "Sitzung des Rates, öffentlich")
    assert meeting.start is not None
    assert meeting.start.isoformat() == "2026-09-02T18:00:00+02:00"
    assert found.follow == (HOST + "to010.asp?SILFDNR=501",)
    assert found.warnings[0].where == "event 2"
    assert "Ohne Nummer" not in str(found.warnings)
    with pytest.raises(UnexpectedResponse, match="cut off"):
        read(markup.replace("END:VCALENDAR", ""), "si010_e.asp")


def test_moved_in_the_exports() -> None:
    fields = (
        "<silfdnr>500</silfdnr><sitext>Rat - verschoben auf den 09.09.2026</sitext><sisbvcs>20260902T160000Z</sisbvcs>"
    )
    found = read(_xml(fields), "si010_e.asp?selfaction=ws&template=xyz", "utf-8")
    assert [record.cancelled for record in found.records if isinstance(record, Meeting)] == [True]
    markup = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:501\r\nDTSTART:20260902T160000Z\r\n"
        "SUMMARY:Rat (verschoben auf 09.09.2026)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = read(markup, "si010_e.asp")
    assert [record.cancelled for record in found.records if isinstance(record, Meeting)] == [True]

"""Other municipalities and versions: within a website, without ids, headers or labels, other dates and links."""

from __future__ import annotations

import re

import pytest

from council.model import Meeting, Organization, OrganizationRef, Person
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from tests.crawlers.allris4.invented import (
    HOST,
    ITEM,
    MEETING,
    PAPER,
    consultation,
    document,
    frame,
    heading,
    item,
    items,
    labelled,
    meeting,
    met,
    paper,
    paper_link,
    read,
    the_meeting,
    the_paper,
)

OPEN = heading("Öffentlicher Teil")
ROW = item(501, "Ö 1", "Torf", paper_link(900, "2031/7", 501), document(8, "", "Sammeldokument"), "vertagt")
BANNER = (
    "<body class='typo3'><header class='header'><h1>Stadt Moorhausen - am Moor</h1><a href='/alt/si010.asp'>alt</a>"
    "</header><aside class='service'><a href='/fileadmin/doc/Ortsplan.pdf'>Ortsplan</a></aside>"
)


def in_a_town_s_website(markup: str) -> str:
    """The municipality's own heading, links and boxes come first (Taunusstein, 2026)."""
    return markup.replace('<meta name="description"', '<meta name="x"').replace("<body>", BANNER)


def absolute(markup: str) -> str:
    return markup.replace('href="./', f'href="{HOST}')


def without_ids(markup: str) -> str:
    return re.sub(r' id="(?:si\w+|vo[a-z]\w*|toTreeTable|toTable|bfTable|dokumenteHeaderPanel)"', "", markup)


def without_headers(markup: str) -> str:
    return re.sub(r"<thead>.*?</thead>", "", markup, flags=re.DOTALL)


def without_classes(markup: str) -> str:
    return re.sub(r'<(td|th|table|div) class="[^"]*"', r"<\1", markup)


def with_line_ends(markup: str) -> str:
    return markup.replace("><", ">\r\n<")


VARIATIONS = (in_a_town_s_website, absolute, without_ids, without_headers, without_classes, with_line_ends)


@pytest.mark.parametrize("change", VARIATIONS, ids=lambda change: change.__name__)
def test_a_meeting(change: object) -> None:
    assert callable(change)
    page = read(change(meeting(OPEN, ROW, documents=document(3, "Einladung"))))
    one = the_meeting(page)
    assert one == the_meeting(read(meeting(OPEN, ROW, documents=document(3, "Einladung")))).model_copy(
        update={"state": one.state}
    )
    assert page.warnings == ()
    assert [entry.result for entry in items(page)] == ["vertagt"]


@pytest.mark.parametrize("change", VARIATIONS, ids=lambda change: change.__name__)
def test_a_paper(change: object) -> None:
    assert callable(change)
    markup = paper(consultation("Moorrat", "Entscheidung"), met("05.03.2031", 77, 51), documents=document(8, "Vorlage"))
    page = read(change(markup), PAPER)
    assert the_paper(page) == the_paper(read(markup, PAPER))
    assert page.follow == (f"{HOST}to010?SILFDNR=77&refresh=false",)


def test_the_page_s_own_heading_among_others() -> None:
    markup = paper(title="Antrag - 2031/7").replace("<main", "<main class='x'><h1>Bürger - Service</h1></main><main")
    assert the_paper(read(markup, PAPER)).reference == "2031/7"


def test_a_meeting_of_two_days_and_two_committees() -> None:
    markup = meeting(OPEN, day="05.03.2031 - 06.03.2031", clock="18:00 - 12:00").replace(
        ">Moorrat</a>", '>Moorrat</a>, <a href="./gr020?GRLFDNR=13">Torfrat</a>'
    )
    one = the_meeting(read(markup))
    assert one.start is not None
    assert one.end is not None
    assert (one.start.isoformat(), one.end.isoformat()) == ("2031-03-05T18:00:00+01:00", "2031-03-06T12:00:00+01:00")
    assert one.organization == (
        OrganizationRef(native_id="12", name="Moorrat"),
        OrganizationRef(native_id="13", name="Torfrat"),
    )


def test_an_unclosed_head_swallows_no_agenda() -> None:
    closed = item(2, "N 2", "Geheimes", paper_link(6, "G/66"))
    markup = meeting(OPEN, ROW, closed).replace("Moorrat</a></span></dd></dl></div>", "Moorrat</a>")
    one = the_meeting(read(markup))
    assert one.organization == (OrganizationRef(native_id="12", name="Moorrat"),)
    assert "G/66" not in str(one)


@pytest.mark.parametrize("text", ["Anlass", "Status"])
def test_called_off_in_another_place(text: str) -> None:
    added = labelled("Anlass", "entfällt", "sianlass") if text == "Anlass" else labelled("X", "(abgesagt)", "sistat")
    assert the_meeting(read(meeting(OPEN).replace('<div id="toTable">', f'{added}<div id="toTable">'))).cancelled


def test_a_switched_off_or_hidden_box_of_documents() -> None:
    markup = meeting(OPEN, documents=document(5, "Akte"))
    for attribute in ('class="disable"', 'hidden=""'):
        assert the_meeting(read(markup.replace("<aside ", f"<aside {attribute} "))).files == ()


def test_a_name_from_a_tooltip() -> None:
    link = (
        '<a class="doclink pdf" data-simpletooltip-text="Öffnen der PDF zu Plan &amp;quot;A&amp;quot;.docx in neuen '
        'Fenster" href="./doc?DOLFDNR=5&amp;DOCTYP=130&amp;OTYP=41&amp;refresh=false"></a>'
    )
    [file] = the_meeting(read(meeting(OPEN, documents=link))).files
    assert (file.name, file.url) == ('Plan "A".docx', f"{HOST}doc?DOLFDNR=5&DOCTYP=130&OTYP=41")


def test_attachments_whose_own_status_is_closed() -> None:
    heads = "<tr><th>Nr.</th><th>Name</th><th>Status</th></tr>"
    rows = (
        f"<tr><td>1</td><td>{document(31, 'Akte')}</td><td>nichtöffentlich</td></tr>"
        f"<tr><td>2</td><td>{document(32, 'Plan')}</td><td>(wie Dokument)</td></tr>"
    )
    table = f'<table class="attachmentTable"><thead>{heads}</thead><tbody>{rows}</tbody></table>'
    markup = paper(documents=document(31, "Akte")).replace("</main>", f"{table}</main>")
    assert [file.name for file in the_paper(read(markup, PAPER)).files] == ["Plan"]


@pytest.mark.parametrize(
    ("title", "reference"),
    [
        ("2031/7", "2031/7"),
        ("Antrag 2031/7", "2031/7"),
        ("Antrag - ANT 2031/7", "ANT 2031/7"),
        ("Vorlage", None),
        ("Mehr Torf für 2031", None),
    ],
)
def test_references(title: str, reference: str | None) -> None:
    assert the_paper(read(paper(title=title), PAPER)).reference == reference


@pytest.mark.parametrize(("status", "records"), [("öffentlich (freigegeben)", 1), ("Vorlage freigegeben", 1), ("x", 0)])
def test_a_paper_s_status(status: str, records: int) -> None:
    assert len(read(paper(status=status), PAPER).records) == records


def test_a_paper_without_a_status_is_read_and_said() -> None:
    page = read(paper().replace("vostatus", "x").replace("Status:", "Stand:"), PAPER)
    assert len(page.records) == 1
    assert [gap.where for gap in page.warnings] == ["status"]


def test_stations_in_one_row_each_and_one_without_a_day() -> None:
    heads = "".join(f"<th>{words}</th>" for words in ("Gremium", "Zuständigkeit", "Datum", "Ergebnis"))
    rows = (
        "<tr><td>Moorrat</td><td>Vorberatung</td><td></td><td></td></tr>"
        "<tr><td>Rat</td><td>Entscheidung</td><td><a href='./to010?SILFDNR=78'>05.03.31</a></td><td>vertagt</td></tr>"
    )
    head = labelled("Betreff", "Torf") + labelled("Vorlageart", "Antrag") + labelled("Status", "öffentlich")
    markup = frame("vo020", f"{head}<table><tr>{heads}</tr>{rows}</table>")
    found = the_paper(read(markup, PAPER)).consultations
    assert [
        (consultation.role, str(consultation.date), consultation.meeting, consultation.result) for consultation in found
    ] == [
        ("Vorberatung", "None", None, None),
        ("Entscheidung", "2031-03-05", "78", "vertagt"),
    ]


def test_an_item_s_page_by_its_own_ids() -> None:
    content = (
        '<div id="head"><span id="toname">Ö 5</span><div id="vobetreff"><a href="./to010?SILFDNR=77"><p>Torf</p></a>'
        f'</div><span id="voart">Antrag</span>{labelled("Beschlussart", "(offen)", "toBeschlussart")}</div>'
    )
    page = read(frame("to020", content), ITEM)
    assert page.page == "to020"
    [entry] = the_meeting(page).agenda
    assert (entry.number, entry.name, entry.result) == ("5", "Torf", None)


def test_an_item_s_page_whose_address_names_the_meeting() -> None:
    content = f'<div id="head"><span id="toname">Ö 5</span>{labelled("Betreff", "Torf")}</div>'
    assert the_meeting(read(frame("to020", content), f"{ITEM}&SILFDNR=78")).native_id == "78"
    lost = read(frame("to020", content), ITEM)
    assert lost.records == ()
    assert [gap.where for gap in lost.warnings] == ["meeting"]


def test_the_paper_s_status_proves_nothing_of_the_item() -> None:
    content = (
        f'<div id="head">{labelled("Betreff", "Torf", "tobetreff")}{labelled("Status", "öffentlich", "vostatus")}'
        f'{labelled("Sitzung", """<a href="./to010?SILFDNR=77">3. Sitzung</a>""")}</div>'
    )
    assert the_meeting(read(frame("to020", content), ITEM)).withheld == ("501",)


def calendar(*rows: str) -> str:
    heads = "".join(f"<th>{words}</th>" for words in ("Datum", "Uhrzeit", "Sitzung", "Raum"))
    return frame("si010", f"<table class='calenderView'><tr>{heads}</tr>{''.join(rows)}</table>")


def day_row(day: str, number: int, classes: str = "") -> str:
    return f"<tr class='{classes}'><td>{day}</td><td>18:00</td><td><a id='si_{number}'>S</a></td><td></td></tr>"


def test_days_of_a_calendar_in_their_plainest_forms() -> None:
    rows = day_row("Do 06", 1), day_row("", 2, "sameday"), day_row("7.", 3), day_row("Mo., 10.03.2031", 4)
    page = read(calendar(*rows), f"{HOST}si010?MM=3&YY=2031")
    days = [record.start.day if isinstance(record, Meeting) and record.start else None for record in page.records]
    assert days == [6, 6, 7, 10]


def test_a_day_that_is_not_understood_is_not_the_one_before() -> None:
    page = read(calendar(day_row("Do 06", 1), day_row("Mi", 2), day_row("Fr 99", 3)), f"{HOST}si010?MM=3&YY=2031")
    days = [record.start.day if isinstance(record, Meeting) and record.start else None for record in page.records]
    assert days == [6, None, None]
    assert {gap.where for gap in page.warnings} == {"row 2", "row 3"}


def test_a_number_without_its_month_is_not_the_day_before() -> None:
    page = read(calendar(day_row("06.03.2031", 1), day_row("07", 2)), f"{HOST}si010")
    assert [record.start.day if isinstance(record, Meeting) and record.start else None for record in page.records] == [
        6,
        None,
    ]


def test_a_calendar_of_another_month_than_was_asked_for() -> None:
    page = read(calendar(day_row("Do 06", 1, "thu"), day_row("Fr 07", 2, "fri")), f"{HOST}si010?MM=4&YY=2031")
    assert [record.start for record in page.records if isinstance(record, Meeting)] == [None, None]
    assert len(page.warnings) == 4


def test_a_button_of_the_calendar_is_not_its_table() -> None:
    script = '<script>Wicket.Ajax.ajax({"u":"./si010?0-1.0-form-calNav-months-0-monthlink","c":"id2"});</script>'
    with pytest.raises(UnexpectedResponse):
        read(frame("si010", script), f"{HOST}si010?MM=3&YY=2031")


def test_a_planned_meeting_without_a_number_is_said() -> None:
    heads = "<tr><th>Datum</th><th>Uhrzeit</th><th>Sitzung</th><th>Rang</th></tr>"
    rows = (
        "<tr><td>05.03.2031</td><td>18:00</td><td><a href='./to010?SILFDNR=4'>3. Sitzung</a></td><td></td></tr>"
        "<tr><td>05.04.2031</td><td></td><td>4. Sitzung</td><td></td></tr>"
    )
    page = read(frame("si018", f"<table>{heads}{rows}</table>"), f"{HOST}si018?GRLFDNR=12")
    assert [record.native_id for record in page.records] == ["4"]
    assert [(gap.where, gap.what) for gap in page.warnings] == [("row 2", "a meeting without a number: left out")]


def test_a_holder_of_office() -> None:
    rows = (
        "<tr><th>Gremium</th><th>Funktion</th><th>von</th><th>bis</th></tr>"
        "<tr><td><a href='./gr020?GRLFDNR=12'>Moorrat</a></td><td>Mitglied</td><td>01.11.2030</td><td></td></tr>"
        "<tr><td><a href='./gr020?GRLFDNR=13'>Torfrat</a></td><td>Tel. 0123</td><td></td><td></td></tr>"
    )
    head = f"<h1 class='title'>Frau Kim Beispiel</h1>{labelled('Telefon', '0123')}{labelled('Beruf', 'Moorwirtin')}"
    page = read(frame("kp020", f"{head}<img src='./foto.jpg'/><table>{rows}</table>"), f"{HOST}kp020?KPLFDNR=4")
    [person] = page.records
    assert isinstance(person, Person)
    assert person.name == "Kim Beispiel"
    assert [(membership.organization.native_id, membership.role) for membership in person.memberships] == [
        ("12", "Mitglied"),
        ("13", None),
    ]
    assert "0123" not in str(page.as_json())
    assert "Moorwirtin" not in str(page.as_json())
    assert page.follow == ()


def test_a_committee_without_a_name_of_its_own_takes_the_page_s_heading() -> None:
    rows = "<table><tr><td><a href='./kp020?KPLFDNR=4'>Herr Uwe Torf</a></td></tr></table>"
    markup = in_a_town_s_website(frame("gr020", f"<h1 class='title'>Moorrat</h1>{rows}"))
    committee, person = read(markup, f"{HOST}gr020?GRLFDNR=12").records
    assert isinstance(committee, Organization)
    assert isinstance(person, Person)
    assert (committee.name, person.name) == ("Moorrat", "Uwe Torf")


@pytest.mark.parametrize("address", ["noauth", "noauth?5", "noauth;jsessionid=4"])
def test_sent_to_the_door(address: str) -> None:
    with pytest.raises(AccessDenied, match="no access"):
        read(meeting(OPEN, ROW), f"{HOST}{address}")


def test_the_same_address_with_and_without_session_marks() -> None:
    plain = the_meeting(read(meeting(OPEN, ROW), MEETING))
    marked = the_meeting(read(meeting(OPEN, ROW), f"{HOST}to010;jsessionid=4?SILFDNR=77&sectoken=f&refresh=true"))
    assert marked == plain

"""A paper's page, its consultations and documents; an item's own page; the list of papers."""

from __future__ import annotations

import pytest

from council.model import FileRole, Meeting, OrganizationRef, Paper, Tombstone
from tests.crawlers.allris4.invented import (
    HOST,
    ITEM,
    PAPER,
    consultation,
    document,
    frame,
    labelled,
    met,
    paper,
    read,
    the_paper,
)

DECIDED = '<a href="./to020?TOLFDNR=51">zugestimmt</a>'


def test_the_head() -> None:
    one = the_paper(read(paper(documents=document(8, "Vorlage") + document(9, "Anlage 1")), PAPER))
    assert (one.native_id, one.name, one.reference, one.paper_type) == ("900", "Mehr Torf für alle", "2031/7", "Antrag")
    assert one.date is None
    assert one.under_direction_of == (OrganizationRef(name="Amt für Moore"),)
    assert one.originator == ()
    assert [(file.native_id, file.role) for file in one.files] == [("8", FileRole.MAIN), ("9", FileRole.ATTACHMENT)]


def test_the_date_where_it_is_labelled() -> None:
    markup = paper().replace('<aside id="dok', labelled("Datum", "04.02.2031", "vodatum") + '<aside id="dok')
    assert str(the_paper(read(markup, PAPER)).date) == "2031-02-04"


@pytest.mark.parametrize(
    ("title", "reference"),
    [
        ("Antrag - Moorpartei - A 12-2031", "A 12-2031"),
        ("Antrag - 2031/7 - 1", "2031/7 - 1"),
        ("Anfrage der Mitte - A 9", "A 9"),
        ("Antrag", None),
        ("", None),
    ],
)
def test_the_reference(title: str, reference: str | None) -> None:
    assert the_paper(read(paper(title=title), PAPER)).reference == reference


def test_stations_by_their_dates() -> None:
    rows = (
        consultation("Moorrat", "Vorberatung"),
        met("05.03.2031", 77, 51, DECIDED),
        met("Mar 9, 2031", 78, 52),
        consultation("Hauptausschuss (nichtöffentlich)", "Vorberatung"),
        consultation("Rat", "Entscheidung"),
        met("10.04.2031", 79, 53, "<a href></a>"),
        consultation("Rat", "Entscheidung"),
    )
    page = read(paper(*rows), PAPER)
    found = the_paper(page).consultations
    assert [
        (consultation.organization[0].name, consultation.meeting, consultation.agenda_item, consultation.result)
        for consultation in found
    ] == [
        ("Moorrat", "77", "51", "zugestimmt"),
        ("Moorrat", "78", "52", None),
        ("Hauptausschuss (nichtöffentlich)", None, None, None),
        ("Rat", "79", "53", None),
        ("Rat", None, None, None),
    ]
    assert [str(consultation.date) for consultation in found] == [
        "2031-03-05",
        "2031-03-09",
        "None",
        "2031-04-10",
        "None",
    ]
    assert len({consultation.native_id for consultation in found}) == 5
    assert page.follow == tuple(f"{HOST}to010?SILFDNR={number}&refresh=false" for number in (77, 78, 79))


def test_a_closed_committee_leads_nowhere() -> None:
    markup = paper(consultation("Hauptausschuss (nichtöffentlich)", "Vorberatung"), met("05.03.2031", 77, 51))
    page = read(markup, PAPER)
    [one] = the_paper(page).consultations
    assert (one.meeting, one.agenda_item) == (None, None)
    assert page.follow == ()


def test_a_version_with_one_row_a_station() -> None:
    table = (
        '<table class="bfTable"><tr><th>Gremium</th><th>Zuständigkeit</th><th>Datum</th><th>Ergebnis</th></tr>'
        "<tr><td>Moorrat</td><td>Entscheidung</td><td><a href='./to010?SILFDNR=77'>05.03.2031</a></td>"
        "<td>vertagt</td></tr></table>"
    )
    markup = frame("vo020", labelled("Betreff", "Torf") + labelled("Vorlageart", "Antrag") + table)
    [one] = the_paper(read(markup, PAPER)).consultations
    assert (one.role, one.meeting, one.result, one.authoritative) == ("Entscheidung", "77", "vertagt", True)


def test_attachments_of_one_session_are_said_once() -> None:
    short_lived = "./vo020?0--anlagenHeaderPanel-attachmentsList-{}-attachment-link&amp;VOLFDNR=900"
    link = f'<a class="attlink pdf" href="{short_lived}">A</a>'
    stable = (
        '<a class="attlink pdf" href="./doc?DOLFDNR=31&amp;DOCTYP=131&amp;OTYP=41&amp;sectoken=feedbeef">Anlage</a>'
    )
    page = read(paper(documents=link.format(0) + link.format(1) + stable), PAPER)
    assert [(file.native_id, file.url) for file in the_paper(page).files] == [
        ("31", f"{HOST}doc?DOLFDNR=31&DOCTYP=131&OTYP=41")
    ]
    assert [gap.where for gap in page.warnings] == ["attachments"]


def test_anchors_and_dialogs_are_no_files() -> None:
    links = (
        '<a class="doclink anchor" href="#x">Begründung</a>'
        '<a class="doclink" href="#" id="sammeldoc">Sammeldokument individuell</a>'
    )
    assert the_paper(read(paper(documents=links), PAPER)).files == ()


@pytest.mark.parametrize(
    "status", ["nichtöffentlich", "nicht öffentlich", "vertraulich", "öffentlich/nichtöffentlich (NÖ)"]
)
def test_a_paper_that_says_it_is_closed_is_gone(status: str) -> None:
    [one] = read(paper(status=status), PAPER).records
    assert isinstance(one, Tombstone) or "öffentlich/" in status
    assert not isinstance(one, Paper) or "öffentlich/" in status


def test_an_unknown_status_is_said() -> None:
    assert [gap.where for gap in read(paper(status="in Arbeit"), PAPER).warnings] == ["status"]


def item_page(shown: str = "Ö 4", name: str = "Mehr Torf", status: str = "") -> str:
    return frame(
        "to020",
        f'<div class="header"><h1 class="title">TOP {shown}</h1></div><div id="head">'
        + labelled("Betreff", name, "tobetreff")
        + labelled("Status", status, "tostatus")
        + labelled("Sitzung", '<a href="./to010?SILFDNR=77">3. Sitzung</a>', "sibetreff")
        + labelled("Vorlage", paper_text := '<a href="./vo020?VOLFDNR=900">2031/7</a>')
        + labelled("Beschlussart", "zugestimmt", "toBeschlussart")
        + "</div>"
        + f'<div class="docPart">Dazu {paper_text.replace("900", "5")}</div>',
    )


def test_an_item_s_own_page() -> None:
    page = read(item_page(), ITEM)
    [one] = page.records
    assert isinstance(one, Meeting)
    assert page.page == "to020"
    assert one.native_id == "77"
    [item] = one.agenda
    assert (item.native_id, item.number, item.name) == ("501", "4", "Mehr Torf")
    assert (item.paper, item.reference, item.result) == ("900", "2031/7", "zugestimmt")


@pytest.mark.parametrize(
    ("shown", "name", "status"),
    [("N 4", "Torf", ""), ("4", "Torf", ""), ("Ö 4", "Torf (nichtöffentlich)", ""), ("Ö 4", "Torf", "nichtöffentlich")],
)
def test_an_item_s_own_page_that_proves_nothing(shown: str, name: str, status: str) -> None:
    page = read(item_page(shown, name, status), ITEM)
    [one] = page.records
    assert isinstance(one, Meeting)
    assert (one.agenda, one.withheld, one.withheld_papers) == ((), ("501",), ("900",))
    assert "Torf" not in str(page.as_json())
    assert page.follow == ()


def test_the_list_of_papers() -> None:
    row = (
        "<tr><td><a href='./vo020?VOLFDNR={0}'>2031/{0}</a></td><td>{1}</td><td>Antrag</td><td>04.02.2031</td>"
        "<td>{2}</td></tr>"
    )
    heads = "".join(f"<th>{words}</th>" for words in ("Vorlage", "Betreff", "Art", "Datum", "Status"))
    rows = row.format(7, "Torf", "öffentlich") + row.format(8, "Geheim", "nichtöffentlich") + "<tr><td>leer</td></tr>"
    page = read(frame("vo040", f'<table class="dataTable"><tr>{heads}</tr>{rows}</table>'), f"{HOST}vo040")
    one = the_paper(page)
    assert (one.native_id, one.reference, one.name, one.paper_type, str(one.date)) == (
        "7",
        "2031/7",
        "Torf",
        "Antrag",
        "2031-02-04",
    )
    assert page.follow == (f"{HOST}vo020?VOLFDNR=7&refresh=false",)


def test_a_district_s_paper_without_ids() -> None:
    values = (
        ("Betreff", "Radweg am Moor"),
        ("Status", "öffentlich"),
        ("Drucksachenart", "Anfrage"),
        ("Federführende Organisationseinheit", "Amt 61"),
        ("Drucksachennummer", "DS 9/31"),
        ("Erstellungsdatum", "3.2.2031"),
    )
    one = the_paper(read(frame("vo020", "".join(labelled(label, value) for label, value in values)), PAPER))
    assert (one.reference, one.name, one.paper_type, str(one.date)) == (
        "DS 9/31",
        "Radweg am Moor",
        "Anfrage",
        "2031-02-03",
    )
    assert one.under_direction_of == (OrganizationRef(name="Amt 61"),)


def test_an_item_s_page_whose_meeting_is_linked_below_the_head() -> None:
    link = '<a href="./to010?SILFDNR={}">3. Sitzung</a>'
    head = (
        f'<div class="header"><h1 class="title">Torf</h1></div>{labelled("Betreff", "Torf", "toname")}'
        f"{labelled('TOP', 'Ö 2')}{labelled('Status', 'öffentlich')}"
        f"{labelled('Beschlussart', 'vertagt', 'toBeschlussart')}"
    )
    [one] = read(frame("to020", head + link.format(77)), ITEM).records
    assert isinstance(one, Meeting)
    assert (one.native_id, [entry.result for entry in one.agenda]) == ("77", ["vertagt"])
    for other in (link.format(77) + link.format(78), f'<div class="docPart">{link.format(77)}</div>'):
        assert read(frame("to020", head + other), ITEM).records == ()

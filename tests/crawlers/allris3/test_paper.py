"""Papers: head, documents, attachments, the way through the committees, and the text that stands in the page."""

from __future__ import annotations

import json

import pytest

from council.model import FileRole, Tombstone
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.references import is_reference
from tests.crawlers.allris3.invented import document, page, paper_of, pasted, post, read, to_button

VO020 = "vo020.asp?VOLFDNR=900"
LABELS = {"Betreff": "Radweg an der Mühle", "Status": "öffentlich", "Vorlage-Art": "Beschlussvorlage"}


def _station(body: str, role: str) -> str:
    return (
        f'<tr class="zl12" title="Folgenummer 0"><td title="Erledigt"></td><td class="text1" colspan="3">{body}</td>'
        f'<td class="text1" colspan="3">{role}</td></tr>'
    )


def _meeting(day: str, silfdnr: int, tolfdnr: int, result: str) -> str:
    link = f'<a href="to010.asp?SILFDNR={silfdnr}">Sitzung vom {day}</a>' if silfdnr else "Sitzung ohne Seite"
    top = post("to020.asp", TOLFDNR=tolfdnr) if tolfdnr else "&nbsp;"
    button = to_button(silfdnr) if silfdnr else ""
    linked = f'<a href="si010_e.asp?YY=2026&amp;MM=09" title="x">{day}</a>&nbsp;'
    return (
        f'<tr class="zl12"><td title="Erledigt"></td><td class="text2">{linked}</td><td>{button}</td><td>{link}</td>'
        f'<td class="text3">{result}&nbsp;</td><td>&nbsp;</td><td>{top}</td></tr>'
    )


def _paper(
    *consultations: str, side: str = "", below: str = "", title: str = "Vorlage - VO/9/26", **labels: str
) -> str:
    shown = {name: value for name, value in (LABELS | labels).items() if value}
    rows = "".join(
        f'<tr><td class="kb1">{name}:</td><td class="text1">{value}</td></tr>' for name, value in shown.items()
    )
    way = f'<tr><td colspan="4"><table cellpadding="3"><tr><td></td></tr>{"".join(consultations)}</table></td></tr>'
    way = f'<tr><td class="kb1" colspan="4">Beratungsfolge:</td></tr>{way}' if consultations else ""
    content = (
        f'<table class="tk1"><tr><td class="ko1"><table class="tk1">{rows}{way}</table></td><td class="ko2"></td>'
        f'<td class="me1">{side}</td></tr></table><hr />{below}'
    )
    return page("vo020", title, content)


def test_head_and_documents() -> None:
    side = document(7001, "Vorlage") + document(7002, "Vorlage-Sammeldokument", annots=1, typ=130)
    side += post("vo021.asp", VOLFDNR=900)
    office = {"Federführend": "Amt 61", "Verfasser": "Specht, Hanna", "Bearbeiter/-in": "Amsel, Otto"}
    found = read(_paper(side=side, **office), VO020)
    paper = paper_of(found)
    assert (paper.native_id, paper.reference, paper.paper_type) == ("900", "VO/9/26", "Beschlussvorlage")
    assert paper.name == "Radweg an der Mühle"
    assert paper.under_direction_of[0].name == "Amt 61"
    assert [(file.native_id, file.role, file.url) for file in paper.files] == [
        ("7001", FileRole.MAIN, "https://ris.quellenthal.example/bi/do027.asp?DOLFDNR=7001&options=64"),
        ("7002", FileRole.ATTACHMENT,
         "https://ris.quellenthal.example/bi/do027.asp?DOLFDNR=7002&options=64&annots=1&typ=130"),
    ]  # fmt: skip
    assert paper.consultations == ()
    shown = json.dumps(found.as_json(), ensure_ascii=False)
    assert "Specht" not in shown
    assert "Amsel" not in shown
    assert found.warnings == ()


def test_stations_with_several_meetings_none_and_a_nonpublic_one() -> None:
    found = read(
        _paper(
            _station("Mühlenausschuss", "Vorberatung"),
            _meeting("02.09.2026", 501, 11, "vertagt"),
            _meeting("16.09.2026", 502, 12, "ungeändert beschlossen"),
            _station("Hauptausschuss (nichtöffentlich)", "Vorberatung"),
            _meeting("17.09.2026", 503, 13, "verwiesen"),
            _station("Verwaltungsausschuss", ""),
            _meeting("21.09.2026", 0, 0, ""),
            _station("Rat der Stadt Quellenthal", "Entscheidung"),
        ),
        VO020,
    )
    consultations = paper_of(found).consultations
    assert [
        (consultation.organization[0].name, consultation.meeting, consultation.agenda_item, consultation.result)
        for consultation in consultations
    ] == [
        ("Mühlenausschuss", "501", "11", "vertagt"),
        ("Mühlenausschuss", "502", "12", "ungeändert beschlossen"),
        ("Hauptausschuss (nichtöffentlich)", None, None, "verwiesen"),
        ("Verwaltungsausschuss", None, None, None),
        ("Rat der Stadt Quellenthal", None, None, None),
    ]
    assert [consultation.date.isoformat() if consultation.date else None for consultation in consultations] == [
        "2026-09-02", "2026-09-16", "2026-09-17", "2026-09-21", None,
    ]  # fmt: skip
    assert [consultation.role for consultation in consultations] == [
        "Vorberatung",
        "Vorberatung",
        "Vorberatung",
        None,
        "Entscheidung",
    ]
    assert consultations[-1].authoritative is True
    assert len({consultation.native_id for consultation in consultations}) == 5
    assert [url.rpartition("=")[2] for url in found.follow] == ["501", "502"]


def test_text_in_the_page_is_the_main_document_where_there_is_none() -> None:
    below = pasted("BV", "Der Radweg wird ge\nbaut.", heading="Beschlussvorschlag")
    below += pasted("SV", "Zur Mühle führt kein Weg.", mark="anchor") + pasted("AN", "- Plan", mark="comment")
    paper = paper_of(read(_paper(side=document(7002, "Anlagen"), below=below), VO020))
    first, second = paper.files
    assert (first.role, first.url, first.native_id) == (FileRole.MAIN, None, "900/text")
    assert first.text == "Beschlussvorschlag:\nDer Radweg wird ge\nbaut.\n\nSachverhalt:\nZur Mühle führt kein Weg."
    assert second.native_id == "7002"
    with_main = paper_of(read(_paper(side=document(7001, "Vorlage"), below=below), VO020))
    assert [file.native_id for file in with_main.files] == ["7001"]


def test_a_word_cut_into_spans_and_an_older_text_without_a_document() -> None:
    cut = pasted("SV", "<span>Mühl</span><span>en</span><span>beirat</span>")
    assert (paper_of(read(_paper(below=cut), VO020)).files[0].text or "").endswith("\nMühlenbeirat")
    old = '<a name="allrisSV"></a><p><b>Sachverhalt:</b></p><p>Kein Weg.</p><table><tr><td>x</td></tr></table>'
    assert paper_of(read(_paper(below=old), VO020)).files[0].text == "Sachverhalt:\nKein Weg."


def test_thousands_of_pasted_documents_are_cut_out_and_not_all_kept() -> None:
    found = read(_paper(below="".join(pasted("SV", f"Satz {place}.") for place in range(3000))), VO020)
    text = paper_of(found).files[0].text or ""
    assert "Satz 0." in text
    assert "Satz 2999." not in text


def test_a_page_cut_off_within_a_pasted_document_is_no_page() -> None:
    """The end of the document before it is not the page's."""
    whole = _paper(below=pasted("BV", "Gebaut wird.") + pasted("SV", "Zur Mühle führt kein Weg."))
    assert paper_of(read(whole, VO020)).files
    with pytest.raises(UnexpectedResponse, match="cut off"):
        read(whole[: whole.index("kein Weg")], VO020)


def test_a_pasted_document_never_speaks_for_the_page() -> None:
    hostile = pasted(
        "SV", '</p><table class="tk1"><tr><td class="kb1">Status:</td><td>nichtöffentlich</td></tr></table><p>'
    )
    below = hostile + pasted("BV", '<a href="vo020.asp?VOLFDNR=666">x</a><a href="do027.asp?DOLFDNR=667">y</a>')
    found = read(_paper(below=below), VO020)
    assert paper_of(found).name == "Radweg an der Mühle"
    assert "66" not in json.dumps(found.as_json()["follow"])
    assert all(file.native_id != "667" for file in paper_of(found).files)


@pytest.mark.parametrize(
    "labels",
    [
        {"Status": "nichtöffentlich"},
        {"Vorlage-Art": "Nichtöffentliche Beschlussvorlage"},
        {"Betreff": "Verkauf der Mühle (nichtöffentlich)"},
    ],
)
def test_a_nonpublic_paper_is_withdrawn(labels: dict[str, str]) -> None:
    found = read(_paper(_station("Rat", "Entscheidung"), side=document(7001, "Vorlage"), **labels), VO020)
    (stone,) = found.records
    assert isinstance(stone, Tombstone)
    assert stone.native_id == "900"
    assert "7001" not in json.dumps(found.as_json())


def _attachment(place: int, name: str, status: str) -> str:
    target = f"/bi/___tmp/tmp/45-181/ardyfOxXdi/68-Anlagen/0{place}/Anlage-{place}.pdf"
    tip = f"Anlage {place} ({status}; 23.05.2026 11:11:27) öffnen\r(Öffnet Dokument in neuem Fenster)"
    return f'<tr><td class="text3"><a href="{target}" title="{tip}">{name}</a></td><td>&nbsp;</td></tr>'


def test_attachments_are_named_without_an_address_and_without_nonpublic_ones() -> None:
    rows = _attachment(1, "Lageplan", "öffentlich") + _attachment(2, "Wertgutachten", "nichtöffentlich")
    folder = "/bi/___tmp/tmp/9/x/68-Anlagen"
    again = (
        '<table class="tk1"><tr><td>Nr.</td><td>Status</td><td>Name</td></tr>'
        f'<tr><td>1</td><td>öffentlich</td><td><a href="{folder}/01/Anlage-1.pdf">Lageplan</a></td></tr>'
        f'<tr><td>3</td><td>nichtöffentlich</td><td><a href="{folder}/03/Anlage-3.pdf">Grundbuch</a></td></tr></table>'
    )
    found = read(_paper(side=f'<table class="tk1">{rows}</table>', below=again), VO020)
    (file,) = paper_of(found).files
    assert (file.native_id, file.name, file.url) == ("900/anlage-1", "Lageplan", None)
    assert file.date is not None
    assert file.date.isoformat() == "2026-05-23"
    shown = json.dumps(found.as_json(), ensure_ascii=False)
    assert "___tmp" not in shown
    assert "Grundbuch" not in shown
    assert "Wertgutachten" not in shown
    assert "temporary" in str(found.warnings[0])


def test_responsive_paper() -> None:
    def row(name: str, label: str, value: str) -> str:
        return (
            f'<div class="row"><div class="label"><a aria-describedby="{name}">{label}:</a></div>'
            f'<div class="colEntry"><span class="text4" id="{name}">{value}</span></div></div>'
        )

    head = row("vobetreff", "Betreff", "Radweg") + row("vostatus", "Status", "öffentlich")
    head += row("voart", "Vorlage-Art", "öffentliche Beschlussvorlage") + row("voverfasser", "Vorstand", "Otto Amsel")
    way = (
        '<div id="bfTable"><table class="bfTable"><thead><tr><th>Status</th><th>Datum</th><th>Gremium</th>'
        "<th>Beschluss</th><th>NA</th></tr></thead><tbody>"
        "<tr><td><div> </div></td><td></td><td>Mühlenausschuss</td><td>Beratung</td><td></td></tr>"
        '<tr><td></td><td class="date"><div>03.09.2026</div></td>'
        '<td><a href="to010_r.asp?SILFDNR=501">Sitzung vom 01.09.2026</a></td><td>beschlossen</td>'
        '<td><a href="to020_r.asp?TOLFDNR=11">PA</a></td></tr></tbody></table></div>'
    )
    tip = "Öffnet PDF-Datei 'Vorlage' in neuem Fenster"
    side = f'<a href="do027.asp?DOLFDNR=7001&amp;options=64" data-simpletooltip-text="{tip}">Vorlage</a>'
    markup = page("vo020", "VO/2026/9 - öffentliche Beschlussvorlage", head + way + side, skin="new")
    found = read(markup, "vo020_r.asp?VOLFDNR=900")
    paper = paper_of(found)
    assert (paper.reference, paper.paper_type, paper.name) == ("VO/2026/9", "öffentliche Beschlussvorlage", "Radweg")
    (consultation,) = paper.consultations
    assert (consultation.meeting, consultation.agenda_item, consultation.role, consultation.result) == (
        "501",
        "11",
        "Beratung",
        "beschlossen",
    )
    assert consultation.date is not None
    assert consultation.date.isoformat() == "2026-09-03"
    assert paper.files[0].role is FileRole.MAIN
    assert "Amsel" not in json.dumps(found.as_json(), ensure_ascii=False)
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("title", "reference"),
    [
        ("Vorlage - 23/224", "23/224"),
        ("Drucksache - VII/0401", "VII/0401"),
        ("VO/2026/181 - öffentliche Beschlussvorlage", "VO/2026/181"),
        ("Antrag - DS 12/2026", "DS 12/2026"),
        ("Vorlage - Haushalt 2026", None),
    ],
)
def test_references_in_titles(title: str, reference: str | None) -> None:
    assert paper_of(read(_paper(title=title), VO020)).reference == reference


def test_a_long_title_takes_no_time() -> None:
    assert not is_reference("a-" * 5000 + "!")


def test_a_faction_is_named_a_person_is_not() -> None:
    assert paper_of(read(_paper(Initiator="Fraktion Mühlenliste"), VO020)).originator[0].name == "Fraktion Mühlenliste"
    assert paper_of(read(_paper(Initiator="Hanna Specht"), VO020)).originator == ()


def test_missing_status_and_subject_are_said() -> None:
    found = read(_paper(Status="", Betreff=""), VO020)
    assert [warning.where for warning in found.warnings] == ["status", "subject"]


def test_list_of_papers() -> None:
    def row(number: int, name: str, kind: str, more: str = "") -> str:
        return (
            f"<tr class='zl11'><td>{post('vo020.asp', VOLFDNR=number)}</td>"
            f"<td><a href='vo020.asp?VOLFDNR={number}'>VO/{number}</a></td>"
            f"<td>{name}{more}</td><td>{kind}</td><td>03.09.2026</td></tr>"
        )

    header = "<tr><th></th><th>Vorlage</th><th>Betreff</th><th>Art</th><th>Datum</th></tr>"
    rows = row(1, "Radweg", "Antrag") + row(2, "Mühle", "nichtöffentliche Vorlage")
    rows += row(3, "Kauf", "Vorlage", '<img alt="nichtöffentlich" src="x.gif">')
    following = '<a href="vo040.asp?seite=2&amp;sid=ab">weiter</a><a href="vo040.asp">Suche</a>'
    found = read(
        page("vo040", "Vorlagenübersicht", f'<table class="tl1">{header}{rows}</table>{following}'), "vo040.asp"
    )
    (paper,) = found.records
    assert paper.model_dump(include={"native_id", "reference", "name", "paper_type"}) == {
        "native_id": "1", "reference": "VO/1", "name": "Radweg", "paper_type": "Antrag",
    }  # fmt: skip
    assert found.follow[0] == "https://ris.quellenthal.example/bi/vo020.asp?VOLFDNR=1"
    assert [url for url in found.follow if "vo040" in url] == ["https://ris.quellenthal.example/bi/vo040.asp?SEITE=2"]


def test_a_document_that_is_nonpublic_in_one_of_two_places() -> None:
    below = f"<table><tr><td>{document(7005, 'Plan')}</td><td>nichtöffentlich</td></tr></table>"
    assert paper_of(read(_paper(side=document(7005, "Plan") + document(7006, "Karte"), below=below), VO020)).files[
        0
    ].name == ("Karte")


def test_notes_and_tombstones_quote_none_of_the_words() -> None:
    row = _station("Hauptausschuss (nichtöffentlich)", "Vorberatung").replace(
        "</tr>", "<td>Maier</td><td>Kaufvertrag</td></tr>"
    )
    found = read(_paper(row, Status="gesperrt wegen Maier", Datum="Kaufvertrag 3"), VO020)
    assert [warning.where for warning in found.warnings] == ["status", "consultation row 2", "date"]
    for words in ({"Betreff": "Maier (nichtöffentlich)"}, {"Status": "nichtöffentlich: Maier"}):
        closed = read(_paper(**words), VO020)
        assert isinstance(closed.records[0], Tombstone)
        assert "Maier" not in json.dumps(closed.as_json())
    for never in ("Maier", "Kaufvertrag"):
        assert never not in json.dumps(found.as_json())


def test_a_station_whose_role_says_nonpublic_leads_nowhere() -> None:
    rows = (_station("Hauptausschuss", "nichtöffentlich"), _meeting("02.09.26", 501, 11, "zugestimmt"))
    (consultation,) = paper_of(read(_paper(*rows), VO020)).consultations
    assert (consultation.meeting, consultation.agenda_item) == (None, None)
    assert consultation.date is not None
    assert consultation.date.isoformat() == "2026-09-02"

"""Papers, their way, lists of papers, items' own pages."""

from __future__ import annotations

import json

import pytest

from council.model import FileRole
from crawlers.parsing.errors import UnexpectedResponse
from tests.crawlers.sessionnet.invented import (
    button,
    document,
    documents,
    head,
    layout3,
    layout4,
    layout6,
    meetings,
    papers,
    read,
    url,
)

TABS = """<ul class="nav nav-tabs" id="smcregister"><li><a href="vo0050.php?__kvonr=71">Informationen</a></li>
<li><a href="vo0053.php?__kvonr=71">Beratungen</a></li></ul>"""


def test_layout_6() -> None:
    cells = head(vobetr="Neubau &quot;Brücke&quot; &amp; Weg", voname="V/12/2026/1", voakz="66.1",
                 vovaname="02_Beschlussvorlage",
                 vodat="01.02.2026", vofamname="Tiefbauamt")  # fmt: skip
    files = documents(document(1, "Beschlussvorlage", "VO", 2), document(2, "Anlage 1", extra=True))
    page = read(layout6("vo0050", TABS + cells + files, h1="Neubau"), url("vo0050", "__kvonr=71&smcspf=4"))
    (paper,) = papers(page)
    assert (paper.native_id, paper.name, paper.reference) == ("71", 'Neubau "Brücke" & Weg', "V/12/2026/1")
    assert (paper.paper_type, str(paper.date)) == ("Beschlussvorlage", "2026-02-01")
    assert paper.under_direction_of[0].name == "Tiefbauamt"
    assert [file.role for file in paper.files] == [FileRole.MAIN, FileRole.ATTACHMENT]
    assert paper.source_url == url("vo0050", "__kvonr=71")
    assert page.follow == (url("vo0053", "__kvonr=71"),)
    assert page.warnings == ()


def test_missing_cells_are_none_and_the_heading_is_the_name() -> None:
    (paper,) = papers(read(layout6("vo0050", head(voname="V/9"), h1="Spielplatz Nord"), url("vo0050", "__kvonr=9")))
    assert (paper.name, paper.reference, paper.paper_type, paper.date) == ("Spielplatz Nord", "V/9", None, None)
    assert paper.files == ()
    assert paper.consultations == ()


def test_layout_3_with_consultations_and_buttons_in_latin_1() -> None:
    main = f"""<h1>Vorlage</h1><table id="smctablevorgang"><tbody><tr><td class="smctablehead">Name:</td>
<td>DS 5/2012</td>
<td class="smctablehead">Art:</td><td>Beschlußvorlage</td></tr><tr><td class="smctablehead">Datum:</td>
<td>03.04.2012</td></tr>
<tr><td class="smctablehead">Betreff:</td><td>Straßenbau</td></tr><tr><td class="smctablehead">Referenzvorlage:</td>
<td><a href="vo0050.asp?__kvonr=4">DS 4/2012</a></td></tr></tbody></table>{button(33, "DS 5/2012")}
<table id="smc_page_vo0050_contenttable1" class="smccontenttable"
summary="Inhalt der Tabelle: Beratungen der Vorlage"><tbody>
<tr valign="top"><td>10.05.2012</td><td><a href="to0040.asp?__ksinr=81&toselect=902">Bauausschuss</a></td>
<td>öffentlich</td></tr>
<tr valign="top"><td></td><td><a href="kp0040.asp?__kgrnr=3">Gemeinderat</a></td><td></td></tr></tbody></table>"""
    (paper,) = papers(read(layout3(main), url("vo0050", "__kvonr=5", "asp"), "windows-1252"))
    assert (paper.name, paper.reference, paper.paper_type) == ("Straßenbau", "DS 5/2012", "Beschlußvorlage")
    assert paper.superordinated == ("4",)
    assert [(file.native_id, file.name) for file in paper.files] == [("33", "DS 5/2012")]
    first, second = paper.consultations
    assert (first.native_id, first.meeting, str(first.date)) == ("5/81", "81", "2012-05-10")
    assert (first.organization[0].name, first.agenda_item) == ("Bauausschuss", "902")
    assert (second.meeting, second.organization[0].native_id, second.date) == (None, "3", None)


def _history(*rows: str) -> str:
    start = (
        "<thead><tr><th>Gremium</th><th>Datum</th><th>Zuständigkeit</th><th>Status</th><th>Beschluss</th></tr></thead>"
    )
    return f'<table id="smc_page_vo0053_contenttable1" class="smc-table">{start}<tbody>{"".join(rows)}</tbody></table>'


def _step(name: str, meeting: int, role: str, status: str, result: str = "") -> str:
    link = (
        f'<a href="si0057.php?__ksinr={meeting}" title="Details anzeigen: {name} 05.03.2026">{name}</a>'
        if meeting
        else name
    )
    return f"""<tr><td class="grname">{link}</td><td class="sidat">05.03.2026</td><td class="txname">{role}</td>
<td class="bfost">{status}</td><td>{result}</td></tr>"""


def test_the_history_of_layout_6_without_its_non_public_consultations() -> None:
    rows = (_step("Bauausschuss", 81, "Vorberatung", "öffentlich", "zugestimmt"),
            _step("Geheimrat", 82, "Anhörung", "nichtöffentlich"),
            _step("Rat", 0, "Entscheidung", "öffentlich"))  # fmt: skip
    page = read(layout6("vo0053", TABS + _history(*rows), h1="Neubau"), url("vo0053", "__kvonr=71"))
    (paper,) = papers(page)
    first, second = paper.consultations
    assert (first.native_id, first.role, first.authoritative, first.result) == (
        "71/81",
        "Vorberatung",
        False,
        "zugestimmt",
    )
    assert (second.meeting, second.authoritative, second.organization[0].name) == (None, True, "Rat")
    assert "Geheimrat" not in json.dumps(page.as_json())


def test_a_paper_with_only_non_public_consultations_is_left_out() -> None:
    page = read(
        layout6("vo0053", _history(_step("Rat", 82, "Entscheidung", "nicht öffentlich")), h1="X"),
        url("vo0053", "__kvonr=71"),
    )
    assert page.records == ()
    assert "not public" in page.warnings[0].what


@pytest.mark.parametrize("status", ["nichtöffentlich", "Nicht öffentlich", "NÖ", "vertraulich"])
def test_a_paper_that_says_it_is_not_public(status: str) -> None:
    cells = head(vobetr="Verkauf", voname="V/1", vostatus=status)
    page = read(layout6("vo0050", cells + documents(document(1, "Vorlage")), h1="Verkauf"), url("vo0050", "__kvonr=7"))
    assert page.records == ()
    assert "Verkauf" not in json.dumps(page.as_json())


def test_consultations_as_cards() -> None:
    card = """<div class="card"><div class="card-header"><h3>Bauausschuss - 05.03.2026</h3></div><div class="card-body">
<div class="smc-table-row"><div class="smc-table-cell smc-cell-head x_title">Zuständigkeit</div>
<div class="x">Vorberatung</div></div>
<a href="si0056.php?__ksinr=81">Sitzung</a></div></div>"""
    (paper,) = papers(read(layout6("vo0053", TABS + card, h1="Neubau"), url("vo0053", "__kvonr=71")))
    (step,) = paper.consultations
    assert (step.meeting, step.role, str(step.date), step.organization[0].name) == (
        "81",
        "Vorberatung",
        "2026-03-05",
        "Bauausschuss",
    )


def test_motions_have_numbers_of_their_own() -> None:
    cells = head(agbetr="Mehr Bänke", agname="A/3", agaaname="Antrag")
    (paper,) = papers(read(layout6("ag0050", cells, h1="Mehr Bänke"), url("ag0050", "__kagnr=71")))
    assert (paper.native_id, paper.source_url, paper.paper_type) == ("ag71", url("ag0050", "__kagnr=71"), "Antrag")


def test_a_page_of_a_paper_without_number_or_subject() -> None:
    with pytest.raises(UnexpectedResponse):
        read(layout6("vo0050", "<p>Text</p>", h1=""), url("vo0050", "__kvonr=7"))
    with pytest.raises(UnexpectedResponse):
        read(layout6("vo0050", head(vobetr="Neubau"), h1="Neubau"), url("vo0050"))


def test_the_newest_documents() -> None:
    row = f"""<tr class="smc-t-r-l"><td class="dovorgang">
<a href="vo0050.php?__kvonr=71" title="Vorlage V/12: Neubau der Brücke">V/12</a>
<ul class="smc-detail-list"><li>04.03.2026</li></ul></td><td class="doart">Vorlage</td>
<td class="xxdocs">{documents(document(1, "Beschlussvorlage", "VO", 2))}</td></tr>"""
    table = f'<table id="smc_page_do0040_contenttable1" class="smc-table"><tbody>{row}</tbody></table>'
    page = read(layout6("do0040", table, h1="Neueste Dokumente"), url("do0040"))
    (paper,) = papers(page)
    assert (paper.native_id, paper.name, paper.reference, paper.date) == ("71", "Neubau der Brücke", "V/12", None)
    assert [file.native_id for file in paper.files] == ["1"]
    assert page.follow == (url("vo0050", "__kvonr=71"),)


def test_a_list_of_papers() -> None:
    start = "<tr><th>Vorlage</th><th>Betreff</th><th>Art</th><th>Datum</th></tr>"
    rows = "".join(
        f"""<tr><td><a href="vo0050.asp?__kvonr={n}">DS {n}/26</a></td><td>Thema {n}</td><td>Antrag</td>
<td>0{n}.02.2026</td></tr>"""
        for n in (1, 2)
    )
    table = f'<table id="smc_page_vo0040_contenttable1" class="smccontenttable">{start}{rows}</table>'
    page = read(layout4("vo0040", table, "Vorlagen"), url("vo0040", "", "asp"))
    shown = [
        (paper.native_id, paper.reference, paper.name, paper.paper_type, str(paper.date)) for paper in papers(page)
    ]
    assert shown == [
        ("1", "DS 1/26", "Thema 1", "Antrag", "2026-02-01"), ("2", "DS 2/26", "Thema 2", "Antrag", "2026-02-02"),
    ]  # fmt: skip


def test_an_items_own_page() -> None:
    main = """<a href="si0057.php?__ksinr=7001">zur Sitzung</a><a href="vo0050.php?__kvonr=71">V/71</a>
<p><strong>Beschluss:</strong> zugestimmt</p><div class="smcdocmsword">Der Rat stimmt zu.</div>"""
    page = read(layout6("to0050", main, h1="Ö 3.1 - Neubau der Brücke"), url("to0050", "__ktonr=501"))
    (meeting,) = meetings(page)
    (item,) = meeting.agenda
    assert (meeting.native_id, item.native_id, item.number, item.name) == ("7001", "501", "3.1", "Neubau der Brücke")
    assert (item.result, item.resolution_text, item.paper) == ("zugestimmt", "Der Rat stimmt zu.", "71")


def test_an_items_page_that_does_not_prove_it_public() -> None:
    for h1 in ("3.1 - Verkauf", "N 3.1 - Verkauf", "Verkauf"):
        main = '<a href="si0057.php?__ksinr=7001">zur Sitzung</a><div class="smcdocmsword">Verkauf</div>'
        page = read(layout6("to0050", main, h1=h1), url("to0050", "__ktonr=501"))
        assert meetings(page)[0].agenda == ()
        assert meetings(page)[0].withheld == ("501",)
        assert "Verkauf" not in json.dumps(page.as_json())


def test_a_page_of_consultations_without_any_says_so_or_is_another_one() -> None:
    address = url("vo0053", "__kvonr=71")
    (paper,) = papers(read(layout6("vo0053", TABS + "<p>Es sind keine Beratungen vorhanden</p>", h1="Neubau"), address))
    assert paper.consultations == ()
    with pytest.raises(UnexpectedResponse):
        read(layout6("vo0053", TABS + '<div id="neu-consultations">Rat</div>', h1="Neubau"), address)


@pytest.mark.parametrize("lost", ["\ufffd", "&#65533;", "Ã¶"])
def test_a_letter_that_was_lost_does_not_make_a_document_public(lost: str) -> None:
    files = documents(document(1, "Vorlage", "VO", 2), document(2, f"Anlage (nicht{lost}ffentlich)"))
    page = layout6("vo0050", head(vobetr="Neubau", voname="V/1") + files, h1="Neubau")
    (paper,) = papers(read(page, url("vo0050", "__kvonr=71")))
    assert [file.native_id for file in paper.files] == ["1"]


def test_layout_3_names_a_paper_by_bezeichnung_and_its_consultations_in_cells_without_names() -> None:
    main = """<h1>Vorlage</h1><table id="smctablevorgang" class="smctablevorgang"><tr><td>Name:</td><td>BV/33/10</td>
<td>Art:</td><td>Antrag</td></tr><tr><td>Bezeichnung:</td><td colspan=3>Spielplatz</td></tr><tr><td>Datum:</td>
<td>1.2.10</td><td>Status:</td><td>öffentlich</td></tr></table><h3>Beratungsfolge</h3>
<table class="smccontenttable smc_page_vo0050_contenttable"><tr class="smcrow1"><td>12.02.2010</td>
<td><a href="to0040.php?__ksinr=20">Bauausschuss</a></td><td>Vorberatung</td><td>ungeändert beschlossen</td></tr>
<tr class="smcrow2"><td>nichtöffentlich</td><td>Hauptausschuss</td><td>Geheimsache</td></tr>
<tr class="smcrow2"><td>nichtöffentlich</td><td><a href="to0040.php?__ksinr=21">Geheimsache</a></td></tr></table>"""
    page = read(layout3(main), url("vo0050", "__kvonr=33"), "windows-1252")
    (paper,) = papers(page)
    assert (paper.name, paper.reference, str(paper.date)) == ("Spielplatz", "BV/33/10", "2010-02-01")
    (step,) = paper.consultations
    assert (step.meeting, step.organization[0].name, step.role) == ("20", "Bauausschuss", "Vorberatung")
    assert str(step.date) == "2010-02-12"
    assert "Geheimsache" not in json.dumps(page.as_json())


def test_the_history_of_a_paper_without_a_head() -> None:
    rows = _step("Bauausschuss", 81, "Vorberatung", "öffentlich", "zugestimmt")
    (paper,) = papers(read(layout6("vo0053", _history(rows), h1="Vorlage"), url("vo0053", "__kvonr=71")))
    assert (paper.native_id, paper.name, paper.consultations[0].meeting) == ("71", None, "81")


def _old_history(*cells: str) -> str:
    """Layout 3: the committees a paper went to, in cells that nothing names."""
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return layout3(f"""<h1>Vorlage</h1><table id="smctablevorgang" class="smctablevorgang"><tr><td>Name:</td>
<td>BV/34/10</td><td>Art:</td><td>Antrag</td></tr><tr><td>Betreff:</td><td colspan=3>Rodelbahn</td></tr></table>
<h3>Beratungsfolge</h3>
<table class="smccontenttable smc_page_vo0050_contenttable"><tr class="smcrow1"><td>19.02.2010</td>
<td><a href="to0040.php?__ksinr=30">Werkausschuss</a></td>{row}</tr><tr class="smcrow2"><td>26.02.2010</td>
<td><a href="to0040.php?__ksinr=31">Stadtrat</a></td><td>Entscheidung</td></tr></table>""")


@pytest.mark.parametrize(
    "result",
    [
        "ungeändert beschlossen",
        "zugestimmt",
        "mehrheitlich abgelehnt",
        "zur Kenntnis genommen",
        "vertagt",
        "in den Hauptausschuss verwiesen",
        "in den nichtöffentlichen Teil verwiesen",
        "geändert beschlossen",
        "einstimmig empfohlen",
        "mit Änderungen beschlossen",
    ],
)
def test_what_came_out_of_a_consultation_stands_in_a_cell_without_a_name(result: str) -> None:
    (paper,) = papers(read(_old_history("Vorberatung", result), url("vo0050", "__kvonr=34"), "windows-1252"))
    assert [(step.role, step.result) for step in paper.consultations] == [
        ("Vorberatung", result), ("Entscheidung", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        ("N 5", "zugestimmt"),
        ("NÖ", "zugestimmt"),
        ("Vorberatung", "(N) 2", "zugestimmt"),
        ("zugestimmt", "nicht öffentlich"),
        ("Vorberatung", "zugestimmt (nichtöffentlich)"),
        ("vertraulich", "zugestimmt"),
        ("TOP 3 nö", "zugestimmt"),
    ],
)
def test_a_cell_without_a_name_withholds_its_consultation_with_its_result(cells: tuple[str, ...]) -> None:
    page = read(_old_history(*cells), url("vo0050", "__kvonr=34"), "windows-1252")
    (paper,) = papers(page)
    assert [step.meeting for step in paper.consultations] == ["31"]
    assert "zugestimmt" not in json.dumps(page.as_json())

"""Only what is proven public is read of an agenda; what is not leaves its numbers, and takes its documents with it."""

from __future__ import annotations

import json

import pytest

from tests.crawlers.allris3.invented import (
    agenda,
    document,
    head,
    heading,
    item,
    meeting,
    meeting_of,
    new_item,
    new_meeting,
    numbers,
    page,
    read,
    vo,
)

TO010 = "to010.asp?SILFDNR=500"


def test_nonpublic_items_between_public_ones() -> None:
    found = read(
        meeting(
            item("Ö&nbsp;1", "Eröffnung", 11),
            item("N&nbsp;2", "Mühle am Bach, Ankauf", 12, paper="901 VO/9/26", more=document(7001, "Wertgutachten")),
            item("Ö&nbsp;3", "Radweg", 13, paper="902 VO/10/26"),
            item("NÖ&nbsp;4", "(nichtöffentlich)", 14),
            item("Ö&nbsp;5", "Bekanntgabe der in nichtöffentlicher Sitzung gefassten Beschlüsse", 15),
        ),
        TO010,
    )
    read_as = meeting_of(found)
    assert [item.native_id for item in read_as.agenda] == ["11", "13", "15"]
    assert numbers(read_as.agenda) == ["1", "3", "5"]
    assert [item.order for item in read_as.agenda] == [0, 1, 2]
    assert read_as.withheld == ("12", "14")
    assert read_as.withheld_papers == ("901",)
    assert found.warnings == ()
    shown = json.dumps(found.as_json(), ensure_ascii=False)
    assert "Ankauf" not in shown
    assert "7001" not in shown
    assert "VOLFDNR=901" not in shown


def test_paper_and_document_of_both_parts() -> None:
    found = meeting_of(
        read(
            meeting(
                item("Ö 1", "Radweg", 11, paper="902 VO/10/26", more=document(7002, "Plan")),
                item("N 2", "Radweg, Grunderwerb", 12, paper="902 VO/10/26", more=document(7002, "Plan")),
            ),
            TO010,
        )
    )
    assert found.agenda[0].paper == "902"
    assert found.agenda[0].files == ()
    assert found.withheld_papers == ()


@pytest.mark.parametrize(
    "text",
    [
        "Nichtöffentlicher Teil",
        "II. Nicht öffentlicher Teil:",
        "<b>N i c h t ö f f e n t l i c h e r&nbsp;Teil</b>",
        "B) nichtöffentliche Sitzung",
        "Nichtöffentlicher Teil (ab 20:00 Uhr)",
    ],
)
def test_headings_divide_where_there_are_no_badges(text: str) -> None:
    rows = (heading("Öffentlicher Teil"), item("1", "Eröffnung", 11), heading(text), item("2", "Personal", 12))
    found = meeting_of(read(meeting(*rows), TO010))
    assert [item.native_id for item in found.agenda] == ["11"]
    assert found.withheld == ("12",)


def test_missing_heading_proves_nothing() -> None:
    found = read(meeting(item("1", "Eröffnung", 11), item("2", "Personal", 12)), TO010)
    assert meeting_of(found).agenda == ()
    assert meeting_of(found).withheld == ("11", "12")
    assert len(found.warnings) == 2


def test_a_wholly_public_meeting_needs_no_badges() -> None:
    found = meeting_of(read(meeting(item("1", "Eröffnung", 11), status="öffentlich"), TO010))
    assert numbers(found.agenda) == ["1"]


def test_nothing_of_a_nonpublic_meeting() -> None:
    found = meeting_of(read(meeting(item("1", "Personal", 11), status="nichtöffentlich"), TO010))
    assert found.agenda == ()
    assert found.withheld == ("11",)


def test_unknown_heading_ends_the_public_part_and_is_said() -> None:
    rows = (heading("Öffentlicher Teil"), item("1", "Eröffnung", 11), heading("Beratungsblock C"), item("2", "X", 12))
    found = read(meeting(*rows), TO010)
    assert numbers(meeting_of(found).agenda) == ["1"]
    assert "the public part ends here" in found.warnings[0].what
    assert "Beratungsblock" not in json.dumps(found.as_json(), ensure_ascii=False)


def test_a_nonpublic_item_ends_what_the_heading_proved() -> None:
    rows = (heading("Öffentlicher Teil"), item("1", "Eröffnung", 11), item("N 2", "Personal", 12), item("3", "?", 13))
    found = read(meeting(*rows, item("Ö 4", "Radweg", 14)), TO010)
    assert numbers(meeting_of(found).agenda) == ["1", "4"]
    assert meeting_of(found).withheld == ("12", "13")


@pytest.mark.parametrize("text", ["<h3>Nichtöffentlicher Teil</h3>", "<p><b>II. Nichtöffentlicher Teil</b></p>"])
def test_a_table_for_each_part(text: str) -> None:
    one = agenda(item("1", "Eröffnung", 11))
    two, three = agenda(item("2", "Verkauf der Mühle", 12)), agenda(item("3", "Verkauf des Hofs", 13))
    for status in ("öffentlich", "öffentlich/nichtöffentlich"):
        content = head(status) + "<h3>Öffentlicher Teil</h3>" + one + text + two + "<hr/>" + three
        found = meeting_of(read(page("to010", "Tagesordnung - Rat", content), TO010))
        assert numbers(found.agenda) == ["1"]
        assert found.withheld == ("12", "13")


def test_a_heading_in_one_of_several_cells() -> None:
    text = '<tr><td>&nbsp;</td><td colspan="3"><b>{}</b></td><td></td><td>&nbsp;</td></tr>'
    rows = (
        text.format("Öffentlicher Teil"),
        item("1", "A", 11),
        text.format("Nichtöffentlicher Teil"),
        item("2", "B", 12),
    )
    found = meeting_of(read(meeting(*rows), TO010))
    assert (numbers(found.agenda), found.withheld) == (["1"], ("12",))


def test_items_below_a_withheld_one() -> None:
    rows = (heading("Öffentlicher Teil"), item("2", "NÖ: Grundstücke", 12), item("2.1", "Wiesengrund", 13))
    found = read(meeting(*rows, item("3", "Radweg", 14)), TO010)
    assert numbers(meeting_of(found).agenda) == ["3"]
    assert meeting_of(found).withheld == ("12", "13")


@pytest.mark.parametrize(
    "name",
    [
        "NÖ: Verkauf der Mühle",
        "Verkauf der Mühle (nichtöffentlich)",
        'Verkauf der Mühle <span style="color:gray" title="Zusatzinfo">(nichtöffentlich)</span>',
        '<img src="images/schloss.gif" alt="nichtöffentlich" /> Verkauf der Mühle',
        '<span class="noe">Verkauf der Mühle</span>',
        "Nichtöffentlicher Teil",
    ],
)
def test_what_says_of_itself_that_it_is_nonpublic(name: str) -> None:
    found = read(meeting(item("Ö 1", "Eröffnung", 11), item("Ö 2", name, 12)), TO010)
    assert [item.native_id for item in meeting_of(found).agenda] == ["11"]
    assert meeting_of(found).withheld == ("12",)
    assert 'Mühle"' not in json.dumps(found.as_json(), ensure_ascii=False)


def test_minutes_of_the_nonpublic_part_are_approved_in_public() -> None:
    name = "Genehmigung der Niederschrift (nichtöffentlicher Teil)"
    assert meeting_of(read(meeting(item("Ö 2", name, 12)), TO010)).agenda[0].name == name


def test_badge_in_a_cell_of_its_own() -> None:
    def row(badge: str, number: str, tolfdnr: int) -> str:
        link = f'<a href="to020.asp?TOLFDNR={tolfdnr}">Punkt {tolfdnr}</a>'
        return f"<tr><td>{badge}</td><td>{number}</td><td>{link}</td>{vo('')}</tr>"

    rows = (row("Ö", "1", 11), row("N", "2", 12), row("3", "Ö", 13), row("4", "NÖ", 14))
    found = meeting_of(read(meeting(*rows), TO010))
    assert numbers(found.agenda) == ["1", "3"]
    assert found.withheld == ("12", "14")


@pytest.mark.parametrize(
    ("shown", "number"),
    [("Ö 7 (Nachtrag)", "7"), ("TOP Ö 7", "7"), ("(Ö) 7", "7"), ("Ö 7.1 a", "7.1 a"), ("Ö7*", "7"), ("ö 7", "7")],
)
def test_numbers_as_they_are_written(shown: str, number: str) -> None:
    assert numbers(meeting_of(read(meeting(item(shown, "Radweg", 11)), TO010)).agenda) == [number]


def test_a_table_in_a_cell_is_no_part_of_the_agenda() -> None:
    inner = (
        '<table><tr><td>Ö 9</td><td><a href="to020.asp?TOLFDNR=99">Mühle</a></td>'
        f"{vo('903 VO/3/26')}<td>{document(7003, 'Gutachten')}</td></tr></table>"
    )
    found = read(meeting(item("Ö 1", "Eröffnung", 11, more=inner)), TO010)
    assert [item.native_id for item in meeting_of(found).agenda] == ["11"]
    assert meeting_of(found).agenda[0].paper is None
    assert meeting_of(found).withheld == ("99",)
    assert meeting_of(found).withheld_papers == ("903",)
    assert "7003" not in json.dumps(found.as_json())
    assert "a table within the row" in str(found.warnings[0])


def test_rows_of_documents_belong_to_the_item_above() -> None:
    def documents(number: int) -> str:
        button = document(number, "Pro2", "Protokoll 2")
        return f'<tr class="zl12"><td></td><td colspan="3">&nbsp;</td><td>{button}</td></tr>'

    rows = (item("Ö 1", "Protokoll", 11), documents(7001), item("N 2", "Protokoll", 12), documents(7002))
    found = read(meeting(*rows), TO010)
    assert [file.native_id for file in meeting_of(found).agenda[0].files] == ["7001"]
    assert meeting_of(found).files == ()
    assert "7002" not in json.dumps(found.as_json())


def test_files_that_name_themselves_nonpublic() -> None:
    more = document(7001, "NIE öffentl.", "Protokoll 2") + document(7002, "NIE nichtöffentl.")
    more += document(7003, "Protokoll", "Niederschrift nichtöffentlicher Teil") + document(7004, "Bekanntmachung")
    found = meeting_of(read(meeting(item("Ö 1", "Eröffnung", 11), beside=f"<div>{more}</div>"), TO010))
    assert [(file.native_id, file.role.value) for file in found.files] == [("7001", "minutes"), ("7004", "invitation")]
    assert found.files[0].url == "https://ris.quellenthal.example/bi/do027.asp?DOLFDNR=7001&options=64"


def test_responsive_skin() -> None:
    rows = (
        new_item("Ö 1", "Eröffnung", 11),
        new_item("N 2", "Verkauf der Mühle", 12, "901 VO/9"),
        new_item("Ö 2.1", 'Niederschrift vom <a href="si010_r.asp?YY=2026&amp;MM=06&amp;DD=29">29.06.2026</a>', 13),
        new_item("Ö 3", "Radweg", 14, "902 VO/2026/10"),
    )
    found = read(new_meeting(*rows), "to010_r.asp?SILFDNR=500")
    read_as = meeting_of(found)
    assert numbers(read_as.agenda) == ["1", "2.1", "3"]
    assert read_as.agenda[1].name == "Niederschrift vom 29.06.2026"
    assert (read_as.agenda[2].paper, read_as.agenda[2].reference) == ("902", "VO/2026/10")
    assert (read_as.withheld, read_as.withheld_papers) == (("12",), ("901",))
    assert found.page == "to010_r"
    assert found.follow[0] == "https://ris.quellenthal.example/bi/vo020_r.asp?VOLFDNR=902"


def test_rows_run_together_and_rows_without_a_number() -> None:
    together = (item("Ö 1", "Eröffnung", 11) + item("N 2", "Verkauf der Mühle", 12)).replace(
        "</tr><tr class=", "<i class="
    )
    bare = item("N 3", "Verkauf des Hofs", 13).replace(">N 3</a>", "></a>")
    found = read(meeting(together, bare, item("Ö 4", "Radweg", 14)), TO010)
    assert numbers(meeting_of(found).agenda) == ["4"]
    assert meeting_of(found).withheld == ("11", "12", "13")
    assert "Verkauf" not in json.dumps(found.as_json(), ensure_ascii=False)


def test_a_note_quotes_no_number_of_the_nonpublic_part() -> None:
    rows = (heading("Nichtöffentlicher Teil"), item("Ö 5", "Verkauf", 11).replace(">Ö 5<", ">Ö 5 Kaufvertrag Maier<"))
    found = read(meeting(*rows), TO010)
    assert meeting_of(found).agenda == ()
    assert found.warnings != ()
    assert "Maier" not in json.dumps(found.as_json(), ensure_ascii=False)

"""The oldest interface: a meeting's page with its tables, and the calendar's table."""

from __future__ import annotations

import pytest

from council.model import FileRole, Meeting, Paper
from crawlers.morerubin.pages import read_page
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.page import Page
from tests.crawlers.morerubin.invented import HOST, OLD, meetings_of, numbers, old_page, old_row, pdf_form

PAPER_ROW = old_row(
    "Ö", "2", "Neue Bänke am Ufer [Vorlage: SV-2011/0042, 1. Fassung]", pdf_form("vorl", "4200042", "Vorlage")
)


def read_old(html: str, url: str = OLD, encoding: str = "utf-8") -> tuple[Meeting, list[Paper], Page]:
    """Read such a page."""
    page = read_page(html.encode(encoding), url)
    (found,) = meetings_of(page)
    return found, [record for record in page.records if isinstance(record, Paper)], page


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_meeting(encoding: str) -> None:
    html = old_page(old_row("Ö", "1", "Begrüßung der Gäste") + PAPER_ROW)
    found, (paper,), page = read_old(html, encoding=encoding)
    assert (page.page, page.warnings) == ("sitzungen_top", ())
    assert (found.native_id, found.name) == ("2011-SR-3", "3. Sitzung des Stadtrates Kleinstadt")
    assert (str(found.start), str(found.end)) == ("2011-11-17 17:00:00+01:00", "2011-11-17 19:45:00+01:00")
    assert found.location is not None
    assert found.location.description == "Großer Saal"
    assert found.organization[0].name == "Stadtrat"
    assert [(item.number, item.name, item.reference) for item in found.agenda] == [
        ("1", "Begrüßung der Gäste", None),
        ("2", "Neue Bänke am Ufer", "SV-2011/0042"),
    ]
    assert (paper.native_id, paper.reference) == ("4200042", "SV-2011/0042")
    assert paper.consultations[0].meeting == "2011-SR-3"
    (file,) = paper.files
    assert (file.native_id, file.role, file.name) == ("4200042", FileRole.MAIN, "Vorlage")
    assert file.url == (f"{HOST}/show_pdf.php?_typ_432=vorl&_doc_n1=datei.pdf&_nid_nr=4200042&_neu_dok=&status=1")


@pytest.mark.parametrize(
    "sign", ["N", "NÖ", "nichtöffentlich", "<img alt='nicht öffentlich' src='schloss.gif'>", "", "?"]
)
def test_rows_that_are_not_proven_public(sign: str) -> None:
    row = old_row(sign, "2", "Grundstück Hinterhof", pdf_form("vorl", "4200099", "Vorlage"))
    found, papers, page = read_old(old_page(old_row("Ö", "1", "Begrüßung") + row + old_row("Ö", "3", "Anfragen")))
    assert (numbers(found.agenda), papers) == (["1", "3"], [])
    assert "4200099" in found.withheld_papers
    assert "Hinterhof" not in str(page.as_json())
    assert len(page.warnings) == (1 if sign in {"", "?"} else 0)


def heading(text: str) -> str:
    """A row with one cell."""
    return f"<tr><td colspan='999999'>{text}</td></tr>"


def test_headings_are_proof_where_rows_have_no_sign() -> None:
    rows = (
        heading("Öffentlicher Teil")
        + old_row("", "1", "Begrüßung")
        + heading("Nichtöffentlicher Teil")
        + old_row("", "2", "Hinterhof")
    )
    assert numbers(read_old(old_page(rows))[0].agenda) == ["1"]


def test_an_unknown_heading_ends_the_public_part_and_is_said() -> None:
    rows = (
        heading("Öffentlicher Teil") + old_row("", "1", "Begrüßung") + heading("Sonderteil") + old_row("", "2", "Hof")
    )
    found, _, page = read_old(old_page(rows))
    assert numbers(found.agenda) == ["1"]
    assert "heading of a part" in page.warnings[0].what
    assert "Sonderteil" not in str(page.as_json()), "it may be the title of what is not public"


def test_a_sign_does_not_help_in_the_other_part() -> None:
    rows = heading("Nichtöffentlicher Teil") + old_row("Ö", "1", "Hinterhof")
    assert read_old(old_page(rows))[0].agenda == ()


def test_documents_by_their_own_status_and_name() -> None:
    forms = (
        pdf_form("anl", "4200042", "Plan", stored="plan.pdf")
        + pdf_form("anl", "4200042", "Vertrag", status="2", stored="vertrag.pdf")
        + pdf_form("anl", "4200042", "NÖ Anlage", stored="noe.pdf")
        + pdf_form("anl", "1", "Freie Suche", stored="frei.pdf").replace("</form>", "<input name='wort'></form>")
        + pdf_form("anl", "1", "Fremdes", stored="b.pdf").replace("show_pdf", "https://boese.example.test/show_pdf")
    )
    found, _, _ = read_old(old_page(old_row("Ö", "1", "Bänke", forms)))
    assert [file.name for file in found.agenda[0].files] == ["Plan"]


def test_files_of_the_meeting_stand_outside_the_agenda() -> None:
    html = old_page(
        PAPER_ROW, more=pdf_form("einl", "2011-SR-3", "Einladung") + pdf_form("nied", "2011-SR-3", "Niederschrift")
    )
    found, _, _ = read_old(html)
    assert [(file.name, file.role) for file in found.files] == [
        ("Einladung", FileRole.INVITATION),
        ("Niederschrift", FileRole.MINUTES),
    ]


def test_tables_inside_cells_are_no_rows() -> None:
    inner = "<table><tr><td>Ö</td><td>9</td><td>Hinterhof geheim</td></tr></table>"
    found, _, _ = read_old(old_page(old_row("Ö", "1", "Begrüßung und sehr viel mehr als das in der Tabelle", inner)))
    assert numbers(found.agenda) == ["1"]


@pytest.mark.parametrize(
    ("termin", "start", "end"),
    [
        ("17.11.2011, 17:00 Uhr", "17:00:00", None),
        ("17.11.2011", "00:00:00", None),
        ("Do., 17.11.2011, 17.00 Uhr bis 18.15 Uhr", "17:00:00", "18:15:00"),
        ("Do 17.11.11, 17 Uhr - 18:15 Uhr", "17:00:00", "18:15:00"),
        ("Donnerstag, 17. November 2011, 17:00 - 18 Uhr", "17:00:00", "18:00:00"),
        ("17.11.2011 17:00-18:15", "17:00:00", "18:15:00"),
        ("17.11.2011</td></tr><tr><td>Uhrzeit:</td><td>17.00 Uhr", "17:00:00", None),
        (
            "17.11.2011</td></tr><tr><td>Beginn</td><td>17 Uhr</td></tr><tr><td>Ende</td><td>18:15",
            "17:00:00",
            "18:15:00",
        ),
    ],
)
def test_days_and_times(termin: str, start: str, end: str | None) -> None:
    found, _, _ = read_old(old_page("", termin))
    assert str(found.start)[11:19] == start
    assert (str(found.end)[11:19] if found.end else None) == end


def test_without_a_day_or_a_number_it_is_no_meeting() -> None:
    with pytest.raises(UnexpectedResponse, match="Termin"):
        read_old(old_page("", "wird bekanntgegeben"))
    with pytest.raises(UnexpectedResponse, match="sid"):
        read_old(old_page(""), f"{HOST}/sitzungen_top.php")


def test_hundreds_of_rows() -> None:
    rows = "".join(old_row("Ö", str(place), f"Punkt der Tagesordnung {place}") for place in range(1, 501))
    assert len(read_old(old_page(rows))[0].agenda) == 500


# --- the calendar


def calendar_row(day: str, time: str, title: str, target: str) -> str:
    """A row of the calendar."""
    return (
        f"<tr><td class='SKDatum_td'>{day}</td><td class='SKZeit_td'>{time}</td>"
        f"<td class='SKTerminTitel_td'>{title}{target}</td><td class='SKRaum_td'>Saal</td></tr>"
    )


def sid_form(number: str) -> str:
    """A button that leads to a meeting."""
    return (
        f"<form action='sitzungen_top.php' method='post'><input type='hidden' name='sid' value='{number}'>"
        "<input type='image' src='auge.gif'></form>"
    )


def test_a_calendar() -> None:
    rows = (
        calendar_row("17.11.2011", "17:00 Uhr", "3. Sitzung des Stadtrates", sid_form("2011-SR-3"))
        + calendar_row("", "19:00 Uhr", "Bauausschuss - abgesagt", sid_form("ni_2011-BA-1"))
        + calendar_row("21.11.2011", "18:00", "Ortsrat", "<a href='meeting.php?id=2011-OR-4'>zur Sitzung</a>")
        + calendar_row("Di 22.11.11", "18 Uhr", "Kreistag", sid_form("2011-KT-1"))
        + calendar_row("22.11.2011", "18:00", "Ohne Link", "<a href='javascript:nichts()'>x</a>")
    )
    html = f"<html><body><table class='table_sk'><tr><th>Tag</th></tr>{rows}</table></body></html>"
    page = read_page(html.encode(), f"{HOST}/sitzungskalender.php?month=2011-11")
    assert page.page == "sitzungskalender"
    assert [(meeting.native_id, str(meeting.start)[:16], meeting.cancelled) for meeting in meetings_of(page)] == [
        ("2011-SR-3", "2011-11-17 17:00", False),
        ("2011-BA-1", "2011-11-17 19:00", True),
        ("2011-OR-4", "2011-11-21 18:00", False),
        ("2011-KT-1", "2011-11-22 18:00", False),
    ]
    assert page.follow == (
        f"{HOST}/sitzungen_top.php?sid=2011-SR-3",
        f"{HOST}/sitzungen_top.php?sid=ni_2011-BA-1",
        f"{HOST}/meeting.php?id=2011-OR-4",
        f"{HOST}/sitzungen_top.php?sid=2011-KT-1",
    )
    assert "row 6" in page.warnings[0].where
    assert "Ohne Link" not in str(page.as_json())


def test_a_row_of_the_calendar_does_not_get_the_day_above_where_it_says_one_of_its_own() -> None:
    rows = (
        calendar_row("17.11.2011", "17 - 19 Uhr", "Stadtrat", sid_form("2011-SR-3"))
        + calendar_row("18. Nov", "18:00", "Ortsrat", sid_form("2011-OR-1"))
        + calendar_row("", "20.15 Uhr", "Kreistag", sid_form("2011-KT-1"))
    )
    html = f"<html><body><table class='table_sk'>{rows}</table></body></html>"
    page = read_page(html.encode(), f"{HOST}/sitzungskalender.php?month=2011-11")
    (found,) = meetings_of(page)
    assert (str(found.start)[:16], str(found.end)[:16]) == ("2011-11-17 17:00", "2011-11-17 19:00")
    assert len(page.warnings) == 2, "of the third row the day is not known either"

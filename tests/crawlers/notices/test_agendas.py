"""Notices with an agenda: what is proven public becomes an item, and nothing else, however a municipality writes it."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import FileRole
from crawlers.parsing.dates import BERLIN
from tests.crawlers.notices.invented import (
    INVITATION,
    NOTICE,
    agenda,
    invitation,
    meeting,
    meetings,
    page,
    papers,
    read,
)

HIDDEN = "Geheimes Grundstück"


def test_a_whole_notice() -> None:
    found = meeting(
        invitation(
            "<p>Die Sitzung findet am Donnerstag, dem 12.11.2026, um 19:00 Uhr im Sitzungssaal des Ratha"
            "uses, Ringstraße 5,"
            " 06999 Erlenbruch statt.</p><h2>Tagesordnung</h2><h3>A. Öffentlicher Teil</h3><ol><li>Eröffnung</li>"
            '<li>Haushalt <a href="/d/12.pdf">Vorlage 12/2026</a></li><li>Bekanntgabe nichtöffentlich ge'
            "fasster Beschlüsse</li>"
            f'</ol><h3>B. Nichtöffentlicher Teil</h3><ol><li>{HIDDEN} <a href="/d/13.pdf">Vorlage 13/2026</a></li></ol>'
            '<p>gez. Erle, Bürgermeisterin</p><p><a href="/d/e.pdf">Einladung</a> <a href="/d/13.pdf">Anlage</a></p>'
        )
    )
    assert found.native_id == "sitzung/gemeinderat/2026-11-12"
    assert found.start == dt.datetime(2026, 11, 12, 19, tzinfo=BERLIN)
    assert found.location is not None
    assert found.location.description == "Sitzungssaal des Rathauses"
    assert (found.location.street_address, found.location.postal_code) == ("Ringstraße 5", "06999")
    assert [(item.number, item.name, item.reference, len(item.files), item.public) for item in found.agenda] == [
        ("1", "Eröffnung", None, 0, True),
        ("2", "Haushalt", "12/2026", 1, True),
        ("3", "Bekanntgabe nichtöffentlich gefasster Beschlüsse", None, 0, True),
    ]
    assert [(file.native_id, file.role) for file in found.files] == [("d/e.pdf", FileRole.INVITATION)]
    assert "d/13.pdf" in found.withheld_papers


PUBLIC = [("1", "Eröffnung"), ("2", "Radweg")]
WAYS = {
    "lines": "<p><b>Öffentlicher Teil:</b><br>1. Eröffnung<br>2. Radweg<br><b>{heading}</b><br>3. {hidden}</p>",
    "paragraphs": "<p>Öffentlicher Teil</p><p>TOP 1: Eröffnung</p><p>TOP 2: Radweg</p><p>{heading}</p><p"
    ">TOP 3: {hidden}</p>",
    "lists": "<h3>Öffentliche Sitzung</h3><ol><li>Eröffnung</li><li>Radweg</li></ol><h3>{heading}</h3><o"
    "l><li>{hidden}</li></ol>",
    "table": "<table><tr><td colspan=2>Öffentlicher Teil</td></tr><tr><td>1.</td><td>Eröffnung</td></tr>"
    "<tr><td>2.</td><td>"
    "Radweg</td></tr><tr><td colspan=2>{heading}</td></tr><tr><td>3.</td><td>{hidden}</td></tr></table>",
    "nested table": "<table><tr><td><table><tr><td><b>Öffentlicher Teil</b></td></tr><tr><td>1.</td><td>"
    "Eröffnung</td></tr>"
    "<tr><td>2.</td><td>Radweg</td></tr><tr><td colspan=2><table><tr><td>{heading}</td></tr><tr><td>3.</"
    "td><td>{hidden}</td></tr>"
    "</table></td></tr><tr><td>4.</td><td>{hidden}</td></tr></table></td></tr></table>",
}


@pytest.mark.parametrize("heading", [
    "Nichtöffentlicher Teil", "B) Nicht öffentlicher Teil:", "II. Nichtöffentliche Sitzung", "NICHTÖFFENTLICHER TEIL",
    "Vertraulicher Teil", "Geschlossene Sitzung", "Danach nicht öffentlich:", "Weitere Beratung",
])  # fmt: skip
@pytest.mark.parametrize("way", WAYS)
def test_nothing_behind_any_other_heading(way: str, heading: str) -> None:
    markup = invitation(WAYS[way].format(heading=heading, hidden=HIDDEN))
    assert agenda(markup) == PUBLIC
    assert HIDDEN not in str(read(markup, NOTICE).as_json())


@pytest.mark.parametrize(
    "item",
    [f"N 3 {HIDDEN}", f"NÖ 3 {HIDDEN}", f"3. NÖ: {HIDDEN}", f"3. {HIDDEN} (nichtöffentlich)", f"3. (n.ö.) {HIDDEN}"],
)
def test_non_public_items_between_public_ones(item: str) -> None:
    markup = invitation(f"<p>Öffentlicher Teil</p><p>1. Eröffnung</p><p>2. Radweg</p><p>{item}</p><p>4. Anfragen</p>")
    assert agenda(markup) == [*PUBLIC, ("4", "Anfragen")]
    assert len(meeting(markup).withheld) == 1


def test_marks_without_any_heading() -> None:
    markup = invitation(
        "<table><tr><th>TOP</th><th>Betreff</th><th>Vorlage</th></tr><tr><td>Ö 1</td><td>Eröffnung</td><td></td></tr>"
        f'<tr><td>N 2</td><td>{HIDDEN}</td><td><a href="/g.pdf">BV/2/26</a></td></tr><tr><td>Ö 3</td><td'
        f">Radweg</td></tr></table>"
        '<p><a href="/g.pdf">Einladung</a></p>'
    )
    assert agenda(markup) == [("1", "Eröffnung"), ("3", "Radweg")]
    assert "g.pdf" in meeting(markup).withheld_papers
    assert meeting(markup).files == ()


@pytest.mark.parametrize("badge", ["(Ö) 3", "Ö: 3", "TOP [Ö] 3", "öff. 3", "3 (öffentlich)", "3 Ö"])
@pytest.mark.parametrize("head", ["<tr><td>Ö 1</td><td>Eröffnung</td></tr>", "<tr><td>Öffentlicher Teil</td></tr>"])
def test_a_badge_in_a_cell_of_its_own_is_proof_and_no_part_of_the_number(badge: str, head: str) -> None:
    assert agenda(invitation(f"<table>{head}<tr><td>{badge}</td><td>Radweg</td></tr></table>"))[-1] == ("3", "Radweg")


@pytest.mark.parametrize("badge", ["X 2", "G 2", "(NÖ) 2", "2 (nö)", "Ö 2 / N 2", "vertraulich 2"])
def test_another_badge_in_a_cell_of_its_own_withholds_the_item_below_a_public_heading(badge: str) -> None:
    rows = f"<tr><td>1</td><td>Eröffnung</td></tr><tr><td>{badge}</td><td>{HIDDEN}</td></tr>"
    markup = invitation(f"<p>Öffentlicher Teil</p><table>{rows}</table>")
    assert agenda(markup) == [("1", "Eröffnung")]
    assert HIDDEN not in str(read(markup, NOTICE).as_json())


@pytest.mark.parametrize("item", ["(NÖ) 3 {0}", "[N] 3 {0}", "NÖ: 3 {0}", "nichtöff. 3 {0}"])
def test_another_badge_before_the_number_of_a_line_withholds_the_item(item: str) -> None:
    markup = invitation(f"<p>Öffentlicher Teil</p><p>1. Eröffnung</p><p>{item.format(HIDDEN)}</p><p>4. Anfragen</p>")
    assert agenda(markup) == [("1", "Eröffnung"), ("4", "Anfragen")]


@pytest.mark.parametrize("item", ["(Ö) 3 Radweg", "Ö: 3 Radweg", "Ö 3 Radweg", "öff. 3 Radweg"])
def test_a_badge_before_the_number_of_a_line_is_proof(item: str) -> None:
    assert agenda(invitation(f"<h2>Tagesordnung</h2><p>{item}</p>")) == [("3", "Radweg")]


def test_a_row_that_begins_with_a_day_or_a_time_is_no_item() -> None:
    rows = "<tr><td>12.11.2026</td><td>Beginn der Frist</td></tr><tr><td>19:00</td><td>Einlass</td></tr>"
    assert agenda(invitation(f"<p>Öffentlicher Teil</p><p>1. Eröffnung</p><table>{rows}</table>")) == [
        ("1", "Eröffnung")
    ]


def test_without_proof_there_is_no_item_but_a_note() -> None:
    found = read(invitation(f"<h2>Tagesordnung</h2><ol><li>Eröffnung</li><li>{HIDDEN}</li></ol>"), NOTICE)
    assert meetings(found)[0].agenda == ()
    assert "without a heading or a mark" in found.warnings[0].what


def test_a_title_that_says_public_is_proof_only_where_nothing_speaks_of_a_non_public_part() -> None:
    title = "Einladung zur öffentlichen Sitzung des Gemeinderates am 12.11.2026"
    items = "<h2>Tagesordnung</h2><ol><li>Eröffnung</li><li>Radweg</li></ol>"
    assert agenda(invitation(items, title=title)) == PUBLIC
    assert agenda(invitation(items + "<p>Danach wird nicht öffentlich beraten.</p>", title=title)) == []


def test_numbers_that_begin_again_end_the_public_part() -> None:
    markup = invitation(f"<p>Öffentlicher Teil</p><ol><li>Eröffnung</li><li>Radweg</li></ol><ol><li>{HIDDEN}</li></ol>")
    assert agenda(markup) == PUBLIC
    assert "begin again" in read(markup, NOTICE).warnings[0].what


def test_parts_as_items_of_a_list() -> None:
    markup = invitation(
        "<ol><li><b>Öffentlicher Teil</b><ol><li>Eröffnung</li></ol></li>"
        f"<li><b>Interner Teil</b><ol><li>{HIDDEN}</li></ol></li></ol>"
    )
    assert agenda(markup) == [(None, "Eröffnung")]


def test_an_unknown_heading_is_reported() -> None:
    found = read(
        invitation(f"<h3>Öffentlicher Teil</h3><p>1. A</p><h3>Sonstiger Abschnitt</h3><p>2. {HIDDEN}</p>"), NOTICE
    )
    warning = found.warnings[0].what
    assert "heading that is not known" in warning
    assert "Sonstiger Abschnitt" not in warning, "it may be the title of what is not public"


def test_documents_beside_a_non_public_part_need_a_name_that_is_public() -> None:
    found = read(
        invitation(
            f"<p>Öffentlicher Teil</p><p>1. Radweg</p><p>Nichtöffentlicher Teil</p><p>2. {HIDDEN}</p>"
            '<div><ul><li><a href="/d/vertrag.pdf">Vertrag</a></li><li><a href="/d/Einladung_NÖ.pdf">Einladung</a></li>'
            '<li><a href="/d/bek.pdf">Bekanntmachung</a></li></ul></div>'
        ),
        NOTICE,
    )
    assert [file.native_id for file in meetings(found)[0].files] == ["d/bek.pdf"]
    assert found.follow == ()


@pytest.mark.parametrize("content", [
    "<table><tr><td>Ort:</td><td>Saal</td></tr><tr><td>Beginn:</td><td>18:30</td></tr><tr><td>Ende:</td>"
    "<td>20:00 Uhr</td></tr></table>",
    "<p>Ort: Saal<br>Zeit: 18.30 - 20.00 Uhr</p>",
    "<dl><dt>Ort</dt><dd>Saal</dd><dt>Uhrzeit</dt><dd>18:30 bis 20:00 Uhr</dd></dl>",
])  # fmt: skip
def test_time_and_place_behind_labels(content: str) -> None:
    found = meeting(invitation(content))
    assert found.start == dt.datetime(2026, 11, 12, 18, 30, tzinfo=BERLIN)
    assert found.end == dt.datetime(2026, 11, 12, 20, tzinfo=BERLIN)
    assert found.location is not None
    assert found.location.description == "Saal"


def test_missing_time_and_place_are_unknown() -> None:
    found = meeting(invitation("<p>Öffentlicher Teil</p><p>1. Radweg</p>"))
    assert (found.start, found.end, found.location) == (dt.datetime(2026, 11, 12, tzinfo=BERLIN), None, None)


def test_the_meeting_stands_only_in_the_text() -> None:
    markup = page(
        "<h1>Öffentliche Bekanntmachung</h1><p>Die 2. Sitzung des Ausschusses für Bau und Umwelt findet "
        "am 3. Dezember 2026 um "
        "18 Uhr in der Schule Erlenbruch statt.</p><p>Öffentliche Sitzung</p><p>1. Radweg</p>"
    )
    found = meeting(markup)
    assert (found.native_id, found.name) == (
        "sitzung/ausschuss-fuer-bau-und-umwelt/2026-12-03",
        "2. Sitzung des Ausschusses für Bau und Umwelt",
    )
    assert [item.name for item in found.agenda] == ["Radweg"]


def test_called_off_in_title_or_text() -> None:
    assert meeting(invitation("<p>Text</p>", title=f"Abgesagt: {INVITATION}")).cancelled
    assert meeting(invitation("<p>Die Sitzung am 12.11.2026 entfällt.</p>")).cancelled
    assert not meeting(invitation("<p>Öffentlicher Teil</p><p>1. Der Termin entfällt nicht</p>")).cancelled


def test_a_notice_of_a_non_public_sitting_leaves_nothing() -> None:
    title = "Einladung zur nichtöffentlichen Sitzung des Gemeinderates am 12.11.2026"
    found = read(invitation(f'<p>1. {HIDDEN} <a href="/g.pdf">Vorlage</a></p>', title=title), NOTICE)
    assert (found.records, found.follow) == ((), ())


def test_hundreds_of_items() -> None:
    items = "".join(f"<p>{number}. Punkt</p>" for number in range(1, 700))
    assert len(agenda(invitation(f"<p>Öffentlicher Teil</p>{items}"))) == 699


def test_other_notices_keep_their_text_only_where_all_of_it_is_public() -> None:
    text = "Die Satzung liegt vom 1. bis 30. November im Rathaus zu jedermanns Einsicht aus. Einwände sind zu erheben."
    (paper,) = papers(read(invitation(f"<p>{text}</p>", title="Auslegung der Satzung"), NOTICE))
    assert paper.files[0].text is not None
    assert text in paper.files[0].text
    found = read(invitation(f"<p>{text} Nichtöffentlich: {HIDDEN}</p>", title="Auslegung der Satzung"), NOTICE)
    assert papers(found)[0].files == ()
    assert HIDDEN not in str(found.as_json())


@pytest.mark.parametrize(
    "closing",
    [
        "Schließung der öffentlichen Sitzung",
        "Ausschluss der Öffentlichkeit gemäß § 35 GemO",
        "Ende des öffentlichen Teils",
    ],
)
def test_an_item_that_closes_the_public_part_is_the_last_one(closing: str) -> None:
    lines = f"<p>Öffentlicher Teil<br>1. Eröffnung<br>2. Radweg<br>3. {closing}<br>4. {HIDDEN}</p>"
    page_read = read(invitation(lines), NOTICE)
    (found,) = meetings(page_read)
    assert [item.number for item in found.agenda] in (["1", "2"], ["1", "2", "3"])
    assert HIDDEN not in str(page_read.as_json())
    assert page_read.warnings


def test_what_is_numbered_below_a_withheld_item_is_withheld() -> None:
    lines = f"<p>Öffentlicher Teil<br>1. Eröffnung<br>2. Mühle (nichtöffentlich)<br>2.1 {HIDDEN}<br>3. Radweg</p>"
    assert agenda(invitation(lines)) == [("1", "Eröffnung"), ("3", "Radweg")]

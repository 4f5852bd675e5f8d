"""Notices as yet other municipalities write them: base addresses, words in other places, rescheduled meetings."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import FileRole
from crawlers.parsing.dates import BERLIN
from tests.crawlers.notices.invented import NOTICE, agenda, invitation, meeting, meetings, page, papers, read

HIDDEN = "Geheimes Grundstück"


@pytest.mark.parametrize("base", ["https://www.erlenbruch.example.de/", "/", "//www.erlenbruch.example.de/x.html"])
def test_relative_addresses_are_meant_from_the_base_address(base: str) -> None:
    markup = page(
        '<ul><li><a href="d/amtsblatt-3-2026.pdf">Amtsblatt Nr. 3/2026</a></li>'
        '<li>12.11.2026 <a href="rathaus/n.html">Haushaltssatzung</a></li></ul>'
        '<a rel="next" href="rathaus/l.html?p=2">2</a>',
        head=f'<base href="{base}">',
    )
    found = read(markup, "https://www.erlenbruch.example.de/rathaus/tief/bekanntmachungen.html")
    assert [paper.native_id for paper in papers(found)] == ["d/amtsblatt-3-2026.pdf", "rathaus/n.html"]
    assert "https://www.erlenbruch.example.de/rathaus/n.html" in found.follow


def test_a_base_address_of_another_host_leads_nowhere() -> None:
    markup = page(
        '<ul><li>12.11.2026 <a href="rathaus/n.html">Haushaltssatzung</a></li>'
        '<li>12.11.2026 <a href="/rathaus/m.html">Wahl</a></li></ul>',
        head='<base href="https://boese.example.com/">',
    )
    assert not any("erlenbruch" in url or "boese" in url for url in read(markup).follow)


@pytest.mark.parametrize("base", ["", "javascript:x", "http://[", "#"])
def test_a_base_address_that_is_none_is_passed_over(base: str) -> None:
    markup = page('<ul><li><a href="d/1.pdf">Amtsblatt Nr. 3/2026</a></li></ul>', head=f'<base href="{base}">')
    assert [paper.native_id for paper in papers(read(markup))] == ["rathaus/d/1.pdf"]


def test_a_heading_that_is_not_known_is_never_told() -> None:
    found = read(
        invitation(
            f"<h3>Öffentlicher Teil</h3><ol><li>Eröffnung</li></ol><p><b>{HIDDEN}</b></p><ol><li>{HIDDEN}</li></ol>"
        ),
        NOTICE,
    )
    assert "heading that is not known" in found.warnings[0].what
    assert HIDDEN not in str(found.as_json())


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ('Am Donnerstag, dem 12.11.2026 um 19:30 Uhr findet im Gasthof "Zur Linde" in Erlen die Sitzung statt.',
         'Gasthof "Zur Linde" in Erlen'),
        ("Die Sitzung findet am 12.11.2026, 19 Uhr, im Bürgersaal statt.", "Bürgersaal"),
        ("Zeit: 19 Uhr</p><p>Ort: Bürgersaal", "Bürgersaal"),
    ],
)  # fmt: skip
def test_places_in_sentences(text: str, description: str) -> None:
    found = meeting(invitation(f"<p>{text}</p><p>Öffentlicher Teil</p><p>1. Eröffnung</p>"))
    assert found.location is not None
    assert found.location.description == description


def test_a_place_in_the_title() -> None:
    title = "Öffentliche Sitzung des Gemeinderates am Donnerstag, 12.11.2026 um 18:30 Uhr im Bürgersaal"
    found = meeting(invitation("<h3>Öffentlicher Teil</h3><p>1. Eröffnung</p>", title=title))
    assert found.location is not None
    assert found.location.description == "Bürgersaal"
    assert found.start == dt.datetime(2026, 11, 12, 18, 30, tzinfo=BERLIN)


def test_room_and_place_in_rows_of_their_own() -> None:
    rows = (
        "<tr><td>Raum:</td><td>Ratssaal</td></tr><tr><td>Sitzungsort:</td><td>Rathaus, Markt 5, 06999 Erlen</td></tr>"
    )
    found = meeting(invitation(f"<table>{rows}</table><p>Öffentlicher Teil</p><p>1. Eröffnung</p>"))
    place = found.location
    assert place is not None
    assert (place.description, place.room, place.street_address, place.locality) == (
        "Rathaus", "Ratssaal", "Markt 5", "Erlen",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Die Sitzung des Gemeinderates am 12.11.2026 wird auf Donnerstag, 19.11.2026, 18:00 Uhr verschoben.",
        "Die für den 12.11.2026, 17:00 Uhr geplante Sitzung des Gemeinderates wurde auf den 19. November 2026 verlegt.",
    ],
)
def test_a_moved_meeting_is_off_on_its_first_day_and_does_not_get_the_new_time(text: str) -> None:
    found = meeting(invitation(f"<p>{text} Ort: Bürgerhaus</p>", title="Verlegung der Sitzung des Gemeinderates"))
    assert found.cancelled
    assert found.start is not None
    assert found.start.date() == dt.date(2026, 11, 12)
    assert found.start.hour != 18


def test_a_link_as_pdf_is_called_without_that() -> None:
    found = meeting(
        invitation(
            '<p>Öffentlicher Teil</p><p>1. Eröffnung</p><p><a href="/d/e.pdf">Einladung als PDF (120 KB)</a></p>'
        )
    )
    assert [(file.name, file.role) for file in found.files] == [("Einladung", FileRole.INVITATION)]


def test_an_event_for_machines_and_the_same_for_people_are_one_meeting() -> None:
    event = (
        '<script type="application/ld+json">{"@type":"Event","name":"Sitzung des Gemeinderates",'
        '"startDate":"2026-11-12T18:00:00+01:00"}</script>'
    )
    found = read(page("<h1>Gemeinderatssitzung</h1><p>12.11.2026, 18:00 Uhr</p><p>Rathaus</p>", head=event), NOTICE)
    assert [meeting.native_id for meeting in meetings(found)] == ["sitzung/gemeinderat/2026-11-12"]
    assert papers(found) == []


def test_a_day_and_time_alone_in_their_line() -> None:
    markup = page(
        "<h1>Sitzung des Gemeinderates</h1><p>Do., 12.11.2026, 18:00 – 20:00 Uhr</p>"
        "<h3>Öffentlicher Teil</h3><p>1. Eröffnung</p>"
    )
    (found,) = meetings(read(markup, NOTICE))
    assert (str(found.start)[:16], str(found.end)[:16]) == ("2026-11-12 18:00", "2026-11-12 20:00")


def test_the_download_addresses_of_ikiss() -> None:
    found = read(
        page(
            '<ul><li><h3><a href="/downloads/datei/OTAwMDAxOTc0Oy07">Satzung über die Straßenreinigung</a></h3>'
            "<span>pdf, 230 kB</span></li></ul>"
        )
    )
    assert [paper.name for paper in papers(found)] == ["Satzung über die Straßenreinigung"]
    assert found.follow == ()


def test_the_day_below_the_heading_of_an_issue() -> None:
    found = read(
        page(
            '<div><div><h5><a href="/d/4.pdf">Amtsblatt Nr. 4/2026</a></h5><p>30. 04. 2026</p></div>'
            '<div><h5><a href="/d/5.pdf">Amtsblatt Nr. 5/2026</a></h5><p>31. 05. 2026</p></div></div>'
        )
    )
    assert [str(paper.date) for paper in papers(found)] == ["2026-04-30", "2026-05-31"]


def test_more_lines_of_an_item_belong_to_its_name() -> None:
    markup = invitation(
        "<h3>Öffentlicher Teil</h3><ol><li>Bebauungsplan „Am Anger“<br>hier: Aufstellungsbeschluss<br>"
        "Vorlage: 12/2026</li>"
        '<li>Radweg<br><a href="/d/1.pdf">Plan</a></li></ol>'
    )
    assert agenda(markup) == [("1", "Bebauungsplan „Am Anger“ hier: Aufstellungsbeschluss"), ("2", "Radweg")]


def test_a_document_behind_the_public_part_is_said_and_not_named() -> None:
    found = read(
        invitation(
            f"<p>Öffentlicher Teil</p><p>1. Eröffnung</p><h3>{HIDDEN}</h3><p>2. {HIDDEN}</p>"
            f'<p><a href="/d/{HIDDEN[:3]}.pdf">{HIDDEN} als PDF</a></p>'
        ),
        NOTICE,
    )
    assert any("document" in warning.what for warning in found.warnings)
    assert HIDDEN not in str(found.warnings)


def test_a_line_that_goes_on_ends_no_part() -> None:
    markup = invitation(
        "<p>Öffentlicher Teil<br>1. Eröffnung<br>und Begrüßung<br>2. Haushalt<br>- Satzung -<br>3. Anfragen<br>"
        f"Nichtöffentlicher Teil<br>4. {HIDDEN}<br>und mehr davon</p>"
    )
    assert agenda(markup) == [("1", "Eröffnung und Begrüßung"), ("2", "Haushalt - Satzung -"), ("3", "Anfragen")]


def test_a_line_that_may_be_a_heading_goes_on_with_nothing() -> None:
    markup = invitation(f"<p>Öffentlicher Teil<br>1. Eröffnung<br>{HIDDEN}<br>2. {HIDDEN}</p>")
    assert agenda(markup) == [("1", "Eröffnung")]


def test_a_row_of_a_moved_meeting_stays_on_its_own_day() -> None:
    found = read(
        page(
            "<h1>Sitzungskalender</h1><ul>"
            "<li>Di., 10.11.2026, 19 Uhr: Bauausschuss (verschoben auf den 17.11.2026)</li>"
            "<li>Di., 17.11.2026, 19 Uhr: Gemeinderat</li></ul>"
        )
    )
    assert [(meeting.native_id, meeting.cancelled) for meeting in meetings(found)] == [
        ("sitzung/bauausschuss/2026-11-10", True),
        ("sitzung/gemeinderat/2026-11-17", False),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/login?next=/n",
        "/wp-login.php",
        "/mitglieder/eva-muster.html",
        "/galerie/rat",
        "/fotos/rat.html",
        "/suche?q=Rat",
    ],
)
def test_logins_people_photographs_and_searches_are_neither_followed_nor_kept(path: str) -> None:
    found = read(
        page(
            f'<ul><li>12.11.2026 <a href="{path}">Eva Muster, Telefon 0123</a></li>'
            '<li>12.11.2026 <a href="/n/1.html">Wahl der Mitglieder</a></li></ul>'
        )
    )
    assert [paper.native_id for paper in papers(found)] == ["n/1.html"]
    assert [url.rpartition("/")[2] for url in found.follow] == ["1.html"]


def test_minutes_in_a_row_with_a_short_year() -> None:
    found = read(
        page(
            "<h1>Niederschriften Stadtrat</h1><table><tr><th>Sitzung vom</th><th>Niederschrift</th></tr>"
            '<tr><td>15.01.26</td><td><a href="/n/1.pdf">Protokoll</a></td></tr></table>'
        )
    )
    assert [meeting.native_id for meeting in meetings(found)] == ["sitzung/stadtrat/2026-01-15"]
    assert papers(found) == []


@pytest.mark.parametrize(
    ("below", "starts"),
    [
        ('<p><time datetime="2026-11-12T18:00">12.11.2026 18:00–20:00 Uhr</time></p>', ["2026-11-12 18:00"]),
        ('<p class="date">Veröffentlicht am 02.11.2026, 10:00 Uhr</p>', []),
    ],
)
def test_the_day_of_an_event_and_the_day_of_its_publication(below: str, starts: list[str]) -> None:
    found = read(
        page(f'<h1>Termine</h1><div class="event"><h2><a href="/t/1.html">Gemeinderatssitzung</a></h2>{below}</div>')
    )
    assert [str(meeting.start)[:16] for meeting in meetings(found)] == starts
    assert [url.rpartition("/")[2] for url in found.follow] == ["1.html"]


def test_numbers_with_the_letter_of_their_part() -> None:
    markup = invitation(
        "<p>A Öffentlicher Teil</p><p>A 1 Eröffnung</p><p>A 2 Bericht</p>"
        f"<p>B Nichtöffentlicher Teil</p><p>B 1 {HIDDEN}</p>"
    )
    assert agenda(markup) == [("A 1", "Eröffnung"), ("A 2", "Bericht")]


def test_a_public_part_without_items_is_said() -> None:
    found = read(invitation("<p>Öffentlicher Teil</p><p>Eröffnung, Bericht, Anfragen</p>"), NOTICE)
    assert "public part" in str(found.warnings)

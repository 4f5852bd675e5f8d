"""Lists and notices in the shapes of many websites: cards, accordions, sections, calendars, names of files."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import FileRole
from council.notices import DEFAULT
from crawlers.notices.pages import read_page
from crawlers.notices.title import read_title
from crawlers.parsing.dates import BERLIN
from tests.crawlers.notices.invented import LIST, NOTICE, agenda, invitation, meeting, meetings, page, papers, read

HIDDEN = "Geheimes Grundstück"


def test_sections_under_headings_are_meetings_with_their_documents() -> None:
    found = read(
        page(
            "<h1>Bekanntmachungen und Ausschreibungen</h1><h3>Sitzung des Gemeinderates am 12.11.2026</h3>"
            '<p><a href="/d/1.pdf">Einladung</a></p><p><a href="/d/2.pdf">Haushalt</a></p>'
            "<h3>Sitzung des Ortschaftsrates Hintertal am 18.11.2026</h3><ul><li>"
            '<a href="/d/3.pdf">Einladung</a></li></ul>'
            '<h3>Ausschreibung Winterdienst</h3><p><a href="/d/4.pdf">Leistungsverzeichnis</a></p>'
        )
    )
    assert found.page == "notice-list"
    assert {
        meeting.native_id: [(file.native_id, file.role) for file in meeting.files] for meeting in meetings(found)
    } == {
        "sitzung/gemeinderat/2026-11-12": [("d/1.pdf", FileRole.INVITATION), ("d/2.pdf", FileRole.ATTACHMENT)],
        "sitzung/ortschaftsrat-hintertal/2026-11-18": [("d/3.pdf", FileRole.INVITATION)],
    }
    assert [paper.native_id for paper in papers(found)] == ["d/4.pdf"]


def test_several_meetings_with_agendas_on_one_page_keep_apart() -> None:
    found = read(
        page(
            "<h1>Aktuelle Sitzungen</h1><h2>Sitzung des Gemeinderates am 12.11.2026 um 19:00 Uhr</h2><p>Ort: Saal</p>"
            '<p>Öffentlicher Teil</p><ol><li>Haushalt <a href="/d/1.pdf">Vorlage</a></li>'
            "</ol><p>Nichtöffentlicher Teil</p>"
            f'<ol><li>{HIDDEN} <a href="/d/2.pdf">Vorlage</a></li></ol>'
            "<h2>Sitzung des Bauausschusses am 19.11.2026</h2><p>Öffentlicher Teil</p><ol><li>Radweg</li></ol>"
        )
    )
    council, building = meetings(found)
    assert (council.start, [item.name for item in council.agenda]) == (
        dt.datetime(2026, 11, 12, 19, tzinfo=BERLIN),
        ["Haushalt"],
    )
    assert ([file.native_id for file in council.agenda[0].files], council.files) == (["d/1.pdf"], ())
    assert council.withheld_papers == ("d/2.pdf",)
    assert [item.name for item in building.agenda] == ["Radweg"]
    assert HIDDEN not in str(found.as_json())


@pytest.mark.parametrize(
    "heading",
    ["<h3>Nichtöffentliche Sitzung des Gemeinderates am 13.11.2026</h3>", "<h2>Niederschriften nichtöffentlich</h2>"],
)
def test_what_stands_under_a_non_public_heading_is_left_out(heading: str) -> None:
    found = read(
        page(
            "<h1>Sitzungen</h1><h2>Öffentlich</h2><ul><li>"
            '<a href="/d/1.pdf">Niederschrift Stadtrat 1.10.2026</a></li></ul>'
            f'{heading}<ul><li><a href="/d/2.pdf">Niederschrift Stadtrat 1.10.2026</a></li></ul>'
        )
    )
    assert "d/2.pdf" not in str(found.as_json())
    assert [file.native_id for file in meetings(found)[0].files] == ["d/1.pdf"]


@pytest.mark.parametrize("head", ["nichtöffentlich", "NÖ", "Niederschrift nicht öffentlich"])
def test_columns_of_what_is_not_public_are_left_out(head: str) -> None:
    found = read(
        page(
            f"<h1>Protokolle Gemeinderat</h1><table><tr><th>Datum</th><th>öffentlich</th><th>{head}</th></tr>"
            '<tr><td>12.11.2026</td><td><a href="/d/o.pdf">Protokoll</a></td><td>'
            '<a href="/d/g.pdf">Protokoll</a></td></tr>'
            "</table>"
        )
    )
    assert [file.native_id for file in meetings(found)[0].files] == ["d/o.pdf"]


@pytest.mark.parametrize("beside", [" (nö)", " nichtöffentlich", " <i>(nicht öffentlich)</i>"])
def test_a_word_beside_a_link_counts(beside: str) -> None:
    found = read(
        page(
            '<h1>Protokolle</h1><p><a href="/d/1.pdf">Gemeinderat 12.02.2026</a><br>'
            f'<a href="/d/2.pdf">Gemeinderat 19.03.2026</a>{beside}<br>'
            f'<a href="/d/3.pdf">Gemeinderat 16.04.2026</a></p>'
        )
    )
    assert [meeting.native_id for meeting in meetings(found)] == [
        "sitzung/gemeinderat/2026-02-12",
        "sitzung/gemeinderat/2026-04-16",
    ]


def test_a_calendar_without_links_has_places_and_times_by_its_columns() -> None:
    found = read(
        page(
            "<h1>Sitzungskalender</h1><table><tr><th>Datum</th><th>Uhrzeit</th><th>Gremium</th><th>Ort</th></tr>"
            "<tr><td>Do, 12.11.2026</td><td>19:00</td><td>Gemeinderat</td><td>Bürgerhaus</td></tr>"
            "<tr><td>19.11.2026</td><td></td><td>Bauausschuss (entfällt)</td><td></td></tr></table>"
        )
    )
    council, building = meetings(found)
    assert council.native_id == "sitzung/gemeinderat/2026-11-12"
    assert council.start == dt.datetime(2026, 11, 12, 19, tzinfo=BERLIN)
    assert council.location is not None
    assert council.location.description == "Bürgerhaus"
    assert (building.cancelled, building.location) == (True, None)


def test_cards_of_bootstrap() -> None:
    card = '<div class="card"><h5>{}</h5><p>{}</p><a href="{}">Details</a></div>'
    found = read(
        page(
            "<h1>Termine</h1>"
            + card.format("Gemeinderat", "12.11.2026 | 19:00 Uhr", "/s/1")
            + card.format("Sitzung des Bauausschusses", "am 19.11.2026", "/s/2")
        )
    )
    assert [meeting.native_id for meeting in meetings(found)] == [
        "sitzung/gemeinderat/2026-11-12",
        "sitzung/bauausschuss/2026-11-19",
    ]
    assert len(found.follow) == 2


def test_a_heading_is_only_its_own_card_s() -> None:
    card = '<article><h4><a href="{}">{}</a></h4><span>02.11.2026</span><a href="{}">mehr</a></article>'
    found = read(
        page(
            "<h1>Aktuelles</h1>"
            + card.format("/n/1", "Sitzung des Gemeinderates am 12.11.2026", "/n/1")
            + card.format("/n/2", "Hundesteuer", "/n/2")
        )
    )
    assert [paper.name for paper in papers(found)] == ["Hundesteuer"]
    assert len(meetings(found)) == 1


def test_an_invitation_without_a_day_is_left_to_its_own_page() -> None:
    found = read(page('<article><h2><a href="/n/1">Sitzung des Stadtrates</a></h2><p>Mehr dort.</p></article>'))
    assert (found.records, len(found.follow)) == ((), 1)


def test_divs_of_two_columns() -> None:
    row = '<div class="row"><div>{}</div><div><a href="{}">{}</a></div></div>'
    found = read(
        page(
            "<h1>Amtliches</h1>"
            + row.format("3.11.2026", "/b/1", "Bebauungsplan Am Bach")
            + row.format("", "/b/2", "Kontakt")
        )
    )
    assert [(paper.name, paper.date) for paper in papers(found)] == [("Bebauungsplan Am Bach", dt.date(2026, 11, 3))]


def test_issues_of_the_gazette_by_year_and_month() -> None:
    found = read(
        page(
            '<h1>Amtsblatt</h1><h2>2026</h2><ul><li><a href="/a/11.pdf">Ausgabe 11/2026</a>'
            '</li><li><a href="/a/9.pdf">September'
            '</a></li></ul><h2>2025</h2><ul><li><a href="/a/0.pdf">Dezember</a></li></ul>'
        )
    )
    assert [(paper.name, paper.reference, paper.paper_type) for paper in papers(found)] == [
        ("Ausgabe 11/2026", "11/2026", "Amtsblatt"),
        ("September 2026", None, "Amtsblatt"),
        ("Dezember 2025", None, "Amtsblatt"),
    ]


def test_what_an_accordion_hides_is_read_and_what_nothing_opens_is_not() -> None:
    found = read(
        page(
            '<h1>Bekanntmachungen</h1><a href="#a">2026</a><div id="a" style="display:none"><ul><li>1.11.2026 '
            '<a href="/d/1.pdf">Satzung A</a></li></ul></div><div style="display: none"><ul><li>1.11.2026 '
            '<a href="/d/2.pdf">Satzung B</a></li></ul></div>'
        )
    )
    assert [paper.name for paper in papers(found)] == ["Satzung A"]


def test_a_hidden_non_public_heading_ends_the_public_part_all_the_same() -> None:
    markup = invitation(
        "<p>Öffentlicher Teil</p><p>1. Radweg</p><div style='display:none'><p>Nichtöffentlicher Teil</p></div>"
        f"<p>2. {HIDDEN}</p>"
    )
    assert agenda(markup) == [("1", "Radweg")]


def test_a_column_says_of_each_item_whether_it_is_public() -> None:
    row = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
    markup = invitation(
        "<table><tr><th>TOP</th><th>Status</th><th>Betreff</th></tr>"
        + row.format(1, "öffentlich", "Eröffnung")
        + row.format(2, "nichtöffentlich", HIDDEN)
        + row.format(3, "öffentlich", "Radweg")
        + row.format(4, "", "Ohne Beleg")
        + "</table>"
    )
    assert agenda(markup) == [("1", "Eröffnung"), ("3", "Radweg")]


def test_a_title_that_reads_like_a_heading_proves_nothing_beside_a_non_public_part() -> None:
    title = "Öffentliche Sitzung des Stadtrates"
    text = (
        "<p>Am Dienstag, den 17.11.2026, 18.00 Uhr, findet im Saal eine öffentliche Sitzung des Stadtrates statt.</p>"
    )
    found = meeting(invitation(f"{text}<p>1. {HIDDEN}</p><p><b>Öffentlicher Teil</b></p><p>1. Radweg</p>", title=title))
    assert found.start == dt.datetime(2026, 11, 17, 18, tzinfo=BERLIN)
    assert [item.name for item in found.agenda] == ["Radweg"]


def test_the_day_of_publication_is_not_the_meeting_s() -> None:
    found = meeting(
        invitation(
            '<p class="date">01.11.2026</p><p>Veröffentlicht am 02.11.2026</p>'
            "<p>am Mittwoch, dem 18. November 2026,</p>"
            "<p>um 18:00 Uhr</p><p>Öffentlicher Teil</p><p>1. Radweg</p>",
            title="Einladung zur Sitzung des Kreistages",
        )
    )
    assert found.start == dt.datetime(2026, 11, 18, 18, tzinfo=BERLIN)


def test_confidential_items_numbers_with_letters_and_names_without_their_links() -> None:
    markup = invitation(
        f"<p>Öffentlicher Teil</p><p>TOP 7a Dringlichkeitsantrag</p><p>TOP 8 Vertraulich: {HIDDEN}</p>"
        '<p>TOP 9 Radweg <a href="/d/Anlage_NÖ.pdf">Anlage NÖ</a> <a href="/d/plan.pdf">Plan</a></p>'
    )
    assert agenda(markup) == [("7a", "Dringlichkeitsantrag"), ("9", "Radweg")]
    assert [file.native_id for item in meeting(markup).agenda for file in item.files] == ["d/plan.pdf"]


def test_joint_and_moved_meetings() -> None:
    joint = read_title(
        "Gemeinsame Sitzung des Bauausschusses, des Finanzausschusses und des Kulturausschusses", DEFAULT
    )
    assert joint.others == ("Finanzausschuss", "Kulturausschuss")
    moved = read_title("Sitzung des Hauptausschusses am 12.11.2026 verlegt auf den 19.11.2026", DEFAULT)
    assert (moved.day, moved.cancelled) == (dt.date(2026, 11, 12), True)
    assert not read_title("Sitzung des Hauptausschusses verlegt auf den 19.11.2026", DEFAULT).cancelled


def test_days_in_the_names_of_files() -> None:
    found = read(
        page(
            '<h1>Dokumente</h1><ul><li><a href="/d/1.pdf">Einladung_Gemeinderat_12-11-2026.pdf</a></li>'
            '<li><a href="/d/2.pdf">2026_10_01_Protokoll_Bauausschuss</a></li>'
            '<li><a href="/d/3.pdf">Tagesordnung-Stadtrat-03.12.2026</a></li></ul>'
        )
    )
    assert [meeting.native_id for meeting in meetings(found)] == [
        "sitzung/gemeinderat/2026-11-12",
        "sitzung/bauausschuss/2026-10-01",
        "sitzung/stadtrat/2026-12-03",
    ]


def test_meetings_without_a_committee_are_each_their_own() -> None:
    found = read(
        page(
            "<h1>Termine</h1><table><tr><th>Datum</th><th>Was</th></tr><tr>"
            "<td>12.11.2026</td><td>Öffentliche Sitzung</td></tr>"
            '<tr><td>03.12.2026</td><td>Öffentliche Sitzung <a href="/d/1.pdf">Einladung</a></td></tr></table>'
        )
    )
    assert len({record.native_id for record in found.records}) == len(found.records) > 0


def test_a_frame_of_tables_is_no_entry() -> None:
    found = read(
        page(
            '<table><tr><td><a href="/start.htm">Start</a> <a href="/rat.htm">Rat</a></td>'
            "<td><table><tr><td>12.11.2026</td>"
            '<td><a href="/d/1.pdf">Einladung Gemeinderat 12.11.2026</a></td></tr></table></td></tr></table>'
        )
    )
    assert [record.native_id for record in found.records] == ["sitzung/gemeinderat/2026-11-12"]
    assert found.follow == ()


def test_documents_of_another_day_are_not_this_meeting_s() -> None:
    found = meeting(
        invitation('<p><a href="/d/1.pdf">Einladung</a> <a href="/d/2.pdf">Protokoll Gemeinderat 1.10.2026</a></p>')
    )
    assert [file.native_id for file in found.files] == ["d/1.pdf"]


def test_feeds_say_the_day_in_their_text() -> None:
    item = "<item><title>Sitzung des Stadtrates</title><link>https://www.erlenbruch.example.de/n/5</link>{}</item>"
    text = "<description>&lt;p&gt;am 12.11.2026 um 18 Uhr&lt;/p&gt;</description>"
    found = read(f'<?xml version="1.0"?><rss version="2.0"><channel>{item.format(text)}</channel></rss>')
    assert meetings(found)[0].start == dt.datetime(2026, 11, 12, 18, tzinfo=BERLIN)


def test_a_large_table_is_read_in_seconds() -> None:
    rows = "".join(
        f'<tr><td>{n % 28 + 1}.11.2026</td><td>Gemeinderat</td><td><a href="/d/{n}.pdf">Einladung</a></td></tr>'
        for n in range(500)
    )
    found = read(page(f"<table><tr><th>Datum</th><th>Gremium</th><th>Einladung</th></tr>{rows}</table>"))
    assert sum(len(meeting.files) for meeting in meetings(found)) == 500


def test_nothing_is_read_of_a_notice_twice() -> None:
    found = read(invitation("<p>Öffentlicher Teil</p><p>1. Radweg</p>"), NOTICE)
    assert (found.page, len(found.records)) == ("notice", 1)


SHAPES = {
    "flat list": ("<ul>{}</ul>", "<li>{h}</li>", "<li>{n}. {t}</li>"),
    "terms": ("<dl>{}</dl>", "<dt>{h}</dt>", "<dd>{n}. {t}</dd>"),
    "numbers as terms": ("<dl>{}</dl>", "<div>{h}</div>", "<dt>{n}</dt><dd>{t}</dd>"),
    "spans": ("{}", "<div>{h}</div>", "<div><span>{n}.</span> <span>{t}</span></div>"),
    "headings": ("{}", "<h2>{h}</h2>", "<p>TOP {n} {t}</p>"),
    "rows": ("<table>{}</table>", "<tr><td></td><td>{h}</td></tr>", "<tr><td>{n}.</td><td>{t}</td></tr>"),
}
OTHERS = [
    "NÖ",
    "Nicht &ouml;ffentlich",
    "Nichtoeffentlicher Teil",
    "Interne Beratung",
    "Teil II",
    "Nicht öffentlicher<br>Teil",
]
PAGES = [
    "<h1>Sitzung des Gemeinderates am 12.11.2026</h1>",
    "<h1>Neues</h1><h2>Sitzung des Bauausschusses am 1.11.2026</h2><p>Ort: Saal</p>"
    "<h2>Sitzung des Gemeinderates am 12.11.2026</h2>",
]


@pytest.mark.parametrize("above", PAGES, ids=["one notice", "two meetings"])
@pytest.mark.parametrize("heading", OTHERS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("first", [1, 3], ids=["begins again", "goes on"])
def test_nothing_behind_another_heading_in_any_shape(shape: str, heading: str, above: str, first: int) -> None:
    around, head, item = SHAPES[shape]
    parts = [head.format(h="Öffentlicher Teil"), item.format(n=1, t="Eröffnung"), item.format(n=2, t="Radweg")]
    secret = f'{HIDDEN} <a href="/d/g.pdf">Anlage</a>'
    parts += [head.format(h=heading), item.format(n=first, t=secret), item.format(n=first + 1, t=HIDDEN)]
    found = read(page(above + around.format("".join(parts)) + "<p>gez. Erle</p>"), NOTICE)
    council = next(meeting for meeting in meetings(found) if meeting.native_id == "sitzung/gemeinderat/2026-11-12")
    assert [(item.number, item.name) for item in council.agenda] == [("1", "Eröffnung"), ("2", "Radweg")]
    shown = [record.model_dump_json(exclude={"withheld_papers"}) for record in found.records]
    assert not [text for text in shown if HIDDEN in text or "g.pdf" in text]
    assert not [address for address in found.follow if "g.pdf" in address]


def test_a_row_of_links_to_agenda_and_minutes_is_the_sitting_of_its_cells() -> None:
    heads = "<tr><th>Datum</th><th>Uhrzeit</th><th>Gremium</th><th>Ort</th><th>Unterlagen</th></tr>"
    found = read(
        page(
            f"<h1>Sitzungen</h1><table>{heads}<tr><td>12.11.2026</td><td>19:00</td><td>Ausschuss für Bau</td>"
            '<td>Bürgerhaus</td><td><a href="/to.html?id=1">Tagesordnung</a> <a href="/d/1.pdf">Niederschrift</a> '
            '<a href="/d/2.pdf">Niederschrift nichtöffentlicher Teil</a></td></tr></table>'
        )
    )
    (building,) = meetings(found)
    assert building.native_id == "sitzung/ausschuss-fuer-bau/2026-11-12"
    assert building.start == dt.datetime(2026, 11, 12, 19, tzinfo=BERLIN)
    assert [file.native_id for file in building.files] == ["d/1.pdf"]
    assert [url.rpartition("/")[2] for url in found.follow] == ["to.html?id=1"]


def test_a_row_that_says_itself_that_it_is_not_public_is_none() -> None:
    found = read(
        page(
            "<h1>Sitzungen</h1><table><tr><td>12.11.2026</td><td>Gemeinderat, nichtöffentliche Sitzung</td>"
            '<td><a href="/to.html?id=1">Tagesordnung</a></td></tr><tr><td>19.11.2026</td><td>Bauausschuss</td>'
            '<td><a href="/to.html?id=2">Tagesordnung</a></td></tr></table>'
        )
    )
    assert [meeting.native_id for meeting in meetings(found)] == ["sitzung/bauausschuss/2026-11-19"]
    assert [url.rpartition("/")[2] for url in found.follow] == ["to.html?id=2"]


def test_other_years_of_a_list_are_followed_and_other_things_of_a_year_are_not() -> None:
    found = read_page(
        page(
            '<h1>Amtsblatt</h1><p><a href="/rathaus/bekanntmachungen.html?jahr=2025">2025</a> '
            '<a href="/rathaus/bekanntmachungen-2024.html">Archiv 2024</a> <a href="/haushalt/2025">2025</a></p>'
            '<ul><li><a href="/d/1.pdf">Amtsblatt Nr. 3/2026</a></li></ul>'
        ).encode(),
        LIST,
    )
    assert [url.rpartition("/")[2] for url in found.years] == [
        "bekanntmachungen.html?jahr=2025",
        "bekanntmachungen-2024.html",
    ]
    assert found.after is None


def test_an_attachment_that_calls_itself_non_public_ends_no_agenda() -> None:
    item = '<li>TOP 1: Radweg<br><a href="/d/1.pdf">Vorlage</a><br><a href="/d/2.pdf">Anlage (nichtöffentlich)</a></li>'
    council = meeting(invitation(f"<h3>Öffentlicher Teil</h3><ul>{item}<li>TOP 2: Verschiedenes</li></ul>"))
    assert [item.number for item in council.agenda] == ["1", "2"]
    assert [file.native_id for file in council.agenda[0].files] == ["d/1.pdf"]
    assert "d/2.pdf" in council.withheld_papers

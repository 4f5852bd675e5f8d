"""Lists of notices as TYPO3, WordPress, Joomla, IKISS and tables write them; feeds; next pages; hostile markup."""

from __future__ import annotations

import datetime as dt

import pytest

from council.model import FileRole
from council.notices import Notices
from crawlers.notices.urls import native_id, stable
from crawlers.parsing.dates import BERLIN
from crawlers.parsing.errors import UnexpectedResponse
from tests.crawlers.notices.invented import LIST, meetings, page, papers, read

HOST = "https://www.erlenbruch.example.de"


def _item(link: str, title: str, day: str = "02.11.2026") -> str:
    return f'<li><span class="date">{day}</span> <a href="{link}">{title}</a></li>'


def test_typo3_list_with_documents_pages_and_a_next_page() -> None:
    found = read(
        page(
            "<h1>Bekanntmachungen</h1><ul>"
            + _item("/fileadmin/e.pdf", "Einladung zur Sitzung des Gemeinderates am 12.11.2026 (PDF, 9 KB)")
            + _item("/a/haushalt.html", "Haushaltssatzung 2027")
            + _item("/fileadmin/n.pdf", "Niederschrift des Gemeinderates vom 12.11.2026")
            + "</ul>",
            after='<nav class="pagination"><a href="?page=2">nächste</a></nav>',
        )
    )
    assert (found.page, found.warnings) == ("notice-list", ())
    (meeting,) = meetings(found)
    assert meeting.start == dt.datetime(2026, 11, 12, tzinfo=BERLIN)
    assert [(file.native_id, file.role, file.date) for file in meeting.files] == [
        ("fileadmin/e.pdf", FileRole.INVITATION, dt.date(2026, 11, 2)),
        ("fileadmin/n.pdf", FileRole.MINUTES, dt.date(2026, 11, 2)),
    ]
    (paper,) = papers(found)
    assert (paper.native_id, paper.paper_type, paper.date) == (
        "a/haushalt.html",
        "Bekanntmachung",
        dt.date(2026, 11, 2),
    )
    assert found.follow == (f"{HOST}/a/haushalt.html", f"{LIST}?page=2")


def test_wordpress_articles_are_a_list_not_a_notice() -> None:
    found = read(
        page(
            '<article><h2 class="entry-title"><a href="/2026/11/e/">Sitzung des Gemeinderats am 12. Nove'
            "mber 2026</a></h2>"
            '<time datetime="2026-11-03T08:00:00+01:00">3. Nov.</time><p><a href="/2026/11/e/">Weiterles'
            "en</a></p></article>"
            '<article><h2 class="entry-title"><a href="/2026/10/a/">Amtsblatt Nr. 10/2026</a></h2>'
            '<p><a href="/up/a10.pdf">Herunterladen</a></p></article>',
            after='<div class="nav-links"><a class="next page-numbers" href="/page/2/">Nächste</a></div>',
        )
    )
    assert found.page == "notice-list"
    assert [meeting.name for meeting in meetings(found)] == ["Sitzung des Gemeinderats"]
    (gazette,) = papers(found)
    assert (gazette.paper_type, gazette.reference) == ("Amtsblatt", "10/2026")
    assert [(file.name, file.url) for file in gazette.files] == [("Amtsblatt Nr. 10/2026", f"{HOST}/up/a10.pdf")]
    assert f"{HOST}/page/2/" in found.follow


def test_paragraph_of_ikiss_downloads() -> None:
    found = read(
        page(
            '<h1>Amtliches</h1><p><a href="/output/download.php?fid=1.2.PDF">Öffentliche Sitzung des Gemeinderates am '
            '12.11.2026</a><br><a href="/output/download.php?fid=1.3.PDF">Jahresabschluss 2025</a></p>'
        )
    )
    assert [meeting.native_id for meeting in meetings(found)] == ["sitzung/gemeinderat/2026-11-12"]
    assert [paper.name for paper in papers(found)] == ["Jahresabschluss 2025"]


TABLE = """<h1>Sitzungstermine</h1><table>
<tr><th>Datum</th><th>Beginn</th><th>Gremium</th><th>Einladung</th><th>Niederschrift</th></tr>
<tr><td>12.11.2026</td><td>19:00 Uhr</td><td>Gemeinderat</td><td><a href="/e.pdf">PDF</a></td>
<td><a href="/n.pdf">PDF</a></td></tr>
<tr><td>19.11.2026</td><td></td><td>Bauausschuss</td><td></td><td></td></tr>
<tr><td></td><td></td><td>Kulturausschuss</td></tr></table>"""


def test_table_of_meetings_by_its_heads_and_without_some_cells() -> None:
    council, building = meetings(read(page(TABLE)))
    assert council.start == dt.datetime(2026, 11, 12, 19, tzinfo=BERLIN)
    assert [(file.name, file.role) for file in council.files] == [
        ("Einladung", FileRole.INVITATION),
        ("Niederschrift", FileRole.MINUTES),
    ]
    assert (building.organization[0].name, building.files) == ("Bauausschuss", ())


def test_headings_above_name_the_committee() -> None:
    found = read(
        page(
            '<h1>Protokolle</h1><h2>Stadtrat</h2><ul><li><a href="/1.pdf">Protokoll vom 12.3.2026</a></li></ul>'
            '<h2>Hauptausschuss</h2><ul><li><a href="/2.pdf">Protokoll vom 13.3.2026</a></li></ul>'
        )
    )
    assert [meeting.organization[0].name for meeting in meetings(found)] == ["Stadtrat", "Hauptausschuss"]


def test_select_boxes_hold_invitations_and_reports() -> None:
    found = read(
        page(
            "<table><tr><th>Gremium</th><th>Einladungen</th><th>Unterrichtungen</th></tr><tr><td>Gemeinderat</td>"
            '<td><select><option value="">- wählen -</option><option value="/i/1.html">12.11.2026</optio'
            "n></select></td>"
            '<td><select><option value="/r/9.html">20.11.2026</option></select></td></tr></table>'
        )
    )
    (meeting,) = meetings(found)
    assert (meeting.native_id, meeting.files) == ("sitzung/gemeinderat/2026-11-12", ())
    (report,) = papers(found)
    assert (report.date, report.originator[0].name) == (dt.date(2026, 11, 20), "Gemeinderat")
    assert found.follow == (f"{HOST}/i/1.html", f"{HOST}/r/9.html")


def test_non_public_notices_vanish_with_their_documents_wherever_these_are_linked() -> None:
    found = read(
        page(
            "<ul>"
            + _item("/a/1.pdf", "Einladung zur Sitzung des Gemeinderates am 12.11.2026")
            + _item("/a/2.pdf", "Nichtöffentliche Sitzung des Gemeinderates am 13.11.2026")
            + _item("/a/2.pdf", "Anlage")
            + _item("/a/3.html", "Einladung zur nicht-öffentlichen Sitzung des Stadtrates am 14.11.2026")
            + _item("/a/Protokoll_NOET.pdf", "Niederschrift Gemeinderat 1.10.2026")
            + "</ul>"
        )
    )
    shown = str(found.as_json())
    for never in ("2.pdf", "13.11.2026", "3.html", "NOET", "2026-11-14"):
        assert never not in shown
    assert {meeting.native_id: len(meeting.files) for meeting in meetings(found)} == {
        "sitzung/gemeinderat/2026-11-12": 1,
        "sitzung/gemeinderat/2026-10-01": 0,
    }


def test_an_invitation_to_both_parts_is_a_meeting_without_that_document() -> None:
    found = read(
        page(
            "<ul>"
            + _item("/e.pdf", "Öffentliche und nichtöffentliche Sitzung des Gemeinderates am 12.11.2026")
            + "</ul>"
        )
    )
    (meeting,) = meetings(found)
    assert meeting.files == ()


def test_called_off_meetings() -> None:
    found = read(page("<ul>" + _item("/e.html", "ABGESAGT: Sitzung des Gemeinderates am 12.11.2026") + "</ul>"))
    assert [meeting.cancelled for meeting in meetings(found)] == [True]


def test_hostile_links_and_other_hosts() -> None:
    found = read(
        page(
            "<ul>"
            + _item("javascript:alert(1)", "Sitzung des Gemeinderates am 12.11.2026")
            + _item("http://127.0.0.1/x.pdf", "Satzung A")
            + _item("http://intranet/x.pdf", "Satzung B")
            + _item("https://user:pw@elsewhere.example.org/x.pdf", "Satzung C")
            + _item("https://elsewhere.example.org/x.html", "Sitzung des Bauausschusses am 13.11.2026")
            + _item("//[", "Satzung D")
            + "</ul><table><tr><th colspan='99999999999'>Einladung</th></tr><tr><td colspan='-1'><a href"
            "='/b.pdf'>B-Plan</a>"
            "</td></tr></table>"
        )
    )
    shown = str(found.as_json())
    for never in ("javascript", "127.0.0.1", "intranet", "user:pw", "Satzung"):
        assert never not in shown
    assert found.follow == ()
    assert [meeting.native_id for meeting in meetings(found)] == [
        "sitzung/bauausschuss/2026-11-13",
        "sitzung/gemeinderat/2026-11-12",
    ]


def test_hundreds_of_entries() -> None:
    rows = (_item(f"/d/{n}.pdf", f"Satzung Nummer {n}") for n in range(800))
    assert len(papers(read(page("<ul>" + "".join(rows) + "</ul>")))) == 800


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_both_encodings(encoding: str) -> None:
    markup = page("<ul>" + _item("/e.pdf", "Einladung Ortschaftsrat Süßbach 12.11.2026") + "</ul>")
    (meeting,) = meetings(read(markup.replace('charset="utf-8"', f'charset="{encoding}"'), encoding=encoding))
    assert meeting.organization[0].name == "Ortschaftsrat Süßbach"


def test_json_ld_tells_meetings_and_no_festivals() -> None:
    head = (
        '<script type="application/ld+json">[{"@type":"Event","name":"Sitzung des Bauausschusses","startDate":'
        '"2026-11-12T18:00","endDate":"2026-11-12T20:00","eventStatus":"https://schema.org/EventCancelled","location":'
        '{"name":"Rathaus","address":{"streetAddress":"Ring 1"}}},{"@type":"Event","name":"Erntefest","s'
        'tartDate":"2026-09-01"},'
        '{"@type":"Event","name":"Nichtöffentliche Sitzung des Rates der Stadt X","startDate":"2026-11-13"}]</script>'
    )
    (meeting,) = meetings(read(page("<h1>Termine</h1><p>Alle Termine des Ortes</p>", head=head)))
    assert (meeting.start, meeting.end) == (
        dt.datetime(2026, 11, 12, 18, tzinfo=BERLIN),
        dt.datetime(2026, 11, 12, 20, tzinfo=BERLIN),
    )
    assert meeting.cancelled
    assert meeting.location is not None
    assert (meeting.location.description, meeting.location.street_address) == ("Rathaus", "Ring 1")


def test_feeds() -> None:
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><item><title>Sitzung des Gemeinderates am 12.11.2026</title>'
        f"<link>{HOST}/s1</link><pubDate>Mon, 02 Nov 2026 23:30:00 +0000</pubDate></item><item><title>Satzung</title>"
        f"<link>{HOST}/s2.pdf</link><pubDate>Mon, 02 Nov 2026 23:30:00 +0000</pubDate></item><item><titl"
        f"e>Ohne</title></item>"
        "</channel></rss>"
    )
    found = read(feed)
    assert (found.page, found.follow, len(found.warnings)) == ("feed", (f"{HOST}/s1",), 1)
    assert [paper.date for paper in papers(found)] == [dt.date(2026, 11, 3)]
    with pytest.raises(UnexpectedResponse, match="cut off"):
        read(feed[:-30])


def test_selectors_of_the_entry() -> None:
    own = Notices(
        item="div.z", title="b", date="i", link="a.l", next_page="a.w", document=r"/dok/\d+", ignore="Stellen"
    )
    markup = page(
        '<div class="z"><b>Satzung</b><i>3.11.2026</i><a class="l" href="/x/1">lesen</a><a href="/dok/7"'
        ">Anlage</a></div>"
        '<div class="z"><b>Stellenausschreibung</b><a class="l" href="/x/2">lesen</a></div>'
        '<a class="w" href="/liste/2">w</a>'
    )
    found = read(markup, description=own)
    (paper,) = papers(found)
    assert (paper.native_id, paper.name, paper.date) == ("x/1", "Satzung", dt.date(2026, 11, 3))
    assert [file.native_id for file in paper.files] == ["dok/7"]
    assert found.follow == (f"{HOST}/x/1", f"{HOST}/liste/2")
    with pytest.raises(UnexpectedResponse, match="item"):
        read(markup.replace('class="z"', 'class="y"'), description=own)


def test_a_list_that_says_that_it_is_empty_and_one_that_does_not() -> None:
    assert read(page("<h1>Bekanntmachungen</h1><p>Derzeit liegen keine Bekanntmachungen vor.</p>")).records == ()
    with pytest.raises(UnexpectedResponse, match="list of notices"):
        read(page("<h1>Willkommen</h1><p>Erlenbruch liegt schön am Wasser.</p>"))


def test_a_page_that_is_cut_off_says_so() -> None:
    markup = page("<ul>" + _item("/1.pdf", "Satzung A") + _item("/2.pdf", "Satzung B") + "</ul>")
    found = read(markup[: markup.index("Satzung B")])
    assert [gap.what for gap in found.warnings] == ["the page does not end as pages do: it may be cut off"]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("http://erlenbruch.example.de/a/b.pdf", True),
        ("https://www.erlenbruch.example.de/a/b.pdf?PHPSESSID=1&utm_source=x", True),
        ("https://www.erlenbruch.example.de/a/b.pdf;jsessionid=AB12", True),
        ("https://www.erlenbruch.example.de/a/b.pdf?v=2", False),
        ("https://elsewhere.example.org/a/b.pdf", False),
    ],
)
def test_ids_are_stable(written: str, same: bool) -> None:
    assert (native_id(written, LIST) == "a/b.pdf") is same


def test_long_addresses_have_ids_that_can_be_kept() -> None:
    assert len(native_id(f"{HOST}/{'x' * 5000}", LIST)) < 1000
    assert stable(f"{HOST}/a?id=5&fbclid=x#top") == f"{HOST}/a?id=5"

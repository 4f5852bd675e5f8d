"""What a title says: kind, committee, day; committees in all their cases."""

from __future__ import annotations

import pytest

from council.notices import DEFAULT, Notices
from crawlers.notices.title import NoticeKind, committee_in, meeting_id, read_title
from crawlers.parsing.clocks import Place, times_in
from crawlers.parsing.dates import find_days


@pytest.mark.parametrize(
    ("title", "name", "key"),
    [
        ("Sitzung des Gemeinderates am 1.2.2026", "Gemeinderat", "gemeinderat"),
        ("Stadtratssitzung", "Stadtrat", "stadtrat"),
        ("Sitzung des Stadtrates der Stadt Erlenbruch vom 1.2.2026", "Stadtrat", "stadtrat-erlenbruch"),
        ("Sitzung des Ortschaftsrates Hintertal", "Ortschaftsrat Hintertal", "ortschaftsrat-hintertal"),
        ("Ortsbeiratssitzung Nord-West", "Ortsbeirat Nord-West", "ortsbeirat-nord-west"),
        (
            "des Bau-, Umwelt- und Verkehrsausschusses der Gemeinde Groß Erle",
            "Bau-, Umwelt- und Verkehrsausschuss",
            "bau-umwelt-und-verkehrsausschuss-gross-erle",
        ),
        (
            "Sitzung des Ausschusses für Bau, Umwelt und Verkehr am Montag",
            "Ausschuss für Bau, Umwelt und Verkehr",
            "ausschuss-fuer-bau-umwelt-und-verkehr",
        ),
        ("Sitzung des Technischen Ausschusses", "Technischer Ausschuss", "technischer-ausschuss"),
        ("Gemeindevertretersitzung", "Gemeindevertretung", "gemeindevertretung"),
        ("Ratssitzung am 1.2.2026", "Rat", "rat"),
        ("Sitzung der Stadtverordnetenversammlung", "Stadtverordnetenversammlung", "stadtverordnetenversammlung"),
    ],
)
def test_committees(title: str, name: str, key: str) -> None:
    found = committee_in(title)
    assert found is not None
    assert (found.name, found.key) == (name, key)


@pytest.mark.parametrize(
    "title", ["Vorrat an Streusalz", "Einwohnerversammlung", "Jagdgenossenschaftsversammlung am 1.2.2026", "Antrat", ""]
)
def test_what_is_no_committee(title: str) -> None:
    assert committee_in(title) is None


def test_the_town_s_own_name_says_nothing_but_another_s_does() -> None:
    assert committee_in("Gemeinderates der Gemeinde Erlenbruch", "Erlenbruch") == committee_in(
        "Gemeinderates der Gemeinde Erlenbruch am 1.2.2026", "Erlenbruch"
    )
    own = committee_in("Gemeinderates der Gemeinde Erlenbruch", "Erlenbruch")
    other = committee_in("Gemeinderates der Gemeinde Birkenau", "Erlenbruch")
    assert own is not None
    assert other is not None
    assert (own.key, other.key) == ("gemeinderat", "gemeinderat-birkenau")


@pytest.mark.parametrize(
    ("title", "kind", "day"),
    [
        ("Einladung zur Sitzung des Gemeinderates am 12.11.2026", NoticeKind.INVITATION, "2026-11-12"),
        ("Nachtrag vom 10.11.2026 zur Sitzung des Gemeinderates am 12.11.2026", NoticeKind.INVITATION, "2026-11-12"),
        ("Gemeinderat, 12. November 2026", NoticeKind.INVITATION, "2026-11-12"),
        ("Niederschrift des Bauausschusses vom 3.9.26", NoticeKind.MINUTES, "2026-09-03"),
        ("Bericht aus der Sitzung des Stadtrates 2026-09-03", NoticeKind.REPORT, "2026-09-03"),
        ("Bekanntmachung der Beschlüsse des Stadtrates vom 03.09.2026", NoticeKind.RESOLUTIONS, "2026-09-03"),
        ("Mitteilungsblatt: Einladung Bauausschuss 21.10.2026", NoticeKind.INVITATION, "2026-10-21"),
        ("Amtsblatt Nr. 12/2026 vom 3. März 2026", NoticeKind.GAZETTE, "2026-03-03"),
        ("Einladung zum Erntefest am 3.9.2026", NoticeKind.NOTICE, "2026-09-03"),
        ("Auslegung: Beschluss des Gemeinderates vom 3.9.2026 zum Plan 7", NoticeKind.NOTICE, "2026-09-03"),
        ("Haushaltssatzung 2027", NoticeKind.NOTICE, None),
    ],
)
def test_kinds_and_days(title: str, kind: NoticeKind, day: str | None) -> None:
    found = read_title(title, DEFAULT)
    assert (found.kind, str(found.day) if found.day else None) == (kind, day)


@pytest.mark.parametrize(
    ("title", "nonpublic"),
    [
        ("Nichtöffentliche Sitzung des Gemeinderates am 12.11.2026", True),
        ("Einladung zur nicht öffentlichen Sitzung des Stadtrates am 12.11.2026", True),
        ("Einladung NÖ Stadtrat 12.11.2026", True),
        ("Niederschrift Stadtrat nichtöffentlicher Teil 12.11.2026", True),
        ("2026-11-12_Stadtrat_NOET.pdf Niederschrift", True),
        ("2026-11-12_Stadtrat_OET.pdf Niederschrift", False),
        ("Öffentliche und nichtöffentliche Sitzung des Gemeinderates am 12.11.2026", False),
        ("Bekanntgabe nichtöffentlich gefasster Beschlüsse", False),
    ],
)
def test_visibility_of_titles(title: str, nonpublic: bool) -> None:
    assert read_title(title, DEFAULT).nonpublic is nonpublic


def test_invitation_supplement_and_minutes_are_of_one_meeting() -> None:
    titles = (
        "Einladung zur 3. Sitzung des Gemeinderates am 12.11.2026",
        "Nachtrag zur Einladung Gemeinderat am 12.11.2026",
        "Protokoll der Gemeinderatssitzung vom 12. November 2026",
    )
    assert {meeting_id(read_title(title, DEFAULT), title) for title in titles} == {"sitzung/gemeinderat/2026-11-12"}


def test_two_councils_of_one_site_are_two() -> None:
    titles = [
        read_title(f"Sitzung des Gemeinderates der Gemeinde {name} am 1.2.2026", DEFAULT) for name in ("Au", "Bo")
    ]
    assert len({meeting_id(title, "x") for title in titles}) == 2


def test_days_that_do_not_exist_are_none_and_said_so() -> None:
    assert [found.day for found in find_days("am 31.02.2026", in_names=True)] == [None]
    assert read_title("Sitzung des Gemeinderates am 31.02.2026", DEFAULT).impossible_day


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("um 19 Uhr", "19:00:00", None),
        ("18.30 – 21.00 Uhr", "18:30:00", "21:00:00"),
        ("19:00 Uhr bis 20:15 Uhr", "19:00:00", "20:15:00"),
        ("am 12.11.2026", None, None),
        ("24 Uhr", None, None),
    ],
)
def test_times(text: str, start: str | None, end: str | None) -> None:
    found = times_in(text, Place.PROSE)
    assert tuple(str(time) if time else None for time in (found.begin, found.end)) == (start, end)


def test_the_entry_s_own_words() -> None:
    own = Notices(meeting="Der Rat tagt", gazette="Erlenbote")
    assert read_title("Der Rat tagt am 1.2.2026", own).kind is NoticeKind.INVITATION
    assert read_title("Erlenbote 3/2026", own).kind is NoticeKind.GAZETTE
    assert read_title("Erlenbote 3/2026", DEFAULT).kind is NoticeKind.NOTICE

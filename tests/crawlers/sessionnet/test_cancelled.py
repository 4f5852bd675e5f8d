"""Meetings that are cancelled or rescheduled, and the names of their committees."""

from __future__ import annotations

import datetime as dt

import pytest

from crawlers.parsing.cancellation import bare_name, is_cancelled
from tests.crawlers.sessionnet.invented import (
    agenda6,
    calendar6,
    day6,
    head,
    heading6,
    item6,
    listed,
    meeting_of,
    meetings,
)

ROWS = (heading6("Öffentlicher Teil"), item6("Ö 1", "Eins"))
OFF = [
    "Rat (verschoben auf 14.03.2026)", "Rat (verschoben auf den 14.3.)", "Rat - verschoben auf den 14.03.26",
    "Rat verlegt auf Samstag, 14. März 2026", "Rat wird auf den 14.03. verschoben", "Rat - verschoben",
    "Rat, neuer Termin: 14.03.2026", "Rat - entfällt", "Rat (abgesagt)", "ABSAGE Rat", "Rat fällt aus!",
    "Rat - Ausfall",
    "Verschoben: Rat (verschoben auf 14.03.2026, 18 Uhr)", "Rat wurde abgesagt", "Rat [entfällt]",
]  # fmt: skip


@pytest.mark.parametrize("words", OFF)
def test_names_that_say_it(words: str) -> None:
    assert is_cancelled(dt.date(2026, 3, 5), words)
    assert bare_name(words) == "Rat"
    for dated in ("", "05.03.2026"):
        (meeting,) = meetings(calendar6(day6(5, listed(words, 1, dated, "18:00 Uhr", "Rathaus"))))
        assert (meeting.name, meeting.cancelled, str(meeting.start)) == (words, True, "2026-03-05 18:00:00+01:00")
        assert [committee.name for committee in meeting.organization] == ["Rat"]


@pytest.mark.parametrize("words", OFF)
def test_headings_that_say_it(words: str) -> None:
    meeting = meeting_of(agenda6(*ROWS, h1=f"{words} - 05.03.2026 - 18:00 Uhr - Bürgerhaus"))
    assert (meeting.name, meeting.cancelled, str(meeting.start)) == (
        words, True, "2026-03-05 18:00:00+01:00",
    )  # fmt: skip
    assert [committee.name for committee in meeting.organization] == ["Rat"]
    assert meeting.location
    assert meeting.location.description == "Bürgerhaus"


@pytest.mark.parametrize(
    "words",
    ["Rat", "Ausschuss für Ausfallstraßen", "Rat (verschoben vom 27.02.2026)", "Rat (verschoben auf 05.03.2026)",
     "Die Sitzung wurde auf 19 Uhr verschoben"],
)  # fmt: skip
def test_names_that_do_not(words: str) -> None:
    assert not is_cancelled(dt.date(2026, 3, 5), words)


def test_a_meeting_moved_here_has_a_committee_without_it() -> None:
    (meeting,) = meetings(calendar6(day6(5, listed("Rat (verschoben vom 27.02.2026)", 1, "", "18:00 Uhr"))))
    assert (meeting.cancelled, meeting.organization[0].name) == (False, "Rat")


def test_the_day_to_which_it_is_moved_is_not_its_own() -> None:
    link = '<div class="smc-el-h"><a href="si0057.php?__ksinr=1" title="Details anzeigen: Rat (verschoben auf {})">'
    (meeting,) = meetings(calendar6(day6(5, link.format("14.03.2026") + "Rat</a></div>")))
    assert meeting.start
    assert meeting.start.day == 5


def test_a_head_that_says_it() -> None:
    top = head(siname="Rat (verschoben auf 14.03.2026)", sigrname="Rat", sidat="05.03.2026", yytime="18:00 Uhr")
    meeting = meeting_of(agenda6(*ROWS, top=top, h1=""))
    assert (meeting.name, meeting.cancelled) == ("Rat (verschoben auf 14.03.2026)", True)
    assert meeting.organization[0].name == "Rat"
    top = head(siname="R/3/2026", sigrname="Rat", sidat="05.03.2026 (verschoben auf 14.03.2026)", yytime="18-20 Uhr")
    meeting = meeting_of(agenda6(*ROWS, top=top, h1=""))
    assert (meeting.cancelled, str(meeting.end)) == (True, "2026-03-05 20:00:00+01:00")


@pytest.mark.parametrize(
    ("words", "cancelled"),
    [
        ('<p class="smc_status">Die Sitzung wurde abgesagt.</p>', True),
        ("<p>Die Sitzung wurde abgesagt.</p>", True),
        ("<p>Achtung: Die Sitzung am 05.03.2026 wird auf den 14.03.2026 verschoben.</p>", True),
        ("<p>Die Sitzung am 12.03.2026 fällt aus.</p>", False),
        ("<p>Der Punkt 4 wurde auf die nächste Sitzung verschoben</p>", False),
        ("<p>Die Sitzung wurde auf 19 Uhr verschoben.</p>", False),
        ("<p>Die Sitzung ist öffentlich.</p>", False),
    ],
)
def test_sentences_beside_the_agenda(words: str, cancelled: bool) -> None:
    assert meeting_of(agenda6(*ROWS, top=words)).cancelled == cancelled


def test_sentences_in_the_agenda_say_nothing_of_the_meeting() -> None:
    below = "<p>Die Sitzung wurde abgesagt.</p>"
    assert not meeting_of(agenda6(heading6("Öffentlicher Teil"), item6("Ö 1", "Eins", below=below))).cancelled


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Bauausschuss, Finanzausschuss", ["Bauausschuss", "Finanzausschuss"]),
        ("Ortsrat Nord, Ortsrat Süd", ["Ortsrat Nord, Ortsrat Süd"]),
        ("Bau-, Umwelt- und Verkehrsausschuss", ["Bau-, Umwelt- und Verkehrsausschuss"]),
        ("Ausschuss für Bau, Umwelt und Verkehr", ["Ausschuss für Bau, Umwelt und Verkehr"]),
    ],
)
def test_several_committees(words: str, names: list[str]) -> None:
    meeting = meeting_of(agenda6(*ROWS, top=head(sigrname=words, sidat="05.03.2026")))
    assert [committee.name for committee in meeting.organization] == names

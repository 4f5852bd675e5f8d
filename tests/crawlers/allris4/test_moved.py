"""Meetings that are moved to another day: cancelled on this one, and their committee keeps its name."""

from __future__ import annotations

import pytest

from council.model import Meeting, OrganizationRef, Paper
from crawlers.parsing.cancellation import bare_name
from crawlers.parsing.page import Page
from tests.crawlers.allris4.invented import HOST, ITEM, PAPER, consultation, frame, labelled, meeting, met, paper, read
from tests.crawlers.allris4.invented import the_meeting as the

MOVED = ("(verschoben auf 12.03.2031)", "- verschoben auf den 12.3.", "(neuer Termin: 12. März 2031)", "- verschoben")
STAYS = ("(verschoben vom 27.02.2031)", "(verlegt in den Torfsaal)", "")
MONTH = f"{HOST}si010?MM=3&YY=2031"


def listed(name: str, committee: str = "Moorrat", day: str = "05.03.2031", tip: str = "", beside: str = "") -> Page:
    heads = "".join(f"<th>{words}</th>" for words in ("Datum", "Uhrzeit", "Sitzung", "Gremium"))
    link = f"<a href='./to010?SILFDNR=4' data-simpletooltip-text='{tip}'>{name}</a>{beside}"
    cells = f"<td>{day}</td><td>18:00</td><td>{link}</td><td>{committee}</td>"
    return read(frame("si010", f"<table class='calenderView'><tr>{heads}</tr><tr>{cells}</tr></table>"), MONTH)


def only(page: Page) -> Meeting:
    [one] = page.records
    assert isinstance(one, Meeting)
    return one


@pytest.mark.parametrize(("text", "moved"), [(text, True) for text in MOVED] + [(text, False) for text in STAYS])
def test_wherever_it_is_said(text: str, moved: bool) -> None:
    name = f"Sitzung des Moorrates {text}".strip()
    shown = "Sitzung des Moorrates" if moved else name  # what `cancelled` says need not stand in the name as well
    assert (the(read(meeting(name=name))).cancelled, the(read(meeting(name=name))).name) == (moved, shown)
    titled = meeting().replace("Moorrat - 05.03.2031<", f"Moorrat - 05.03.2031 {text}<")
    assert the(read(titled)).cancelled is moved
    assert (only(listed(name)).cancelled, only(listed(name)).name) == (moved, shown)
    assert only(listed("Sitzung", beside=f" {text}")).cancelled is moved
    event = f"BEGIN:VEVENT\r\nDTSTART:20310305T180000\r\nSUMMARY:{name}\r\nURL:{HOST}to010?SILFDNR=4\r\nEND:VEVENT\r\n"
    assert only(read(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n", f"{HOST}ics/a.ics")).cancelled is moved


@pytest.mark.parametrize("text", [*MOVED, "(verschoben vom 27.02.2031)", "(abgesagt)", "- entfällt", "- fällt aus!"])
def test_the_committee_keeps_its_name(text: str) -> None:
    named = meeting().replace(">Moorrat</a>", f">Moorrat {text}</a>")
    ours = (OrganizationRef(native_id="12", name="Moorrat"),)
    assert (the(read(named)).organization, the(read(named)).cancelled) == (ours, "vom" not in text)
    beside = meeting().replace(">Moorrat</a>", f">Moorrat</a> {text}")
    assert (the(read(beside)).organization, the(read(beside)).cancelled) == (ours, "vom" not in text)
    alone = only(listed("Sitzung", committee=f"Moorrat {text}"))
    assert (alone.organization, alone.cancelled) == ((OrganizationRef(name="Moorrat"),), "vom" not in text)
    content = (
        f'<div id="head"><span id="toname">Ö 5</span>{labelled("Betreff", "Torf")}'
        f"{labelled('Gremium', f'Moorrat {text}')}{labelled('Datum', '05.03.2031')}</div>"
    )
    item = the(read(frame("to020", content), f"{ITEM}&SILFDNR=78"))
    assert (item.organization, item.cancelled) == ((OrganizationRef(name="Moorrat"),), "vom" not in text)


def test_the_committee_of_a_station_keeps_its_name() -> None:
    [one] = read(
        paper(consultation("Moorrat (verschoben auf 12.03.2031)", "Beratung"), met("05.03.2031", 7, 5)), PAPER
    ).records
    assert isinstance(one, Paper)
    assert [step.organization for step in one.consultations] == [(OrganizationRef(name="Moorrat"),)]


@pytest.mark.parametrize("text", MOVED)
def test_the_day_it_is_moved_to_is_not_its_day(text: str) -> None:
    one = the(read(meeting(day=f"Mi., 05.03.2031 {text}")))
    assert one.start is not None
    assert one.end is not None
    assert (one.start.isoformat()[:10], one.end.isoformat()[:10], one.cancelled) == ("2031-03-05", "2031-03-05", True)
    for page in (
        listed("Sitzung", day=f"05.03.2031 {text}"),
        listed("Sitzung", day="Mi 05.03.", tip=f"Moorrat {text}"),
        listed("Sitzung", day=f"05.03. {text}"),
    ):
        start = only(page).start
        assert start is not None
        assert start.isoformat()[:10] == "2031-03-05"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("VERSCHOBEN auf 10.02.2031: Rat", "Rat"),
        ("ABGESAGT: Rat", "Rat"),
        ("ABSAGE Rat", "Rat"),
        ("Rat wird auf den 10.02. verschoben", "Rat"),
        ("Rat, verlegt auf Montag, 10. Februar 2031", "Rat"),
        ("Rat (Terminänderung)", "Rat"),
        ("Ausschuss für Moor, Torf und Verkehr", "Ausschuss für Moor, Torf und Verkehr"),
        ("Ausschuss für Verlegung von Leitungen", "Ausschuss für Verlegung von Leitungen"),
        ("Rat (nichtöffentlich)", "Rat (nichtöffentlich)"),
        ("verschoben", None),
        (None, None),
    ],
)
def test_names_without_such_words(text: str | None, bare: str | None) -> None:
    assert bare_name(text) == bare

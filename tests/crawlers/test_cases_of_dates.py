"""Days, times and cancellations of the cases that are laid beside the repository (../shared/cases)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from council.model import Meeting, Paper
from council.system import System
from crawlers.parsing.page import Page
from crawlers.systems import READERS

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not laid beside the repository (../shared/cases)"),
]


def _read(system: System, name: str, url: str) -> Page:
    return READERS[system]((CASES / name).read_bytes(), url)


def _meetings(page: Page) -> list[Meeting]:
    return [record for record in page.records if isinstance(record, Meeting)]


def _listed(name: str) -> list[str]:
    """What a case's description lists in brackets."""
    found = re.search(r"\[.*\]", (CASES / name).read_text(encoding="utf-8"), re.DOTALL)
    assert found
    listed: list[str] = json.loads(found[0])
    return listed


def test_notices_with_combining_accents() -> None:
    page = _read(System.NOTICES, "20-notices-nfd-month.html", "https://stadt.example.test/bekanntmachungen")
    assert [(one.organization[0].name, f"{one.start:%Y-%m-%d %H:%M}") for one in _meetings(page)] == [
        ("Stadtrat", "2027-03-12 18:30"),
        ("Bauausschuss", "2027-03-14 18:30"),
        ("Hauptausschuss", "2027-04-16 19:00"),
        ("Kulturausschuss", "2027-03-01 00:00"),
    ]


@pytest.mark.parametrize("system", [System.ALLRIS3, System.ALLRIS4])
def test_a_calendar_with_quoted_parameters(system: System) -> None:
    page = _read(system, "21-calendar.ics", "https://ris.example.test/ics/kalender.ics")
    found = [
        (one.native_id, one.name, str(one.start), one.location and one.location.description, one.cancelled)
        for one in _meetings(page)
    ]
    assert found == [
        ("101", "Stadtrat", "2027-03-12 18:30:00+01:00", "Rathaus, Saal 2", False),
        ("102", "Bauausschuss (gemeinsam mit dem Umweltausschuss)", "2027-03-13 18:30:00+01:00",
         "Feuerwehrhaus; Obergeschoß", False),
        ("103", "Hauptausschuss", "2027-03-31 18:30:00+02:00", None, True),
    ]  # fmt: skip
    assert page.warnings == ()


def test_cancelled_meetings_of_allris_4() -> None:
    names = _listed("24-allris4-called-off.expected.txt")
    for place, name in enumerate(names):
        page = _read(
            System.ALLRIS4, f"24-allris4-called-off-{2 * place:02}.html", "https://ris.example.test/to010?SILFDNR=77"
        )
        assert [(one.name, one.cancelled) for one in _meetings(page)] == [("Rat", True)], name


def test_times_of_allris_4() -> None:
    starts = {
        "ca. 18:30 Uhr": "18:30",
        "6:30 PM": "18:30",
        "00:00": "00:00",
        "24:00": "00:00",
        "nach der Ratssitzung": "00:00",
    }
    for place, text in enumerate(_listed("29-allris4-clock.expected.txt")):
        page = _read(System.ALLRIS4, f"29-allris4-clock-{place:02}.html", "https://ris.example.test/to010?SILFDNR=77")
        (meeting,) = _meetings(page)
        assert f"{meeting.start:%d.%m.%Y %H:%M}" == f"05.03.2031 {starts.get(text, '18:00')}", text
        ends = {"18:00 - 00:30": "06.03.2031 00:30", "18:00–20:00": "05.03.2031 20:00"}
        assert (f"{meeting.end:%d.%m.%Y %H:%M}" if meeting.end else None) == ends.get(text), text


def test_a_feed_with_german_days() -> None:
    page = _read(System.NOTICES, "25-feed-german-dates.xml", "https://stadt.example.test/feed")
    assert [(one.name, str(one.date)) for one in page.records if isinstance(one, Paper)] == [
        ("Satzung über die Bürgersprechstunde", "2027-03-01"),
        ('Bebauungsplan Nr. 7 "Am Anger" – Auslegung', "2027-03-02"),
        ("Haushaltssatzung 2027", "2027-03-03"),
        ("Friedhofssatzung", "2027-03-05"),
    ]


def test_cancelled_meetings_of_oparl() -> None:
    for place, raw in enumerate(json.loads((CASES / "66-called-off-oparl.json").read_text(encoding="utf-8"))):
        url = f"https://ris.example.test/oparl/meetings/{place}"
        body = json.dumps(raw | {"id": url, "type": "https://schema.oparl.org/1.1/Meeting"}).encode()
        (meeting,) = _meetings(READERS[System.OPARL](body, url))
        assert meeting.cancelled is ("nicht abgesagt" not in raw["name"]), raw["name"]
        assert f"{meeting.start:%Y-%m-%d}" == raw["start"][:10]

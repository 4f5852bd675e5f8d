"""What ALLRIS 3 alone does over the wire: calendars and their export, meetings without a number, lists of papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.record_reader import GoneRecord, RecordReader
from archive.run import Outcome, RunMode
from council.model import Meeting, Person
from council.system import System
from tests.simulation.edits import add_paper, cancel_meeting, withdraw_paper
from tests.simulation.faults import Fault, faults_of
from tests.whole.house import KEY, House
from tests.whole.products.allris3 import ALLRIS3
from tests.whole.products.product import Product
from tests.whole.products.visit import Visit, at, changed, gone
from townhall.allris3.frame import Layout, meeting_id
from townhall.allris3.server import Allris3Server
from townhall.invention.model import Municipality


def municipality() -> Municipality:
    return ALLRIS3.municipality()


@pytest.fixture
def product() -> Product:
    return ALLRIS3


def test_each_meeting_is_asked_for_once_and_no_other_calendar_is_tried(first_visit: Visit) -> None:
    asked = [line.path for line in first_visit.first]
    held = [meeting for meeting in ALLRIS3.municipality().meetings if not meeting.cancelled]
    assert len([path for path in asked if "to010" in path]) == len(held)
    assert not [path for path in asked if "si010" in path and "si010_e" not in path]


def test_a_register_entry_may_name_the_calendar_of_a_website_without_a_start_page(tmp_path: Path) -> None:
    with Allris3Server(municipality()) as server:
        house = House(tmp_path, server.url + "si010_e.asp", ALLRIS3.settings(server), system=System.ALLRIS3)
        visit = Visit(ALLRIS3, server, house)
        assert house.crawl().outcome is Outcome.COMPLETE
        assert visit.wrong() == []
        server.requests.clear()
        assert house.crawl().outcome is Outcome.COMPLETE
        assert not [path for path in server.requests.paths if "allris.net" in path]
        server.layout = Layout.RESPONSIVE
        server.requests.clear()
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.FAILED, 0)
        assert "is not released" in repr(run.warnings)
        assert len(server.requests) <= 14, "each month once"


def test_memberships_stay_where_a_body_could_not_be_read(visited: Visit) -> None:
    def seats() -> dict[str, int]:
        people = [record for record in visited.house.held().values() if isinstance(record, Person)]
        return {person.native_id: len(person.memberships) for person in people}

    held = seats()
    faults_of(visited.server).switch_on(Fault.HALF, share=0.7, kinds=("organization",))
    run = visited.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.INCOMPLETE, 0)
    assert seats() == held
    faults_of(visited.server).mend()
    assert visited.crawl().outcome is Outcome.COMPLETE, "those that were lost are asked for again, and those alone"
    assert seats() == held


def test_a_new_paper_of_no_meeting_is_found_by_the_list(visited: Visit) -> None:
    server = visited.server
    last = [paper for paper in municipality().papers if paper.public][-1]
    new = replace(last, number=700, reference="BV/2026/0700", consultations=(), date=municipality().day)
    server.municipality = add_paper(server.municipality, new)
    run = visited.crawl()
    assert (run.mode, changed(run)) == (RunMode.INCREMENTAL, 1)
    shown = visited.paper(new)
    assert shown is not None
    assert shown["date"] == str(municipality().day)
    assert changed(visited.crawl()) == 0
    server.municipality = withdraw_paper(server.municipality, 700)
    run = visited.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 1), "asked for by itself, and refused"


# --- meetings without a number


def meetings(house: House) -> dict[str, Meeting]:
    return {meeting.native_id: meeting for meeting in house.held().values() if isinstance(meeting, Meeting)}


@pytest.mark.parametrize("layout", Layout, ids=lambda layout: layout.name)
def test_the_number_of_a_meeting_comes_and_goes(layout: Layout, tmp_path: Path) -> None:
    """Before its agenda is out, with it, called off, and with an agenda that is taken back."""
    coming, last = municipality().meetings[-2:]
    number = str(meeting_id(coming.number))
    without = replace(municipality(), meetings=(*municipality().meetings[:-2], replace(coming, invitation=None), last))
    with Allris3Server(municipality(), layout=layout) as server:
        server.municipality = without
        visit = at(ALLRIS3, server, tmp_path)
        house = visit.house
        assert house.crawl().outcome is Outcome.COMPLETE
        assert visit.wrong() == []
        (placeholder,) = [meeting for meeting in meetings(house) if coming.start.strftime("day-%Y-%m-%d") in meeting]
        server.municipality = cancel_meeting(server.municipality, coming.number)
        assert gone(house.crawl()) == 0
        assert meetings(house)[placeholder].cancelled, "the same record"
        server.municipality = municipality()
        run = house.crawl()
        assert (run.mode, run.outcome, gone(run)) == (RunMode.INCREMENTAL, Outcome.COMPLETE, 1)
        held = meetings(house)
        assert placeholder not in held
        assert (held[number].cancelled, len(held[number].agenda) > 0) == (False, True)
        assert "it has its number now" in reason(house.archive(), placeholder)
        assert visit.wrong() == []
        server.municipality = cancel_meeting(server.municipality, coming.number)
        assert (gone(house.crawl()), meetings(house)[number].cancelled) == (0, True)
        server.municipality = municipality()
        assert (gone(house.crawl()), meetings(house)[number].cancelled) == (0, False)
        server.municipality = without
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
        held = meetings(house)
        assert len(held) == len(municipality().meetings)
        assert (held[number].agenda, held[number].cancelled) == ((), False)


def reason(archive: Archive, native_id: str) -> str:
    """Why a meeting is gone."""
    try:
        found = RecordReader(archive).record(f"{KEY}:meeting:{native_id}")
        return found.reason if isinstance(found, GoneRecord) else ""
    finally:
        archive.close()


def test_agendas_before_their_release_are_no_sign_of_an_ill_server(tmp_path: Path) -> None:
    """The export names twelve meetings that are refused."""
    coming = municipality().meetings[-1]
    days = (dt.timedelta(days=number) for number in range(12))
    planned = [
        replace(coming, number=500 + place, start=coming.start + day, end=coming.end + day, items=(), invitation=None)
        for place, day in enumerate(days, 1)
    ]
    with Allris3Server(municipality(), export=True) as server:
        server.municipality = replace(municipality(), meetings=(*municipality().meetings, *planned))
        visit = at(ALLRIS3, server, tmp_path)
        house = visit.house
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert visit.wrong() == []
        assert len([path for path in server.requests.paths if "to010" in path]) == len(server.municipality.meetings)
        server.export = False  # between two visits: the months are asked for instead
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert len(meetings(house)) == len(server.municipality.meetings)

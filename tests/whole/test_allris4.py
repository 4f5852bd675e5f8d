"""What ALLRIS 4 alone does over the wire: its sessions, and agendas before their release."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from archive.run import Outcome
from council.model import Meeting, Person
from tests.simulation.faults import Fault, faults_of
from tests.whole.house import House
from tests.whole.products.allris4 import ALLRIS4
from tests.whole.products.product import Product
from tests.whole.products.visit import Visit, at, changed, gone
from townhall.allris4.frame import Layout, meeting_id
from townhall.allris4.server import MOST_SESSIONS, Allris4Server
from townhall.invention.model import Municipality


def municipality() -> Municipality:
    return ALLRIS4.municipality()


@pytest.fixture
def product() -> Product:
    return ALLRIS4


def test_each_meeting_is_asked_for_once_and_every_address_says_not_to_refresh(first_visit: Visit) -> None:
    asked = [line.path for line in first_visit.first]
    assert len([path for path in asked if "to010" in path]) == len(ALLRIS4.municipality().meetings)
    assert all("refresh=false" in path for path in asked if not path.endswith((".pdf", "robots.txt")))


# --- sessions


def test_a_visit_has_one_session_and_asks_for_one_thing_at_a_time(visited: Visit) -> None:
    visited.crawl()
    assert (visited.server.sessions_opened, visited.server.requests.most_at_once) == (1, 1)


def test_sessions_that_expire_are_opened_anew(visited: Visit) -> None:
    visited.server.expire(2)
    run = visited.crawl()
    assert (run.outcome, changed(run)) == (Outcome.COMPLETE, 0), run.detail
    assert visited.server.sessions_opened in (2, 3), "both may have been of the first"


def test_committees_without_a_list_are_those_that_meet(visited: Visit) -> None:
    visited.server.not_released = {"gr010"}
    run = visited.crawl("--full")
    assert (run.outcome, changed(run)) == (Outcome.COMPLETE, 0), run.detail
    assert "the list of committees could not be read" in repr(run.warnings)


def test_who_opened_too_many_sessions_is_left_alone_for_the_day(visited: Visit) -> None:
    visited.server.expire(1)
    visited.server.sessions_opened = MOST_SESSIONS
    run = visited.crawl()
    assert (run.outcome, gone(run)) == (Outcome.BLOCKED, 0)
    assert len(visited.server.requests) <= 4
    assert visited.wrong() == []


# --- agendas and committees


def meeting(house: House, number: int) -> Meeting:
    native = str(meeting_id(number))
    return next(
        record for record in house.held().values() if isinstance(record, Meeting) and record.native_id == native
    )


@pytest.mark.parametrize("layout", [Layout.AJAX, Layout.INLINE], ids=lambda layout: layout.name)
def test_agendas_before_their_release(layout: Layout, tmp_path: Path) -> None:
    """Listed without a link, or with one that is refused: twelve of them are no sign of an ill server."""
    coming = municipality().meetings[-1]
    days = (dt.timedelta(days=number) for number in range(1, 13))
    planned = [
        replace(coming, number=500 + place, start=coming.start + day, end=coming.end + day, items=(), invitation=None)
        for place, day in enumerate(days, 1)
    ]
    bare = replace(coming, invitation=None)
    with Allris4Server(municipality(), layout=layout) as server:
        server.municipality = replace(municipality(), meetings=(*municipality().meetings[:-1], bare, *planned))
        visit = at(ALLRIS4, server, tmp_path)
        house = visit.house
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert visit.wrong() == []
        assert meeting(house, coming.number).agenda == ()
        server.municipality = replace(server.municipality, meetings=(*municipality().meetings, *planned))
        assert house.crawl().outcome is Outcome.COMPLETE
        assert meeting(house, coming.number).agenda != ()
        assert visit.wrong() == []


def test_memberships_stay_where_a_committee_could_not_be_read(visited: Visit) -> None:
    def seats() -> dict[str, int]:
        people = [record for record in visited.house.held().values() if isinstance(record, Person)]
        return {person.native_id: len(person.memberships) for person in people}

    held = seats()
    faults_of(visited.server).switch_on(Fault.HALF, share=0.9, kinds=("organization",))
    run = visited.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.INCOMPLETE, 0)
    assert seats() == held

"""What SessionNet alone does over the wire: sessions, several bodies on one server, papers that no list names."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from archive.run import Outcome
from council.model import Meeting, Organization, Paper
from council.system import System
from tests.simulation.edits import change_paper, withdraw_paper
from tests.whole.house import KEY, House
from tests.whole.products.product import Product
from tests.whole.products.sessionnet import SESSIONNET
from tests.whole.products.visit import Visit, at, changed, gone
from townhall.invention.model import Municipality
from townhall.server.loopback import Answer, Asked
from townhall.sessionnet.frame import SHIFTS, Layout
from townhall.sessionnet.server import SessionNetServer


def municipality() -> Municipality:
    return SESSIONNET.municipality()


@pytest.fixture
def product() -> Product:
    return SESSIONNET


def paper(house: House, number: int | None) -> Paper | None:
    """What is held of one of the municipality's papers."""
    found = [item for i, item in house.held().items() if i == f"{KEY}:paper:{SHIFTS['paper'] + (number or 0)}"]
    return found[0] if found and isinstance(found[0], Paper) else None


def meeting(house: House, number: int) -> Meeting:
    start = next(meeting.start for meeting in municipality().meetings if meeting.number == number)
    (found,) = [record for record in house.held().values() if isinstance(record, Meeting) and record.start == start]
    return found


# --- what is asked for and held


def test_what_a_first_visit_asks_for(first_visit: Visit) -> None:
    counts = Counter(line.kind for line in first_visit.first)
    assert counts["meeting"] == len(municipality().meetings)
    assert counts["paper"] == 2 * sum(paper.public for paper in municipality().papers)
    assert counts["organization"] == 1 + 11
    assert counts["calendar"] <= 8


def test_times_and_files_where_the_comparison_of_systems_leaves_them_out(visited: Visit) -> None:
    papers = {record.native_id: record for record in visited.house.held().values() if isinstance(record, Paper)}
    for shown in municipality().meetings:
        held = meeting(visited.house, shown.number)
        assert held.end == (shown.end if shown.minutes else None)
        own_of = {item.label: len(item.documents) for item in shown.items if item.public}
        for item in held.agenda:
            of_paper = {file.native_id for file in papers[item.paper].files} if item.paper else set()
            assert of_paper <= {file.native_id for file in item.files}
            assert len(item.files) == len(of_paper) + own_of[item.number or ""]


def test_one_body_of_several_and_another_layout_in_one_register(tmp_path: Path, first_visit: Visit) -> None:
    """Neither its neighbours' meetings nor their papers and committees come along."""
    with (
        SessionNetServer(municipality(), tenant="7") as server,
        SessionNetServer(municipality(), layout=Layout.OLDER, host="127.0.0.2") as other,
    ):
        entry = f"""\
  nachbarort:
    name: Nachbarort
    kind: Stadt
    ags: "15999002"
    system: sessionnet
    url: {other.url}
    politeness: {{delay_seconds: 0, parallel: 4}}
"""
        visit = at(SESSIONNET, server, tmp_path, entry)
        house = visit.house
        assert house.crawl().outcome is Outcome.COMPLETE
        found = visit.content()
        kinds = {key.partition(" ")[0] for key in found}
        assert kinds == {"meeting", "paper"}
        given = {key: value for key, value in (first_visit.held_first or {}).items() if key.startswith("meeting")}
        assert {key: value for key, value in found.items() if key.startswith("meeting")} == given
        assert not [key for key in found if "777" in key]
        assert server.requests["organization"] == 0
        assert house.run("crawl", "nachbarort").returncode == 0
        assert visit.content() == found


# --- faults


def test_a_session_that_ends_is_opened_again(visited: Visit) -> None:
    asked_for = count(1)

    def forgetful(asked: Asked, inner: Callable[[Asked], Answer]) -> Answer:
        """Ends every session after so many pages."""
        if next(asked_for) % 20 == 0:
            visited.server.expire()
        return inner(asked)

    visited.server.middleware.append(forgetful)
    run = visited.crawl("--full")
    assert (run.outcome, run.warnings, changed(run)) == (Outcome.COMPLETE, (), 0)
    assert 3 <= sum("info.php" in path for path in visited.server.requests.paths) <= 15
    assert visited.content() == visited.held_first


def test_consultations_that_cannot_be_read_stay_and_the_paper_is_asked_for_again(visited: Visit) -> None:
    def broken(asked: Asked, inner: Callable[[Asked], Answer]) -> Answer:
        return Answer(200, b"<html></html>", "text/html") if "vo0053" in asked.path else inner(asked)

    visited.server.middleware.append(broken)
    assert visited.crawl().outcome is Outcome.INCOMPLETE
    visited.server.middleware.clear()
    assert visited.content() == visited.held_first
    assert visited.crawl().outcome is Outcome.COMPLETE
    assert visited.content() == visited.held_first


def test_a_system_that_is_replaced_by_another_layout(tmp_path: Path, first_visit: Visit) -> None:
    """From asp without a calendar of years to php with one, in the same folder."""
    with SessionNetServer(municipality(), layout=Layout.OLDER) as server:
        house = House(tmp_path, server.base + "/bi/", system=System.SESSIONNET)
        visit = Visit(SESSIONNET, server, house)
        server.folder = "/bi/"
        assert house.crawl().outcome is Outcome.COMPLETE
        server.layout = Layout.TABLE
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
        assert visit.content() == first_visit.held_first


# --- edits


def test_an_agenda_that_is_taken_back_is_gone(visited: Visit) -> None:
    coming = municipality().meetings[-1]
    bare = replace(municipality(), meetings=(*municipality().meetings[:-1], replace(coming, invitation=None)))
    visited.server.municipality = bare
    assert visited.crawl().outcome is Outcome.COMPLETE
    assert meeting(visited.house, coming.number).agenda == ()


def test_old_papers_that_no_list_names_are_asked_themselves(visited: Visit) -> None:
    """A paper without consultations has been among the newest; when others are newer it is still there."""
    alone = next(paper for paper in municipality().papers if paper.public and not paper.consultations)
    assert paper(visited.house, alone.number) is not None
    visited.server.municipality = change_paper(visited.server.municipality, alone.number, date=dt.date(2019, 1, 1))
    run = visited.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
    held = paper(visited.house, alone.number)
    assert held is not None
    assert held.date == dt.date(2019, 1, 1)
    visited.server.municipality = withdraw_paper(visited.server.municipality, alone.number)
    assert gone(visited.crawl("--full")) == 1
    assert paper(visited.house, alone.number) is None


def test_a_committee_that_is_dissolved_goes_with_its_memberships(visited: Visit) -> None:
    kept = tuple(committee for committee in municipality().committees if committee.name != "Fraktion Junge Liste")
    visited.server.municipality = replace(municipality(), committees=kept)
    assert visited.crawl("--full").outcome is Outcome.COMPLETE
    names = [record.name for record in visited.house.held().values() if isinstance(record, Organization)]
    assert len(names) == 10
    assert "Junge Liste" not in json.dumps([record.model_dump(mode="json") for record in visited.house.held().values()])

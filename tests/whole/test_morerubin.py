"""What more!rubin alone does over the wire: interfaces that follow each other, refusals in words, old papers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from archive.run import Outcome, RunMode
from council.model import Meeting, Paper
from tests.simulation.edits import withdraw_paper
from tests.simulation.faults import Fault, faults_of
from tests.whole.house import House
from tests.whole.products.morerubin import MORERUBIN, OPEN
from tests.whole.products.product import Product
from tests.whole.products.visit import Visit, at, gone
from townhall.invention.model import Municipality
from townhall.morerubin.names import Layout, number_of_meeting
from townhall.morerubin.server import MoreRubinServer
from townhall.server.loopback import Answer, Asked


def municipality() -> Municipality:
    return MORERUBIN.municipality()


@pytest.fixture
def product() -> Product:
    return MORERUBIN


def paper(house: House, number: int | None) -> Paper | None:
    """What is held of one of the municipality's papers."""
    reference = next(paper.reference for paper in municipality().papers if paper.number == number)
    found = [record for record in house.held().values() if isinstance(record, Paper) and record.reference == reference]
    return found[0] if found else None


def meeting(house: House, number: int) -> Meeting:
    native = number_of_meeting(
        municipality(), next(meeting for meeting in municipality().meetings if meeting.number == number)
    )
    (found,) = [
        record for record in house.held().values() if isinstance(record, Meeting) and record.native_id == native
    ]
    return found


# --- what is asked for and held


def test_what_a_first_visit_asks_for(first_visit: Visit) -> None:
    kinds = [line.kind for line in first_visit.first]
    assert kinds.count("meeting") == len(municipality().meetings)
    assert len([kind for kind in kinds if kind in MORERUBIN.pages]) <= len(municipality().meetings) + 12


def test_times_and_files_where_the_comparison_of_systems_leaves_them_out(visited: Visit) -> None:
    house = visited.house
    papers = {record.native_id: record for record in house.held().values() if isinstance(record, Paper)}
    for shown in municipality().meetings:
        held = meeting(house, shown.number)
        assert held.end == (shown.end if shown.minutes else None)
        own_of = {item.label: len(item.documents) for item in shown.items if item.public}
        for item in held.agenda:
            of_paper = {file.native_id for file in papers[item.paper].files} if item.paper else set()
            assert of_paper <= {file.native_id for file in item.files}
            assert len(item.files) == len(of_paper) + own_of[item.number or ""]


def test_documents_that_robots_txt_forbids_are_never_asked_for(tmp_path: Path) -> None:
    with MoreRubinServer(municipality(), layout=Layout.SCRIPT) as server:
        visit = at(MORERUBIN, server, tmp_path)
        house = visit.house
        run = house.crawl()
        assert (run.outcome, run.detail) == (Outcome.COMPLETE, None)
        assert server.requests["file"] == 0
        held = [record for record in house.held().values() if isinstance(record, Paper)]
        assert any(record.files for record in held)


# --- faults


def test_pages_that_were_lost_are_asked_for_again_though_a_gate_came_between(
    tmp_path: Path, first_visit: Visit
) -> None:
    with MoreRubinServer(municipality()) as server:
        _lose_pages_and_meet_a_gate(at(MORERUBIN, server, tmp_path), first_visit)


def _lose_pages_and_meet_a_gate(visit: Visit, first_visit: Visit) -> None:
    server, house = visit.server, visit.house
    faults_of(server).switch_on(Fault.MARKUP, kinds=("meeting",))
    assert house.crawl().outcome is Outcome.INCOMPLETE
    faults_of(server).mend()
    faults_of(server).switch_on(Fault.GATE)
    assert house.crawl().outcome is Outcome.BLOCKED
    faults_of(server).mend()
    run = house.crawl()
    assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.INCREMENTAL)
    assert visit.content() == first_visit.held_first


class Forgetful(MoreRubinServer):
    """Says once of every meeting that it is not there."""

    def page(self, asked: Asked) -> Answer:
        first = self.kind(asked) == "meeting" and asked.query not in self.told
        self.told.add(asked.query)
        lost = b'{"message": "Sitzung nicht gefunden", "status": "error"}'
        return Answer(200, lost) if first else super().page(asked)

    told: ClassVar[set[str]] = set()


def test_a_refusal_in_words_is_believed_only_when_it_is_said_again(tmp_path: Path, first_visit: Visit) -> None:
    with Forgetful(municipality()) as server:
        visit = at(MORERUBIN, server, tmp_path)
        house = visit.house
        assert house.crawl().outcome is Outcome.COMPLETE
        assert visit.content() == first_visit.held_first


def test_a_system_that_is_replaced_by_a_newer_one(tmp_path: Path, first_visit: Visit) -> None:
    with MoreRubinServer(municipality(), layout=Layout.SCRIPT, robots=OPEN) as server:
        visit = at(MORERUBIN, server, tmp_path)
        house = visit.house
        assert house.crawl().outcome is Outcome.COMPLETE
        server.layout = Layout.API
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.FAILED, 0)
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
        assert visit.content() == first_visit.held_first


# --- edits


def with_old_paper_on_the_next_agenda() -> Municipality:
    """A paper of years ago comes up again."""
    coming = municipality().meetings[-1]
    old = next(paper for paper in municipality().papers if paper.consultations[0].meeting == 2)
    item = replace(coming.items[-1], number=900, label="99", name=old.name, paper=old.number, consultation=900)
    consultation = replace(old.consultations[0], number=900, meeting=coming.number, item=900)
    whole = replace(old, consultations=(*old.consultations, consultation))
    papers = tuple(whole if paper.number == old.number else paper for paper in municipality().papers)
    meetings = (*municipality().meetings[:-1], replace(coming, items=(*coming.items, item)))
    return replace(municipality(), papers=papers, meetings=meetings)


@pytest.mark.parametrize("layout", [Layout.API, Layout.SCRIPT], ids=lambda layout: layout.name)
def test_the_old_meetings_of_a_paper_that_is_withdrawn_are_asked_for(layout: Layout, tmp_path: Path) -> None:
    old = next(paper.number for paper in municipality().papers if paper.consultations[0].meeting == 2)
    with MoreRubinServer(with_old_paper_on_the_next_agenda(), layout=layout, robots=OPEN) as server:
        visit = at(MORERUBIN, server, tmp_path)
        house = visit.house
        house.crawl()
        came_up = paper(house, old)
        assert came_up is not None
        assert len(came_up.consultations) == len(server.municipality.papers[old - 1].consultations)
        server.municipality = withdraw_paper(server.municipality, old)
        server.requests.clear()
        run = house.crawl()
        assert (run.mode, run.outcome) == (RunMode.INCREMENTAL, Outcome.COMPLETE)
        assert server.requests["meeting"] <= 5, "beside those around today only the old ones of the paper that went"
        seen = visit.content()
        assert paper(house, old) is None
        again = house.crawl("--full")
        assert (again.outcome, gone(again)) == (Outcome.COMPLETE, 0)
        assert visit.content() == seen

"""What councilservice alone does over the wire: the operator's key, which is nowhere, refusals and redirects."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from archive.run import Outcome
from tests.simulation.edits import withdraw_paper
from tests.simulation.faults import Fault, faults_of
from tests.whole.house import KEY
from tests.whole.products.councilservice import COUNCILSERVICE
from tests.whole.products.product import Product
from tests.whole.products.visit import Visit, at
from townhall.councilservice.server import CouncilserviceServer
from townhall.invention.model import Municipality
from townhall.server.loopback import Answer, Asked


def municipality() -> Municipality:
    return COUNCILSERVICE.municipality()


@pytest.fixture
def product() -> Product:
    return COUNCILSERVICE


def test_the_operator_s_key_is_nowhere_and_one_thing_is_asked_for_at_a_time(tmp_path: Path) -> None:
    with COUNCILSERVICE.serve(municipality()) as server:
        visit = at(COUNCILSERVICE, server, tmp_path)
        done = visit.house.run("crawl", KEY)
        run = visit.house.last_run()
        assert run.outcome is Outcome.COMPLETE
        visit.house.index()
        records = json.dumps([record.model_dump(mode="json") for record in visit.house.held().values()])
        assert server.key not in done.stdout + done.stderr + records + repr(visit.house.texts()) + repr(run)
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert [path for path in files if server.key.encode() in path.read_bytes()] == []
        assert server.requests.most_at_once == 1


def test_each_meeting_is_asked_for_once_and_an_ordinary_visit_is_small(visited: Visit) -> None:
    assert len([line for line in visited.first if line.kind == "meeting"]) == len(municipality().meetings)
    visited.crawl()
    assert len(visited.server.requests) < len(visited.first) / 6


# --- faults


def test_faults_in_a_later_visit_take_nothing_away(visited: Visit) -> None:
    faults_of(visited.server).switch_on(Fault.HALF, share=0.5, kinds=("meeting",))
    faults_of(visited.server).switch_on(Fault.ERROR_PAGE, share=0.5, kinds=("meeting",))
    visited.crawl("--full")
    assert visited.content() == visited.held_first
    faults_of(visited.server).mend()
    assert visited.crawl().outcome is Outcome.COMPLETE
    assert visited.content() == visited.held_first


def test_a_key_that_expires_on_the_way_is_read_again(tmp_path: Path) -> None:
    with COUNCILSERVICE.serve(municipality()) as server:
        faults_of(server).switch_on(Fault.EXPIRED)
        first = server.key
        visit = at(COUNCILSERVICE, server, tmp_path)
        run = visit.crawl()
        assert server.key != first
        assert (run.outcome, visit.wrong()) == (Outcome.COMPLETE, [])
        assert server.requests["page"] > 1


def test_meetings_that_are_gone_are_gone_only_when_the_list_is_whole(visited: Visit) -> None:
    visited.server.endless = True
    visited.server.municipality = replace(municipality(), meetings=municipality().meetings[3:])
    assert visited.crawl("--full").outcome is Outcome.INCOMPLETE
    assert visited.content() == visited.held_first
    visited.server.endless = False
    assert visited.crawl("--full").outcome is Outcome.COMPLETE
    missing = (visited.held_first or {}).keys() - visited.content().keys()
    assert len([key for key in missing if key.startswith("meeting")]) == 3
    visited.server.municipality = municipality()
    visited.crawl("--full")
    assert visited.content() == visited.held_first


class Refusing(CouncilserviceServer):
    """Lists a meeting whose entry it refuses, as soon as it is told so."""

    refuses = False

    def page(self, asked: Asked) -> Answer:
        if self.refuses and asked.path.endswith("/120002"):
            return Answer(200, b'{"status": "ERROR", "message": "Keine Berechtigung"}')
        return super().page(asked)


def test_an_entry_that_is_refused_stays_as_it_is_held_and_makes_the_visit_incomplete(tmp_path: Path) -> None:
    with Refusing(municipality(), tenant="localhost") as server:
        visit = at(COUNCILSERVICE, server, tmp_path)
        house = visit.house
        house.crawl()
        server.refuses = True
        run = house.crawl("--full")
        assert (run.outcome, visit.wrong()) == (Outcome.INCOMPLETE, [])


class Redirecting(CouncilserviceServer):
    """Sends those who ask for entries and files elsewhere."""

    def page(self, asked: Asked) -> Answer:
        if self.kind_of(asked.path) in {"meeting", "file"}:
            return Answer(302, b"", "text/html", {"Location": f"http://127.0.0.1:{self.base.rpartition(':')[2]}/nosy"})
        return super().page(asked)


def test_no_redirect_takes_the_key_along(tmp_path: Path) -> None:
    with Redirecting(municipality(), tenant="localhost") as server:
        run = at(COUNCILSERVICE, server, tmp_path).crawl()
        assert run.outcome is not Outcome.COMPLETE
        assert server.requests["meeting"]
        assert "/nosy" not in server.requests.paths


# --- edits


def test_what_an_older_meeting_says_of_a_withdrawn_paper_stays_till_a_full_visit(visited: Visit) -> None:
    newest = {meeting.number for meeting in municipality().meetings[-4:]}
    half = next(
        paper
        for paper in municipality().papers
        if paper.public and paper.main and (meetings := {step.meeting for step in paper.consultations}) & newest
        if meetings - newest
    )
    visited.server.municipality = withdraw_paper(visited.server.municipality, half.number)
    visited.crawl()
    held = visited.paper(half)
    assert held is not None
    assert 0 < len(held["consultations"]) < len(half.consultations)
    visited.crawl("--full")
    assert visited.wrong() == []

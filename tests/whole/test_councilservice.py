"""councilservice over the wire: every layout, faults, gates, edits, and the operator's key, which is nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from archive.run import Outcome, Run, RunMode
from council.system import System
from tests.simulation.edits import cancel_meeting, change_document, keep_secret, rename_paper, withdraw_paper
from tests.simulation.faults import Fault, faults_of
from tests.simulation.planting import plant
from tests.whole.content import Content, content_of, differences
from tests.whole.councilservice_content import DECLARED, content_shown, in_plain_numbers, town_of_today
from tests.whole.house import KEY, House
from townhall.councilservice.answers import Layout
from townhall.councilservice.server import CouncilserviceServer
from townhall.invention.model import SECRET_WORD, Paper, Town
from townhall.server.loopback import Answer, Asked

ELSEWHERE = ("group/", "/login", "/suche", "/fotos", "initialize.js", "900001", "900002")


@cache
def town() -> Town:
    return town_of_today(papers=12, meetings=6)


@pytest.fixture
def server() -> Iterator[CouncilserviceServer]:
    with CouncilserviceServer(town(), tenant="localhost") as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, server: CouncilserviceServer) -> House:
    return House(tmp_path, server.url, system=System.COUNCILSERVICE)


def content(house: House) -> Content:
    archive = house.archive()
    try:
        return content_of(archive, KEY)
    finally:
        archive.close()


def wrong(house: House, server: CouncilserviceServer) -> list[Any]:
    """What is not held as the town shows it."""
    return differences(content_shown(server.town, server.layout), content(house), DECLARED)


def changed(run: Run) -> int:
    return sum(count.new + count.changed + count.gone for count in run.counts.values())


# --- all of it, in every layout


@pytest.mark.parametrize("layout", Layout, ids=lambda layout: layout.name)
def test_every_layout_ends_in_the_same_content_and_nothing_secret_is_held(layout: Layout, tmp_path: Path) -> None:
    served = plant(in_plain_numbers(town()) if layout is Layout.MARKED else town(), 21)
    with CouncilserviceServer(served, layout=layout, tenant="localhost") as server:
        house = House(tmp_path, server.url, system=System.COUNCILSERVICE)
        said = house.run("crawl", KEY)
        run = house.last_run()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), (run.detail, run.warnings)
        assert wrong(house, server) == []
        house.index()
        everything = (
            said.stdout + said.stderr + json.dumps([one.model_dump(mode="json") for one in house.held().values()])
        )
        everything += repr(house.texts()) + repr(run)
        for word in (SECRET_WORD, server.key):
            assert word not in everything
            assert [path for path in tmp_path.rglob("*") if path.is_file() and word.encode() in path.read_bytes()] == []
        asked = " ".join(server.requests.paths)
        secret = [address.removeprefix(server.tenant) for address in server.secret_addresses]
        assert secret
        assert [word for word in (*secret, *ELSEWHERE) if word in asked] == []
        assert server.requests.most_at_once == 1


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CouncilserviceServer, House]]:
    """A server and a house that has been there once; the tests that share them leave both as they were."""
    with CouncilserviceServer(town(), tenant="localhost") as running:
        visitor = House(tmp_path_factory.mktemp("visited"), running.url, system=System.COUNCILSERVICE)
        assert visitor.crawl().outcome is Outcome.COMPLETE
        yield running, visitor


def test_an_ordinary_visit_asks_for_little_and_a_full_one_finds_nothing_new(
    visited: tuple[CouncilserviceServer, House],
) -> None:
    server, house = visited
    full = len(server.requests)
    assert server.requests["meeting"] == len(town().meetings)
    server.requests.clear()
    run = house.crawl()
    assert (run.mode, run.outcome, changed(run)) == (RunMode.INCREMENTAL, Outcome.COMPLETE, 0)
    assert server.requests["calendar"] == server.requests["page"] == 1
    assert server.requests["meeting"] < len(town().meetings) / 2
    assert server.requests["file"] == 0
    assert len(server.requests) < full / 6
    server.requests.clear()
    run = house.crawl("--full")
    assert (run.mode, run.outcome, changed(run)) == (RunMode.FULL, Outcome.COMPLETE, 0)
    assert server.requests["file"] == 0


# --- faults


def test_small_faults_are_mended_by_the_next_visit(server: CouncilserviceServer, house: House) -> None:
    texts = ("page", "calendar", "meeting")
    faults_of(server).switch_on(Fault.ERROR, share=0.05)
    faults_of(server).switch_on(Fault.HALF, share=0.2, kinds=texts)
    faults_of(server).switch_on(Fault.ERROR_PAGE, share=0.2, kinds=texts)
    faults_of(server).switch_on(Fault.ENCODING, share=0.3, kinds=("calendar", "meeting"))
    faults_of(server).switch_on(Fault.HTML_FOR_FILE, share=0.05, kinds=("file",))
    house.crawl()
    faults_of(server).mend()
    run = house.crawl("--full")
    assert (run.outcome, wrong(house, server)) == (Outcome.COMPLETE, [])
    faults_of(server).switch_on(Fault.HALF, share=0.5, kinds=("meeting",))
    faults_of(server).switch_on(Fault.ERROR_PAGE, share=0.5, kinds=("meeting",))
    house.crawl("--full")
    assert wrong(house, server) == []
    faults_of(server).mend()
    run = house.crawl()
    assert (run.outcome, wrong(house, server)) == (Outcome.COMPLETE, [])


def test_a_key_that_expires_on_the_way_is_read_again(server: CouncilserviceServer, house: House) -> None:
    faults_of(server).switch_on(Fault.EXPIRED, kinds=("meeting",))
    first = server.key
    run = house.crawl()
    assert server.key != first
    assert (run.outcome, wrong(house, server)) == (Outcome.COMPLETE, [])
    assert server.requests["page"] > 1


def test_gates_stop_everything_at_once(visited: tuple[CouncilserviceServer, House]) -> None:
    server, house = visited
    before = content(house)
    for fault, kind in ((Fault.GATE, "page"), (Fault.FORBIDDEN, "calendar"), (Fault.GATE, "meeting")):
        faults_of(server).switch_on(fault, kinds=(kind,))
        server.requests.clear()
        run = house.crawl("--full")
        faults_of(server).mend()
        assert run.outcome is Outcome.BLOCKED, (fault, kind, run.detail)
        assert [line.kind for line in server.requests.lines].index(kind) == len(server.requests) - 1, (fault, kind)
        assert content(house) == before, (fault, kind)


def test_what_is_no_answer_takes_nothing_away(visited: tuple[CouncilserviceServer, House]) -> None:
    server, house = visited
    before, whole = content(house), server.town
    cases = (
        (Fault.MARKUP, "calendar"), (Fault.MARKUP, "meeting"), (Fault.LOGIN, "calendar"), (Fault.LOGIN, "meeting"),
        (Fault.LOGIN, "page"), (Fault.ERROR_PAGE, "meeting"), (Fault.ENDLESS, "calendar"),
    )  # fmt: skip
    for fault, kind in cases:
        faults_of(server).switch_on(fault, kinds=(kind,))
        server.requests.clear()
        if fault is Fault.ENDLESS:  # three meetings are gone, but the list says that it is not whole
            server.town = replace(whole, meetings=whole.meetings[3:])
        run = house.crawl("--full")
        faults_of(server).mend()
        assert run.outcome in (Outcome.INCOMPLETE, Outcome.FAILED), (fault, kind, run.detail)
        assert len(server.requests) < 40, (fault, kind)
        assert content(house) == before, (fault, kind)
    run = house.crawl("--full")
    assert run.outcome is Outcome.COMPLETE
    gone = {key for key in before.keys() - content(house).keys() if key.startswith("meeting")}
    assert len(gone) == 3
    server.town = whole
    house.crawl("--full")
    assert content(house) == before


def test_robots_txt_that_forbids(tmp_path: Path) -> None:
    with CouncilserviceServer(town(), robots="User-agent: *\nDisallow: /\n", tenant="localhost") as server:
        run = House(tmp_path, server.url, system=System.COUNCILSERVICE).crawl()
        assert run.outcome is Outcome.FAILED
        assert "robots.txt" in (run.detail or "")
        assert set(server.requests.paths) == {"/robots.txt"}


class Refusing(CouncilserviceServer):
    """Lists a meeting whose entry it refuses, as soon as it is told so."""

    refuses = False

    def page(self, asked: Asked) -> Answer:
        if self.refuses and asked.path.endswith("/120002"):
            return Answer(200, b'{"status": "ERROR", "message": "Keine Berechtigung"}')
        return super().page(asked)


def test_an_entry_that_is_refused_stays_as_it_is_held_and_makes_the_visit_incomplete(tmp_path: Path) -> None:
    with Refusing(town(), tenant="localhost") as server:
        house = House(tmp_path, server.url, system=System.COUNCILSERVICE)
        house.crawl()
        server.refuses = True
        run = house.crawl("--full")
        assert (run.outcome, wrong(house, server)) == (Outcome.INCOMPLETE, [])


class Redirecting(CouncilserviceServer):
    """Sends those who ask for entries and files elsewhere."""

    def page(self, asked: Asked) -> Answer:
        if self.kind_of(asked.path) in {"meeting", "file"}:
            return Answer(302, b"", "text/html", {"Location": f"http://127.0.0.1:{self.base.rpartition(':')[2]}/nosy"})
        return super().page(asked)


def test_no_redirect_takes_the_key_along(tmp_path: Path) -> None:
    with Redirecting(town(), tenant="localhost") as server:
        run = House(tmp_path, server.url, system=System.COUNCILSERVICE).crawl()
        assert run.outcome is not Outcome.COMPLETE
        assert server.requests["meeting"]
        assert "/nosy" not in server.requests.paths


# --- edits


def dealt_with(served: Town) -> tuple[list[Paper], list[Paper]]:
    """Public papers with a main document: those that only the newest meetings deal with, and those that both they and
    older ones do."""
    newest = {one.number for one in served.meetings[-4:]}
    papers = [(one, {step.meeting for step in one.consultations}) for one in served.papers if one.public and one.main]
    recent = [one for one, meetings in papers if meetings and meetings <= newest]
    return recent, [one for one, meetings in papers if meetings & newest and meetings - newest]


@pytest.mark.parametrize("options", [(), ("--full",)], ids=["ordinary", "full"])
def test_what_happens_to_a_town_is_seen(options: tuple[str, ...], tmp_path: Path) -> None:
    with CouncilserviceServer(town_of_today(papers=30, meetings=12), tenant="localhost") as server:
        house = House(tmp_path, server.url, system=System.COUNCILSERVICE)
        house.crawl()
        (renamed, withdrawn, replaced, hidden, *_), (half, *_) = dealt_with(server.town)
        server.town = rename_paper(server.town, renamed.number, "Ein ganz anderer Name")
        server.town = withdraw_paper(server.town, withdrawn.number)
        assert replaced.main
        server.town = change_document(server.town, replaced.main.number, "# Neu\nEin ganz anderer Text.\n" * 9)
        server.town = keep_secret(server.town, hidden.number)
        server.town = cancel_meeting(server.town, server.town.meetings[-1].number)
        run = house.crawl(*options)
        assert (run.outcome, wrong(house, server)) == (Outcome.COMPLETE, [])
        house.index()
        assert "Ein ganz anderer Text." in repr(house.texts())
        assert not {f"paper {one.reference}" for one in (withdrawn, hidden)} & content(house).keys()
        server.town = withdraw_paper(server.town, half.number)
        if (
            not options
        ):  # older meetings are asked for by a full visit only: what they said of the paper stays till then
            house.crawl()
            here = content(house)[f"paper {half.reference}"]
            assert 0 < len(here["stations"]) < len(half.consultations)
        house.crawl("--full")
        assert wrong(house, server) == []

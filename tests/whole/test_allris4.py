"""ALLRIS 4 over the wire: every version, its sessions, faults, gates and edits, and agendas before their release."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from archive.run import Outcome, Run, RunMode
from council.model import Meeting, Paper, Person
from council.system import System
from tests.simulation.edits import (
    cancel_meeting,
    change_paper,
    keep_secret,
    rename_paper,
    withdraw_document,
    withdraw_paper,
)
from tests.simulation.faults import Fault, faults_of
from tests.simulation.planting import plant
from tests.whole.allris4_content import content_shown
from tests.whole.content import Content, content_of, differences
from tests.whole.house import KEY, House
from townhall.allris4.frame import Layout, meeting_id, paper_id
from townhall.allris4.server import MOST_SESSIONS, Allris4Server
from townhall.invention.model import SECRET_WORD, Town
from townhall.invention.municipalities import invent_town

SINCE = dt.date(2025, 12, 1)
NEVER = ("si019", "to020", "kp0", "tr0", "foto", "vo040", "app", "attachment-link", "searchform", "pageLink", "at010")
PAGES = ("calendar", "meeting", "paper", "organization")
FAULTS: dict[Fault, dict[str, Any]] = {
    Fault.ERROR: {"share": 0.05},
    Fault.HALF: {"share": 0.1, "kinds": PAGES},
    Fault.ERROR_PAGE: {"share": 0.1, "kinds": PAGES},
    Fault.HTML_FOR_FILE: {"times": 2, "kinds": ("file",)},
    Fault.ENCODING: {"kinds": PAGES},
}


@cache
def whole_town() -> Town:
    """A small town that lives today, so that an ordinary visit sees what is coming."""
    return invent_town("Prüflingen", 11, papers=24, meetings=10, today=dt.date.today())  # noqa: DTZ011


@cache
def town() -> Town:
    """Its last years alone: each month is two requests."""
    whole = whole_town()
    meetings = [one for one in whole.meetings if one.start.date() >= SINCE]
    numbers = {one.number for one in meetings}
    papers = [one for one in whole.papers if all(step.meeting in numbers for step in one.consultations)]
    held = {one.number for one in papers}
    cut = [replace(m, items=tuple(item for item in m.items if item.paper in held | {None})) for m in meetings]
    return replace(whole, meetings=tuple(cut), papers=tuple(papers))


def at(server: Allris4Server, home: Path, since: dt.date = SINCE) -> House:
    return House(home, server.url, f"    since: {since}\n", system=System.ALLRIS4)


def content(house: House) -> Content:
    archive = house.archive()
    try:
        return content_of(archive, KEY)
    finally:
        archive.close()


def wrong(house: House, server: Allris4Server) -> list[Any]:
    """What is not held as the town shows it."""
    return differences(content_shown(server.town, server.layout), content(house), {})


def changed(run: Run) -> int:
    return sum(count.new + count.changed + count.gone for count in run.counts.values())


def gone(run: Run) -> int:
    return sum(count.gone for count in run.counts.values())


@pytest.fixture(scope="module")
def first_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Allris4Server, Path, list[str]]]:
    """One server that has been read once, the home it was read into, and what was asked."""
    with Allris4Server(plant(town(), 21)) as server:
        home = tmp_path_factory.mktemp("first")
        house = at(server, home)
        run = house.crawl()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), run.detail
        house.index()
        assert_nothing_secret(house, server)
        yield server, home, server.requests.paths


@pytest.fixture
def crawled(first_crawl: tuple[Allris4Server, Path, list[str]]) -> Iterator[Allris4Server]:
    """That server, as it was."""
    server, before = first_crawl[0], first_crawl[0].town
    server.requests.clear()
    server.sessions_opened = 0
    yield server
    faults_of(server).mend()
    server.expire(0)
    server.not_released = set()
    server.town = before


@pytest.fixture
def before(first_crawl: tuple[Allris4Server, Path, list[str]], tmp_path: Path) -> House:
    """A copy of what was read from it."""
    server, home, _ = first_crawl
    shutil.copytree(home, tmp_path / "copy")
    return at(server, tmp_path / "copy")


def assert_nothing_secret(house: House, server: Allris4Server) -> None:
    """Not in what is held, and nothing was asked for that is nobody's business."""
    nouns = [noun.model_dump(mode="json") for noun in house.held().values()]
    held = json.dumps([nouns, house.texts(), repr(house.last_run())], ensure_ascii=False)
    assert SECRET_WORD.casefold() not in held.casefold()
    private = [word for one in server.town.people for word in (one.phone, one.email, one.street_address)]
    assert not [word for word in private if word in held]
    kept = [path for path in house.home.rglob("*") if path.is_file()]
    assert not [path for path in kept if SECRET_WORD.encode() in path.read_bytes()]
    assert not [path for path in server.requests.paths if any(word in path for word in NEVER)]
    assert server.requests["other"] == 0
    assert {line.status for line in server.requests.lines if line.kind == "file"} <= {200}
    secret = [str(paper_id(one.number)) for one in server.town.papers if not one.public]
    assert not [path for path in server.requests.paths if "vo020" in path and any(one in path for one in secret)]


# --- what is asked for and held


def test_a_full_visit_an_ordinary_one_and_a_full_one_again(
    first_crawl: tuple[Allris4Server, Path, list[str]], before: House, crawled: Allris4Server
) -> None:
    asked = first_crawl[2]
    assert wrong(before, crawled) == []
    assert len([one for one in asked if "to010" in one]) == len(town().meetings)
    assert all("refresh=false" in one for one in asked if not one.endswith((".pdf", "robots.txt")))
    ordinary = before.crawl()
    assert (ordinary.mode, ordinary.outcome, changed(ordinary)) == (RunMode.INCREMENTAL, Outcome.COMPLETE, 0)
    assert crawled.requests["calendar"] <= 2 * 12
    assert crawled.requests["organization"] == crawled.requests["file"] == 0
    assert len(crawled.requests) < len([one for one in asked if not one.endswith(".pdf")]) / 2
    assert (crawled.sessions_opened, crawled.requests.most_at_once) == (1, 1)
    crawled.requests.clear()
    full = before.crawl("--full")
    assert (full.mode, full.outcome, changed(full)) == (RunMode.FULL, Outcome.COMPLETE, 0)
    assert crawled.requests["file"] == 0
    assert wrong(before, crawled) == []


@pytest.mark.parametrize("layout", [Layout.INLINE, Layout.LIST], ids=lambda layout: layout.name)
def test_other_versions_show_the_same(layout: Layout, tmp_path: Path) -> None:
    with Allris4Server(plant(whole_town(), 21), layout=layout) as server:
        house = at(server, tmp_path, dt.date(2023, 7, 1))
        run = house.crawl()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), run.detail
        assert wrong(house, server) == []
        house.index()
        assert house.texts()
        assert_nothing_secret(house, server)
        server.requests.clear()
        run = house.crawl()
        assert (run.outcome, run.mode, changed(run)) == (Outcome.COMPLETE, RunMode.INCREMENTAL, 0)
        assert server.requests["calendar"] <= 12
        faults_of(server).switch_on(Fault.CLOCK)
        run = house.crawl("--full")
        assert (run.outcome, changed(run)) == (Outcome.COMPLETE, 0), "the list shows other years: held meetings stay"
        assert wrong(house, server) == []


# --- faults


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_that_ends_leaves_nothing_behind(fault: Fault, tmp_path: Path) -> None:
    with Allris4Server(town()) as server:
        faults_of(server).switch_on(fault, **FAULTS[fault])
        house = at(server, tmp_path)
        run = house.crawl()
        assert gone(run) == 0
        faults_of(server).mend()
        run = house.crawl(*(() if run.outcome is Outcome.COMPLETE else ("--full",)))
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert wrong(house, server) == []


@pytest.mark.parametrize(
    ("fault", "kinds", "outcome", "mode"),
    [
        (Fault.MARKUP, (), Outcome.INCOMPLETE, "--full"),
        (Fault.MARKUP, ("meeting",), Outcome.INCOMPLETE, "--full"),
        (Fault.MARKUP, ("paper",), Outcome.INCOMPLETE, "--full"),
        (Fault.LOGIN, (), Outcome.FAILED, "--full"),
        (Fault.LOGIN, ("meeting", "paper"), Outcome.INCOMPLETE, ""),
        (Fault.GATE, (), Outcome.BLOCKED, "--full"),
        (Fault.GATE, ("paper",), Outcome.BLOCKED, ""),
        (Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ""),
        (Fault.EXPIRED, ("calendar",), Outcome.INCOMPLETE, ""),
        (Fault.ENDLESS, ("calendar",), Outcome.INCOMPLETE, ""),
        (Fault.CLOCK, (), Outcome.COMPLETE, ""),
    ],
)
def test_what_cannot_be_read_takes_nothing_away(
    fault: Fault, kinds: tuple[str, ...], outcome: Outcome, mode: str, before: House, crawled: Allris4Server
) -> None:
    faults_of(crawled).switch_on(fault, kinds=kinds)
    run = before.crawl(*([mode] if mode else []))
    assert (run.outcome, gone(run)) == (outcome, 0), run.detail
    if outcome is Outcome.BLOCKED:
        of_those = [line for line in crawled.requests.lines if not kinds or line.kind in kinds]
        assert len([line for line in of_those if line.kind != "robots"]) <= 2, "one may be under way already"
    assert crawled.requests["file"] == 0
    assert wrong(before, crawled) == []


def test_a_robots_txt_that_forbids_is_obeyed(tmp_path: Path) -> None:
    with Allris4Server(town(), robots="User-agent: *\nDisallow: /\n") as server:
        run = at(server, tmp_path).crawl()
        assert run.outcome is Outcome.FAILED
        assert "robots.txt" in (run.detail or "")
        assert set(server.requests.counts) == {"robots"}


# --- sessions


def test_sessions_that_expire_are_opened_anew(before: House, crawled: Allris4Server) -> None:
    crawled.expire(2)
    run = before.crawl()
    assert (run.outcome, changed(run)) == (Outcome.COMPLETE, 0), run.detail
    assert crawled.sessions_opened in (2, 3), "both may have been of the first"


def test_committees_without_a_list_are_those_that_meet(before: House, crawled: Allris4Server) -> None:
    crawled.not_released = {"gr010"}
    run = before.crawl("--full")
    assert (run.outcome, changed(run)) == (Outcome.COMPLETE, 0), run.detail
    assert "the list of committees could not be read" in repr(run.warnings)


def test_who_opened_too_many_sessions_is_left_alone_for_the_day(before: House, crawled: Allris4Server) -> None:
    crawled.expire(1)
    crawled.sessions_opened = MOST_SESSIONS
    run = before.crawl()
    assert (run.outcome, gone(run)) == (Outcome.BLOCKED, 0)
    assert len(crawled.requests) <= 4
    assert wrong(before, crawled) == []


# --- edits


def paper(house: House, number: int | None) -> Paper | None:
    """What is held of one of the town's papers."""
    native = str(paper_id(number or 0))
    return next((one for one in house.held().values() if isinstance(one, Paper) and one.native_id == native), None)


def meeting(house: House, number: int) -> Meeting:
    native = str(meeting_id(number))
    return next(one for one in house.held().values() if isinstance(one, Meeting) and one.native_id == native)


def test_what_changes_is_seen_in_the_next_ordinary_visit(before: House, crawled: Allris4Server) -> None:
    coming = town().meetings[-1]
    renamed, withdrawn, secret = [item.paper for item in coming.items if item.paper][:3]
    minutes = next(one.minutes for one in town().meetings if one.minutes)
    old = next(one.main for one in town().papers if one.number == renamed)
    assert old is not None
    new = replace(old, number=80001, text="Der Wendehammer in der Zwetschgengasse wird verlegt.")
    crawled.town = rename_paper(crawled.town, renamed, "Quittenbaumallee")
    crawled.town = change_paper(crawled.town, renamed or 0, main=new)
    crawled.town = withdraw_paper(crawled.town, withdrawn)
    crawled.town = keep_secret(crawled.town, secret)
    crawled.town = cancel_meeting(crawled.town, coming.number)
    run = before.crawl()
    assert (run.mode, run.outcome) == (RunMode.INCREMENTAL, Outcome.COMPLETE), run.detail
    assert meeting(before, coming.number).cancelled
    held = paper(before, renamed)
    assert held is not None
    assert held.name == "Quittenbaumallee"
    files = f"paper {held.reference}"
    assert content(before)[files]["files"] == content_shown(crawled.town, crawled.layout)[files]["files"]
    assert [paper(before, one) for one in (withdrawn, secret)] == [None, None]
    seen = content(before)
    crawled.town = withdraw_document(crawled.town, minutes.number)
    again = before.crawl("--full")
    assert (again.outcome, gone(again)) == (Outcome.COMPLETE, 0)
    assert wrong(before, crawled) == []
    assert content(before).keys() == seen.keys()


def test_a_paper_that_leaves_one_agenda_stays_where_its_page_does(before: House, crawled: Allris4Server) -> None:
    coming = crawled.town.meetings[-1]
    left = next(item.paper for item in coming.items if item.paper)
    kept = tuple(item for item in coming.items if item.paper != left)
    crawled.town = replace(crawled.town, meetings=(*crawled.town.meetings[:-1], replace(coming, items=kept)))
    assert gone(before.crawl()) == 0
    assert paper(before, left) is not None


@pytest.mark.parametrize("layout", [Layout.AJAX, Layout.INLINE], ids=lambda layout: layout.name)
def test_agendas_before_their_release(layout: Layout, tmp_path: Path) -> None:
    """Listed without a link, or with one that is refused: twelve of them are no sign of an ill server."""
    coming = town().meetings[-1]
    days = (dt.timedelta(days=one) for one in range(1, 13))
    planned = [
        replace(coming, number=500 + place, start=coming.start + day, end=coming.end + day, items=(), invitation=None)
        for place, day in enumerate(days, 1)
    ]
    bare = replace(coming, invitation=None)
    with Allris4Server(town(), layout=layout) as server:
        server.town = replace(town(), meetings=(*town().meetings[:-1], bare, *planned))
        house = at(server, tmp_path)
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert wrong(house, server) == []
        assert meeting(house, coming.number).agenda == ()
        server.town = replace(server.town, meetings=(*town().meetings, *planned))
        assert house.crawl().outcome is Outcome.COMPLETE
        assert meeting(house, coming.number).agenda != ()
        assert wrong(house, server) == []


def test_memberships_stay_where_a_committee_could_not_be_read(before: House, crawled: Allris4Server) -> None:
    def seats() -> dict[str, int]:
        people = [one for one in before.held().values() if isinstance(one, Person)]
        return {one.native_id: len(one.memberships) for one in people}

    held = seats()
    faults_of(crawled).switch_on(Fault.HALF, share=0.9, kinds=("organization",))
    run = before.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.INCOMPLETE, 0)
    assert seats() == held

"""ALLRIS 3 over the wire: both skins, with the export and without, faults, gates, edits, meetings without a number."""

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

from archive.archive import Archive
from archive.record_reader import GoneRecord, RecordReader
from archive.run import Outcome, Run, RunMode
from council.model import Meeting, Paper, Person
from council.system import System
from tests.simulation.edits import (
    add_paper,
    cancel_meeting,
    keep_secret,
    rename_paper,
    withdraw_document,
    withdraw_paper,
)
from tests.simulation.faults import Fault, faults_of
from tests.simulation.planting import plant
from tests.whole.allris3_content import content_shown
from tests.whole.content import Content, content_of, differences
from tests.whole.house import KEY, House
from townhall.allris3.frame import Layout, meeting_id, paper_id
from townhall.allris3.server import Allris3Server
from townhall.invention.model import SECRET_WORD, Town
from townhall.invention.municipalities import invent_town

SINCE = dt.date(2025, 7, 1)
NEVER = ("si019", "si016", "si017", "si018", "to020", "kp0", "yw0", "foto", "at010", "bb022", "vo021", "___tmp", "ical")
PAGES = ("calendar", "meeting", "paper", "organization", "page")
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
    """Its last years alone: each month is a request."""
    whole = whole_town()
    meetings = [one for one in whole.meetings if one.start.date() >= SINCE]
    numbers = {one.number for one in meetings}
    papers = [one for one in whole.papers if all(step.meeting in numbers for step in one.consultations)]
    held = {one.number for one in papers}
    cut = [replace(m, items=tuple(item for item in m.items if item.paper in held | {None})) for m in meetings]
    return replace(whole, meetings=tuple(cut), papers=tuple(papers))


def at(server: Allris3Server, home: Path, since: dt.date = SINCE, url: str = "") -> House:
    return House(home, url or server.url, f"    since: {since}\n", system=System.ALLRIS3)


def content(house: House) -> Content:
    archive = house.archive()
    try:
        return content_of(archive, KEY)
    finally:
        archive.close()


def wrong(house: House, server: Allris3Server) -> list[Any]:
    """What is not held as the town shows it."""
    return differences(content_shown(server), content(house), {})


def changed(run: Run) -> int:
    return sum(count.new + count.changed + count.gone for count in run.counts.values())


def gone(run: Run) -> int:
    return sum(count.gone for count in run.counts.values())


@pytest.fixture(scope="module")
def first_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Allris3Server, Path, list[str]]]:
    """One server that has been read once, the home it was read into, and what was asked."""
    with Allris3Server(plant(town(), 21)) as server:
        home = tmp_path_factory.mktemp("first")
        house = at(server, home)
        run = house.crawl()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), run.detail
        assert_nothing_secret(house, server)
        yield server, home, server.requests.paths


@pytest.fixture
def crawled(first_crawl: tuple[Allris3Server, Path, list[str]]) -> Iterator[Allris3Server]:
    """That server, as it was."""
    server, before = first_crawl[0], first_crawl[0].town
    server.requests.clear()
    yield server
    faults_of(server).mend()
    server.export = False
    server.town = before


@pytest.fixture
def before(first_crawl: tuple[Allris3Server, Path, list[str]], tmp_path: Path) -> House:
    """A copy of what was read from it."""
    server, home, _ = first_crawl
    shutil.copytree(home, tmp_path / "copy")
    return at(server, tmp_path / "copy")


def assert_nothing_secret(house: House, server: Allris3Server) -> None:
    """Not in what is held, and nothing was asked for that is nobody's business."""
    nouns = [noun.model_dump(mode="json") for noun in house.held().values()]
    held = json.dumps([nouns, house.texts(), repr(house.last_run())], ensure_ascii=False)
    assert SECRET_WORD.casefold() not in held.casefold()
    private = [word for one in server.town.people for word in (one.phone, one.email, one.street_address)]
    assert not [word for word in private if word in held]
    assert not [path for path in server.requests.paths if any(word in path for word in NEVER)]
    assert server.requests["other"] == 0
    assert {line.status for line in server.requests.lines if line.kind == "file"} <= {200}
    secret = [str(paper_id(one.number)) for one in server.town.papers if not one.public]
    assert not [path for path in server.requests.paths if "vo020" in path and any(one in path for one in secret)]


# --- what is asked for and held


def test_a_full_visit_an_ordinary_one_and_a_full_one_again(
    first_crawl: tuple[Allris3Server, Path, list[str]], before: House, crawled: Allris3Server
) -> None:
    asked = first_crawl[2]
    assert wrong(before, crawled) == []
    assert len([one for one in asked if "to010" in one]) == len([m for m in town().meetings if not m.cancelled])
    assert not [one for one in asked if "si010" in one and "si010_e" not in one], "no other calendar is tried"
    ordinary = before.crawl()
    assert (ordinary.mode, ordinary.outcome, changed(ordinary)) == (RunMode.INCREMENTAL, Outcome.COMPLETE, 0)
    assert crawled.requests["calendar"] <= 11
    assert crawled.requests["page"] == 2, "the start page, and the newest papers"
    assert crawled.requests["organization"] == crawled.requests["file"] == 0
    assert len(crawled.requests) < len([one for one in asked if "do027" not in one]) / 2
    crawled.requests.clear()
    full = before.crawl("--full")
    assert (full.mode, full.outcome, changed(full)) == (RunMode.FULL, Outcome.COMPLETE, 0)
    assert crawled.requests["file"] == 0
    assert wrong(before, crawled) == []


@pytest.mark.parametrize(
    ("layout", "export"), [(Layout.RESPONSIVE, False), (Layout.OLD, True), (Layout.RESPONSIVE, True)]
)
def test_other_skins_and_the_export_show_the_same(layout: Layout, export: bool, tmp_path: Path) -> None:
    shown, since = (town(), SINCE) if export else (whole_town(), dt.date(2023, 7, 1))
    with Allris3Server(plant(shown, 21), layout=layout, export=export) as server:
        house = at(server, tmp_path, since)
        run = house.crawl()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.FULL), run.detail
        assert wrong(house, server) == []
        assert_nothing_secret(house, server)
        server.requests.clear()
        run = house.crawl()
        assert (run.outcome, run.mode, changed(run)) == (Outcome.COMPLETE, RunMode.INCREMENTAL, 0)
        assert server.requests["calendar"] <= (2 if export else 11)
        server.export = not export  # the other calendar: numbers come or go, and no meeting twice
        run = house.crawl("--full")
        assert run.outcome is Outcome.COMPLETE
        held = [one for one in house.held().values() if isinstance(one, Meeting)]
        assert len(held) == len(server.town.meetings)


def test_a_register_entry_may_name_the_calendar_of_a_website_without_a_start_page(tmp_path: Path) -> None:
    with Allris3Server(town()) as server:
        house = at(server, tmp_path, url=server.url + "si010_e.asp")
        assert house.crawl().outcome is Outcome.COMPLETE
        assert wrong(house, server) == []
        server.requests.clear()
        assert house.crawl().outcome is Outcome.COMPLETE
        assert not [one for one in server.requests.paths if "allris.net" in one]
        server.layout = Layout.RESPONSIVE
        server.requests.clear()
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.FAILED, 0)
        assert "is not released" in repr(run.warnings)
        assert len(server.requests) <= 14, "each month once"


# --- faults


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_that_ends_leaves_nothing_behind(fault: Fault, tmp_path: Path) -> None:
    with Allris3Server(town(), export=fault is Fault.ERROR_PAGE) as server:
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
        (Fault.LOGIN, ("organization",), Outcome.INCOMPLETE, "--full"),
        (Fault.ERROR_PAGE, ("calendar",), Outcome.INCOMPLETE, ""),
        (Fault.GATE, (), Outcome.BLOCKED, "--full"),
        (Fault.GATE, ("paper",), Outcome.BLOCKED, ""),
        (Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ""),
        (Fault.FORBIDDEN, ("meeting",), Outcome.BLOCKED, "--full"),
        (Fault.ENDLESS, ("page",), Outcome.INCOMPLETE, "--full"),
        (Fault.CLOCK, (), Outcome.COMPLETE, ""),
    ],
)
def test_what_cannot_be_read_takes_nothing_away(
    fault: Fault, kinds: tuple[str, ...], outcome: Outcome, mode: str, before: House, crawled: Allris3Server
) -> None:
    faults_of(crawled).switch_on(fault, kinds=kinds)
    run = before.crawl(*([mode] if mode else []))
    assert (run.outcome, gone(run)) == (outcome, 0), run.detail
    if outcome is Outcome.BLOCKED:
        of_those = [line for line in crawled.requests.lines if not kinds or line.kind in kinds]
        assert len([line for line in of_those if line.kind != "robots"]) <= 6, "some may be under way already"
    assert crawled.requests["file"] == 0
    assert wrong(before, crawled) == []


def test_a_robots_txt_that_forbids_is_obeyed(tmp_path: Path) -> None:
    with Allris3Server(town(), robots="User-agent: *\nDisallow: /\n") as server:
        run = at(server, tmp_path).crawl()
        assert run.outcome is Outcome.FAILED
        assert "forbids this address" in repr(run.warnings)
        assert set(server.requests.counts) == {"robots"}


def test_memberships_stay_where_a_body_could_not_be_read(before: House, crawled: Allris3Server) -> None:
    def seats() -> dict[str, int]:
        people = [one for one in before.held().values() if isinstance(one, Person)]
        return {one.native_id: len(one.memberships) for one in people}

    held = seats()
    faults_of(crawled).switch_on(Fault.HALF, share=0.7, kinds=("organization",))
    run = before.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.INCOMPLETE, 0)
    assert seats() == held
    faults_of(crawled).mend()
    assert before.crawl().outcome is Outcome.COMPLETE, "those that were lost are asked for again, and those alone"
    assert seats() == held


# --- edits


def paper(house: House, number: int | None) -> Paper | None:
    """What is held of one of the town's papers."""
    native = str(paper_id(number or 0))
    return next((one for one in house.held().values() if isinstance(one, Paper) and one.native_id == native), None)


def meetings(house: House) -> dict[str, Meeting]:
    return {one.native_id: one for one in house.held().values() if isinstance(one, Meeting)}


def test_what_changes_is_seen_in_the_next_ordinary_visit(before: House, crawled: Allris3Server) -> None:
    coming = town().meetings[-1]
    renamed, withdrawn, secret = [item.paper for item in coming.items if item.paper][:3]
    replaced = next(one.minutes for one in town().meetings if one.minutes)
    crawled.town = rename_paper(crawled.town, renamed, "Quittenbaumallee")
    crawled.town = withdraw_paper(crawled.town, withdrawn)
    crawled.town = keep_secret(crawled.town, secret)
    crawled.town = cancel_meeting(crawled.town, coming.number)
    run = before.crawl()
    assert (run.mode, run.outcome) == (RunMode.INCREMENTAL, Outcome.COMPLETE), run.detail
    held = meetings(before)
    assert held[str(meeting_id(coming.number))].cancelled, "its number is in no calendar any more"
    assert len(held) == len(town().meetings)
    shown = paper(before, renamed)
    assert shown is not None
    assert shown.name == "Quittenbaumallee"
    assert [paper(before, one) for one in (withdrawn, secret)] == [None, None]
    seen = content(before)
    crawled.town = withdraw_document(crawled.town, replaced.number)
    again = before.crawl("--full")
    assert (again.outcome, gone(again)) == (Outcome.COMPLETE, 0)
    assert wrong(before, crawled) == []
    assert content(before).keys() == seen.keys()


def test_a_paper_that_leaves_every_list_stays_where_its_page_does(before: House, crawled: Allris3Server) -> None:
    coming = crawled.town.meetings[-1]
    left = next(item.paper for item in coming.items if item.paper)
    kept = tuple(item for item in coming.items if item.paper != left)
    crawled.town = replace(crawled.town, meetings=(*crawled.town.meetings[:-1], replace(coming, items=kept)))
    assert gone(before.crawl()) == 0
    assert paper(before, left) is not None


def test_a_new_paper_of_no_meeting_is_found_by_the_list(before: House, crawled: Allris3Server) -> None:
    new = replace(town().papers[-1], number=700, reference="BV/2026/0700", consultations=(), date=town().day)
    crawled.town = add_paper(crawled.town, new)
    run = before.crawl()
    assert (run.mode, changed(run)) == (RunMode.INCREMENTAL, 1)
    shown = paper(before, 700)
    assert shown is not None
    assert shown.date == town().day
    assert changed(before.crawl()) == 0
    crawled.town = withdraw_paper(crawled.town, 700)
    run = before.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 1), "asked for by itself, and refused"


# --- meetings without a number


@pytest.mark.parametrize("layout", Layout, ids=lambda layout: layout.name)
def test_the_number_of_a_meeting_comes_and_goes(layout: Layout, tmp_path: Path) -> None:
    """Before its agenda is out, with it, called off, and with an agenda that is taken back."""
    coming, last = town().meetings[-2:]
    number = str(meeting_id(coming.number))
    without = replace(town(), meetings=(*town().meetings[:-2], replace(coming, invitation=None), last))
    with Allris3Server(town(), layout=layout) as server:
        server.town = without
        house = at(server, tmp_path)
        assert house.crawl().outcome is Outcome.COMPLETE
        assert wrong(house, server) == []
        (placeholder,) = [one for one in meetings(house) if coming.start.strftime("day-%Y-%m-%d") in one]
        server.town = cancel_meeting(server.town, coming.number)
        assert gone(house.crawl()) == 0
        assert meetings(house)[placeholder].cancelled, "the same record"
        server.town = town()
        run = house.crawl()
        assert (run.mode, run.outcome, gone(run)) == (RunMode.INCREMENTAL, Outcome.COMPLETE, 1)
        held = meetings(house)
        assert placeholder not in held
        assert (held[number].cancelled, len(held[number].agenda) > 0) == (False, True)
        assert "it has its number now" in reason(house.archive(), placeholder)
        assert wrong(house, server) == []
        server.town = cancel_meeting(server.town, coming.number)
        assert (gone(house.crawl()), meetings(house)[number].cancelled) == (0, True)
        server.town = town()
        assert (gone(house.crawl()), meetings(house)[number].cancelled) == (0, False)
        server.town = without
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
        held = meetings(house)
        assert len(held) == len(town().meetings)
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
    coming = town().meetings[-1]
    days = (dt.timedelta(days=one) for one in range(12))
    planned = [
        replace(coming, number=500 + place, start=coming.start + day, end=coming.end + day, items=(), invitation=None)
        for place, day in enumerate(days, 1)
    ]
    with Allris3Server(town(), export=True) as server:
        server.town = replace(town(), meetings=(*town().meetings, *planned))
        house = at(server, tmp_path)
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert wrong(house, server) == []
        assert len([one for one in server.requests.paths if "to010" in one]) == len(server.town.meetings)
        server.export = False  # between two visits: the months are asked for instead
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
        assert len(meetings(house)) == len(server.town.meetings)

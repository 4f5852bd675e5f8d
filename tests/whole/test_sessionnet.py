"""SessionNet over the wire: what a crawl asks for and holds, in every layout, and what faults and edits do to it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from archive.run import Outcome, Run, RunMode
from council.model import Meeting, Organization, Paper
from council.system import System
from tests.simulation.edits import cancel_meeting, change_paper, keep_secret, rename_paper, withdraw_paper
from tests.simulation.faults import Fault, faults_of
from tests.simulation.planting import plant
from tests.whole.content import Content, content_of, content_of_town, differences
from tests.whole.house import KEY, House
from tests.whole.test_same_content import DECLARED
from townhall.invention.model import SECRET_WORD, Town
from townhall.invention.municipalities import invent_town
from townhall.server.loopback import Answer, Asked
from townhall.sessionnet.frame import SHIFTS, Layout
from townhall.sessionnet.server import SessionNetServer

NEVER = ("to0045", "to0050", "to0058", "pe0051", "kp0041", "kp0050", "suchen", "recherche", "ylogon", "yvcs", "foto")
PAGES = ("calendar", "meeting", "paper", "organization")
FAULTS: list[dict[Fault, dict[str, Any]]] = [
    {Fault.ERROR: {"share": 0.05}},
    {Fault.HALF: {"share": 0.1, "kinds": PAGES}, Fault.ERROR_PAGE: {"share": 0.1, "kinds": PAGES}},
    {Fault.HTML_FOR_FILE: {"times": 2, "kinds": ("file",)}, Fault.ENCODING: {"kinds": PAGES}},
    {Fault.EXPIRED: {"times": 0}, Fault.LOGIN: {"share": 0.1}},
]


def layouts(*some: Layout) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("layout", some, ids=lambda layout: layout.name)


@cache
def town() -> Town:
    """A small town that lives today, so that an ordinary visit sees what is coming."""
    return invent_town("Prüflingen", 11, papers=24, meetings=8, today=dt.date.today())  # noqa: DTZ011


def at(server: SessionNetServer, home: Path, more: str = "") -> House:
    return House(home, server.url, more, system=System.SESSIONNET)


def declared(layout: Layout) -> dict[str, Callable[[Any], Any] | None]:
    """What a layout does not give beside what none gives."""
    usual = dict(DECLARED[System.SESSIONNET])
    if layout in (Layout.OLD, Layout.OLDER, Layout.JSON):  # there is no list of the newest documents
        usual["paper is there"] = lambda fields: bool(fields["stations"])
    if layout is Layout.JSON:
        usual |= {
            "paper type": lambda _: None,  # papers are known from agendas alone
            "paper date": lambda _: "None",
            "paper office": lambda _: None,
            "paper files": None,  # a document hangs on an item: whether it is the paper's or a resolution is not said
            "paper file names": None,
            "person": None,  # not asked for: the address of members is not known
        }
    return usual


def content(house: House) -> Content:
    archive = house.archive()
    try:
        return content_of(archive, KEY)
    finally:
        archive.close()


@pytest.fixture
def server() -> Iterator[SessionNetServer]:
    with SessionNetServer(town()) as running:
        yield running


@pytest.fixture(scope="module")
def first_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SessionNetServer, Path]]:
    """One server that has been read once, and the home it was read into."""
    with SessionNetServer(town()) as server:
        home = tmp_path_factory.mktemp("first")
        run = at(server, home).crawl()
        assert (run.outcome, run.mode, run.warnings) == (Outcome.COMPLETE, RunMode.FULL, ())
        yield server, home


@pytest.fixture(scope="module")
def undisturbed(first_crawl: tuple[SessionNetServer, Path], tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What is held after it."""
    server, home = first_crawl
    copy = tmp_path_factory.mktemp("undisturbed") / "copy"
    shutil.copytree(home, copy)
    return content(at(server, copy))


@pytest.fixture
def crawled(first_crawl: tuple[SessionNetServer, Path]) -> Iterator[SessionNetServer]:
    """That server, as it was."""
    server, _ = first_crawl
    server.requests.clear()
    yield server
    faults_of(server).mend()
    server.town = town()


@pytest.fixture
def before(first_crawl: tuple[SessionNetServer, Path], tmp_path: Path) -> House:
    """A copy of what was read from it."""
    server, home = first_crawl
    shutil.copytree(home, tmp_path / "copy")
    return at(server, tmp_path / "copy")


def gone(run: Run) -> int:
    return sum(count.gone for count in run.counts.values())


def changed(run: Run) -> set[tuple[int, int, int]]:
    return {(one.new, one.changed, one.gone) for one in run.counts.values()}


def pages_asked(server: SessionNetServer) -> int:
    return sum(server.requests[kind] for kind in PAGES)


def paper(house: House, number: int | None) -> Paper | None:
    """What is held of one of the town's papers."""
    found = [one for i, one in house.held().items() if i == f"{KEY}:paper:{SHIFTS['paper'] + (number or 0)}"]
    return found[0] if found and isinstance(found[0], Paper) else None


def meeting(house: House, number: int) -> Meeting:
    start = next(one.start for one in town().meetings if one.number == number)
    (found,) = [one for one in house.held().values() if isinstance(one, Meeting) and one.start == start]
    return found


def assert_nothing_secret(house: House, server: SessionNetServer) -> None:
    """Not in what is held, and nothing was asked for that is nobody's business."""
    nouns = [noun.model_dump(mode="json") for noun in house.held().values()]
    held = json.dumps([nouns, house.texts(), [run.what for run in house.last_run().warnings]], ensure_ascii=False)
    assert SECRET_WORD.casefold() not in held.casefold()
    private = [word for one in server.town.people for word in (one.phone, one.email, one.street_address)]
    assert not [word for word in private if word in held]
    assert not [path for path in server.requests.paths if any(word in path.lower() for word in NEVER)]
    asked = [line for line in server.requests.lines if line.kind == "file"]
    assert {line.status for line in asked} <= {200, 500}, "a document that is not public was asked for"


# --- what is asked for and held


def test_a_full_visit_an_ordinary_one_and_a_full_one_again(
    before: House, crawled: SessionNetServer, undisturbed: Content
) -> None:
    full = before.crawl("--full")
    assert (full.outcome, changed(full)) == (Outcome.COMPLETE, {(0, 0, 0)})
    first = dict(crawled.requests.counts)
    papers = sum(one.public for one in town().papers)
    assert first["meeting"] == len(town().meetings)
    assert first["paper"] == 2 * papers
    assert first["organization"] == 1 + 11
    assert first["calendar"] <= 8
    assert crawled.requests["other"] == 0
    assert_nothing_secret(before, crawled)
    asked = pages_asked(crawled)
    crawled.requests.clear()
    ordinary = before.crawl()
    assert (ordinary.mode, ordinary.outcome, changed(ordinary)) == (
        RunMode.INCREMENTAL,
        Outcome.COMPLETE,
        {(0, 0, 0)},
    )
    assert (crawled.requests["file"], crawled.requests["organization"]) == (0, 0)
    assert (crawled.requests["calendar"], crawled.requests["meeting"]) == (2, 3)
    assert pages_asked(crawled) < asked / 2 + 2
    assert content(before) == undisturbed


def test_times_and_files_where_the_comparison_of_systems_leaves_them_out(before: House) -> None:
    papers = {one.native_id: one for one in before.held().values() if isinstance(one, Paper)}
    for one in town().meetings:
        held = meeting(before, one.number)
        assert held.end == (one.end if one.minutes else None)
        own_of = {item.label: len(item.documents) for item in one.items if item.public}
        for item in held.agenda:
            of_paper = {file.native_id for file in papers[item.paper].files} if item.paper else set()
            assert of_paper <= {file.native_id for file in item.files}
            assert len(item.files) == len(of_paper) + own_of[item.number or ""]


@layouts(*Layout)
def test_every_layout_ends_in_the_same_content(layout: Layout, tmp_path: Path) -> None:
    """With a hundred things more that are not public, in the nastiest places."""
    with SessionNetServer(plant(town()), layout=layout) as server:
        house = at(server, tmp_path)
        run = house.crawl()
        assert run.outcome is Outcome.COMPLETE, run.detail
        found = content(house)
        assert differences(content_of_town(town()), found, declared(layout)) == []
        assert_nothing_secret(house, server)
        server.requests.clear()
        again = house.crawl()
        assert (again.outcome, again.mode, changed(again)) == (Outcome.COMPLETE, RunMode.INCREMENTAL, {(0, 0, 0)})
        assert server.requests["other"] == server.requests["organization"] == server.requests["file"] == 0
        assert content(house) == found


def test_one_body_of_several_and_another_layout_in_one_register(tmp_path: Path, undisturbed: Content) -> None:
    """Neither its neighbours' meetings nor their papers and committees come along."""
    with (
        SessionNetServer(town(), tenant="7") as server,
        SessionNetServer(town(), layout=Layout.OLDER, host="127.0.0.2") as other,
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
        house = at(server, tmp_path, entry)
        assert house.crawl().outcome is Outcome.COMPLETE
        found = content(house)
        kinds = {key.partition(" ")[0] for key in found}
        assert kinds == {"meeting", "paper"}
        given = {key: value for key, value in undisturbed.items() if key.startswith("meeting")}
        assert {key: value for key, value in found.items() if key.startswith("meeting")} == given
        assert not [key for key in found if "777" in key]
        assert server.requests["organization"] == 0
        assert house.run("crawl", "nachbarort").returncode == 0
        assert content(house) == found


# --- faults


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: "+".join(fault.name for fault in faults))
def test_a_fault_that_ends_leaves_nothing_behind(
    faults: dict[Fault, dict[str, Any]], server: SessionNetServer, tmp_path: Path, undisturbed: Content
) -> None:
    for fault, how in faults.items():
        faults_of(server).switch_on(fault, **how)
    house = at(server, tmp_path)
    run = house.crawl()
    assert gone(run) == 0
    faults_of(server).mend()
    run = house.crawl(*(() if run.outcome is Outcome.COMPLETE else ("--full",)))
    assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0), run.detail
    assert content(house) == undisturbed


@pytest.mark.parametrize(
    ("fault", "kinds", "outcome", "mode"),
    [
        (Fault.MARKUP, (), Outcome.INCOMPLETE, "--full"),
        (Fault.MARKUP, ("meeting",), Outcome.COMPLETE, "--full"),  # badges and headings are enough
        (Fault.MARKUP, ("paper",), Outcome.INCOMPLETE, "--incremental"),
        (Fault.LOGIN, (), Outcome.FAILED, "--full"),
        (Fault.LOGIN, ("meeting",), Outcome.INCOMPLETE, "--incremental"),
        (Fault.LOGIN, ("organization",), Outcome.INCOMPLETE, "--full"),
        (Fault.ERROR_PAGE, ("paper",), Outcome.INCOMPLETE, "--incremental"),
        (Fault.GATE, (), Outcome.BLOCKED, "--full"),
        (Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, "--incremental"),
        (Fault.FORBIDDEN, ("paper",), Outcome.BLOCKED, "--full"),
        (Fault.EXPIRED, (), Outcome.FAILED, "--incremental"),
        (Fault.EXPIRED, ("meeting",), Outcome.INCOMPLETE, "--full"),
        (Fault.ENDLESS, ("calendar",), Outcome.INCOMPLETE, "--full"),
        (Fault.CLOCK, (), Outcome.COMPLETE, "--full"),
    ],
)
def test_what_cannot_be_read_takes_nothing_away(
    fault: Fault,
    kinds: tuple[str, ...],
    outcome: Outcome,
    mode: str,
    before: House,
    crawled: SessionNetServer,
    undisturbed: Content,
) -> None:
    faults_of(crawled).switch_on(fault, kinds=kinds)
    run = before.crawl(*([mode] if mode == "--full" else []))
    assert (run.outcome, gone(run)) == (outcome, 0), run.detail
    if outcome is Outcome.BLOCKED:
        of_those = [line for line in crawled.requests.lines if line.kind in (kinds or PAGES)]
        assert len(of_those) <= (2 if kinds else 0), "what was under way, and nothing after it"
        assert crawled.requests.lines[-1].kind == (kinds[0] if kinds else "page")
    assert crawled.requests["file"] == 0
    assert len(crawled.requests) < 260
    assert content(before) == undisturbed


def test_a_session_that_ends_is_opened_again(crawled: SessionNetServer, before: House, undisturbed: Content) -> None:
    class Forgetful:
        """Ends every session after so many pages."""

        def __init__(self) -> None:
            self.asked, self.page = 0, crawled.page

        def __call__(self, asked: Asked) -> Answer:
            self.asked += 1
            if self.asked % 20 == 0:
                crawled.expire()
            return self.page(asked)

    crawled.page = Forgetful()  # type: ignore[method-assign]
    try:
        run = before.crawl("--full")
    finally:
        del crawled.page
    assert (run.outcome, run.warnings, changed(run)) == (Outcome.COMPLETE, (), {(0, 0, 0)})
    assert 3 <= sum("info.php" in path for path in crawled.requests.paths) <= 15
    assert content(before) == undisturbed


def test_stations_that_cannot_be_read_stay_and_the_paper_is_asked_for_again(
    crawled: SessionNetServer, before: House, undisturbed: Content
) -> None:
    known = crawled.page

    def broken(asked: Asked) -> Answer:
        return Answer(200, b"<html></html>", "text/html") if "vo0053" in asked.path else known(asked)

    crawled.page = broken  # type: ignore[method-assign]
    try:
        assert before.crawl().outcome is Outcome.INCOMPLETE
    finally:
        del crawled.page
    assert content(before) == undisturbed
    assert before.crawl().outcome is Outcome.COMPLETE
    assert content(before) == undisturbed


def test_a_robots_txt_that_forbids_is_obeyed(tmp_path: Path) -> None:
    with SessionNetServer(town(), robots="User-agent: *\nDisallow: /\n") as server:
        run = at(server, tmp_path).crawl()
        assert run.outcome is Outcome.FAILED
        assert "robots.txt" in (run.detail or "")
        assert set(server.requests.counts) == {"robots"}


def test_a_system_that_is_replaced_by_another_layout(tmp_path: Path, undisturbed: Content) -> None:
    """From asp without a calendar of years to php with one, in the same folder."""
    with SessionNetServer(town(), layout=Layout.OLDER) as server:
        house = House(tmp_path, server.base + "/bi/", system=System.SESSIONNET)
        server.folder = "/bi/"
        assert house.crawl().outcome is Outcome.COMPLETE
        server.layout = Layout.TABLE
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
        assert content(house) == undisturbed


# --- edits


@layouts(Layout.TABLE, Layout.OLDER, Layout.JSON)
def test_what_changes_is_seen_in_the_next_ordinary_visit(layout: Layout, tmp_path: Path) -> None:
    renamed, withdrawn, secret, replaced = [item.paper for item in town().meetings[-1].items if item.paper][:4]
    main = town().papers[(replaced or 0) - 1].main
    assert main is not None
    with SessionNetServer(town(), layout=layout) as server:
        house = at(server, tmp_path)
        house.crawl()
        server.town = rename_paper(server.town, renamed, "Quittenbaumallee")
        server.town = withdraw_paper(server.town, withdrawn)
        server.town = keep_secret(server.town, secret)
        server.town = cancel_meeting(server.town, 9)
        other = replace(main, number=990, text="Der Wendehammer in der Zwetschgengasse wird verlegt.")
        server.town = change_paper(server.town, replaced or 0, main=other)
        server.requests.clear()
        run = house.crawl()
        assert (run.mode, run.outcome) == (RunMode.INCREMENTAL, Outcome.COMPLETE)
        assert meeting(house, 9).cancelled
        seen = content(house)
        assert differences(content_of_town(server.town), seen, declared(layout)) == []
        assert [key for key in seen if seen[key].get("name") == "Quittenbaumallee"]
        assert [paper(house, one) for one in (withdrawn, secret)] == [None, None]
        again = house.crawl("--full")
        assert (again.outcome, gone(again)) == (Outcome.COMPLETE, 0)
        assert content(house) == seen
        assert_nothing_secret(house, server)


@layouts(Layout.CARDS, Layout.OLDER, Layout.JSON)
def test_an_upcoming_meeting_has_no_agenda_yet_and_gets_one(layout: Layout, tmp_path: Path) -> None:
    coming = town().meetings[-1]
    bare = replace(town(), meetings=(*town().meetings[:-1], replace(coming, invitation=None)))
    with SessionNetServer(bare, layout=layout) as server:
        house = at(server, tmp_path)
        assert house.crawl().outcome is Outcome.COMPLETE
        assert meeting(house, coming.number).agenda == ()
        server.town = town()
        run = house.crawl()
        assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.INCREMENTAL)
        assert len(meeting(house, coming.number).agenda) == len(coming.items)
        server.town = bare
        assert house.crawl().outcome is Outcome.COMPLETE
        assert meeting(house, coming.number).agenda == ()


def test_a_paper_that_leaves_one_agenda_stays_as_long_as_it_has_a_page(
    crawled: SessionNetServer, before: House
) -> None:
    coming = town().meetings[-1]
    left = next(item.paper for item in coming.items if item.paper)
    kept = tuple(item for item in coming.items if item.paper != left)
    crawled.town = replace(town(), meetings=(*town().meetings[:-1], replace(coming, items=kept)))
    for mode in ((), ("--full",)):
        assert gone(before.crawl(*mode)) == 0
        assert paper(before, left) is not None


def test_old_papers_that_no_list_names_are_asked_themselves(crawled: SessionNetServer, before: House) -> None:
    """A paper without stations has been among the newest; when others are newer it is still there."""
    alone = next(one for one in town().papers if one.public and not one.consultations)
    assert paper(before, alone.number) is not None
    crawled.town = change_paper(crawled.town, alone.number, date=dt.date(2019, 1, 1))
    run = before.crawl("--full")
    assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
    held = paper(before, alone.number)
    assert held is not None
    assert held.date == dt.date(2019, 1, 1)
    crawled.town = withdraw_paper(crawled.town, alone.number)
    assert gone(before.crawl("--full")) == 1
    assert paper(before, alone.number) is None


def test_a_committee_that_is_dissolved_goes_with_its_memberships(crawled: SessionNetServer, before: House) -> None:
    kept = tuple(one for one in town().committees if one.name != "Fraktion Junge Liste")
    crawled.town = replace(town(), committees=kept)
    assert before.crawl("--full").outcome is Outcome.COMPLETE
    names = [one.name for one in before.held().values() if isinstance(one, Organization)]
    assert len(names) == 10
    assert "Junge Liste" not in json.dumps([one.model_dump(mode="json") for one in before.held().values()])

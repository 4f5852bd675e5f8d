"""more!rubin over the wire: what a crawl asks for and holds, through every interface, and what faults and edits do."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest

from archive.run import Outcome, Run, RunMode
from council.model import Meeting, Paper
from council.system import System
from tests.simulation.edits import cancel_meeting, change_document, keep_secret, rename_paper, withdraw_paper
from tests.simulation.faults import Fault, faults_of
from tests.whole.content import Content, content_of, content_of_town, differences
from tests.whole.house import KEY, House
from tests.whole.test_same_content import DECLARED
from townhall.invention.model import SECRET_WORD, Town
from townhall.invention.municipalities import invent_town
from townhall.morerubin.names import Layout, number_of_meeting
from townhall.morerubin.server import MoreRubinServer
from townhall.server.loopback import Answer, Asked

OPEN = "User-agent: *\nDisallow:\n"
NEVER = ("person", "foto", "image", "suche", "anwesenheit", "committee", "top_details", "anlagen", "/oparl")
PAGES = ("calendar", "meeting", "organization")
FAULTS: list[dict[Fault, dict[str, Any]]] = [
    {Fault.ERROR: {"share": 0.05}},
    {Fault.HALF: {"share": 0.1, "kinds": PAGES}, Fault.ERROR_PAGE: {"share": 0.1, "kinds": PAGES}},
    {Fault.HTML_FOR_FILE: {"times": 2, "kinds": ("file",)}, Fault.ENCODING: {"kinds": PAGES}},
]


@cache
def town() -> Town:
    """A small town that lives today, so that an ordinary visit sees what is coming."""
    return invent_town("Prüflingen", 11, papers=24, meetings=8, today=dt.date.today())  # noqa: DTZ011


def at(server: MoreRubinServer, home: Path, more: str = "") -> House:
    return House(home, server.url, more, system=System.MORERUBIN)


def content(house: House) -> Content:
    archive = house.archive()
    try:
        return content_of(archive, KEY)
    finally:
        archive.close()


@pytest.fixture
def server() -> Iterator[MoreRubinServer]:
    with MoreRubinServer(town()) as running:
        yield running


@pytest.fixture
def house(server: MoreRubinServer, tmp_path: Path) -> House:
    """After a first crawl."""
    house = at(server, tmp_path)
    run = house.crawl()
    assert (run.outcome, run.mode, run.warnings) == (Outcome.COMPLETE, RunMode.FULL, ())
    return house


@pytest.fixture(scope="module")
def first_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MoreRubinServer, Path]]:
    """One server that has been read once, and the home it was read into."""
    with MoreRubinServer(town()) as server:
        home = tmp_path_factory.mktemp("first")
        assert at(server, home).crawl().outcome is Outcome.COMPLETE
        yield server, home


@pytest.fixture(scope="module")
def undisturbed(first_crawl: tuple[MoreRubinServer, Path], tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What is held after it."""
    server, home = first_crawl
    copy = tmp_path_factory.mktemp("undisturbed") / "copy"
    shutil.copytree(home, copy)
    return content(at(server, copy))


@pytest.fixture
def crawled(first_crawl: tuple[MoreRubinServer, Path]) -> Iterator[MoreRubinServer]:
    """That server, as it was."""
    server, _ = first_crawl
    server.requests.clear()
    yield server
    faults_of(server).mend()
    server.town = town()


@pytest.fixture
def before(first_crawl: tuple[MoreRubinServer, Path], tmp_path: Path) -> House:
    """A copy of what was read from it."""
    server, home = first_crawl
    shutil.copytree(home, tmp_path / "copy")
    return at(server, tmp_path / "copy")


def gone(run: Run) -> int:
    return sum(count.gone for count in run.counts.values())


def paper(house: House, number: int | None) -> Paper | None:
    """What is held of one of the town's papers."""
    reference = next(one.reference for one in town().papers if one.number == number)
    found = [one for one in house.held().values() if isinstance(one, Paper) and one.reference == reference]
    return found[0] if found else None


def meeting(house: House, number: int) -> Meeting:
    native = number_of_meeting(town(), next(one for one in town().meetings if one.number == number))
    (found,) = [one for one in house.held().values() if isinstance(one, Meeting) and one.native_id == native]
    return found


def assert_nothing_secret(house: House, server: MoreRubinServer) -> None:
    """Not in what is held, and nothing was asked for that is nobody's business."""
    nouns = [noun.model_dump(mode="json") for noun in house.held().values()]
    held = json.dumps([nouns, house.texts(), [run.what for run in house.last_run().warnings]], ensure_ascii=False)
    assert SECRET_WORD.casefold() not in held.casefold()
    private = [word for one in server.town.people for word in (one.phone, one.email, one.street_address)]
    assert not [word for word in private if word in held]
    assert not [path for path in server.requests.paths if any(word in path.lower() for word in NEVER)]
    asked = [line for line in server.requests.lines if line.kind == "file"]
    assert {line.status for line in asked} <= {200}, "a document that is not public was asked for"


# --- what is asked for and held


def test_a_full_visit_an_ordinary_one_and_a_full_one_again(
    house: House, server: MoreRubinServer, undisturbed: Content
) -> None:
    first = dict(server.requests.counts)
    pages = sum(first[kind] for kind in ("calendar", "meeting", "organization"))
    assert first["meeting"] == len(town().meetings)
    assert pages <= len(town().meetings) + 12
    assert not server.requests["other"]
    assert_nothing_secret(house, server)
    server.requests.clear()
    ordinary = house.crawl()
    assert (ordinary.mode, ordinary.outcome, server.requests["file"]) == (RunMode.INCREMENTAL, Outcome.COMPLETE, 0)
    assert server.requests["calendar"] <= 3
    assert 2 <= server.requests["meeting"] <= 4
    full = house.crawl("--full")
    counts = full.counts.values()
    assert [(one.new, one.changed, one.gone) for one in counts] == [(0, 0, 0)] * len(full.counts)
    assert content(house) == undisturbed


def test_times_and_files_where_the_comparison_of_systems_leaves_them_out(before: House) -> None:
    house = before
    papers = {one.native_id: one for one in house.held().values() if isinstance(one, Paper)}
    for one in town().meetings:
        held = meeting(house, one.number)
        assert held.end == (one.end if one.minutes else None)
        own_of = {item.label: len(item.documents) for item in one.items if item.public}
        for item in held.agenda:
            of_paper = {file.native_id for file in papers[item.paper].files} if item.paper else set()
            assert of_paper <= {file.native_id for file in item.files}
            assert len(item.files) == len(of_paper) + own_of[item.number or ""]


LEFT_OUT: dict[Layout, dict[str, Callable[[Any], Any] | None]] = {
    Layout.SCRIPT: {"paper date": None, "paper type": None},  # its JSON names neither
    Layout.ATTRIBUTE: {"paper date": None, "paper type": None},
    Layout.TABLES: {
        "paper date": None,
        "paper type": None,
        "paper files": None,  # attachments are on pages of their own, which are not asked for
        "paper file names": None,
        "meeting results": None,  # in no column
    },
}


@pytest.mark.parametrize("layout", LEFT_OUT, ids=lambda layout: layout.name)
def test_every_interface_ends_in_the_same_content(layout: Layout, tmp_path: Path, undisturbed: Content) -> None:
    with MoreRubinServer(town(), layout=layout, robots=OPEN) as server:
        house = at(server, tmp_path)
        run = house.crawl()
        assert (run.outcome, run.warnings) == (Outcome.COMPLETE, ())
        found = content(house)
        declared = LEFT_OUT[layout] | {"organization": None}
        papers = {key for key in found if key.startswith("paper")}
        expected = {key: value for key, value in undisturbed.items() if not key.startswith("paper") or key in papers}
        assert differences(expected, found, declared | {"meeting item files": None}) == []
        missing = {key for key in undisturbed if key.startswith("paper")} - papers
        mains = {f"paper {one.reference}" for one in town().papers if one.main}
        assert not missing & mains
        assert_nothing_secret(house, server)
        server.requests.clear()
        again = house.crawl()
        assert (again.outcome, again.mode) == (Outcome.COMPLETE, RunMode.INCREMENTAL)
        assert [(one.new, one.changed, one.gone) for one in again.counts.values()] == [(0, 0, 0)] * len(again.counts)
        assert server.requests["other"] == server.requests["organization"] == server.requests["file"] == 0
        assert content(house) == found


def test_documents_that_robots_txt_forbids_are_never_asked_for(tmp_path: Path) -> None:
    with MoreRubinServer(town(), layout=Layout.SCRIPT) as server:
        house = at(server, tmp_path)
        run = house.crawl()
        assert (run.outcome, run.detail) == (Outcome.COMPLETE, None)
        assert server.requests["file"] == 0
        held = [one for one in house.held().values() if isinstance(one, Paper)]
        assert any(one.files for one in held)


# --- faults


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: "+".join(fault.name for fault in faults))
def test_a_fault_that_ends_leaves_nothing_behind(
    faults: dict[Fault, dict[str, Any]], server: MoreRubinServer, tmp_path: Path, undisturbed: Content
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
        (Fault.MARKUP, (), Outcome.FAILED, "--full"),
        (Fault.MARKUP, ("meeting",), Outcome.INCOMPLETE, "--full"),
        (Fault.LOGIN, (), Outcome.FAILED, "--full"),
        (Fault.LOGIN, ("meeting",), Outcome.INCOMPLETE, "--incremental"),
        (Fault.ERROR_PAGE, ("meeting",), Outcome.INCOMPLETE, "--incremental"),
        (Fault.GATE, (), Outcome.BLOCKED, "--full"),
        (Fault.GATE, ("meeting",), Outcome.BLOCKED, "--full"),
        (Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, "--incremental"),
        (Fault.FORBIDDEN, ("meeting",), Outcome.BLOCKED, "--full"),
        (Fault.ENDLESS, (), Outcome.COMPLETE, "--full"),
        (Fault.CLOCK, (), Outcome.COMPLETE, "--full"),
    ],
)
def test_what_cannot_be_read_takes_nothing_away(
    fault: Fault,
    kinds: tuple[str, ...],
    outcome: Outcome,
    mode: str,
    before: House,
    crawled: MoreRubinServer,
    undisturbed: Content,
) -> None:
    faults_of(crawled).switch_on(fault, kinds=kinds)
    run = before.crawl(*([mode] if mode == "--full" else []))
    assert (run.outcome, gone(run)) == (outcome, 0), run.detail
    if outcome is Outcome.BLOCKED:
        of_those = [line for line in crawled.requests.lines if line.kind in (kinds or ("calendar", "organization"))]
        assert len(of_those) <= 6, "what was under way at once, and nothing after it"
        assert crawled.requests["robots"] == 1
    assert crawled.requests["file"] == 0
    assert len(crawled.requests) < 80
    assert content(before) == undisturbed


def test_pages_that_were_lost_are_asked_for_again_though_a_gate_came_between(
    server: MoreRubinServer, tmp_path: Path, undisturbed: Content
) -> None:
    house = at(server, tmp_path)
    faults_of(server).switch_on(Fault.MARKUP, kinds=("meeting",))
    assert house.crawl().outcome is Outcome.INCOMPLETE
    faults_of(server).mend()
    faults_of(server).switch_on(Fault.GATE)
    assert house.crawl().outcome is Outcome.BLOCKED
    faults_of(server).mend()
    run = house.crawl()
    assert (run.outcome, run.mode) == (Outcome.COMPLETE, RunMode.INCREMENTAL)
    assert content(house) == undisturbed


class Forgetful(MoreRubinServer):
    """Says once of every meeting that it is not there."""

    def page(self, asked: Asked) -> Answer:
        first = self.kind(asked) == "meeting" and asked.query not in self.told
        self.told.add(asked.query)
        lost = b'{"message": "Sitzung nicht gefunden", "status": "error"}'
        return Answer(200, lost) if first else super().page(asked)

    told: ClassVar[set[str]] = set()


def test_a_refusal_in_words_is_believed_only_when_it_is_said_again(tmp_path: Path, undisturbed: Content) -> None:
    with Forgetful(town()) as server:
        house = at(server, tmp_path)
        assert house.crawl().outcome is Outcome.COMPLETE
        assert content(house) == undisturbed


def test_a_system_that_is_replaced_by_a_newer_one(tmp_path: Path, undisturbed: Content) -> None:
    with MoreRubinServer(town(), layout=Layout.SCRIPT, robots=OPEN) as server:
        house = at(server, tmp_path)
        assert house.crawl().outcome is Outcome.COMPLETE
        server.layout = Layout.API
        run = house.crawl()
        assert (run.outcome, gone(run)) == (Outcome.FAILED, 0)
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0)
        assert content(house) == undisturbed


def test_a_robots_txt_that_forbids_is_obeyed(tmp_path: Path) -> None:
    with MoreRubinServer(town(), robots="User-agent: *\nDisallow: /\n") as server:
        run = at(server, tmp_path).crawl()
        assert run.outcome is Outcome.FAILED
        assert "robots.txt" in (run.detail or "")
        assert set(server.requests.counts) == {"robots"}


# --- edits


def with_old_paper_on_the_next_agenda() -> Town:
    """A paper of years ago comes up again."""
    coming = town().meetings[-1]
    old = next(one for one in town().papers if one.consultations[0].meeting == 2)
    item = replace(coming.items[-1], number=900, label="99", name=old.name, paper=old.number, consultation=900)
    station = replace(old.consultations[0], number=900, meeting=coming.number, item=900)
    whole = replace(old, consultations=(*old.consultations, station))
    papers = tuple(whole if one.number == old.number else one for one in town().papers)
    meetings = (*town().meetings[:-1], replace(coming, items=(*coming.items, item)))
    return replace(town(), papers=papers, meetings=meetings)


@pytest.mark.parametrize("layout", [Layout.API, Layout.SCRIPT], ids=lambda layout: layout.name)
def test_what_changes_is_seen_in_the_next_ordinary_visit(layout: Layout, tmp_path: Path) -> None:
    old = next(one.number for one in town().papers if one.consultations[0].meeting == 2)
    renamed, withdrawn, secret, replaced = [item.paper for item in town().meetings[-1].items if item.paper][:4]
    main = town().papers[(replaced or 0) - 1].main
    assert main is not None
    with MoreRubinServer(with_old_paper_on_the_next_agenda(), layout=layout, robots=OPEN) as server:
        house = at(server, tmp_path)
        house.crawl()
        came_up = paper(house, old)
        assert came_up is not None
        assert len(came_up.consultations) == len(server.town.papers[old - 1].consultations)
        server.town = rename_paper(server.town, renamed, "Quittenbaumallee")
        for number in (withdrawn, old):
            server.town = withdraw_paper(server.town, number)
        server.town = keep_secret(server.town, secret)
        server.town = cancel_meeting(server.town, 9)
        server.town = change_document(server.town, main.number, "Der Wendehammer in der Zwetschgengasse wird verlegt.")
        server.requests.clear()
        run = house.crawl()
        assert (run.mode, run.outcome) == (RunMode.INCREMENTAL, Outcome.COMPLETE)
        assert server.requests["meeting"] <= 5, "beside those around today only the old ones of the paper that went"
        assert meeting(house, 9).cancelled
        seen = content(house)
        if layout is Layout.API:  # the older interface says nothing of a document by which its change could be seen
            assert differences(content_of_town(server.town), seen, DECLARED[System.MORERUBIN]) == []
        assert [key for key in seen if seen[key].get("name") == "Quittenbaumallee"]
        assert [paper(house, one) for one in (withdrawn, secret, old)] == [None, None, None]
        again = house.crawl("--full")
        assert (again.outcome, gone(again)) == (Outcome.COMPLETE, 0)
        assert content(house) == seen
        assert_nothing_secret(house, server)


def test_a_paper_that_leaves_one_agenda_stays_where_others_name_it(crawled: MoreRubinServer, before: House) -> None:
    coming = town().meetings[-1]
    left = next(item.paper for item in coming.items if item.paper)
    kept = tuple(item for item in coming.items if item.paper != left)
    crawled.town = replace(town(), meetings=(*town().meetings[:-1], replace(coming, items=kept)))
    assert gone(before.crawl()) == 0
    assert paper(before, left) is not None


def test_an_upcoming_meeting_has_no_agenda_yet_and_gets_one(tmp_path: Path, undisturbed: Content) -> None:
    coming = town().meetings[-1]
    bare = replace(town(), meetings=(*town().meetings[:-1], replace(coming, invitation=None)))
    with MoreRubinServer(bare) as server:
        house = at(server, tmp_path)
        assert house.crawl().outcome is Outcome.COMPLETE
        assert meeting(house, coming.number).agenda == ()
        server.town = town()
        assert house.crawl().outcome is Outcome.COMPLETE
        assert content(house) == undisturbed

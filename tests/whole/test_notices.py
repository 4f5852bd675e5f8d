"""A municipality's website over the wire in both designs: what a crawl asks for and holds; what faults and edits do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from archive.run import Outcome, Run, RunMode
from council.model import Meeting, Paper
from council.system import System
from tests.simulation.edits import (
    cancel_meeting,
    change_document,
    keep_secret,
    rename_paper,
    withdraw_document,
    withdraw_paper,
)
from tests.simulation.faults import Fault, faults_of
from tests.simulation.planting import plant
from tests.whole.content import Content, content_of, differences
from tests.whole.house import KEY, House
from tests.whole.notices_content import DECLARED, content_shown, town_of_today
from townhall.invention.model import SECRET_WORD, Document, Town
from townhall.invention.model import Paper as TownPaper
from townhall.notices.server import Layout, NoticesServer
from townhall.server.loopback import Answer, Asked

NEVER = ("mitglieder", "personen", "foto", "anwesenheit", "suche", "impressum", "nichtoeffentlich", "vorbereitung")
PAGES = ("calendar", "meeting", "paper")
FAULTS = {
    Fault.ERROR: {"share": 0.05},
    Fault.HALF: {"share": 0.1, "kinds": PAGES},
    Fault.ERROR_PAGE: {"share": 0.1, "kinds": PAGES},
    Fault.HTML_FOR_FILE: {"times": 2, "kinds": ("file",)},
    Fault.ENCODING: {"kinds": PAGES},
}


@cache
def town() -> Town:
    return town_of_today()


def at(server: NoticesServer, home: Path) -> House:
    more = "".join(f"    {line}\n" for line in server.register_lines)
    return House(home, server.url, more, system=System.NOTICES)


def content(house: House) -> Content:
    archive = house.archive()
    try:
        return content_of(archive, KEY)
    finally:
        archive.close()


def wrong(house: House, server: NoticesServer) -> list[object]:
    """What is held and is not as it should be; the gazette is never printed again."""
    return list(differences(content_shown(server.town, server.layout, town()), content(house), DECLARED))


@pytest.fixture
def server() -> Iterator[NoticesServer]:
    with NoticesServer(town()) as running:
        yield running


@pytest.fixture(scope="module")
def first_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[NoticesServer, Path]]:
    """One server that has been read once, and the home it was read into."""
    with NoticesServer(town()) as server:
        home = tmp_path_factory.mktemp("first")
        assert at(server, home).crawl().outcome is Outcome.COMPLETE
        yield server, home


@pytest.fixture
def crawled(first_crawl: tuple[NoticesServer, Path]) -> Iterator[NoticesServer]:
    """That server, as it was."""
    server, _ = first_crawl
    server.requests.clear()
    yield server
    faults_of(server).mend()
    server.town, server.listed = town(), None


@pytest.fixture
def before(first_crawl: tuple[NoticesServer, Path], tmp_path: Path) -> House:
    """A copy of what was read from it."""
    server, home = first_crawl
    shutil.copytree(home, tmp_path / "copy")
    return at(server, tmp_path / "copy")


def gone(run: Run) -> int:
    return sum(count.gone for count in run.counts.values())


def counted(run: Run) -> set[tuple[int, int, int]]:
    """New, changed, gone of every kind."""
    return {(one.new, one.changed, one.gone) for one in run.counts.values()}


def pages(server: NoticesServer) -> int:
    return sum(server.requests[kind] for kind in PAGES)


def assert_nothing_secret(house: House, server: NoticesServer) -> None:
    """Not in what is held, and nothing was asked for that is nobody's business."""
    nouns = [noun.model_dump(mode="json") for noun in house.held().values()]
    held = json.dumps([nouns, house.texts(), repr(house.last_run())], ensure_ascii=False)
    assert SECRET_WORD.casefold() not in held.casefold()
    private = [word for one in server.town.people for word in (one.phone, one.email, one.street_address)]
    assert not [word for word in private if word in held]
    asked = server.requests.paths
    assert not [path for path in asked if any(word in path.lower() for word in NEVER)]
    secrets = {address.removeprefix(server.base) for address in server.secret_addresses}
    assert secrets
    assert not secrets & set(asked)
    assert server.requests["other"] == server.requests["page"] == server.requests["secret"] == 0


# --- what is asked for and held


@pytest.mark.parametrize("layout", Layout, ids=str)
def test_a_full_visit_an_ordinary_one_and_a_full_one_again(layout: Layout, tmp_path: Path) -> None:
    with NoticesServer(town(), layout=layout) as server:
        house = at(server, tmp_path)
        run = house.crawl()
        assert (run.outcome, run.mode, run.warnings) == (Outcome.COMPLETE, RunMode.FULL, ())
        assert wrong(house, server) == []
        assert_nothing_secret(house, server)
        assert len(set(server.requests.paths)) == len(server.requests), "nothing was asked for twice"
        first = pages(server)
        server.requests.clear()
        ordinary = house.crawl()
        assert (ordinary.mode, ordinary.outcome, counted(ordinary)) == (
            RunMode.INCREMENTAL,
            Outcome.COMPLETE,
            {(0, 0, 0)},
        )
        assert server.requests["file"] == 0
        assert 2 <= pages(server) <= first * 0.6
        assert wrong(house, server) == []
        full = house.crawl("--full")
        assert (full.outcome, counted(full)) == (Outcome.COMPLETE, {(0, 0, 0)})
        assert wrong(house, server) == []


@pytest.mark.parametrize("layout", Layout, ids=str)
def test_a_hundred_planted_secrets_are_nowhere(layout: Layout, tmp_path: Path) -> None:
    with NoticesServer(plant(town(), 100), layout=layout) as server:
        house = at(server, tmp_path)
        assert house.crawl().outcome is Outcome.COMPLETE
        assert_nothing_secret(house, server)
        assert wrong(house, server) == []


def test_a_notice_that_says_only_that_it_is_one_is_a_meeting(before: House) -> None:
    held = before.held().values()
    assert "Öffentliche Bekanntmachung" not in {one.name for one in held if isinstance(one, Paper)}
    pages = [one.source_url for one in held if isinstance(one, Paper | Meeting) and one.source_url]
    assert len(pages) == len(set(pages))


def test_a_robots_txt_that_forbids_is_obeyed(tmp_path: Path) -> None:
    with NoticesServer(town(), robots="User-agent: *\nDisallow: /\n") as server:
        run = at(server, tmp_path).crawl()
        assert run.outcome is Outcome.FAILED
        assert "robots.txt" in (run.detail or "")
        assert set(server.requests.counts) == {"robots"}


# --- faults


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_that_ends_leaves_nothing_behind(fault: Fault, server: NoticesServer, tmp_path: Path) -> None:
    faults_of(server).switch_on(fault, **FAULTS[fault])  # type: ignore[arg-type]
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
        (Fault.MARKUP, (), Outcome.FAILED, "--full"),
        (Fault.MARKUP, ("meeting",), Outcome.INCOMPLETE, "--full"),
        (Fault.LOGIN, (), Outcome.FAILED, "--full"),
        (Fault.LOGIN, ("meeting", "paper"), Outcome.INCOMPLETE, "--full"),
        (Fault.LOGIN, ("meeting",), Outcome.INCOMPLETE, ""),
        (Fault.ERROR_PAGE, ("paper",), Outcome.INCOMPLETE, "--full"),
        (Fault.HALF, PAGES, Outcome.FAILED, "--full"),
        (Fault.HALF, ("meeting",), Outcome.INCOMPLETE, ""),
        (Fault.GATE, (), Outcome.BLOCKED, "--full"),
        (Fault.GATE, ("meeting",), Outcome.BLOCKED, "--full"),
        (Fault.FORBIDDEN, ("calendar",), Outcome.BLOCKED, ""),
        (Fault.FORBIDDEN, ("paper",), Outcome.BLOCKED, "--full"),
        (Fault.ENDLESS, (), Outcome.INCOMPLETE, "--full"),
        (Fault.CLOCK, (), Outcome.COMPLETE, "--full"),
    ],
)
def test_what_cannot_be_read_takes_nothing_away(
    fault: Fault, kinds: tuple[str, ...], outcome: Outcome, mode: str, before: House, crawled: NoticesServer
) -> None:
    faults_of(crawled).switch_on(fault, kinds=kinds)
    run = before.crawl(*([mode] if mode else []))
    assert (run.outcome, gone(run)) == (outcome, 0), run.detail
    if outcome is Outcome.BLOCKED:
        of_those = [line for line in crawled.requests.lines if line.kind in (kinds or PAGES)]
        assert len(of_those) <= 6, "what was under way at once, and nothing after it"
    assert crawled.requests["robots"] == 1
    assert crawled.requests["file"] == 0
    assert len(crawled.requests) < 180
    assert wrong(before, crawled) == []
    if fault is Fault.ENDLESS:
        assert crawled.requests["calendar"] < 20


class Relaunched(NoticesServer):
    """In the end a new website: the list is empty and every old address is 404."""

    is_new = False

    def page(self, asked: Asked) -> Answer:
        return self.missing() if self.is_new and self.kind_of(asked.path) != "calendar" else super().page(asked)


def test_a_new_website_with_other_addresses_takes_nothing_away(tmp_path: Path) -> None:
    with Relaunched(town()) as server:
        house = at(server, tmp_path)
        house.crawl()
        server.is_new, server.listed = True, 0
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.INCOMPLETE, 0)
        assert "too many to believe" in (run.detail or "")
        assert wrong(house, server) == []


# --- edits


def recent(served: Town) -> list[TownPaper]:
    """Public papers with a main document that only the newest meetings deal with."""
    newest = {one.number for one in served.meetings[-3:]}
    of = [(one, {step.meeting for step in one.consultations}) for one in served.papers if one.public and one.main]
    return [paper for paper, meetings in of if meetings and meetings <= newest]


def last_minutes() -> Document:
    return [one.minutes for one in town().meetings if one.minutes][-1]


@pytest.mark.parametrize("mode", ["", "--full"], ids=["ordinary", "full"])
@pytest.mark.parametrize("layout", Layout, ids=str)
def test_what_happens_to_a_town_is_seen(layout: Layout, mode: str, tmp_path: Path) -> None:
    with NoticesServer(town(), layout=layout) as server:
        house = at(server, tmp_path)
        house.crawl()
        renamed, withdrawn, replaced, hidden = recent(town())[:4]
        server.town = rename_paper(server.town, renamed.number, "Ein ganz anderer Name")
        server.town = withdraw_paper(server.town, withdrawn.number)
        server.town = keep_secret(server.town, hidden.number)
        server.town = cancel_meeting(server.town, town().meetings[-1].number)
        if mode:  # the newest minutes are older than what an ordinary visit looks at
            server.town = withdraw_document(server.town, last_minutes().number)
        if layout is Layout.CARDS:  # a file that keeps its address is asked for again after a month only
            server.town = change_document(server.town, replaced.main.number, "# Neu\nEin ganz anderer Text.\n" * 9)  # type: ignore[union-attr]
        run = house.crawl(*([mode] if mode else []))
        assert (run.outcome, wrong(house, server)) == (Outcome.COMPLETE, [])
        held = content(house)
        assert "paper Ein ganz anderer Name" in held
        assert not {f"paper {withdrawn.name}", f"paper {hidden.name}"} & held.keys()
        house.index()
        assert layout is Layout.TABLES or "Ein ganz anderer Text." in repr(house.texts())
        assert SECRET_WORD not in repr(house.held())
        again = house.crawl("--full")
        assert (again.outcome, counted(again)) == (Outcome.COMPLETE, {(0, 0, 0)})


SOFT = b"<html><head><title>Seite nicht gefunden</title></head><body><h1>Seite nicht gefunden</h1></body></html>"


class Evasive(NoticesServer):
    """Says 404 in words with status 200, or sends those who ask for what is gone to its list."""

    sends_away = False

    def missing(self) -> Answer:
        if self.sends_away:
            return Answer(302, b"", "text/html", {"Location": self.url})
        return Answer(200, SOFT, "text/html")


@pytest.mark.parametrize("sends_away", [False, True])
def test_words_are_believed_when_said_again_and_being_sent_away_proves_nothing(
    sends_away: bool, tmp_path: Path
) -> None:
    with Evasive(town()) as server:
        house = at(server, tmp_path)
        house.crawl()
        server.sends_away = sends_away
        server.town = withdraw_paper(server.town, recent(town())[0].number)
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0 if sends_away else 1), run.detail
        assert sends_away or wrong(house, server) == []


def test_what_drops_out_of_the_list_stays_until_it_is_gone(before: House, crawled: NoticesServer) -> None:
    crawled.listed = 5
    for mode in ("", "--full"):
        run = before.crawl(*([mode] if mode else []))
        assert (run.outcome, counted(run), wrong(before, crawled)) == (Outcome.COMPLETE, {(0, 0, 0)}, [])
    old = next(one for one in town().papers if one.public and one.main and one.consultations)
    crawled.town = withdraw_paper(crawled.town, old.number)
    crawled.town = withdraw_document(crawled.town, last_minutes().number)
    run = before.crawl("--full")
    assert (run.outcome, gone(run), wrong(before, crawled)) == (Outcome.COMPLETE, 1, [])


def test_a_meeting_of_which_no_page_is_left_is_gone(before: House, crawled: NoticesServer) -> None:
    crawled.town = _without_first_meeting(town())
    run = before.crawl("--full")
    assert (run.outcome, gone(run), wrong(before, crawled)) == (Outcome.COMPLETE, 1, [])


def _without_first_meeting(served: Town) -> Town:
    first = served.meetings[0].number

    def without(paper: TownPaper) -> TownPaper:
        return replace(paper, consultations=tuple(one for one in paper.consultations if one.meeting != first))

    return replace(served, meetings=served.meetings[1:], papers=tuple(map(without, served.papers)))


def test_an_upcoming_meeting_has_no_agenda_yet_and_gets_one(tmp_path: Path) -> None:
    coming = town().meetings[-1]
    bare = replace(town(), meetings=(*town().meetings[:-1], replace(coming, invitation=None)))
    with NoticesServer(bare) as server:
        house = at(server, tmp_path)
        assert house.crawl().outcome is Outcome.COMPLETE
        held = [one for one in house.held().values() if isinstance(one, Meeting) and one.start == coming.start]
        assert [one.agenda for one in held] == [()]
        server.town = town()
        assert house.crawl().outcome is Outcome.COMPLETE
        assert wrong(house, server) == []

"""The guards against a source's bad day: when what is held is believed to be gone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from archive.run import RunMode
from council.model import Kind, Meeting, Paper
from council.municipality import Expectation
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.deletions import add_tombstones, are_believed, is_below_expectation, tombstone_missing
from crawlers.frontier.report import ListProgress
from tests.crawlers.frontier.driving import NOW, context


def papers(count: int) -> list[Paper]:
    return [Paper(native_id=str(number)) for number in range(count)]


def swept(crawl: CrawlContext, seen: int, **progress: Any) -> list[str]:
    """The ids that are taken out when a list brought the first `seen` papers of those that are held."""
    of_list: dict[str, Any] = {"seen": {str(number) for number in range(seen)}, "finished": True}
    crawl.report.lists[Kind.PAPER] = ListProgress(**(of_list | progress))
    gone: list[str] = []
    tombstone_missing(crawl, lambda record_ids, reason: gone.extend(record_ids))
    return gone


@pytest.mark.parametrize(
    ("missing", "held", "refused"), [(0, 0, False), (0, 5, False), (3, 8, False), (8, 8, True), (1, 1, True),
    (10, 11, False), (11, 100, True), (50, 1000, False), (51, 1000, True)],
)  # fmt: skip
def test_many_or_all_at_once_are_not_believed(missing: int, held: int, refused: bool) -> None:
    crawl = context(papers(held))
    assert len(swept(crawl, held - missing)) == (0 if refused else missing)
    assert bool(crawl.report.incomplete) is refused
    assert bool(crawl.memory) is refused


class Days:
    """Full crawls of one municipality on days that a test chooses."""

    def __init__(self) -> None:
        self.memory: dict[str, Any] = {}
        self.now = NOW

    def refuses(self, missing: int, held: int, days_later: float = 0) -> bool:
        self.now += dt.timedelta(days=days_later)
        crawl = context(papers(held), memory=self.memory)
        crawl.clock = lambda: self.now
        return len(swept(crawl, held - missing)) != missing


def test_a_day_later_the_same_is_believed() -> None:
    days = Days()
    assert days.refuses(60, 100)
    assert days.refuses(60, 100, days_later=0.5)
    assert not days.refuses(60, 100, days_later=0.5)


def test_a_good_run_between_two_bad_days_makes_the_second_a_first() -> None:
    days = Days()
    assert days.refuses(60, 100)
    assert not days.refuses(3, 100, days_later=7)
    assert days.refuses(60, 97, days_later=7)


def test_what_a_run_saw_is_not_missing_though_it_is_not_written_yet() -> None:
    gone = swept(context(papers(9)), 7, older={"2"})
    assert gone == ["musterstadt:paper:2", "musterstadt:paper:7", "musterstadt:paper:8"]


@pytest.mark.parametrize("progress", [{"finished": False}, {"skipped": 1}], ids=str)
def test_a_list_that_is_not_whole_misses_nothing(progress: dict[str, Any]) -> None:
    assert swept(context(papers(9)), 7, **progress) == []


def test_an_ordinary_run_and_lists_that_are_never_complete_miss_nothing() -> None:
    assert swept(context(papers(9), RunMode.INCREMENTAL), 7) == []
    crawl = context(papers(9))
    crawl.lists_are_complete = False
    assert swept(crawl, 7) == []
    assert swept(context(papers(9)), 7) != []


# --- the minimums of the register


def test_fewer_than_the_register_expects_delete_nothing_and_make_the_run_incomplete() -> None:
    crawl = context(papers(100), expect=Expectation(papers=98, meetings=1))
    crawl.report.lists[Kind.MEETING] = ListProgress(seen={"1"}, finished=True)
    assert swept(crawl, 97) == []
    (reason,) = crawl.report.incomplete
    assert "97 papers" in reason
    assert "98" in reason
    assert "expect" in reason


def test_as_many_as_expected_delete_what_is_missing() -> None:
    crawl = context(papers(100), expect=Expectation(papers=98))
    assert len(swept(crawl, 98)) == 2
    assert crawl.report.incomplete == []


def test_a_minimum_of_meetings_keeps_papers_too() -> None:
    crawl = context(papers(100), expect=Expectation(meetings=1))
    assert swept(crawl, 98) == []
    assert "0 meetings" in crawl.report.incomplete[0]


def test_what_is_older_than_wanted_does_not_count() -> None:
    crawl = context(papers(100), expect=Expectation(papers=98))
    assert swept(crawl, 98, older={"3"}) == []


def test_an_ordinary_run_lists_few_and_that_is_no_wonder() -> None:
    crawl = context(papers(100), RunMode.INCREMENTAL, expect=Expectation(papers=98))
    assert not is_below_expectation(crawl)
    assert crawl.report.incomplete == []


def test_where_lists_are_never_complete_what_is_held_counts() -> None:
    crawl = context(papers(100), expect=Expectation(papers=100))
    crawl.lists_are_complete = False
    assert not is_below_expectation(crawl)
    assert is_below_expectation(crawl, gone=[(Kind.PAPER, "5")])


def test_pages_that_are_gone_stay_below_the_minimum() -> None:
    crawl = context(papers(20), expect=Expectation(papers=20))
    crawl.report.start_list(Kind.PAPER).seen = {str(number) for number in range(20)}
    gone = {(Kind.PAPER, "5"): "HTTP 404"}
    found = add_tombstones(crawl, gone, {Kind.PAPER: 20}, lambda key: True, lambda key: False)
    assert found == ([], {(Kind.PAPER, "5")})
    assert "19 papers" in crawl.report.incomplete[0]


# --- pages that are refused


@pytest.mark.parametrize(
    ("gone", "asked", "believed"), [(10, 10, True), (11, 100, False), (50, 1000, True), (51, 1000, False)]
)
def test_many_refusals_at_once_are_not_believed(gone: int, asked: int, believed: bool) -> None:
    crawl = context(papers(gone))
    why = {(Kind.PAPER, str(number)): "HTTP 404" for number in range(gone)}
    tombstones, disbelieved = add_tombstones(crawl, why, {Kind.PAPER: asked}, lambda key: True, lambda key: False)
    assert len(tombstones) == (gone if believed else 0)
    assert disbelieved == (set() if believed else why.keys())
    assert bool(crawl.report.incomplete) is not believed


def test_a_page_that_is_gone_and_was_never_held_is_not_counted_and_not_seen() -> None:
    crawl = context([Meeting(native_id="1")])
    crawl.report.start_list(Kind.MEETING).seen = {"1", "2"}
    why = {(Kind.MEETING, "1"): "HTTP 410", (Kind.MEETING, "2"): "HTTP 410"}
    found, _ = add_tombstones(crawl, why, {}, lambda key: key[1] == "1", lambda key: False)
    assert [(tombstone.kind, tombstone.native_id, tombstone.reason) for tombstone in found] == [
        (Kind.MEETING, "1", "the source no longer shows it: HTTP 410")
    ]
    assert crawl.report.start_list(Kind.MEETING).seen == set()


def test_what_another_page_shows_is_not_gone() -> None:
    crawl = context([Meeting(native_id="1")])
    crawl.report.start_list(Kind.MEETING).seen = {"1"}
    found, _ = add_tombstones(crawl, {(Kind.MEETING, "1"): "HTTP 404"}, {}, lambda key: True, lambda key: True)
    assert found == []
    assert crawl.report.start_list(Kind.MEETING).seen == {"1"}


def test_a_run_that_is_below_its_minimum_stays_so() -> None:
    crawl = context(papers(30), expect=Expectation(papers=20))
    crawl.report.start_list(Kind.PAPER).seen = {str(number) for number in range(20)}
    crawl.report.start_list(Kind.PAPER).finished = True
    assert not are_believed(crawl, [(Kind.PAPER, "5")], 20, "papers are named no more")
    gone: list[str] = []
    tombstone_missing(crawl, lambda ids, reason: gone.extend(ids))
    assert gone == []
    assert len(crawl.report.incomplete) == 1

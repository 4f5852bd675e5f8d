"""Papers that have left an agenda: which they are, in a stable order, and when one of them is gone."""

from __future__ import annotations

import pytest

from archive.run import RunMode
from council.model import AgendaItem, Kind, Meeting
from crawlers.frontier.actions import Fetch
from crawlers.frontier.agendas import PapersWithoutPage, own_meetings, papers_off_agenda
from crawlers.parsing.page import Page
from tests.crawlers.frontier.driving import OWN, context


def meeting(number: int, *papers: str | None) -> Meeting:
    items = tuple(
        AgendaItem(native_id=f"{number}-{at}", order=at, public=True, paper=paper) for at, paper in enumerate(papers)
    )
    return Meeting(native_id=str(number), agenda=items)


@pytest.mark.parametrize(
    ("now", "left"), [((), ["5", "6"]), ((None, "5"), ["6"]), (("6",), ["5"]), ((None, "5", "6", "5"), [])]
)
def test_papers_off_an_agenda_are_told_once_and_in_its_order(now: tuple[str | None, ...], left: list[str]) -> None:
    crawl = context([meeting(77, None, "5", "6", "5")])
    assert list(papers_off_agenda(crawl, [meeting(77, *now)])) == left


def test_many_papers_keep_their_order() -> None:
    papers = [str(number * 7919 % 1000) for number in range(1, 300)]
    crawl = context([meeting(1, *papers)])
    assert list(papers_off_agenda(crawl, [meeting(1)])) == papers


def test_a_meeting_that_was_never_held_loses_nothing() -> None:
    assert list(papers_off_agenda(context(), [meeting(77)])) == []


def test_a_list_shows_no_agenda_and_takes_none_away() -> None:
    page = Page("calendar", (meeting(1), meeting(2)))
    assert own_meetings(page, Fetch(f"{OWN}calendar")) == []
    assert own_meetings(page, Fetch(f"{OWN}meeting", key=(Kind.MEETING, "2"))) == [meeting(2)]


def test_a_paper_without_a_page_is_gone_when_every_meeting_was_read() -> None:
    crawl = context([meeting(1, "5"), meeting(2, "5"), meeting(3, "6")], RunMode.INCREMENTAL)
    papers = PapersWithoutPage(crawl, lambda held: f"{OWN}meeting?id={held.native_id}")
    assert list(papers.other_meetings([meeting(1)])) == [f"{OWN}meeting?id=1", f"{OWN}meeting?id=2"]
    assert papers.gone({(Kind.MEETING, "1")}) == {}
    read = {(Kind.MEETING, "1"), (Kind.MEETING, "2")}
    assert list(papers.gone(read)) == [(Kind.PAPER, "5")]


def test_a_full_crawl_reads_all_meetings_anyway() -> None:
    papers = PapersWithoutPage(context([meeting(1, "5")]), lambda held: OWN)
    assert list(papers.other_meetings([meeting(1)])) == []

"""What notices alone do over the wire: lists that things drop out of, new websites, answers that evade."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.run import Outcome, Run
from council.model import Meeting, Paper
from tests.simulation.edits import withdraw_document, withdraw_paper
from tests.whole.products.notices import NOTICES
from tests.whole.products.product import Product
from tests.whole.products.visit import Visit, at, gone
from townhall.invention.model import Document, Municipality
from townhall.invention.model import Paper as InventedPaper
from townhall.notices.server import NoticesServer
from townhall.server.loopback import Answer, Asked


def municipality() -> Municipality:
    return NOTICES.municipality()


def counted(run: Run) -> set[tuple[int, int, int]]:
    """New, changed, gone of every kind."""
    return {(count.new, count.changed, count.gone) for count in run.counts.values()}


@pytest.fixture
def product() -> Product:
    return NOTICES


def test_nothing_is_asked_for_twice(first_visit: Visit) -> None:
    paths = [line.path for line in first_visit.first]
    assert len(set(paths)) == len(paths)


def test_a_notice_that_says_only_that_it_is_one_is_a_meeting(visited: Visit) -> None:
    held = visited.house.held().values()
    assert "Öffentliche Bekanntmachung" not in {record.name for record in held if isinstance(record, Paper)}
    pages = [record.source_url for record in held if isinstance(record, Paper | Meeting) and record.source_url]
    assert len(pages) == len(set(pages))


def test_a_list_without_an_end_is_not_followed_for_ever(visited: Visit) -> None:
    visited.server.endless = True
    visited.crawl("--full")
    assert len(visited.asked("calendar")) < 20


class Relaunched(NoticesServer):
    """In the end a new website: the list is empty and every old address is 404."""

    is_new = False

    def page(self, asked: Asked) -> Answer:
        return self.missing() if self.is_new and self.kind_of(asked.path) != "calendar" else super().page(asked)


def test_a_new_website_with_other_addresses_takes_nothing_away(tmp_path: Path) -> None:
    with Relaunched(municipality()) as server:
        visit = at(NOTICES, server, tmp_path)
        house = visit.house
        house.crawl()
        server.is_new, server.listed = True, 0
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.INCOMPLETE, 0)
        assert "too many to believe" in (run.detail or "")
        assert visit.wrong() == []


# --- edits


def recent(served: Municipality) -> list[InventedPaper]:
    """Public papers with a main document that only the newest meetings deal with."""
    newest = {meeting.number for meeting in served.meetings[-3:]}
    of = [
        (paper, {step.meeting for step in paper.consultations})
        for paper in served.papers
        if paper.public and paper.main
    ]
    return [paper for paper, meetings in of if meetings and meetings <= newest]


def last_minutes() -> Document:
    return [meeting.minutes for meeting in municipality().meetings if meeting.minutes][-1]


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
    with Evasive(municipality()) as server:
        visit = at(NOTICES, server, tmp_path)
        house = visit.house
        house.crawl()
        server.sends_away = sends_away
        server.municipality = withdraw_paper(server.municipality, recent(municipality())[0].number)
        run = house.crawl("--full")
        assert (run.outcome, gone(run)) == (Outcome.COMPLETE, 0 if sends_away else 1), run.detail
        assert sends_away or visit.wrong() == []


def test_what_drops_out_of_the_list_stays_until_it_is_gone(visited: Visit) -> None:
    visited.server.listed = 5
    for mode in ("", "--full"):
        run = visited.crawl(*([mode] if mode else []))
        assert (run.outcome, counted(run), visited.wrong()) == (Outcome.COMPLETE, {(0, 0, 0)}, [])
    old = next(paper for paper in municipality().papers if paper.public and paper.main and paper.consultations)
    visited.server.municipality = withdraw_paper(visited.server.municipality, old.number)
    visited.server.municipality = withdraw_document(visited.server.municipality, last_minutes().number)
    run = visited.crawl("--full")
    assert (run.outcome, gone(run), visited.wrong()) == (Outcome.COMPLETE, 1, [])


def test_a_meeting_of_which_no_page_is_left_is_gone(visited: Visit) -> None:
    visited.server.municipality = _without_first_meeting(municipality())
    run = visited.crawl("--full")
    assert (run.outcome, gone(run), visited.wrong()) == (Outcome.COMPLETE, 1, [])


def _without_first_meeting(served: Municipality) -> Municipality:
    first = served.meetings[0].number

    def without(paper: InventedPaper) -> InventedPaper:
        return replace(paper, consultations=tuple(step for step in paper.consultations if step.meeting != first))

    return replace(served, meetings=served.meetings[1:], papers=tuple(map(without, served.papers)))

"""A paper that an agenda of the same visit hides: what is concluded of it must not depend on when batches are written.

Batches are written by number and by time, so that on a busy machine the agenda was in the archive before the paper's
own page refused; then the paper counted as never held, and only the next full visit took it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.archive import Archive, open_archive
from archive.held_reader import HeldReader
from archive.record_reader import RecordReader
from archive.record_writer import RecordWriter
from archive.run import RunMode
from archive.settings import archive_settings
from council.identity import make_id
from council.model import Consultation, Kind, Meeting, Paper, Tombstone
from crawlers.fetching.held_records import ArchivedRecords
from crawlers.frontier.actions import Answer
from crawlers.frontier.page_crawl import PageCrawl
from crawlers.frontier.policy import Policy
from crawlers.parsing.page import Page
from tests.crawlers.frontier.driving import OWN, Driven, context

MUNICIPALITY = "quellstedt"
PAPER = (Kind.PAPER, "77")
PAGE = f"{OWN}paper?id=77"
RATSSITZUNG = Meeting(native_id="5", withheld_papers=("77",))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(archive_settings(tmp_path, {}))
    writer = RecordWriter(opened, MUNICIPALITY, 1)
    way = (Consultation(native_id="c", meeting="5"), Consultation(native_id="d", meeting="6"))
    writer.put([Paper(native_id="77", name="Verkauf der Ziegelwiese", consultations=way)])
    yield opened
    opened.close()


def crawl(archive: Archive, *written: Meeting) -> PageCrawl:
    """A crawl that has written these already."""
    writer = RecordWriter(archive, MUNICIPALITY, 2)
    writer.put(written)
    known = context(mode=RunMode.INCREMENTAL)
    known.held = ArchivedRecords(archive, MUNICIPALITY, writer, lambda: None)
    return PageCrawl(
        known, lambda crawl: Policy(none, lambda url: PAPER if "paper" in url else None, lambda window: [OWN])
    )


def none(body: bytes, url: str) -> Page:
    """Whatever comes is a page without anything, and leads to the paper."""
    return Page("list", follow=(PAGE,))


@pytest.mark.parametrize("is_written", [False, True], ids=["agenda waits", "agenda is written"])
def test_a_paper_whose_page_refuses_is_taken_out_in_the_same_visit(archive: Archive, is_written: bool) -> None:
    visit = crawl(archive, *([RATSSITZUNG] if is_written else []))
    if is_written:
        assert RecordReader(archive).record(make_id(MUNICIPALITY, *PAPER)) is None, "it is hidden already"
    done = Driven(visit, {OWN: Answer(OWN, 200, b"-"), PAGE: Answer(PAGE, 404, b"")})
    assert [(tombstone.kind, tombstone.native_id) for tombstone in done.tombstones] == [PAPER]


@pytest.mark.parametrize("is_written", [False, True], ids=["agenda waits", "agenda is written"])
def test_what_is_merged_is_what_was_written(archive: Archive, is_written: bool) -> None:
    held = crawl(archive, *([RATSSITZUNG] if is_written else [])).held(PAPER)
    assert isinstance(held, Paper)
    assert [step.meeting for step in held.consultations] == ["5", "6"]


def test_a_record_that_is_gone_or_was_never_there_is_not_held(archive: Archive) -> None:
    assert HeldReader(archive, MUNICIPALITY).noun(Kind.PAPER, "78") is None
    RecordWriter(archive, MUNICIPALITY, 2).add_tombstones(
        [Tombstone(kind=Kind.PAPER, native_id="77", reason="withdrawn")]
    )
    assert HeldReader(archive, MUNICIPALITY).noun(*PAPER) is None

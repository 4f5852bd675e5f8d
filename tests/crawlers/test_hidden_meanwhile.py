"""A paper that an agenda of the same visit hides: what is concluded of it must not depend on when batches are written.

Batches are written by number and by time, so that on a busy machine the agenda was in the archive before the paper's
own page refused; then the paper counted as never held, and only the next full visit took it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.archive import Archive, open_archive
from archive.held_reader import HeldReader
from archive.record_reader import RecordReader
from archive.record_writer import RecordWriter
from archive.run import RunMode
from archive.run_writer import RunWriter
from archive.settings import archive_settings
from council.identity import make_id
from council.model import Consultation, Kind, Meeting, Paper, Tombstone
from council.municipality import Municipality
from crawlers.fetching.page_spider import PageSpider

TOWN = "quellstedt"
PAPER = (Kind.PAPER, "77")
RATSSITZUNG = Meeting(native_id="5", withheld_papers=("77",))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(archive_settings(tmp_path, {}))
    writer = RecordWriter(opened, TOWN, 1)
    way = (Consultation(native_id="c", meeting="5"), Consultation(native_id="d", meeting="6"))
    writer.put([Paper(native_id="77", name="Verkauf der Ziegelwiese", consultations=way)])
    yield opened
    opened.close()


def spider(archive: Archive) -> PageSpider:
    municipality = Municipality.model_validate(
        {"key": TOWN, "name": "Quellstedt", "kind": "Stadt", "ags": "15999001", "system": "sessionnet",
         "url": "https://ris.quellstedt.example/bi/"}
    )  # fmt: skip
    writer = RunWriter(archive, TOWN)
    return PageSpider(
        municipality=municipality, archive=archive, run_writer=writer, mode=RunMode.INCREMENTAL, memory={},
        last_success=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )  # fmt: skip


@pytest.mark.parametrize("is_written", [False, True], ids=["agenda waits", "agenda is written"])
def test_a_paper_whose_page_refuses_is_taken_out_in_the_same_visit(archive: Archive, is_written: bool) -> None:
    visit = spider(archive)
    if is_written:
        visit.writer.put([RATSSITZUNG])
        assert RecordReader(archive).record(make_id(TOWN, *PAPER)) is None, "it is hidden already"
    visit._gone[PAPER] = "HTTP 404"
    (tombstone,) = visit._bury_gone()
    assert isinstance(tombstone, Tombstone)
    assert (tombstone.kind, tombstone.native_id) == PAPER


@pytest.mark.parametrize("is_written", [False, True], ids=["agenda waits", "agenda is written"])
def test_what_is_merged_is_what_was_written(archive: Archive, is_written: bool) -> None:
    visit = spider(archive)
    if is_written:
        visit.writer.put([RATSSITZUNG])
    held = visit.held(PAPER)
    assert isinstance(held, Paper)
    assert [step.meeting for step in held.consultations] == ["5", "6"]


def test_a_record_that_is_gone_or_was_never_there_is_not_held(archive: Archive) -> None:
    assert HeldReader(archive, TOWN).noun(Kind.PAPER, "78") is None
    RecordWriter(archive, TOWN, 2).bury([Tombstone(kind=Kind.PAPER, native_id="77", reason="withdrawn")])
    assert HeldReader(archive, TOWN).noun(*PAPER) is None

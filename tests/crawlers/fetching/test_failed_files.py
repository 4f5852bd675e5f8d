"""Files that cannot be had cost the next visit nothing: they rest for a day at least, and so does a host of such."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from scrapy import Request

from archive.file import AskAgain, WantedFile
from archive.file_writer import FileWriter
from archive.run import Outcome, RunMode
from crawlers.fetching.files import FileDownloads
from crawlers.frontier.context import CrawlContext
from crawlers.frontier.files import ORDINARY_FILES, SAME_FAILURE_LIMIT
from tests.crawlers.fetching.crawled import crawled
from tests.crawlers.frontier.driving import context
from tests.whole.source import Source

MOST_REQUESTS = 10
ANSWERS = {
    "error": (500, "text/plain", b"out of order"),
    "page": (
        200,
        "text/html",
        b"<!DOCTYPE html><html><head><title>Portal</title></head><body><p>Hallo</p></body>",
    ),
    "nothing": (200, "application/pdf", b""),
}


@pytest.mark.parametrize("failure", ANSWERS)
def test_an_unchanged_second_visit_asks_for_no_file_that_failed(tmp_path: Path, failure: str) -> None:
    with Source() as source:
        for number in range(MOST_REQUESTS + 1):
            file = source.file(number, "", mimeType="application/pdf")
            source.answers[f"/files/{number}"] = ANSWERS[failure]
            source.lists["paper"].append(source.object("Paper", number, mainFile=file))
        swift = {"delay_seconds": 0.0, "parallel": 4}
        first = crawled(tmp_path, source.url, politeness=swift)
        asked = len(source.asked)
        second = crawled(tmp_path, source.url, politeness=swift)
    assert first.outcome is Outcome.INCOMPLETE
    assert not [path for path in source.asked[asked:] if path.startswith("/files/")]
    assert len(source.asked) - asked <= MOST_REQUESTS
    assert second.mode is RunMode.INCREMENTAL, "all lists were read: what failed are files"


class Wanted:
    """An archive that wants files of one host."""

    def __init__(self, count: int) -> None:
        self._files = [WantedFile(str(n), f"https://files.example/{n:04}", None, None, None) for n in range(count)]

    def count_wanted(self, full: bool) -> int:
        return len(self._files)

    def wanted(self, full: bool, after: str = "", limit: int = 1000) -> list[WantedFile]:
        return [file for file in self._files if file.url > after]


def asked_and_failed(known: CrawlContext) -> int:
    """How many of many files are asked for where each fails."""
    downloads, count = FileDownloads(cast(FileWriter, Wanted(100)), known, ORDINARY_FILES, lambda url: url), 0
    for chunk in downloads.chunks(False):
        for request in chunk:
            assert isinstance(request, Request)
            downloads.mark_failed(request.url, "HTTP 500", withdrawn=False, again=AskAgain.SOON)
            count += 1
    return count


def test_a_host_that_was_left_alone_rests_in_the_next_visit_too_and_that_says_why() -> None:
    known = context()
    assert asked_and_failed(known) == SAME_FAILURE_LIMIT
    (why,) = known.report.incomplete
    assert "files.example" in why
    again = context(memory=known.memory)
    assert asked_and_failed(again) == 0
    assert again.report.incomplete == [why]

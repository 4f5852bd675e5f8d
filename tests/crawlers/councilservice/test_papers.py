"""Papers are put together from all meetings that name them, those that were not asked for included."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest

from archive.file import AskAgain
from archive.file_writer import FileWriter
from archive.run import RunMode
from council.model import Consultation, File, Paper
from crawlers.councilservice.paper import whole_paper
from crawlers.councilservice.spider import policy
from crawlers.fetching.files import FileDownloads
from crawlers.frontier.actions import Answer, Fetch
from crawlers.frontier.page_crawl import PageCrawl
from tests.crawlers.councilservice.invented import ENTRY, HUMAN_PAGE, KEY, SYSTEM
from tests.crawlers.frontier.driving import context


def told_by(meeting: int, day: str, name: str = "Türanstrich (BV 7/2031)") -> Paper:
    """What one meeting says of the paper: a consultation and a document."""
    page = f"{HUMAN_PAGE}?href=/councilservice/entry/view/{meeting}"
    step = Consultation(native_id=f"i{meeting}", meeting=str(meeting), date=dt.date.fromisoformat(day))
    file = File(native_id=f"d{meeting}", url=f"{page}#councilservice/{meeting}/a.pdf")
    return Paper(native_id="BV 7/2031", source_url=page, name=name, consultations=(step,), files=(file,))


OLD, NEW = told_by(1, "2031-01-10", "Tür"), told_by(2, "2031-03-20")


def ways(paper: Paper | None) -> list[str | None]:
    return [step.meeting for step in paper.consultations] if paper else []


def test_all_stations_in_the_order_of_their_days_and_the_newest_name() -> None:
    for told in ([OLD, NEW], [NEW, OLD]):
        paper = whole_paper(told, None, lambda _: True)
        assert paper is not None
        assert (ways(paper), paper.name, paper.source_url) == (["1", "2"], NEW.name, NEW.source_url)
        assert [file.native_id for file in paper.files] == ["d1", "d2"]


def test_meetings_that_were_not_asked_for_say_what_they_said() -> None:
    both = whole_paper([OLD, NEW], None, lambda _: True)
    again = whole_paper([NEW], both, lambda meeting: meeting == "2")
    assert again == both
    assert whole_paper([OLD], both, lambda meeting: meeting == "1") == both
    assert whole_paper([], both, lambda meeting: meeting == "2") == OLD.model_copy(
        update={"name": NEW.name, "source_url": NEW.source_url}
    )


def test_a_paper_that_no_meeting_names_is_gone() -> None:
    assert whole_paper([], whole_paper([OLD, NEW], None, lambda _: True), lambda _: True) is None
    assert whole_paper([], None, lambda _: True) is None


def a_crawl_with_the_key() -> PageCrawl:
    """A crawl that has read the municipality's page."""
    known = context(mode=RunMode.INCREMENTAL)
    known.municipality = known.municipality.model_copy(update={"url": HUMAN_PAGE})
    crawl = PageCrawl(known, policy)
    scripts = f'<script src="{SYSTEM}export/js/initialize.js"></script><script>initializeExport("{KEY}")</script>'
    page = f"<html><head><title>Ratsinformation</title>{scripts}</head><body><main>Sitzungen</main></body></html>"
    (ask_key,) = crawl.start()
    assert isinstance(ask_key, Fetch)
    assert KEY not in repr(ask_key)
    (ask_list,) = crawl.handle_answer(ask_key, Answer(HUMAN_PAGE, 200, page.encode()))
    assert isinstance(ask_list, Fetch)
    assert (ask_list.method, ask_list.follow_redirects) == ("POST", False)
    assert ask_list.headers["X-Export-Token"] == KEY
    return crawl


def test_a_failure_that_tells_the_address_does_not_tell_the_key() -> None:
    crawl = a_crawl_with_the_key()
    downloads = FileDownloads(cast(FileWriter, None), crawl.context, crawl.files, lambda url: url)
    address = crawl.files.address(f"{HUMAN_PAGE}#councilservice/1/a.pdf")
    assert KEY in address
    reason = f"TimeoutError: Getting {address} took longer than 120 seconds"
    failed = downloads.mark_failed(HUMAN_PAGE, reason, withdrawn=False, again=AskAgain.SOON)
    assert "TimeoutError" in failed.reason
    assert KEY not in failed.reason + repr(crawl.report)


def test_a_page_that_fails_does_not_tell_the_key_either() -> None:
    crawl = a_crawl_with_the_key()
    list(crawl.mark_failed(ENTRY, f"TimeoutError: {SYSTEM}?token={KEY.upper()} and {KEY}"))
    assert "TimeoutError" in repr(crawl.report)
    assert KEY not in repr(crawl.report).lower()


def test_a_file_without_a_path_is_not_asked_for() -> None:
    with pytest.raises(ValueError, match="no path"):
        a_crawl_with_the_key().files.address(HUMAN_PAGE)

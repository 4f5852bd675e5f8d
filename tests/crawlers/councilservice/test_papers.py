"""Papers are put together from all meetings that name them, those that were not asked for included."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from council.model import Consultation, File, Paper
from crawlers.councilservice.export import Export
from crawlers.councilservice.papers import whole_paper
from crawlers.councilservice.spider import CouncilserviceSpider
from crawlers.fetching.spider import Account
from tests.crawlers.councilservice.invented import HUMAN_PAGE, KEY, SYSTEM


def told_by(meeting: int, day: str, name: str = "Türanstrich (BV 7/2031)") -> Paper:
    """What one meeting says of the paper: a station and a document."""
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


def test_a_failure_that_tells_the_address_does_not_tell_the_key() -> None:
    spider = CouncilserviceSpider.__new__(CouncilserviceSpider)
    spider._export, spider.account = Export(SYSTEM, KEY), Account()
    spider._failures, spider._blocked = Counter(), {}
    address = f"{SYSTEM}export/auth/{KEY}/data/file/councilservice/1/a.pdf"
    failed = spider._failed(HUMAN_PAGE, f"TimeoutError: Getting {address} took longer than 120 seconds", False, None)
    assert "TimeoutError" in failed.reason
    assert KEY not in failed.reason + repr(spider.account)

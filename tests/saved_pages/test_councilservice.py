"""What is tested of the saved answers of councilservice beyond the factory."""

from __future__ import annotations

from council.model import Meeting
from tests.saved_pages.councilservice import PAGES
from tests.saved_pages.factory import NEEDS_PAGES, ROOT, listed

pytestmark = NEEDS_PAGES

KEY = "00000000-11111111"


def test_the_operator_s_key_is_in_the_answers() -> None:
    """Else that it is nowhere in what was read would say nothing."""
    for name in PAGES.saved(ROOT):
        if not listed(PAGES.refused, name) and "overview" not in name and PAGES.page(ROOT, name).records:
            assert KEY in (ROOT / name).read_text(encoding="utf-8")
    assert KEY in PAGES.never


def test_the_page_says_which_system_to_ask() -> None:
    assert PAGES.page(ROOT, "councilservice/sonnewalde/ris-page.html").follow == (
        "https://stadt-sonnewalde.mein-intra.net/councilservice/session/fetch-overview/mine/0/by-docs/0",
    )


def test_only_sessions_with_something_to_see_are_asked_for() -> None:
    page = PAGES.page(ROOT, "councilservice/sonnewalde/overview.json")
    numbers = {address.rpartition("/")[2] for address in page.follow}
    assert {"121559", "121560", "121606", "121615"} <= numbers
    assert len(numbers) < len(page.records)


def test_what_is_not_public_is_withheld() -> None:
    for name in PAGES.expected(ROOT):
        result = PAGES.result(ROOT, name)
        meetings = [one for one in result.records if isinstance(one, Meeting)]
        for wanted, meeting in zip(result.wanted["meetings"], meetings, strict=True):
            assert len(meeting.withheld) >= sum(not item["public"] for item in wanted["agendaItems"] or ())

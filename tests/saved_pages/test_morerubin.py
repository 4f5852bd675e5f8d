"""What is tested of the saved answers of more!rubin beyond the factory."""

from __future__ import annotations

import pytest

from council.model import Meeting
from tests.saved_pages.factory import NEEDS_PAGES, ROOT
from tests.saved_pages.morerubin import PAGES

pytestmark = NEEDS_PAGES


@pytest.mark.parametrize("name", PAGES.expected(ROOT))
def test_what_is_not_public_is_withheld(name: str) -> None:
    result = PAGES.result(ROOT, name)
    closed = [item for one in result.wanted["meetings"] for item in one["agendaItems"] or () if not item["public"]]
    for meeting in result.records:
        assert not isinstance(meeting, Meeting) or len(meeting.withheld) >= len(closed)


@pytest.mark.parametrize("name", [name for name in PAGES.expected(ROOT) if "/calendar-" in name])
def test_a_calendar_leads_to_its_meetings_by_the_ids_that_are_shown(name: str) -> None:
    result = PAGES.result(ROOT, name)
    shown = [one.get("shownId", one["nativeId"]) for one in result.wanted["meetings"]]
    assert [address.rpartition("id=")[2].partition("&")[0] for address in result.page.follow] == shown

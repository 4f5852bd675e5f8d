"""What is tested of the saved pages of SessionNet beyond the factory."""

from __future__ import annotations

import json

from council.model import Meeting
from tests.saved_pages.factory import NEEDS_PAGES, ROOT
from tests.saved_pages.sessionnet import PAGES

pytestmark = NEEDS_PAGES


def test_halle_leaves_the_non_public_part_out() -> None:
    """The excerpt of Halle has papers and documents below its non-public heading."""
    page = PAGES.page(ROOT, "sessionnet/halle/to0040.html")
    (meeting,) = (one for one in page.records if isinstance(one, Meeting))
    assert [item.number for item in meeting.agenda] == ["1", "3.1", "4.1", "5.1"]
    assert meeting.agenda[1].name == "Fragestellerin 1 zur Schulplatzzuweisung und zum Kindeswohl"
    assert [item.result for item in meeting.agenda] == [None, None, "einstimmig zugestimmt", "einstimmig zugestimmt"]
    assert [file.native_id for item in meeting.agenda for file in item.files] == ["340369", "340371"]
    assert meeting.files == ()
    assert meeting.withheld == ("245811", "245812", "32200/21804")
    assert meeting.withheld_papers == ("32200",)
    assert meeting.start
    assert meeting.start.isoformat() == "2026-09-01T17:00:00+02:00"
    assert "Vergabe" not in json.dumps(page.as_json())

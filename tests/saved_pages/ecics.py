"""The saved pages of ecics RIS: the list of meetings."""

from __future__ import annotations

from typing import Any

from council.model import Meeting
from council.system import System
from crawlers.ecics.pages import read_page
from tests.saved_pages.factory import Result, SavedPages

LIST = "https://www.muster.example.test/ris"


def _ours(result: Result) -> dict[str, Any]:
    meetings = [_meeting(record) for record in result.records if isinstance(record, Meeting)]
    return {"page": result.page.page, "kind": "calendar", "meetings": meetings}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    is_numbered = meeting.native_id.isdecimal()
    start = meeting.start
    return {
        "id": int(meeting.native_id) if is_numbered else None,
        "date": start.date().isoformat() if start else None,
        "start": f"{start:%Y-%m-%dT%H:%M}" if start else None,
        "name": meeting.name,
        "organization": ", ".join(ref.name or "" for ref in meeting.organization),
        "agendaLinked": is_numbered,
    }


PAGES = SavedPages(
    system=System.ECICS,
    folders=("ecics",),
    suffixes=frozenset({".html"}),
    read=read_page,
    guess=lambda name: LIST,
    ours=_ours,
    page_type=lambda name: {"liste": "sitzungsliste"}.get(name.rpartition("/")[2].partition(".")[0]),
    never_followed=("show_sitzung",),
)

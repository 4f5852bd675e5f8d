"""What pages say of one meeting, put together, and what stays of it where a visit did not see all of them."""

from __future__ import annotations

import datetime as dt

from council.model import AgendaItem, File, Meeting
from crawlers.notices.collector import MeetingPages
from crawlers.parsing.dates import BERLIN

INVITATION = "https://www.erlenbruch.example.de/einladung-1"
MINUTES = "https://www.erlenbruch.example.de/niederschrift-1"
LIST = "https://www.erlenbruch.example.de/bekanntmachungen"
DAY = dt.datetime(2026, 11, 12, tzinfo=BERLIN)
ITEM = AgendaItem(native_id="sitzung/rat/1/top/1", number="1", name="Eröffnung")


def file(native_id: str) -> File:
    return File(native_id=native_id, url=f"https://www.erlenbruch.example.de/{native_id}")


def meeting(*files: str, **fields: object) -> Meeting:
    return Meeting(native_id="sitzung/rat/1", start=DAY, files=tuple(map(file, files)), **fields)


INVITED = meeting("e.pdf", source_url=INVITATION, agenda=(ITEM,))
HELD = meeting("e.pdf", "n.pdf", "liste.pdf", source_url=INVITATION, agenda=(ITEM,))
SHOWN = {INVITATION: ["e.pdf"], MINUTES: ["n.pdf"]}


def names(found: Meeting | None) -> list[str]:
    return [file.native_id for file in found.files] if found else []


def test_the_order_in_which_pages_come_does_not_matter() -> None:
    readings = [(INVITED, INVITATION, True), (meeting("n.pdf"), MINUTES, True), (meeting("liste.pdf"), LIST, False)]
    found = []
    for order in (readings, readings[::-1]):
        parts = MeetingPages({})
        for one, address, is_own_page in order:
            parts.note(one, address, is_own_page=is_own_page)
        found.append(parts.whole("sitzung/rat/1"))
    assert found[0] == found[1]
    assert names(found[0]) == ["e.pdf", "n.pdf", "liste.pdf"]


def test_a_list_that_takes_a_page_for_the_document_is_overruled_by_the_page() -> None:
    parts = MeetingPages({})
    page = File(native_id="niederschrift-1", url=MINUTES)
    parts.note(meeting().model_copy(update={"files": (page,)}), LIST, is_own_page=False)
    assert names(parts.whole("sitzung/rat/1")) == ["niederschrift-1"]
    parts.read.add(MINUTES)
    parts.note(meeting("n.pdf"), MINUTES, is_own_page=True)
    assert names(parts.whole("sitzung/rat/1")) == ["n.pdf"]


def test_what_was_not_looked_at_stays() -> None:
    parts = MeetingPages(SHOWN)
    parts.note(meeting(), LIST, is_own_page=False)
    whole = parts.with_held(meeting(), HELD)
    assert (names(whole), whole.agenda, whole.source_url) == (["e.pdf", "n.pdf", "liste.pdf"], (ITEM,), INVITATION)


def test_a_page_that_was_read_says_all_that_is_on_it() -> None:
    parts = MeetingPages(SHOWN)
    parts.read |= {INVITATION, MINUTES}
    whole = parts.with_held(meeting("neu.pdf", source_url=INVITATION), HELD)
    assert (names(whole), whole.agenda) == (["neu.pdf", "liste.pdf"], ())


def test_a_meeting_is_gone_with_its_page_and_its_documents() -> None:
    parts = MeetingPages(SHOWN)
    assert parts.left_of(HELD) == HELD
    parts.read.add(INVITATION)
    left = parts.left_of(HELD)
    assert left is not None
    assert (names(left), left.agenda, left.source_url) == (["n.pdf", "liste.pdf"], (), None)
    parts.read.add(MINUTES)
    parts.gone_files.add("liste.pdf")
    assert parts.left_of(HELD) is None


def test_what_is_on_the_pages_is_remembered() -> None:
    parts = MeetingPages(SHOWN)
    parts.read.add(INVITATION)
    parts.note(meeting("neu.pdf"), INVITATION, is_own_page=True)
    assert parts.shown() == {MINUTES: ["n.pdf"], INVITATION: ["neu.pdf"]}

"""Calendars: the meetings of some months, each once, and where the agenda of each is asked for."""

from __future__ import annotations

from council.model import Meeting
from crawlers.morerubin.addresses import meeting_to_ask
from crawlers.morerubin.fields import Fields
from crawlers.morerubin.meeting import human_page, is_none_of_ours, is_other_event, read_meeting, shown_number
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.json_values import found


def read_calendar(entries: list[object], diagnostics: Diagnostics) -> list[Meeting]:
    """The meetings in the calendar's order. A meeting that stands there twice, with "ni_" and without, is one meeting:
    the one with the minutes counts. Raises UnexpectedResponse when there are entries and none of them is a meeting."""
    meetings: dict[str, Meeting] = {}
    to_ask: dict[str, str] = {}
    known = 0
    for place, raw in enumerate(entries):
        if not isinstance(raw, dict):
            diagnostics.add(f"meetings[{place}]", f"expected an object, found {found(raw)}")
            continue
        fields = Fields(raw, _where(raw, place), diagnostics)
        known += any(key in raw for key in ("nummer", "nummer_si")) and "datum" in raw
        if is_none_of_ours(fields) or is_other_event(fields):
            continue
        meeting, shown = read_meeting(fields), shown_number(fields)
        if meeting is None or shown is None:
            continue
        is_twin = shown.startswith("ni_")
        if meeting.native_id not in meetings or is_twin:
            meetings[meeting.native_id] = meeting
            to_ask[meeting.native_id] = meeting_to_ask(shown, human_page(fields), diagnostics.url)
    if entries and not known:
        advice = "The calendar's structure has changed: mend the reader"
        raise UnexpectedResponse(diagnostics.url, "meetings with nummer and datum", found(entries[0]), advice)
    for address in to_ask.values():
        diagnostics.links.add(address)
    return list(meetings.values())


def _where(raw: dict[str, object], place: int) -> str:
    number = raw.get("nummer")
    return f"meeting {number[:60]}" if isinstance(number, str) and number.isprintable() else f"meetings[{place}]"

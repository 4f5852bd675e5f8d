"""The calendar's export for calendar programs (RFC 5545): day, time, name, place, and the meeting's number."""

from __future__ import annotations

import re

from council.model import Location, Meeting
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.links import beside
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.html import tidy
from crawlers.parsing.icalendar import Event, is_called_cancelled, read_events, times_of

_NUMBER = re.compile(r"SILFDNR=(\d{1,15})", re.IGNORECASE)
_UID = re.compile(r"(?:si(?:lfdnr)?[_\-=]?)?(\d{1,15})(?:@.*)?", re.IGNORECASE)


def read_ics(markup: str, diagnostics: Diagnostics) -> list[Meeting]:
    """Its meetings. Raises UnexpectedResponse when cut off."""
    found: dict[str, Meeting] = {}
    for place, entry in enumerate(read_events(markup, diagnostics.url)):
        if meeting := _meeting(entry, f"event {place + 1}", diagnostics):
            found[meeting.native_id] = meeting
    return list(found.values())


def _meeting(entry: Event, where: str, diagnostics: Diagnostics) -> Meeting | None:
    name = tidy(entry.get("SUMMARY"))
    linked = next((one[1] for key in ("URL", "DESCRIPTION") if (one := _NUMBER.search(entry.get(key, "")))), None)
    uid = _UID.fullmatch(entry.get("UID", "").strip())
    number = linked or (uid[1] if uid else None)
    if number is None:
        diagnostics.add(where, "an event without its meeting's number: left out")
        return None
    target = beside(diagnostics, "to010", number) if linked else None
    diagnostics.links.add(target)
    start, end = times_of(entry, where, diagnostics)
    place = tidy(entry.get("LOCATION"))
    return Meeting(
        native_id=number,
        source_url=target,
        name=name,
        start=start,
        end=end,
        cancelled=is_called_cancelled(entry) or is_cancelled(start, name),
        location=Location(description=place) if place else None,
    )

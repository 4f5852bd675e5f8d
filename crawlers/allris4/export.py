"""The subscription of all meetings (ics/SiKalAbo.ics), RFC 5545: day, time, name, place, and the meeting's number."""

from __future__ import annotations

import re

from council.model import Meeting
from crawlers.allris4 import quirks
from crawlers.allris4.meeting import location
from crawlers.allris4.urls import stable
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import tidy
from crawlers.parsing.icalendar import Event, is_called_cancelled, read_events, times_of

_NUMBER = re.compile(r"SILFDNR=(\d{1,15})", re.IGNORECASE)
_UID = re.compile(r"(?:si[_\-]?)?(\d{3,15})(?:@.*)?", re.IGNORECASE)


def read_export(markup: str, diagnostics: Diagnostics) -> list[Meeting]:
    """Its meetings. Raises UnexpectedResponse when cut off."""
    found: dict[str, Meeting] = {}
    for place, entry in enumerate(read_events(markup, diagnostics.url)):
        meeting = _meeting(entry, f"event {place + 1}", diagnostics)
        if meeting:
            found[meeting.native_id] = meeting
    return list(found.values())


def _meeting(entry: Event, where: str, diagnostics: Diagnostics) -> Meeting | None:
    name = tidy(entry.get("SUMMARY"))
    if (name or "").lower() in quirks.NO_MEETINGS:
        return None
    number = _number(entry)
    if number is None:
        diagnostics.add(where, "a meeting without a number: left out")
        return None
    linked = any(_NUMBER.search(entry.get(key, "")) for key in ("URL", "DESCRIPTION"))
    if linked:
        diagnostics.links.add(stable(diagnostics.url, "to010", number))
    start, end = times_of(entry, where, diagnostics)
    return Meeting(
        native_id=number,
        source_url=stable(diagnostics.url, "to010", number) if linked else None,
        name=name,
        start=start,
        end=end,
        cancelled=is_called_cancelled(entry) or is_cancelled(start, name),
        location=location(None, tidy(entry.get("LOCATION"))),
    )


def _number(entry: Event) -> str | None:
    for key in ("URL", "DESCRIPTION"):
        if found := _NUMBER.search(entry.get(key, "")):
            return found[1]
    uid = _UID.fullmatch(entry.get("UID", "").strip())
    return uid[1] if uid else None

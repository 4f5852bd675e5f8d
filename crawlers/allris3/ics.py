"""The calendar's export for calendar programs (RFC 5545): day, time, name, place, and the meeting's number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from council.model import Location, Meeting
from crawlers.allris3.diagnostics import Diagnostics
from crawlers.allris3.links import beside
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.dates import BERLIN
from crawlers.parsing.diagnostics import shape
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import tidy

_NUMBER = re.compile(r"SILFDNR=(\d{1,15})", re.IGNORECASE)
_UID = re.compile(r"(?:si(?:lfdnr)?[_\-=]?)?(\d{1,15})(?:@.*)?", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{8})(?:T(\d{4})(?:\d{2})?(Z?))?")
_ESCAPED = re.compile(r"\\([nN,;\\])")


def is_ics(markup: str) -> bool:
    """Whether this is a calendar in that format."""
    return markup.lstrip("\ufeff \r\n\t").upper().startswith("BEGIN:VCALENDAR")


def read_ics(markup: str, diagnostics: Diagnostics) -> list[Meeting]:
    """Its meetings. Raises UnexpectedResponse when cut off."""
    if "END:VCALENDAR" not in markup[-2000:].upper():
        raise UnexpectedResponse(
            diagnostics.url, "a calendar up to END:VCALENDAR", "one that is cut off", "Ask again later"
        )
    found: dict[str, Meeting] = {}
    for place, entry in enumerate(_entries(markup)):
        if meeting := _meeting(entry, f"event {place + 1}", diagnostics):
            found[meeting.native_id] = meeting
    return list(found.values())


def _entries(markup: str) -> Iterator[dict[str, str]]:
    """Each VEVENT as its properties; long lines are folded with a blank at the next one's start (3.1)."""
    entry: dict[str, str] | None = None
    inner = 0
    for line in re.sub(r"\r?\n[ \t]", "", markup).splitlines():
        name, _, value = line.partition(":")
        key, said = name.partition(";")[0].strip().upper(), value.strip().upper()
        if key == "BEGIN" and said == "VEVENT":
            entry, inner = {}, 0
        elif key in {"BEGIN", "END"} and entry is not None and said != "VEVENT":
            inner += 1 if key == "BEGIN" else -1
        elif key == "END" and said == "VEVENT" and entry is not None:
            yield entry
            entry = None
        elif entry is not None and inner == 0:
            entry.setdefault(key, _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], value))


def _meeting(entry: dict[str, str], where: str, diagnostics: Diagnostics) -> Meeting | None:
    name = tidy(entry.get("SUMMARY"))
    linked = next((one[1] for key in ("URL", "DESCRIPTION") if (one := _NUMBER.search(entry.get(key, "")))), None)
    uid = _UID.fullmatch(entry.get("UID", "").strip())
    number = linked or (uid[1] if uid else None)
    if number is None:
        diagnostics.add(where, "an event without its meeting's number: left out")
        return None
    target = beside(diagnostics, "to010", number) if linked else None
    diagnostics.links.add(target)
    start, end = _moment(entry, "DTSTART", where, diagnostics), _moment(entry, "DTEND", where, diagnostics)
    place = tidy(entry.get("LOCATION"))
    return Meeting(
        native_id=number,
        source_url=target,
        name=name,
        start=start,
        end=end if start and end and end > start and "T" in entry.get("DTEND", "") else None,
        cancelled=entry.get("STATUS", "").strip().upper() == "CANCELLED" or is_cancelled(start, name),
        location=Location(description=place) if place else None,
    )


def _moment(entry: dict[str, str], key: str, where: str, diagnostics: Diagnostics) -> dt.datetime | None:
    said = entry.get(key, "").strip()
    try:
        return moment(said)
    except ValueError as error:
        if said or key == "DTSTART":
            diagnostics.add(where, f"{key} {shape(said)}: {error}")
        return None


def moment(said: str) -> dt.datetime:
    """ "20260914T160000", "20260914T140000Z", "20260914" → a moment in Berlin. Raises ValueError."""
    found = _MOMENT.fullmatch(said)
    if not found:
        raise ValueError("not understood")
    clock = found[2] or "0000"
    day = dt.date(int(found[1][:4]), int(found[1][4:6]), int(found[1][6:]))
    zone = dt.UTC if found[3] else BERLIN
    return dt.datetime.combine(day, dt.time(int(clock[:2]), int(clock[2:])), zone).astimezone(BERLIN)

"""Calendars for calendar programs (RFC 5545): their events, each as its properties, and the moments in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from council.model import Location, Meeting
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.dates import BERLIN
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import tidy

Event = dict[str, str]
"""The first value of each property, by its name in upper case, without parameters."""

_LINE: Final = re.compile(r"([\w-]+)((?:;[^\";:]*(?:\"[^\"]*\"[^\";:]*)*)*):(.*)", re.DOTALL)
"""Name, parameters, value. A parameter in quotes may hold a colon (3.2)."""
_ESCAPED: Final = re.compile(r"\\([nN,;\\])")
_MOMENT: Final = re.compile(r"(\d{8})(?:T(\d{4})(?:\d{2})?(Z?))?")


def is_icalendar(markup: str) -> bool:
    """Whether this is a calendar in that format."""
    return markup.lstrip("\ufeff \r\n\t").upper().startswith("BEGIN:VCALENDAR")


def read_events(markup: str, url: str) -> Iterator[Event]:
    """Its events. Long lines are folded with a blank at the next one's start (3.1); what an alarm within an event says
    is not the event's. Raises UnexpectedResponse when the calendar is cut off."""
    if "END:VCALENDAR" not in markup[-2000:].upper():
        raise UnexpectedResponse(url, "a calendar up to END:VCALENDAR", "one that is cut off", "Ask again later")
    event: Event | None = None
    inner = 0
    for line in re.split(r"\r?\n", re.sub(r"\r?\n[ \t]", "", markup)):
        found = _LINE.fullmatch(line.strip())
        if found is None:
            continue
        key, value = found[1].upper(), found[3]
        is_event = value.strip().upper() == "VEVENT"
        if key == "BEGIN" and is_event:
            event, inner = {}, 0
        elif key == "END" and is_event and event is not None:
            yield event
            event = None
        elif key in {"BEGIN", "END"}:
            inner += 1 if key == "BEGIN" else -1
        elif event is not None and inner == 0:
            event.setdefault(key, _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value))


def read_meetings(
    markup: str,
    diagnostics: Diagnostics,
    numbers: tuple[re.Pattern[str], re.Pattern[str]],
    page_of: Callable[[str], str],
    no_meetings: AbstractSet[str] = frozenset(),
) -> list[Meeting]:
    """The meetings of a calendar. `numbers`: how a meeting's number stands in a link in URL or DESCRIPTION, and how in
    the whole UID; `page_of` is the address of its page, which is asked for where it is linked; `no_meetings` are names,
    in lower case, of events that are none. One without a number is left out. Raises UnexpectedResponse when cut off."""
    in_link, in_uid = numbers
    found: dict[str, Meeting] = {}
    for place, event in enumerate(read_events(markup, diagnostics.url)):
        where, name = f"event {place + 1}", tidy(event.get("SUMMARY"))
        if (name or "").lower() in no_meetings:
            continue
        linked = next((link[1] for key in ("URL", "DESCRIPTION") if (link := in_link.search(event.get(key, "")))), None)
        uid = in_uid.fullmatch(event.get("UID", "").strip())
        number = linked or (uid[1] if uid else None)
        if number is None:
            diagnostics.add(where, "an event without its meeting's number: left out")
            continue
        address = page_of(number) if linked else None
        diagnostics.links.add(address)
        start, end = times_of(event, where, diagnostics)
        place_named = tidy(event.get("LOCATION"))
        found[number] = Meeting(
            native_id=number,
            source_url=address,
            name=name,
            start=start,
            end=end,
            cancelled=is_called_cancelled(event) or is_cancelled(start, name),
            location=Location(description=place_named) if place_named else None,
        )
    return list(found.values())


def times_of(event: Event, where: str, diagnostics: Diagnostics) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end in Berlin. An end that is but a day, or not behind the begin, is not known."""
    start, end = (_reported(event, key, where, diagnostics) for key in ("DTSTART", "DTEND"))
    is_known = start and end and end > start and "T" in event.get("DTEND", "")
    return start, end if is_known else None


def is_called_cancelled(event: Event) -> bool:
    """Whether its STATUS says that it is cancelled (3.8.1.11)."""
    return event.get("STATUS", "").strip().upper() == "CANCELLED"


def moment(written: str) -> dt.datetime:
    """ "20260914T160000", "20260914T140000Z", "20260914" → a moment in Berlin; "T240000" says that no time is set.
    Raises ValueError."""
    found = _MOMENT.fullmatch(written)
    if not found:
        raise ValueError("not understood")
    clock = found[2] if found[2] not in (None, "2400") else "0000"
    day = dt.date(int(found[1][:4]), int(found[1][4:6]), int(found[1][6:]))
    zone = dt.UTC if found[3] else BERLIN
    return dt.datetime.combine(day, dt.time(int(clock[:2]), int(clock[2:])), zone).astimezone(BERLIN)


def _reported(event: Event, key: str, where: str, diagnostics: Diagnostics) -> dt.datetime | None:
    written = event.get(key, "").strip()
    try:
        return moment(written)
    except ValueError as error:
        if written or key == "DTSTART":
            diagnostics.add(where, f"{key} {shape(written)}: {error}")
        return None

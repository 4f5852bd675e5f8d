"""Meetings that a page tells to machines: events in JSON-LD (https://schema.org/Event)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup

from council.model import Location
from crawlers.notices.circumstances import location_of
from crawlers.notices.committee import committee_in
from crawlers.notices.description import Description
from crawlers.notices.harvest import Harvest
from crawlers.notices.title import Says, read_title
from crawlers.parsing.clocks import Place, read_stamp, times_in
from crawlers.parsing.html import tidy

_EVENTS = ("Event", "http://schema.org/Event", "https://schema.org/Event", "BusinessEvent")
_MOST = 2000


def read_events(page: BeautifulSoup, harvest: Harvest, description: Description) -> int:
    """Read the events that are meetings of a committee into the harvest; how many there were. Other events of the town
    are none of ours."""
    count = 0
    for script in page.select('script[type="application/ld+json"]'):
        try:
            value = json.loads(script.string or "")
        except (ValueError, RecursionError):
            harvest.diagnostics.add(harvest.url, "expected JSON-LD, found something broken: left out")
            continue
        for event in _events(value):
            count += _read(event, harvest, description)
    return count


def _events(value: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [value], 0
    while waiting and (seen := seen + 1) < _MOST:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            types = one.get("@type")
            if any(kind in _EVENTS for kind in (types if isinstance(types, list) else [types])):
                yield one
            waiting += [one[key] for key in ("@graph", "itemListElement", "item", "subEvent") if key in one]


def _read(event: dict[str, Any], harvest: Harvest, description: Description) -> bool:
    name, said = event.get("name"), event.get("startDate")
    if not isinstance(name, str) or not (line := tidy(name)) or committee_in(line, description.place) is None:
        return False
    title = read_title(line, description)
    if title.nonpublic or title.says is not Says.INVITATION:
        return False
    start = read_stamp(str(said))
    if start is None:
        harvest.diagnostics.add(
            line[:300], f'expected the day of a meeting, found startDate "{str(said)[:60]}": left out'
        )
        return False
    end = read_stamp(str(event.get("endDate")))
    cancelled = title.cancelled or "Cancelled" in str(event.get("eventStatus"))
    harvest.meeting(
        replace(
            title,
            day=start.moment.date(),
            start=start.moment.time() if start.has_time else times_in(line, Place.PROSE).begin,
            end=end.moment.time() if end and end.moment.date() == start.moment.date() else None,
            cancelled=cancelled,
        ),
        harvest.url,
        location=_location(event.get("location")),
    )
    return True


def _location(said: Any) -> Location | None:
    if isinstance(said, str):
        return location_of(said) if tidy(said) else None
    if not isinstance(said, dict):
        return None
    where = said.get("address")
    if isinstance(where, str):
        return location_of(", ".join(filter(None, (tidy(str(said.get("name") or "")), where))))
    parts = where if isinstance(where, dict) else {}
    location = Location(
        description=_line(said.get("name")),
        street_address=_line(parts.get("streetAddress")),
        postal_code=_line(parts.get("postalCode")),
        locality=_line(parts.get("addressLocality")),
    )
    return location if location != Location() else None


def _line(said: Any) -> str | None:
    return tidy(said) if isinstance(said, str) else None

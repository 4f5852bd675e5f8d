"""Heads: when and where a meeting is, as the labelled values at the head of its page say it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from council.model import Location
from crawlers.parsing.cancellation import bare_name
from crawlers.parsing.clocks import moments, times_in
from crawlers.parsing.dates import days_in, find_days
from crawlers.parsing.diagnostics import Diagnostics, shape
from crawlers.parsing.labels import Label, Labels

_ADDRESS: Final = re.compile(r"(?P<postal_code>\d{5})\s+(?P<locality>[^,]+?)(?:,\s*(?P<street_address>.+))?")


def when(labels: Labels, titled: str | None, diagnostics: Diagnostics) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end. `titled` is what the page's title says of the day, for pages that label none: never any other
    text, for the first date on a page may be that of the program's release."""
    day_shown, clock = bare_name(labels.text(Label.DATE)), labels.text(Label.TIME)
    days = days_in(day_shown if find_days(day_shown) else titled)
    times = times_in(day_shown if clock is None else clock)
    is_understood = 1 <= len(days) <= 2
    if not is_understood:
        diagnostics.add("date", f"no day understood in {shape(day_shown)}")
    if clock and not times.is_understood:
        diagnostics.add("time", f"no time understood in {shape(clock)}")
    end = times.end or times_in(labels.text(Label.END)).first
    return moments(days[0], times.begin, end, days[-1]) if is_understood else (None, None)


def location(room: str | None, place: str | None) -> Location | None:
    """Room and address: "Sitzungssaal", "31134 Hildesheim, Markt 1"."""
    if not room and not place:
        return None
    address = _ADDRESS.fullmatch(place or "")
    return Location(description=place, room=room, **(address.groupdict() if address else {}))

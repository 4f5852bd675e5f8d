"""Fields of councilservice's JSON: days, times and flags as it says them, and never the operator's key in a message."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from crawlers.councilservice.diagnostics import Diagnostics
from crawlers.councilservice.export import without_key
from crawlers.parsing import json_fields as fields
from crawlers.parsing import json_values
from crawlers.parsing.dates import BERLIN
from crawlers.parsing.json_values import Misread, cut_short, line

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?", re.ASCII)
_YEARS = range(1900, 2101)


def found(raw: object) -> str:
    """A value as a message shows it: short, without what an object holds, without the key."""
    return json_values.found(raw) if isinstance(raw, dict | list) else cut_short(without_key(ascii(raw)))


def _as_day(raw: object) -> dt.date | None:
    text = line(raw)
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise Misread("a day")
    return day


def _as_clock(raw: object) -> dt.time | None:
    text = line(raw)
    if text is None:
        return None
    read = _CLOCK.fullmatch(text)
    try:
        return dt.time(int(read[1]), int(read[2])) if read else _no_clock()
    except ValueError:
        return _no_clock()


def _no_clock() -> dt.time:
    raise Misread("a time")


def _as_moment(raw: object) -> dt.datetime | None:
    text = line(raw)
    if text is None:
        return None
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)
    except ValueError:
        raise Misread("a moment") from None


@dataclass(slots=True)
class Fields(fields.Fields):
    """One object of an answer."""

    diagnostics: Diagnostics

    def day(self, *keys: str) -> dt.date | None:
        """The first day there is."""
        return self.read(keys, _as_day)

    def clock(self, *keys: str) -> dt.time | None:
        """A time of the day."""
        return self.read(keys, _as_clock)

    def moment(self, *keys: str) -> dt.datetime | None:
        """A moment in Berlin."""
        return self.read(keys, _as_moment)

    def is_one(self, key: str) -> bool:
        """Whether a flag is exactly 1: nothing else proves anything public."""
        raw = self.raw.get(key)
        return raw is True or (not isinstance(raw, bool) and str(raw).strip() == "1")

    def is_zero(self, key: str) -> bool:
        """Whether a flag is 0, or not there."""
        raw = self.raw.get(key)
        return raw is None or raw is False or str(raw).strip() in {"0", ""}

    def found(self, raw: object) -> str:
        """A value as a message shows it, without the key."""
        return found(raw)

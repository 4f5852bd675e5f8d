"""Fields of councilservice's JSON: days, times and flags as it says them, and never the operator's key in a warning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crawlers.councilservice.urls import without_key
from crawlers.parsing import diagnostics, json_values
from crawlers.parsing import json_fields as fields
from crawlers.parsing.clocks import is_time, read_stamp, times_in
from crawlers.parsing.dates import YEARS
from crawlers.parsing.diagnostics import WarningKind
from crawlers.parsing.json_values import Misread, cut_short, line


def found(raw: object) -> str:
    """A value as a message shows it: short, without what an object holds, without the key."""
    return json_values.found(raw) if isinstance(raw, dict | list) else cut_short(without_key(ascii(raw)))


def _as_day(raw: object) -> dt.date | None:
    text = line(raw)
    stamp = read_stamp(text and text[:10])
    if text is not None and (stamp is None or stamp.day.year not in YEARS):
        raise Misread("a day")
    return stamp.day if stamp else None


def _as_clock(raw: object) -> dt.time | None:
    text = line(raw)
    times = times_in(text)
    if text is not None and not (is_time(text) and times.is_understood):
        raise Misread("a time")
    return times.first


def _as_moment(raw: object) -> dt.datetime | None:
    text = line(raw)
    stamp = read_stamp(text)
    if text is not None and stamp is None:
        raise Misread("a moment")
    return stamp.moment if stamp else None


@dataclass(slots=True)
class Diagnostics(diagnostics.Diagnostics):
    """`human_page` is the municipality's page."""

    human_page: str | None = None

    def add(self, where: str, what: str, kind: WarningKind | None = None) -> None:
        """Note one thing that was not understood; the key is never in a note."""
        # not super(): a dataclass with slots is another class than the one that was written here
        diagnostics.Diagnostics.add(self, without_key(where), without_key(what), kind)


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

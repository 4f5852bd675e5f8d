"""Fields and single values of more!rubin's JSON: days, times and flags as api.php says them. Numbers come as numbers
(new) or as texts (old interface)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crawlers.parsing import json_fields as fields
from crawlers.parsing.clocks import is_time, read_stamp, times_in
from crawlers.parsing.dates import YEARS
from crawlers.parsing.json_values import found, line

_YES, _NO = frozenset({"1", "true", "ja", "yes"}), frozenset({"0", "false", "nein", "no", ""})


def read_flag(raw: object) -> bool:
    """true, 1, "1" → True; nothing, false, 0, "0" → False. Raises ValueError for anything else."""
    text = str(raw).strip().lower() if isinstance(raw, bool | str | int) else "" if raw is None else None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"expected yes or no, found {found(raw)}")


def read_day(raw: object) -> dt.date | None:
    """ "2026-09-03", "2026-09-03 00:00:00", "03.09.2026" → a day. Raises ValueError for anything else that is said."""
    text = line(raw)
    if text is None or text.startswith("0000-00-00"):
        return None
    stamp = read_stamp(text)
    if stamp is None or stamp.day.year not in YEARS:
        raise ValueError(f"expected a day, found {found(raw)}")
    return stamp.day


def read_clock(raw: object) -> dt.time | None:
    """ "18:30:00", "18:30 Uhr", "18 Uhr" → a time; "00:00:00" is more!rubin's word for "not set" → None. Raises
    ValueError."""
    text = line(raw)
    times = times_in(text)
    if text is not None and not (is_time(text) and times.is_understood):
        raise ValueError(f"expected a time, found {found(raw)}")
    return times.first


def read_many(raw: object) -> list[object]:
    """A list, or PHP's object of numbered keys as one; nothing → none."""
    if isinstance(raw, list):
        return raw
    if isinstance(raw, dict):
        return list(raw.values()) if all(str(key).isdecimal() for key in raw) else [raw]
    return [] if raw is None or raw == "" else [raw]


@dataclass(slots=True)
class Fields(fields.Fields):
    """One object of an answer of api.php."""

    def day(self, *keys: str) -> dt.date | None:
        """A day."""
        return self.read(keys, read_day)

    def clock(self, *keys: str) -> dt.time | None:
        """A time of the day; None for "00:00:00"."""
        return self.read(keys, read_clock)

    def is_set(self, *keys: str) -> bool:
        """Whether one of the flags is set. What is said there and cannot be read counts as set."""
        for key in keys:
            try:
                if read_flag(self.raw.get(key)):
                    return True
            except ValueError as error:
                self.diagnostics.add(f"{self.where} {key}", str(error))
                return True
        return False

    def inner(self, key: str) -> Fields | None:
        """The object under `key`, where there is one."""
        raw = self.raw.get(key)
        return Fields(raw, f"{self.where} {key}", self.diagnostics) if isinstance(raw, dict) and raw else None

    def many(self, raw: object) -> list[Any]:
        """A list, or PHP's object of numbered keys as one."""
        return read_many(raw)

    def named(self, key: str) -> str | None:
        """The name in an object such as `type` or `counselling_status`, or the text that stands in its place."""
        held = self.inner(key)
        if held is not None:
            return held.line("name", "bezeichnung", "Bezeichnung")
        raw = self.raw.get(key)
        return self.line(key) if isinstance(raw, str) else None

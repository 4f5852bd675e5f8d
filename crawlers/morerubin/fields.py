"""Fields of more!rubin's JSON: days, times and flags as api.php says them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crawlers.morerubin import values
from crawlers.parsing import json_fields as fields


@dataclass(slots=True)
class Fields(fields.Fields):
    """One object of an answer of api.php."""

    def day(self, *keys: str) -> dt.date | None:
        """A day."""
        return self.read(keys, values.day)

    def clock(self, *keys: str) -> dt.time | None:
        """A time of the day; None for "00:00:00"."""
        return self.read(keys, values.clock)

    def is_set(self, *keys: str) -> bool:
        """Whether one of the flags is set. What is said there and cannot be read counts as set."""
        for key in keys:
            try:
                if values.flag(self.raw.get(key)):
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
        return values.many(raw)

    def named(self, key: str) -> str | None:
        """The name in an object such as `type` or `counselling_status`, or the text that stands in its place."""
        held = self.inner(key)
        if held is not None:
            return held.line("name", "bezeichnung", "Bezeichnung")
        raw = self.raw.get(key)
        return self.line(key) if isinstance(raw, str) else None

"""Fields: one JSON object of an answer, read field by field; what is not understood is noted and left unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from crawlers.morerubin import values
from crawlers.morerubin.notes import Notes

T = TypeVar("T")


@dataclass(slots=True)
class Fields:
    """`where` is how a message names the object: its number, or its place in another object."""

    raw: dict[str, Any]
    where: str
    notes: Notes

    def _read(self, keys: tuple[str, ...], understand: Callable[[object], T | None]) -> T | None:
        """The first of the keys under which something is said that is understood."""
        for key in keys:
            try:
                read = understand(self.raw.get(key))
            except ValueError as error:
                self.notes.say(f"{self.where} {key}", str(error))
                continue
            if read is not None:
                return read
        return None

    def line(self, *keys: str) -> str | None:
        """A text in one line."""
        return self._read(keys, values.line)

    def ident(self, *keys: str) -> str | None:
        """A number or another short text by which the source knows an object."""
        return self._read(keys, values.identifier)

    def day(self, *keys: str) -> dt.date | None:
        """A day."""
        return self._read(keys, values.day)

    def clock(self, *keys: str) -> dt.time | None:
        """A time of the day; None for "00:00:00"."""
        return self._read(keys, values.clock)

    def number(self, *keys: str) -> int | None:
        """A whole number from 0."""
        return self._read(keys, values.whole_number)

    def is_set(self, *keys: str) -> bool:
        """Whether one of the flags is set. What is said there and cannot be read counts as set."""
        for key in keys:
            try:
                if values.flag(self.raw.get(key)):
                    return True
            except ValueError as error:
                self.notes.say(f"{self.where} {key}", str(error))
                return True
        return False

    def inner(self, key: str) -> Fields | None:
        """The object under `key`, where there is one."""
        raw = self.raw.get(key)
        return Fields(raw, f"{self.where} {key}", self.notes) if isinstance(raw, dict) and raw else None

    def objects(self, *keys: str) -> Iterator[Fields]:
        """The objects of the lists under the keys; anything else there is noted."""
        for key in keys:
            for place, raw in enumerate(values.many(self.raw.get(key))):
                if isinstance(raw, dict):
                    yield Fields(raw, f"{self.where} {key}[{place}]", self.notes)
                else:
                    self.notes.say(f"{self.where} {key}[{place}]", f"expected an object, found {values.found(raw)}")

    def named(self, key: str) -> str | None:
        """The name in an object such as `type` or `counselling_status`, or the text that stands in its place."""
        held = self.inner(key)
        if held is not None:
            return held.line("name", "bezeichnung", "Bezeichnung")
        raw = self.raw.get(key)
        return self.line(key) if isinstance(raw, str) else None

"""Fields: one JSON object of an answer, read field by field; what is not understood is noted and left unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from crawlers.parsing import json_values
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.json_values import Misread, TooLong

T = TypeVar("T")


@dataclass(slots=True)
class Fields:
    """`where` is how a message names the object: its number, or its place in another object."""

    raw: dict[str, Any]
    where: str
    diagnostics: Diagnostics

    def read(self, keys: tuple[str, ...], understand: Callable[[object], T | None]) -> T | None:
        """The first of the keys under which something is stated that is understood; `understand` raises ValueError."""
        for key in keys:
            try:
                read = understand(self.raw.get(key))
            except ValueError as error:
                self.diagnostics.add(f"{self.where} {key}", self._problem(error, self.raw.get(key)))
                continue
            if read is not None:
                return read
        return None

    def line(self, *keys: str) -> str | None:
        """A text in one line."""
        return self.read(keys, json_values.line)

    def written(self, *keys: str) -> str | None:
        """A text letter by letter as it stands there: a path, the name of a file."""
        return self.read(keys, json_values.as_written)

    def ident(self, *keys: str) -> str | None:
        """A number or another short text by which the source knows an object."""
        return self.read(keys, json_values.identifier)

    def number(self, *keys: str) -> int | None:
        """A whole number from 0."""
        return self.read(keys, json_values.whole_number)

    def day(self, *keys: str) -> dt.date | None:
        """A day."""
        return self.read(keys, json_values.day)

    def clock(self, *keys: str) -> dt.time | None:
        """A time of the day; None for "00:00:00"."""
        return self.read(keys, json_values.clock)

    def moment(self, *keys: str) -> dt.datetime | None:
        """A moment in Berlin."""
        return self.read(keys, json_values.moment)

    def is_set(self, *keys: str) -> bool:
        """Whether one of the flags is set. What stands there and cannot be read counts as set, and is noted."""
        for key in keys:
            try:
                if json_values.flag(self.raw.get(key)):
                    return True
            except ValueError as error:
                self.diagnostics.add(f"{self.where} {key}", self._problem(error, self.raw.get(key)))
                return True
        return False

    def is_one(self, key: str) -> bool:
        """Whether a flag is exactly 1: where nothing else is proof."""
        raw = self.raw.get(key)
        return raw is True or (not isinstance(raw, bool) and str(raw).strip() == "1")

    def inner(self, key: str) -> Fields | None:
        """The object under the key, where there is one that holds anything."""
        raw = self.raw.get(key)
        return Fields(raw, f"{self.where} {key}", self.diagnostics) if isinstance(raw, dict) and raw else None

    def objects(self, *keys: str) -> Iterator[Fields]:
        """The objects of the lists under the keys; anything else there is noted."""
        for key in keys:
            for place, raw in enumerate(json_values.many(self.raw.get(key))):
                if isinstance(raw, dict):
                    yield Fields(raw, f"{self.where} {key}[{place}]", self.diagnostics)
                else:
                    self.diagnostics.add(f"{self.where} {key}[{place}]", f"expected an object, found {self.found(raw)}")

    def found(self, raw: object) -> str:
        """A value as a message shows it."""
        return json_values.found(raw, self.diagnostics.mask)

    def _problem(self, error: ValueError, raw: object) -> str:
        if isinstance(error, TooLong):
            return f"expected {error}, found {error.characters} characters"
        return f"expected {error}, found {self.found(raw)}" if isinstance(error, Misread) else str(error)

"""Fields: one JSON object of an answer, read field by field; what is not understood is noted and left unknown."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from crawlers.councilservice.export import without_key
from crawlers.german import BERLIN
from crawlers.markup import tidy
from crawlers.reading import NotUnderstood

T = TypeVar("T")
_ENOUGH = 500
_LONGEST_IDENTIFIER = 300
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200e\u200f\u2060\ud800-\udfff]")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?", re.ASCII)
_YEARS = range(1900, 2101)


@dataclass(slots=True)
class Notes:
    """What the reading of one answer brings to light beside its records. `human_page` is the municipality's page."""

    url: str
    human_page: str | None
    not_understood: dict[NotUnderstood, None] = field(default_factory=dict)
    follow: dict[str, None] = field(default_factory=dict)

    def say(self, where: str, what: str) -> None:
        """Note one thing that was not understood, once; after 500 of them no more. The key is never in a note."""
        if len(self.not_understood) < _ENOUGH:
            self.not_understood.setdefault(NotUnderstood(without_key(where), without_key(what)))


def found(raw: object) -> str:
    """A value as a message shows it: short, without what an object holds, without the key."""
    if isinstance(raw, dict):
        return f"an object with the keys {', '.join(ascii(str(key))[:30] for key in list(raw)[:6]) or 'none'}"
    if isinstance(raw, list):
        return f"a list of {len(raw)}"
    text = without_key(ascii(raw))
    return text if len(text) <= 80 else f"{text[:77]}..."


def as_line(raw: object) -> str | None:
    """A text in one line, tags and entities gone; None where nothing is left. Raises ValueError for no text."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | None):
        raise ValueError(f"expected a text, found {found(raw)}")
    text = "" if raw is None else _TAG.sub(" ", str(raw))
    return tidy(_CONTROL.sub(" ", html.unescape(text)))


def _as_identifier(raw: object) -> str | None:
    text = as_line(raw)
    if text is not None and len(text) > _LONGEST_IDENTIFIER:
        raise ValueError(f"expected a short identifier, found {len(text)} characters")
    return text


def _as_number(raw: object) -> int | None:
    text = as_line(raw)
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise ValueError(f"expected a whole number, found {found(raw)}")
    return int(text)


def _as_day(raw: object) -> dt.date | None:
    text = as_line(raw)
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise ValueError(f"expected a day, found {found(raw)}")
    return day


def _as_clock(raw: object) -> dt.time | None:
    text = as_line(raw)
    if text is None:
        return None
    read = _CLOCK.fullmatch(text)
    try:
        return dt.time(int(read[1]), int(read[2])) if read else _no_clock(raw)
    except ValueError:
        return _no_clock(raw)


def _no_clock(raw: object) -> dt.time:
    raise ValueError(f"expected a time, found {found(raw)}")


def _as_moment(raw: object) -> dt.datetime | None:
    text = as_line(raw)
    if text is None:
        return None
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)
    except ValueError:
        raise ValueError(f"expected a moment, found {found(raw)}") from None


@dataclass(slots=True)
class Fields:
    """`where` is how a message names the object: its number, or its place in another object."""

    raw: dict[str, Any]
    where: str
    notes: Notes

    def _read(self, keys: tuple[str, ...], understand: Callable[[object], T | None]) -> T | None:
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
        """The first text there is, in one line."""
        return self._read(keys, as_line)

    def number(self, *keys: str) -> int | None:
        """The first whole number there is."""
        return self._read(keys, _as_number)

    def ident(self, *keys: str) -> str | None:
        """A number or another short text by which the source knows an object."""
        return self._read(keys, _as_identifier)

    def day(self, *keys: str) -> dt.date | None:
        """The first day there is."""
        return self._read(keys, _as_day)

    def clock(self, *keys: str) -> dt.time | None:
        """A time of the day."""
        return self._read(keys, _as_clock)

    def moment(self, *keys: str) -> dt.datetime | None:
        """A moment in Berlin."""
        return self._read(keys, _as_moment)

    def is_one(self, key: str) -> bool:
        """Whether a flag is exactly 1: nothing else proves anything public."""
        raw = self.raw.get(key)
        return raw is True or (not isinstance(raw, bool) and str(raw).strip() == "1")

    def is_zero(self, key: str) -> bool:
        """Whether a flag is 0, or not there."""
        raw = self.raw.get(key)
        return raw is None or raw is False or str(raw).strip() in {"0", ""}

    def objects(self, key: str) -> Iterator[Fields]:
        """The objects of a list; anything else there is noted."""
        held = self.raw.get(key)
        for place, raw in enumerate(held if isinstance(held, list) else [] if held is None else [held]):
            if isinstance(raw, dict):
                yield Fields(raw, f"{self.where} {key}[{place}]", self.notes)
            else:
                self.notes.say(f"{self.where} {key}[{place}]", f"expected an object, found {found(raw)}")

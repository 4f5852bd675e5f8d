"""The objects a simulated OParl server holds, their state (deleted, vanished, forbidden …), and their JSON."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from townhall.invention.document import write_document
from townhall.invention.model import Document

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """The address of something, relative to the server."""

    path: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """Another object of the store, to be written out in place."""

    path: str


@dataclass(slots=True)
class Entry:
    """One object. `back` are references that are left out where it is embedded; `owner` is what it is embedded in."""

    path: str
    kind: str
    number: int
    body: int
    fields: Json
    created: dt.datetime
    modified: dt.datetime
    owner: str | None = None
    role: str = ""
    back: Json = field(default_factory=dict)
    document: Document | None = None
    deleted: bool = False
    vanished: bool = False
    withdrawn: bool = False
    forbidden: int = 0
    cached: bytes | None = None

    def content(self) -> bytes:
        """The bytes of a file."""
        if self.cached is None and self.document:
            self.cached = write_document(self.document)
        return self.cached or b""

    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content()).hexdigest()[:32]}"'

    @property
    def listed(self) -> bool:
        return not (self.vanished or self.forbidden)


class Store:
    """Entries by path, in the order in which they were put in."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self.entries: dict[str, Entry] = {}
        self._now = now

    def put(self, entry: Entry) -> None:
        self.entries[entry.path] = entry

    def of_kind(self, kind: str, body: int) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.kind == kind and entry.body == body]

    def touch(self, entry: Entry) -> None:
        """Modified now, and with it everything it is embedded in."""
        moment = self._now()
        entry.modified = moment
        while entry.owner:
            entry = self.entries[entry.owner]
            entry.modified = moment

    def family(self, entry: Entry) -> Iterator[Entry]:
        """An entry and everything embedded in it, at any depth."""
        yield entry
        for other in self.entries.values():
            if other.owner == entry.path:
                yield from self.family(other)

    def children_of(self, value: object) -> list[Entry]:
        """The embedded entries in a field's value that can still be shown."""
        listed = value if isinstance(value, list) else [value]
        found = [self.entries[part.path] for part in listed if isinstance(part, Embedded)]
        return [entry for entry in found if entry.listed and not entry.deleted]

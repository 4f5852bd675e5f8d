"""Meetings that the calendar shows without a number, and the same ones with the number they have elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

from scrapy import Request

from archive.held_reader import HeldReader
from archive.run import RunMode
from council.model import Kind, Meeting, Tombstone
from crawlers.fetching.page_spider import Key
from crawlers.sessionnet.session import InSession

_MADE_ID: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2} ")

When = tuple[dt.datetime | None, str | None]


class Unnumbered(InSession):
    """A spider that takes a meeting of the calendar and one of a paper's stations for the same, where they are."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._numbered: dict[When, Key] = {}

    def _saw_number(self, meeting: Meeting) -> None:
        """A meeting's own page has been read, or it is held."""
        for name in (meeting.name, *(one.name for one in meeting.organization)):
            self._numbered.setdefault((meeting.start, name), (Kind.MEETING, meeting.native_id))

    def doubts(self) -> Iterator[Request]:
        """What is held with a number is asked for by it when the calendar names it without."""
        if not (made := self._made()):
            return
        for meeting in HeldReader(self.archive, self.municipality.key).nouns(Kind.MEETING):
            if not isinstance(meeting, Meeting) or _MADE_ID.match(meeting.native_id) or not meeting.source_url:
                continue
            if any(
                (meeting.start, name) in made for name in (meeting.name, *(one.name for one in meeting.organization))
            ):
                self._saw_number(meeting)
                yield from self._follow(meeting.source_url)

    def _made(self) -> dict[When, Key]:
        return {
            (one.start, one.name): key
            for key, one in self._listed.items()
            if isinstance(one, Meeting) and _MADE_ID.match(one.native_id)
        }

    def _finish(self) -> Iterator[Any]:
        for when, key in self._made().items():
            if self._numbered.get(when, key) != key and self._numbered[when] not in self._gone:
                del self._listed[key]
                self.began(Kind.MEETING).seen.discard(key[1])
        yield from self._bury_made_ids()
        yield from super()._finish()

    def _bury_made_ids(self) -> Iterator[Tombstone]:
        """A meeting that the calendar showed without a number has one when its agenda is released."""
        seen = self.began(Kind.MEETING)
        if self.mode is RunMode.FULL or seen.left_out or self._window is None:
            return
        for native in self._held_ids(Kind.MEETING):
            found = _MADE_ID.match(native)
            day = dt.date.fromisoformat(found[1]) if found else None
            if day and self._window.first <= day <= self._window.last and native not in seen.seen:
                yield Tombstone(kind=Kind.MEETING, native_id=native, reason="the calendar no longer shows it so")

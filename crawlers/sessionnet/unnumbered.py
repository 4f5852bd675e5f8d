"""Meetings that the calendar shows without a number, with the number they have elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from council.model import Kind, Meeting, Tombstone
from crawlers.frontier.actions import Action, Key
from crawlers.frontier.page_crawl import PageCrawl

_MADE_ID: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2} ")

When = tuple[dt.datetime | None, str | None]


class Unnumbered:
    """Takes a meeting of the calendar and one of a paper's consultations for the same, where they are: of one moment,
    and named like the meeting or its committee."""

    def __init__(self, crawl: PageCrawl) -> None:
        self._crawl, self._context = crawl, crawl.context
        self._numbered: dict[When, Key] = {}

    def number_seen(self, meeting: Meeting) -> None:
        """A meeting's own page has been read, or it is held."""
        for when in _names(meeting):
            self._numbered.setdefault(when, (Kind.MEETING, meeting.native_id))

    def recheck_requests(self) -> Iterator[Action]:
        """What is held with a number is asked for by it when the calendar names it without."""
        if not (made := self._made()):
            return
        for held in list(self._context.held.all(Kind.MEETING)):
            if not isinstance(held, Meeting) or _MADE_ID.match(held.native_id) or not held.source_url:
                continue
            if any(when in made for when in _names(held)):
                self.number_seen(held)
                yield from self._crawl.follow(held.source_url)

    def settle(self) -> Iterator[Tombstone]:
        """One meeting is written once: under its number where it has one."""
        meetings = self._context.report.start_list(Kind.MEETING)
        for when, key in self._made().items():
            if self._numbered.get(when, key) != key and self._numbered[when] not in self._crawl.gone:
                del self._crawl.listed[key]
                meetings.seen.discard(key[1])
        if not self._context.is_full and not meetings.skipped:
            yield from self._made_ids_gone(meetings.seen)

    def _made_ids_gone(self, seen: set[str]) -> Iterator[Tombstone]:
        """A meeting that the calendar showed without a number has one when its agenda is released."""
        window = self._crawl.calendar.window
        for native in self._context.held.ids(Kind.MEETING):
            found = _MADE_ID.match(native)
            day = dt.date.fromisoformat(found[1]) if found else None
            if day and window.first <= day <= window.last and native not in seen:
                yield Tombstone(kind=Kind.MEETING, native_id=native, reason="the calendar no longer shows it so")

    def _made(self) -> dict[When, Key]:
        return {
            (meeting.start, meeting.name): key
            for key, meeting in self._crawl.listed.items()
            if isinstance(meeting, Meeting) and _MADE_ID.match(meeting.native_id)
        }


def _names(meeting: Meeting) -> list[When]:
    return [(meeting.start, name) for name in (meeting.name, *(body.name for body in meeting.organization))]

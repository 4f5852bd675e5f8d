"""Meetings that a list shows without an agenda: on some servers the single object has one (quirks: Magdeburg, SD.NET).
A few are asked for to learn which kind of server this is; the answer is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from council.model import Kind, Meeting, Tombstone
from crawlers.frontier.actions import Action, Answer, Emit, Fetch, NoAnswer, Steps
from crawlers.frontier.refusals import is_challenge
from crawlers.oparl.pages import read_answer
from crawlers.oparl.source import OParlSource
from crawlers.oparl.values import web_address
from crawlers.parsing.errors import UnexpectedResponse

PROBES: Final = 3
_SINGLY: Final = "meetings_singly"


class SingleMeetings:
    """`opened` and `closed` are told of every request and of its end."""

    def __init__(self, source: OParlSource, opened: Callable[[], None], closed: Callable[[], None]) -> None:
        self._source, self._context, self._report = source, source.context, source.report
        self._opened, self._closed = opened, closed
        self._memory = source.context.memory
        self._waiting: list[Meeting] = []
        self._asked = 0
        self._read = 0
        self._brought = 0

    def handle_listed(self, listed: Meeting) -> Iterator[Action]:
        """A meeting that its list shows without an agenda. Where single objects have agendas, the list's version is
        not written: until the single one comes, papers withheld by it would be shown."""
        if not self._is_address(listed.source_id):
            yield Emit(listed)
            return
        bring_agendas = self._memory.get(_SINGLY)
        if not bring_agendas:
            yield Emit(listed)
        if bring_agendas or (bring_agendas is None and self._asked < PROBES):
            yield self._ask(listed)
        elif bring_agendas is None:
            self._waiting.append(listed)

    def _is_address(self, source_id: str | None) -> bool:
        """Whether an id is an address of this provider: a source names ids, not whatever this machine can reach."""
        try:
            address = web_address(source_id, self._context.municipality.url)
        except ValueError:
            return False
        return address is not None and address == source_id and self._source.is_own(address)

    def _ask(self, listed: Meeting) -> Fetch:
        self._asked += 1
        self._opened()
        steps = Steps(partial(self._read_single, listed), partial(self._handle_no_answer, listed))
        key = (Kind.MEETING, listed.native_id)
        return self._source.fetch(listed.source_id or "", steps, key=key, subject=Kind.MEETING.value, priority=5)

    def _read_single(self, listed: Meeting, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        try:
            read = read_answer(answer.body, answer.url, answer.content_type)
        except UnexpectedResponse as unexpected:
            if is_challenge(unexpected):
                yield from self._source.handle_refusal(unexpected)
            yield from self._without_single(listed, "could not be read", str(unexpected))
        else:
            self._source.note(read)
            self._read += 1
            self._brought += any(isinstance(record, Meeting) and record.agenda for record in read.records)
            for record in read.records:
                yield record if isinstance(record, Tombstone) else Emit(record)
            if not read.records:
                yield from self._without_single(listed, "brought none", answer.url)
        yield from self._single_closed()

    def _handle_no_answer(self, listed: Meeting, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        yield from self._without_single(listed, "could not be asked for", failure.reason)
        yield from self._single_closed()

    def _without_single(self, listed: Meeting, why: str, example: str) -> Iterator[Action]:
        """Without the single object the agenda is not known: one that is held stays, and so does what it withholds."""
        self._report.warn(f"a single meeting {why}", example)
        held = self._context.held_meeting(listed.native_id)
        if held is None or not (held.agenda or held.withheld):
            yield Emit(listed)
            return
        progress = self._report.lists[Kind.MEETING]
        if not progress.skipped:
            self._report.incomplete.append(f"a single meeting {why}: {example}")
        progress.skipped += 1

    def _single_closed(self) -> Iterator[Action]:
        for listed in self._learned():
            yield self._ask(listed)
        self._closed()

    def _learned(self) -> list[Meeting]:
        """The meetings that are to be asked for now that it is known whether that brings anything."""
        if self._memory.get(_SINGLY) is not None or not (self._brought or self._read >= PROBES):
            return []
        self._memory[_SINGLY] = self._brought > 0
        waiting, self._waiting = self._waiting, []
        return waiting if self._brought else []

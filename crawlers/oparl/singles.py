"""Meetings that a list shows without an agenda: on some servers the single object has one (quirks: Magdeburg, SD.NET).
A few are asked for to learn which kind of server this is; the answer is remembered."""

from __future__ import annotations

from typing import Any, Final

from council.model import Meeting

PROBES: Final = 3
_SINGLY: Final = "meetings_singly"


class SingleMeetings:
    """What is known of this in one crawl."""

    def __init__(self, memory: dict[str, Any]) -> None:
        self._memory = memory
        self._waiting: list[Meeting] = []
        self._asked = 0
        self._read = 0
        self._brought = 0

    @property
    def bring_agendas(self) -> bool | None:
        """Whether single objects have agendas where the list has none; None as long as it is not known."""
        return self._memory.get(_SINGLY)

    def is_asked_for(self, listed: Meeting) -> bool:
        """Whether to ask for a meeting now. One that is not may be named by `learned` later."""
        if self.bring_agendas or (self.bring_agendas is None and self._asked < PROBES):
            self._asked += 1
            return True
        if self.bring_agendas is None:
            self._waiting.append(listed)
        return False

    def read(self, *, has_agenda: bool) -> None:
        """A single object has come."""
        self._read += 1
        self._brought += has_agenda

    def learned(self) -> list[Meeting]:
        """The meetings that are to be asked for now that it is known whether that brings anything."""
        if self.bring_agendas is not None or not (self._brought or self._read >= PROBES):
            return []
        self._memory[_SINGLY] = self._brought > 0
        waiting, self._waiting = self._waiting, []
        return waiting if self._brought else []

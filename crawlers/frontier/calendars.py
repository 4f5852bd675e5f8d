"""Calendars: a year at a time back to where they begin, and which of a product's calendars works here."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from crawlers.frontier.window import Window, year_before

QUIET_YEARS: Final = 2
"""So many years without a meeting in a row are the beginning of the calendar."""


class BackFill:
    """Where a full crawl stands on its way back through the years. `window` is what is asked for now."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._found = False
        self._quiet_years = 0

    def meeting_found(self) -> None:
        """A meeting was shown since the window was moved."""
        self._found = True

    def move(self, window: Window) -> None:
        """Another window is asked for now."""
        self.window, self._found = window, False

    def older(self, since: dt.date | None) -> Window | None:
        """The year before, when all of this window has come; None where the calendar begins or nothing is wanted."""
        self._quiet_years = 0 if self._found else self._quiet_years + 1
        before = year_before(self.window, since)
        return None if self._quiet_years >= QUIET_YEARS else before


class CalendarChoice:
    """Which of a product's calendars works at this source: found out once, and remembered under `name`."""

    def __init__(self, memory: dict[str, Any], name: str, known: str | None) -> None:
        self._memory, self._name = memory, name
        self.value = known

    def choose(self, value: str) -> None:
        """It works."""
        self.value = self._memory[self._name] = value

    def forget(self) -> None:
        """The next crawl finds out anew; this one goes on as it is."""
        self._memory.pop(self._name, None)

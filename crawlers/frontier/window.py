"""Which time a crawl of calendars asks for: a year at a time, and in an ordinary visit the months around today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_YEAR = 1990
"""No council information system shows meetings from before."""
YEARS_AHEAD = 1
AHEAD = dt.timedelta(days=184)
"""So far an ordinary visit looks month by month: what is planned later can wait for a full one."""
LOOK_BACK = dt.timedelta(days=120)
"""An ordinary visit asks for meetings since so long ago: minutes and results are put in weeks after a meeting."""


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day to the last, both included."""

    first: dt.date
    last: dt.date

    def months(self) -> Iterator[tuple[int, int]]:
        """Every (year, month) it touches, the newest first."""
        year, month = self.last.year, self.last.month
        while (year, month) >= (self.first.year, self.first.month):
            yield year, month
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)

    def years(self) -> Iterator[int]:
        """Every year it touches, the newest first."""
        yield from range(self.last.year, self.first.year - 1, -1)


def around(today: dt.date, since: dt.date | None) -> Window:
    """The window of an ordinary visit."""
    first = today - LOOK_BACK
    return Window(max(first, since) if since else first, dt.date(today.year + YEARS_AHEAD, 12, 31))


def without_far_months(window: Window, today: dt.date) -> Window:
    """The window of an ordinary visit where the calendar is asked for month by month."""
    return Window(window.first, min(window.last, today + AHEAD))


def newest_years(today: dt.date, since: dt.date | None) -> Window:
    """Where a full visit begins: last year, this year and the next."""
    first = dt.date(today.year - 1, 1, 1)
    return Window(max(first, since) if since else first, dt.date(today.year + YEARS_AHEAD, 12, 31))


def year_before(window: Window, since: dt.date | None) -> Window | None:
    """The year before a window; None where nothing is wanted from it."""
    year = window.first.year - 1
    if year < FIRST_YEAR or (since is not None and since > dt.date(year, 12, 31)) or window.first == since:
        return None
    first = dt.date(year, 1, 1)
    return Window(max(first, since) if since else first, dt.date(year, 12, 31))

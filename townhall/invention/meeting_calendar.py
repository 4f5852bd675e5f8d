"""When which committee meets: evenly over the three years up to a fixed day, and twice soon after today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from townhall.invention.model import AgendaItem, Committee

BERLIN = ZoneInfo("Europe/Berlin")
OPEN, CLOSE = dt.date(2023, 10, 9), dt.date(2026, 9, 30)
_ROTA = ("building", "social", "finance", "council", "environment", "school", "finance", "council")
_UPCOMING_DAYS = (9, 23)


@dataclass(slots=True)
class Slot:
    """A meeting while its agenda is being filled."""

    number: int
    committee: Committee
    start: dt.datetime
    held: bool
    cancelled: bool = False
    items: list[AgendaItem] = field(default_factory=list)

    @property
    def date(self) -> dt.date:
        return self.start.date()


def plan_meetings(committees: dict[str, Committee], serving: dict[str, str], count: int, today: dt.date) -> list[Slot]:
    """`count` past meetings, the last but two of them cancelled, and the upcoming ones; oldest first."""
    rota = [committees[serving.get(key, key)] for key in _ROTA]
    step = (CLOSE - OPEN) / max(count - 1, 1)
    days = [OPEN + step * index for index in range(count)]
    slots = [
        Slot(index + 1, rota[index % len(rota)], _evening(day, index), day < today) for index, day in enumerate(days)
    ]
    slots[-3].cancelled = True
    for key, later in zip(("building", "council"), _UPCOMING_DAYS, strict=True):
        day = today + dt.timedelta(days=later)
        slots.append(Slot(len(slots) + 1, committees[serving.get(key, key)], _evening(day, later), False))
    return slots


def _evening(day: dt.date, index: int) -> dt.datetime:
    """Councils meet from Tuesday to Thursday, and not around Christmas."""
    day += dt.timedelta(days=(1, 0, 0, 0, -1, -2, 2)[day.weekday()])
    if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6):
        day += dt.timedelta(days=21)
    return dt.datetime.combine(day, dt.time(17 + index % 2, 30 * (index % 3 == 0)), BERLIN)

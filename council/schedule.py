"""Schedule: when a municipality is visited."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_serializer, field_validator, model_validator

from council.cron_line import cron_line
from council.problem import WrongValue

INTERVAL = re.compile(r"(\d{1,4})\s*([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Schedule(BaseModel):
    """When a municipality is visited: an interval, or a cron line in German time; exactly one of both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Weekdays of a cron line are kept as names: numbers mean different days to cron (0 is Sunday) and to APScheduler
    # (0 is Monday). They are read as cron reads them.

    every: dt.timedelta | None = Field(
        default=None,
        description="An interval: a number and m (minutes), h (hours) or d (days).",
        examples=["6h", "30m", "1d"],
    )
    cron: str | None = Field(
        default=None,
        description="A cron line in German time: minute, hour, day of the month, month, day of the week.",
        examples=["15 3 * * *", "0 22 * * mon-fri"],
    )

    @field_validator("every", mode="before")
    @classmethod
    def _interval(cls, value: Any) -> Any:
        if value is None or isinstance(value, dt.timedelta):
            return value
        found = INTERVAL.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None or int(found[1]) == 0:
            shown = f'"{value}"' if isinstance(value, str) else str(value)
            raise WrongValue(f"{shown} is no interval", "write a number and m, h or d: every: 6h")
        return dt.timedelta(**{UNITS[found[2]]: int(found[1])})

    @field_serializer("every")
    def _as_written(self, value: dt.timedelta | None) -> str | None:
        if value is None:
            return None
        minutes = math.ceil(value.total_seconds() / 60)
        return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"

    @field_validator("cron")
    @classmethod
    def _cron(cls, value: str | None) -> str | None:
        return None if value is None else cron_line(value)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.every is None) == (self.cron is None):
            both = "has neither every nor cron" if self.every is None else "has both every and cron"
            raise WrongValue(both, 'write one of them: {every: 6h}, or {cron: "15 3 * * *"}')
        return self

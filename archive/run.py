"""One visit to one source: how it went, counted. "Complete" is a conclusion from these counts, never a feeling."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class RunMode(StrEnum):
    """What was asked for: everything, or what changed since the last successful run."""

    FULL = "full"
    INCREMENTAL = "incremental"


class Outcome(StrEnum):
    """How a run ended."""

    RUNNING = "running"
    COMPLETE = "complete"
    """Every list was read to its end, and what it listed is held."""
    INCOMPLETE = "incomplete"
    """It ended, but something is missing; the warnings say what."""
    FAILED = "failed"
    """It could not do its work (source away, not what it should be, refused)."""
    BLOCKED = "blocked"
    """The source keeps programs out (an access check, 403): it is left alone for the day, and never worked around."""
    INTERRUPTED = "interrupted"
    """Somebody stopped it."""
    DIED = "died"
    """Its process vanished without a word."""


@dataclass(slots=True)
class KindCount:
    """Of one kind in one run: what the source listed (None: not counted in this mode) and what became of it."""

    listed: int | None = None
    held: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def add(self, more: KindCount) -> None:
        """Count what became of more records."""
        self.new += more.new
        self.changed += more.changed
        self.unchanged += more.unchanged
        self.gone += more.gone


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should look at; equal ones are counted, one example is kept."""

    what: str
    example: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the archive knows it. `seconds` is wall time."""

    id: int
    municipality: str
    mode: RunMode
    outcome: Outcome
    detail: str | None
    started_at: dt.datetime
    heartbeat_at: dt.datetime
    finished_at: dt.datetime | None
    host: str
    pid: int
    requests: int
    bytes: int
    seconds: float
    counts: dict[str, KindCount] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()

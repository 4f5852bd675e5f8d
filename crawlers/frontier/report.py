"""The report of a crawl while it goes on: what its lists brought, what failed, what a person should look at."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive.run import Outcome, Warned
from council.model import Kind, Record
from crawlers.parsing.diagnostics import ParseWarning


@dataclass(slots=True)
class ListProgress:
    """What one list of the source brought: ids seen, the total it states, whether it was read to its end."""

    seen: set[str] = field(default_factory=set)
    total: int | None = None
    finished: bool = False
    tombstones: set[str] = field(default_factory=set)
    """Objects that stood there only to say that they are deleted or not public."""
    older: set[str] = field(default_factory=set)
    """Objects from before the day that the register names in `since`: seen, and not taken."""
    skipped: int = 0
    """Objects that stood there and could not be read: which ones is not known, so nothing may be missed."""

    @property
    def taken(self) -> set[str]:
        """What was seen and is wanted."""
        return self.seen - self.older


@dataclass(slots=True)
class CrawlReport:
    """The report of a run. `incomplete` are reasons why the run is not complete, `blocked` which access check keeps
    programs out, `failure` why nothing could be done at all."""

    phase: str = "starting"
    lists: dict[Kind, ListProgress] = field(default_factory=dict)
    files_wanted: int = 0
    files_done: int = 0
    files_failed_for_now: int = 0
    withheld: int = 0
    failure: str | None = None
    blocked: str | None = None
    incomplete: list[str] = field(default_factory=list)
    is_below_expectation: bool = False
    """Whether fewer papers or meetings were listed than the register expects: nothing may be deleted."""
    warnings: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    on_record_seen: Callable[[Record], None] = lambda record: None
    """Told of every record that a list or page showed."""
    started: float = field(default_factory=time.monotonic)

    def start_list(self, kind: Kind) -> ListProgress:
        """The progress of one list."""
        return self.lists.setdefault(kind, ListProgress())

    def record_seen(self, record: Record) -> None:
        """Count a record that a list brought."""
        self.start_list(record.kind).seen.add(record.native_id)
        self.on_record_seen(record)

    def warn(self, what: str, example: str | None = None) -> None:
        """Note something that a person should look at; equal ones are counted."""
        self.warnings[what] += 1
        if example is not None:
            self.examples.setdefault(what, example[:300])

    def add_warnings(self, warnings: Iterable[ParseWarning]) -> None:
        """Note what a page shows and its reader did not understand."""
        for warning in warnings:
            self.warn(f"not understood: {warning.what}", warning.where)

    def mark_incomplete(self, why: str) -> None:
        """The run is not complete, for this reason; each is told once."""
        if why not in self.incomplete:
            self.incomplete.append(why)

    def warned(self) -> list[Warned]:
        """The warnings, most frequent first."""
        return [Warned(what, self.examples.get(what), count) for what, count in self.warnings.most_common(200)]

    def outcome(self, reason: str) -> tuple[Outcome, str | None]:
        """How the run ended, by its report and by why the spider was closed."""
        if self.blocked:
            return Outcome.BLOCKED, f"the source keeps programs out: {self.blocked}"
        if self.failure:
            return Outcome.FAILED, self.failure
        if reason == "shutdown":
            return Outcome.INTERRUPTED, "stopped from outside"
        if reason != "finished":
            return Outcome.INCOMPLETE, f"stopped: {reason}"
        if self.incomplete:
            return Outcome.INCOMPLETE, "; ".join(self.incomplete[:5])
        return Outcome.COMPLETE, None

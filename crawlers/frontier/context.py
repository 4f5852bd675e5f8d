"""What a crawl knows before it asks for anything: whom it visits, in which mode, what is held, what it remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from archive.run import RunMode
from council.model import Kind, Meeting, Paper, Record
from council.municipality import Municipality
from crawlers.frontier.actions import Key
from crawlers.frontier.report import CrawlReport
from crawlers.frontier.window import Window

LISTS_READ: Final = "lists_read"
"""In a crawl's memory: when the last one began that read everything its lists named, though files may have failed."""
ALL_READ: Final = "all_read"
"""The same of a full crawl."""


class HeldRecords(Protocol):
    """What the archive holds of one municipality, as it was written, public or not: an agenda of this crawl may hide a
    paper meanwhile."""

    def get(self, key: Key) -> Record | None:
        """One record."""
        ...

    def ids(self, kind: Kind) -> Iterator[str]:
        """The native ids of the records of a kind."""
        ...

    def all(self, kind: Kind) -> Iterator[Record]:
        """The records of a kind."""
        ...

    def unseen(self, kind: Kind) -> tuple[list[str], int]:
        """(native ids that this run has not written, how many are held), shown or not. What waits to be written is
        written first."""
        ...

    def meetings_with(self, paper: str) -> list[Meeting]:
        """The meetings whose agenda names a paper."""
        ...

    def papers_of(self, meeting: str) -> list[str]:
        """The native ids of the papers with a consultation in a meeting."""
        ...


@dataclass(slots=True)
class CrawlContext:
    """One crawl of one municipality. `memory` is what the crawl before remembered, and is kept for the next one; `mode`
    may be changed to FULL by a crawl that finds no way to ask for changes alone."""

    municipality: Municipality
    mode: RunMode
    memory: dict[str, Any]
    held: HeldRecords
    clock: Callable[[], dt.datetime]
    last_success: dt.datetime | None = None
    lists_are_complete: bool = True
    """Whether what a list no longer holds is gone. Where old things drop out of lists and stay, only a request for the
    thing itself proves that it is."""
    window: Window | None = None
    """The calendars of which days are looked at; by the mode unless given."""
    trust_dates: bool = False
    """Whether the source's own dates of change are true (`archive.body.fingerprint`)."""
    report: CrawlReport = field(default_factory=CrawlReport)
    started: dt.datetime = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def today(self) -> dt.date:
        """The day on which the crawl began."""
        return self.started.date()

    @property
    def is_full(self) -> bool:
        """Whether everything is compared, not only what changed."""
        return self.mode is RunMode.FULL

    def remember_lists(self) -> None:
        """All lists have come and are concluded from: if nothing of them is missing, the next crawl need not ask for
        what this one has read, whatever becomes of the files."""
        if not self.report.incomplete:
            self.memory[LISTS_READ] = self.started.isoformat()
            if self.is_full:
                self.memory[ALL_READ] = self.started.isoformat()

    def is_too_old(self, record: Record) -> bool:
        """Whether a paper or meeting is from before the day that the register names in `since`."""
        match record:
            case Paper():
                day = record.date
            case Meeting():
                day = record.start.date() if record.start else None
            case _:
                day = None
        since = self.municipality.since
        return since is not None and day is not None and day < since

    def held_meeting(self, native_id: str) -> Meeting | None:
        """A meeting as it is held."""
        held = self.held.get((Kind.MEETING, native_id))
        return held if isinstance(held, Meeting) else None

    def held_paper(self, native_id: str) -> Paper | None:
        """A paper as it is held."""
        held = self.held.get((Kind.PAPER, native_id))
        return held if isinstance(held, Paper) else None

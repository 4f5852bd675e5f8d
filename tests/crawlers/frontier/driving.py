"""Drives a crawl's state machine without a network: a register entry, an archive in memory, answers by address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from archive.run import RunMode
from council.model import Kind, Meeting, Paper, Record, Tombstone
from council.municipality import AdministrationKind, Municipality
from council.system import System
from crawlers.frontier.actions import Action, Answer, Crawl, Emit, Fetch, NoAnswer, Stop
from crawlers.frontier.context import CrawlContext

OWN = "https://ris.musterstadt.example/"
NOW = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


class HeldInMemory:
    """What is held, in memory."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.records: dict[tuple[Kind, str], Record] = {(record.kind, record.native_id): record for record in records}
        self.written: set[tuple[Kind, str]] = set()

    def get(self, key: tuple[Kind, str]) -> Record | None:
        return self.records.get(key)

    def ids(self, kind: Kind) -> Iterator[str]:
        return (native for of, native in self.records if of is kind)

    def all(self, kind: Kind) -> Iterator[Record]:
        return (record for record in self.records.values() if record.kind is kind)

    def unseen(self, kind: Kind) -> tuple[list[str], int]:
        ids = list(self.ids(kind))
        return [native for native in ids if (kind, native) not in self.written], len(ids)

    def meetings_with(self, paper: str) -> list[Meeting]:
        meetings = (record for record in self.records.values() if isinstance(record, Meeting))
        return [meeting for meeting in meetings if any(item.paper == paper for item in meeting.agenda)]

    def papers_of(self, meeting: str) -> list[str]:
        papers = (record for record in self.records.values() if isinstance(record, Paper))
        return [paper.native_id for paper in papers if any(step.meeting == meeting for step in paper.consultations)]


def context(
    held: Iterable[Record] = (),
    mode: RunMode = RunMode.FULL,
    memory: dict[str, Any] | None = None,
    now: dt.datetime = NOW,
    **entry: Any,
) -> CrawlContext:
    """A crawl of Musterstadt; `entry` is more of its register entry."""
    musterstadt = Municipality(
        key="musterstadt", name="Musterstadt", kind=AdministrationKind.STADT, ags="15999001", system=System.SESSIONNET,
        url=OWN, **entry,
    )  # fmt: skip
    return CrawlContext(musterstadt, mode, memory if memory is not None else {}, HeldInMemory(held), lambda: now)


class Driven:
    """One crawl that has been driven to its end. `asked` are the addresses in the order in which they went out: the
    most urgent first, among equals the first that was wanted."""

    def __init__(self, crawl: Crawl, answers: Mapping[str, Answer | NoAnswer] | Callable[[str], Answer]) -> None:
        self.asked: list[str] = []
        self.emitted: list[Record] = []
        self.tombstones: list[Tombstone] = []
        self.stopped: str | None = None
        self._waiting: list[Fetch] = []
        self._take(crawl.start())
        while self._waiting:
            fetch = max(self._waiting, key=lambda fetch: fetch.priority)
            self._waiting.remove(fetch)
            self.asked.append(fetch.url)
            answer = answers(fetch.url) if callable(answers) else answers.get(fetch.url, Answer(fetch.url, 404, b""))
            if isinstance(answer, NoAnswer):
                self._take(crawl.handle_no_answer(fetch, answer))
            else:
                self._take(crawl.handle_answer(fetch, answer))

    def _take(self, actions: Iterator[Action]) -> None:
        for action in actions:
            match action:
                case Fetch():
                    self._waiting.append(action)
                case Emit():
                    self.emitted.append(action.record)
                case Tombstone():
                    self.tombstones.append(action)
                case Stop():
                    self.stopped = action.reason
                    self._waiting.clear()

"""What goes in and out of a crawl's state machine: answers in; fetches, records, tombstones and a stop out.

No network here: `crawlers.fetching` carries the actions out, `ratslupe.probing` a few of them, a test none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from council.model import Kind, Record, Tombstone
from crawlers.frontier.files import FilePolicy

Key = tuple[Kind, str]
"""Which object of the source: its kind and native id."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it came. `url` is where it came from, after redirects."""

    url: str
    status: int
    body: bytes
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No response at all. `is_final`: a rule of ours forbids the address (robots.txt): it is not asked for again."""

    reason: str
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """What follows on a request that is not for a page: the way in, a probe, a look whether a document is there."""

    answered: Callable[[Fetch, Answer], Iterator[Action]]
    failed: Callable[[Fetch, NoAnswer], Iterator[Action]]


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask for an address. `key` is whose own page it is; `subject` what it counts as ("list", "meeting", "paper list"
    …; None on the way in); `stale` how many lists without news led here; `tries` counts from 1; `expect` is "json" or
    None; `steps` where the answer is no page of the crawl's policy."""

    url: str
    priority: int = 0
    key: Key | None = None
    subject: str | None = None
    stale: int = 0
    tries: int = 1
    steps: Steps | None = None
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    follow_redirects: bool = True
    expect: str | None = None


@dataclass(frozen=True, slots=True)
class Emit:
    """Write a record."""

    record: Record


@dataclass(frozen=True, slots=True)
class Stop:
    """End the crawl now; what still waits to be sent is cancelled."""

    reason: str


Action = Fetch | Emit | Tombstone | Stop


class Crawl(Protocol):
    """A crawl's state machine, as whoever carries its actions out sees it. Its iterators are to be taken to their ends,
    one after the other."""

    @property
    def is_done(self) -> bool:
        """Whether the lists have been read, or cannot be."""
        ...

    @property
    def files(self) -> FilePolicy:
        """How its files are asked for."""
        ...

    def start(self) -> Iterator[Action]:
        """The first requests."""
        ...

    def handle_answer(self, fetch: Fetch, answer: Answer) -> Iterator[Action]:
        """What a response leads to."""
        ...

    def handle_no_answer(self, fetch: Fetch, failure: NoAnswer) -> Iterator[Action]:
        """What follows where none came."""
        ...

    def fail(self, why: str) -> None:
        """The crawl cannot do its work: nothing that is held is touched."""
        ...

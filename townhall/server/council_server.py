"""What simulated servers that show pages share: a town that changes, documents, and faults on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from townhall.invention import edits
from townhall.invention.document import MEDIA_TYPES, write_document
from townhall.invention.model import Committee, Document, Meeting, Paper, Town
from townhall.server.faults import Fault, Faults, instead_of, spoilt
from townhall.server.loopback import Answer, Asked, LoopbackServer

TEN_YEARS = dt.timedelta(days=3652)


class CouncilServer(LoopbackServer):
    """A subclass says what a path is (`kind_of`: "calendar", "meeting", "paper", "file", "robots" …) and what is
    answered (`page`). `url` is what a register entry needs."""

    def __init__(self, town: Town, *, port: int = 0, host: str = "127.0.0.1", robots: str = "") -> None:
        super().__init__(port, host)
        self.town = town
        self._robots = robots or "User-agent: *\nDisallow:\n"
        self._faults = Faults()
        self._bytes: dict[Document, bytes] = {}
        self.documents_asked: set[int] = set()
        """The numbers of the documents that somebody asked for, whether they came or not."""

    @property
    def url(self) -> str:
        """Where reading begins."""
        return self.base + "/"

    # To be said by a subclass

    def page(self, asked: Asked) -> Answer:
        """The right answer."""
        raise NotImplementedError

    def kind(self, asked: Asked) -> str:
        """What is asked for; to be said by a subclass where the path alone does not say it."""
        return self.kind_of(asked.path)

    # Controls

    def change(self, edit: str, *arguments: Any) -> None:
        """Let something happen: the name of a function of `edits`, and its arguments after the town."""
        with self._lock:
            self.town = getattr(edits, edit)(self.town, *arguments)

    def fault(
        self,
        fault: Fault,
        times: int | None = None,
        *,
        share: float = 1.0,
        kinds: Collection[str] = (),
        after: int = 0,
    ) -> None:
        """Switch a fault on, now or after so many requests; `mend` ends all of them."""
        with self._lock:
            self._faults.switch_on(fault, times, share, kinds, after)

    def mend(self) -> None:
        """All is well again."""
        with self._lock:
            self._faults.clear()

    # For subclasses

    def has(self, fault: Fault, kind: str) -> bool:
        """Whether one of the faults that a server knows itself strikes now."""
        return any(one.fault is fault and (not one.kinds or kind in one.kinds) for one in self._faults.strikes)

    def today(self, kind: str = "calendar") -> dt.date:
        """The day on the server's clock."""
        day = self.town.day
        return day - TEN_YEARS if self.has(Fault.CLOCK, kind) else day

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer(200, self._robots.encode(), "text/plain; charset=utf-8")
        fault = self._faults.next_for(self.kind(asked))
        instead = instead_of(fault) if fault else None
        if instead is not None:
            return instead
        answer = self.page(asked)
        return spoilt(answer, fault) if fault else answer

    def file(self, number: int) -> Answer:
        """The bytes of a document; 404 for one that is not there or not for everybody."""
        self.documents_asked.add(number)
        document = next((found for found in self.town.documents() if found.number == number), None)
        if document is None or number in self.town.secret_documents:
            return self.missing()
        if document not in self._bytes:
            self._bytes[document] = write_document(document)
        return Answer(200, self._bytes[document], MEDIA_TYPES[document.format])

    def missing(self) -> Answer:
        """404."""
        return Answer(404, b"<html><body><h1>404 Nicht gefunden</h1></body></html>", "text/html; charset=utf-8")

    def meeting(self, number: int) -> Meeting | None:
        """A meeting by number."""
        return next((one for one in self.town.meetings if one.number == number), None)

    def paper(self, number: int) -> Paper | None:
        """A paper by number, public or not."""
        return next((one for one in self.town.papers if one.number == number), None)

    def committee(self, number: int) -> Committee:
        """A committee by number."""
        return next(one for one in self.town.committees if one.number == number)

    def meetings_between(self, first: dt.date, last: dt.date) -> list[Meeting]:
        """The meetings of a time, both days included, oldest first."""
        return sorted(
            (one for one in self.town.meetings if first <= one.start.date() <= last), key=lambda one: one.start
        )

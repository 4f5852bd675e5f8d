"""What simulated servers that show pages share: the municipality, its documents, robots.txt, the clock."""

from __future__ import annotations

import datetime as dt

from townhall.invention.document import MEDIA_TYPES, write_document
from townhall.invention.model import Committee, Document, Meeting, Municipality, Paper
from townhall.server.loopback import Answer, Asked, LoopbackServer

HTML = "text/html; charset=utf-8"


class CouncilServer(LoopbackServer):
    """A subclass says what a path is (`kind_of`: "calendar", "meeting", "paper", "file", "robots" …) and what is
    answered (`page`). `url` is what a register entry needs. `municipality` may be replaced while the server runs.

    `endless`: paging without an end. `behind`: so far the server's clock is behind."""

    endless = False
    behind = dt.timedelta(0)

    def __init__(self, municipality: Municipality, *, port: int = 0, host: str = "127.0.0.1", robots: str = "") -> None:
        super().__init__(port, host)
        self.municipality = municipality
        self._robots = robots or "User-agent: *\nDisallow:\n"
        self._bytes: dict[Document, bytes] = {}
        self.documents_asked: set[int] = set()
        """The numbers of the documents that somebody asked for, whether they came or not."""

    @property
    def url(self) -> str:
        """Where reading begins."""
        return self.base + "/"

    # To be written by a subclass

    def page(self, asked: Asked) -> Answer:
        """The right answer."""
        raise NotImplementedError

    # For subclasses

    def today(self) -> dt.date:
        """The day on the server's clock."""
        return self.municipality.day - self.behind

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer(200, self._robots.encode(), "text/plain; charset=utf-8")
        return self.page(asked)

    def file(self, number: int) -> Answer:
        """The bytes of a document; 404 for one that is not there or not for everybody."""
        self.documents_asked.add(number)
        document = next((found for found in self.municipality.documents() if found.number == number), None)
        if document is None or number in self.municipality.secret_documents:
            return self.missing()
        if document not in self._bytes:
            self._bytes[document] = write_document(document)
        return Answer(200, self._bytes[document], MEDIA_TYPES[document.format])

    def missing(self) -> Answer:
        """404."""
        return Answer(404, b"<html><body><h1>404 Nicht gefunden</h1></body></html>", "text/html; charset=utf-8")

    def meeting(self, number: int) -> Meeting | None:
        """A meeting by number."""
        return next((meeting for meeting in self.municipality.meetings if meeting.number == number), None)

    def paper(self, number: int) -> Paper | None:
        """A paper by number, public or not."""
        return next((paper for paper in self.municipality.papers if paper.number == number), None)

    def committee(self, number: int) -> Committee:
        """A committee by number."""
        return next(committee for committee in self.municipality.committees if committee.number == number)

    def meetings_between(self, first: dt.date, last: dt.date) -> list[Meeting]:
        """The meetings of a time, both days included, oldest first."""
        return sorted(
            (meeting for meeting in self.municipality.meetings if first <= meeting.start.date() <= last),
            key=lambda meeting: meeting.start,
        )

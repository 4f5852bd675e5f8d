"""A simulated website of a municipality without a council information system, in two designs: cards and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from townhall.invention.document import write_document
from townhall.invention.model import Document, Format, Meeting, Municipality
from townhall.notices import cards, tables
from townhall.notices.board import About, Issue, Notice, board, issues
from townhall.server.council_server import CouncilServer
from townhall.server.loopback import Answer, Asked

HTML = "text/html; charset=utf-8"
PER_PAGE = 10
_DOWNLOAD = "/output/download.php"
_FILE = re.compile(r"/uploads/\d{4}/(\d{5})_[^/]*")
_ISSUE = re.compile(r"/uploads/amtsblatt/amtsblatt-(\d{4})-(\d)\.pdf")
_NUMBERED = re.compile(r"12\.(\d+)\.1\.\w+")
_NOTICE = re.compile(rf"{cards.LIST}/([a-z]+)-(\d+)")
_PATHS = {
    "/robots.txt": "robots",
    cards.LIST: "calendar",
    cards.GAZETTE: "calendar",
    tables.LIST: "calendar",
    tables.GAZETTE: "calendar",
    tables.AGENDA: "meeting",
    tables.CLOSED: "secret",
    _DOWNLOAD: "file",
    "/": "page",
}
_ABOUT = {About.INVITATION: "meeting", About.MINUTES: "meeting", About.PAPER: "paper", About.CLOSED: "secret"}


class Layout(StrEnum):
    """The design of the website."""

    CARDS = "cards"
    TABLES = "tables"


class NoticesServer(CouncilServer):
    """`url` is the list of notices. In the design with cards a document that is replaced gets another address, in the
    one with tables it keeps its own. Where the clock is years behind nothing has been published yet."""

    def __init__(
        self, municipality: Municipality, *, layout: Layout = Layout.CARDS, listed: int | None = None, **more: Any
    ) -> None:
        """`listed`: only so many of the newest notices are still in the list; the others' pages stay."""
        super().__init__(municipality, **more)
        self.layout = layout
        self.listed = listed
        self._printed = issues(municipality)
        self._first = {document.number: document.text for document in municipality.documents()}

    @property
    def url(self) -> str:
        return self.base + (cards.LIST if self.layout is Layout.CARDS else tables.LIST)

    @property
    def register_lines(self) -> tuple[str, ...]:
        """What an entry of the register has to say beside the address."""
        gazette, content = (cards.GAZETTE, "#seite") if self.layout is Layout.CARDS else (tables.GAZETTE, "#inhalt")
        return ("notices:", f"  lists: {self.base}{gazette}", f'  content: "{content}"')

    @property
    def secret_addresses(self) -> frozenset[str]:
        """Where what is not public would be, if it were there."""
        files = {
            self.base + self._address(document)
            for document in self.municipality.documents()
            if document.number in self._secrets
        }
        closed = [notice for notice in board(self.municipality) if notice.about is About.CLOSED]
        return frozenset(files | {f"{self.base}{cards.LIST}/{notice.name}" for notice in closed})

    def kind_of(self, path: str) -> str:
        """ "calendar" (a list), "meeting", "paper", "secret", "file", "robots", "page" or "other"."""
        if _FILE.fullmatch(unquote(path)) or _ISSUE.fullmatch(path):
            return "file"
        if found := _NOTICE.fullmatch(path):
            return next((kind for about, kind in _ABOUT.items() if about.value == found[1]), "other")
        return _PATHS.get(path, "other")

    def page(self, asked: Asked) -> Answer:
        parameters = {name: held[0] for name, held in parse_qs(asked.query).items()}
        if asked.path in (cards.LIST, cards.GAZETTE) or _NOTICE.fullmatch(asked.path):
            return self._cards(asked.path, parameters) if self.layout is Layout.CARDS else self.missing()
        if asked.path in (tables.LIST, tables.GAZETTE, tables.AGENDA):
            return self._tables(asked.path, parameters) if self.layout is Layout.TABLES else self.missing()
        if self.kind_of(asked.path) == "file":
            return self._download(unquote(asked.path), parameters.get("fid", ""))
        return self.missing()

    # --- pages

    def _cards(self, path: str, parameters: dict[str, str]) -> Answer:
        if path == cards.GAZETTE:
            year = int(parameters.get("jahr", self.municipality.day.year))
            text = cards.gazette_page(self.municipality, self._issues(year), self._years(), self._issue_address)
        elif path == cards.LIST:
            text = self._numbered(int(parameters.get("seite", "1")))
        else:
            notice = next(
                (notice for notice in board(self.municipality) if path == f"{cards.LIST}/{notice.name}"), None
            )
            if notice is None:
                return self.missing()
            text = cards.notice_page(self.municipality, notice, self._address)
        return Answer(200, text.encode(), HTML)

    def _numbered(self, number: int) -> str:
        """A page of the list. `endless`: behind the last page comes the last page."""
        shown = [notice for notice in board(self.municipality) if notice.published <= self.today()][: self.listed]
        last = max(1, -(-len(shown) // PER_PAGE))
        at = min(number, last)
        some: Sequence[Notice] = shown[(at - 1) * PER_PAGE : at * PER_PAGE]
        return cards.list_page(self.municipality, some, number, number + 1 if self.endless else last)

    def _tables(self, path: str, parameters: dict[str, str]) -> Answer:
        year = int(parameters.get("jahr", self.municipality.day.year))
        if path == tables.GAZETTE:
            text = tables.gazette_page(self.municipality, year, self._issues(year), self._years(), self._issue_address)
        elif path == tables.LIST:
            text = tables.list_page(self.municipality, year, self._years(), self._meetings(year), self._address)
        else:
            meeting = self.meeting(int(parameters.get("id", "0")))
            if meeting is None or not meeting.invitation:
                return self.missing()
            text = tables.agenda_page(self.municipality, meeting, self._address)
        return Answer(200, text.encode("windows-1252", "xmlcharrefreplace"), "text/html")

    def _meetings(self, year: int) -> list[Meeting]:
        """This year's page shows what is coming, too. To a clock that is years behind there is nothing yet."""
        if self.today() < min(meeting.start.date() for meeting in self.municipality.meetings):
            return []
        newest = max(self._years())
        return [
            meeting
            for meeting in self.municipality.meetings
            if meeting.start.year == year or meeting.start.year > year == newest
        ]

    def _issues(self, year: int) -> list[Issue]:
        return [issue for issue in self._printed if issue.year == year]

    def _years(self) -> list[int]:
        return sorted({issue.year for issue in self._printed}, reverse=True)

    # --- documents

    def _address(self, document: Document) -> str:
        if self.layout is Layout.TABLES:
            ending = document.file_name.rpartition(".")[2].upper()
            return f"{_DOWNLOAD}?fid=12.{document.number}.1.{ending}"
        stem, _, ending = document.file_name.rpartition(".")
        again = "" if self._first.get(document.number, document.text) == document.text else "-1"
        return f"/uploads/{document.date.year}/{quote(f'{document.number:05}_{stem[6:]}{again}.{ending}')}"

    def _issue_address(self, issue: Issue) -> str:
        if self.layout is Layout.TABLES:
            return f"{_DOWNLOAD}?fid=12.{issue.year}{issue.number}.1.PDF"
        return f"/uploads/amtsblatt/amtsblatt-{issue.year}-{issue.number}.pdf"

    def _download(self, path: str, number: str) -> Answer:
        if found := _FILE.fullmatch(path):
            document = next(
                (document for document in self.municipality.documents() if document.number == int(found[1])), None
            )
            if document is None or path != unquote(self._address(document)):
                return self.missing()
            return self.file(document.number)
        for issue in self._printed:
            if self._issue_address(issue) in (path, f"{path}?fid={number}"):
                return Answer(200, write_document(document_of(issue)), "application/pdf")
        numbered = _NUMBERED.fullmatch(number)
        return self.file(int(numbered[1])) if numbered else self.missing()

    @property
    def _secrets(self) -> frozenset[int]:
        return self.municipality.secret_documents


def document_of(issue: Issue) -> Document:
    """The PDF of an issue of the gazette."""
    name = f"amtsblatt-{issue.year}-{issue.number}.pdf"
    return Document(issue.year * 10 + issue.number, issue.name, name, issue.published, issue.text, Format.PDF)

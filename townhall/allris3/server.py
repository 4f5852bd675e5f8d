"""A simulated ALLRIS 3 server on loopback: one invented municipality in two skins, with the export or without."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qsl

from townhall.allris3 import lists, pages
from townhall.allris3.frame import FOLDER, Frame, Layout, bundle_id, document_id, meeting_id, paper_id
from townhall.invention.document import write_document
from townhall.invention.model import Committee, Municipality
from townhall.server.council_server import CouncilServer
from townhall.server.loopback import Answer, Asked

HTML = "text/html"
"""Without a charset: the page's own declaration says latin-1, and means windows-1252."""

_KINDS = {
    "si010": "calendar", "to010": "meeting", "vo020": "paper", "vo040": "page", "do027": "file",
    "pa020": "organization", "pa021": "organization", "au010": "organization", "au020": "organization",
    "fr010": "organization", "fr020": "organization", "allris.net": "page", "noauth": "page",
}  # fmt: skip
_PROGRAM = re.compile(r"(allris\.net|noauth|[a-z]{2}\d{3})(?:_[a-z])?\.asp")
_NOT_ALLOWED = "Sie sind nicht autorisiert, diese Information zu sehen."


class Allris3Server(CouncilServer):
    """`layout` is the skin; `export`: whether the calendar is to be had in XML."""

    def __init__(
        self, municipality: Municipality, *, layout: Layout = Layout.OLD, export: bool = False, **more: Any
    ) -> None:
        super().__init__(municipality, **more)
        self.layout = layout
        self.export = export

    @property
    def url(self) -> str:
        return self.base + FOLDER

    def kind_of(self, path: str) -> str:
        """ "calendar", "meeting", "paper", "organization", "file", "robots", "page" or "other"."""
        name = path.rpartition("/")[2]
        if path == "/robots.txt":
            return "robots"
        found = _PROGRAM.fullmatch(name)
        return _KINDS.get(found[1], "other") if found else "other"

    def page(self, asked: Asked) -> Answer:
        folder, _, name = asked.path.rpartition("/")
        if asked.path == FOLDER:
            return Answer(302, b"", HTML, {"Location": Frame(self.municipality, self.layout).program("allris.net")})
        found = _PROGRAM.fullmatch(name)
        if f"{folder}/" != FOLDER or not found:
            return self.missing()
        parameters = {key.upper(): value for key, value in [*parse_qsl(asked.form), *parse_qsl(asked.query)]}
        frame, program = Frame(self.municipality, self.layout), found[1]
        if program == "do027":
            return self._document(_number(parameters, "DOLFDNR"))
        if program == "noauth":
            return _html(f"<html><body><p>{_NOT_ALLOWED}</p></body></html>")
        if name != frame.program(program):
            return _html(f"Zugriff verweigert (Programm {name}).<br>")
        if program == "si010":
            return self._calendar(frame, parameters, asked)
        shown = self._shown(frame, program, parameters)
        if shown is None:
            return Answer(302, b"", HTML, {"Location": "noauth.asp"})
        return _html(frame.page(program.replace(".net", ""), asked.query, *shown))

    def _shown(self, frame: Frame, program: str, parameters: dict[str, str]) -> tuple[str, str] | None:
        """Title and content; None for what is not there or not for everybody: both are sent away."""
        match program:
            case "allris.net":
                return "ALLRIS net", "<p>Willkommen.</p>"
            case "to010":
                meeting = self.meeting(_number(parameters, "SILFDNR") - meeting_id(0))
                if meeting is None or meeting.invitation is None:
                    return None
                return pages.meeting_title(frame, meeting), pages.meeting_body(frame, meeting)
            case "vo020":
                paper = self.paper(_number(parameters, "VOLFDNR") - paper_id(0))
                if paper is None or not paper.public:
                    return None
                return pages.paper_title(frame, paper), pages.paper_body(frame, paper)
            case "vo040":
                return "Vorlagenübersicht", lists.papers(
                    frame, self.municipality.papers, _number(parameters, "AB"), self.endless
                )
            case _:
                return self._bodies(frame, program, parameters)

    def _bodies(self, frame: Frame, program: str, parameters: dict[str, str]) -> tuple[str, str] | None:
        if program in ("au010", "fr010"):
            return "Ausschüsse" if program == "au010" else "Fraktionen", lists.bodies(frame, self._list(program))
        if program not in ("pa020", "pa021", "au020", "fr020"):
            return None
        number = _number(parameters, f"{program[:2].upper()}LFDNR") or (1 if program == "pa021" else 0)
        found = next((committee for committee in self._list(program) if committee.number == number), None)
        return (found.name, lists.members(frame, found)) if found else None

    def _list(self, program: str) -> list[Committee]:
        """The municipality's committees of the kind a program shows; offices are elsewhere."""
        kinds = {"pa": "council", "au": "Gremium", "fr": "Fraktion"}
        own = [
            ("council" if committee.key == "council" else committee.kind, committee)
            for committee in self.municipality.committees
        ]
        return [committee for kind, committee in own if kind == kinds[program[:2]]]

    def _calendar(self, frame: Frame, parameters: dict[str, str], asked: Asked) -> Answer:
        """A month. Where the export is off its fields are passed over; a span of days is for the export only."""
        if self.export and parameters.get("SELFACTION") == "ws":
            first, last = (
                dt.datetime.strptime(parameters[key], "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
                for key in ("KALDATVON", "KALDATBIS")
            )
            markup = lists.export(frame, self.meetings_between(first, last))
            return Answer(200, markup.encode("windows-1252", "xmlcharrefreplace"), "text/xml")
        day = self.today()
        first = dt.date(_number(parameters, "YY") or day.year, _number(parameters, "MM") or day.month, 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        beside, body = lists.calendar(frame, first, last, self.meetings_between(first, last))
        title = "Sitzungskalender" if frame.is_old else "Kalender"
        return _html(frame.page("si010", asked.query, title, body, beside))

    def _document(self, number: int) -> Answer:
        paper = self.paper(number - bundle_id(0))
        if paper is None or not paper.public:
            return self.file(number - document_id(0))
        bundle = pages.bundle_of(paper)
        return Answer(200, write_document(bundle), "application/pdf") if bundle else self.missing()


def _number(parameters: dict[str, str], key: str) -> int:
    value = parameters.get(key, "")
    return int(value) if value.isdecimal() else 0


def _html(markup: str) -> Answer:
    return Answer(200, markup.encode("windows-1252", "xmlcharrefreplace"), HTML)

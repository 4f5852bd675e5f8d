"""A simulated ALLRIS 4 server on loopback, in three versions, with sessions that Wicket keeps."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from townhall.allris4 import lists, pages
from townhall.allris4.frame import FOLDERS, Frame, Layout, meeting_id, paper_id
from townhall.invention.document import write_document
from townhall.invention.model import Committee, Meeting, Municipality, Paper
from townhall.server.council_server import HTML, CouncilServer
from townhall.server.loopback import Answer, Asked

PAGES_KEPT = 3
"""Of so many pages a session knows the state: older ones have expired."""
MOST_SESSIONS = 40
"""Who opens more is taken for an attack."""
SHOWN = (dt.timedelta(days=270), dt.timedelta(days=180))
"""What the list of meetings shows: before and after today."""

_KINDS = {
    "robots.txt": "robots",
    "si010": "calendar",
    "si018": "calendar",
    "to010": "meeting",
    "vo020": "paper",
    "gr010": "organization",
    "gr020": "organization",
    "doc": "file",
    "noauth": "page",
    "": "page",
}
_DOCUMENT = re.compile(r"doc(\d+)\.pdf")
_SECOND = re.compile(r"(\d+)-1\.0-&?(.*)")
_TOO_MANY = (
    "<!DOCTYPE html><html><head><title>ALLRIS</title></head><body><h1>Zu viele Zugriffe aus Ihrem Netzwerk</h1>"
    "</body></html>"
)


@dataclass(slots=True)
class _Session:
    """The pages it knows, by number: their names and queries."""

    pages: dict[int, tuple[str, str]] = field(default_factory=dict)
    count: int = 0

    def open(self, name: str, own: str) -> int:
        number, self.count = self.count, self.count + 1
        self.pages[number] = (name, own)
        self.pages.pop(number - PAGES_KEPT, None)
        return number


class Allris4Server(CouncilServer):
    """`layout` is the version; `not_released` are the names of pages that are refused."""

    def __init__(self, municipality: Municipality, *, layout: Layout = Layout.AJAX, **more: Any) -> None:
        super().__init__(municipality, **more)
        self.layout = layout
        self.sessions_opened = 0
        self.not_released: set[str] = set()
        self._sessions: dict[str, _Session] = {}
        self._expiring = 0

    @property
    def url(self) -> str:
        return self.base + FOLDERS[self.layout]

    def expire(self, times: int) -> None:
        """Let the session of the next so many second requests be over."""
        self._expiring = times

    def kind_of(self, path: str) -> str:
        """ "calendar", "meeting", "paper", "organization", "file", "robots", "page" or "other"."""
        last = path.rpartition("/")[2]
        return "file" if _DOCUMENT.fullmatch(last) else _KINDS.get(last, "other")

    def page(self, asked: Asked) -> Answer:
        folder, _, name = asked.path.rpartition("/")
        parameters = {key: held[0] for key, held in parse_qs(asked.query).items()}
        if found := _DOCUMENT.fullmatch(name):
            return self._document(int(found[1]))
        if f"{folder}/" != FOLDERS[self.layout]:
            return self.missing()
        if name in self.not_released:
            return self._refused(name, asked)
        if second := _SECOND.fullmatch(asked.query):
            return self._second(name, int(second[1]), second[2], asked)
        match name:
            case "si010" if self.layout is Layout.AJAX:
                return self._shell(name, asked, "Kalender")
            case "si010" if self.layout is Layout.INLINE:
                return self._page(name, asked, "Kalender", self._month(parameters))
            case "si018" if self.layout is Layout.LIST:
                return self._page(name, asked, "Sitzungen", self._list(_number(parameters, "GRLFDNR")))
            case "gr010" if self.layout is Layout.AJAX:
                return self._shell(name, asked, "Gremien")
            case "gr010":
                return self._page(name, asked, "Gremien", lists.committees_table(self._frame()))
            case "to010" | "vo020" | "gr020":
                return self._object(name, parameters, asked)
            case "doc":
                return self._document(_number(parameters, "DOLFDNR"))
            case _:
                return self._other(name, asked)

    # --- pages

    def _frame(self) -> Frame:
        return Frame(self.municipality, self.layout, self.url)

    def _page(self, name: str, asked: Asked, title: str, body: str, script: str = "", version: int = 0) -> Answer:
        return _html(self._frame().page(name, asked.query, title, body, script, version))

    def _object(self, name: str, parameters: dict[str, str], asked: Asked) -> Answer:
        """Without refresh=false the newest version sends to its log-in; what is not released looks like this too."""
        if self.layout is Layout.AJAX and parameters.get("refresh") != "false":
            return Answer(302, b"", HTML, {"Location": "./noauth"})
        found: Meeting | Paper | Committee | None
        match name:
            case "to010":
                found = self.meeting(_number(parameters, "SILFDNR") - meeting_id(0))
                return self._refused(name, asked) if found is None else self._meeting_page(found, asked)
            case "vo020":
                found = self.paper(_number(parameters, "VOLFDNR") - paper_id(0))
                return self._refused(name, asked) if found is None else self._paper_page(found, asked)
        number = _number(parameters, "GRLFDNR")
        found = next((committee for committee in self.municipality.committees if committee.number == number), None)
        if found is None:
            return Answer(500, b"<html><body><h1>Internal error</h1></body></html>", HTML)
        return self._page(name, asked, found.name, lists.committee_body(self._frame(), found))

    def _meeting_page(self, meeting: Meeting, asked: Asked) -> Answer:
        if meeting.invitation is None:
            return self._refused("to010", asked)
        title = f"{self.committee(meeting.committee).name} - {meeting.start:%d.%m.%Y}"
        return self._page("to010", asked, title, pages.meeting_body(self._frame(), meeting))

    def _paper_page(self, paper: Paper, asked: Asked) -> Answer:
        """One version shows what is not public, and only says so."""
        if not paper.public and self.layout is not Layout.INLINE:
            return self._refused("vo020", asked)
        timer = f'Wicket.Timer.set("id8.0", function(){{Wicket.Ajax.ajax({{"u":"./vo020?0-1.0-&{asked.query}"}});}});'
        title = f"{paper.paper_type} - {paper.reference}"
        return self._page("vo020", asked, title, pages.paper_body(self._frame(), paper), timer)

    def _refused(self, name: str, asked: Asked) -> Answer:
        return _html(self._frame().refused(name, asked.query))

    def _other(self, name: str, asked: Asked) -> Answer:
        if name in ("si010", "si018", "noauth"):
            return self._refused(name, asked)
        return self._page(name or "na010", asked, "Ratsinformation", "<p>Willkommen.</p>")

    def _month(self, parameters: dict[str, str]) -> str:
        """The month that is asked for, else the server's own."""
        day = self.today()
        year, month = _number(parameters, "YY") or day.year, _number(parameters, "MM") or day.month
        first = dt.date(year, month, 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return lists.month_table(self._frame(), year, month, self.meetings_between(first, last))

    def _list(self, committee: int) -> str:
        before, after = SHOWN
        day = self.today()
        found = self.meetings_between(day - before, day + after)
        return lists.meetings_table(
            self._frame(), [meeting for meeting in found if committee in (0, meeting.committee)]
        )

    def _document(self, number: int) -> Answer:
        bundles = (pages.bundle_of(paper) for paper in self.municipality.papers if paper.public)
        bundle = next((bundle for bundle in bundles if bundle and bundle.number == number), None)
        return Answer(200, write_document(bundle), "application/pdf") if bundle else self.file(number)

    # --- sessions: a page, and the second request that brings its list

    def _shell(self, name: str, asked: Asked, title: str) -> Answer:
        token, session = self._session(asked)
        if session is None:
            return _html(_TOO_MANY)
        version = session.open(name, asked.query)
        answer = self._page(name, asked, title, '<div id="id2a"></div>', _later(name, version, asked.query), version)
        cookie = f"JSESSIONID={token}; Path={FOLDERS[self.layout]}; HttpOnly"
        return Answer(answer.status, answer.body, answer.media_type, {"Set-Cookie": cookie})

    def _session(self, asked: Asked) -> tuple[str, _Session | None]:
        token = _token(asked)
        if token not in self._sessions:
            self.sessions_opened += 1
            if self.sessions_opened > MOST_SESSIONS:
                return token, None
            token = f"node0{self.sessions_opened:05}"
            self._sessions[token] = _Session()
        return token, self._sessions[token]

    def _second(self, name: str, number: int, own: str, asked: Asked) -> Answer:
        """The list of a page. It answers to the same session only, and to Wicket's own headers."""
        shell = f"./{name}?{own}"
        if self._expiring:
            self._expiring -= 1
            self._sessions.pop(_token(asked), None)
        session = self._sessions.get(_token(asked))
        sent = asked.headers
        is_ajax = sent.get("wicket-ajax") == "true" and sent.get("x-requested-with") == "XMLHttpRequest"
        if session is None or not is_ajax or sent.get("wicket-ajax-baseurl") != f"{name}?{own}":
            return Answer(302, b"", HTML, {"Location": shell})
        if session.pages.get(number) != (name, own):
            return _xml(f"<redirect><![CDATA[{shell}]]></redirect>")
        parameters = {key: held[0] for key, held in parse_qs(own).items()}
        inside = self._month(parameters) if name == "si010" else lists.committees_table(self._frame())
        if self.endless:
            inside = f"<script>{_later(name, session.open(name, own), own)}</script>"
        return _xml(f'<component id="id2a"><![CDATA[<div id="id2a">{inside}</div>]]></component>')


def _later(name: str, version: int, own: str) -> str:
    return f'Wicket.Timer.set("id8.1", function(){{Wicket.Ajax.ajax({{"u":"./{name}?{version}-1.0-&{own}"}});}}, 1000);'


def _token(asked: Asked) -> str:
    found = re.search(r"JSESSIONID=(\w+)", asked.headers.get("cookie", ""))
    return found[1] if found else ""


def _number(parameters: dict[str, str], key: str) -> int:
    value = parameters.get(key, "")
    return int(value) if value.isdecimal() else 0


def _html(text: str) -> Answer:
    return Answer(200, text.encode(), HTML)


def _xml(inside: str) -> Answer:
    text = f'<?xml version="1.0" encoding="UTF-8"?><ajax-response>{inside}</ajax-response>'
    return Answer(200, text.encode(), "text/xml; charset=utf-8")

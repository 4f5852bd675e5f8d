"""A simulated SessionNet server on loopback, in php, asp and JSON, with sessions and tenants."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from townhall.invention.model import Meeting, Municipality, Paper
from townhall.server.council_server import HTML, CouncilServer
from townhall.server.loopback import Answer, Asked
from townhall.sessionnet import lists, pages
from townhall.sessionnet.answers import SHELL, answer_of
from townhall.sessionnet.frame import SHIFTS, Frame, Layout

FOLDERS = {
    Layout.TABLE: "/bi/",
    Layout.CARDS: "/buergerinfo/bi/",
    Layout.OLD: "/bi/",
    Layout.OLDER: "/",
    Layout.JSON: "/",
}
COOKIE = "SMCSESSID"
DEFAULT_TENANT = "2"
_KINDS = {
    "si0040": "calendar", "si0046": "calendar", "si0050": "meeting", "si0056": "meeting", "si0057": "meeting",
    "to0040": "meeting", "vo0050": "paper", "vo0053": "paper", "gr0040": "organization", "kp0040": "organization",
    "getfile": "file", "info": "page", "default": "page", "do0040": "page", "sitzungen": "calendar",
    "tagesordnung": "meeting", "dokumente": "meeting", "gremien": "organization", "datei": "file", "": "page",
}  # fmt: skip
_NOT_THERE = ("Fehlermeldung", "Keine Daten gefunden")
_DENIED = ("Berechtigungsfehler", "Sie sind nicht berechtigt, diese Daten anzuzeigen")


@dataclass(slots=True)
class _Session:
    """What it remembers: the parameters of lists that were sent last."""

    parameters: dict[str, str] = field(default_factory=dict)


class SessionNetServer(CouncilServer):
    """`layout` is the generation. `tenant`: the municipality is one of several on this server, and this its number.
    `folder` may be set to another one than is usual for the layout."""

    def __init__(
        self, municipality: Municipality, *, layout: Layout = Layout.TABLE, tenant: str = "", **more: Any
    ) -> None:
        super().__init__(municipality, **more)
        self.layout = layout
        self.tenant = tenant
        self.folder = ""
        self._sessions: dict[str, _Session] = {}
        self._opened = 0

    @property
    def url(self) -> str:
        query = f"?__cmandant={self.tenant}" if self.tenant else ""
        return self.base + self._folder() + query

    def _folder(self) -> str:
        return self.folder or FOLDERS[self.layout]

    def expire(self) -> None:
        """All sessions are over."""
        self._sessions.clear()

    def kind_of(self, path: str) -> str:
        """ "calendar", "meeting", "paper", "organization", "file", "robots", "page" or "other"."""
        last = path.rpartition("/")[2]
        return "robots" if last == "robots.txt" else _KINDS.get(last.partition(".")[0], "other")

    def page(self, asked: Asked) -> Answer:
        parameters = dict(parse_qsl(asked.query))
        folder, _, name = asked.path.rpartition("/")
        if self.layout is Layout.JSON:
            return self._json(asked.path, parameters)
        if f"{folder}/" != self._folder():
            return self.missing()
        frame = Frame(self.municipality, self.layout)
        page, _, extension = name.partition(".")
        if page in {"", "default"}:
            return self._entrance(frame)
        if extension != frame.extension:
            return self.missing()
        if page == "getfile":
            return self.file(_number(parameters, "id", "document"))
        if page == "info":
            return self._info(frame)
        session = self._session_of(asked)
        if session is None:
            return self._shown(frame.refused("SessionNet Fehlermeldung", "Die Sitzung ist abgelaufen"))
        session.parameters |= {key: value for key, value in parameters.items() if key.startswith("__c")}
        return self._in_session(frame, page, parameters, session.parameters)

    # --- the way in

    def _entrance(self, frame: Frame) -> Answer:
        """php sends on by status, asp by a page that does."""
        if frame.extension == "php":
            return Answer(302, b"", HTML, {"Location": "info.php"})
        return Answer(200, b'<html><head><meta http-equiv="refresh" content="0; url=info.asp"></head></html>', HTML)

    def _info(self, frame: Frame) -> Answer:
        """The start page opens the session that all others need."""
        self._opened += 1
        number = f"s{self._opened:05}"
        self._sessions[number] = _Session()
        answer = self._shown(frame.page("info", "Startseite", "<p>Willkommen im Bürgerinformationssystem.</p>"))
        return Answer(answer.status, answer.body, answer.media_type, {"Set-Cookie": f"{COOKIE}={number}; path=/"})

    def _session_of(self, asked: Asked) -> _Session | None:
        cookies = dict(pair.strip().partition("=")[::2] for pair in asked.headers.get("cookie", "").split(";"))
        return self._sessions.get(cookies.get(COOKIE, ""))

    # --- pages

    def _in_session(self, frame: Frame, page: str, parameters: dict[str, str], kept: dict[str, str]) -> Answer:
        match page:
            case "si0040":
                return self._month(frame, kept)
            case "si0046" if self.layout is not Layout.OLDER:
                return self._year(frame, parameters, kept)
            case "si0050" | "si0056" | "si0057" | "to0040":
                return self._meeting(frame, page, _number(parameters, "__ksinr", "meeting"))
            case "vo0050" | "vo0053":
                return self._paper(frame, page, _number(parameters, "__kvonr", "paper"))
            case "gr0040":
                return self._shown(frame.page(page, "Gremien", lists.committees_body(frame)))
            case "kp0040":
                number = _number(parameters, "__kgrnr", "committee")
                found = next(
                    (committee for committee in self.municipality.committees if committee.number == number), None
                )
                if found is not None:
                    return self._shown(frame.page(page, found.name, lists.members_body(frame, found)))
            case "do0040" if frame.has_newest:
                body = lists.newest_body(frame, foreign=bool(self.tenant))
                return self._shown(frame.page(page, "Neueste Dokumente", body))
        return self._shown(frame.refused(*_NOT_THERE))

    def _of_tenant(self, kept: dict[str, str], first: dt.date, last: dt.date) -> list[Meeting]:
        """Without the number of a tenant the first one's meetings are shown, of which there are none."""
        mine = not self.tenant or kept.get("__cmandant", DEFAULT_TENANT) == self.tenant
        return self.meetings_between(first, last) if mine else []

    def _month(self, frame: Frame, kept: dict[str, str]) -> Answer:
        today = self.today()
        year, month = int(kept.get("__cjahr", today.year)), int(kept.get("__cmonat", today.month))
        last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        body = lists.month_body(frame, year, month, self._of_tenant(kept, dt.date(year, month, 1), last))
        return self._shown(frame.page("si0040", f"Kalender {year} {lists.MONTHS[month - 1]}", body))

    def _year(self, frame: Frame, parameters: dict[str, str], kept: dict[str, str]) -> Answer:
        year = int(kept.get("__cjahr", self.today().year))
        more = ""
        if self.endless:
            more = frame.to("si0046", **(kept | {"smcpage": int(parameters.get("smcpage", "1")) + 1}))
        body = lists.year_body(frame, self._of_tenant(kept, dt.date(year, 1, 1), dt.date(year, 12, 31)), more)
        return self._shown(frame.page("si0046", f"Termine {year}", body))

    def _meeting(self, frame: Frame, page: str, number: int) -> Answer:
        """Whose agenda is not released has its information alone, to which its other pages send on."""
        meeting = self.meeting(number)
        agendas = {Layout.TABLE: {"si0057", "si0056"}, Layout.CARDS: {"si0056"}}.get(self.layout, {"to0040"})
        if meeting is None or page not in {"si0050", *agendas}:
            return self._shown(frame.refused(*_NOT_THERE))
        if page != "si0050" and meeting.invitation is None:
            return Answer(302, b"", HTML, {"Location": frame.of_meeting(meeting, "si0050")})
        tabs = pages.meeting_tabs(frame, meeting)
        body = pages.meeting_head(frame, meeting, page)
        if page != "si0050":
            shown = Frame(self.municipality, Layout.CARDS) if page == "si0056" else frame
            body += pages.agenda_body(shown, meeting)
        return self._shown(frame.page(page, pages.meeting_title(frame, meeting), body, tabs))

    def _paper(self, frame: Frame, page: str, number: int) -> Answer:
        """Who must not see a paper is told so; the oldest layout shows it, and says that it is not public."""
        if self.tenant and number == lists.FOREIGN - SHIFTS["paper"]:
            body = frame.head([("vobetr", "Betreff", "Von nebenan"), ("voname", "Vorlage", "V 777")], page)
            return self._shown(frame.page(page, "Von nebenan", body))
        paper: Paper | None = self.paper(number)
        if paper is None or (page == "vo0053" and self.layout is Layout.OLDER):
            return self._shown(frame.refused(*_NOT_THERE))
        if not paper.public and self.layout is not Layout.OLDER:
            return self._shown(frame.refused(*_DENIED))
        body = pages.paper_body(frame, paper) if page == "vo0050" else pages.consultations_body(frame, paper)
        return self._shown(frame.page(page, paper.name, body, pages.paper_tabs(frame, paper)))

    def _shown(self, page: str) -> Answer:
        if self.layout is Layout.OLDER:
            body = page.encode("windows-1252", "xmlcharrefreplace")
            return Answer(200, body, "text/html; charset=windows-1252")
        return Answer(200, page.encode(), HTML)

    def _json(self, path: str, parameters: dict[str, str]) -> Answer:
        if path.startswith("/api/v1/dokumente/"):
            number = path.removeprefix("/api/v1/dokumente/").partition("/")[0]
            return self.file(int(number) - SHIFTS["document"] if number.isdigit() else 0)
        found = answer_of(self.municipality, path, parameters)
        return Answer(200, SHELL, HTML) if found is None else Answer(200, found)


def _number(parameters: dict[str, str], key: str, kind: str) -> int:
    value = parameters.get(key, "")
    return int(value) - SHIFTS[kind] if value.isdigit() else 0

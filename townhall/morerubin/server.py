"""A simulated more!rubin server on loopback, through each of the product's four interfaces."""

from __future__ import annotations

import base64
import calendar
import datetime as dt
import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from townhall.invention.model import Document, Meeting, Municipality
from townhall.morerubin import names, tables
from townhall.morerubin.answers import Writer
from townhall.morerubin.names import Layout
from townhall.server.council_server import CouncilServer
from townhall.server.loopback import Answer, Asked

ROBOTS = "User-agent: *\nDisallow: /config/\nDisallow: /documents.php\n"
HTML = "text/html; charset=utf-8"
_KINDS = {
    "/robots.txt": "robots",
    "/meeting.php": "meeting",
    "/sitzungen_top.php": "meeting",
    "/sitzungskalender.php": "calendar",
    "/webservice-mobile/webservice.php": "calendar",
    "/documents.php": "file",
    "/show_pdf.php": "file",
    "/": "page",
}
_OLDER = ("/webservice-mobile/webservice.php", "/meeting.php", "/documents.php")
_SCRIPTS = {
    Layout.API: ("/api.php",),
    Layout.SCRIPT: _OLDER,
    Layout.ATTRIBUTE: _OLDER,
    Layout.TABLES: ("/sitzungskalender.php", "/sitzungen_top.php", "/show_pdf.php"),
}
_MODULES = {"calendar": "calendar", "meetings": "meeting", "organizations": "organization"}
_MONTH = re.compile(r"(\d{4})-(\d{2})")


class MoreRubinServer(CouncilServer):
    """`layout` is the interface; `robots` is what such hosts say where nothing else is given."""

    def __init__(
        self, municipality: Municipality, *, layout: Layout = Layout.API, robots: str = ROBOTS, **more: Any
    ) -> None:
        super().__init__(municipality, robots=robots, **more)
        self.layout = layout

    def kind_of(self, path: str) -> str:
        """ "calendar", "meeting", "organization", "file", "robots", "page" or "other"; of api.php with its query."""
        parts = urlsplit(path)
        if parts.path == "/api.php":
            parameters = _parameters(parts.query)
            return "file" if "document_type_id" in parameters else _MODULES.get(parameters.get("id", ""), "other")
        return _KINDS.get(parts.path, "other")

    def kind(self, asked: Asked) -> str:
        return self.kind_of(f"{asked.path}?{asked.query}")

    def page(self, asked: Asked) -> Answer:
        parameters = _parameters(asked.query) | _parameters(asked.form)
        kind = self.kind(asked)
        if kind not in ("page", "other") and asked.path not in _SCRIPTS[self.layout]:
            return self.missing()
        match kind:
            case "calendar":
                return self._calendar(parameters)
            case "meeting":
                return self._meeting(parameters)
            case "organization" if parameters.get("action") == "bodies":
                return _json(self._writer().bodies())
            case "file":
                return self._document(parameters)
            case _:
                return self._other(asked.path)

    # --- answers

    def _writer(self) -> Writer:
        return Writer(self.municipality, self.base, self.layout)

    def _calendar(self, parameters: dict[str, str]) -> Answer:
        """The months that are asked for; without them this one. `endless`: all there is, whatever is asked for."""
        here = f"{self.today():%Y-%m}"
        oldest = self.layout is Layout.TABLES
        asked = parameters.get("month") if oldest else parameters.get("from")
        first = _first_day(asked or here)
        last = _last_day(asked or here if oldest else parameters.get("to") or here)
        meetings = self.meetings_between(first, last)
        if self.endless:
            meetings = self.meetings_between(dt.date.min, dt.date.max)
        if oldest:
            return _page(tables.calendar_page(self.municipality, first, meetings))
        return _json(self._writer().calendar(first, last, meetings))

    def _meeting(self, parameters: dict[str, str]) -> Answer:
        number = next((parameters[name] for name in ("meeting_id", "sid", "id") if name in parameters), "")
        if self.layout is Layout.API and parameters.get("action") != "get":
            return _json({"error": "unknown action"})
        meeting = self._by_number(number)
        if meeting is None:
            return self._no_such_meeting()
        if self.layout is Layout.TABLES:
            return _page(tables.meeting_page(self.municipality, meeting))
        value = self._writer().meeting(meeting)
        if self.layout is Layout.API:
            return _json(value)
        return _page(_with_data(self.municipality, value, self.layout))

    def _by_number(self, number: str) -> Meeting | None:
        """With "ni_" or without, it is the same."""
        bare = number.removeprefix("ni_")
        return next(
            (
                meeting
                for meeting in self.municipality.meetings
                if names.number_of_meeting(self.municipality, meeting) == bare
            ),
            None,
        )

    def _no_such_meeting(self) -> Answer:
        """With status 200, like every error of the product."""
        if self.layout is Layout.API:
            return _json({"message": "Sitzung nicht gefunden", "status": "error"})
        return _page(
            "<html><head><title>Ratsinformation</title></head><body>Die Sitzung existiert nicht.</body></html>"
        )

    def _document(self, parameters: dict[str, str]) -> Answer:
        document = self._named(parameters)
        if document is None:
            return self.missing()
        answer = self.file(document.number)
        if answer.status == 200 and parameters.get("json"):
            packed = {"name": document.name, "data": base64.b64encode(answer.body).decode()}
            return _json(packed)
        return answer

    def _named(self, parameters: dict[str, str]) -> Document | None:
        if self.layout is Layout.TABLES:
            wanted = (parameters.get("_typ_432"), parameters.get("_nid_nr"), parameters.get("_doc_n1"))
            found = tables.all_documents(self.municipality)
            return next(
                (document for kind, about, document in found if (kind, about, document.file_name) == wanted), None
            )
        kind = parameters.get("document_type_id", "")
        hung = [document for document in names.all_documents(self.municipality) if str(document.kind) == kind]
        return next(
            (
                hung_document.document
                for hung_document in hung
                if parameters.get(names.KINDS[hung_document.kind][3]) == hung_document.relation
            ),
            None,
        )

    def _other(self, path: str) -> Answer:
        """The newer interface answers every unknown path with its empty frame, the older ones with 404."""
        if self.layout is Layout.API:
            if path.startswith("/oparl"):
                off = {"type": "https://schema.oparl.org/1.0/Error", "message": "OParl is not active."}
                return _json(off)
            return _page(_FRAME)
        if path != "/":
            return self.missing()
        if self.layout is Layout.TABLES:
            return self._calendar({})
        return _page(_with_data(self.municipality, {}, self.layout))


_FRAME = (
    '<!DOCTYPE html><html lang="de"><head><meta charset="UTF-8"><meta name="robots" content="NOINDEX,NOFOLLOW">'
    '<title>Ratsinfosystem</title><script type="module" src="/components/index-Ab1cD2eF.js"></script></head>'
    '<body><div id="app"></div></body></html>'
)


def _with_data(municipality: Municipality, value: dict[str, Any], layout: Layout) -> str:
    """A page of an older interface, which holds the data for its own display; without data its start page."""
    title = f"Rats- und Bürgerinfo {html.escape(municipality.name)}"
    head = f'<title>{title}</title><meta http-equiv="Content-Type" content="text/html;">'
    head += '<meta name="author" content="more! software"><meta name="keywords" content="rubin, ratsinfo">'
    search = '<form action="suche.php"><input name="wort"></form><a href="person.php?id=1">Mitglieder</a>'
    data = json.dumps(value, ensure_ascii=False).replace("/", "\\/")
    if not value:
        inside = '<a href="calendar.php">Sitzungskalender</a>'
    elif layout is Layout.ATTRIBUTE:
        inside = f'<div component="MeetingPage" vue-passed-meeting="{html.escape(data)}"></div>'
    else:
        code = (
            f'window.components["MeetingPage__5e1f0aa"] = {{\n  props: {{"passed-meeting":{data}}},\n  store: [],\n}};'
        )
        inside = '<div component="MeetingPage__5e1f0aa"></div><script>if (window.components == undefined) '
        inside += f"{{ window.components = {{}}; }}\n{code}</script>"
    return f'<!DOCTYPE html><html lang="de"><head>{head}</head><body>{search}{inside}<div id="app"></div></body></html>'


def _json(value: object) -> Answer:
    """As PHP writes it: slashes and umlauts escaped."""
    return Answer(200, json.dumps(value).replace("/", "\\/").encode())


def _page(text: str) -> Answer:
    return Answer(200, text.encode(), HTML)


def _parameters(query: str) -> dict[str, str]:
    """The first value of every parameter."""
    return {name: held[0] for name, held in parse_qs(query, keep_blank_values=True).items()}


def _first_day(month: str) -> dt.date:
    found = _MONTH.match(month)
    return dt.date(int(found[1]), int(found[2]), 1) if found else dt.date.min


def _last_day(month: str) -> dt.date:
    first = _first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])

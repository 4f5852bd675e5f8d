"""A simulated councilservice server on loopback: a municipality's page with its operator's key, and the JSON behind."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, unquote

from townhall.councilservice.answers import CouncilserviceJson, Layout, meeting_of
from townhall.invention.document import write_document
from townhall.invention.model import Document, Municipality
from townhall.server.council_server import CouncilServer
from townhall.server.loopback import Answer, Asked

PAGE = "/seite/438959/ris.html"
HTML = "text/html; charset=utf-8"
MOST_LISTED = 10
_OVERVIEW = "/councilservice/session/fetch-overview/mine/0/by-docs/0"
_ENTRY = re.compile(r"/councilservice/entry/fetch/id/(\d+)")
_GROUP = re.compile(r"/councilservice/group/fetch/id/(\d+)")
_FILE = re.compile(r"/export/auth/([^/]+)/data/file/(councilservice/.+)")


class CouncilserviceServer(CouncilServer):
    """`url` is the municipality's page. `tenant` is another name of this machine for the system behind it, so that it
    is another provider, as it is in life.
    `answers_per_key`: for so many answers each key is good."""

    answers_per_key: int | None = None

    def __init__(
        self,
        municipality: Municipality,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        robots: str = "",
        layout: Layout = Layout.HIDDEN,
        tenant: str | None = None,
    ) -> None:
        super().__init__(municipality, port=port, host=host, robots=robots)
        self.layout = layout
        self._tenant = tenant or host
        self._keys = 1
        self._answered = 0
        self._sizes: dict[Document, int] = {}

    @property
    def url(self) -> str:
        return self.base + PAGE

    @property
    def tenant(self) -> str:
        """The system's address."""
        return f"http://{self._tenant}:{self.base.rpartition(':')[2]}/"

    @property
    def key(self) -> str:
        """The operator's key as the page shows it now. The ones before are worth nothing."""
        return f"{self._keys:08x}-5eedc0de-0badf00d-7a11ab1e"

    @property
    def secret_addresses(self) -> frozenset[str]:
        """Where the documents that are not public would be."""
        secret = self.municipality.secret_documents
        return frozenset(self.tenant + path for path, number in self._json().paths().items() if number in secret)

    def kind_of(self, path: str) -> str:
        """ "page", "calendar", "meeting", "organization", "file", "robots", "other"."""
        named = {"/robots.txt": "robots", "/": "page", PAGE: "page", _OVERVIEW: "calendar"}
        if path in named:
            return named[path]
        kinds = ((_ENTRY, "meeting"), (_GROUP, "organization"), (_FILE, "file"))
        return next((kind for pattern, kind in kinds if pattern.fullmatch(path)), "other")

    def page(self, asked: Asked) -> Answer:
        kind = self.kind_of(asked.path)
        if kind == "page":
            return self._municipal_page()
        if asked.path == "/export/js/initialize.js":
            return Answer(200, b"function initializeExport(key) {}", "text/javascript")
        if kind == "file":
            return self._file(asked.path)
        if kind not in {"calendar", "meeting", "organization"}:
            return self._login() if asked.path == "/login" else self.missing()
        if asked.headers.get("x-requested-by") != "spa-export" or "x-requested-with" not in asked.headers:
            return _say("Keine Berechtigung")
        if not self._opens(asked.headers.get("x-export-token", "")):
            return self._login()
        return self._answer(asked, kind)

    # Keys

    def _opens(self, key: str) -> bool:
        if key != self.key:
            return False
        self._answered += 1
        if self.answers_per_key is not None and self._answered > self.answers_per_key:
            self._answered, self._keys = 0, self._keys + 1
            return False
        return True

    def _login(self) -> Answer:
        page = b"<!DOCTYPE html><html><head><title>Login</title></head><body><form method='post'><input name='user'>"
        return Answer(200, page + b"<input type='password' name='password'></form></body></html>", HTML)

    # Answers

    def _json(self) -> CouncilserviceJson:
        return CouncilserviceJson(self.municipality, self.tenant, self.key, self.layout, self._size)

    def _size(self, document: Document) -> int:
        if document not in self._sizes:
            self._sizes[document] = len(write_document(document))
        return self._sizes[document]

    def _answer(self, asked: Asked, kind: str) -> Answer:
        if kind == "calendar":
            answer = _say(self._overview(asked))
        else:
            pattern = _ENTRY if kind == "meeting" else _GROUP
            found = pattern.fullmatch(asked.path)
            answer = _say(self._one(kind, int(found[1]) if found else 0))
        return answer

    def _overview(self, asked: Asked) -> dict[str, Any]:
        query = parse_qs(asked.query)
        first, last = (_day(query.get(f"schedule_{end}", [""])[0]) for end in ("start", "end"))
        is_whole = '"usePager":0' in asked.form.replace(" ", "")
        meetings = self.meetings_between(first or dt.date.min, last or dt.date.max)
        answer = self._json().overview(meetings, None if is_whole else MOST_LISTED)
        if self.endless:
            answer |= {"count": 9_999, "filteredCount": 9_999}
        return answer

    def _one(self, kind: str, number: int) -> dict[str, Any] | str:
        if kind == "organization":
            group = next(
                (committee for committee in self.municipality.committees if committee.number == number % 1000), None
            )
            return self._json().members(group) if group else "Keine Berechtigung"
        meeting = self.meeting(meeting_of(number))
        return {"entry": self._json().entry(meeting)} if meeting else "Keine Berechtigung"

    def _file(self, path: str) -> Answer:
        found = _FILE.fullmatch(path)
        if found is None or found[1] != self.key:
            return self._login()
        number = self._json().paths().get(unquote(found[2]))
        return self.missing() if number is None else self.file(number)

    def _municipal_page(self) -> Answer:
        """With links as such pages have them: to views of the system, to its members and log-in, to a search form."""
        name, key = html.escape(self.municipality.name), self.key
        page = f"""<!DOCTYPE html>
<html lang="de"><head><meta charset="UTF-8"><title>RIS - Stadt {name}</title></head>
<body class="seite"><form action="/suche"><input name="q"></form>
<nav><ul>
<li><a href="{PAGE}?href=/councilservice/session/list">Sitzungskalender</a></li>
<li><a href="{PAGE}?href_{key}=/councilservice/group/caucus">Aussch&uuml;sse</a></li>
<li><a href="{self.tenant}councilservice/group/fetch/id/11001">Mitglieder</a></li>
<li><a href="{self.tenant}login">Login</a></li>
</ul></nav>
<main><h1>RIS</h1><img src="/fotos/1.jpg" alt="">
<div id="{key}"></div>
<script src="{self.tenant}export/js/initialize.js" crossorigin="use-credentials"></script>
<script >initializeExport("{key}")</script>
</main></body></html>"""
        return Answer(200, page.encode(), HTML)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _say(data: dict[str, Any] | str) -> Answer:
    """An answer, or the error that a message is: both with status 200."""
    value = {"status": "ERROR", "message": data} if isinstance(data, str) else {"status": "OK", "data": data}
    return Answer(200, json.dumps(value, ensure_ascii=False).encode())

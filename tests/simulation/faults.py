"""What goes wrong with a simulated server, on demand: which faults there are, when they strike, and what they do.

All of it is middleware of the server (see `townhall.server.loopback`); robots.txt never fails."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from townhall.allris3.server import Allris3Server
from townhall.allris4.server import Allris4Server
from townhall.councilservice.server import CouncilserviceServer
from townhall.morerubin.server import MoreRubinServer
from townhall.server.council_server import HTML, CouncilServer
from townhall.server.loopback import Answer, Asked, LoopbackServer, Middleware
from townhall.sessionnet.server import SessionNetServer

TEN_YEARS = dt.timedelta(days=3652)
ANSWERS_PER_KEY = 5
_ATTRIBUTES = re.compile(r'(?<=[\s"])(class|id)="', re.IGNORECASE)
_RENAMED: dict[type[CouncilServer], tuple[re.Pattern[str], str]] = {
    Allris3Server: (re.compile(r"<(/?)(?:table|td|th|tr|h1)\b"), r"<\1div"),
    Allris4Server: (re.compile(r"<(/?)d[td]\b"), r"<\1p"),
    CouncilserviceServer: (re.compile(r'"(id|topics|entries|visibility)":'), r'"neu_\1":'),
    MoreRubinServer: (re.compile(r'"(agenda_items|meetings|nummer|nummer_si|datum|id|name)":'), r'"neu_\1":'),
}
"""What is renamed beside classes and ids, where labels would still say what is what."""


class Fault(StrEnum):
    """The faults. The last three are no answer of their own but a state of the server."""

    ERROR = "500"
    ERROR_PAGE = "an error page with status 200"
    LOGIN = "a log-in page with status 200"
    GATE = "an access check with status 200"
    BOT_CHALLENGE = "the proof of work of Anubis with status 200"
    FORBIDDEN = "403"
    GONE = "404"
    HALF = "half a page"
    MARKUP = "classes and ids renamed"
    ENCODING = "UTF-8 declared, windows-1252 sent"
    HTML_FOR_FILE = "an HTML page where a file was to come"
    ENDLESS = "paging without an end"
    EXPIRED = "a session that has expired"
    CLOCK = "a clock that is ten years behind"


_INSTEAD: dict[Fault, Answer] = {
    Fault.ERROR: Answer(500, b"<html><body><h1>Internal Server Error</h1></body></html>", HTML),
    Fault.ERROR_PAGE: Answer(
        200, b"<!DOCTYPE html><html><head><title>Fehler</title></head><body><h1>Fehler</h1><p>Es ist ein Fehler "
        b"aufgetreten. Bitte versuchen Sie es sp&auml;ter noch einmal.</p></body></html>", HTML,
    ),
    Fault.LOGIN: Answer(
        200, b"<!DOCTYPE html><html><head><title>Anmeldung</title></head><body><h1>Anmeldung</h1><form method='post'>"
        b"<label>Benutzername <input name='user'></label><label>Kennwort <input type='password' name='pass'></label>"
        b"</form></body></html>", HTML,
    ),
    Fault.GATE: Answer(
        200, '<!DOCTYPE html><html><head><title>Zugriff prüfen</title></head><body><h1>Zugriff prüfen</h1>'
        '<altcha-widget challengeurl="/_gate/challenge"></altcha-widget></body></html>'.encode(), HTML,
    ),
    Fault.BOT_CHALLENGE: Answer(
        200, b"<!DOCTYPE html><html><head><title>Making sure you&#39;re not a bot!</title>"
        b"<script id='anubis_challenge' type='application/json'>{}</script></head><body><main><h1>Making sure you&#39;"
        b"re not a bot!</h1><p>Loading...</p></main></body></html>", HTML,
    ),
    Fault.FORBIDDEN: Answer(403, b"<html><body><h1>403 Forbidden</h1></body></html>", HTML),
    Fault.GONE: Answer(404, b"<html><body><h1>404 Not Found</h1></body></html>", HTML),
    Fault.HTML_FOR_FILE: Answer(200, b"<!DOCTYPE html><html><body>Bitte warten.</body></html>", HTML),
}  # fmt: skip


@dataclass(slots=True)
class _Strike:
    fault: Fault
    times: int | None
    share: float
    kinds: frozenset[str]
    after: int


class Faults:
    """The faults of one server, as its middleware: nothing is wrong until one is switched on.

    Chance comes from one seeded source."""

    def __init__(self, server: CouncilServer) -> None:
        self._server = server
        self._strikes: list[_Strike] = []
        self._expired_kinds: frozenset[str] | None = None
        self._dice = random.Random(7)

    def switch_on(
        self,
        fault: Fault,
        times: int | None = None,
        *,
        share: float = 1.0,
        kinds: Collection[str] = (),
        after: int = 0,
    ) -> None:
        """From now on, or `after` so many requests of those kinds: so many times (None: until `mend`), for a share of
        them. A state lasts until `mend`."""
        match fault:
            case Fault.ENDLESS:
                self._server.endless = True
            case Fault.CLOCK:
                self._server.behind = TEN_YEARS
            case Fault.EXPIRED if isinstance(self._server, CouncilserviceServer):
                self._server.answers_per_key = ANSWERS_PER_KEY
            case Fault.EXPIRED:
                self._expired_kinds = frozenset(kinds)
            case _:
                self._strikes.append(_Strike(fault, times, share, frozenset(kinds), after))

    def mend(self) -> None:
        """All is well again."""
        self._strikes.clear()
        self._expired_kinds = None
        self._server.endless, self._server.behind = False, dt.timedelta(0)
        if isinstance(self._server, CouncilserviceServer):
            self._server.answers_per_key = None
        if isinstance(self._server, Allris4Server):
            self._server.expire(0)

    def __call__(self, asked: Asked, inner: Callable[[Asked], Answer]) -> Answer:
        kind = self._server.kind(asked)
        if kind == "robots":
            return inner(asked)
        if self._expired_kinds is not None and (not self._expired_kinds or kind in self._expired_kinds):
            _expire(self._server)
        fault = self._next_for(kind)
        if fault is None:
            return inner(asked)
        return instead_of(fault) or _spoilt(inner(asked), fault, _RENAMED.get(type(self._server)))

    def _next_for(self, kind: str) -> Fault | None:
        """Which fault strikes this request; of several the first."""
        for strike in self._strikes:
            hit = not strike.kinds or kind in strike.kinds
            if hit and strike.after > 0:
                strike.after -= 1
                continue
            if hit and strike.times != 0 and self._dice.random() < strike.share:
                strike.times = None if strike.times is None else strike.times - 1
                return strike.fault
        return None


def faults_of(server: CouncilServer) -> Faults:
    """The faults of a server: those it has, else new ones."""
    found = next((layer for layer in server.middleware if isinstance(layer, Faults)), None)
    if found is None:
        found = Faults(server)
        server.middleware.append(found)
    return found


def _expire(server: CouncilServer) -> None:
    """The session of the request that comes is over."""
    if isinstance(server, SessionNetServer):
        server.expire()
    if isinstance(server, Allris4Server):
        server.expire(1)


def instead_of(fault: Fault) -> Answer | None:
    """The answer that comes instead of the right one; None for faults that spoil it, or that are a state."""
    return _INSTEAD.get(fault)


def _spoilt(answer: Answer, fault: Fault, renamed: tuple[re.Pattern[str], str] | None) -> Answer:
    match fault:
        case Fault.HALF:
            return replace(answer, body=answer.body[: len(answer.body) // 2])
        case Fault.MARKUP:
            text = _text(answer.body)
            if renamed:
                text = renamed[0].sub(renamed[1], text)
            return replace(answer, body=_ATTRIBUTES.sub(r'\1="neu-', text).encode())
        case Fault.ENCODING:
            return replace(answer, body=_text(answer.body).encode("windows-1252", "xmlcharrefreplace"), media_type=HTML)
        case _:
            return answer


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("windows-1252", "replace")


_ERROR_PAGE = b"<!DOCTYPE html><html><body><h1>Es ist ein Fehler aufgetreten</h1></body></html>"


def failing(server: LoopbackServer, count: int, status: int = 503, retry_after: int | None = None) -> None:
    """The next so many requests are answered with a status."""
    left = count

    def answer(asked: Asked, inner: Callable[[Asked], Answer]) -> Answer:
        nonlocal left
        if left == 0 or server.kind(asked) == "robots":
            return inner(asked)
        left -= 1
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        return Answer(status, _ERROR_PAGE, HTML, headers)

    server.middleware.append(answer)


def failing_share(server: LoopbackServer, share: float, html: bool = False) -> Middleware:
    """That share of requests fails from now on: with 500, or with an HTML page and 200 where `html`."""
    dice = random.Random(1)

    def answer(asked: Asked, inner: Callable[[Asked], Answer]) -> Answer:
        fails = server.kind(asked) != "robots" and dice.random() < share
        return Answer(200 if html else 500, _ERROR_PAGE, HTML) if fails else inner(asked)

    server.middleware.append(answer)
    return answer


def slow(server: LoopbackServer, seconds: float) -> Middleware:
    """Every answer is held back so long from now on."""

    def answer(asked: Asked, inner: Callable[[Asked], Answer]) -> Answer:
        return replace(inner(asked), delay_seconds=seconds)

    server.middleware.append(answer)
    return answer

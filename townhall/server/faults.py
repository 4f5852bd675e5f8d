"""What goes wrong with a simulated server, on demand: which faults there are, when they strike, and what they do."""

from __future__ import annotations

import random
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum

from townhall.server.loopback import Answer

HTML = "text/html; charset=utf-8"
MANGLED = re.compile(r'(?<=[\s"])(class|id)="', re.IGNORECASE)


class Fault(StrEnum):
    """The faults. The last four are no answer of their own: a server looks whether it has them."""

    ERROR = "500"
    ERROR_PAGE = "an error page with status 200"
    LOGIN = "a log-in page with status 200"
    GATE = "an access check with status 200"
    BOT_CHALLENGE = "the proof of work of Anubis with status 200"
    FORBIDDEN = "403"
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
    Fault.HTML_FOR_FILE: Answer(200, b"<!DOCTYPE html><html><body>Bitte warten.</body></html>", HTML),
}  # fmt: skip


@dataclass(slots=True)
class _Strike:
    fault: Fault
    times: int | None
    share: float
    kinds: frozenset[str]
    after: int


@dataclass(slots=True)
class Faults:
    """The faults that are switched on. Chance comes from one seeded source."""

    strikes: list[_Strike] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def switch_on(self, fault: Fault, times: int | None, share: float, kinds: Collection[str], after: int = 0) -> None:
        """From now on, or `after` so many requests of those kinds: so many times (None: until switched off), for a
        share of them."""
        self.strikes.append(_Strike(fault, times, share, frozenset(kinds), after))

    def clear(self) -> None:
        """All is well again."""
        self.strikes.clear()

    def next_for(self, kind: str) -> Fault | None:
        """Which fault strikes this request; of several the first."""
        for strike in self.strikes:
            hit = not strike.kinds or kind in strike.kinds
            if hit and strike.after > 0:
                strike.after -= 1
                continue
            if hit and strike.times != 0 and self.dice.random() < strike.share:
                strike.times = None if strike.times is None else strike.times - 1
                return strike.fault
        return None


def instead_of(fault: Fault) -> Answer | None:
    """The answer that comes instead of the right one; None for faults that spoil it, or that the server knows."""
    return _INSTEAD.get(fault)


def spoilt(answer: Answer, fault: Fault) -> Answer:
    """The right answer, spoilt."""
    match fault:
        case Fault.HALF:
            return replace(answer, body=answer.body[: len(answer.body) // 2])
        case Fault.MARKUP:
            return replace(answer, body=MANGLED.sub(r'\1="neu-', _text(answer.body)).encode())
        case Fault.ENCODING:
            return replace(answer, body=_text(answer.body).encode("windows-1252", "xmlcharrefreplace"), media_type=HTML)
        case _:
            return answer


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("windows-1252", "replace")

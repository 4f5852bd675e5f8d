"""Refusals: an answer by which a server, or a gate before it, keeps us out. Nothing of the kind is ever passed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crawlers.detection.look import Look

SHORT: Final = 3_000
"""Letters of text up to which a gate's mark is the page itself, and not a form at the end of a full page."""
GATE, LOGIN, ERROR, MISSING, OPARL_OFF = "gate", "log-in", "error", "missing", "oparl is off"

_GATE_NAMES: Final = (
    ("ALTCHA", re.compile(r"altcha", re.IGNORECASE)),
    ("Cloudflare", re.compile(r"cf-chl|cf-mitigated|challenge-platform|cf-browser-verification", re.IGNORECASE)),
    ("Anubis", re.compile(r"anubis", re.IGNORECASE)),
    ("Friendly Captcha", re.compile(r"frc-captcha|friendly-?challenge", re.IGNORECASE)),
    ("Myra", re.compile(r"myracloud|myra-", re.IGNORECASE)),
    ("a captcha", re.compile(r"[hg]-?(?:re)?captcha|/_gate/|_incapsula_resource|aws-waf|rescaled", re.IGNORECASE)),
)
_GATE_TITLE = re.compile(
    r"zugriff (?:wird ge)?prüf|sicherheits(?:überprüfung|abfrage|prüfung)|just a moment|attention required"
    r"|access denied|request rejected|zugriff (?:verweigert|blockiert|gesperrt)|are you (?:a )?(?:human|robot)"
    r"|ich bin kein roboter|zu viele zugriffe|making sure you.re not a bot",
    re.IGNORECASE,
)
_LOGIN_TITLE = re.compile(r"\b(?:log-?in|anmeld(?:en|ung)|sign in|einloggen)\b", re.IGNORECASE)
_STATUS: Final = {
    401: (LOGIN, "it asks for a user name and a password (HTTP 401)"),
    403: (GATE, "it refuses programs (HTTP 403)"),
    407: (GATE, "a proxy asks for a password (HTTP 407)"),
    404: (MISSING, "there is nothing at this address (HTTP 404)"),
    410: (MISSING, "what was at this address is gone for good (HTTP 410)"),
    429: (GATE, "it says that it is asked too often (HTTP 429)"),
    451: (GATE, "it may not be shown for legal reasons (HTTP 451)"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """`kind`: "gate", "log-in", "error", "missing" or "oparl is off"; `said` is a sentence's end for people."""

    kind: str
    said: str

    @property
    def keeps_out(self) -> bool:
        """Whether programs are kept out: then nothing more is asked for."""
        return self.kind in (GATE, LOGIN)


def refusal_of(status: int, headers: Mapping[str, str], look: Look) -> Refusal | None:
    """Why an answer is none, where it is none."""
    if headers.get("cf-mitigated"):
        return Refusal(GATE, f"Cloudflare checks whether a person asks (cf-mitigated: {headers['cf-mitigated'][:40]})")
    gate = _gate(look)
    if gate is not None and status != 404:
        return gate
    if status in _STATUS:
        return Refusal(*_STATUS[status])
    if status >= 500:
        return Refusal(ERROR, f"its server has an error (HTTP {status})")
    if status != 200:
        return Refusal(ERROR, f"it answers with HTTP {status}")
    if look.has_password and look.letters < SHORT and _LOGIN_TITLE.search(f"{look.title} {look.start_of_text[:200]}"):
        return Refusal(LOGIN, "it is a log-in page")
    return None


def _gate(look: Look) -> Refusal | None:
    """An access check. A mark counts on a page without much text; a title counts there too."""
    if not look.is_html or look.letters > SHORT:
        return None
    marks = f"{look.names}\n{look.sources}\n{look.own}"
    name = next((name for name, pattern in _GATE_NAMES if pattern.search(marks)), None)
    title = f"{look.title or ''} {look.start_of_text[:120]}"
    if name is None and not _GATE_TITLE.search(title):
        return None
    if name is not None and not _GATE_TITLE.search(title) and any(f" {one} " in look.names for one in ("nav", "main")):
        return None  # a form with a captcha on an ordinary page
    return Refusal(GATE, f"an access check stands before it ({name or look.title or look.start_of_text[:60]})")

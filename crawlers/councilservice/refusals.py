"""Refusals: answers with status 200 in which the source, or a gate before it, says that it does not serve this."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup

from crawlers.councilservice.fields import found
from crawlers.markup import text
from crawlers.reading import PageChanged, SourceSaysNo

_GATES = (
    ("ALTCHA", re.compile(r"altcha-widget|/altcha[./-]|zugriff (?:wird ge)?prüf|zugriffsprüfung")),
    ("a gate", re.compile(r"/_gate/|captcha|are you (?:a )?human|sind sie ein mensch")),
    ("Cloudflare", re.compile(r"cf-mitigated|cf-chl|challenge-platform|just a moment\.\.\.|attention required! \|")),
    ("Myra", re.compile(r"myracloud|myra security")),
    ("a firewall", re.compile(r"rescaled|web application firewall|request unsuccessful|request blocked")),
    (
        "a firewall",
        re.compile(r"access denied|zugriff (?:wurde )?(?:verweigert|blockiert|gesperrt)|\bip\b.{0,40}gesperrt"),
    ),
)
LOGIN = "a log-in page"
"""What a refusal found where the key is wrong."""
ERROR = "an error:"
"""How begins what a refusal found where the system itself says that it gives no such thing."""
_WAIT = "Leave the source alone for today; verwaltungsportal.de bans clients for hours that ask too quickly"
_KEY_AGAIN = "Read the key from the municipality's page again; look at the page where that does not help"


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises SourceSaysNo for a gate, a log-in (the system's answer to a wrong key) and an error page."""
    lower = markup[:200_000].lower()
    for name, pattern in _GATES:
        if pattern.search(lower):
            raise SourceSaysNo(url, "an answer of councilservice", f"gate: {name}", _WAIT)
    heading = (text(page.title) or text(page.body) or "")[:200]
    if page.select_one("input[type=password]") or re.search(r"\b(?:log-?in|anmeld\w*)\b", heading.lower()):
        raise SourceSaysNo(url, "an answer of councilservice", LOGIN, _KEY_AGAIN)
    if re.search(r"\b(?:403|404|500|502|503)\b|fehler|nicht gefunden|not found|wartung", heading.lower()):
        raise SourceSaysNo(url, "an answer of councilservice", f"an error page: {found(heading[:70])}", _KEY_AGAIN)


def refuse_answer(value: Any, url: str) -> None:
    """Raises SourceSaysNo for anything but status OK; PageChanged where there is no status at all."""
    if not isinstance(value, dict) or "status" not in value:
        raise PageChanged(url, "an answer with status and data", found(value), "Mend the reader")
    if value["status"] != "OK":
        said = value.get("message") or value["status"]
        raise SourceSaysNo(url, "status OK", f"{ERROR} {found(said)}", _KEY_AGAIN)

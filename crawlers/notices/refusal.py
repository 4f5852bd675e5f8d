"""Answers with status 200 that are no pages of the site: access gates, log-ins, errors, maintenance."""

from __future__ import annotations

import re
from typing import Final

from bs4 import BeautifulSoup

from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.html import text

_GATES: Final = (
    "altcha-widget", "/_gate/", "cf-mitigated", "cf-chl-", "challenge-platform", "cf-browser-verification",
    "_incapsula_resource", "g-recaptcha-response", "friendly-challenge", "ddos-guard", "aws-waf-token",
    "anubis_challenge", "hcaptcha.com/1/api", "sucuri website firewall", "myracloud", "bunkerweb", "rescaled.de",
)  # fmt: skip
_GATE_TITLE = re.compile(
    r"zugriff prüfen|zugriff wird geprüft|sicherheitsüberprüfung|sicherheitsabfrage|just a moment|attention required"
    r"|access denied|zugriff verweigert|zugriff blockiert|are you (?:a )?(?:human|robot)|bot.?(?:check|schutz)"
    r"|request rejected|the requested url was rejected|einen moment|ich bin kein roboter|making sure you.re not a bot",
    re.IGNORECASE,
)
_ERROR_TITLE = re.compile(
    r"^\W*(?:fehler\s?)?(?:40[0134]|410|429|50[0234])\b|\b(?:40[34]|50[0234])\b.{0,3}(?:fehler|error|not found)"
    r"|seite (?:wurde )?(?:leider )?nicht (?:gefunden|verfügbar)|page not found|not found$|nicht gefunden\W*$"
    r"|internal server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out"
    r"|wartungsarbeiten|wartungsmodus|im wartungs|under maintenance|briefly unavailable|database (?:connection )?error"
    r"|datenbankfehler|es ist ein fehler aufgetreten|oops, an error occurred|whoops|domain (?:ist )?geparkt"
    r"|error establishing a database connection|site offline|account suspended|konto gesperrt|forbidden$",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(r"\b4(?:04|10)\b|nicht (?:gefunden|verfügbar)|not found", re.IGNORECASE)
_LOGIN_TITLE = re.compile(r"^\W*(?:log-?in|anmelden|anmeldung|sign in|passwort(?:geschützt|eingabe)?)\b", re.IGNORECASE)
_SHORT = 3_000
"""Characters of text up to which a mark of a gate is the page's own and not one of a form on a full page."""


def refuse(page: BeautifulSoup, url: str) -> None:
    """Raise AccessDenied for a gate, a log-in or an error that answers like a page; UnexpectedResponse for an empty
    one."""
    heads = [said for node in page.select("title, h1, h2", limit=6) if (said := text(node))]
    whole = text(page.body) or ""
    _refuse_gate(page, heads, whole, url)
    title = heads[0] if heads else whole[:200]
    if any(_ERROR_TITLE.search(head) for head in heads[:2]) or _ERROR_TITLE.search(whole[:80]):
        raise AccessDenied(url, "a page of notices", f'an error: "{title[:100]}"', "Ask again later; look at the site")
    password = page.select_one("input[type=password]")
    if password is not None and (any(_LOGIN_TITLE.search(h) for h in heads[:3]) or len(whole) < _SHORT // 2):
        raise AccessDenied(url, "a public page", f'a log-in: "{title[:100]}"', "Find the public address of the list")
    if not whole:
        raise UnexpectedResponse(
            url, "a page of notices", "a page without any text", "Look whether it needs JavaScript"
        )


def says_not_found(no: AccessDenied) -> bool:
    """Whether a refusal says that there is no such page: many sites do so with status 200, and mean 404."""
    return no.found.startswith("HTTP ") or bool(_NOT_FOUND.search(no.found))


def _refuse_gate(page: BeautifulSoup, heads: list[str], whole: str, url: str) -> None:
    titled = next((head for head in heads[:2] if _GATE_TITLE.search(head)), None)
    marked = None
    if len(whole) < _SHORT:
        markup = str(page).lower()
        marked = next((mark for mark in _GATES if mark in markup), None)
        if marked and not any(own in markup for own in ("<nav", "<main", "<footer")):
            titled = titled or marked
    if titled and len(whole) < _SHORT:
        raise AccessDenied(
            url, "a page of notices", f'gate: an access check ("{titled[:80]}")', "Stop for today; ask the operator"
        )

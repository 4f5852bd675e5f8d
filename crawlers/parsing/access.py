"""Answers that are no pages of a council at all, whatever the system: access checks, firewalls, log-ins, errors.

They come with status 200 as well (ris-systems, section 0). Asked only of pages on which a reader has found nothing of
its own: a full page may hold a captcha in its form for messages to the council.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.html import text

WAIT: Final = "Leave the source alone for today; look at the address in a browser, and ask the operator for access"
LOOK: Final = "Keep what is held; look at the address in a browser, and correct it in the register if it has moved"
MEND: Final = "Look at the page: the reader has to be mended if it belongs to the system"

LOGIN: Final = "a log-in page"
"""What is found where a password is wanted."""

_LOOKED_AT: Final = 300_000
_SHORT: Final = 3_000
"""Characters of text up to which words of an error or a log-in are the page's whole content."""

_GATES: Final = (
    ("ALTCHA", r"altcha\b|zugriff (?:wird ge)?pr(?:ü|ue|&uuml;)f|zugriffspr(?:ü|ue)fung"),
    ("too many requests", r"zu viele (?:zugriffe|anfragen)|too many requests"),
    ("Cloudflare", r"cf-mitigated|cf-chl|cf-browser-verification|challenge-platform|attention required! \|"),
    ("Cloudflare", r"just a moment\.\.\."),
    ("Myra", r"myracloud|myra security|x-myra"),
    ("a captcha", r"/_gate/|captcha|friendly-challenge|anubis_challenge|making sure you.re not a bot"),
    ("a question for people", r"are you (?:a )?(?:human|robot)|sind sie ein mensch"),
    ("a question for people", r"nicht durch einen roboter|kein roboter"),
    ("a firewall", r"rescaled|web application firewall|incapsula|request (?:blocked|rejected|unsuccessful)"),
    ("a firewall", r"support id is|ddos-guard|aws-waf-token|sucuri website firewall|bunkerweb"),
    ("a firewall", r"the requested url was rejected|access denied|403 forbidden|\bip\b.{0,40}gesperrt"),
    ("a firewall", r"zugriff (?:wurde )?(?:verweigert|blockiert|gesperrt)"),
    ("a firewall", r"sicherheits(?:überprüfung|abfrage)|bot.?(?:check|schutz)"),
)
_GATE_WORDS: Final = tuple((name, re.compile(words)) for name, words in _GATES)
_LOGIN: Final = re.compile(r"\b(?:anmeld(?:en|ung)|log-?in|sign in|einloggen|kennwort|passwort)\b")
_ERROR: Final = re.compile(
    r"\b(?:40[0134]|410|429|50[0234])\b|fehler|\berror\b|nicht gefunden|not found|nicht (?:mehr )?verfügbar"
    r"|existiert nicht|wartung|maintenance|unavailable|bad gateway|time-?out|abgelaufen|expired"
    r"|keine berechtigung|nicht berechtigt"
    r"|domain (?:ist )?geparkt|account suspended|konto gesperrt|forbidden"
)


def gate_on(page: BeautifulSoup, markup: str) -> str | None:
    """The name of the access check or firewall that answers; None where none does."""
    lower = markup[:_LOOKED_AT].lower()
    if len(_said(page)) > _SHORT:
        return None
    return next((name for name, words in _GATE_WORDS if words.search(lower)), None)


def is_login(page: BeautifulSoup) -> bool:
    """Whether the page wants a password and shows nothing else."""
    short = len(_said(page)) < _SHORT
    return short and (page.select_one("input[type=password]") is not None or bool(_LOGIN.search(_heading(page))))


def error_on(page: BeautifulSoup) -> str | None:
    """The word by which an error page is known ("404", "nicht gefunden"); None for a page that is none."""
    heading, said = _heading(page), _said(page)
    found = _ERROR.search(heading) or (_ERROR.search(said) if len(said) < 600 else None)
    return found[0] if found else None


def refuse(page: BeautifulSoup, markup: str, url: str, expected: str, wait: str = WAIT, look: str = LOOK) -> NoReturn:
    """Say what the answer is instead of what was expected ("a page of SessionNet"): raises AccessDenied for a gate, a
    log-in or an error, UnexpectedResponse for anything else. `wait` and `look` are what a person should do about a
    gate, and about a log-in or an error."""
    gate = gate_on(page, markup)
    if gate:
        raise AccessDenied(url, expected, f"gate: {gate}", wait)
    if is_login(page):
        raise AccessDenied(url, expected, LOGIN, look)
    error = error_on(page)
    if error:
        raise AccessDenied(url, expected, f"an error page: {error!r}", look)
    found = "a page without the marks of any" if _said(page) else "a page without any text"
    raise UnexpectedResponse(url, expected, found, MEND)  # its title may be one that is not for everybody


def refuse_cut_off(markup: str, url: str) -> None:
    """Raises UnexpectedResponse where a whole page begins and does not end: the rest of its agenda would be taken for
    removed."""
    lower = markup.lower()
    if "<html" in lower[:5000] and "</html" not in lower[-5000:] and "</body" not in lower[-5000:]:
        raise UnexpectedResponse(url, "a page up to </html>", "a page that is cut off", "Ask again later")


def _heading(page: BeautifulSoup) -> str:
    return " ".join(found for one in page.select("title, h1, h2", limit=3) if (found := text(one))).lower()


def _said(page: BeautifulSoup) -> str:
    main = page.select_one("#pageContent, main, #readOut") or page.body or page
    return (text(main) or "").lower()

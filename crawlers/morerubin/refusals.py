"""Refusals: answers with status 200 in which the source, or a gate before it, says that it does not serve this."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup

from crawlers.markup import text
from crawlers.morerubin.values import found
from crawlers.reading import PageChanged, SourceSaysNo

_GATES = (
    ("ALTCHA", re.compile(r"altcha-widget|/altcha[./-]|zugriff (?:wird ge)?prüf|zugriffsprüfung")),
    ("a gate", re.compile(r"/_gate/|captcha|are you (?:a )?human|nicht durch einen roboter|sind sie ein mensch")),
    ("Cloudflare", re.compile(r"cf-mitigated|cf-chl|challenge-platform|just a moment\.\.\.|attention required! \|")),
    ("Myra", re.compile(r"myracloud|myra security|x-myra")),
    ("a firewall", re.compile(r"rescaled|web application firewall|request unsuccessful\. incapsula|request blocked")),
    ("a firewall", re.compile(r"access denied|zugriff (?:wurde )?(?:verweigert|blockiert|gesperrt)|support id is")),
)
_LOGIN_WORDS = re.compile(r"\b(?:anmeld(?:en|ung)|log-?in|einloggen|kennwort|passwort)\b")
_ERROR_WORDS = re.compile(
    r"\b(?:404|403|500|502|503)\b|fehler|nicht gefunden|not found|nicht (?:mehr )?verfügbar|keine berechtigung"
    r"|wartung|maintenance|unavailable|internal server error|fatal error|existiert nicht|unbekannte sitzung"
)
_NOT_THERE = re.compile(
    r"\b404\b|nicht (?:mehr )?(?:gefunden|verf(?:ü|\\xfc)gbar|freigegeben)|not found|existiert nicht|unbekannte sitzung"
    r"|keine (?:berechtigung|rechte)",
    re.IGNORECASE,
)
_SHELL = re.compile(r"/components/index-[\w-]+\.js")
_WAIT = "Leave the source alone for today; look at the address in a browser, and ask the operator for access"
_LOOK = "Look at the address in a browser; correct it in the register if the system has moved"


def says_not_there(no: SourceSaysNo) -> bool:
    """Whether a refusal is about the one object: it is not there, or not for everybody. A log-in, works on the server
    or an error of no name say nothing about it."""
    return bool(_NOT_THERE.search(no.found))


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises for a page that held nothing of a council: what it is instead. Never returns for one it knows."""
    lower = markup[:200_000].lower()
    for name, pattern in _GATES:
        if pattern.search(lower):
            raise SourceSaysNo(url, "a page of more!rubin", f"gate: {name}", _WAIT)
    headings = (text(page.title), text(page.select_one("h1, h2")))
    heading = " ".join(said for said in headings if said).lower()
    said = (text(page.body) or "").lower()
    if page.select_one("input[type=password]") or (_LOGIN_WORDS.search(heading) and len(said) < 2000):
        raise SourceSaysNo(url, "a page of more!rubin", "a log-in page", _LOOK)
    if _SHELL.search(lower) and page.select_one("div#app"):
        advice = "The page draws itself from api.php, and any unknown path answers so: ask api.php"
        raise PageChanged(url, "a page with data", "the empty frame of the newer interface", advice)
    if _ERROR_WORDS.search(heading) or (len(said) < 600 and _ERROR_WORDS.search(said)):
        raise SourceSaysNo(url, "a page of more!rubin", f"an error page: {found((heading or said)[:70])}", _LOOK)


def refuse_answer(value: Any, url: str) -> None:
    """Raises for JSON that is only about an error, and for an OParl answer: more!rubin answers unknown paths with its
    OParl system (reported by clients, September 2026)."""
    if not isinstance(value, dict):
        return
    kind = value.get("type")
    if isinstance(kind, str) and "oparl.org" in kind and not kind.rstrip("/").endswith("Error"):
        advice = "Read it as system oparl, or ask api.php"
        raise PageChanged(url, "an answer of api.php", f"an OParl object: {found(kind)}", advice)
    is_error = isinstance(kind, str) and kind.rstrip("/").rpartition("/")[2].lower() == "error"
    names = ("ErrorCode", "errorCode", "error", "errors", "exception")
    named = next((name for name in names if value.get(name)), None)
    is_bare = set(value) <= {"message", "status", "success", "code", "data"} and not value.get("data")
    says_no = is_bare and (value.get("message") or value.get("success") is False)
    if is_error or named or says_no:
        said = value.get("message") or value.get("ErrorMessage") or (value.get(named) if named else value.get("status"))
        raise SourceSaysNo(url, "an answer of api.php", f"an error: {found(said)}", _LOOK)

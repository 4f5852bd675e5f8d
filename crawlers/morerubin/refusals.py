"""Refusals in more!rubin's own words; gates, log-ins and error pages are told apart in `crawlers.parsing.access`."""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.morerubin import quirks
from crawlers.parsing.access import LOOK, refuse
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.html import text
from crawlers.parsing.json_values import found

_EXPECTED: Final = "a page of more!rubin"
_OWN_ERROR = re.compile(r"unbekannte sitzung")
_LONGEST_MESSAGE: Final = 600
_NOT_THERE = re.compile(
    r"\b404\b|nicht (?:mehr )?(?:gefunden|verf(?:ü|\\xfc)gbar|freigegeben)|not found|existiert nicht|unbekannte sitzung"
    r"|keine (?:berechtigung|rechte)",
    re.IGNORECASE,
)
_SHELL = re.compile(r"/components/index-[\w-]+\.js")


def says_not_there(no: AccessDenied) -> bool:
    """Whether a refusal is about the one object: it is not there, or not for everybody. A log-in, works on the server
    or an error of no name say nothing about it."""
    return bool(_NOT_THERE.search(no.found))


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page that held nothing of a council: what it is instead."""
    if _SHELL.search(markup.lower()) and page.select_one("div#app"):
        advice = "The page draws itself from api.php, and any unknown path answers so: ask api.php"
        raise UnexpectedResponse(url, "a page with data", "the empty frame of the newer interface", advice)
    said = (text(page.body) or "").lower()
    if len(said) < _LONGEST_MESSAGE and _OWN_ERROR.search(said):
        raise AccessDenied(url, _EXPECTED, f"an error page: {said[:70]!r}", LOOK)
    refuse(page, markup, url, _EXPECTED)


def refuse_answer(value: Any, url: str) -> None:
    """Raises for JSON that is only about an error, and for an OParl answer."""
    if not isinstance(value, dict):
        return
    kind = value.get("type")
    if quirks.is_of_oparl(kind):
        advice = "Read it as system oparl, or ask api.php"
        raise UnexpectedResponse(url, "an answer of api.php", f"an OParl object: {found(kind)}", advice)
    is_error = isinstance(kind, str) and kind.rstrip("/").rpartition("/")[2].lower() == "error"
    names = ("ErrorCode", "errorCode", "error", "errors", "exception")
    named = next((name for name in names if value.get(name)), None)
    is_bare = set(value) <= {"message", "status", "success", "code", "data"} and not value.get("data")
    says_no = is_bare and (value.get("message") or value.get("success") is False)
    if is_error or named or says_no:
        said = value.get("message") or value.get("ErrorMessage") or (value.get(named) if named else value.get("status"))
        raise AccessDenied(url, "an answer of api.php", f"an error: {found(said)}", LOOK)

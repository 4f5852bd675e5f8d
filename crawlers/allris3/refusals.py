"""Refusals in ALLRIS 3's own words; gates, log-ins and error pages are told apart in `crawlers.parsing.access`."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.parsing.access import LOOK
from crawlers.parsing.access import refuse as refuse_any
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse
from crawlers.parsing.html import text

_EXPECTED: Final = "a page of ALLRIS 3"
_PROGRAM: Final = (
    "The installation has released another calendar program: allris.net.asp names it; do not try the others"
)
_PROGRAM_DENIED: Final = re.compile(r"zugriff verweigert\W{0,5}\(?\s*programm\s+(\w+\.\w+)")
_NOTHING: Final = re.compile(r"keine information(?:en)? verfügbar|nicht freigegeben|nicht autorisiert|\bno ?auth\b")


def refuse_denied(page: BeautifulSoup, url: str) -> None:
    """Raises for a short answer that is nothing but a refusal: "Zugriff verweigert (Programm si010_r.asp)". Without the
    program it may as well be a firewall's, and is a gate."""
    said = (text(page.body or page) or "").lower()
    if len(said) > 600:
        return
    program = _PROGRAM_DENIED.search(said)
    if program:
        raise AccessDenied(url, _EXPECTED, f"no access: the program {program[1]} is not released", _PROGRAM)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    said = (text(page.body or page) or "").lower()
    if len(said) < 3000 and (denied := _NOTHING.search(said)):
        raise AccessDenied(url, _EXPECTED, f"no access: {denied[0]!r}", LOOK)
    if page.select_one("frameset frame[src]"):
        raise UnexpectedResponse(url, _EXPECTED, "a frameset", "Ask for the page in its frame, allris.net.asp")
    refuse_any(page, markup, url, _EXPECTED)

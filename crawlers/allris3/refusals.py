"""Refusals in ALLRIS 3's own words; what they share with all systems is in `crawlers.parsing.access`."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.parsing import access
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.html import text

_EXPECTED: Final = "a page of ALLRIS 3"
_PROGRAM: Final = (
    "The installation has released another calendar program: allris.net.asp names it; do not try the others"
)
_PROGRAM_DENIED: Final = re.compile(r"zugriff verweigert\W{0,5}\(?\s*programm\s+(\w+\.\w+)")
_PHRASES: Final = (Phrase(DenialKind.FORBIDDEN, None, (r"keine information(?:en)? verfügbar",)),)
_BARE_WORDS: Final = re.compile(r"<body[^>]*>\s*zugriff verweigert\W*</body>", re.IGNORECASE)
"""The system says which program is denied; a firewall does not."""


def refuse_denied(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises for a short answer that is nothing but a refusal: "Zugriff verweigert (Programm si010_r.asp)". Without the
    program and without anything else it is a firewall's."""
    said = (text(page.body or page) or "").lower()
    if len(said) > access.MESSAGE:
        return
    if program := _PROGRAM_DENIED.search(said):
        words = f"no access: the program {program[1]} is not released"
        raise AccessDenied(url, _EXPECTED, words, _PROGRAM, DenialKind.FORBIDDEN)
    if _BARE_WORDS.search(markup):
        raise access.denied(access.Denial(DenialKind.BOT_CHALLENGE, "a firewall"), url, _EXPECTED)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    if page.select_one("frameset frame[src]"):
        raise UnexpectedResponse(url, _EXPECTED, "a frameset", "Ask for the page in its frame, allris.net.asp")
    access.refuse(page, markup, url, _EXPECTED, _PHRASES)

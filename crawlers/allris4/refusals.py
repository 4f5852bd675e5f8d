"""Refusals: answers with status 200 in which the system says that it does not show this to the public."""

from __future__ import annotations

import re
from typing import NoReturn

from bs4 import BeautifulSoup

from crawlers.parsing import access as refusal
from crawlers.parsing.errors import AccessDenied
from crawlers.parsing.html import text

EXPECTED = "a page of ALLRIS 4"
_DENIED = re.compile(
    r"keine information(?:en)? verfügbar|nicht berechtigt|keine berechtigung|zugriff verweigert|nicht freigegeben"
    r"|keine zugriffsrechte"
)
_ALLRIS = re.compile(r"ALLRIS|org\.apache\.wicket|wicket-ajax|Wicket\.|sectoken", re.IGNORECASE)
_NO_ACCESS = "no access: "
_LONGEST_MESSAGE = 500
_LONGEST_PAGE = 3_000


def is_of_the_system(markup: str) -> bool:
    """Whether anything on the page is of this system, be it an error of its own."""
    return bool(_ALLRIS.search(markup))


def refuse_denied(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises where the page's own message says that its object is not for the public: ALLRIS answers so, with status
    200 and the full frame, for non-public meetings and documents (ris-systems C.3; Laatzen, September 2026)."""
    if not is_of_the_system(markup):
        return
    said = [text(one) or "" for one in page.select("[role=alert], .feedbackPanel, h1, .noauth, #noauth")]
    main = text(page.select_one("#readOut, #pageContent, main")) or ""
    short = (one for one in (*said, main) if len(one) < _LONGEST_MESSAGE)
    denied = next((found for one in short if (found := _DENIED.search(one.lower()))), None)
    if denied:
        raise no_access(url, repr(denied[0]))


def no_access(url: str, why: str) -> AccessDenied:
    """What is raised where the source does not show its object to the public."""
    return AccessDenied(url, EXPECTED, f"{_NO_ACCESS}{why}", refusal.LOOK)


def says_no_access(no: AccessDenied) -> bool:
    """Whether it is the system itself that does not show its object, not an error or a log-in in its place."""
    return no.found.startswith(_NO_ACCESS)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    said = (text(page.select_one("#pageContent, main, #readOut") or page.body or page) or "").lower()
    denied = _DENIED.search(said) if is_of_the_system(markup) and len(said) < _LONGEST_PAGE else None
    if denied:
        raise no_access(url, repr(denied[0]))
    refusal.refuse(page, markup, url, EXPECTED)

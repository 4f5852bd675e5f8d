"""Refusals in ALLRIS 4's own words; what they share with all systems is in `crawlers.parsing.access`."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.parsing import access
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.errors import AccessDenied, DenialKind
from crawlers.parsing.html import text

EXPECTED: Final = "a page of ALLRIS 4"
_PHRASES: Final = (Phrase(DenialKind.FORBIDDEN, None, (r"keine information(?:en)? verfügbar",)),)
_ALLRIS: Final = re.compile(r"ALLRIS|org\.apache\.wicket|wicket-ajax|Wicket\.|sectoken", re.IGNORECASE)
_LONGEST_MESSAGE: Final = 500


def is_of_the_system(markup: str) -> bool:
    """Whether anything on the page is of this system, be it an error of its own."""
    return bool(_ALLRIS.search(markup))


def refuse_denied(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises where the page's own message says that its object is not for the public: ALLRIS answers so, with status
    200 and the full frame, for non-public meetings and documents (ris-systems C.3; Laatzen, September 2026)."""
    if not is_of_the_system(markup):
        return
    messages = [text(node) or "" for node in page.select("[role=alert], .feedbackPanel, .noauth, #noauth")]
    headings = [text(node) or "" for node in page.select("h1, h2, main > p, #pageContent > p, #readOut > p")]
    found = [access.denial_in(said, _PHRASES) for said in messages if len(said) < _LONGEST_MESSAGE]
    found += [access.denial_filling(said, _PHRASES) for said in headings if len(said) < _LONGEST_MESSAGE]
    denial = next((denial for denial in found if denial and denial.kind is DenialKind.FORBIDDEN), None)
    if denial:
        raise access.denied(denial, url, EXPECTED)


def no_access(url: str, why: str) -> AccessDenied:
    """What is raised where the source does not show its object to the public."""
    return access.denied(access.Denial(DenialKind.FORBIDDEN, why), url, EXPECTED)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    access.refuse(page, markup, url, EXPECTED, _PHRASES)

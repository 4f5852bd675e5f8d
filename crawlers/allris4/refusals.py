"""Refusals: answers with status 200 in which the system says that it does not show this to the public."""

from __future__ import annotations

import re
from typing import NoReturn

from bs4 import BeautifulSoup, Tag

from crawlers import refusal
from crawlers.markup import text
from crawlers.reading import PageChanged, SourceSaysNo

EXPECTED = "a page of ALLRIS 4"
_DENIED = re.compile(
    r"keine information(?:en)? verfügbar|nicht berechtigt|keine berechtigung|zugriff verweigert|nicht freigegeben"
    r"|keine zugriffsrechte"
)
_ALLRIS = re.compile(r"ALLRIS|org\.apache\.wicket|wicket-ajax|Wicket\.|sectoken", re.IGNORECASE)
_LONGEST_MESSAGE = 500
_LONGEST_PAGE = 3_000
_DEEPEST = 500


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
    denied = next((one for one in short if _DENIED.search(one.lower())), None)
    if denied:
        raise no_access(url, repr(denied[:80]))


def refuse_too_deep(page: BeautifulSoup, url: str) -> None:
    """Raises for elements nested so deeply as no town's are: looking upwards from each would take minutes."""
    depths: dict[int, int] = {id(page): 0}
    for one in page.descendants:
        if isinstance(one, Tag):
            depths[id(one)] = depth = depths[id(one.parent)] + 1
            if depth > _DEEPEST:
                raise PageChanged(url, EXPECTED, f"elements nested {_DEEPEST} deep", refusal.MEND)


def no_access(url: str, why: str) -> SourceSaysNo:
    """What is raised where the source does not show its object to the public."""
    return SourceSaysNo(url, EXPECTED, f"no access: {why}", refusal.LOOK)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    said = (text(page.select_one("#pageContent, main, #readOut") or page.body or page) or "").lower()
    denied = _DENIED.search(said) if is_of_the_system(markup) and len(said) < _LONGEST_PAGE else None
    if denied:
        raise no_access(url, repr(denied[0]))
    refusal.refuse(page, markup, url, EXPECTED)

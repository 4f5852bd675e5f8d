"""Refusals in SessionNet's own words and layouts; what they share with all systems is in `crawlers.parsing.access`."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.parsing import access
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.errors import AccessDenied, DenialKind, UnexpectedResponse
from crawlers.parsing.html import text

_EXPECTED: Final = "a page of SessionNet"
_LAYOUT: Final = re.compile(r"smc[-_]page[-_](error\d?|ylogon|logon|login)[-_]|smc-pagetype-(logon|error)")
_HEADINGS: Final = (
    Phrase(
        DenialKind.ERROR_PAGE,
        "an error",
        (r"(?:sessionnet\W*)?(?:fehlermeldung|berechtigungsfehler|fehler|fehlercode\W*\d+)(?:\s*[:–-].{0,80})?",),
    ),
)
_SOURCE_CODE: Final = re.compile(r"^\s*<\?php|<%@?\s*(?:language|page)", re.IGNORECASE)


def refuse_error_layout(page: BeautifulSoup, url: str) -> None:
    """Raises where the page's own layout says that it is an error or log-in page, with the whole frame around it."""
    for node in page.select("body, #wrapper, .smclayout, #smclayout, [class*=smc_page_], [class*=smc-pagetype-]")[:20]:
        classes = " ".join(str(name) for name in node.get_attribute_list("class") if name).lower()
        if found := _LAYOUT.search(classes + " "):
            raise _denied(page, url, access.Denial(DenialKind.ERROR_PAGE if "error" in found[0] else DenialKind.LOGIN))


def refuse_error_heading(page: BeautifulSoup, url: str) -> None:
    """Raises where a heading is that of an error and nothing else, whatever frame is around it (ris-systems B.6)."""
    for node in page.select("h1, h2, h3, .smc_h3")[:6]:
        if found := access.denial_filling(text(node) or "", _HEADINGS):
            raise _denied(page, url, found)


def _denied(page: BeautifulSoup, url: str, usual: access.Denial) -> AccessDenied:
    """What a page says that is nothing but a denial; `usual` where its words are not known."""
    return access.denied(access.denial_on(page, "") or usual, url, _EXPECTED)


def refuse_error_text(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raises where a page on which its own content is missing says why."""
    if found := access.denial_on(page, markup):
        raise access.denied(found, url, _EXPECTED)


def refuse(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page on which nothing of a council was recognised, with what it is instead."""
    if _SOURCE_CODE.search(markup[:2000]):
        raise access.denied(access.Denial(DenialKind.ERROR_PAGE, "the server's own source text"), url, _EXPECTED)
    access.refuse(page, markup, url, _EXPECTED)


_ENDS = ("</html", "</body", "smcsomacosinfo", 'id="smcfooter"', "<!-- /wrapper", "<!-- /page-content-1")


def refuse_cut_off(markup: str, url: str) -> None:
    """Raises where a whole page begins and does not end: the rest of its agenda would be taken for removed."""
    lower = markup.lower()
    if "<html" in lower[:5000] and not any(end in lower for end in _ENDS):
        raise UnexpectedResponse(url, "a page up to </html>", "a page that is cut off", "Ask again later")

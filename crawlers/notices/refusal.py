"""Answers with status 200 that are no pages of the site: access checks, log-ins, errors, maintenance."""

from __future__ import annotations

from typing import Final

from bs4 import BeautifulSoup

from crawlers.parsing import access
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import text

_EXPECTED: Final = "a page of notices"


def refuse(page: BeautifulSoup, markup: str, url: str) -> None:
    """Raise AccessDenied for an access check, a log-in or an error that answers like a page; UnexpectedResponse for an
    empty one."""
    if found := access.denial_announced(page, markup):
        raise access.denied(found, url, _EXPECTED)
    if text(page.body) is None:
        raise UnexpectedResponse(url, _EXPECTED, "a page without any text", "Look whether it needs JavaScript")

"""Refusals in councilservice's own words; gates, log-ins and error pages are told apart in
`crawlers.parsing.access`."""

from __future__ import annotations

from typing import Any, NoReturn

from bs4 import BeautifulSoup

from crawlers.councilservice.export import without_key
from crawlers.councilservice.fields import found
from crawlers.parsing.access import refuse
from crawlers.parsing.errors import AccessDenied, UnexpectedResponse

ERROR = "an error:"
"""How begins what a refusal found where the system itself says that it gives no such thing."""
_WAIT = "Leave the source alone for today; verwaltungsportal.de bans clients for hours that ask too quickly"
_KEY_AGAIN = "Read the key from the municipality's page again; look at the page where that does not help"


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page that shows no councilservice: a gate, a log-in (the system's answer to a wrong key), an error,
    or another page. The key is in none of its words."""
    try:
        refuse(page, markup, url, "a page that shows councilservice", wait=_WAIT, look=_KEY_AGAIN)
    except UnexpectedResponse as no:
        raise type(no)(no.url, no.expected, without_key(no.found), no.advice) from None


def refuse_answer(value: Any, url: str) -> None:
    """Raises AccessDenied for anything but status OK; UnexpectedResponse where there is no status at all."""
    if not isinstance(value, dict) or "status" not in value:
        raise UnexpectedResponse(url, "an answer with status and data", found(value), "Mend the reader")
    if value["status"] != "OK":
        said = value.get("message") or value["status"]
        raise AccessDenied(url, "status OK", f"{ERROR} {found(said)}", _KEY_AGAIN)

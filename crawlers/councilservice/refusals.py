"""Refusals in councilservice's own words; what they share with all systems is in `crawlers.parsing.access`."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.councilservice.fields import found
from crawlers.parsing.access import denied_by_message, refuse
from crawlers.parsing.errors import DenialKind, UnexpectedResponse

_WAIT = "Leave the source alone for today; verwaltungsportal.de bans clients for hours that ask too quickly"
_KEY_AGAIN = "Read the key from the municipality's page again; look at the page where that does not help"
_ADVICE: Final = {kind: _WAIT if kind.keeps_out else _KEY_AGAIN for kind in DenialKind}


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page that shows no councilservice: an access check, a log-in (the system's answer to a wrong key),
    an error, or another page."""
    refuse(page, markup, url, "a page that shows councilservice", advice=_ADVICE)


def refuse_answer(value: Any, url: str) -> None:
    """Raises AccessDenied for anything but status OK; UnexpectedResponse where there is no status at all."""
    if not isinstance(value, dict) or "status" not in value:
        raise UnexpectedResponse(url, "an answer with status and data", found(value), "Mend the reader")
    if value["status"] != "OK":
        said = value.get("message") or value["status"]
        no_such_thing = DenialKind.FORBIDDEN
        raise denied_by_message(said, found(said), url, "status OK", advice=_ADVICE, otherwise=no_such_thing)

"""Refusals in more!rubin's own words; what they share with all systems is in `crawlers.parsing.access`."""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

from bs4 import BeautifulSoup

from crawlers.morerubin import quirks
from crawlers.parsing import access
from crawlers.parsing.denial_phrases import Phrase
from crawlers.parsing.errors import DenialKind, UnexpectedResponse
from crawlers.parsing.json_values import found

_EXPECTED: Final = "a page of more!rubin"
_PHRASES: Final = (Phrase(DenialKind.GONE, None, (r"unbekannte sitzung",)),)
_SHELL = re.compile(r"/components/index-[\w-]+\.js")


def refuse_page(page: BeautifulSoup, markup: str, url: str) -> NoReturn:
    """Raises for a page that held nothing of a council: what it is instead."""
    if _SHELL.search(markup.lower()) and page.select_one("div#app"):
        advice = "The page draws itself from api.php, and any unknown path answers so: ask api.php"
        raise UnexpectedResponse(url, "a page with data", "the empty frame of the newer interface", advice)
    access.refuse(page, markup, url, _EXPECTED, _PHRASES)


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
        raise access.denied_by_message(said, found(said), url, "an answer of api.php", _PHRASES)

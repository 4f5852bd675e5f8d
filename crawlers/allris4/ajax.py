"""Wicket's answers to Ajax requests: XML that holds pieces of the page as CDATA."""

from __future__ import annotations

import re
from typing import Final

_ANSWER: Final = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*<ajax-response\b")
_COMPONENT: Final = re.compile(r"<component\b[^>]*>\s*<!\[CDATA\[", re.IGNORECASE)
_REDIRECT: Final = re.compile(r"<redirect\b[^>]*>\s*<!\[CDATA\[", re.IGNORECASE)
_SPLIT_END: Final = "]]]]><![CDATA[>"
"""How a "]]>" inside of CDATA is written: the section ends and begins again between its letters."""


def is_answer(markup: str) -> bool:
    """Whether this is such an answer, not a page."""
    return bool(_ANSWER.match(markup[:2000]))


def components(markup: str) -> str | None:
    """The pieces of the page that the answer holds, one after another; None where one of them does not end."""
    return _sections(markup, _COMPONENT)


def redirect(markup: str) -> str | None:
    """Where the answer sends to instead."""
    return _sections(markup, _REDIRECT) or None


def is_whole(markup: str) -> bool:
    """Whether the answer ends."""
    return "</ajax-response>" in markup[-2000:]


def _sections(markup: str, opening: re.Pattern[str]) -> str | None:
    found = []
    for start in opening.finditer(markup):
        text, place = [], start.end()
        while True:
            end = markup.find("]]>", place)
            if end < 0:
                return None
            if markup.startswith(_SPLIT_END, end - 2):
                text.append(markup[place : end - 2] + "]]>")
                place = end - 2 + len(_SPLIT_END)
                continue
            text.append(markup[place:end])
            break
        found.append("".join(text))
    return "\n".join(found)

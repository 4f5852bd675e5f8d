"""Single values of JSON, whatever the system: what they are, and how a message shows them."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Callable
from typing import Any, Final

from crawlers.parsing.access import refuse_body
from crawlers.parsing.clocks import is_time, read_stamp, times_in
from crawlers.parsing.dates import YEARS
from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import decoded, tidy

LONGEST_IDENTIFIER: Final = 300
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAK_HINT = re.compile(r"</?wbr\s*/?>", re.IGNORECASE)
_AGAIN: Final = "Ask again later; if it stays so, look at the address in a browser"


class Misread(ValueError):
    """A value is not what it should be; its text says what that is: "a day"."""


class TooLong(Misread):
    """A text is no identifier; `characters` is how long it is."""

    def __init__(self, characters: int) -> None:
        super().__init__("a short identifier")
        self.characters = characters


def parsed_json(body: bytes, url: str, expected: str) -> Any:
    """The value of an answer. Raises UnexpectedResponse where it is no JSON, or nothing at all; AccessDenied where it
    is a denial."""
    text = decoded(body).strip()
    try:
        return json.loads(text, strict=False, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        refuse_body(body, url, expected)
        what = f"no JSON: {str(error)[:80]}" if text else "an empty answer"
        raise UnexpectedResponse(url, expected, what, _AGAIN) from None


def found(raw: object, mask: Callable[[str], str] = str) -> str:
    """A value as a message shows it: short, without what `mask` takes out, and never what an object holds: that could
    be a person's address."""
    if isinstance(raw, dict):
        return f"an object with the keys {', '.join(ascii(str(key))[:30] for key in list(raw)[:6]) or 'none'}"
    if isinstance(raw, list):
        return f"a list of {len(raw)}"
    return cut_short(mask(ascii(raw)))


def cut_short(text: str) -> str:
    """A text of 80 characters at the most."""
    return text if len(text) <= 80 else f"{text[:77]}..."


def line(raw: object) -> str | None:
    """A text as people read it, in one line, tags and entities gone; None where nothing is left. Raises Misread for no
    text."""
    return tidy(as_written(raw))


def as_written(raw: object) -> str | None:
    """The same, letter by letter as it stands there: for numbers, paths and other names of objects."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | None):
        raise Misread("a text")
    text = "" if raw is None else str(raw)
    if "<" in text:
        text = _TAG.sub(" ", _BREAK_HINT.sub("", text))
    if "&" in text:
        text = html.unescape(text)
    return " ".join(_CONTROL.sub(" ", text).split()) or None


def identifier(raw: object) -> str | None:
    """A number or another short text that names an object. Raises TooLong for one that is too long to be that."""
    text = as_written(raw)
    if text is not None and len(text) > LONGEST_IDENTIFIER:
        raise TooLong(len(text))
    return text


def whole_number(raw: object) -> int | None:
    """7, "7" → 7. Raises Misread for anything else that is stated."""
    text = line(raw)
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise Misread("a whole number")
    return int(text)


def day(raw: object) -> dt.date | None:
    """ "2026-09-03", "2026-09-03 00:00:00", "03.09.2026" → a day; None for "0000-00-00". Raises Misread."""
    text = line(raw)
    if text is None or text.startswith("0000-00-00"):
        return None
    stamp = read_stamp(text)
    if stamp is None or stamp.day.year not in YEARS:
        raise Misread("a day")
    return stamp.day


def clock(raw: object) -> dt.time | None:
    """ "18:30:00", "18:30 Uhr", "18 Uhr" → a time of the day; None for "00:00:00": not set. Raises Misread."""
    text = line(raw)
    times = times_in(text)
    if text is not None and not (is_time(text) and times.is_understood):
        raise Misread("a time")
    return times.first


def moment(raw: object) -> dt.datetime | None:
    """ "2026-09-03T18:30:00+02:00" → a moment in Berlin. Raises Misread."""
    text = line(raw)
    stamp = read_stamp(text)
    if text is not None and stamp is None:
        raise Misread("a moment")
    return stamp.moment if stamp else None


def flag(raw: object) -> bool:
    """true, 1, "1", "ja" → True; nothing, false, 0, "0" → False. Raises Misread."""
    text = str(raw).strip().lower() if isinstance(raw, bool | str | int) else "" if raw is None else None
    if text not in _YES | _NO:
        raise Misread("yes or no")
    return text in _YES


_YES, _NO = frozenset({"1", "true", "ja", "yes"}), frozenset({"0", "false", "nein", "no", ""})


def many(raw: object) -> list[Any]:
    """A list, or PHP's object of numbered keys as one; a single value is a list of itself, nothing is none."""
    if isinstance(raw, list):
        return raw
    if isinstance(raw, dict):
        return list(raw.values()) if all(str(key).isdecimal() for key in raw) else [raw]
    return [] if raw is None or raw == "" else [raw]

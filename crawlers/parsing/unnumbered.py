"""Meetings without a number: the id they are given, and which numbered meeting is the same one.

A calendar shows no number before the agenda is out, and often none any more when a meeting is cancelled.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

from council.model import Meeting
from crawlers.parsing.cancellation import bare_name

_PREFIX: Final = "day-"


def placeholder_id(start: dt.datetime, name: str) -> str:
    """The id of a meeting to which the system gives no number: its day and name, the same when it is cancelled."""
    return f"{_PREFIX}{start:%Y-%m-%d}-{_slug(name)[:150]}"


def is_placeholder(native_id: str) -> bool:
    """Whether this is such an id."""
    return native_id.startswith(_PREFIX)


def are_same(meeting: Meeting, other: Meeting) -> bool:
    """Whether two meetings are one: of one day, and called the same but for what says that it is cancelled; or of one
    moment, and the name of one ends the other's ("12. Sitzung des Rates") or is not known."""
    if meeting.start is None or other.start is None or meeting.start.date() != other.start.date():
        return False
    first, second = _slug(meeting.name or ""), _slug(other.name or "")
    if not first or not second:
        return meeting.start == other.start
    return first == second or (
        meeting.start == other.start and (first.endswith(f"-{second}") or second.endswith(f"-{first}"))
    )


def _slug(name: str) -> str:
    plain = (
        unicodedata.normalize("NFKD", (bare_name(name) or name).lower().replace("ß", "ss"))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

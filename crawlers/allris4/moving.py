"""What is said beside a committee or a day about a meeting that is moved or called off: told apart from both."""

from __future__ import annotations

import datetime as dt
import re

from crawlers.parsing.cancellation import says_cancelled
from crawlers.parsing.html import tidy
from crawlers.parsing.rescheduling import is_moved_away

_WORD = (
    r"\b(?:verschoben|verlegt|vertagt|termin(?:änderung|\s+geändert)|neuer\s+termin|abgesagt|abgesetzt|entfällt"
    r"|entfallen|fällt\s+(?:leider\s+)?aus|ausgefallen|ausfall|absage|annulliert|storniert|gestrichen"
    r"|findet\s+(?:leider\s+)?nicht\s+statt|(?:verschiebung|verlegung)(?=\D{0,40}\d))\b"
)
_BRACKETED = re.compile(rf"\s*[(\[][^()\[\]]*{_WORD}[^()\[\]]*[)\]]", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:^|\s+|[(\[,;:!*–—]\s*)(?:[-–—(\[]\s*)?(?:(?:wird|wurde|ist)\s+)?(?:auf\s[^()]{{0,40}}?)?{_WORD}.*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\W*{_WORD}(?:\s+auf\b(?:[^:]{{0,40}}:|(?:\s+den)?[\s\d.]+))?\W*", re.IGNORECASE)
_REST = " -–—,;:!*(["


def without_moving(said: str | None) -> str | None:
    """A committee's name alone: "Rat (verschoben auf 10.2.)", "ABGESAGT: Rat", "Rat - entfällt" → "Rat"."""
    before = _BEFORE.match(said or "")
    return of_this_day((said or "")[before.end() :] if before else said)


def of_this_day(said: str | None) -> str | None:
    """What is said of the day itself, not of the one a meeting is moved to: "3.2.2025 (verschoben auf 10.2.2025)" →
    "3.2.2025"; None where nothing is left."""
    line = _BEHIND.sub("", _BRACKETED.sub("", said or "")).strip()
    return tidy(line.rstrip(_REST) if line != (said or "").strip() else line)


def is_off(day: dt.datetime | None, *said: str | None) -> bool:
    """Whether one of these texts says that the meeting of this day is called off or moved to another."""
    texts = [one for one in said if one]
    return any(says_cancelled(one) for one in texts) or (
        day is not None and any(is_moved_away(one, day.date()) for one in texts)
    )

"""Meetings that are called off or moved: what of a title says so, and what is left of it then.

There is no flag for it: "Rat (verschoben auf 10.02.2026)", "Rat - entfällt", "ABSAGE Rat".
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from crawlers.parsing.cancellation import says_cancelled
from crawlers.parsing.html import tidy
from crawlers.parsing.rescheduling import is_moved_away
from crawlers.sessionnet.values import LONGEST_TITLE

_DAY: Final = r"\d{1,2}\.\s?(?:\d{1,2}\.|[a-zä]{3,9}\.?)(?:\s?\d{4}|\d{2}(?![\d.:]))?"
_CLOCK: Final = r"(?:[\s,]*(?:(?:um|ab)\s+)?\d{1,2}(?:[.:]\d{2})?\s*uhr)?"
_VERB: Final = r"(?:(?:wird|wurde|ist)\s+(?:leider\s+)?)?"
_MOVED: Final = r"(?:verschoben|verlegt|vertagt|verschiebung|verlegung|terminänderung|termin\s+geändert|neuer\s+termin)"
_OFF: Final = (
    r"(?:abgesagt|absage|entfällt|entfallen|ausgefallen|ausfall|annulliert|storniert|gestrichen"
    r"|fällt\s+(?:leider\s+)?aus|findet\s+(?:leider\s+)?nicht\s+statt)"
)
_LEADS_TO: Final = (
    r"(?:[\s:,.]|\b(?:auf|nach|vom|von|am|ist|der|den|dem|zum|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|mo|di|mi|do|fr|sa|so)\b){0,14}"
)
_BEFORE: Final = r"[\s\-–,:;*!]*\b"
_STATE: Final = re.compile(
    rf"\s*[(\[][^()\[\]]{{0,60}}?\b(?:{_MOVED}|{_OFF})\b[^()\[\]]{{0,60}}[)\]]"
    rf"|{_BEFORE}{_VERB}auf\b{_LEADS_TO}{_DAY}{_CLOCK}\s*(?:verschoben|verlegt|vertagt)\b"
    rf"|{_BEFORE}{_VERB}{_MOVED}\b{_LEADS_TO}{_DAY}{_CLOCK}(?:\s*(?:auf|nach)\b{_LEADS_TO}{_DAY}{_CLOCK})?"
    rf"|{_BEFORE}{_VERB}(?:verschoben|verlegt|vertagt|{_OFF})(?=\W*$|\s*[!.]*\s*[\-–(]\s?)"
    rf"|^\W*(?:{_OFF}|{_MOVED})\b[\s:!.*\-–]*",
    re.IGNORECASE,
)


def is_off(said: str, day: dt.date | None) -> bool:
    """Whether a title or a sentence says that the meeting of this day is called off, or is held on another."""
    if says_cancelled(said):
        return True
    return is_moved_away(said[:LONGEST_TITLE], day or dt.date.min)


def without_state(said: str) -> str | None:
    """A committee's name without what says that its meeting is called off or moved; None where nothing is left."""
    return tidy(_STATE.sub(" ", said).strip(" -–,:;!")) if len(said) <= LONGEST_TITLE else said


def masked(said: str) -> str:
    """The text, as long as it was, with strange signs where it says that the meeting is called off or moved: the day
    to which it is moved is not the meeting's own."""
    return _STATE.sub(lambda found: "·" * len(found[0]), said) if len(said) <= LONGEST_TITLE else said

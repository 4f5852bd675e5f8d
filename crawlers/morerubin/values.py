"""Single values: what a JSON value of api.php means. Numbers come as numbers (new) or as texts (old interface)."""

from __future__ import annotations

import datetime as dt
import re

from crawlers.parsing.dates import BERLIN, german_moment
from crawlers.parsing.json_values import found, line

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2}))?(?:\s*(?:Uhr|h))?|\s*(?:Uhr|h))", re.ASCII | re.IGNORECASE)
_YES, _NO = frozenset({"1", "true", "ja", "yes"}), frozenset({"0", "false", "nein", "no", ""})
_YEARS = range(1900, 2101)


def flag(raw: object) -> bool:
    """true, 1, "1" → True; nothing, false, 0, "0" → False. Raises ValueError for anything else."""
    text = str(raw).strip().lower() if isinstance(raw, bool | str | int) else "" if raw is None else None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"expected yes or no, found {found(raw)}")


def day(raw: object) -> dt.date | None:
    """ "2026-09-03", "2026-09-03 00:00:00", "03.09.2026" → a day. Raises ValueError for anything else that is said."""
    text = line(raw)
    if text is None or text.startswith("0000-00-00"):
        return None
    try:
        read = _day(text)
    except ValueError:
        read = None
    if read is None or read.year not in _YEARS:
        raise ValueError(f"expected a day, found {found(raw)}")
    return read


def _day(text: str) -> dt.date | None:
    iso = _ISO.fullmatch(text)
    if not iso:
        german = german_moment(text)
        return german.date() if german else None
    if not iso[3]:
        return dt.date.fromisoformat(iso[1])
    offset = "+00:00" if iso[3] == "Z" else iso[3]
    return dt.datetime.fromisoformat(f"{iso[1]}T{iso[2]}{offset}").astimezone(BERLIN).date()


def clock(raw: object) -> dt.time | None:
    """ "18:30:00", "18:30 Uhr", "18 Uhr" → a time; "00:00:00" is more!rubin's word for "not set" → None. Raises
    ValueError."""
    text = line(raw)
    if text is None:
        return None
    read = _CLOCK.fullmatch(text)
    try:
        said = dt.time(int(read[1]), int(read[2] or 0), int(read[3] or 0)) if read else None
    except ValueError:
        said = None
    if said is None:
        raise ValueError(f"expected a time, found {found(raw)}")
    return said if said != dt.time(0) else None


def at(day: dt.date, clock: dt.time | None) -> dt.datetime:
    """A moment in Berlin; midnight where no time is said."""
    return dt.datetime.combine(day, clock or dt.time(0), tzinfo=BERLIN)


def until(day: dt.date, start: dt.time | None, end: dt.time | None) -> dt.datetime | None:
    """The end of a meeting; on the next day where the time has passed midnight."""
    if end is None:
        return None
    past_midnight = start is not None and end < start
    return at(day + dt.timedelta(days=1) if past_midnight else day, end)


def many(raw: object) -> list[object]:
    """A list, or PHP's object of numbered keys as one; nothing → none."""
    if isinstance(raw, list):
        return raw
    if isinstance(raw, dict):
        return list(raw.values()) if all(str(key).isdecimal() for key in raw) else [raw]
    return [] if raw is None or raw == "" else [raw]

"""Times of day, spans and moments as German councils write them: the one grammar of clocks. What is written and is no
time is unknown.

The first time is the begin; an end is one only behind "-", "bis" or "Ende". "00:00" and "24:00" in the place of a
begin, and "00:00" in that of an end, are how systems show that no time is set; "bis 24 Uhr" is the midnight at the
day's end.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from crawlers.parsing.dates import BERLIN, WEEKDAY, day_in, find_days, short_days_in, without_days


class Place(Enum):
    """Where a text with a time stands: what a bare number is taken for depends on it."""

    PROSE = "a time needs its unit: 18 Uhr, 18.30 h"
    DAY = "in the place of a day: also 18:30; 18.30 only beside a day"
    TIME = "in the place of a time: also 18.30"


@dataclass(frozen=True, slots=True)
class Times:
    """Begin and end as a text says them; None where they are not stated, or not set."""

    begin: dt.time | None = None
    end: dt.time | None = None
    is_unset: bool = False
    """Whether the text shows in figures that no time is set."""
    is_impossible: bool = False
    """Whether the text says a time that no day has: "25:00"."""

    @property
    def is_understood(self) -> bool:
        """Whether the text says a time, or in figures that none is set."""
        return self.first is not None or self.is_unset

    @property
    def first(self) -> dt.time | None:
        """The one that is stated, of a text that is known to say but one."""
        return self.begin or self.end


_LONGEST: Final = 2000
_LONGEST_MEETING: Final = dt.timedelta(hours=14)
"""A meeting whose end is earlier in the day than its begin ends on the next day, unless it would last longer."""
_UNIT = r"(?i:uhr|h)(?![^\W\d_])"
_CLOCK: Final = re.compile(
    rf"(?<![\d.:])(?<!\d,)(?:"
    rf"(?P<whole>[01]\d|2[0-4])(?P<minutes>[0-5]\d)(?=\s?{_UNIT})"
    rf"|(?P<hour>\d{{1,2}})(?:(?P<sign>[:.,])(?P<minute>\d\d)(?::\d\d)?)?(?![\d:]|[.,]\d))"
    rf"(?:\s?(?P<half>[AP]M\b|pm\b|[ap]\.\s?m\b\.?|am(?=\s*(?:$|[-,;)])))"
    rf"|\s?(?P<unit>{_UNIT})(?:\s?(?P<late>[0-5]\d)(?=\s*(?:$|[-,;()]|bis\b)))?)?"
)
_UNTIL: Final = re.compile(
    r"(?:\s?[cs]\.\s?t\.)?[\s,()]*(?:-|(?:bis|endet?)\b)(?:[\s:;,()-]*(?:bis|ende|um|ca|etwa|gegen|voraussichtlich|vsl)\b\.?)*"
    r"[\s:;,(-]*",
    re.IGNORECASE,
)
_ONLY_END: Final = re.compile(r"(?:^|.*\W)(?:bis|ende)\W*(?:ca\.?\s*)?", re.IGNORECASE)
_ROOM: Final = re.compile(
    r"(?:r[aä]um\w*|saal|zimmer|zi|haus|gebäude|trakt|block|etage|ebene|stock|nr|nummer|top|punkt|(?<![^\W_])r)\W{0,2}[a-z]?\W?$",
    re.IGNORECASE,
)
_LEADS_TO_SPAN: Final = re.compile(
    rf"(?:^|[,;:()]|(?<![^\W\d_])(?:von|zwischen|ab|um|zeit|uhrzeit|beginn|{WEEKDAY})\.?)\s*$", re.IGNORECASE
)
_FILLER: Final = re.compile(
    rf"(?:(?:beginn|zeit|uhrzeit|ab|um|von|bis|ende|ca|gegen|etwa|uhr|h|am|den|dem|der|vom|datum|mez|mesz|[cs]\.?\s?t|{WEEKDAY})"
    r"(?![^\W\d_])|[\s,;:.()\-])+",
    re.IGNORECASE,
)


def times_in(text: str | None, place: Place = Place.TIME) -> Times:
    """Begin and end: "18:00 - 20:15 Uhr", "18.00 bis 20.15", "17-19 Uhr", "18h", "6:00 PM". A room's number is none."""
    line = _without_days(text)
    found = _sure(_candidates(line), line, place)
    if not found:
        return Times()
    times = [_time(at, found) for at in range(len(found))]
    if None in times[:2]:
        return Times(is_impossible=True)
    begin, end = times[0], times[1] if len(found) > 1 and _is_until(line, found[0], found[1]) else None
    if end is None and _ONLY_END.fullmatch(line, max(0, found[0].start() - 20), found[0].start()):
        begin, end = None, begin
    is_unset = begin == dt.time() and not found[0]["half"]
    if end == dt.time() and not _is_written_24(found[1 if begin else 0]):
        end = None
    return Times(None if is_unset else begin, end, is_unset)


def is_time(text: str | None) -> bool:
    """Whether a text is a time and at most its end: "18:00", "ab 18.30 Uhr", "6:00 PM", "18-20 Uhr"; no bare number."""
    line = _without_days(text)
    return ";" not in line and _is_only(line) == "time"


def is_day(text: str | None) -> bool:
    """Whether a text is one day and at most its weekday and time: "Di, 01.09.2026", "1. Sept. 2026, 18 Uhr"."""
    return len(find_days(text)) == 1 and _is_only(_without_days(text)) is not None


def is_short_day(text: str | None) -> bool:
    """Whether a text is one day without its year, and at most its weekday and time: "Di 4.2.", "4. Februar"."""
    is_one = not find_days(text) and len(short_days_in(text)) == 1
    return is_one and _is_only(_without_days(text)) is not None


def _is_only(line: str) -> str | None:
    """ "time" for a text with a time and nothing else, "" for one with nothing at all, else None."""
    found = _sure(_candidates(line), line, Place.TIME)
    for clock in reversed(found):
        line = f"{line[: clock.start()]} {line[clock.end() :]}"
    rest = line.strip()
    return ("time" if found else "") if not rest or _FILLER.fullmatch(rest) else None


def _without_days(text: str | None) -> str:
    """The text with ";" in the place of its days, which may look like times."""
    return without_days((text or "")[:_LONGEST].translate(_SUPERSCRIPTS))


_SUPERSCRIPTS: Final = {ord(sign): str(digit) for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}


def _candidates(line: str) -> list[re.Match[str]]:
    """Everything that may be a time, without the numbers of rooms."""
    found = list(_CLOCK.finditer(line))
    return [
        clock
        for clock in found
        if clock["unit"] or clock["half"] or (clock["sign"] != "," and not _is_room(clock, line))
    ]


def _is_room(found: re.Match[str], line: str) -> bool:
    return found["sign"] != ":" and bool(_ROOM.search(line, max(0, found.start() - 20), found.start()))


def _sure(found: list[re.Match[str]], line: str, place: Place) -> list[re.Match[str]]:
    """Those that are times: by their form, else as the other side of a span: "18 - 20 Uhr"."""
    has_colon = place is not Place.PROSE
    sure = {
        at for at, clock in enumerate(found) if clock["unit"] or clock["half"] or (has_colon and clock["sign"] == ":")
    }
    if not sure and (place is Place.TIME or (place is Place.DAY and ";" in line)):
        sure = {at for at, clock in enumerate(found) if clock["minute"]}
    if place is Place.PROSE:  # "18:00, 19:00 Uhr": both
        sure |= {
            at - 1 for at in sure if at and found[at - 1]["sign"] == ":" and _is_listed(line, *found[at - 1 : at + 1])
        }
    until = [_is_until(line, found[at], found[at + 1]) for at in range(len(found) - 1)]
    for at in range(len(found) - 2, -1, -1):
        leads = found[at]["minute"] or _LEADS_TO_SPAN.search(line, max(0, found[at].start() - 20), found[at].start())
        sure |= {at} if until[at] and at + 1 in sure and leads else set()
    for at in range(len(found) - 1):
        sure |= {at + 1} if until[at] and at in sure and found[at + 1]["minute"] else set()
    return [clock for at, clock in enumerate(found) if at in sure]


def _is_until(line: str, first: re.Match[str], other: re.Match[str]) -> bool:
    """Whether what stands between two times says that the second is the end of the first."""
    return other.start() - first.end() < 60 and bool(_UNTIL.fullmatch(line, first.end(), other.start()))


def _is_listed(line: str, first: re.Match[str], other: re.Match[str]) -> bool:
    return line[first.end() : other.start()].strip() in {",", "/", "und"}


def _is_written_24(found: re.Match[str]) -> bool:
    return int(found["hour"] or found["whole"]) == 24


def _minute(found: re.Match[str]) -> int:
    return int(found["minute"] or found["minutes"] or found["late"] or 0)


def _time(at: int, found: list[re.Match[str]]) -> dt.time | None:
    """The time of day, midnight for 24:00; None for what no day has."""
    hour, minute = _hour(found[at], found[at + 1 : at + 2]), _minute(found[at])
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return dt.time(hour % 24, minute)


def _hour(found: re.Match[str], following: list[re.Match[str]]) -> int:
    """The hour of the day; the half of an English day stands behind the second of two times as well for the first."""
    hour, half = int(found["hour"] or found["whole"]), (found["half"] or "")[:1].lower()
    if not half and following and (behind := (following[0]["half"] or "")[:1].lower()):
        end = int(following[0]["hour"])
        half = behind if _in_half(hour, behind) <= _in_half(end, behind) else ""
    return _in_half(hour, half)


def _in_half(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "p" else 0) if half and 1 <= hour <= 12 else hour


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as a program writes it, in Berlin; midnight where it is but a day."""

    moment: dt.datetime
    day: dt.date
    """The day as it is written where an offset of a place is: "2014-01-01T00:00:00+02:00" is the first of January."""
    has_time: bool


_ISO: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d)(:\d\d)?(?:[.,]\d+)?\s*(Z|z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)


def read_stamp(text: str | None) -> Stamp | None:
    """ "2026-09-01T18:30:00+02:00", "2026-09-01", "01.09.2026, 18.30 Uhr": ISO 8601 or a German day with at most its
    time; without an offset it is meant in Berlin. None for anything else. "T24:00" keeps its day: no time is set."""
    found = _ISO.fullmatch((text or "").strip())
    if found is None:
        day, times = day_in(text) if is_day(text) else None, times_in(text)
        return None if day is None or times.is_impossible else Stamp(at(day, times.begin), day, times.is_understood)
    written, minutes, seconds, offset = found.groups()
    zone = "+00:00" if offset in ("Z", "z") else offset or ""
    clock = "00:00" if minutes in (None, "24:00") else minutes
    try:
        moment = dt.datetime.fromisoformat(f"{written}T{clock}{seconds or ':00'}{zone}")
        local = (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(BERLIN)
    except (ValueError, OverflowError):  # OverflowError: an offset leads out of all years
        return None
    return Stamp(local, moment.date() if moment.utcoffset() else local.date(), minutes is not None)


def at(day: dt.date, time: dt.time | None) -> dt.datetime:
    """A moment in Berlin; midnight where no time is given. An hour that the change to summer time skips is the next."""
    moment = dt.datetime.combine(day, time or dt.time(), BERLIN)
    return moment.astimezone(dt.UTC).astimezone(BERLIN)


def moments(
    day: dt.date | None, begin: dt.time | None, end: dt.time | None, last_day: dt.date | None = None
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Begin and end in Berlin, of a meeting whose last day may be given. An end earlier in the day than the begin is on
    the next day; one that would make the meeting last longer than 14 hours, or nothing at all, is not known."""
    if day is None:
        return None, None
    start = at(day, begin)
    if begin is None or end is None:
        return start, None
    if last_day and last_day > day:
        return start, at(last_day, end)
    finish = at(day if end > begin else day + dt.timedelta(days=1), end)
    is_known = end > begin or (end < begin and finish - start <= _LONGEST_MEETING)
    return start, finish if is_known else None

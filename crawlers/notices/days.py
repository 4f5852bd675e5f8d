"""Days and times inside a running text, as notices write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from crawlers.parsing.dates import BERLIN

_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip
_NUMERIC = r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})(?![\d.]*\d)"
_NAMED = (
    r"(?<!\d)(?P<dn>\d{1,2})\.?\s?(?P<mn>jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?\s+(?P<yn>\d{4})"
)
_ISO = r"(?<!\d)(?P<yi>(?:19|20)\d{2})-(?P<mi>\d{2})-(?P<di>\d{2})(?!\d)"
_IN_A_NAME = (
    r"(?<!\d)(?:(?P<y2>20\d{2})_(?P<m2>\d{2})_(?P<d2>\d{2})|"
    r"(?P<d3>\d{1,2})(?P<s3>[-_])(?P<m3>\d{1,2})(?P=s3)(?P<y3>20\d{2}))(?!\d)"
)
DAY = re.compile(rf"{_NUMERIC}|{_NAMED}|{_ISO}|{_IN_A_NAME}", re.IGNORECASE)
_CLOCK = r"(?P<h{0}>[01]?\d|2[0-4])(?:[.:](?P<m{0}>[0-5]\d))?"
_TIMES = re.compile(
    rf"(?<![\d.:/-]){_CLOCK.format(1)}(?:\s*Uhr)?\s*(?:-|–|bis)\s*(?:ca\.?\s*)?{_CLOCK.format(2)}\s*Uhr"
    rf"|(?<![\d.:/-]){_CLOCK.format(3)}\s*(?:Uhr|h)\b",
    re.IGNORECASE,
)
_BARE_TIME = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d.:]*\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """A day as it stands in a text; `day` is None where the calendar has no such day."""

    start: int
    end: int
    day: dt.date | None


def days_in(text: str) -> list[Said]:
    """Every day with its year: "12.11.2026", "3.9.26", "12. November 2026", "2026-11-12", "12-11-2026"."""
    return [Said(found.start(), found.end(), _day(found)) for found in DAY.finditer(text[:100_000])]


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        if found["mi"]:
            return dt.date(int(found["yi"]), int(found["mi"]), int(found["di"]))
        if found["mn"]:
            short = {"mrz": "mär"}.get(found["mn"].lower(), found["mn"].lower())
            month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(short))
            return dt.date(int(found["yn"]), month, int(found["dn"]))
        if found["y2"] or found["y3"]:
            parts = [int(found[f"{part}2"] or found[f"{part}3"]) for part in "ymd"]
            return dt.date(*parts)
        year = int(found["y"])
        return dt.date(year + 2000 if year < 100 else year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def times_in(text: str, *, bare: bool = False) -> tuple[dt.time | None, dt.time | None]:
    """The first time in a text and, of a span, its end: "19 Uhr", "19.00 – 21.30 Uhr"; with `bare` also "19:00"."""
    found = _TIMES.search(text[:20_000])
    if found and found["h1"]:
        return _time(found["h1"], found["m1"]), _time(found["h2"], found["m2"])
    if found:
        return _time(found["h3"], found["m3"]), None
    if bare and (alone := _BARE_TIME.search(DAY.sub(" ", text[:1000]))):
        return _time(alone[1], alone[2]), None
    return None, None


def _time(hour: str, minute: str | None) -> dt.time | None:
    return dt.time(int(hour), int(minute or 0)) if int(hour) < 24 else None


def moment(day: dt.date, time: dt.time | None) -> dt.datetime:
    """A moment in Berlin; midnight where no time is said, as everywhere in Ratslupe."""
    return dt.datetime.combine(day, time or dt.time(), tzinfo=BERLIN)

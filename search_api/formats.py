"""How values look in German text: dates, times in Germany, numbers, sizes, marked words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

BERLIN = ZoneInfo("Europe/Berlin")


def day(when: dt.date | dt.datetime | None) -> str:
    """24.11.2026; a moment's day is the one in Germany."""
    if when is None:
        return ""
    local = when.astimezone(BERLIN) if isinstance(when, dt.datetime) else when
    return f"{local.day:02}.{local.month:02}.{local.year}"


def moment(when: dt.datetime | None) -> str:
    """24.11.2026, 18:30 Uhr; only the day where a council gave no time (midnight)."""
    if when is None:
        return ""
    local = when.astimezone(BERLIN)
    return day(when) if (local.hour, local.minute) == (0, 0) else f"{day(when)}, {local:%H:%M} Uhr"


def number(count: int) -> str:
    """12.345"""
    return f"{count:,}".replace(",", ".")


def size(count: int | None) -> str:
    """123 KB, 1,5 MB"""
    if count is None:
        return ""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def marked(text: str, highlights: Sequence[tuple[int, int]]) -> Markup:
    """The text with <mark> around the highlights; everything of the text is escaped, whatever it holds."""
    out: list[Markup] = []
    place = 0
    for start, end in sorted(highlights):
        if start < place or end <= start or end > len(text):
            continue
        out += [escape(text[place:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        place = end
    return Markup("").join([*out, escape(text[place:])])

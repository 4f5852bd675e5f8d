"""Invents municipalities: any, or the two that are ready made. Same seed and day, same municipality."""

from __future__ import annotations

import datetime as dt
from functools import cache

from townhall.invention.builder import Invention
from townhall.invention.meeting_calendar import CLOSE
from townhall.invention.model import (
    SECRET_WORD,
    AgendaItem,
    Committee,
    Consultation,
    Document,
    Format,
    Meeting,
    Membership,
    Municipality,
    Paper,
    Person,
)

__all__ = [
    "SECRET_WORD",
    "AgendaItem",
    "Committee",
    "Consultation",
    "Document",
    "Format",
    "Meeting",
    "Membership",
    "Municipality",
    "Paper",
    "Person",
    "invent_municipality",
    "lindquell",
    "obermuehlgrund",
]


def invent_municipality(
    name: str,
    seed: int,
    *,
    kind: str = "Stadt",
    papers: int = 120,
    meetings: int = 40,
    today: dt.date | None = None,
) -> Municipality:
    """A municipality with meetings over the three years up to September 2026, and two more soon after `today`.

    `kind` is "Stadt" or "Verbandsgemeinde". Without `today` it lives on the day its three years end. At least eight
    papers and four meetings are needed for one of everything (a scan, a Word file, non-public items …).
    """
    if papers < 8 or meetings < 4:
        raise ValueError(f"papers={papers}, meetings={meetings}: a municipality needs at least 8 papers and 4 meetings")
    return Invention(name, seed, kind, today or CLOSE).invent(papers, meetings)


@cache
def lindquell(today: dt.date | None = None) -> Municipality:
    """The Stadt Lindquell: 120 papers, 40 meetings and 2 upcoming ones."""
    return invent_municipality("Lindquell", 4711, today=today)


@cache
def obermuehlgrund(today: dt.date | None = None) -> Municipality:
    """The Verbandsgemeinde Obermühlgrund: 45 papers, 16 meetings and 2 upcoming ones, numbers such as "2025/0472"."""
    return invent_municipality("Obermühlgrund", 815, kind="Verbandsgemeinde", papers=45, meetings=16, today=today)

"""Merges what two pages of a system show of one noun."""

from __future__ import annotations

import datetime as dt
from typing import Any

from council.model import Meeting, Paper, Person, Record
from crawlers.parsing.dates import BERLIN


def filled_in(noun: Record, other: Record) -> Record:
    """The noun, with missing fields filled from the other. Files, agenda and consultations are the noun's own where it
    has any; what either withholds is withheld, a meeting is cancelled if either is, and a person has the seats of both:
    committees' pages show one each."""
    if type(noun) is not type(other):
        return noun
    changes: dict[str, Any] = {
        name: value
        for name in type(noun).model_fields
        if _is_open(getattr(noun, name)) and not _is_open(value := getattr(other, name))
    }
    if isinstance(noun, Meeting) and isinstance(other, Meeting):
        for name in ("withheld", "withheld_papers"):
            changes[name] = tuple(dict.fromkeys(getattr(noun, name) + getattr(other, name)))
        changes["cancelled"] = noun.cancelled or other.cancelled
        if _is_more_exact(other.start, noun.start):
            changes["start"] = other.start
    if isinstance(noun, Meeting | Paper) and isinstance(other, Meeting | Paper):
        held = {file.native_id for file in noun.files}
        changes["files"] = noun.files + tuple(file for file in other.files if file.native_id not in held)
    if isinstance(noun, Person) and isinstance(other, Person):
        seats = dict.fromkeys(noun.memberships + other.memberships)
        changes["memberships"] = tuple(sorted(seats, key=lambda seat: seat.organization.native_id or ""))
    return noun.model_copy(update=changes)


def _is_more_exact(other: dt.datetime | None, own: dt.datetime | None) -> bool:
    """Whether one is a time on the day of which the other is the midnight: a day without a time."""
    if own is None or other is None:
        return False
    day, moment = own.astimezone(BERLIN), other.astimezone(BERLIN)
    return day.time() == dt.time() and moment.time() != dt.time() and day.date() == moment.date()


def _is_open(value: Any) -> bool:
    return value is None or value == ()

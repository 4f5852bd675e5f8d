"""Merges what two pages of a system show of one noun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from council.model import Consultation, Meeting, Membership, Paper, Person, Record
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
        changes["memberships"] = tuple(sorted(seats, key=_order_of_seats))
    return noun.model_copy(update=changes)


def with_consultations(paper: Paper, others: Iterable[Consultation]) -> Paper:
    """A paper with these consultations, too, by day; those it has itself are the newer ones."""
    consultations = {consultation.native_id: consultation for consultation in (*others, *paper.consultations)}
    ordered = sorted(consultations.values(), key=lambda shown: (str(shown.date or "9999"), shown.native_id))
    return paper.model_copy(update={"consultations": tuple(ordered)})


def _order_of_seats(seat: Membership) -> tuple[str, str]:
    """One that does not depend on which page came first."""
    return seat.organization.native_id or "", str(seat.start_date)


def _is_more_exact(other: dt.datetime | None, own: dt.datetime | None) -> bool:
    """Whether one is a time on the day of which the other is the midnight: a day without a time."""
    if own is None or other is None:
        return False
    day, moment = own.astimezone(BERLIN), other.astimezone(BERLIN)
    return day.time() == dt.time() and moment.time() != dt.time() and day.date() == moment.date()


def _is_open(value: Any) -> bool:
    return value is None or value == ()

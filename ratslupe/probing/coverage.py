"""What a sample holds, for people: its newest items in one line each, and how often each field is filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from council.model import Kind, Meeting, Paper, files_of
from ratslupe.probing.sample import Sample

MOST_ITEMS: Final = 20

Has = Callable[[Any], object]
FIELDS: Final[dict[Kind, dict[str, Has]]] = {
    Kind.MEETING: {
        "start": lambda one: one.start,
        "end": lambda one: one.end,
        "room": lambda one: one.location,
        "committee": lambda one: one.organization,
        "agenda": lambda one: one.agenda,
        "files": files_of,
    },
    Kind.PAPER: {
        "reference": lambda one: one.reference,
        "name": lambda one: one.name,
        "type": lambda one: one.paper_type,
        "date": lambda one: one.date,
        "files": files_of,
        "stations": lambda one: one.consultations,
    },
}
"""The fields of a meeting and a paper that people search and read."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `of` objects of a kind, the share that has each field, in percent. `opened`: they were read in full; else
    only a list that names them was."""

    kind: Kind
    of: int
    opened: bool
    percent: dict[str, int]

    @property
    def empty(self) -> list[str]:
        """The fields that none has."""
        return [name for name, share in self.percent.items() if share == 0]


def coverage(sample: Sample) -> list[Coverage]:
    """Per kind, over the objects that were opened; where none was, over all that were seen."""
    return [
        one
        for kind, records in ((Kind.MEETING, sample.meetings), (Kind.PAPER, sample.papers))
        if (one := _coverage(kind, records, sample)) is not None
    ]


def _coverage(kind: Kind, records: Sequence[Meeting] | Sequence[Paper], sample: Sample) -> Coverage | None:
    opened = [one for one in records if (kind, one.native_id) in sample.opened]
    over = opened or list(records)
    if not over:
        return None
    percent = {name: round(100 * sum(bool(has(one)) for one in over) / len(over)) for name, has in FIELDS[kind].items()}
    return Coverage(kind, len(over), bool(opened), percent)


@dataclass(frozen=True, slots=True)
class Item:
    """One object of the sample, for one line."""

    date: dt.date | None
    kind: str
    title: str
    more: str
    files: int
    agenda: int | None = None


def items(sample: Sample) -> list[Item]:
    """At most twenty, the newest first, and of both kinds where there are both."""
    meetings = _newest(_meeting(one) for one in sample.meetings)
    papers = _newest(_paper(one) for one in sample.papers)
    half = MOST_ITEMS // 2
    shown = meetings[: max(half, MOST_ITEMS - len(papers))] + papers[: max(half, MOST_ITEMS - len(meetings))]
    return _newest(shown)


def _newest(found: Iterable[Item]) -> list[Item]:
    return sorted(found, key=lambda item: (item.date or dt.date.min, item.title), reverse=True)


def _meeting(one: Meeting) -> Item:
    committee = ", ".join(part.name for part in one.organization if part.name)
    title = committee or one.name or one.native_id
    more = [one.name if one.name != title else None, "cancelled" if one.cancelled else None]
    day = one.start.date() if one.start else None
    return Item(day, "meeting", title, "; ".join(part for part in more if part), len(files_of(one)), len(one.agenda))


def _paper(one: Paper) -> Item:
    return Item(one.date, "paper", one.name or one.native_id, one.reference or "", len(one.files))

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
        "start": lambda meeting: meeting.start,
        "end": lambda meeting: meeting.end,
        "room": lambda meeting: meeting.location,
        "committee": lambda meeting: meeting.organization,
        "agenda": lambda meeting: meeting.agenda,
        "files": files_of,
    },
    Kind.PAPER: {
        "reference": lambda paper: paper.reference,
        "name": lambda paper: paper.name,
        "type": lambda paper: paper.paper_type,
        "date": lambda paper: paper.date,
        "files": files_of,
        "consultations": lambda paper: paper.consultations,
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
        covered
        for kind, records in ((Kind.MEETING, sample.meetings), (Kind.PAPER, sample.papers))
        if (covered := _coverage(kind, records, sample)) is not None
    ]


def _coverage(kind: Kind, records: Sequence[Meeting] | Sequence[Paper], sample: Sample) -> Coverage | None:
    opened = [record for record in records if (kind, record.native_id) in sample.opened]
    over = opened or list(records)
    if not over:
        return None
    filled = {name: sum(bool(has(record)) for record in over) for name, has in FIELDS[kind].items()}
    percent = {name: round(100 * count / len(over)) for name, count in filled.items()}
    return Coverage(kind, len(over), bool(opened), percent)


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One object of the sample, for one line."""

    date: dt.date | None
    kind: str
    title: str
    more: str
    files: int
    agenda: int | None = None


def items(sample: Sample) -> list[SampleItem]:
    """At most twenty, the newest first, and of both kinds where there are both."""
    meetings = _newest(_meeting_item(meeting) for meeting in sample.meetings)
    papers = _newest(_paper_item(paper) for paper in sample.papers)
    half = MOST_ITEMS // 2
    shown = meetings[: max(half, MOST_ITEMS - len(papers))] + papers[: max(half, MOST_ITEMS - len(meetings))]
    return _newest(shown)


def _newest(found: Iterable[SampleItem]) -> list[SampleItem]:
    return sorted(found, key=lambda item: (item.date or dt.date.min, item.title), reverse=True)


def _meeting_item(meeting: Meeting) -> SampleItem:
    committee = ", ".join(part.name for part in meeting.organization if part.name)
    title = committee or meeting.name or meeting.native_id
    more = [meeting.name if meeting.name != title else None, "cancelled" if meeting.cancelled else None]
    day = meeting.start.date() if meeting.start else None
    return SampleItem(
        day, "meeting", title, "; ".join(part for part in more if part), len(files_of(meeting)), len(meeting.agenda)
    )


def _paper_item(paper: Paper) -> SampleItem:
    return SampleItem(paper.date, "paper", paper.name or paper.native_id, paper.reference or "", len(paper.files))

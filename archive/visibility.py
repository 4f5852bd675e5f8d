"""What may be shown of a record: decided from the noun, from what agendas say of it, and from its withdrawn files.

Fails closed: a paper that a non-public part of an agenda names is shown only where a public part is known to deal
with it, too. Pure; `archive.visibility_writer` brings what is asked for here and writes the answers down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from council.model import AgendaItem, Consultation, File, Meeting, Paper, Record

RULES = "1"
"""The version of these rules. Another one: an archive that is opened decides everything it holds anew."""


@dataclass(frozen=True, slots=True)
class AgendaMarks:
    """What the agendas of a municipality say of papers. `withheld`: native ids of the agenda items and consultations
    that stand in non-public parts; the other two: by a paper's native id the native ids of the meetings whose
    non-public part names it, and of those whose public part does."""

    withheld: AbstractSet[str] = frozenset()
    nonpublic: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    public: Mapping[str, AbstractSet[str]] = field(default_factory=dict)


def visible_part(record: Record, marks: AgendaMarks, hidden: Collection[str]) -> Record | None:
    """The record as it may be shown, the same object where that is all of it; None where nothing of it may be shown.
    `hidden` are the native ids of its files that were withdrawn or removed."""
    match record:
        case Paper():
            return _visible_paper(record, marks, hidden)
        case Meeting():
            return _visible_meeting(record, hidden)
        case _:
            return record


def public_items(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items of the agenda that may be shown."""
    return tuple(item for item in meeting.agenda if item.public is not False and item.native_id not in meeting.withheld)


def marks_of(consultation: Consultation) -> set[str]:
    """The native ids by which an agenda may withhold a consultation: its own and its agenda item's."""
    return {consultation.native_id} | ({consultation.agenda_item} if consultation.agenda_item else set())


def _visible_meeting(meeting: Meeting, hidden: Collection[str]) -> Meeting:
    agenda = tuple(_with_files(item, hidden) for item in public_items(meeting))
    files = _files(meeting.files, hidden)
    withholds = bool(meeting.withheld or meeting.withheld_papers)
    if not withholds and len(files) == len(meeting.files) and _same(agenda, meeting.agenda):
        return meeting
    shown = {"agenda": agenda, "files": files, "withheld": (), "withheld_papers": ()}
    return meeting.model_copy(update=shown)


def _same(these: tuple[AgendaItem, ...], those: tuple[AgendaItem, ...]) -> bool:
    return len(these) == len(those) and all(this is that for this, that in zip(these, those, strict=True))


def _visible_paper(paper: Paper, marks: AgendaMarks, hidden: Collection[str]) -> Paper | None:
    consultations = _visible_consultations(paper, marks)
    if consultations is None:
        return None
    files = _files(paper.files, hidden)
    if len(files) == len(paper.files) and len(consultations) == len(paper.consultations):
        return paper
    return paper.model_copy(update={"files": files, "consultations": consultations})


def _visible_consultations(paper: Paper, marks: AgendaMarks) -> tuple[Consultation, ...] | None:
    """The consultations that are public; None for a paper that is not: a non-public part names it and no public one
    does, or of its consultations only non-public ones stand on an agenda."""
    meetings = marks.nonpublic.get(paper.native_id, frozenset())
    named_in_public = marks.public.get(paper.native_id, frozenset())
    if meetings and not named_in_public:
        return None
    here = tuple(c for c in paper.consultations if c.meeting not in meetings - named_in_public)
    public = tuple(c for c in here if marks.withheld.isdisjoint(marks_of(c)))
    if len(public) < len(here) and all(c.agenda_item is None for c in public):
        return None
    return public


def _with_files(item: AgendaItem, hidden: Collection[str]) -> AgendaItem:
    files = _files(item.files, hidden)
    return item if len(files) == len(item.files) else item.model_copy(update={"files": files})


def _files(files: tuple[File, ...], hidden: Collection[str]) -> tuple[File, ...]:
    return tuple(file for file in files if file.native_id not in hidden) if hidden else files

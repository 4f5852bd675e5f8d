"""Agendas: the public items that were read, the numbers of what is withheld, and what a result is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from council.model import AgendaItem, File, FileRole
from crawlers.parsing.documents import each_once

T = TypeVar("T")

_NO_RESULT: Final = re.compile(r"\(?(?:offen|-|–|—|\.{3}|…)\)?")


@dataclass(slots=True)
class Agenda:
    """What is read of one agenda; `withheld_files` are the numbers of the documents of withheld items."""

    items: list[AgendaItem] = field(default_factory=list)
    withheld_items: dict[str, None] = field(default_factory=dict)
    withheld_papers: dict[str, None] = field(default_factory=dict)
    withheld_files: set[str] = field(default_factory=set)
    ends_nonpublic: bool = False
    """Whether its last section is a non-public one."""

    def closed_items(self) -> tuple[str, ...]:
        """Items that stand in the non-public part only."""
        public = {item.native_id for item in self.items}
        return tuple(number for number in self.withheld_items if number not in public)

    def closed_papers(self) -> tuple[str, ...]:
        """Papers that are named in the non-public part only."""
        public = {item.paper for item in self.items}
        return tuple(number for number in self.withheld_papers if number not in public)

    def extend(self, following: Agenda) -> None:
        """Put what another table of the same meeting shows behind what is here; an item counts once."""
        known = {item.native_id for item in self.items}
        fresh = [item for item in following.items if item.native_id not in known]
        begin = len(self.items)
        self.items += [item.model_copy(update={"order": begin + place}) for place, item in enumerate(fresh)]
        self.withheld_items |= following.withheld_items
        self.withheld_papers |= following.withheld_papers
        self.withheld_files |= following.withheld_files
        self.ends_nonpublic = following.ends_nonpublic

    def with_files_once(self, documents: list[File]) -> tuple[tuple[AgendaItem, ...], tuple[File, ...]]:
        """The items, and the meeting's own `documents`, each file only where it stands first and none of withheld
        items. A meeting has no main document."""
        files, *own = each_once([documents, *(item.files for item in self.items)], self.withheld_files)
        items = tuple(item.model_copy(update={"files": kept}) for item, kept in zip(self.items, own, strict=True))
        return items, tuple(as_meeting_file(file) for file in files)


def as_meeting_file(file: File) -> File:
    """A file of a meeting, which has no main document."""
    return file.model_copy(update={"role": FileRole.ATTACHMENT}) if file.role is FileRole.MAIN else file


def result_of(written: str | None, buttons: Collection[str] = ()) -> str | None:
    """A result; "(offen)" and strokes say that there is none yet, and `buttons` (lower case) what is only the name of
    the button beside it."""
    bare = (written or "").strip().lower()
    return None if not bare or bare in buttons or _NO_RESULT.fullmatch(bare) else written


def in_order(items: Sequence[T], place: Callable[[T], int | None]) -> list[T]:
    """By their places where every one has a place of its own, else as listed: a numbering that starts again in the
    non-public part must not mix the two parts."""
    known = [found for item in items if (found := place(item)) is not None]
    if len(set(known)) < len(items):
        return list(items)
    return [item for _, item in sorted(zip(known, items, strict=True), key=lambda pair: pair[0])]

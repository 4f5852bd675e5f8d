"""Consultations of a paper, as tables show them, without heads or numbers as these may be, or as an agenda does."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Final

from council.model import Consultation, Meeting, OrganizationRef
from crawlers.parsing.badges import Marking, read_badge
from crawlers.parsing.columns import Column
from crawlers.parsing.visibility import Section, names_nonpublic_file, names_nonpublic_item, section_of_heading

_ROLE: Final = re.compile(
    r"vorberatung|entscheidung|anhörung|kenntnisnahme|beschlussfassung|beschlußfassung|empfehlung|beratung",
    re.IGNORECASE,
)
_RESULT: Final = re.compile(
    r"(?:[^\W\d]+[\s,:/–-]+){0,5}?"
    r"(?:beschlossen|zugestimmt|zustimmung|abgelehnt|ablehnung|angenommen|empfohlen|beraten|vorberaten|behandelt|vertagt"
    r"|verwiesen|verweisung|zurückgestellt|zurückgezogen|zurückverwiesen|zurückgewiesen|abgesetzt|entfallen|erledigt"
    r"|kenntnis genommen|weitergeleitet)(?:[\s,:;(/–-].{0,80})?",
    re.IGNORECASE,
)
"""What a committee decided, in a cell without a name: "ungeändert beschlossen", "zur Kenntnis genommen"."""


def column_by_words(words: str) -> Column | None:
    """What a cell without a name holds, by its words: whether the consultation is public, what it was for, or what came
    out of it."""
    badge = read_badge(words)
    is_marked = badge.stands_alone and badge.marking in {Marking.PUBLIC, Marking.NONPUBLIC}
    if is_marked or section_of_heading(words) is not None:
        return Column.STATUS
    if _ROLE.fullmatch(words):
        return Column.ROLE
    return Column.RESULT if _RESULT.fullmatch(words) else None


def says_nonpublic(words: str) -> bool:
    """Whether a cell, whatever it holds, says that the consultation is not public: by a badge and nothing else ("N 5",
    "NÖ"), as a heading ("Nichtöffentlicher Teil"), or by its first words."""
    badge = read_badge(words)
    return (
        (badge.marking is Marking.NONPUBLIC and badge.stands_alone)
        or section_of_heading(words) is Section.NONPUBLIC
        or names_nonpublic_item(words)
        or re.match(r"\W*nicht\W*öff", words.lower()) is not None
    )


class ConsultationHistory:
    """What is read of the table, row by row: a committee, then the meetings of it that dealt with the paper. One may
    have no meeting yet, or several."""

    def __init__(self) -> None:
        self._found: list[Consultation] = []
        self._committee: Consultation | None = None
        self._has_meeting = False
        self.is_nonpublic = False
        """Whether the committee or its role is called non-public: then neither meeting nor item is led to."""

    @property
    def has_committee(self) -> bool:
        """Whether it is known whose the meetings of the next rows are."""
        return self._committee is not None

    def begin(self, organization: str | None, role: str | None) -> None:
        """A row names a committee and what it does ("Entscheidung")."""
        self.end()
        self._committee, self._has_meeting = _of(organization, role), False
        self.is_nonpublic = any(words and names_nonpublic_file(words) for words in (organization, role))

    def end(self) -> None:
        """What comes is no longer this committee's. Without a meeting it stands for itself."""
        if self._committee and not self._has_meeting:
            self._found.append(self._committee)
        self._committee, self.is_nonpublic = None, False

    def add_meeting(self, day: dt.date | None, result: str | None, meeting: str | None, item: str | None) -> None:
        """A row is a meeting of the committee, with the numbers of the meeting and of its agenda item."""
        self._has_meeting = True
        shown = {} if self.is_nonpublic else {"meeting": meeting, "agenda_item": item}
        self._found.append(
            (self._committee or _of(None, None)).model_copy(update={"date": day, "result": result, **shown})
        )

    def consultations(self, paper: str) -> tuple[Consultation, ...]:
        """All of it in the page's order. Ids are made of the item's number, else of committee and role, counted where
        they recur."""
        self.end()
        seen: Counter[str] = Counter()
        numbered = []
        for consultation in self._found:
            committee = consultation.organization[0].name if consultation.organization else None
            key = consultation.agenda_item or f"{committee or 'unknown'}:{consultation.role or ''}"[:200]
            seen[key] += 1
            suffix = f":{seen[key]}" if seen[key] > 1 else ""
            numbered.append(consultation.model_copy(update={"native_id": f"{paper}-{key}{suffix}"}))
        return tuple(numbered)


def _of(organization: str | None, role: str | None) -> Consultation:
    authoritative = True if (role or "").lower().startswith("entscheid") else None
    committee = (OrganizationRef(name=organization),) if organization else ()
    return Consultation(native_id="-", organization=committee, role=role, authoritative=authoritative)


def consultation_in(meeting: Meeting, item: str) -> Consultation:
    """A paper's consultation in one meeting, as the item of its agenda with this number shows it."""
    return Consultation(
        native_id=item,
        meeting=meeting.native_id,
        agenda_item=item,
        organization=meeting.organization,
        date=meeting.start.date() if meeting.start else None,
    )

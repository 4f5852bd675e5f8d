"""Consultations: a paper's history through the committees, as a table without numbers or as an agenda shows it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from council.model import Consultation, Meeting, OrganizationRef
from crawlers.parsing.visibility import names_nonpublic_file


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

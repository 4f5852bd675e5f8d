"""What can be said of a meeting's agenda: shown, none yet, none published, or not known; never more than is known."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from archive.record_reader import HeldRecord
from council.model import FileRole, Meeting
from council.offering import Extent, OfferedPart
from search_api.formats import BERLIN
from search_api.municipalities import VisitSummary


class AgendaState(StrEnum):
    """How it is with a meeting's public agenda."""

    PUBLISHED = "published"
    NOT_YET = "not_yet"
    """The meeting is to come, and its source shows no public agenda yet."""
    NONE = "none"
    """The meeting is over, and its source shows no public agenda."""
    IN_INVITATION = "in_invitation"
    """There are no items, but there is an invitation, which agendas usually stand in."""
    UNKNOWN = "unknown"


def agenda_state(held: HeldRecord, meeting: Meeting, visits: VisitSummary | None, now: dt.datetime) -> AgendaState:
    """What can be said. `visits` are those to its municipality; None where the register does not know it any more."""
    if meeting.agenda:
        return AgendaState.PUBLISHED
    if any(file.role is FileRole.INVITATION for file in meeting.files):
        return AgendaState.IN_INVITATION
    if visits is None or meeting.start is None or not _was_read(held, visits):
        return AgendaState.UNKNOWN
    begins = _latest_start(meeting.start)
    if begins > now:
        return AgendaState.NOT_YET if visits.current else AgendaState.UNKNOWN
    return AgendaState.NONE if held.last_seen >= begins else AgendaState.UNKNOWN


def _latest_start(start: dt.datetime) -> dt.datetime:
    """When a meeting begins at the latest: midnight means that the council gave a day only."""
    local = start.astimezone(BERLIN)
    return start + dt.timedelta(days=1) if (local.hour, local.minute) == (0, 0) else start


def _was_read(held: HeldRecord, visits: VisitSummary) -> bool:
    """Whether the agenda was looked for: by a visit that read all it wanted, in a system that shows agendas. A visit in
    which the meeting's own page could not be read is never complete, and leaves an agenda that was held."""
    shows_agendas = visits.offering.of(OfferedPart.AGENDAS) is Extent.YES
    return shows_agendas and visits.complete_at is not None and held.first_seen <= visits.complete_at

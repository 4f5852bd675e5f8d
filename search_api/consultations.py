"""A paper's way through the committees: its stations, out of the paper and the meetings' agendas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from archive.record_reader import HeldRecord
from council.identity import RecordId
from council.model import AgendaItem, Consultation, Kind, Meeting, Paper
from search_api.dossier import Station
from search_api.related_records import as_meeting, day_of, linked, named


def way_of(
    town: str, paper: Paper, meetings: Mapping[str, HeldRecord], around: Mapping[str, HeldRecord]
) -> tuple[Station, ...]:
    """The stations in the order of their days, those without one last; and the meetings that have the paper on their
    agenda although the paper does not name them."""
    stations: list[Station] = []
    told: set[str] = set()
    for consultation in paper.consultations:
        meeting_id = str(RecordId(town, Kind.MEETING, consultation.meeting)) if consultation.meeting else None
        meeting_id = meeting_id if meeting_id in meetings else _meeting_of(consultation, meetings)
        record = meetings.get(meeting_id) if meeting_id else None
        told |= {meeting_id} if meeting_id else set()
        item = _item_of(as_meeting(record), paper, consultation) if record else None
        stations.append(_station(town, consultation, record, item, around))
    for meeting_id, record in meetings.items():
        if meeting_id not in told and (item := _item_of(as_meeting(record), paper, None)):
            stations.append(_station(town, None, record, item, around))
    return tuple(sorted(stations, key=lambda station: station.date or dt.date.max))


def _meeting_of(consultation: Consultation, meetings: Mapping[str, HeldRecord]) -> str | None:
    for meeting_id, record in meetings.items():
        if any(
            item.consultation == consultation.native_id or item.native_id == consultation.agenda_item
            for item in as_meeting(record).agenda
        ):
            return meeting_id
    return None


def _item_of(meeting: Meeting, paper: Paper, consultation: Consultation | None) -> AgendaItem | None:
    if consultation is not None:
        for item in meeting.agenda:
            if item.native_id == consultation.agenda_item or item.consultation == consultation.native_id:
                return item
    return next((item for item in meeting.agenda if item.paper == paper.native_id), None)


def _station(
    town: str,
    consultation: Consultation | None,
    record: HeldRecord | None,
    item: AgendaItem | None,
    around: Mapping[str, HeldRecord],
) -> Station:
    meeting = as_meeting(record) if record else None
    refs = (consultation.organization if consultation else ()) or (meeting.organization if meeting else ())
    return Station(
        consultation=consultation,
        organizations=named(town, refs, around),
        meeting=linked(record) if record else None,
        item=item,
        date=day_of(meeting.start if meeting else None) or (consultation.date if consultation else None),
        result=(item.result if item else None) or (consultation.result if consultation else None),
    )

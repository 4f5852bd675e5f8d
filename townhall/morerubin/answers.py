"""What a simulated more!rubin server says in JSON: bodies, calendars, meetings with their agendas.

The newer interface gives numbers as numbers; the older ones give the same with everything as text and with less in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from townhall.invention.document import SUFFIXES, write_document
from townhall.invention.model import AgendaItem, Committee, Consultation, Document, Meeting, Municipality, Paper
from townhall.morerubin import names
from townhall.morerubin.names import Hung, Layout

Json = dict[str, Any]
NOT_SET = "00:00:00"
_OLD_DOCUMENT = ("documentUrl", "documentName", "documentPublicStatusId", "documentExtension")
_NOT_IN_OLD_ITEM = ("ai_id", "parent_id", "meeting_id", "folge", "number", "resolution_number", "votings", "created_at")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the answers of one interface. `base` is the server's address without a slash."""

    municipality: Municipality
    base: str
    layout: Layout

    def bodies(self) -> list[Json]:
        """The municipalities of the installation, and a group the administration keeps for itself."""
        named = (
            self.municipality.name
            if self.municipality.kind == "Stadt"
            else f"{self.municipality.kind} {self.municipality.name}"
        )
        counts: Json = {"committees_count": len(self.municipality.committees), "factions_count": 5, "has_image": False}
        return [{"id": "K1", "name": named} | counts, {"id": "GV", "name": "Gruppen der Verwaltung"} | counts]

    def calendar(self, first: dt.date, last: dt.date, meetings: Sequence[Meeting]) -> Json:
        """The meetings of some months, and a faction's own one and a draft, which are nobody else's business."""
        entries = [self._entry(meeting) for meeting in meetings]
        hidden_ones: tuple[Json, Json] = ({"fraktionssitzung": "1"}, {"is_draft": True})
        for place, hidden in enumerate(hidden_ones):
            if entries:
                number = f"{first.year}-FR-{900 + place}"
                entries.append(entries[0] | {"nummer": number, "nummer_si": None, "titel": "Interne Runde"} | hidden)
        return self._told({"first_day": str(first), "last_day": str(last), "meetings": entries})

    def meeting(self, meeting: Meeting) -> Json:
        """A meeting with its agenda, non-public items and all; without an invitation there is no agenda yet."""
        items = meeting.items if meeting.invitation else ()
        fields = self._entry(meeting) | {
            "documents": [self._document(hung) for hung in names.documents_of_meeting(self.municipality, meeting)],
            "committees": [self._committee(self.municipality.committees[meeting.committee - 1])],
            "agenda_items": [self._item(meeting, item, place + 1) for place, item in enumerate(items)],
            "participants": self._participants(meeting),
        }
        return self._told(fields)

    def _told(self, value: Json) -> Json:
        told: Json = value if self.layout is Layout.API else _as_texts(value)
        return told

    # --- meetings

    def _entry(self, meeting: Meeting) -> Json:
        shown = names.shown_number(self.municipality, meeting)
        number = names.number_of_meeting(self.municipality, meeting)
        page = "meeting" if self.layout is Layout.API else "meeting.php"
        over = f"{meeting.end:%H:%M:%S}" if meeting.minutes else NOT_SET
        return {
            "id": 3000 + meeting.number,
            "nummer": shown,
            "nummer_si": number if meeting.minutes else None,
            "event_type_id": 1,
            "fraktionssitzung": "0",
            "datum": f"{meeting.start:%Y-%m-%d}",
            "titel": ("Abgesagt - " if meeting.cancelled else "") + meeting.name,
            "status": 4 if meeting.invitation else 2,
            "niederschrift_status": meeting.minutes is not None,
            "gremium_1": names.code(self.municipality.committees[meeting.committee - 1]),
            "gremium_2": "",
            "raum": "SAAL",
            "beginn": f"{meeting.start:%H:%M:%S}",
            "beginn_oef": NOT_SET,
            "beginn_noef": NOT_SET,
            "ende": over,
            "chairman_id": 1,
            "is_draft": False,
            "full_url": f"{self.base}/{page}?id={shown}",
            "room": self._room(meeting),
        }

    def _room(self, meeting: Meeting) -> Json:
        return {
            "Kuerzel": "SAAL",
            "Bezeichnung": meeting.room,
            "Strasse": meeting.street_address,
            "PLZ": self.municipality.postal_code,
            "Ort": self.municipality.name,
            "Telefon": "",
        }

    def _committee(self, committee: Committee) -> Json:
        key = names.code(committee)
        fields: Json = {"id": key, "Kuerzel": key, "name": committee.name, "Bezeichnung": committee.name}
        fields |= {"Koerperschaftsnummer": "K1", "deleted_at": None, "members_count": len(committee.members)}
        return fields | {"fraktion": "0", "risUrl": f"{self.base}/committee?id={key}"}

    def _participants(self, meeting: Meeting) -> list[Json]:
        """Who was there: real answers give it to everybody, with what is nobody's business."""
        members = {member.person: member.role for member in self.municipality.committees[meeting.committee - 1].members}
        return [
            {
                "Personalnummer": person.number,
                "Name": person.family_name,
                "Vorname": person.given_name,
                "fullName": person.name,
                "Strasse": person.street_address,
                "Telefon": person.phone,
                "EMail": person.email,
                "presence_text": "entschuldigt" if person.number % 5 == 0 else "anwesend",
                "role": members[person.number],
                "risUrl": f"{self.base}/person?id={person.number}",
                "imageUrl": f"{self.base}/api.php?id=persons&action=image&person_id={person.number}",
            }
            for person in self.municipality.people
            if person.number in members
        ]

    # --- agenda

    def _item(self, meeting: Meeting, item: AgendaItem, place: int) -> Json:
        """`public` None: the clerk forgot the sign, and only the heading above says it."""
        paper = next((paper for paper in self.municipality.papers if paper.number == item.paper), None)
        hung = (names.documents_of_paper(paper) if paper else []) + names.documents_of_item(
            self.municipality, meeting, item
        )
        secret = paper is not None and not paper.public
        fields: Json = {
            "ai_id": 19000 + item.number,
            "parent_id": None,
            "nummer": names.shown_number(self.municipality, meeting),
            "meeting_id": 3000 + meeting.number,
            "vorlagennummer": names.code_of_item(self.municipality, item),
            "folge": place,
            "topnummer": item.label,
            "status": 2 if item.public is False else 1,
            "abstimmungstext": item.result or "",
            "topart": "vl" if paper else "zt",
            "created_at": f"{meeting.start:%Y-%m-%d} 08:00:00",
            "id": names.id_of_item(self.municipality, meeting, item),
            "documents": [self._document(hung_document, paper) for hung_document in hung],
            "votings": [],
            "title": item.name,
            "number": item.label,
            "resolution_number": "",
            "counselling_status": {"id": 3, "name": "beschließend"},
        }
        if paper:
            fields["submission"] = self._submission(paper, 2 if secret and item.public is False else 1)
        return fields if self.layout is Layout.API else self._old_item(fields, paper)

    def _old_item(self, fields: Json, paper: Paper | None) -> Json:
        cut = {key: value for key, value in fields.items() if key not in _NOT_IN_OLD_ITEM}
        if self.layout is Layout.ATTRIBUTE:
            cut.pop("topart")
        return cut | ({"submission": {"alias": paper.reference}} if paper else {})

    def _submission(self, paper: Paper, status: int) -> Json:
        main = self._document(names.documents_of_paper(paper)[0], paper) if paper.main else {}
        return main | {
            "id": names.number_of_paper(paper),
            "erstellungsdatum": f"{paper.date} 00:00:00",
            "Status": status,
            "is_draft": False,
            "type": {"kuerzel": paper.reference[:2], "name": paper.paper_type},
            "name": paper.name,
            "alias": paper.reference,
            "consultations": [
                self._consultation_row(paper, step, place + 1) for place, step in enumerate(paper.consultations)
            ],
        }

    def _consultation_row(self, paper: Paper, consultation: Consultation, place: int) -> Json:
        meeting = next(
            (meeting for meeting in self.municipality.meetings if meeting.number == consultation.meeting), None
        )
        item = next((item for item in meeting.items if item.number == consultation.item), None) if meeting else None
        public = paper.public and (item is None or item.public is True)
        return {
            "id": 7000 + consultation.number,
            "vorlagennummer": names.number_of_paper(paper),
            "agenda_item_id": names.id_of_item(self.municipality, meeting, item) if meeting and item else None,
            "folge": place,
            "gremium": names.code(self.municipality.committees[consultation.committee - 1]),
            "topstatus": 1 if public else 2,
            "topstatus_lang": "öffentlich" if public else "nichtöffentlich",
            "sitzungsdatum": f"{meeting.start:%Y-%m-%d}" if meeting else None,
            "sitzungsnummer": names.shown_number(self.municipality, meeting) if meeting else None,
            "beratungsstatus_lang": consultation.role,
            "agendaItem": {"title": item.name, "abstimmungstext": item.result or ""} if item else None,
            "committee": self._committee(self.municipality.committees[consultation.committee - 1]),
        }

    def _document(self, hung: Hung, paper: Paper | None = None) -> Json:
        """A document; of one that hangs on something public by mistake only the name says that it is not."""
        name, alias, holder, _ = names.KINDS[hung.kind]
        document = hung.document
        public = not (paper and not paper.public and hung.kind in (names.PAPER, names.PAPER_ATTACHMENT))
        own = document.number if holder == "Meeting" else hung.relation
        fields = {
            "id": own,
            "documentUrl": hung.address(self.base, self.layout),
            "documentType": {"id": hung.kind, "name": name, "alias": alias, "relation_type": f"App\\{holder}"},
            "documentName": document.name,
            "documentDate": f"{document.date} 09:00:00",
            "documentSize": _size(document),
            "documentPageCount": 1,
            "relationId": hung.relation,
            "relationType": f"App\\{holder}",
            "documentPublicStatusId": 1 if public else 2,
            "documentExtension": SUFFIXES[document.format],
        }
        return fields if self.layout is Layout.API else {key: fields[key] for key in _OLD_DOCUMENT}


@lru_cache(maxsize=5000)
def _size(document: Document) -> int:
    return len(write_document(document))


def _as_texts(value: Any) -> Any:
    """The same as the older interfaces give it: numbers and flags as texts."""
    if isinstance(value, dict):
        return {key: _as_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_texts(element) for element in value]
    return str(int(value)) if isinstance(value, bool | int) else value

"""From an invented municipality to OParl 1.0 and 1.1 objects: which field holds what (dev.oparl.org/spezifikation)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import quote
from zoneinfo import ZoneInfo

from townhall.invention.document import MEDIA_TYPES
from townhall.invention.model import (
    AgendaItem,
    Committee,
    Consultation,
    Document,
    Meeting,
    Membership,
    Municipality,
    Paper,
    Person,
)
from townhall.oparl.store import Embedded, Entry, Json, Link, Store

BERLIN = ZoneInfo("Europe/Berlin")
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
BODY_STEP = 100_000


class BodyObjects:
    """Puts one municipality into a store as the body with a number."""

    def __init__(self, store: Store, root: str, number: int, ni_prefix: bool) -> None:
        self._store, self._root, self._body, self._ni = store, root, number, ni_prefix
        self._offset = (number - 1) * BODY_STEP

    def path(self, kind: str, number: int) -> str:
        """The path of an object's id; numbers of further bodies are shifted so that they are unique."""
        mark = "ni_" if self._ni and kind == "meeting" else ""
        return f"{self._root}/{kind}/{mark}{number + self._offset}"

    def put_municipality(self, municipality: Municipality) -> None:
        """Everything, in the order of its numbers."""
        self._municipality, self._latest = municipality, _moment(municipality.day, 6)
        founded = _moment(municipality.term_start, 9)
        for committee in municipality.committees:
            self._put("organization", committee.number, self._organization(committee), founded, founded)
        for person in municipality.people:
            self._put_person(person, founded)
        for meeting in municipality.meetings:
            self._put_meeting(meeting)
        for paper in municipality.papers:
            self.put_paper(paper)

    def put_paper(self, paper: Paper) -> str:
        """A paper with its files and consultations; its path."""
        path = self.path("paper", paper.number)
        created = _moment(paper.date, 9)
        fields: Json = {"body": self._link("body", None), "name": paper.name, "reference": paper.reference}
        fields |= {"paperType": paper.paper_type, "date": paper.date.isoformat()}
        if paper.main:
            fields["mainFile"] = self._file(paper.main, path, "mainFile", {"paper": [Link(path)]})
        if paper.attachments:
            fields["auxiliaryFile"] = self._files(paper.attachments, path, "paper")
        if paper.office:
            fields["underDirectionOf"] = [self._link("organization", paper.office)]
        if paper.originator:
            fields["originatorOrganization"] = [self._link("organization", paper.originator)]
        if paper.answers:
            fields["relatedPaper"] = [self._link("paper", paper.answers)]
        fields["consultation"] = [self._consultation(found, path, created) for found in paper.consultations]
        self._put("paper", paper.number, fields, created, created + dt.timedelta(days=1, minutes=paper.number))
        return path

    # Parts

    def _organization(self, committee: Committee) -> Json:
        fields: Json = {"body": self._link("body", None), "name": committee.name, "shortName": committee.short_name}
        fields |= {"organizationType": committee.kind, "memberCount": len(committee.members)}
        fields["startDate"] = self._municipality.term_start.isoformat()
        fields["membership"] = [self._link("membership", member.number) for member in committee.members]
        return fields

    def _put_person(self, person: Person, founded: dt.datetime) -> None:
        """With address, telephone, e-mail and photograph, as real servers deliver them."""
        path = self.path("person", person.number)
        seats = [
            (committee, member)
            for committee in self._municipality.committees
            for member in committee.members
            if member.person == person.number
        ]
        place = {
            "streetAddress": person.street_address,
            "postalCode": person.postal_code,
            "locality": self._municipality.name,
        }
        location = self._put("location", person.number, place, founded, founded)
        fields: Json = {"body": self._link("body", None), "name": person.name, "familyName": person.family_name}
        fields |= {"givenName": person.given_name, "formOfAddress": person.form_of_address}
        fields |= {"title": [person.title] if person.title else [], "phone": [person.phone], "email": [person.email]}
        fields |= {"location": Link(location), "status": [person.faction], "image": Link(f"/foto/{person.number}.jpg")}
        fields["membership"] = [self._membership(member, committee, path, founded) for committee, member in seats]
        self._put("person", person.number, fields, founded, founded)

    def _membership(self, member: Membership, committee: Committee, owner: str, founded: dt.datetime) -> Embedded:
        fields: Json = {"organization": self._link("organization", committee.number), "role": member.role}
        fields |= {"votingRight": member.voting, "startDate": member.start.isoformat()}
        return self._embed("membership", member.number, fields, founded, owner, {"person": Link(owner)})

    def _put_meeting(self, meeting: Meeting) -> None:
        path = self.path("meeting", meeting.number)
        created = meeting.start - dt.timedelta(days=35)
        modified = meeting.start + dt.timedelta(days=14 if meeting.minutes else 1 if meeting.held else -9)
        fields: Json = {"name": meeting.name, "meetingState": meeting.state, "cancelled": meeting.cancelled}
        fields |= {"start": meeting.start.isoformat(), "end": meeting.end.isoformat()}
        fields["organization"] = [self._link("organization", meeting.committee)]
        place = {"room": meeting.room, "streetAddress": meeting.street_address, "locality": self._municipality.name}
        place["description"] = f"{meeting.room}, {meeting.street_address}, {self._municipality.name}"
        fields["location"] = self._embed("location", 1000 + meeting.number, dict(place), created, path, {})
        back = {"meeting": [Link(path)]}
        if meeting.invitation:
            fields["invitation"] = self._file(meeting.invitation, path, "invitation", back)
        if meeting.minutes:
            fields["resultsProtocol"] = self._file(meeting.minutes, path, "resultsProtocol", back)
        if meeting.attachments:
            fields["auxiliaryFile"] = self._files(meeting.attachments, path, "meeting")
        fields["agendaItem"] = [
            self._agenda_item(item, order, path, created) for order, item in enumerate(meeting.items)
        ]
        self._put("meeting", meeting.number, fields, created, modified)

    def _agenda_item(self, item: AgendaItem, order: int, owner: str, created: dt.datetime) -> Embedded:
        path = self.path("agendaItem", item.number)
        fields: Json = {"number": item.label, "order": order, "name": item.name, "public": item.public}
        fields |= {"result": item.result, "resolutionText": item.resolution}
        if item.consultation:
            fields["consultation"] = self._link("consultation", item.consultation)
        if item.documents:
            fields["resolutionFile"] = self._file(
                item.documents[0], path, "resolutionFile", {"agendaItem": [Link(path)]}
            )
        if item.documents[1:]:
            fields["auxiliaryFile"] = self._files(item.documents[1:], path, "agendaItem")
        return self._embed("agendaItem", item.number, fields, created, owner, {"meeting": Link(owner)})

    def _consultation(self, found: Consultation, owner: str, created: dt.datetime) -> Embedded:
        fields: Json = {"organization": [self._link("organization", found.committee)], "role": found.role}
        fields["authoritative"] = found.authoritative
        if found.meeting:  # never with the mark of the meeting's id, see Quirks.ni_prefix
            fields["meeting"] = Link(f"{self._root}/meeting/{found.meeting + self._offset}")
        if found.item:
            fields["agendaItem"] = self._link("agendaItem", found.item)
        return self._embed("consultation", found.number, fields, created, owner, {"paper": Link(owner)})

    def _files(self, documents: Sequence[Document], owner: str, kind: str) -> list[Embedded]:
        return [self._file(document, owner, "auxiliaryFile", {kind: [Link(owner)]}) for document in documents]

    def _file(self, document: Document, owner: str, role: str, back: Json) -> Embedded:
        address = f"/dokumente/{document.number + self._offset}/{quote(document.file_name)}"
        fields: Json = {"name": document.name, "fileName": document.file_name, "date": document.date.isoformat()}
        fields |= {"mimeType": MEDIA_TYPES[document.format], "fileLicense": LICENSE}
        fields |= {"accessUrl": Link(address), "downloadUrl": Link(address + "?download=1")}
        created = _moment(document.date, 9)
        found = self._embed("file", document.number, fields, created, owner, back)
        entry = self._store.entries[found.path]
        entry.document, entry.role = document, role
        return found

    def _link(self, kind: str, number: int | None) -> Link:
        return Link(f"{self._root}/body/{self._body}" if number is None else self.path(kind, number))

    def _embed(self, kind: str, number: int, fields: Json, created: dt.datetime, owner: str, back: Json) -> Embedded:
        path = self._put(kind, number, fields, created, created)
        entry = self._store.entries[path]
        entry.owner, entry.back = owner, back
        return Embedded(path)

    def _put(self, kind: str, number: int, fields: Json, created: dt.datetime, modified: dt.datetime) -> str:
        path = self.path(kind, number)
        created = min(created, self._latest)
        modified = max(created, min(modified, self._latest))
        known = {key: value for key, value in fields.items() if value is not None and value != []}
        self._store.put(Entry(path, kind, number + self._offset, self._body, known, created, modified))
        return path


def _moment(date: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(hour), BERLIN)

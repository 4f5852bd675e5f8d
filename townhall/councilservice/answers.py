"""What the simulated councilservice server says of a municipality: overview, entries, topics and documents, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from townhall.invention.document import SUFFIXES
from townhall.invention.model import SECRET_WORD, AgendaItem, Committee, Document, Meeting, Municipality

Json = dict[str, Any]
HIDDEN = "Nicht-öffentlicher Tagesordnungspunkt"
CLOSING = "Schließung des öffentlichen Teils der Sitzung"
STAFF = 19_000
_SESSIONS, _GROUPS, _TOPICS, _FAR = 120_000, 11_000, 1_000, 100_000
_CALENDAR, _PAPER, _ATTACHMENT, _RESOLUTION = 3, 4, 5, 6
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", " ": "_"})


class Layout(StrEnum):
    """How a municipality says which items are not public."""

    HIDDEN = "by visibility 0, most of them under a general label"
    MARKED = "by NÖ: before the label, all of them visible; groups name the municipality"
    PARTS = "by the heading that they stand below, all of them visible"
    CLOSED = "by a closing heading before them, all of them visible"


@dataclass(frozen=True, slots=True)
class CouncilserviceJson:
    """`tenant` is the system's address, `key` the operator's, which stands in the documents' addresses; `size_of` says
    how many bytes a document has."""

    municipality: Municipality
    tenant: str
    key: str
    layout: Layout
    size_of: Callable[[Document], int]

    def overview(self, meetings: list[Meeting], most: int | None) -> Json:
        """The sessions of a time, newest first, with a series and a withdrawn one among them."""
        entries = [self._listed(meeting) for meeting in reversed(meetings)]
        if meetings:
            entries[1:1] = list(self._no_meetings(entries[0]))
        return {"entries": entries[:most], "count": len(entries), "filteredCount": len(entries)}

    def entry(self, meeting: Meeting) -> Json:
        """A session with its agenda."""
        counts = {key: value for key, value in self._listed(meeting).items() if key.startswith("cnt_")}
        day = meeting.start.date().isoformat()
        return {
            "id": _SESSIONS + meeting.number,
            "entry_id": _SESSIONS + meeting.number + 1,  # another counter: the number of a different session
            "title": _title(meeting),
            "description": f"<div>Sehr geehrte Damen und Herren,</div><div>zur Sitzung am {day} lade ich ein.</div>",
            "recurrence_start": day,
            "recurrence_end": day,
            "has_recurrence": 0,
            "deactivated": 0,
            "entry_start": day,
            "entry_start_time": f"{meeting.start:%H:%M}",
            "location": _place(meeting),
            "visibility": 1,
            "display_contents": 1,
            "resource": "councilservice",
            "edited": f"{day} 09:00:00",
            "topics": list(reversed(self._topics(meeting))),  # their order is their position
            "documents": self._session_documents(meeting),
            "counts": counts,
            "groups": [group["group_id"] for group in self._groups(meeting)],
        }

    def members(self, group: Committee) -> Json:
        """Who sits in a group, with what nobody may take over."""
        people = [self.municipality.people[member.person - 1] for member in group.members]
        return {"members": [{"name": person.name, "phone": person.phone, "email": person.email} for person in people]}

    def paths(self) -> dict[str, int]:
        """The documents' paths, and their numbers in the municipality."""
        found: dict[str, int] = {}
        for meeting in self.municipality.meetings:
            for document in _of_session(meeting):
                found[_path(_SESSIONS + meeting.number, document)] = document.number
            for item in meeting.items:
                found |= {
                    _path(_TOPICS + item.number, document): document.number for document, _ in self._of_item(item)
                }
        return found

    # Sessions

    def _listed(self, meeting: Meeting) -> Json:
        return {
            "recurrence_start": meeting.start.date().isoformat(),
            "has_recurrence": 0,
            "title": _title(meeting),
            "id": _SESSIONS + meeting.number,
            "location": _place(meeting),
            "cnt_emails": 0,
            "cnt_invitations": int(meeting.invitation is not None),
            "cnt_protocol": int(meeting.minutes is not None),
            "cnt_documents": len(_of_session(meeting)),
            "cnt_topics": len(meeting.items),
            "cnt_topics_docs": sum(len(self._of_item(item)) for item in meeting.items),
            "entry_start_time": f"{meeting.start:%H:%M:%S}",
            "deactivated": 0,
            "groups": self._groups(meeting),
            "archived": False,
            "editable": False,
            "has_disabled_groups": False,
            "location_type": "default",
        }

    def _no_meetings(self, like: Json) -> Iterator[Json]:
        """What stands in the list and is no meeting: office hours every week, and a session that was taken back."""
        series = {"id": 900_001, "title": "Bürgersprechstunde", "has_recurrence": 1}
        yield like | series | {"cnt_topics": 0, "cnt_documents": 0}
        yield like | {"id": 900_002, "title": f"Sitzung zu {SECRET_WORD}", "deactivated": 1}

    def _groups(self, meeting: Meeting) -> list[Json]:
        """The invited: the staff to be informed, the committee, and the council as a guest."""
        committee, council = self.municipality.committees[meeting.committee - 1], self.municipality.committee("council")
        named = {STAFF: "Amtsleiter Stadtverwaltung", _GROUPS + committee.number: committee.name}
        if meeting.number % 2:
            named.setdefault(_GROUPS + council.number, council.name)
        where = f" ({self.municipality.name})" if self.layout is Layout.MARKED else ""
        return [{"group_id": number, "group_name": name + where} for number, name in named.items()]

    # Agendas

    def _topics(self, meeting: Meeting) -> list[Json]:
        public = [item for item in meeting.items if item.public]
        others = [item for item in meeting.items if not item.public]
        match self.layout:
            case Layout.PARTS:
                parts = [("Öffentlicher Teil", 800_000, public), ("Nichtöffentlicher Teil", 700_000, others)]
                return [
                    self._topic(meeting, number + meeting.number, place, name)
                    | {"children": self._level(meeting, held)}
                    for place, (name, number, held) in enumerate(parts, 1)
                    if held
                ]
            case Layout.CLOSED if others:
                closing = AgendaItem(800_000 + meeting.number, "", CLOSING)
                return self._level(meeting, [*public, closing, *others])
            case _:
                return self._level(meeting, list(meeting.items))

    def _level(self, meeting: Meeting, items: list[AgendaItem]) -> list[Json]:
        return [self._of(meeting, item, place) for place, item in enumerate(items, 1)]

    def _of(self, meeting: Meeting, item: AgendaItem, place: int) -> Json:
        topic = self._topic(meeting, _TOPICS + item.number, place, self._label(item))
        topic |= {"custom_numeration": item.label, "numeration": item.label}
        if self.layout is Layout.HIDDEN and item.public is False:
            topic["visibility"] = 0
        documents = [
            self._document(document, kind, _TOPICS + item.number, order, meeting)
            | {
                "id": _FAR * item.number + document.number,
                "namespace": "documents-topic",
                "description": _file_name(document),
            }
            for order, (document, kind) in enumerate(self._of_item(item))
        ]
        return topic | {"documents-topic": documents}

    def _topic(self, meeting: Meeting, number: int, place: int, label: str) -> Json:
        return {
            "id": number,
            "session_id": _SESSIONS + meeting.number,
            "position": place,
            "label": label,
            "custom_numeration": "",
            "numeration": "",
            "visibility": 1,
            "description": None,
            "documents-topic": [],
            "index": place,
            "index_parent": 0,
            "children": [],
        }

    def _label(self, item: AgendaItem) -> str:
        """With the paper's number at its end; now and then a system keeps the name of a hidden item to itself."""
        if self.layout is Layout.HIDDEN and item.public is False and item.paper is None and item.number % 2:
            return HIDDEN
        paper = next((paper for paper in self.municipality.papers if paper.number == item.paper), None)
        label = f"{item.name} ({paper.reference})" if paper else item.name
        mark = ("Ö: " if item.public else "NÖ: ") if self.layout is Layout.MARKED else ""
        return mark + label

    # Documents

    def _of_item(self, item: AgendaItem) -> list[tuple[Document, int]]:
        """The documents of an item with their kinds: those of its paper, then its own, the signed resolutions."""
        paper = next((paper for paper in self.municipality.papers if paper.number == item.paper), None)
        held = [(paper.main, _PAPER)] if paper and paper.main else []
        held += [(document, _ATTACHMENT) for document in (paper.attachments if paper else ())]
        return held + [(document, _RESOLUTION) for document in item.documents]

    def _session_documents(self, meeting: Meeting) -> list[Json]:
        owner = _SESSIONS + meeting.number
        documents = [self._document(document, _ATTACHMENT, owner, 3, meeting) for document in _of_session(meeting)]
        if documents and meeting.number % 3 == 0:
            path, name = _digits(owner), f"Entwurf_{SECRET_WORD}.pdf"
            draft = documents[0] | {"filename": name, "filename_original": name, "link": path + name}
            documents += [draft | {"id": 2 * owner, "is_deleted": 1}, draft | {"id": 2 * owner + 1, "field_2": 0}]
        if documents:
            path, name = _digits(owner), "Termin.ics"
            event = {"id": 3 * owner, "field_1": _CALENDAR, "filename": name, "filename_original": name}
            documents.insert(0, documents[0] | event | {"link": path + name, "position": 0})
        return documents

    def _document(self, document: Document, kind: int, owner: int, place: int, meeting: Meeting) -> Json:
        path = _path(owner, document)
        folder, _, stored = path.rpartition("/")
        return {
            "id": document.number,
            "module": "councilservice",
            "namespace": "documents",
            "type": 0,
            "description": None,
            "field_1": kind,
            "field_2": 1,
            "path": f"{folder}/",
            "filename": stored,
            "filename_original": _file_name(document),
            "position": place,
            "size": self.size_of(document),
            "is_deleted": 0,
            "paths": {"data": f"{self.tenant}export/auth/{self.key}/data/file/{path}"},
            "link": path,
            "session_id": _SESSIONS + meeting.number,
        }


def meeting_of(session: int) -> int:
    """The meeting's number in the municipality."""
    return session - _SESSIONS


def _title(meeting: Meeting) -> str:
    return f"{meeting.name} - entfällt" if meeting.cancelled else meeting.name


def _place(meeting: Meeting) -> str:
    return f"{meeting.room}, {meeting.street_address}"


def _of_session(meeting: Meeting) -> list[Document]:
    return [attachment for attachment in (meeting.invitation, meeting.minutes, *meeting.attachments) if attachment]


def _file_name(document: Document) -> str:
    """As it was uploaded: no file name holds a slash."""
    return f"{document.name.replace('/', '-')}.{SUFFIXES[document.format]}"


def _digits(owner: int) -> str:
    return f"councilservice/{'/'.join(str(owner))}/"


def _path(owner: int, document: Document) -> str:
    return _digits(owner) + document.file_name.translate(_PLAIN)

"""Meetings, and the public part of their agendas."""

from __future__ import annotations

from dataclasses import dataclass, field

from council.model import AgendaItem, FileRole, Kind, Location, Meeting
from crawlers.oparl import quirks
from crawlers.oparl.fields import ObjectFields
from crawlers.oparl.files import nonpublic_ids, read_files
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.documents import each_once
from crawlers.parsing.visibility import (
    Section,
    ends_public_section,
    is_nonpublic_number,
    names_nonpublic_item,
    section_of_heading,
)

_FILES = (
    ("invitation", FileRole.INVITATION),
    ("resultsProtocol", FileRole.MINUTES),
    ("verbatimProtocol", FileRole.VERBATIM_MINUTES),
    ("auxiliaryFile", FileRole.ATTACHMENT),
)
_ITEM_FILES = (("resolutionFile", FileRole.RESOLUTION), ("auxiliaryFile", FileRole.ATTACHMENT))


@dataclass(slots=True)
class _Agenda:
    """The public items, and what was left out: ids of items and consultations, ids of files."""

    items: list[AgendaItem] = field(default_factory=list)
    withheld: dict[str, None] = field(default_factory=dict)
    withheld_files: set[str] = field(default_factory=set)


def read_meeting(fields: ObjectFields) -> Meeting | None:
    """A Meeting object (OParl 3.7); None when it has no id."""
    origin = fields.origin(Kind.MEETING)
    if origin is None:
        return None
    name, state = fields.line("name"), fields.line("meetingState")
    start = fields.moment("start")
    agenda = _read_agenda(fields)
    files, *item_files = each_once(
        [read_files(fields, _FILES), *(item.files for item in agenda.items)], without=agenda.withheld_files
    )
    items = (
        item if item.files == own else item.model_copy(update={"files": own})
        for item, own in zip(agenda.items, item_files, strict=True)
    )
    return Meeting(
        **origin,
        source_url=fields.address("web"),
        name=name,
        start=start,
        end=quirks.known_end(origin["native_id"], start, fields.moment("end")),
        cancelled=bool(fields.flag("cancelled")) or is_cancelled(start, name, state),
        state=state,
        location=_location(fields),
        organization=fields.organizations("organization"),
        agenda=tuple(items),
        files=files,
        withheld=tuple(agenda.withheld),
    )


def _read_agenda(meeting: ObjectFields) -> _Agenda:
    """The agenda up to the heading of its non-public part, and again from a heading of a public part on."""
    agenda, public_part = _Agenda(), True
    for fields in _in_order([item for item in meeting.objects("agendaItem") if not item.is_deleted()]):
        heading, said_nonpublic = section_of_heading(fields.line("name") or ""), fields.is_nonpublic()
        if heading is Section.NONPUBLIC:
            public_part = False
        elif heading is Section.PUBLIC and not said_nonpublic:
            public_part = True
        if not public_part or said_nonpublic or _says_nonpublic(fields):
            _withhold(fields, agenda)
        elif item := _read_item(fields):
            agenda.items.append(item)
        public_part = public_part and not ends_public_section(fields.line("name") or "")
    return agenda


def _in_order(items: list[ObjectFields]) -> list[ObjectFields]:
    """By `order` where every item has one of its own; else as listed: a numbering that starts again in the non-public
    part must not mix the two parts."""
    orders = [item.number("order") for item in items]
    known = [order for order in orders if order is not None]
    if len(set(known)) < len(items):
        return items
    return [item for _, item in sorted(zip(known, items, strict=True), key=lambda pair: pair[0])]


def _says_nonpublic(item: ObjectFields) -> bool:
    """By its number or, unless the server says outright that it is public, by its name."""
    if is_nonpublic_number(item.line("number") or ""):
        return True
    return item.flag("public") is not True and names_nonpublic_item(item.line("name") or "")


def _withhold(item: ObjectFields, agenda: _Agenda) -> None:
    """Leave an item out: only its own id and its consultation's are kept, so that its paper is left out too."""
    item.diagnostics.withheld += 1
    own = ObjectFields({"own": item.raw}, item.where, item.diagnostics).references("own", None)
    agenda.withheld.update(dict.fromkeys((*own, *item.references("consultation", None))))
    agenda.withheld_files |= nonpublic_ids(item, (key for key, _ in _ITEM_FILES))


def _read_item(fields: ObjectFields) -> AgendaItem | None:
    origin = fields.origin(None)
    if origin is None:
        return None
    consultation = fields.raw.get("consultation")
    embedded = fields.inner(consultation, "consultation") if isinstance(consultation, dict) else None
    return AgendaItem(
        **origin,
        number=fields.line("number"),
        order=fields.number("order"),
        name=fields.line("name"),
        public=fields.flag("public"),
        consultation=fields.reference("consultation", None),
        paper=embedded.reference("paper", Kind.PAPER) if embedded else None,
        result=fields.line("result"),
        resolution_text=fields.text("resolutionText"),
        start=fields.moment("start"),
        end=fields.moment("end"),
        files=read_files(fields, _ITEM_FILES),
    )


def _location(meeting: ObjectFields) -> Location | None:
    """The first embedded location that says anything."""
    for fields in meeting.objects("location"):
        location = Location(
            description=fields.line("description"),
            street_address=fields.line("streetAddress"),
            room=fields.line("room"),
            postal_code=fields.line("postalCode"),
            locality=fields.line("locality"),
        )
        if not fields.is_deleted() and location != Location():
            return location
    return None

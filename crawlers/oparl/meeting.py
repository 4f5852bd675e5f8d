"""Meetings, and the public part of their agendas."""

from __future__ import annotations

from dataclasses import replace

from council.model import AgendaItem, FileRole, Kind, Location, Meeting
from crawlers.oparl import quirks
from crawlers.oparl.fields import ObjectFields
from crawlers.oparl.files import nonpublic_ids, read_files
from crawlers.parsing.agendas import Agenda, in_order
from crawlers.parsing.badges import Marking, read_badge
from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.verdicts import AgendaSections, Evidence, Visibility
from crawlers.parsing.visibility import Section, ends_public_section, section_of_heading

_FILES = (
    ("invitation", FileRole.INVITATION),
    ("resultsProtocol", FileRole.MINUTES),
    ("verbatimProtocol", FileRole.VERBATIM_MINUTES),
    ("auxiliaryFile", FileRole.ATTACHMENT),
)
_ITEM_FILES = (("resolutionFile", FileRole.RESOLUTION), ("auxiliaryFile", FileRole.ATTACHMENT))


def read_meeting(fields: ObjectFields) -> Meeting | None:
    """A Meeting object (OParl 3.7); None when it has no id."""
    origin = fields.origin(Kind.MEETING)
    if origin is None:
        return None
    name, state = fields.line("name"), fields.line("meetingState")
    start = fields.moment("start")
    agenda = _read_agenda(fields)
    items, files = agenda.with_files_once(list(read_files(fields, _FILES)))
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
        agenda=items,
        files=files,
        withheld=tuple(agenda.withheld_items),
    )


def _read_agenda(meeting: ObjectFields) -> Agenda:
    """A server publishes what is public, so an item that says nothing is public until a heading ends the public
    section."""
    agenda, sections = Agenda(), AgendaSections(Section.PUBLIC)
    items = [item for item in meeting.objects("agendaItem") if not item.is_deleted()]
    for item in in_order(items, lambda item: item.number("order")):
        evidence = _evidence(item)
        if _begins_public_section(item, evidence):
            sections.enter(Section.PUBLIC)
        if not sections.proves_public(evidence, item.where, item.diagnostics):
            _withhold(item, agenda)
        elif read := _read_item(item):
            agenda.items.append(read)
    return agenda


def _evidence(item: ObjectFields) -> Evidence:
    """A title that says non-public counts unless the server declares the item public (Karlsruhe, see
    `names_nonpublic_item`); one that divides the agenda always does. Letters before the number that nobody knows are a
    numbering of the council's: what a server publishes needs no proof by them."""
    declared = None
    if item.is_nonpublic():
        declared = Visibility.NONPUBLIC
    elif item.flag("public"):
        declared = Visibility.PUBLIC
    badge, name = read_badge(item.line("number")), item.line("name") or ""
    if badge.marking is Marking.UNKNOWN:
        badge = replace(badge, marking=Marking.NONE)
    is_evidence = declared is not Visibility.PUBLIC or section_of_heading(name) or ends_public_section(name)
    return Evidence(badge=badge, titles=(name,) if is_evidence else (), declared=declared)


def _begins_public_section(item: ObjectFields, evidence: Evidence) -> bool:
    is_denied = evidence.declared is Visibility.NONPUBLIC or evidence.badge.marking is Marking.NONPUBLIC
    return not is_denied and section_of_heading(item.line("name") or "") is Section.PUBLIC


def _withhold(item: ObjectFields, agenda: Agenda) -> None:
    """Leave an item out: only its own id and its consultation's are kept, so that its paper is left out too."""
    item.diagnostics.withheld += 1
    own = ObjectFields({"own": item.raw}, item.where, item.diagnostics).references("own", None)
    agenda.withheld_items.update(dict.fromkeys((*own, *item.references("consultation", None))))
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

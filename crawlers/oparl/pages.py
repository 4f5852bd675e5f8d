"""Reading an OParl answer: bytes → council nouns. Pure: asks for nothing, keeps nothing.

The way of an answer: `api` (bytes → JSON objects, and which objects they are) → one reader a noun (`paper`, `meeting`,
…), each reading through `fields` and `values`. Single vendors' ways are named in `quirks`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import ValidationError

from council.model import File, Kind, Record, Tombstone
from crawlers.oparl import quirks, values
from crawlers.oparl.api import Envelope, ObjectType, open_envelope, parse, refuse_errors, type_of
from crawlers.oparl.body import Body, SystemObject, read_body, read_system
from crawlers.oparl.fields import ObjectFields, OParlDiagnostics
from crawlers.oparl.files import read_file
from crawlers.oparl.meeting import read_meeting
from crawlers.oparl.organization import read_organization, read_person
from crawlers.oparl.paper import read_paper
from crawlers.oparl.urls import native_id, shown_id
from crawlers.parsing.diagnostics import ParseWarning
from crawlers.parsing.html import decoded
from crawlers.parsing.page import Page


@dataclass(frozen=True, slots=True)
class OParlAnswer:
    """One answer, read.

    `page` is the page type: "system", "body", "paper" … for one object, "paper-list" … for a list (named after its
    first object), "empty-list", "unknown" and "unknown-list". `records` are in the answer's order; `files` are File
    objects that stand alone. `follow` are the addresses a spider would ask next, `next` among them. `total` is how
    many objects the server says the whole list has. `withheld` counts what was left out because it is not public,
    `skipped` the objects of the answer that could not be understood: of these nothing may be concluded.
    `cut_off`: there is a next page, but no usable address of it.
    """

    page: str
    records: tuple[Record | Tombstone, ...] = ()
    files: tuple[File, ...] = ()
    system: SystemObject | None = None
    bodies: tuple[Body, ...] = ()
    next: str | None = None
    follow: tuple[str, ...] = ()
    total: int | None = None
    warnings: tuple[ParseWarning, ...] = ()
    withheld: int = 0
    skipped: int = 0
    cut_off: bool = False


__all__ = ["Body", "OParlAnswer", "SystemObject", "is_empty_filter_answer", "native_id", "read_answer"]
_RECORDS: dict[ObjectType, Callable[[ObjectFields], Record | None]] = {
    ObjectType.PAPER: read_paper,
    ObjectType.MEETING: read_meeting,
    ObjectType.ORGANIZATION: read_organization,
    ObjectType.PERSON: read_person,
}
_KINDS: dict[ObjectType, Kind] = {
    ObjectType.PAPER: Kind.PAPER,
    ObjectType.MEETING: Kind.MEETING,
    ObjectType.ORGANIZATION: Kind.ORGANIZATION,
    ObjectType.PERSON: Kind.PERSON,
    ObjectType.FILE: Kind.FILE,
}
# Objects that live inside a record, and the property that says inside which: that record is to be read again.
_PARENTS: dict[ObjectType, str] = {ObjectType.AGENDA_ITEM: "meeting", ObjectType.CONSULTATION: "paper"}
# Objects of which nothing is kept when they stand alone: not an omission but meant so.
_NOT_KEPT = frozenset({ObjectType.MEMBERSHIP, ObjectType.LOCATION, ObjectType.LEGISLATIVE_TERM})


@dataclass(slots=True)
class _Found:
    """What has been read of one answer so far."""

    types: list[ObjectType] = field(default_factory=list)
    records: list[Record | Tombstone] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    systems: list[SystemObject] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    def size(self) -> int:
        """How many things were read."""
        return len(self.records) + len(self.files) + len(self.systems) + len(self.bodies)


def read_page(body: bytes, url: str) -> Page:
    """Read one answer as a page is read: what `ratslupe read` shows. Raises UnexpectedResponse."""
    answer = read_answer(body, url)
    return Page(answer.page, answer.records, answer.follow, answer.warnings)


def read_answer(body: bytes, url: str, content_type: str | None = None) -> OParlAnswer:
    """Read one answer of an OParl 1.0 or 1.1 server. `url` is where it came from, after redirects.

    Raises UnexpectedResponse when it is not an OParl answer (HTML, nothing, broken JSON, a mere value), and its
    subclass AccessDenied when the server itself says that it does not serve OParl. Whatever is wrong inside an answer
    is in `OParlAnswer.warnings` and never an exception. How large a body may be is the caller's to decide.
    """
    value = parse(body, url, content_type)
    refuse_errors(value, url)
    diagnostics = OParlDiagnostics(url)
    envelope = open_envelope(value, diagnostics)
    found = _Found()
    skipped = 0
    for place, raw in enumerate(envelope.members):
        before = found.size() + diagnostics.withheld
        _read_member(raw, f"{url} [{place}]" if envelope.is_list else url, diagnostics, found)
        skipped += found.size() + diagnostics.withheld == before
    if envelope.next:
        diagnostics.ask_near(envelope.next)
    return OParlAnswer(
        page=_page(envelope, found),
        records=tuple(found.records),
        files=tuple(found.files),
        system=found.systems[0] if found.systems else None,
        bodies=tuple(found.bodies),
        next=envelope.next,
        follow=tuple(diagnostics.links),
        total=envelope.total,
        warnings=tuple(diagnostics.warnings),
        withheld=diagnostics.withheld,
        skipped=skipped,
        cut_off=envelope.cut_off,
    )


def is_empty_filter_answer(status: int, body: bytes) -> bool:
    """Whether a 404 means "no object meets the filter": SD.NET RIM answers code 802, or a bare `[]`.

    Only to be asked where a filter was set: without one a 404 is a 404.
    """
    if status != 404:
        return False
    try:
        value = json.loads(decoded(body), strict=False)
    except (ValueError, RecursionError):
        return False
    if isinstance(value, dict):
        return str(value.get("code")).strip() == str(quirks.SDNET_NOTHING_FOUND)
    return isinstance(value, list) and not value


def _page(envelope: Envelope, found: _Found) -> str:
    if envelope.is_list and not envelope.members:
        return "empty-list"
    name = found.types[0].value if found.types else "unknown"
    return f"{name}-list" if envelope.is_list else name


def _read_member(raw: object, where: str, diagnostics: OParlDiagnostics, found: _Found) -> None:
    """Read one object of an answer into `found`; a bare address in its place is to be asked for."""
    if not isinstance(raw, dict):
        holder = ObjectFields({"member": raw}, where, diagnostics)
        list(holder.objects("member"))
        return
    source_id = raw.get("id")
    if isinstance(source_id, str) and source_id.strip():
        where = shown_id(source_id)
    kind = type_of(raw)
    if kind is None:
        diagnostics.add(where, f"expected one of OParl's types, found type {values.found(raw.get('type'))}: left out")
        return
    found.types.append(kind)
    try:
        _read_object(kind, ObjectFields(raw, where, diagnostics), found)
    except ValidationError as error:
        diagnostics.add(where, f"expected a {kind.value} that can be kept: {error.errors()[0]['msg']}: left out")


def _read_object(kind: ObjectType, fields: ObjectFields, found: _Found) -> None:
    if fields.is_deleted():
        _read_deleted(kind, fields, found)
    elif fields.is_nonpublic():
        fields.diagnostics.withheld += 1
        _tombstone(kind, fields, found, "the source says that it is not public")
    elif kind in _RECORDS:
        if record := _RECORDS[kind](fields):
            found.records.append(record)
    elif kind is ObjectType.FILE:
        if file := read_file(fields):
            found.files.append(file)
    elif kind is ObjectType.SYSTEM:
        if system := read_system(fields):
            found.systems.append(system)
    elif kind is ObjectType.BODY:
        if body := read_body(fields):
            found.bodies.append(body)
    else:
        _read_part(kind, fields)


def _read_part(kind: ObjectType, fields: ObjectFields) -> None:
    """An agenda item or a consultation alone leads to its meeting or paper; other objects are not kept."""
    if kind in _PARENTS:
        if parent := fields.address(_PARENTS[kind]):
            fields.diagnostics.links.add(parent)
    elif kind not in _NOT_KEPT:
        state = "deleted " if fields.is_deleted() else ""
        fields.diagnostics.add(fields.where, f"expected an object of a council, found a {state}{kind.value}: left out")


def _read_deleted(kind: ObjectType, fields: ObjectFields, found: _Found) -> None:
    """OParl 2.8: a deleted object keeps id, type and dates, the rest may be gone or may still be there."""
    if kind not in _KINDS:
        _read_part(kind, fields)
    else:
        _tombstone(kind, fields, found, "the source says that it is deleted")


def _tombstone(kind: ObjectType, fields: ObjectFields, found: _Found, reason: str) -> None:
    """A tombstone for what may be held from before; nothing where there is no usable id."""
    if kind in _KINDS and (origin := fields.origin(_KINDS[kind])):
        found.records.append(Tombstone(**origin, kind=_KINDS[kind], reason=reason))

"""Our nouns in the words of the results beside ALLRIS' pages (../shared/pages/NOTES-allris.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from council.model import AgendaItem, Consultation, File, Meeting, Paper
from tests.saved_pages.comparing import CUT, Declared

NOT_PUBLIC = Declared(
    "agenda[]",
    "the result lists what is not public for a parser; ours leaves it out, its numbers as withheld",
    lambda item: item if item["public"] else CUT,
)
NO_FIELDS = Declared("status occasion otherLinks", "no fields of ours; the status decides what is public")
STEPS = Declared("consultations[].meetingName consultations[].status", "no fields of a consultation")
PEOPLE = Declared(
    "authors clerk",
    "names of employees are not kept (ground rule: persons of public office only)",
)


def number(value: str | None) -> int | None:
    """An id as the results write it."""
    return int(value) if value and value.isdecimal() else None


def meeting(one: Meeting) -> dict[str, Any]:
    """One meeting with its agenda and documents."""
    place = one.location
    return {
        "silfdnr": number(one.native_id),
        "name": one.name,
        "organization": one.organization[0].name if one.organization else None,
        "start": f"{one.start:%Y-%m-%dT%H:%M}" if one.start else None,
        "end": f"{one.end:%Y-%m-%dT%H:%M}" if one.end else None,
        "cancelled": one.cancelled,
        "state": one.state,
        "location": {"room": place.room, "address": place.description} if place else None,
        "documents": documents(one.files),
        "agenda": [agenda_item(item) for item in one.agenda],
        "withheld": list(one.withheld),
        "url": one.source_url,
    }


def agenda_item(one: AgendaItem) -> dict[str, Any]:
    """One item of an agenda."""
    return {
        "badge": f"Ö {one.number or ''}".strip(),
        "number": one.number,
        "name": one.name,
        "public": one.public,
        "tolfdnr": number(one.native_id),
        "volfdnr": number(one.paper),
        "reference": one.reference,
        "result": one.result,
        "documents": documents(one.files),
    }


def paper(one: Paper) -> dict[str, Any]:
    """One paper with its consultations and documents."""
    return {
        "volfdnr": number(one.native_id),
        "reference": one.reference,
        "name": one.name,
        "paperType": one.paper_type,
        "date": one.date.isoformat() if one.date else None,
        "responsibleOffice": one.under_direction_of[0].name if one.under_direction_of else None,
        "consultations": [consultation(step) for step in one.consultations],
        "documents": documents(one.files),
        "url": one.source_url,
    }


def consultation(one: Consultation) -> dict[str, Any]:
    """One step of a paper."""
    return {
        "organization": one.organization[0].name if one.organization else None,
        "role": one.role,
        "date": one.date.isoformat() if one.date else None,
        "silfdnr": number(one.meeting),
        "tolfdnr": number(one.agenda_item),
        "result": one.result,
    }


def documents(files: Iterable[File]) -> list[dict[str, Any]]:
    """Documents that have an address, in their order."""
    return [{"id": number(one.native_id), "name": one.name, "url": one.url} for one in files if one.url]


def whole(wanted: dict[str, Any], asked: str) -> dict[str, Any]:
    """A result with the addresses of its documents whole, and with the numbers of what is not public."""
    theirs = dict(wanted)
    if "documents" in wanted:
        theirs["documents"] = _whole(wanted["documents"], asked)
    if "agenda" in wanted:
        theirs["agenda"] = [one | {"documents": _whole(one.get("documents", []), asked)} for one in wanted["agenda"]]
        theirs["withheld"] = [str(one["tolfdnr"]) for one in wanted["agenda"] if not one["public"]]
    return theirs


def _whole(documents: list[dict[str, Any]], asked: str) -> list[dict[str, Any]]:
    return [one | ({"url": urljoin(asked, one["url"])} if "url" in one else {}) for one in documents]

"""Our nouns in the words of the results that speak of `nativeId` (../shared/pages/NOTES-other.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from council.model import AgendaItem, Consultation, File, FileRole, Location, Meeting, OrganizationRef, Paper
from tests.saved_pages.comparing import CUT, Declared

ROLES = {
    "announcement": FileRole.INVITATION,
    "invitation": FileRole.INVITATION,
    "agenda": FileRole.INVITATION,
    "minutes": FileRole.MINUTES,
    "paper": FileRole.MAIN,
    "paper attachment": FileRole.ATTACHMENT,
    "item attachment": FileRole.ATTACHMENT,
    "attachment": FileRole.ATTACHMENT,
    "supplement": FileRole.ATTACHMENT,
    "other": FileRole.ATTACHMENT,
    "resolution": FileRole.RESOLUTION,
}

KINDS = Declared(
    "*documents[].kind", "kinds are compared as our roles", lambda kind: ROLES[kind].value if kind else CUT
)
NOT_PUBLIC = Declared(
    "*agendaItems[]",
    "the result lists what is not public for a parser; ours leaves it out, its numbers as withheld",
    lambda item: item if item["public"] else CUT,
)
EMPTY = Declared(
    "meetings[].agendaItems meetings[].documents",
    "not shown in a list: ours are empty until the meeting's own answer",
    lambda found: found or [],
)
MIDNIGHT = Declared(
    "meetings[].start",
    "a day without a time is its midnight: a meeting's start is a moment",
    lambda start: start if "T" in start else f"{start}T00:00:00+02:00",
)


def nothing_else(wanted: dict[str, Any], _: str) -> dict[str, Any]:
    """A result that names no meetings or no papers says that there are none."""
    return {"meetings": [], "papers": []} | wanted


def meetings(records: Iterable[Any]) -> list[dict[str, Any]]:
    """Every meeting among the records."""
    return [meeting(one) for one in records if isinstance(one, Meeting)]


def papers(records: Iterable[Any]) -> list[dict[str, Any]]:
    """Every paper among the records."""
    return [paper(one) for one in records if isinstance(one, Paper)]


def meeting(one: Meeting) -> dict[str, Any]:
    """One meeting with its agenda and documents."""
    return {
        "nativeId": one.native_id,
        "name": one.name,
        "organization": refs(one.organization),
        "start": one.start.isoformat() if one.start else None,
        "end": one.end.isoformat() if one.end else None,
        "location": location(one.location),
        "cancelled": one.cancelled,
        "url": one.source_url,
        "documents": documents(one.files),
        "agendaItems": [agenda_item(item) for item in one.agenda],
        "withheld": len(one.withheld),
    }


def agenda_item(one: AgendaItem) -> dict[str, Any]:
    """One item of an agenda."""
    return {
        "nativeId": one.native_id,
        "number": one.number,
        "name": one.name,
        "public": one.public,
        "result": one.result,
        "paper": {"reference": one.reference, "nativeId": one.paper} if one.paper else None,
        "documents": documents(one.files),
    }


def paper(one: Paper) -> dict[str, Any]:
    """One paper with its consultations and documents."""
    return {
        "nativeId": one.native_id,
        "reference": one.reference,
        "name": one.name,
        "paperType": one.paper_type,
        "date": one.date.isoformat() if one.date else None,
        "documents": documents(one.files),
        "consultations": [consultation(step) for step in one.consultations],
    }


def consultation(one: Consultation) -> dict[str, Any]:
    """One step of a paper; there are none that are not public."""
    return {
        "organization": refs(one.organization),
        "date": one.date.isoformat() if one.date else None,
        "meeting": one.meeting,
        "role": one.role,
        "public": True,
        "result": one.result,
    }


def documents(files: Iterable[File]) -> list[dict[str, Any]]:
    """Documents in their order."""
    return [
        {
            "nativeId": one.native_id,
            "name": one.name,
            "url": one.url,
            "kind": one.role.value,
            "released": one.date.isoformat() if one.date else None,
            "hasText": one.text is not None,
        }
        for one in files
    ]


def location(one: Location | None) -> dict[str, Any] | None:
    """A place in its parts."""
    if one is None:
        return None
    return {
        "description": one.description,
        "streetAddress": one.street_address,
        "postalCode": one.postal_code,
        "locality": one.locality,
    }


def refs(all_: Iterable[OrganizationRef]) -> list[dict[str, Any]]:
    """Committees as a record names them."""
    return [{"nativeId": one.native_id, "name": one.name} for one in all_]

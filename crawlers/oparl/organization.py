"""Organizations (committees, factions, offices) and persons: a name and memberships. Telephone, e-mail, address,
photograph, gender and life are never read."""

from __future__ import annotations

from collections.abc import Iterator

from council.model import Kind, Membership, Organization, Person
from crawlers.oparl.fields import ObjectFields


def read_organization(fields: ObjectFields) -> Organization | None:
    """An Organization object (OParl 3.4); None when it has no id. Its members come with the persons."""
    origin = fields.origin(Kind.ORGANIZATION)
    if origin is None:
        return None
    return Organization(
        **origin,
        source_url=fields.address("web"),
        name=fields.line("name"),
        short_name=fields.line("shortName"),
        organization_type=fields.line("organizationType"),
        classification=fields.line("classification"),
        start_date=fields.day("startDate"),
        end_date=fields.day("endDate"),
    )


def read_person(fields: ObjectFields) -> Person | None:
    """A Person object (OParl 3.5); None when it has no id."""
    origin = fields.origin(Kind.PERSON)
    if origin is None:
        return None
    parts = (fields.line("givenName"), fields.line("familyName"))
    return Person(
        **origin,
        source_url=fields.address("web"),
        name=fields.line("name") or " ".join(part for part in parts if part) or None,
        memberships=tuple(_memberships(fields)),
    )


def _memberships(person: ObjectFields) -> Iterator[Membership]:
    for fields in person.objects("membership"):
        if fields.is_left_out():
            continue
        organizations = fields.organizations("organization")
        if not organizations:
            fields.diagnostics.add(fields.where, "expected a membership with its organization, found none: left out")
            continue
        yield Membership(
            organization=organizations[0],
            role=fields.line("role"),
            voting_right=fields.flag("votingRight"),
            start_date=fields.day("startDate"),
            end_date=fields.day("endDate"),
        )

"""Committees and bodies, and the holders of public office in a committee.

One installation serves several bodies (Körperschaften: a Verbandsgemeinde and its members). A body's short code may be
that of a committee, too, so that its native id has "body:" before it.
"""

from __future__ import annotations

from council.model import Membership, Organization, OrganizationRef, Person
from crawlers.morerubin import quirks
from crawlers.parsing.json_fields import Fields

_BODY = "Körperschaft"


def read_body(fields: Fields) -> Organization | None:
    """A body of the list `organizations/bodies`; None for groups that the administration keeps there for itself."""
    code, name = fields.ident("id"), fields.line("name")
    if code is None or name is None:
        fields.diagnostics.add(fields.where, "expected a body with id and name: left out")
        return None
    if quirks.is_no_body(name):
        return None
    return Organization(native_id=f"body:{code}", name=name, short_name=code, organization_type=_BODY)


def committee_ref(fields: Fields) -> OrganizationRef | None:
    """A committee as a meeting names it."""
    code, name = fields.ident("id", "Kuerzel"), fields.line("name", "Bezeichnung")
    return OrganizationRef(native_id=code, name=name) if code or name else None


def read_committee(fields: Fields) -> Organization | None:
    """A committee with its name; None where it has no code or is deleted."""
    code, name = fields.ident("id", "Kuerzel"), fields.line("name", "Bezeichnung")
    if code is None:
        fields.diagnostics.add(fields.where, "expected a committee with a code, found none: left out")
        return None
    if fields.line("deleted_at"):
        return None
    return Organization(
        native_id=code,
        source_url=fields.line("risUrl") if (fields.line("risUrl") or "").startswith("http") else None,
        name=name,
        short_name=fields.line("Kuerzel", "kurzanzeige"),
        organization_type="Fraktion" if fields.is_set("fraktion") else "Gremium",
    )


def read_members(committee: Fields, ref: OrganizationRef) -> list[Person]:
    """The members that a committee's own answer names, with their part in it; the administration's staff is left out,
    and of everyone all but name and office."""
    people = []
    for fields in committee.objects("members"):
        number = fields.ident("id", "Personalnummer")
        parts = (fields.line("Vorname"), fields.line("Name"))
        name = fields.line("fullName") or " ".join(part for part in parts if part) or None
        if number is None or name is None or fields.is_set("is_administrative_staff"):
            continue
        office = Membership(
            organization=ref,
            role=fields.line("role", "funktion"),
            start_date=fields.day("start_date", "von"),
            end_date=fields.day("end_date", "bis"),
        )
        people.append(Person(native_id=number, name=name, memberships=(office,)))
    return people

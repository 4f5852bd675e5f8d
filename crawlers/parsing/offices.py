"""Offices: what a person is in a committee; professions, parties and addresses beside it are none and are not kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from council.model import Membership, OrganizationRef, Person
from crawlers.parsing.columns import Column
from crawlers.parsing.dates import reported_day
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.tables import Row

_OFFICE: Final = re.compile(
    r"mitglied|vorsitz|sprecher|bürgermeister|beigeordnet|rat\b|rätin|vertret|präsid|schriftführ|dezernent|verordnete"
    r"|landr|ortsvorsteher|beauftragt|einwohner|beisitz",
    re.IGNORECASE,
)


def is_office(words: str | None) -> bool:
    """Whether a cell names an office: "stellv. Vorsitzende", "sachkundiger Einwohner"."""
    return bool(words and _OFFICE.search(words))


def membership(
    row: Row, organization: OrganizationRef, offices: Iterable[str | None], where: str, diagnostics: Diagnostics
) -> Membership:
    """What a row says of somebody's seat: since when, until when, and as what. The columns for it say that, else the
    first of `offices` that is one."""
    shown = (row.text(Column.FUNCTION), row.text(Column.ROLE), *offices)
    return Membership(
        organization=organization,
        role=next((office for office in shown if is_office(office)), None),
        start_date=reported_day(row.text(Column.FROM), where, diagnostics),
        end_date=reported_day(row.text(Column.UNTIL), where, diagnostics),
    )


def each_person_once(people: Iterable[Person]) -> list[Person]:
    """The persons in order, each with the seats of all rows that name them."""
    found: dict[str, Person] = {}
    for person in people:
        held = found.get(person.native_id)
        seats = dict.fromkeys((held.memberships if held else ()) + person.memberships)
        found[person.native_id] = person.model_copy(update={"memberships": tuple(seats)})
    return list(found.values())

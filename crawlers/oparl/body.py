"""Systems and bodies: where a server's lists are, and which body the register means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from council.model import Kind
from council.municipality import Municipality
from crawlers.oparl import quirks
from crawlers.oparl.fields import ObjectFields


@dataclass(frozen=True, slots=True)
class SystemObject:
    """OParl's System object: the entry of a server. `version` is "1.0" or "1.1" as the server says it."""

    id: str
    name: str | None = None
    version: str | None = None
    vendor: str | None = None
    product: str | None = None
    website: str | None = None
    license: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """OParl's Body object: one municipality on a server. The lower fields are the addresses of its lists.

    Of a body's contact nothing is kept: it is the name and the e-mail address of a person.
    """

    id: str
    name: str | None = None
    short_name: str | None = None
    ags: str | None = None
    rgs: str | None = None
    website: str | None = None
    license: str | None = None
    classification: str | None = None
    system: str | None = None
    organization: str | None = None
    person: str | None = None
    meeting: str | None = None
    paper: str | None = None
    agenda_item: str | None = None
    consultation: str | None = None
    file: str | None = None

    @property
    def lists(self) -> dict[Kind, str]:
        """The addresses of the four lists every server has, organizations first: what the later ones point to."""
        addresses = {
            Kind.ORGANIZATION: self.organization,
            Kind.PERSON: self.person,
            Kind.MEETING: self.meeting,
            Kind.PAPER: self.paper,
        }
        return {kind: address for kind, address in addresses.items() if address}


def read_system(fields: ObjectFields) -> SystemObject | None:
    """A System object (OParl 3.1); None when it has no id. Its list of bodies is what to ask next."""
    source_id = fields.line("id")
    if source_id is None:
        fields.diagnostics.add(fields.where, "expected a System with an id, found none: left out")
        return None
    version = re.search(r"/(\d+\.\d+)/?$", fields.line("oparlVersion") or "")
    body = fields.address("body")
    if body:
        fields.diagnostics.links.add(body)
    return SystemObject(
        id=source_id,
        name=fields.line("name"),
        version=version[1] if version else None,
        vendor=fields.line("vendor"),
        product=fields.line("product"),
        website=fields.address("website"),
        license=fields.line("license"),
        body=body,
    )


def read_body(fields: ObjectFields) -> Body | None:
    """A Body object (OParl 3.2); None when it has no id. Its four lists are what to ask next."""
    source_id = fields.line("id")
    if source_id is None:
        fields.diagnostics.add(fields.where, "expected a Body with an id, found none: left out")
        return None
    body = Body(
        id=source_id,
        name=fields.line("name"),
        short_name=fields.line("shortName"),
        ags=_ags(fields),
        rgs=_rgs(fields),
        website=fields.address("website"),
        license=fields.line("license"),
        classification=fields.line("classification"),
        system=fields.line("system"),
        organization=fields.address("organization"),
        person=fields.address("person"),
        meeting=fields.address("meeting"),
        paper=fields.address("paper"),
        agenda_item=_list(fields, "agendaItem"),
        consultation=_list(fields, "consultation"),
        file=_list(fields, "file"),
    )
    for url in body.lists.values():
        fields.diagnostics.links.add(url)
    return body


def _list(fields: ObjectFields, key: str) -> str | None:
    return fields.address(key) or fields.address(quirks.PLURAL_LISTS[key])


def _ags(fields: ObjectFields) -> str | None:
    text = fields.line("ags")
    ags = quirks.repaired_ags(text.replace(" ", "")) if text else None
    if text and ags is None:
        fields.diagnostics.add(f"{fields.where} ags", f"expected 8 digits, found {text[:40]!r}")
    return ags


def _rgs(fields: ObjectFields) -> str | None:
    text = fields.line("rgs")
    digits = text.replace(" ", "") if text else None
    if digits and re.fullmatch(r"[0-9]{11,12}", digits):
        return digits.zfill(12)
    if text:
        fields.diagnostics.add(f"{fields.where} rgs", f"expected 12 digits, found {text[:40]!r}")
    return None


def choose_body(bodies: Sequence[Body], municipality: Municipality) -> Body | str:
    """The body of the municipality, or why it cannot be told."""
    found = [body for body in bodies if _is_wanted(body, bodies, municipality)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{body.name!r} ({body.id})" for body in bodies[:40]) or "none"
    if not found and municipality.body is not None:
        return f"no body of the system is {municipality.body!r}; it has: {names}"
    return f"the system has {len(bodies)} bodies: name one in the register as `body:`; it has: {names}"


def _is_wanted(body: Body, bodies: Sequence[Body], municipality: Municipality) -> bool:
    wanted = municipality.body
    if wanted is not None:
        return wanted in {body.id, body.name, body.short_name, body.ags}
    if len(bodies) == 1:
        return True
    return body.ags is not None and body.ags == municipality.ags

"""Systems and bodies: where a server's lists are."""

from __future__ import annotations

import re

from crawlers.oparl import quirks
from crawlers.oparl.answer import Body, System
from crawlers.oparl.fields import Fields


def read_system(fields: Fields) -> System | None:
    """A System object (OParl 3.1); None when it has no id. Its list of bodies is what to ask next."""
    source_id = fields.line("id")
    if source_id is None:
        fields.diagnostics.add(fields.where, "expected a System with an id, found none: left out")
        return None
    version = re.search(r"/(\d+\.\d+)/?$", fields.line("oparlVersion") or "")
    body = fields.address("body")
    if body:
        fields.diagnostics.links.add(body)
    return System(
        id=source_id,
        name=fields.line("name"),
        version=version[1] if version else None,
        vendor=fields.line("vendor"),
        product=fields.line("product"),
        website=fields.address("website"),
        license=fields.line("license"),
        body=body,
    )


def read_body(fields: Fields) -> Body | None:
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


def _list(fields: Fields, key: str) -> str | None:
    return fields.address(key) or fields.address(quirks.PLURAL_LISTS[key])


def _ags(fields: Fields) -> str | None:
    said = fields.line("ags")
    ags = quirks.repaired_ags(said.replace(" ", "")) if said else None
    if said and ags is None:
        fields.diagnostics.add(f"{fields.where} ags", f"expected 8 digits, found {said[:40]!r}")
    return ags


def _rgs(fields: Fields) -> str | None:
    said = fields.line("rgs")
    digits = said.replace(" ", "") if said else None
    if digits and re.fullmatch(r"[0-9]{11,12}", digits):
        return digits.zfill(12)
    if said:
        fields.diagnostics.add(f"{fields.where} rgs", f"expected 12 digits, found {said[:40]!r}")
    return None

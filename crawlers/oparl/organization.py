"""Organizations: committees, factions, offices."""

from __future__ import annotations

from council.model import Kind, Organization
from crawlers.oparl.fields import Fields


def read_organization(fields: Fields) -> Organization | None:
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

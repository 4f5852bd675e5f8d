"""When whom the schedule of several machines means to visit next: the table that it tells the others by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import delete, select

from archive.archive import Archive
from archive.rows import chunks, put_rows
from archive.schema import PLANNED


def plan_visits(archive: Archive, planned: Mapping[str, dt.datetime], withdrawn: Collection[str]) -> None:
    """Write the next visits of some municipalities, and take out those of others; nothing for nothing."""
    if not planned and not withdrawn:
        return
    rows = [{"municipality": key, "next_visit": when} for key, when in planned.items()]
    with archive.writing() as connection:
        put_rows(connection, PLANNED, rows, ("next_visit",))
        for some in chunks(withdrawn):
            connection.execute(delete(PLANNED).where(PLANNED.c.municipality.in_(some)))


def planned_visits(archive: Archive) -> dict[str, dt.datetime]:
    """The next visits as they are planned, by municipality."""
    with archive.reading() as connection:
        return {row.municipality: row.next_visit for row in connection.execute(select(PLANNED))}

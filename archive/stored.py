"""What a crawl compares with: a record as it was written, whether it may be shown or not."""

from __future__ import annotations

from sqlalchemy import select

from archive.archive import Archive
from archive.body import unpack
from archive.schema import RECORD
from council.model import Kind, Record


def stored_record(archive: Archive, record_id: str) -> Record | None:
    """The record as it was written, None where none is held. For crawls alone: whoever shows records asks
    `ArchiveReader`, which leaves out what is not public. A crawl must not: an agenda that it has just written hides a
    paper, and what it concludes of that paper would depend on whether the agenda's batch had been written yet."""
    query = select(RECORD.c.kind, RECORD.c.body).where(RECORD.c.id == record_id, RECORD.c.gone_at.is_(None))
    with archive.reading() as connection:
        row = connection.execute(query).one_or_none()
    return unpack(Kind(row.kind), row.body) if row else None

"""What several writers do alike: raise the change number of records, and clear away what nobody points to any more."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, delete, exists, select, update

from archive.change_number import next_seq
from archive.file import FileStatus
from archive.rows import chunks, put_rows
from archive.schema import FILE, FILE_OWNER, GONE_FILE, RECORD, REMOVAL, TEXT, TITLE_VECTOR


def touch(connection: Connection, record_ids: Collection[str], seq: int | None = None) -> None:
    """Give held records a new change number: what the index says of them is no longer true."""
    if not record_ids:
        return
    number = seq or next_seq(connection)
    for ids in chunks(sorted(record_ids)):
        connection.execute(update(RECORD).where(RECORD.c.id.in_(ids), RECORD.c.gone_at.is_(None)).values(seq=number))


def owners_of(connection: Connection, file_ids: Iterable[str]) -> set[str]:
    """Ids of the records that these files hang on."""
    found: set[str] = set()
    for ids in chunks(file_ids):
        found.update(connection.scalars(select(FILE_OWNER.c.record_id).where(FILE_OWNER.c.file_id.in_(ids)).distinct()))
    return found


def drop_ownerless_files(connection: Connection, file_ids: Iterable[str]) -> set[str]:
    """Delete those of the files that no record owns; returns the contents they pointed to. Of one that was never given
    up as not public it stays known that it was here."""
    contents: set[str] = set()
    for ids in chunks(file_ids):
        owned = exists().where(FILE_OWNER.c.file_id == FILE.c.id)
        gone = delete(FILE).where(FILE.c.id.in_(ids), ~owned).returning(FILE.c.id, FILE.c.sha256, FILE.c.status)
        rows = list(connection.execute(gone))
        contents.update(row.sha256 for row in rows if row.sha256)
        put_rows(connection, GONE_FILE, [{"id": row.id} for row in rows if row.status != FileStatus.WITHHELD], ())
    return contents


def removed_among(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that a person has removed."""
    found: set[str] = set()
    for some in chunks(ids):
        found.update(connection.scalars(select(REMOVAL.c.target).where(REMOVAL.c.target.in_(some), REMOVAL.c.active)))
    return found


def drop_unused_texts(connection: Connection, contents: Iterable[str]) -> set[str]:
    """Delete the texts that no file points to any more; returns their contents, whose bytes are to go too."""
    dropped: set[str] = set()
    for sha256s in chunks(contents):
        used = exists().where(FILE.c.sha256 == TEXT.c.sha256)
        dropped.update(
            connection.scalars(delete(TEXT).where(TEXT.c.sha256.in_(sha256s), ~used).returning(TEXT.c.sha256))
        )
    return dropped


def title_hash(title: str) -> bytes:
    """By which the vector of a title is found again, and known to be another title's."""
    return hashlib.sha256(title.encode()).digest()


def drop_title_vectors(connection: Connection, titles: Mapping[str, str | None]) -> None:
    """Delete the vectors of these records, by id, but for those of the title that is shown now (None: none is)."""
    for ids in chunks(sorted(titles)):
        kept = select(TITLE_VECTOR.c.record_id, TITLE_VECTOR.c.title_hash).where(TITLE_VECTOR.c.record_id.in_(ids))
        stale = []
        for row in connection.execute(kept):
            title = titles[row.record_id]
            if title is None or row.title_hash != title_hash(title):
                stale.append(row.record_id)
        if stale:
            connection.execute(delete(TITLE_VECTOR).where(TITLE_VECTOR.c.record_id.in_(stale)))

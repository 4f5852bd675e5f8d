"""Removals by a person: a record or a file that must not be shown, whatever any crawl brings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update

from archive.archive import Archive
from archive.file import FileStatus
from archive.rows import put_rows
from archive.schema import FILE, REMOVAL
from archive.upkeep import owners_of
from archive.visibility_writer import decide
from archive.withdrawal import tombstone_records, withdraw_files
from council.identity import parse_id
from council.model import Kind


@dataclass(frozen=True, slots=True)
class Removal:
    """Who took what out, when and why."""

    target: str
    reason: str
    removed_by: str
    removed_at: dt.datetime


def remove(archive: Archive, target: str, reason: str, removed_by: str) -> None:
    """Take a record or a file out of everything, now and for all crawls to come, also one that is not held (yet).
    `target` is its id. Raises BadId."""
    named = parse_id(target)
    with archive.writing() as connection:
        put_rows(
            connection,
            REMOVAL,
            [
                {
                    "target": target,
                    "reason": reason,
                    "removed_by": removed_by,
                    "removed_at": archive.clock(),
                    "active": True,
                }
            ],
            ("reason", "removed_by", "removed_at", "active"),
        )
        if named.kind is Kind.FILE:
            dropped = withdraw_files(connection, named.municipality, [target], FileStatus.REMOVED, reason)
        else:
            dropped = tombstone_records(connection, named.municipality, {target: f"removed: {reason}"}, archive)
    archive.blobs.drop(dropped)


def restore(archive: Archive, target: str) -> bool:
    """Take a removal back; the next full run brings the object again, the next run a file. Returns whether there was
    one. Raises BadId."""
    named = parse_id(target)
    with archive.writing() as connection:
        lifted = connection.execute(
            update(REMOVAL).where(REMOVAL.c.target == target, REMOVAL.c.active).values(active=False)
        ).rowcount
        connection.execute(
            update(FILE)
            .where(FILE.c.id == target, FILE.c.status == FileStatus.REMOVED.value)
            .values(status=FileStatus.WANTED.value, reason=None)
        )
        dropped = decide(connection, named.municipality, owners_of(connection, [target]))
    archive.blobs.drop(dropped)
    return lifted > 0


def removals(archive: Archive) -> tuple[Removal, ...]:
    """All removals in force, newest first."""
    with archive.reading() as connection:
        rows = connection.execute(select(REMOVAL).where(REMOVAL.c.active).order_by(REMOVAL.c.removed_at.desc()))
        return tuple(Removal(row.target, row.reason, row.removed_by, row.removed_at) for row in rows)

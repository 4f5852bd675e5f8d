"""Reads what changed, for an index that follows the archive."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from archive.archive import Archive
from archive.change_number import current_seq, opening_of
from archive.schema import RECORD


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the feed of changes: a record is shown in another way than before, or not any more."""

    seq: int
    id: str
    visible: bool


class ChangeReader:
    """Reads; never writes. Safe to use from many threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def changes(self, after: int, limit: int = 1000) -> list[Change]:
        """What changed since change number `after`, oldest first, each record once with its newest number."""
        query = select(RECORD.c.seq, RECORD.c.id, RECORD.c.visible).where(RECORD.c.seq > after)
        with self._archive.reading() as connection:
            rows = connection.execute(query.order_by(RECORD.c.seq, RECORD.c.id).limit(limit)).all()
            if len(rows) == limit:  # a whole transaction has one number: never stop in the midst of one
                last = rows[-1].seq
                rest = query.where(RECORD.c.seq == last).order_by(RECORD.c.id)
                rows = [row for row in rows if row.seq < last] + list(connection.execute(rest).all())
        return [Change(row.seq, row.id, row.visible) for row in rows]

    def seq(self) -> int:
        """The newest change number."""
        with self._archive.reading() as connection:
            return current_seq(connection)

    def origin(self, seq: int) -> str:
        """The name of this archive as it was when it gave out change number `seq`. An index keeps it beside its cursor:
        another archive, and a restored copy of this one that has gone on, has another name at that number."""
        with self._archive.reading() as connection:
            return opening_of(connection, seq)

    def is_of_this_archive(self, cursor: int, origin: str) -> bool:
        """Whether an index that says this of itself was made from this archive. An index of nothing is of every one."""
        return cursor == 0 or (cursor <= self.seq() and origin == self.origin(cursor))

    def behind(self, cursor: int, origin: str) -> int:
        """How many change numbers an index that says this of itself is behind: all of them where it was made from
        another archive."""
        return self.seq() - (cursor if self.is_of_this_archive(cursor, origin) else 0)

"""Reads what is held of one municipality as its source gave it, public or not: for a crawl that compares or completes
it. Nothing of it may be shown; whoever shows or indexes reads `archive.record_reader`.

A crawl must not read what may be shown: an agenda that it has just written hides a paper, and what it concludes of that
paper would depend on whether the agenda's batch had been written yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from archive.archive import Archive
from archive.body import unpack
from archive.rows import chunks
from archive.schema import LINK, RECORD
from council.identity import make_id
from council.model import Kind, Record


class HeldReader:
    """Reads; never writes."""

    def __init__(self, archive: Archive, municipality: str) -> None:
        self._archive = archive
        self._municipality = municipality
        self._mine = (RECORD.c.municipality == municipality) & RECORD.c.gone_at.is_(None)

    def noun(self, kind: Kind, native_id: str) -> Record | None:
        """One noun; None where none is held, or where it is gone."""
        return next(self.nouns_of([make_id(self._municipality, kind, native_id)]), None)

    def nouns(self, kind: Kind) -> Iterator[Record]:
        """All nouns of a kind, by id."""
        return self.nouns_of(make_id(self._municipality, kind, native_id) for native_id in self.native_ids(kind))

    def nouns_of(self, record_ids: Iterable[str]) -> Iterator[Record]:
        """Those of the records that are held, in lists read when they are needed."""
        for ids in chunks(record_ids):
            query = select(RECORD.c.kind, RECORD.c.body).where(self._mine, RECORD.c.id.in_(ids)).order_by(RECORD.c.id)
            with self._archive.reading() as connection:
                rows = list(connection.execute(query))
            yield from (unpack(Kind(row.kind), row.body) for row in rows)

    def native_ids(self, kind: Kind) -> list[str]:
        """The native ids of all that is held of a kind, in the order of their ids."""
        query = select(RECORD.c.native_id).where(self._mine, RECORD.c.kind == kind.value).order_by(RECORD.c.id)
        with self._archive.reading() as connection:
            return list(connection.scalars(query))

    def linked(self, native_id: str, relation: str, kind: Kind, limit: int = 100) -> list[Record]:
        """Nouns of a kind that name this one in a relation of `archive.body.links_of`: the meetings with a paper on
        their agenda; newest change first."""
        query = (
            select(RECORD.c.body)
            .join(LINK, LINK.c.record_id == RECORD.c.id)
            .where(self._mine, LINK.c.municipality == self._municipality, RECORD.c.kind == kind.value)
            .where(LINK.c.relation == relation, LINK.c.target == native_id)
            .order_by(RECORD.c.seq.desc())
            .limit(limit)
        )
        with self._archive.reading() as connection:
            return [unpack(kind, body) for body in connection.scalars(query)]

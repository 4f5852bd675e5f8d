"""Reads records as they may be shown: what `archive.visibility_writer` has decided, and nothing of it decided here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select

from archive.archive import Archive
from archive.body import links_of, unpack
from archive.rows import chunks
from archive.schema import LINK, RECORD
from council.identity import parse_id
from council.model import Kind, Record


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record as it may be shown: public items, consultations and files only. `seq` is its change number."""

    id: str
    municipality: str
    noun: Record
    seq: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class GoneRecord:
    """A tombstone: what was here was withdrawn by its source or removed by a person."""

    id: str
    gone_at: dt.datetime
    reason: str


class RecordReader:
    """Reads; never writes. Safe to use from many threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def record(self, record_id: str) -> HeldRecord | GoneRecord | None:
        """One record, its tombstone, or None where there never was one. One that may not be shown is as good as never
        there."""
        with self._archive.reading() as connection:
            row = connection.execute(select(RECORD).where(RECORD.c.id == record_id)).one_or_none()
        if row is None or not (row.visible or row.gone_at):
            return None
        return GoneRecord(record_id, row.gone_at, row.gone_reason or "") if row.gone_at else _held(row)

    def records(self, record_ids: Iterable[str]) -> list[HeldRecord]:
        """Those of the records that may be shown, in the order of the ids."""
        wanted = list(dict.fromkeys(record_ids))
        rows: dict[str, Row[tuple[object, ...]]] = {}
        with self._archive.reading() as connection:
            for ids in chunks(wanted):
                query = select(RECORD).where(RECORD.c.id.in_(ids), RECORD.c.visible)
                rows |= {row.id: row for row in connection.execute(query)}
        return [_held(rows[i]) for i in wanted if i in rows]

    def visible_ids(self, record_ids: Iterable[str]) -> set[str]:
        """Those of the ids whose records may be shown."""
        found: set[str] = set()
        with self._archive.reading() as connection:
            for ids in chunks(dict.fromkeys(record_ids)):
                found.update(connection.scalars(select(RECORD.c.id).where(RECORD.c.id.in_(ids), RECORD.c.visible)))
        return found

    def ids(self, kinds: Sequence[Kind]) -> Iterator[list[str]]:
        """The ids of all records of these kinds that may be shown, in lists of a few hundred, by id."""
        after = ""
        mine = RECORD.c.kind.in_([kind.value for kind in kinds]) & RECORD.c.visible
        while True:
            query = select(RECORD.c.id).where(mine, RECORD.c.id > after).order_by(RECORD.c.id).limit(500)
            with self._archive.reading() as connection:
                ids = list(connection.scalars(query))
            if not ids:
                return
            yield ids
            after = ids[-1]

    def linked_records(self, record_id: str, relation: str, kind: Kind, limit: int = 100) -> list[HeldRecord]:
        """Records of a kind whose visible part names `record_id` (a committee's meetings), newest change first."""
        named = parse_id(record_id)
        query = (
            select(RECORD)
            .join(LINK, LINK.c.record_id == RECORD.c.id)
            .where(
                LINK.c.municipality == named.municipality,
                LINK.c.relation == relation,
                LINK.c.target == named.native_id,
                RECORD.c.kind == kind.value,
                RECORD.c.visible,
            )
            .order_by(RECORD.c.seq.desc())
            .limit(limit)
        )
        with self._archive.reading() as connection:
            records = [_held(row) for row in connection.execute(query)]
        return [record for record in records if (relation, named.native_id) in links_of(record.noun)]

    def papers_of_consultations(self, municipality: str, consultations: Iterable[str]) -> dict[str, str]:
        """Ids of papers by the native ids of their consultations: an agenda often names only the consultation."""
        return self._linked(municipality, "consultation", consultations)

    def papers_of_agenda_items(self, municipality: str, items: Iterable[str]) -> dict[str, str]:
        """Ids of papers by the native ids of the agenda items that their consultations name."""
        return self._linked(municipality, "agenda_item", items)

    def _linked(self, municipality: str, relation: str, targets: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        with self._archive.reading() as connection:
            for some in chunks(targets):
                query = (
                    select(LINK.c.target, LINK.c.record_id)
                    .join(RECORD, RECORD.c.id == LINK.c.record_id)
                    .where(
                        LINK.c.municipality == municipality, LINK.c.relation == relation, LINK.c.target.in_(some),
                        RECORD.c.visible,
                    )
                )  # fmt: skip
                found |= {row.target: row.record_id for row in connection.execute(query)}
        return found


def _held(row: Row[tuple[object, ...]]) -> HeldRecord:
    noun = unpack(Kind(row.kind), row.visible_body)
    return HeldRecord(row.id, row.municipality, noun, row.seq, row.first_seen, row.last_seen, row.changed_at)

"""Writes what a crawl read: new and changed nouns, tombstones, and what a complete list no longer holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from archive.archive import Archive
from archive.body import links_of, pack
from archive.change_number import next_seq
from archive.file import FileStatus
from archive.listed_files import put_files, without_texts
from archive.rows import chunks, put_rows
from archive.run import KindCount
from archive.schema import LINK, RECORD
from archive.upkeep import drop_ownerless_files, drop_unused_texts, removed_among, touch
from archive.visibility_writer import Written, decide, withhold_unshown
from archive.withdrawal import tombstone_records, withdraw_files
from council.identity import make_id, parse_id
from council.model import Kind, Organization, Record, Tombstone

ALL_BUT_FIRST_SEEN = (
    "seq", "content_hash", "body", "visible", "visible_body", "last_seen", "changed_at", "last_run", "gone_at",
    "gone_reason",
)  # fmt: skip

Counts = defaultdict[str, KindCount]


@dataclass(slots=True)
class _Batch:
    """What one transaction works on."""

    seq: int
    records: dict[str, Record]
    texts: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    """What the index says of these records is no longer true."""
    doubtful: set[str] = field(default_factory=set)
    """What may be shown of these records is to be decided anew."""


class RecordWriter:
    """Writes the records of one municipality in one run. `trust_dates`: see `archive.body.fingerprint`."""

    def __init__(self, archive: Archive, municipality: str, run_id: int, trust_dates: bool = False) -> None:
        self._archive = archive
        self._municipality = municipality
        self._run_id = run_id
        self.trust_dates = trust_dates
        self.counts: Counts = defaultdict(KindCount)

    def put(self, records: Sequence[Record]) -> None:
        """Write a batch of nouns in one transaction. What is there already is only marked as seen; a record that a
        person has removed stays removed; of equal ids the last wins."""
        named = {make_id(self._municipality, record.kind, record.native_id): record for record in records}
        if not named:
            return
        with self._writing() as (connection, counts):
            dropped = self._put(connection, counts, named)
        self._drop_bytes(dropped)

    def add_tombstones(self, tombstones: Iterable[Tombstone]) -> None:
        """Take out what the source has withdrawn, with its files and their texts."""
        dead = {make_id(self._municipality, t.kind, t.native_id): t.reason for t in tombstones}
        records = {i: reason for i, reason in dead.items() if parse_id(i).kind is not Kind.FILE}
        files = {i: reason for i, reason in dead.items() if i not in records}
        if not dead:
            return
        with self._writing() as (connection, counts):
            dropped = self._tombstone(connection, counts, records)
            for file_id, reason in files.items():
                dropped |= withdraw_files(connection, self._municipality, [file_id], FileStatus.GONE, reason)
        self._drop_bytes(dropped)

    def missing(self, kind: Kind) -> tuple[list[str], int]:
        """(ids that are held but were not seen in this run, how many are held): what a complete list no longer has."""
        held = (RECORD.c.municipality == self._municipality) & (RECORD.c.kind == kind) & RECORD.c.gone_at.is_(None)
        with self._archive.reading() as connection:
            ids = list(connection.scalars(select(RECORD.c.id).where(held, RECORD.c.last_run != self._run_id)))
            count = connection.scalar(select(func.count()).select_from(RECORD).where(held)) or 0
        return ids, count

    def tombstone(self, ids: Sequence[str], reason: str) -> None:
        """Turn records into tombstones by id, in small transactions."""
        for some in chunks(ids):
            with self._writing() as (connection, counts):
                dropped = self._tombstone(connection, counts, dict.fromkeys(some, reason))
            self._drop_bytes(dropped)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Counts]]:
        """A transaction, and what to count in it: it counts for the run when it has been committed."""
        counts: Counts = defaultdict(KindCount)
        with self._archive.writing() as connection:
            yield connection, counts
        for kind, count in counts.items():
            self.counts[kind].add(count)

    def _put(self, connection: Connection, counts: Counts, named: dict[str, Record]) -> set[str]:
        removed = removed_among(connection, named)
        known = {
            row.id: row
            for row in connection.execute(
                select(RECORD.c.id, RECORD.c.content_hash, RECORD.c.gone_at).where(RECORD.c.id.in_(named))
            )
        }
        batch = _Batch(0, {})
        rows: list[dict[str, Any]] = []
        seen: list[str] = []
        now = self._archive.clock()
        for record_id, given in named.items():
            count = counts[given.kind.value]
            if record_id in removed:
                continue
            record = without_texts(given, batch.texts)
            content_hash, body = pack(record)
            before = known.get(record_id)
            if before is not None and before.gone_at is None and before.content_hash == content_hash:
                count.unchanged += 1
                seen.append(record_id)
                continue
            count.new += before is None or before.gone_at is not None
            count.changed += before is not None and before.gone_at is None
            batch.records[record_id] = record
            rows.append(
                {
                    "id": record_id, "municipality": self._municipality, "kind": record.kind.value,
                    "native_id": record.native_id, "content_hash": content_hash, "body": body,
                    "visible": False, "visible_body": None,  # until that is decided, below
                    "first_seen": now, "last_seen": now, "changed_at": now, "last_run": self._run_id,
                    "gone_at": None, "gone_reason": None,
                }
            )  # fmt: skip
        if seen:
            connection.execute(update(RECORD).where(RECORD.c.id.in_(seen)).values(last_seen=now, last_run=self._run_id))
        if self.trust_dates:  # a file's own date is no part of the content: look at it even where that is unchanged
            batch.records |= {i: without_texts(named[i], batch.texts) for i in seen}
        if rows:
            batch.seq = next_seq(connection)
            put_rows(connection, RECORD, [row | {"seq": batch.seq} for row in rows], ALL_BUT_FIRST_SEEN)
            self._put_links(connection, batch, [row["id"] for row in rows])
        files = put_files(connection, self._municipality, batch.records, batch.texts, self.trust_dates, now)
        written = {row["id"]: Written(batch.records[row["id"]], row["body"]) for row in rows}
        seq = batch.seq or None
        dropped = files.unused | drop_unused_texts(connection, drop_ownerless_files(connection, files.left))
        doubtful = batch.doubtful | files.doubtful | written.keys()
        dropped |= decide(connection, self._municipality, doubtful, seq, written)
        dropped |= withhold_unshown(connection, files.left)
        touch(connection, batch.touched - written.keys(), seq)
        return dropped

    def _put_links(self, connection: Connection, batch: _Batch, changed: Sequence[str]) -> None:
        before = {
            (row.record_id, row.relation, row.target)
            for row in connection.execute(select(LINK).where(LINK.c.record_id.in_(changed)))
        }
        after = {(i, relation, target) for i in changed for relation, target in links_of(batch.records[i])}
        if before - after:
            connection.execute(delete(LINK).where(LINK.c.record_id.in_({i for i, _, _ in before - after})))
            fresh = [link for link in after if link[0] in {i for i, _, _ in before - after} or link not in before]
        else:
            fresh = list(after - before)
        put_rows(
            connection,
            LINK,
            [
                {"record_id": i, "relation": relation, "target": target, "municipality": self._municipality}
                for i, relation, target in fresh
            ],
            (),
        )
        withheld = {target for _, relation, target in before ^ after if relation == "withheld"}
        batch.doubtful |= self._linked(connection, ("consultation", "agenda_item"), withheld)
        named = {target for _, relation, target in before ^ after if relation in ("withheld_paper", "item_paper")}
        batch.doubtful |= {make_id(self._municipality, Kind.PAPER, target) for target in named}
        renamed = {r.native_id for r in batch.records.values() if isinstance(r, Organization)}
        batch.touched |= self._linked(connection, ("organization",), renamed)

    def _linked(self, connection: Connection, relations: Sequence[str], targets: set[str]) -> set[str]:
        found: set[str] = set()
        for some in chunks(targets):
            found.update(
                connection.scalars(
                    select(LINK.c.record_id).where(
                        LINK.c.municipality == self._municipality,
                        LINK.c.relation.in_(relations),
                        LINK.c.target.in_(some),
                    )
                )
            )
        return found

    def _tombstone(self, connection: Connection, counts: Counts, dead: dict[str, str]) -> set[str]:
        held: list[str] = []
        for ids in chunks(dead):
            held += connection.scalars(select(RECORD.c.id).where(RECORD.c.id.in_(ids), RECORD.c.gone_at.is_(None)))
        return tombstone_records(connection, self._municipality, {i: dead[i] for i in held}, self._archive, counts)

    def _drop_bytes(self, contents: Collection[str]) -> None:
        self._archive.blobs.drop(contents)

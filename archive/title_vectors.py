"""What papers' titles mean, as numbers: worked out by the indexer in the background, by the hash of the title.

A vector goes in the transaction in which its title is withdrawn, hidden or changed (`archive.upkeep`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, select

from archive.archive import Archive
from archive.body import unpack
from archive.change_number import one_after_the_other
from archive.change_reader import ChangeReader
from archive.rows import CHUNK, chunks, put_rows
from archive.schema import ABOUT, RECORD, TITLE_VECTOR
from archive.upkeep import title_hash
from council.identity import parse_id
from council.model import Kind, Paper


@dataclass(frozen=True, slots=True)
class TitleBatch:
    """Some papers whose titles have no vector yet. `titles`: those that are to be worked out, by their hashes; `known`:
    the vectors of titles that other papers have too. `seq` is the change number up to which all is done with it."""

    seq: int
    papers: Mapping[str, bytes]
    """Hashes of titles by the ids of their papers."""
    titles: Mapping[bytes, str]
    known: Mapping[bytes, bytes]


class TitleVectors:
    """The vectors of one model. Its place in the archive's changes is kept with them: whoever is killed goes on
    there."""

    def __init__(self, archive: Archive, model: str) -> None:
        self._archive = archive
        self._model = model
        self._place = f"title vectors: {model}"

    def pending(self, limit: int = 200) -> TitleBatch | None:
        """The next papers; None where all have their vectors. There may be none in it that is to be worked out."""
        with self._archive.reading() as connection:
            place = int(connection.scalar(select(ABOUT.c.value).where(ABOUT.c.name == self._place)) or 0)
        changes = ChangeReader(self._archive).changes(place, limit)
        if not changes:
            return None
        papers = [change.id for change in changes if change.visible and parse_id(change.id).kind is Kind.PAPER]
        found: dict[str, str] = {}
        with self._archive.reading() as connection:
            kept = self._kept(connection, papers)  # of the titles that are shown now, or they were gone
            whole = True
            for ids in chunks((record_id for record_id in papers if record_id not in kept), limit):
                whole = len(found) < limit  # one transaction may have changed thousands
                if not whole:
                    break
                found |= _titles(connection, ids)
            hashes = {record_id: title_hash(title) for record_id, title in found.items()}
            titles = {hashes[record_id]: title for record_id, title in found.items()}
            known = self._known(connection, titles)
        missing = {hashed: title for hashed, title in titles.items() if hashed not in known}
        return TitleBatch(changes[-1].seq if whole else place, hashes, missing, known)

    def put(self, batch: TitleBatch, vectors: Mapping[bytes, bytes]) -> int:
        """Write the vectors of a batch, by the hashes of their titles; those of papers that are no longer shown, or
        that have another title by now, are dropped. Returns how many were written."""
        found = {**batch.known, **vectors}
        with self._archive.writing() as connection:
            one_after_the_other(connection)
            now = _titles(connection, batch.papers)
            rows = [
                {"record_id": record_id, "model": self._model, "title_hash": hashed, "vector": found[hashed]}
                for record_id, hashed in batch.papers.items()
                if record_id in now and title_hash(now[record_id]) == hashed
            ]
            put_rows(connection, TITLE_VECTOR, rows, ("model", "title_hash", "vector"))
            put_rows(connection, ABOUT, [{"name": self._place, "value": str(batch.seq)}], ("value",))
        return len(rows)

    def all(self, limit: int) -> tuple[list[str], bytes]:
        """(ids of the papers, their vectors one behind the other), of at most so many, the newest changes first."""
        query = (
            select(TITLE_VECTOR.c.record_id, TITLE_VECTOR.c.vector)
            .join(RECORD, RECORD.c.id == TITLE_VECTOR.c.record_id)
            .where(TITLE_VECTOR.c.model == self._model, RECORD.c.visible)
            .order_by(RECORD.c.seq.desc())
            .limit(limit)
        )
        ids: list[str] = []
        vectors = bytearray()
        with self._archive.reading() as connection:
            for row in connection.execution_options(yield_per=2000).execute(query):
                ids.append(row.record_id)
                vectors += row.vector
        return ids, bytes(vectors)

    def _kept(self, connection: Connection, record_ids: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for ids in chunks(record_ids):
            mine = TITLE_VECTOR.c.record_id.in_(ids) & (TITLE_VECTOR.c.model == self._model)
            found.update(connection.scalars(select(TITLE_VECTOR.c.record_id).where(mine)))
        return found

    def _known(self, connection: Connection, hashes: Iterable[bytes]) -> dict[bytes, bytes]:
        query = select(TITLE_VECTOR.c.title_hash, TITLE_VECTOR.c.vector).where(TITLE_VECTOR.c.model == self._model)
        found: dict[bytes, bytes] = {}
        remaining = iter(hashes)
        while some := list(islice(remaining, CHUNK)):
            rows = connection.execute(query.where(TITLE_VECTOR.c.title_hash.in_(some)))
            found |= {row.title_hash: row.vector for row in rows}
        return found


def _titles(connection: Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """The titles of those papers that are shown and have one."""
    found: dict[str, str] = {}
    for ids in chunks(record_ids):
        query = select(RECORD.c.id, RECORD.c.visible_body).where(RECORD.c.id.in_(ids), RECORD.c.visible)
        for row in connection.execute(query):
            noun = unpack(Kind.PAPER, row.visible_body)
            if isinstance(noun, Paper) and noun.name:
                found[row.id] = noun.name
    return found

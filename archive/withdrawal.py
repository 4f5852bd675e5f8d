"""Taking things out: records become tombstones, files lose their text; everywhere, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, update

from archive.archive import Archive
from archive.change_number import next_seq, one_after_the_other
from archive.file import FileStatus
from archive.rows import chunks
from archive.run import KindCount
from archive.schema import FILE, FILE_OWNER, LINK, RECORD
from archive.upkeep import drop_ownerless_files, drop_title_vectors, drop_unused_texts, owners_of
from archive.visibility_writer import decide, withhold_unshown
from council.identity import make_id
from council.model import Kind


def tombstone_records(
    connection: Connection,
    municipality: str,
    dead: dict[str, str],
    archive: Archive,
    counts: defaultdict[str, KindCount] | None = None,
) -> set[str]:
    """Turn held records of one municipality into tombstones: the body, the links, the files and their texts go; the
    id, the time and the reason stay. Returns the contents whose bytes are to be dropped after the commit."""
    if not dead:
        return set()
    seq, now = next_seq(connection), archive.clock()
    left: set[str] = set()
    orphans: set[str] = set()
    for record_id, reason in dead.items():
        tombstone = update(RECORD).where(RECORD.c.id == record_id, RECORD.c.gone_at.is_(None)).values(
            seq=seq, body=b"", content_hash=b"", visible=False, visible_body=None,
            gone_at=now, gone_reason=reason, changed_at=now,
        )  # fmt: skip
        kind = connection.execute(tombstone.returning(RECORD.c.kind)).scalar()
        if kind is not None and counts is not None:
            counts[kind].gone += 1
        left.update(connection.scalars(select(FILE_OWNER.c.file_id).where(FILE_OWNER.c.record_id == record_id)))
    for ids in chunks(dead):
        # What a meeting withheld stays withheld when the meeting is gone: nothing has proved it public.
        named = select(LINK.c.target).where(LINK.c.record_id.in_(ids), LINK.c.relation == "item_paper")
        orphans |= {make_id(municipality, Kind.PAPER, target) for target in connection.scalars(named)}
        connection.execute(
            delete(LINK).where(LINK.c.record_id.in_(ids), LINK.c.relation.not_in(("withheld", "withheld_paper")))
        )
        connection.execute(delete(FILE_OWNER).where(FILE_OWNER.c.record_id.in_(ids)))
    drop_title_vectors(connection, dict.fromkeys(dead))
    dropped = drop_unused_texts(connection, drop_ownerless_files(connection, left))
    dropped |= decide(connection, municipality, orphans, seq)  # perhaps no agenda names them in public any more
    return dropped | withhold_unshown(connection, left)  # perhaps nothing else that they hang on is shown


def withdraw_files(
    connection: Connection, municipality: str, file_ids: Sequence[str], status: FileStatus, reason: str
) -> set[str]:
    """Take files out of everything: text, passages, lists. Returns the contents whose bytes are to be dropped."""
    one_after_the_other(connection)
    contents: set[str] = set()
    withdrawn: set[str] = set()
    for ids in chunks(file_ids):
        mine = FILE.c.id.in_(ids) & (FILE.c.municipality == municipality) & (FILE.c.status != status.value)
        contents.update(s for s in connection.scalars(select(FILE.c.sha256).where(mine)) if s)
        changed = update(FILE).where(mine).values(status=status.value, reason=reason, sha256=None, next_try=None)
        withdrawn.update(connection.scalars(changed.returning(FILE.c.id)))
    dropped = drop_unused_texts(connection, contents)
    return dropped | decide(connection, municipality, owners_of(connection, withdrawn))

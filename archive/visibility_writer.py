"""Writes down what may be shown, in the transaction that changes it: of records, and of the files that hang on them.

Whoever changes a record, an agenda or a file's state calls `decide` for all records that this may show or hide.
Readers trust `record.visible`, `record.visible_body` and `file_owner.visible`, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, select, update

from archive.body import pack, unpack
from archive.change_number import next_seq, one_after_the_other
from archive.file import WITHDRAWN, FileStatus
from archive.rows import chunks, put_rows
from archive.schema import ABOUT, FILE, FILE_OWNER, LINK, RECORD
from archive.upkeep import drop_title_vectors, drop_unused_texts, removed_among
from archive.visibility import RULES, AgendaMarks, marks_of, visible_part
from council.identity import make_id, parse_id
from council.model import Kind, Paper, Record, files_of

RULES_ROW = "visibility rules"
WITHHELD_REASON = "its paper is not public"


@dataclass(frozen=True, slots=True)
class Written:
    """A record that this transaction has written: the noun, and its packed body."""

    noun: Record
    body: bytes


@dataclass(slots=True)
class _Files:
    """Files whose state no longer fits: shown though given up, or perhaps on nothing that is shown any more."""

    to_release: set[str] = field(default_factory=set)
    to_reread: set[str] = field(default_factory=set)
    """Records whose source itself gave the text of such a file: it has to say it again."""
    to_doubt: set[str] = field(default_factory=set)


def decide(
    connection: Connection,
    municipality: str,
    record_ids: Collection[str],
    seq: int | None = None,
    written: Mapping[str, Written] | None = None,
) -> set[str]:
    """Decide anew what may be shown of these records of one municipality. Those of which it is another thing than
    before get the change number `seq` (None: a new one). `written`: those that were written in this transaction, and
    have their number. Returns the contents whose bytes are to be dropped after the commit."""
    if not record_ids:
        return set()
    one_after_the_other(connection)
    changed_files = _Files()
    for ids in chunks(sorted(record_ids)):
        seq = _decide_some(connection, municipality, ids, seq, written or {}, changed_files)
    _release(connection, changed_files)
    return withhold_unshown(connection, changed_files.to_doubt)


def is_decided(connection: Connection) -> bool:
    """Whether all that is held was decided by the rules of this version."""
    return connection.scalar(select(ABOUT.c.value).where(ABOUT.c.name == RULES_ROW)) == RULES


def decide_all(connection: Connection) -> None:
    """Decide everything that is held, unless it was decided by the rules of this version already."""
    one_after_the_other(connection)
    if is_decided(connection):
        return
    for municipality in list(connection.scalars(select(RECORD.c.municipality).distinct())):
        mine = select(RECORD.c.id).where(RECORD.c.municipality == municipality, RECORD.c.gone_at.is_(None))
        decide(connection, municipality, set(connection.scalars(mine)))
    put_rows(connection, ABOUT, [{"name": RULES_ROW, "value": RULES}], ("value",))


def withhold_unshown(connection: Connection, file_ids: Iterable[str]) -> set[str]:
    """Give up those of the files that hang on nothing that is public, with their texts. Returns the contents whose
    bytes are to be dropped."""
    contents: set[str] = set()
    kept = [FileStatus.WITHHELD.value, FileStatus.REMOVED.value]
    public = exists().where(FILE_OWNER.c.file_id == FILE.c.id, FILE_OWNER.c.visible)
    for ids in chunks(sorted(file_ids)):
        unshown = and_(FILE.c.id.in_(ids), FILE.c.status.not_in(kept), ~public)
        contents.update(sha256 for sha256 in connection.scalars(select(FILE.c.sha256).where(unshown)) if sha256)
        given_up = {"status": FileStatus.WITHHELD.value, "reason": WITHHELD_REASON, "sha256": None, "next_try": None}
        connection.execute(update(FILE).where(unshown).values(given_up))
    return drop_unused_texts(connection, contents)


def _decide_some(
    connection: Connection,
    municipality: str,
    ids: list[str],
    seq: int | None,
    written: Mapping[str, Written],
    changed_files: _Files,
) -> int | None:
    before = {
        row.id: row
        for row in connection.execute(
            select(RECORD.c.id, RECORD.c.kind, RECORD.c.body, RECORD.c.visible_body).where(
                RECORD.c.id.in_([i for i in ids if i not in written]), RECORD.c.gone_at.is_(None)
            )
        )
    }
    nouns = {i: written[i].noun for i in ids if i in written}
    nouns |= {i: unpack(Kind(row.kind), row.body) for i, row in before.items()}
    bodies = {i: written[i].body if i in written else before[i].body for i in nouns}
    owned = _owned_files(connection, nouns)
    marks = _marks(connection, municipality, [noun for noun in nouns.values() if isinstance(noun, Paper)])
    rows: list[dict[str, Any]] = []
    titles: dict[str, str | None] = {}
    public: dict[str, Record | None] = {}
    for record_id, noun in nouns.items():
        hidden = {parse_id(row.file_id).native_id for row in owned.get(record_id, ()) if row.status in WITHDRAWN}
        public[record_id] = visible_part(noun, marks, ())
        part = visible_part(noun, marks, hidden) if hidden else public[record_id]
        body = None if part is None else bodies[record_id] if part is noun else pack(part)[1]
        if record_id in written or body != before[record_id].visible_body:
            rows.append({"record": record_id, "visible_now": part is not None, "body_now": body})
            titles[record_id] = part.name if isinstance(part, Paper) else None
    if rows:
        seq = seq or next_seq(connection)
        connection.execute(
            update(RECORD)
            .where(RECORD.c.id == bindparam("record"))
            .values(visible=bindparam("visible_now"), visible_body=bindparam("body_now"), seq=seq),
            rows,
        )
        drop_title_vectors(connection, titles)
    _mark_files(connection, municipality, public, owned, changed_files)
    return seq


def _owned_files(connection: Connection, record_ids: Iterable[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for ids in chunks(record_ids):
        query = (
            select(FILE_OWNER.c.record_id, FILE_OWNER.c.file_id, FILE_OWNER.c.visible, FILE.c.status)
            .join(FILE, FILE.c.id == FILE_OWNER.c.file_id)
            .where(FILE_OWNER.c.record_id.in_(ids))
        )
        for row in connection.execute(query):
            found.setdefault(row.record_id, []).append(row)
    return found


def _mark_files(
    connection: Connection,
    municipality: str,
    public: Mapping[str, Record | None],
    owned: Mapping[str, list[Any]],
    changed_files: _Files,
) -> None:
    """Which of its files the public part of a record has. Most often all of them, or none: then it is written with one
    statement."""
    whole: dict[bool, list[str]] = {True: [], False: []}
    for record_id, rows in owned.items():
        noun = public[record_id]
        files = {make_id(municipality, Kind.FILE, file.native_id): file for file in files_of(noun)} if noun else {}
        wanted = {row.file_id: row.file_id in files for row in rows}
        released = {row.file_id for row in rows if wanted[row.file_id] and row.status == FileStatus.WITHHELD}
        changed_files.to_release |= released
        changed_files.to_reread |= {record_id} if any(files[i].text_sha256 for i in released) else set()
        changed_files.to_doubt |= {r.file_id for r in rows if not wanted[r.file_id]}
        if all(wanted[row.file_id] == row.visible for row in rows):
            continue
        if len(set(wanted.values())) == 1:
            whole[rows[0].file_id in files].append(record_id)
            continue
        for row in rows:
            mine = (FILE_OWNER.c.record_id == record_id) & (FILE_OWNER.c.file_id == row.file_id)
            connection.execute(update(FILE_OWNER).where(mine).values(visible=wanted[row.file_id]))
    for visible, ids in whole.items():
        if ids:
            connection.execute(update(FILE_OWNER).where(FILE_OWNER.c.record_id.in_(ids)).values(visible=visible))


def _release(connection: Connection, changed_files: _Files) -> None:
    """Files that were given up and hang on something that is shown now are wanted again. What a person has removed
    stays away; a text that the source gave itself comes back when the source says it again."""
    for ids in chunks(sorted(changed_files.to_release)):
        removed = removed_among(connection, ids)
        again = update(FILE).values(reason=None, attempts=0, next_try=None)
        some = FILE.c.id.in_([i for i in ids if i not in removed])
        connection.execute(again.where(some, FILE.c.url.is_not(None)).values(status=FileStatus.WANTED.value))
        connection.execute(again.where(some, FILE.c.url.is_(None)).values(status=FileStatus.NO_ADDRESS.value))
        connection.execute(again.where(FILE.c.id.in_(removed)).values(status=FileStatus.REMOVED.value))
    for ids in chunks(sorted(changed_files.to_reread)):
        files = select(FILE_OWNER.c.file_id).where(FILE_OWNER.c.record_id.in_(ids))
        connection.execute(update(FILE).where(FILE.c.id.in_(files)).values(fingerprint=b""))
        connection.execute(update(RECORD).where(RECORD.c.id.in_(ids)).values(content_hash=b""))


def _marks(connection: Connection, municipality: str, papers: Collection[Paper]) -> AgendaMarks:
    targets = {mark for paper in papers for consultation in paper.consultations for mark in marks_of(consultation)}
    withheld: set[str] = set()
    for some in chunks(sorted(targets)):
        withheld.update(row.target for row in connection.execute(_links(municipality, ("withheld",), some)))
    nonpublic: dict[str, set[str]] = {}
    public: dict[str, set[str]] = {}
    for some in chunks([paper.native_id for paper in papers]):
        for row in connection.execute(_links(municipality, ("withheld_paper", "item_paper"), some)):
            named = nonpublic if row.relation == "withheld_paper" else public
            named.setdefault(row.target, set()).add(parse_id(row.record_id).native_id)
    return AgendaMarks(withheld, nonpublic, public)


def _links(municipality: str, relations: tuple[str, ...], targets: list[str]) -> Any:
    return select(LINK.c.record_id, LINK.c.relation, LINK.c.target).where(
        LINK.c.municipality == municipality, LINK.c.relation.in_(relations), LINK.c.target.in_(targets)
    )

"""Writes the files that records list: their rows, whom they hang on, and the texts that the source itself gives."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, select

from archive.body import fingerprint
from archive.file import FileStatus
from archive.rows import chunks, put_rows
from archive.schema import FILE, FILE_OWNER, TEXT
from archive.text import TextStatus, pack_pages
from archive.upkeep import drop_unused_texts, owners_of, removed_among
from council.identity import make_id
from council.model import AgendaItem, File, Kind, Meeting, Paper, Record, files_of


@dataclass(slots=True)
class FilesWritten:
    """What came of it. `left`: files that a record no longer lists; `doubtful`: records of which it is to be decided
    anew what may be shown, since a file of theirs has another state; `unused`: contents whose bytes are to be dropped
    after the commit."""

    left: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    unused: set[str] = field(default_factory=set)


def put_files(
    connection: Connection,
    municipality: str,
    records: Mapping[str, Record],
    texts: Mapping[str, str],
    trust_dates: bool,
    now: dt.datetime,
) -> FilesWritten:
    """Write the files of these records of one municipality, by the records' ids. `texts`: those that `without_texts`
    has taken out of them."""
    files: dict[str, File] = {}
    owned: set[tuple[str, str]] = set()
    for record_id, record in records.items():
        for file in files_of(record):
            file_id = make_id(municipality, Kind.FILE, file.native_id)
            files[file_id] = file
            owned.add((record_id, file_id))
    owned_before: set[tuple[str, str]] = set()
    for ids in chunks(records):
        rows = connection.execute(select(FILE_OWNER).where(FILE_OWNER.c.record_id.in_(ids)))
        owned_before.update((row.record_id, row.file_id) for row in rows)
    written = FilesWritten()
    changed = _put_file_rows(connection, municipality, files, trust_dates, written)
    _put_inline_texts(connection, texts, {row["sha256"] for row in changed if row["sha256"]}, now)
    fresh = [{"record_id": r, "file_id": f, "visible": False} for r, f in owned - owned_before]
    put_rows(connection, FILE_OWNER, fresh, ())
    for record_id, file_id in owned_before - owned:
        mine = (FILE_OWNER.c.record_id == record_id) & (FILE_OWNER.c.file_id == file_id)
        connection.execute(delete(FILE_OWNER).where(mine))
        written.left.add(file_id)
    return written


def without_texts(record: Record, texts: dict[str, str]) -> Record:
    """The record with each file's text replaced by its hash; the texts go into `texts`."""
    match record:
        case Paper():
            if any(file.text for file in record.files):
                return record.model_copy(update={"files": tuple(_bare(file, texts) for file in record.files)})
        case Meeting():
            if any(file.text for file in files_of(record)):
                agenda = tuple(_bare_item(item, texts) for item in record.agenda)
                files = tuple(_bare(file, texts) for file in record.files)
                return record.model_copy(update={"files": files, "agenda": agenda})
        case _:
            pass
    return record


def _bare_item(item: AgendaItem, texts: dict[str, str]) -> AgendaItem:
    return item.model_copy(update={"files": tuple(_bare(file, texts) for file in item.files)})


def _bare(file: File, texts: dict[str, str]) -> File:
    if not file.text:
        return file
    sha256 = hashlib.sha256(file.text.encode()).hexdigest()
    texts[sha256] = file.text
    return file.model_copy(update={"text": None, "text_sha256": sha256})


def _put_file_rows(
    connection: Connection, municipality: str, files: Mapping[str, File], trust_dates: bool, written: FilesWritten
) -> list[dict[str, Any]]:
    """Returns the rows of the new files, and of those of which the source says something new."""
    known: dict[str, Any] = {}
    for ids in chunks(files):
        query = select(FILE.c.id, FILE.c.fingerprint, FILE.c.status, FILE.c.sha256).where(FILE.c.id.in_(ids))
        known |= {row.id: row for row in connection.execute(query)}
    removed = removed_among(connection, files)
    rows: list[dict[str, Any]] = []
    old_contents: set[str] = set()
    for file_id, file in files.items():
        mark = fingerprint(file, trust_dates)
        before = known.get(file_id)
        if before is not None and (before.fingerprint == mark or before.status == FileStatus.REMOVED):
            continue
        status = FileStatus.WANTED if file.url else FileStatus.NO_ADDRESS
        sha256 = before.sha256 if before is not None else None
        if file.text_sha256:
            status, sha256 = FileStatus.INLINE, file.text_sha256
        if file_id in removed:
            status, sha256 = FileStatus.REMOVED, None
        if before is not None and before.sha256 and before.sha256 != sha256:
            old_contents.add(before.sha256)
        rows.append(
            {
                "id": file_id, "municipality": municipality, "url": file.url, "fingerprint": mark,
                "status": status.value, "reason": None, "attempts": 0, "next_try": None, "sha256": sha256,
                "name": file.file_name or file.name, "declared_media_type": file.media_type,
            }
        )  # fmt: skip
    put_rows(connection, FILE, rows, tuple(rows[0].keys() - {"id", "municipality"}) if rows else ())
    written.doubtful |= owners_of(connection, [row["id"] for row in rows if row["id"] in known])
    written.unused |= drop_unused_texts(connection, old_contents)
    return rows


def _put_inline_texts(connection: Connection, texts: Mapping[str, str], wanted: set[str], now: dt.datetime) -> None:
    rows = [
        {
            "sha256": sha256, "status": TextStatus.TEXT.value, "media_type": "text/plain", "extractor": 0,
            "pages_without_text": 0, "characters": len(text), "pages": pack_pages((text,)), "extracted_at": now,
        }
        for sha256, text in texts.items()
        if sha256 in wanted
    ]  # fmt: skip
    put_rows(connection, TEXT, rows, ())

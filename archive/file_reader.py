"""Reads files and their texts, as far as the records they hang on show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from archive.archive import Archive
from archive.file import WITHDRAWN, FileStatus
from archive.rows import chunks
from archive.schema import FILE, FILE_OWNER, GONE_FILE, TEXT
from archive.text import TextStatus, unpack_pages
from archive.upkeep import removed_among


@dataclass(frozen=True, slots=True)
class HeldFile:
    """What is known of one file beyond its record: what became of it, and how much text there is."""

    id: str
    status: FileStatus
    reason: str | None
    size: int | None
    media_type: str | None
    text_status: TextStatus | None
    text_reason: str | None
    pages_total: int | None
    characters: int


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one file, page by page."""

    file_id: str
    pages: tuple[str, ...]


class Absence(StrEnum):
    """Why no text of a file is shown."""

    WITHDRAWN = "withdrawn"
    """It was here: its source has withdrawn it, or a person has removed it."""
    NOT_YET = "not yet"
    """It is here, and its bytes have not come."""
    NOT_HELD = "not held"
    """It has no text, or there is no such file, or it may not be shown."""


class FileReader:
    """Reads; never writes. Safe to use from many threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def texts(self, record_ids: Iterable[str]) -> dict[str, list[FileText]]:
        """The texts of the files that the records show, by record id; files in the order of their ids."""
        found: dict[str, list[FileText]] = {}
        with self._archive.reading() as connection:
            for ids in chunks(record_ids):
                query = (
                    select(FILE_OWNER.c.record_id, FILE.c.id, TEXT.c.pages)
                    .join(FILE, FILE.c.id == FILE_OWNER.c.file_id)
                    .join(TEXT, TEXT.c.sha256 == FILE.c.sha256)
                    .where(FILE_OWNER.c.record_id.in_(ids), FILE_OWNER.c.visible, TEXT.c.pages.is_not(None))
                    .order_by(FILE_OWNER.c.record_id, FILE.c.id)
                )
                for row in connection.execute(query):
                    found.setdefault(row[0], []).append(FileText(row[1], unpack_pages(row[2])))
        return found

    def files(self, record_id: str) -> dict[str, HeldFile]:
        """What is known of the files that one record shows, by file id."""
        query = (
            select(FILE, TEXT.c.status.label("text_status"), TEXT.c.reason.label("text_reason"), TEXT.c.pages_total,
                   TEXT.c.characters, TEXT.c.media_type.label("real_media_type"))
            .join(FILE_OWNER, FILE_OWNER.c.file_id == FILE.c.id)
            .outerjoin(TEXT, TEXT.c.sha256 == FILE.c.sha256)
            .where(FILE_OWNER.c.record_id == record_id, FILE_OWNER.c.visible)
        )  # fmt: skip
        with self._archive.reading() as connection:
            return {
                row.id: HeldFile(
                    row.id,
                    FileStatus(row.status),
                    row.reason,
                    row.size,
                    row.real_media_type or row.media_type or row.declared_media_type,
                    TextStatus(row.text_status) if row.text_status else None,
                    row.text_reason,
                    row.pages_total,
                    row.characters or 0,
                )
                for row in connection.execute(query)
            }

    def file_text(self, file_id: str) -> tuple[str, tuple[str, ...]] | None:
        """(id of a record that shows this file, pages of its text), or None."""
        query = (
            select(FILE_OWNER.c.record_id, TEXT.c.pages)
            .join(FILE, FILE.c.id == FILE_OWNER.c.file_id)
            .join(TEXT, TEXT.c.sha256 == FILE.c.sha256)
            .where(FILE.c.id == file_id, FILE_OWNER.c.visible)
            .order_by(FILE_OWNER.c.record_id)
            .limit(1)
        )
        with self._archive.reading() as connection:
            row = connection.execute(query).one_or_none()
        return (row.record_id, unpack_pages(row.pages)) if row else None

    def absence(self, file_id: str) -> Absence:
        """Why `file_text` has none of a file."""
        shown = select(FILE_OWNER.c.file_id).where(FILE_OWNER.c.file_id == file_id, FILE_OWNER.c.visible).exists()
        with self._archive.reading() as connection:
            row = connection.execute(select(FILE.c.status, shown.label("shown")).where(FILE.c.id == file_id)).first()
            if removed_among(connection, [file_id]) or (row and row.status in WITHDRAWN):
                return Absence.WITHDRAWN
            if row is None:
                gone = connection.scalar(select(GONE_FILE.c.id).where(GONE_FILE.c.id == file_id))
                return Absence.WITHDRAWN if gone else Absence.NOT_HELD
        waits = row.shown and row.status in {FileStatus.WANTED.value, FileStatus.FAILED.value}
        return Absence.NOT_YET if waits else Absence.NOT_HELD

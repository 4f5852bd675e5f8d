"""Hands out contents that wait for extraction, and writes their texts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select, update

from archive.archive import Archive
from archive.file import FileStatus
from archive.rows import chunks
from archive.schema import FILE, TEXT
from archive.text import ExtractedText, PendingText, TextStatus, pack_pages
from archive.upkeep import owners_of, touch


class TextWriter:
    """The texts of all municipalities."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def pending(self, after: str = "", limit: int = 500, older_than: int = 0) -> list[PendingText]:
        """Contents whose text is not there yet, by sha256 from `after` on; with `older_than` also those that an
        extractor of a lower version failed on, as far as their bytes are still there."""
        waits = or_(
            TEXT.c.status == TextStatus.PENDING.value,
            TEXT.c.status.in_([TextStatus.FAILED.value, TextStatus.NO_TEXT.value]) & (TEXT.c.extractor < older_than),
        )
        query = (
            select(
                TEXT.c.sha256,
                func.max(FILE.c.declared_media_type).label("declared"),
                func.max(FILE.c.name).label("name"),
                func.max(TEXT.c.status).label("status"),
            )
            .join(FILE, FILE.c.sha256 == TEXT.c.sha256)
            .where(waits, TEXT.c.sha256 > after)
            .group_by(TEXT.c.sha256)
            .order_by(TEXT.c.sha256)
            .limit(limit)
        )
        with self._archive.reading() as connection:
            rows = list(connection.execute(query))
        held = self._archive.blobs.held([row.sha256 for row in rows])
        self._ask_again([row.sha256 for row in rows if row.sha256 not in held and row.status == TextStatus.PENDING])
        return [PendingText(row.sha256, row.declared, row.name) for row in rows if row.sha256 in held]

    def count_pending(self) -> int:
        """How many contents wait."""
        with self._archive.reading() as connection:
            return connection.scalar(select(func.count()).where(TEXT.c.status == TextStatus.PENDING.value)) or 0

    def put(self, texts: Sequence[ExtractedText]) -> None:
        """Write texts; the records whose files they are get a new change number. Bytes whose every page gave text are
        dropped, the others are kept (for a better extractor)."""
        if not texts:
            return
        now = self._archive.clock()
        with self._archive.writing() as connection:
            for text in texts:
                connection.execute(
                    update(TEXT)
                    .where(TEXT.c.sha256 == text.sha256)
                    .values(
                        status=text.status.value,
                        reason=text.reason,
                        media_type=text.media_type,
                        extractor=text.extractor,
                        pages_total=text.pages_total,
                        pages_without_text=text.pages_without_text,
                        characters=sum(map(len, text.pages)),
                        pages=pack_pages(text.pages) if text.pages else None,
                        extracted_at=now,
                    )
                )
            files: list[str] = []
            for some in chunks([text.sha256 for text in texts]):
                files += connection.scalars(select(FILE.c.id).where(FILE.c.sha256.in_(some)))
            touch(connection, owners_of(connection, files))
        done = [t.sha256 for t in texts if t.status is TextStatus.TEXT and not t.pages_without_text]
        self._archive.blobs.drop(done)

    def _ask_again(self, contents: Sequence[str]) -> None:
        """The bytes of these are lost (a folder that was not restored, for example): let the next crawl fetch them.
        Those that have their text by now were not lost, but read and dropped by another process meanwhile."""
        if not contents:
            return
        still = select(TEXT.c.sha256).where(TEXT.c.status == TextStatus.PENDING.value)
        with self._archive.writing() as connection:
            for some in chunks(contents):
                connection.execute(
                    update(FILE)
                    .where(FILE.c.sha256.in_(some), FILE.c.sha256.in_(still))
                    .values(status=FileStatus.WANTED.value, etag=None, last_modified=None)
                )

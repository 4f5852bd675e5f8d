"""Writes what became of asking for files: bytes, "unchanged", failures, withdrawals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from archive.archive import Archive
from archive.file import FailedFile, FetchedFile, FileStatus, WantedFile, next_try
from archive.rows import put_rows
from archive.schema import FILE, TEXT
from archive.text import TextStatus
from archive.upkeep import drop_unused_texts, owners_of, touch
from archive.visibility_writer import decide
from archive.withdrawal import withdraw_files

ASK_AGAIN_AFTER = dt.timedelta(days=30)
"""In a full run a file that was last asked for this long ago is asked for again, conditionally: some servers replace
a document without telling in its record."""


class FileWriter:
    """The files of one municipality."""

    def __init__(self, archive: Archive, municipality: str) -> None:
        self._archive = archive
        self._municipality = municipality

    def wanted(self, full: bool, after: str = "", limit: int = 1000) -> list[WantedFile]:
        """Files to ask for, one a URL, by URL from `after` on: new ones, failed ones whose time has come, and in a
        full run those not asked for in ASK_AGAIN_AFTER."""
        query = (
            select(
                func.min(FILE.c.id).label("id"),
                FILE.c.url,
                func.max(FILE.c.declared_media_type).label("declared_media_type"),
                func.max(FILE.c.etag).label("etag"),
                func.max(FILE.c.last_modified).label("last_modified"),
                func.max(FILE.c.sha256).label("sha256"),
            )
            .where(self._due(full), FILE.c.url > after)
            .group_by(FILE.c.url)
            .order_by(FILE.c.url)
            .limit(limit)
        )
        with self._archive.reading() as connection:
            return [
                WantedFile(
                    row.id,
                    row.url,
                    row.declared_media_type,
                    row.etag if row.sha256 else None,
                    row.last_modified if row.sha256 else None,
                )
                for row in connection.execute(query)
            ]

    def count_wanted(self, full: bool) -> int:
        """How many URLs `wanted` would name in all."""
        query = select(func.count(FILE.c.url.distinct())).where(self._due(full))
        with self._archive.reading() as connection:
            return connection.scalar(query) or 0

    def put(self, answers: Sequence[FetchedFile | FailedFile | str]) -> None:
        """Write what came, in one transaction. A plain string is the URL of a file that the source says is unchanged
        (304)."""
        if not answers:
            return
        dropped: set[str] = set()
        with self._archive.writing() as connection:
            for answer in answers:
                match answer:
                    case FetchedFile():
                        dropped |= self._fetched(connection, answer)
                    case FailedFile():
                        dropped |= self._failed(connection, answer)
                    case str():
                        connection.execute(
                            update(FILE)
                            .where(self._is(answer), FILE.c.sha256.is_not(None))
                            .values(status=FileStatus.FETCHED.value, reason=None, checked_at=self._archive.clock())
                        )
        self._archive.blobs.drop(dropped)

    def _due(self, full: bool) -> ColumnElement[bool]:
        now = self._archive.clock()
        due = or_(
            FILE.c.status == FileStatus.WANTED.value,
            and_(FILE.c.status.in_([FileStatus.FAILED.value, FileStatus.GONE.value]), FILE.c.next_try <= now),
        )
        if full:
            old = and_(FILE.c.status == FileStatus.FETCHED.value, FILE.c.checked_at <= now - ASK_AGAIN_AFTER)
            due = or_(due, old)
        return and_(self._mine(), due)

    def _mine(self) -> ColumnElement[bool]:
        return FILE.c.municipality == self._municipality

    def _is(self, url: str) -> ColumnElement[bool]:
        return and_(
            FILE.c.municipality == self._municipality,
            FILE.c.url == url,
            FILE.c.status.not_in([FileStatus.REMOVED.value, FileStatus.INLINE.value, FileStatus.WITHHELD.value]),
        )

    def _fetched(self, connection: Connection, answer: FetchedFile) -> set[str]:
        query = select(FILE.c.id, FILE.c.sha256, FILE.c.status).where(self._is(answer.url))
        before = list(connection.execute(query))
        if not before:  # its record went while it was on its way
            return drop_unused_texts(connection, [answer.sha256]) or self._unknown(connection, answer.sha256)
        connection.execute(
            update(FILE)
            .where(FILE.c.id.in_([row.id for row in before]))
            .values(
                status=FileStatus.FETCHED.value,
                reason=None,
                attempts=0,
                next_try=None,
                sha256=answer.sha256,
                size=answer.size,
                media_type=answer.media_type,
                etag=answer.etag,
                last_modified=answer.last_modified,
                checked_at=self._archive.clock(),
            )
        )
        back = owners_of(connection, [row.id for row in before if row.status == FileStatus.GONE])
        dropped = decide(connection, self._municipality, back)
        changed = [row for row in before if row.sha256 != answer.sha256]
        if not changed:
            return dropped | self._already_read(connection, answer.sha256)
        put_rows(connection, TEXT, [{"sha256": answer.sha256, "status": TextStatus.PENDING.value}], ())
        touch(connection, owners_of(connection, [row.id for row in changed]))
        dropped |= drop_unused_texts(connection, {row.sha256 for row in changed if row.sha256})
        return dropped | self._already_read(connection, answer.sha256)

    def _failed(self, connection: Connection, answer: FailedFile) -> set[str]:
        query = select(FILE.c.id, FILE.c.sha256, FILE.c.attempts, FILE.c.status).where(self._is(answer.url))
        before = list(connection.execute(query))
        held = [row.id for row in before if row.sha256]
        dropped: set[str] = set()
        if held and answer.withdrawn:
            dropped = withdraw_files(connection, self._municipality, held, FileStatus.GONE, answer.reason)
        now = self._archive.clock()
        attempts = 1 + max((row.attempts for row in before), default=0)
        for row in before:
            was_here = row.status == FileStatus.GONE or (row.sha256 and answer.withdrawn)
            status = FileStatus.GONE if was_here else FileStatus.FAILED
            connection.execute(
                update(FILE)
                .where(FILE.c.id == row.id)
                .values(
                    # bytes that are held stay good while a server merely has a bad day
                    status=FileStatus.FETCHED.value if row.sha256 and not answer.withdrawn else status.value,
                    reason=answer.reason,
                    attempts=attempts,
                    next_try=next_try(answer.again, attempts, now),
                    checked_at=now,
                )
            )
        return dropped

    def _already_read(self, connection: Connection, sha256: str) -> set[str]:
        """The content, if its text is known and its bytes are not needed any more."""
        done = select(TEXT.c.sha256).where(
            TEXT.c.sha256 == sha256, TEXT.c.status == TextStatus.TEXT.value, TEXT.c.pages_without_text == 0
        )
        return set(connection.scalars(done))

    def _unknown(self, connection: Connection, sha256: str) -> set[str]:
        return set() if connection.scalar(select(TEXT.c.sha256).where(TEXT.c.sha256 == sha256)) else {sha256}

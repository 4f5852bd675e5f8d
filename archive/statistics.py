"""Counts what is held: the one place that pages, API and command line have their numbers from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, select

from archive.archive import Archive
from archive.schema import FILE, RECORD, TEXT


@dataclass(frozen=True, slots=True)
class HeldCount:
    """Records of one kind: how many are held, and how many of them may be shown, which a search finds."""

    held: int
    visible: int

    @property
    def not_shown(self) -> int:
        """How many are held and not shown, because they are not public."""
        return self.held - self.visible


class Statistics:
    """Counts; never writes. Safe to use from many threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def records(self) -> dict[str, dict[str, HeldCount]]:
        """What is held, by municipality and kind."""
        visible = func.sum(cast(RECORD.c.visible, Integer))
        query = (
            select(RECORD.c.municipality, RECORD.c.kind, func.count(), visible)
            .where(RECORD.c.gone_at.is_(None))
            .group_by(RECORD.c.municipality, RECORD.c.kind)
        )
        counts: dict[str, dict[str, HeldCount]] = {}
        with self._archive.reading() as connection:
            for municipality, kind, held, shown in connection.execute(query):
                counts.setdefault(municipality, {})[kind] = HeldCount(held, shown)
        return counts

    def files(self) -> dict[str, dict[str, int]]:
        """Every file of every municipality, counted by what became of it: its text's status where its bytes came
        (text, no_text, failed, pending), its own status otherwise."""
        query = (
            select(FILE.c.municipality, FILE.c.status, TEXT.c.status, func.count())
            .select_from(FILE.outerjoin(TEXT, TEXT.c.sha256 == FILE.c.sha256))
            .group_by(FILE.c.municipality, FILE.c.status, TEXT.c.status)
        )
        counts: dict[str, dict[str, int]] = {}
        with self._archive.reading() as connection:
            for municipality, file_status, text_status, count in connection.execute(query):
                word = {None: f"not_fetched:{file_status}", "failed": "unreadable"}.get(text_status, text_status)
                mine = counts.setdefault(municipality, {})
                mine[word] = mine.get(word, 0) + count
        return counts

    def failures(self, municipality: str, limit: int = 20) -> list[tuple[str, int]]:
        """Why files of a municipality have no text: reasons and how often, most frequent first."""
        reason = func.coalesce(TEXT.c.reason, FILE.c.reason)
        query = (
            select(reason, func.count())
            .select_from(FILE.outerjoin(TEXT, TEXT.c.sha256 == FILE.c.sha256))
            .where(FILE.c.municipality == municipality, reason.is_not(None))
            .group_by(reason)
            .order_by(func.count().desc())
            .limit(limit)
        )
        with self._archive.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

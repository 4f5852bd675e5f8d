"""Reads runs: the last of each municipality, and what each counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Row, func, select

from archive.archive import Archive
from archive.run import KindCount, Outcome, Run, RunMode, Warned
from archive.schema import RUN, RUN_COUNT, RUN_WARNING


class RunReader:
    """Reads runs; never writes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def last(self) -> dict[str, Run]:
        """The newest run of every municipality."""
        return self._newest(RUN.c.id.is_not(None))

    def last_started(self) -> dict[str, dt.datetime]:
        """When the newest run of every municipality began."""
        newest = select(func.max(RUN.c.id)).group_by(RUN.c.municipality)
        with self._archive.reading() as connection:
            rows = connection.execute(select(RUN.c.municipality, RUN.c.started_at).where(RUN.c.id.in_(newest)))
            return {row.municipality: row.started_at for row in rows}

    def blocked_since(self, moment: dt.datetime) -> frozenset[str]:
        """The municipalities whose newest run began after a moment and was blocked."""
        newest = select(func.max(RUN.c.id)).group_by(RUN.c.municipality)
        blocked = (RUN.c.outcome == Outcome.BLOCKED.value) & (RUN.c.started_at > moment)
        with self._archive.reading() as connection:
            return frozenset(connection.scalars(select(RUN.c.municipality).where(blocked, RUN.c.id.in_(newest))))

    def failed_in_a_row(self) -> dict[str, tuple[int, dt.datetime]]:
        """Of every municipality whose newest run failed: how many did since the last that did not, and when the newest
        ended."""
        since = (
            select(RUN.c.municipality, func.max(RUN.c.id).label("id"))
            .where(RUN.c.outcome != Outcome.FAILED.value)
            .group_by(RUN.c.municipality)
            .subquery()
        )
        query = (
            select(RUN.c.municipality, func.count(), func.max(RUN.c.finished_at))
            .outerjoin(since, since.c.municipality == RUN.c.municipality)
            .where((since.c.id.is_(None)) | (RUN.c.id > since.c.id))
            .group_by(RUN.c.municipality)
        )
        with self._archive.reading() as connection:
            return {key: (times, ended) for key, times, ended in connection.execute(query) if ended is not None}

    def running(self) -> list[Run]:
        """The runs that stand as running, also those whose process has died."""
        with self._archive.reading() as connection:
            return _runs(connection, connection.execute(select(RUN).where(RUN.c.outcome == Outcome.RUNNING.value)))

    def last_complete(self) -> dict[str, Run]:
        """The newest complete run of every municipality."""
        return self._newest(RUN.c.outcome == Outcome.COMPLETE.value)

    def last_full(self) -> dict[str, Run]:
        """The newest complete run in full mode: only its counts compare all that is listed with all that is held."""
        return self._newest((RUN.c.outcome == Outcome.COMPLETE.value) & (RUN.c.mode == RunMode.FULL.value))

    def history(self, municipality: str, limit: int = 20) -> list[Run]:
        """The newest runs of one municipality, newest first."""
        query = select(RUN).where(RUN.c.municipality == municipality).order_by(RUN.c.id.desc()).limit(limit)
        with self._archive.reading() as connection:
            return _runs(connection, connection.execute(query))

    def _newest(self, condition: ColumnElement[bool]) -> dict[str, Run]:
        newest = select(func.max(RUN.c.id)).where(condition).group_by(RUN.c.municipality)
        with self._archive.reading() as connection:
            runs = _runs(connection, connection.execute(select(RUN).where(RUN.c.id.in_(newest))))
        return {run.municipality: run for run in runs}


def _runs(connection: Connection, rows: Iterable[Row[tuple[object, ...]]]) -> list[Run]:
    found = list(rows)
    ids = [row.id for row in found]
    counts: dict[int, dict[str, KindCount]] = {}
    for row in connection.execute(select(RUN_COUNT).where(RUN_COUNT.c.run_id.in_(ids))):
        counts.setdefault(row.run_id, {})[row.kind] = KindCount(
            row.listed, row.held, row.new, row.changed, row.unchanged, row.gone
        )
    warnings: dict[int, list[Warned]] = {}
    for row in connection.execute(
        select(RUN_WARNING).where(RUN_WARNING.c.run_id.in_(ids)).order_by(RUN_WARNING.c.count.desc())
    ):
        warnings.setdefault(row.run_id, []).append(Warned(row.what, row.example, row._mapping[RUN_WARNING.c.count]))
    return [
        Run(
            row.id, row.municipality, RunMode(row.mode), Outcome(row.outcome), row.detail, row.started_at,
            row.heartbeat_at, row.finished_at, row.host, row.pid, row.requests, row.bytes, row.seconds,
            counts.get(row.id, {}), tuple(warnings.get(row.id, ())),
        )
        for row in found
    ]  # fmt: skip

"""Writes a run: its beginning, its heartbeat, its end with all counts; notices runs that died."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from archive.archive import Archive
from archive.rows import put_rows
from archive.run import KindCount, Outcome, RunMode, Warned
from archive.schema import RECORD, RUN, RUN_COUNT, RUN_WARNING, SOURCE


class RunWriter:
    """One run of one municipality, from `begin` to `finish`. The caller holds the municipality's lock."""

    def __init__(self, archive: Archive, municipality: str) -> None:
        self._archive = archive
        self._municipality = municipality
        self.id = 0

    def begin(self, mode: RunMode) -> int:
        """Note that a run begins; runs of this municipality that still stand as running have died. Returns its id."""
        now = self._archive.clock()
        with self._archive.writing() as connection:
            self._notice_dead(connection)
            self.id = int(
                connection.execute(
                    insert(RUN)
                    .values(
                        municipality=self._municipality,
                        mode=mode.value,
                        outcome=Outcome.RUNNING.value,
                        started_at=now,
                        heartbeat_at=now,
                        host=socket.gethostname(),
                        pid=os.getpid(),
                    )
                    .returning(RUN.c.id)
                ).scalar_one()
            )
        return self.id

    def notice_dead(self) -> None:
        """A run that still stands as running although nobody crawls this municipality has died: say so."""
        with self._archive.writing() as connection:
            self._notice_dead(connection)

    def _notice_dead(self, connection: Connection) -> None:
        connection.execute(
            update(RUN)
            .where(RUN.c.municipality == self._municipality, RUN.c.outcome == Outcome.RUNNING.value)
            .values(outcome=Outcome.DIED.value, finished_at=RUN.c.heartbeat_at, detail="its process vanished")
        )

    def heartbeat(self, requests: int, size: int, detail: str) -> None:
        """Say that the run lives: requests and bytes so far, and what it is at."""
        with self._archive.writing() as connection:
            connection.execute(
                update(RUN)
                .where(RUN.c.id == self.id)
                .values(heartbeat_at=self._archive.clock(), requests=requests, bytes=size, detail=detail)
            )

    def finish(
        self,
        outcome: Outcome,
        detail: str | None,
        counts: Mapping[str, KindCount],
        warnings: Sequence[Warned],
        traffic: tuple[int, int],
        seconds: float,
        mode: RunMode | None = None,
    ) -> None:
        """Close the run. `traffic` is (requests, bytes); `mode` is what was really done, where that is not what the
        run began with; how much is held is counted here, in the archive itself."""
        now = self._archive.clock()
        with self._archive.writing() as connection:
            held = self._held(connection)
            put_rows(
                connection,
                RUN_COUNT,
                [
                    {"run_id": self.id, "kind": kind, **asdict(count), "held": held.get(kind, 0)}
                    for kind, count in ({kind: KindCount() for kind in held} | dict(counts)).items()
                ],
                ("listed", "held", "new", "changed", "unchanged", "gone"),
            )
            if warnings:
                connection.execute(
                    insert(RUN_WARNING),
                    [{"run_id": self.id, "what": w.what, "example": w.example, "count": w.count} for w in warnings],
                )
            connection.execute(
                update(RUN)
                .where(RUN.c.id == self.id)
                .values(
                    outcome=outcome.value,
                    detail=detail,
                    heartbeat_at=now,
                    finished_at=now,
                    requests=traffic[0],
                    bytes=traffic[1],
                    seconds=seconds,
                    **({"mode": mode.value} if mode else {}),
                )
            )

    def memory(self) -> dict[str, Any]:
        """What was learned of this source so far."""
        with self._archive.reading() as connection:
            found = connection.scalar(select(SOURCE.c.memory).where(SOURCE.c.municipality == self._municipality))
        return dict(json.loads(found)) if found else {}

    def remember(self, memory: Mapping[str, Any]) -> None:
        """Keep what was learned of this source for the next run."""
        with self._archive.writing() as connection:
            row = {"municipality": self._municipality, "memory": json.dumps(dict(memory), sort_keys=True)}
            put_rows(connection, SOURCE, [row], ("memory",))

    def _held(self, connection: Connection) -> dict[str, int]:
        rows = connection.execute(
            select(RECORD.c.kind, func.count())
            .where(RECORD.c.municipality == self._municipality, RECORD.c.gone_at.is_(None))
            .group_by(RECORD.c.kind)
        )
        return {row[0]: row[1] for row in rows}

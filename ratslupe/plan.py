"""The plan for other processes to read: a file in the home, or a table of the archive where machines share one."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from archive.archive import Archive
from archive.planned import plan_visits, planned_visits
from archive.schema import is_sqlite
from archive.session_locks import holder

PLAN_FILE = "schedule.json"
SCHEDULE_LOCK = "schedule"


class Plan(Protocol):
    """Where the plan is told."""

    def write(self, planned: Mapping[str, dt.datetime], running: Sequence[str]) -> None:
        """Tell when whom the next visit is planned for, and who is being crawled by this process now."""
        ...

    def withdraw(self) -> None:
        """Nothing is planned any more."""
        ...


class PlanFile:
    """See Plan: a file in the home."""

    def __init__(self, home: Path) -> None:
        self._path = home / PLAN_FILE

    def write(self, planned: Mapping[str, dt.datetime], running: Sequence[str]) -> None:
        """See Plan."""
        plan = {
            "pid": os.getpid(),
            "written_at": dt.datetime.now(dt.UTC).isoformat(),
            "next": {key: when.astimezone(dt.UTC).isoformat() for key, when in planned.items()},
            "running": sorted(running),
        }
        write_whole(self._path, json.dumps(plan))

    def withdraw(self) -> None:
        """See Plan."""
        self._path.unlink(missing_ok=True)


class PlanTable:
    """See Plan: rows of the archive, of which only those are written that have changed."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._written: dict[str, dt.datetime] | None = None

    def write(self, planned: Mapping[str, dt.datetime], running: Sequence[str]) -> None:
        """See Plan; who is running is known to the queue."""
        before = self._written if self._written is not None else planned_visits(self._archive)
        changed = {key: when for key, when in planned.items() if before.get(key) != when}
        plan_visits(self._archive, changed, before.keys() - planned.keys())
        self._written = dict(planned)

    def withdraw(self) -> None:
        """See Plan. The rows stay: without a schedule that holds its lock they do not count."""


def plan_in_force(home: Path, archive: Archive) -> dict[str, Any]:
    """Who schedules ("pid": a number, or "process 7 on host") and what is planned ("next": times by municipality);
    nothing when nobody does."""
    if is_sqlite(archive.engine):
        return read_plan(home)
    who = holder(archive.engine, SCHEDULE_LOCK)
    if who is None:
        return {}
    return {"pid": who, "next": {key: when.isoformat() for key, when in planned_visits(archive).items()}}


def read_plan(
    home: Path, alive: Callable[[int], bool] = lambda pid: Path(f"/proc/{pid}").exists()
) -> dict[str, object]:
    """The plan that a running supervisor wrote into the home, or nothing when none runs."""
    try:
        plan: dict[str, object] = json.loads((home / PLAN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pid = plan.get("pid")
    return plan if isinstance(pid, int) and alive(pid) else {}


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader finds it old or new, never half."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)

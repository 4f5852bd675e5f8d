"""`ratslupe status`: each municipality's last and next visit, what its source lists and what is held; the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from archive.archive import Archive
from archive.change_reader import ChangeReader
from archive.run import Run
from archive.run_reader import RunReader
from archive.statistics import HeldCount, Statistics
from archive.text_writer import TextWriter
from council.model import Kind
from council.municipality import Expectation
from council.register import Register
from indexer.index.contract import Engine, IndexFault
from ratslupe.installation import Installation
from ratslupe.plan import plan_in_force
from ratslupe.queue_status import queue_lines, queue_status

BERLIN = ZoneInfo("Europe/Berlin")


def status(installation: Installation, register: Register, archive: Archive) -> dict[str, Any]:
    """The state of the installation as plain values, ready for JSON."""
    runs, statistics = RunReader(archive), Statistics(archive)
    last, complete, full = runs.last(), runs.last_complete(), runs.last_full()
    records, files = statistics.records(), statistics.files()
    plan = plan_in_force(installation.home, archive)
    planned = plan.get("next")
    upcoming = planned if isinstance(planned, dict) else {}
    return {
        "home": str(installation.home),
        "supervisor": plan.get("pid"),
        "conductor": plan.get("pid"),  # its name until 0.1, for programs that read it
        "queue": queue_status(installation, archive),
        "index": _index(installation.engine(), archive),
        "municipalities": [
            {
                "key": entry.key,
                "name": entry.name,
                "enabled": entry.enabled,
                "note": entry.note,
                "last_run": _run(last.get(entry.key)),
                "last_complete": _moment(complete[entry.key].finished_at) if entry.key in complete else None,
                "last_full": _moment(full[entry.key].finished_at) if entry.key in full else None,
                "next_run": upcoming.get(entry.key),
                "held": {kind: count.held for kind, count in records.get(entry.key, {}).items()},
                "shown": _shown(records.get(entry.key, {})),
                "listed": {
                    kind: count.listed for kind, count in full[entry.key].counts.items() if count.listed is not None
                }
                if entry.key in full
                else {},
                "files": files.get(entry.key, {}),
                "why_files_have_no_text": dict(statistics.failures(entry.key, 5)),
                "below_expectation": _below(entry.expect, _shown(records.get(entry.key, {}))),
            }
            for entry in register.municipalities
        ],
    }


def status_lines(state: dict[str, Any]) -> list[str]:
    """The same for people."""
    index = state["index"]
    lines = [
        f"home {state['home']}",
        f"supervisor {_runs_as(state['supervisor'])}",
        *queue_lines(state["queue"]),
        f"index {_index_words(index)}",
        f"texts waiting for extraction: {index['texts_waiting']}",
    ]
    for municipality in state["municipalities"]:
        lines += ["", *_municipality_lines(municipality)]
    return lines


def _index_words(index: dict[str, Any]) -> str:
    if not index["ready"]:
        return f"not ready: {index['why']}"
    if not index["of_this_archive"]:
        return f"{index['entries']} entries of another archive: the next `ratslupe index` builds it anew"
    return f"{index['entries']} entries, {index['changes_behind']} changes behind"


def _runs_as(who: int | str | None) -> str:
    if who is None:
        return "does not run"
    return f"runs, process {who}" if isinstance(who, int) else f"runs, {who}"


def _municipality_lines(municipality: dict[str, Any]) -> list[str]:
    title = f"{municipality['key']} ({municipality['name']})"
    if not municipality["enabled"]:
        return [f"{title}: not enabled" + (f": {municipality['note']}" if municipality["note"] else "")]
    lines = [title]
    run = municipality["last_run"]
    if run is None:
        lines.append("  never visited")
    else:
        lines.append(
            f"  last run {_german(run['started_at'])}: {run['mode']}, {run['outcome']}, {run['requests']} requests"
        )
        lines += [f"    {run['detail']}"] if run["detail"] else []
        lines += [f"    {w['count']}x {w['what']} (for example {w['example']})" for w in run["warnings"][:5]]
    lines.append(
        f"  next run {_german(municipality['next_run'])}" if municipality["next_run"] else "  next run: not planned"
    )
    for kind in sorted(municipality["held"]):
        listed = municipality["listed"].get(kind)
        hidden = municipality["held"][kind] - municipality["shown"].get(kind, 0)
        lines.append(
            f"  {kind}: {municipality['held'][kind]} held"
            + (f" of {listed} listed" if listed is not None else "")
            + (f", {hidden} of them not public and not shown" if hidden > 0 else "")
        )
    if municipality["files"]:
        lines.append(
            "  files: " + ", ".join(f"{count} {word}" for word, count in sorted(municipality["files"].items()))
        )
    lines += [f"  {kind}: fewer than the {least} expected" for kind, least in municipality["below_expectation"].items()]
    return lines


def _index(engine: Engine, archive: Archive) -> dict[str, Any]:
    waiting = TextWriter(archive).count_pending()
    try:
        index = engine.reader()
        state = index.state()
    except IndexFault as fault:
        return {"ready": False, "why": str(fault), "texts_waiting": waiting}
    changes = ChangeReader(archive)
    return {
        "ready": True,
        "name": state.name,
        "of_this_archive": changes.is_of_this_archive(state.cursor, state.origin),
        "entries": state.entries,
        "bytes": state.bytes,
        "built_at": _moment(state.built_at),
        "changes_behind": len(changes.changes(state.cursor, limit=10_000)),
        "texts_waiting": waiting,
    }


def _shown(counts: Mapping[str, HeldCount]) -> dict[str, int]:
    return {kind: count.visible for kind, count in counts.items()}


def _run(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "mode": run.mode.value,
        "outcome": run.outcome.value,
        "detail": run.detail,
        "started_at": _moment(run.started_at),
        "finished_at": _moment(run.finished_at),
        "requests": run.requests,
        "bytes": run.bytes,
        "seconds": round(run.seconds, 1),
        "warnings": [{"what": w.what, "example": w.example, "count": w.count} for w in run.warnings],
    }


def _below(expected: Expectation | None, shown: dict[str, int]) -> dict[str, int]:
    """What is expected at least, of each kind of which there is less."""
    if expected is None:
        return {}
    least = {Kind.PAPER.value: expected.papers, Kind.MEETING.value: expected.meetings}
    return {kind: number for kind, number in least.items() if number is not None and shown.get(kind, 0) < number}


def _moment(when: dt.datetime | None) -> str | None:
    return when.isoformat(timespec="seconds") if when else None


def _german(moment: str) -> str:
    return dt.datetime.fromisoformat(moment).astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M")

"""How fast an index is built and how much it takes: the command as a whole, then each engine with ready documents."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.engines.bulk import into_elasticsearch, into_tantivy, through_the_sender
from tests.bench.engines.ready import Ready
from tests.bench.engines.sides import Side

OFTEN = 0.05
"""Seconds between two looks at a process."""


@dataclass(frozen=True, slots=True)
class Built:
    """One `ratslupe index --rebuild`. Bytes are of the finished index, memory of processes."""

    seconds: float
    entries: int
    bytes: int
    indexer_peak: int
    indexer_cpu: float
    server_memory: int | None
    server_cpu: float | None


def measure_building(sides: Sequence[Side], ready: Ready, folder: Path) -> None:
    """Every engine by the command, one after the other, then raw."""
    million = ready.characters / 1e6
    built = [(side, build(side)) for side in sides]
    print(
        f"`ratslupe index --rebuild`: {len(ready.documents)} entries, {million:.1f} M characters.\n\n"
        "| engine | seconds | M characters/s | time to Tantivy | MB on disk | bytes an entry | disk to Tantivy "
        "| indexer: peak MB | indexer: CPU s | server: MB | server: CPU s |\n"
        f"|{'---|' * 11}"
    )
    base = built[0][1]
    for side, one in built:
        server = f"{one.server_memory / 1e6:.0f} | {one.server_cpu:.0f}" if one.server_memory is not None else "none | "
        print(
            f"| {side.name} | {one.seconds:.0f} | {million / one.seconds:.2f} | {one.seconds / base.seconds:.2f} "
            f"| {one.bytes / 1e6:.1f} | {one.bytes / one.entries:.0f} | {one.bytes / base.bytes:.2f} "
            f"| {one.indexer_peak / 1e6:.0f} | {one.indexer_cpu:.0f} | {server} |"
        )
    print()
    _measure_raw(sides, ready, folder)


def build(side: Side) -> Built:
    """Build the index in a process of its own and look on. What is in the server is counted with its heap."""
    server = side.server_process
    before = _cpu(server) if server else 0.0
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        process = psutil.Popen(side.command("index", "--rebuild"), env=side.surroundings, stdout=told, stderr=told)
        peak, cpu = _watched(process)
        seconds = time.perf_counter() - began
        if process.returncode:
            told.seek(0)
            raise SystemExit(told.read())
    reader = side.installation.engine().reader()
    state = reader.state()
    reader.close()
    assert state.bytes is not None
    memory = server.memory_info().rss if server else None
    return Built(
        seconds, state.entries, state.bytes, peak, cpu, memory, _cpu(server) - before if server is not None else None
    )


def _watched(process: psutil.Popen) -> tuple[int, float]:
    """The most memory of a process until it ends, and its seconds of CPU."""
    peak, cpu = 0, 0.0
    while process.poll() is None:
        try:
            with process.oneshot():
                peak, cpu = max(peak, process.memory_info().rss), _cpu(process)
        except psutil.Error:
            pass
        time.sleep(OFTEN)
    return peak, cpu


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _measure_raw(sides: Sequence[Side], ready: Ready, folder: Path) -> None:
    million = ready.characters / 1e6
    rows = [
        ("archive read, entries composed", ready.composing),
        ("analysis in Python", ready.analysing),
        ("Tantivy, ready documents", into_tantivy(ready.documents, folder / "raw")),
    ]
    for side in sides:
        if side.server is not None:
            for connections in (1, 2):
                name = f"{side.name}, ready `_bulk` bodies, {connections} connection{'s' * (connections > 1)}"
                rows.append((name, into_elasticsearch(side, ready.documents, connections)))
            rows.append((f"{side.name}, ready documents, the port's sender", through_the_sender(side, ready.documents)))
    base = rows[2][1]
    print(f"Each step by itself, in one process ({os.cpu_count()} processors).\n")
    print("| step | seconds | M characters/s | to Tantivy |\n|---|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {seconds:.1f} | {million / seconds:.1f} | {seconds / base:.2f} |")
    print()

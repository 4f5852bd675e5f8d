"""Tantivy and real Elasticsearch servers side by side, on one crawled installation, in one run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.engines.agreeing import measure_agreement
from tests.bench.engines.asking import measure_asking
from tests.bench.engines.building import measure_building
from tests.bench.engines.judging import measure_judgement
from tests.bench.engines.ready import read_ready
from tests.bench.engines.sides import start_sides
from tests.bench.measuring import list_questions, machine
from tests.servers.elasticsearch import Ground


def measure_engines(home: Path, register: Path, shared: Path | None, file: Path | None) -> None:
    """Build, ask, compare, judge; with the shared folder its judged questions are the first of those asked."""
    if file is None and shared is not None:
        file = shared / "data" / "queries-dev.jsonl"
    with tempfile.TemporaryDirectory(prefix="ratslupe-bench-") as folder, Ground() as ground:
        sides = start_sides(ground, home, register)
        measure_building(sides, read_ready(sides[0].installation), Path(folder))
        questions = list_questions(home, file)
        asked = measure_agreement(sides, questions)
        measure_asking(sides, questions, asked)
        if shared is not None:
            measure_judgement(sides, shared, Path(folder))
    print(f"{machine()}\n")

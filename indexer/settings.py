"""Which engine, and how much of this machine the indexer may use: read from the environment once, by a function."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ENGINE = "tantivy"


@dataclass(frozen=True, slots=True)
class IndexerSettings:
    """`engine` is RATSLUPE_ENGINE; `folder` is where an embedded engine keeps its index; `environment` is where one
    that is a server finds what it needs; `workers` is the number of processes that turn bytes into text."""

    engine: str
    folder: Path
    workers: int
    environment: Mapping[str, str] = field(repr=False)


def indexer_settings(home: Path, environment: Mapping[str, str] = os.environ) -> IndexerSettings:
    """RATSLUPE_ENGINE (tantivy or elasticsearch) and RATSLUPE_WORKERS (as many as there are processors, at most 8)."""
    workers = environment.get("RATSLUPE_WORKERS") or str(min(os.cpu_count() or 1, 8))
    if not workers.isdigit() or not 1 <= int(workers) <= 64:
        raise ValueError(f"RATSLUPE_WORKERS is {workers!r}: write a number from 1 to 64")
    return IndexerSettings(environment.get("RATSLUPE_ENGINE") or ENGINE, home / "index", int(workers), environment)

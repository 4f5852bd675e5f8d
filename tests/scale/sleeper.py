"""A real worker whose crawls are sleeps; it notes when each began and ended.

python -m tests.scale.sleeper URL AT_ONCE RECORD COMPRESSION"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from pathlib import Path

from sqlalchemy.engine import make_url

from ratslupe.worker import Worker, WorkerIntervals
from tests.scale.country import crawl_seconds

PACE = WorkerIntervals(poll=0.5, heartbeat=1.0, stalled=5.0, stalled_check=1.0, pause=0.5)
"""Faster than in life, since time is compressed."""


async def work(url: str, at_once: int, record: Path, compression: float) -> None:
    """Until SIGTERM."""
    chance = random.Random(record.name)
    with record.open("w", buffering=1) as notes:

        async def visit(key: str) -> int:
            notes.write(f"begin {key} {time.time()}\n")
            try:
                await asyncio.sleep(crawl_seconds(chance) / compression)
            finally:
                notes.write(f"end {key} {time.time()}\n")
            return 0

        await Worker(make_url(url), at_once, visit, lambda _: True, PACE).run()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4])))

"""The queue's part of `ratslupe status`: what waits, what runs where, who works."""

from __future__ import annotations

from typing import Any

from archive.archive import Archive
from archive.run_reader import RunReader
from ratslupe.errors import OneMachineOnly, QueueUnusable
from ratslupe.installation import Installation
from ratslupe.several_machines import is_spread, queue_url


def queue_status(installation: Installation, archive: Archive) -> dict[str, Any] | None:
    """What waits, what runs where, who works; None on one machine, which needs no queue."""
    if not is_spread(installation):
        return None
    try:
        from ratslupe.crawl_queue import CrawlQueue

        state = CrawlQueue(queue_url(installation)).state()
    except (ImportError, OneMachineOnly, QueueUnusable) as fault:
        return {"ready": False, "why": str(fault)}
    where = {run.municipality: f"process {run.pid} on {run.host}" for run in RunReader(archive).running()}
    return {
        "ready": True,
        "waiting": state.waiting,
        "waiting_since": state.waiting_since and state.waiting_since.isoformat(timespec="seconds"),
        "running": {key: where.get(key) for key in state.running},
        "workers": list(state.workers),
    }


def queue_lines(queue: dict[str, Any] | None) -> list[str]:
    """The same for people; nothing on one machine."""
    if queue is None:
        return []
    if not queue["ready"]:
        return [f"queue not ready: {queue['why']}"]
    since = f", the first since {queue['waiting_since']}" if queue["waiting_since"] else ""
    return [
        f"queue: {queue['waiting']} crawls wait{since}; {len(queue['running'])} run",
        *(
            f"  {key} runs as {where or 'a process that has not announced itself yet'}"
            for key, where in queue["running"].items()
        ),
        f"workers: {', '.join(queue['workers']) or 'none'}",
    ]

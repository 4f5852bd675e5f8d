"""A crawl of a worker: `ratslupe crawl KEY` in a child, which ends with the worker."""

from __future__ import annotations

import asyncio
import subprocess

from archive.archive import Archive, ArchiveUnavailable
from ratslupe.child_processes import LOG, end_silent, notice_dead, say_how_it_ended, start_child, stop_children
from ratslupe.installation import Installation

LOOK_SECONDS = 0.2
WATCH_SECONDS = 30.0
CHILD_SECONDS = 15.0
"""How long a crawl may take to end in order when the worker is told to stop; less than the worker itself is given."""


class ChildVisits:
    """Starts crawls and ends those that are silent for too long."""

    def __init__(self, installation: Installation, archive: Archive) -> None:
        self._installation = installation
        self._archive = archive
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    async def visit(self, key: str) -> int:
        """Crawl and return the exit code. When cancelled, the crawl is asked to end; one that was complete before it
        heard that is done, any other raises on."""
        child = self._children[key] = start_child(self._installation, ["crawl", key])
        try:
            while (code := child.poll()) is None:
                await asyncio.sleep(LOOK_SECONDS)
        except asyncio.CancelledError:
            await asyncio.to_thread(stop_children, [child], CHILD_SECONDS)
            if (code := child.returncode) != 0:
                raise
        finally:
            self._children.pop(key, None)
            await asyncio.to_thread(self._close_run, key)
        say_how_it_ended(key, code)
        return code

    async def watch(self) -> None:
        """End silent crawls, again and again."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await asyncio.to_thread(end_silent, self._archive, dict(self._children))
            except ArchiveUnavailable as fault:
                LOG.warning("silent crawls cannot be looked for: %s", fault)

    def _close_run(self, key: str) -> None:
        try:
            notice_dead(self._archive, key)
        except ArchiveUnavailable as fault:
            LOG.warning("%s: its run cannot be closed now: %s", key, fault)

"""Never two crawls of one municipality: a lock that its holder's death releases."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CrawlRunning(Exception):
    """This municipality is being crawled by another process; the message says by which."""


@contextmanager
def crawl_lock(home: Path, key: str) -> Iterator[None]:
    """Hold the municipality's lock. Raises CrawlRunning at once when another process holds it."""
    folder = home / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"crawl-{key}").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise CrawlRunning(
                f"{key} is being crawled already, by process {holder}: wait for it or stop it"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield

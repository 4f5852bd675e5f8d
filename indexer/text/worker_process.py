"""The inside of an extraction worker: the process that is allowed to hang, to burst and to crash."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

from indexer.text.extraction import Extract, Extraction, Job, Limits
from indexer.text.readers import too_large

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

CAN_LIMIT_MEMORY = resource is not None and sys.platform.startswith("linux")
"""Only Linux holds a process to RLIMIT_AS; macOS takes the call and ignores it, Windows has none."""
READY = "ready"
_CPU_GRACE_SECONDS = 30


def run(connection: Connection, extract: Extract, limits: Limits) -> None:
    """Say READY, then answer every Job with (Extraction, whether this worker leaves now), until None or end of file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the pool decides what it means
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _limit_memory(limits.memory_mb)
    try:
        connection.send(READY)
        while (job := connection.recv()) is not None:
            _limit_processor_time(limits.seconds)
            extraction, leaves = _answer(job, extract, limits)
            connection.send((extraction, leaves))
            if leaves:
                break
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the pool is gone


def _answer(job: Job, extract: Extract, limits: Limits) -> tuple[Extraction, bool]:
    try:
        size = job.path.stat().st_size
        if size > limits.bytes:
            return too_large(size, limits), False
        return extract(job.path.read_bytes(), job.declared_media_type, job.name, limits), False
    except OSError as error:
        return Extraction.failed(f"file cannot be opened: {error.strerror or type(error).__name__}"), False
    except MemoryError:
        pass  # answered below, when the frames that hold the memory are gone
    except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not stop the others
        return Extraction.failed(f"extractor error: {type(error).__name__}: {error}"[:300]), False
    return Extraction.failed(f"needs more than {limits.memory_mb} MB of memory"), True


def _leave_with_parent() -> None:
    """End this process as soon as the one that started the pool is dead, even in the middle of a file."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Let this process grow by so much and no further. Linux only."""
    if CAN_LIMIT_MEMORY:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + megabytes * 1024 * 1024)
    if resource is not None:
        _lower(resource.RLIMIT_CORE, 0)


def _limit_processor_time(seconds: float) -> None:
    """A second lock behind the pool's clock: it also ends a worker whose pool was killed while C code held the GIL."""
    if resource is not None:
        _lower(resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds + _CPU_GRACE_SECONDS))


def _lower(kind: int, soft: int) -> None:
    """Set a soft limit, without touching the hard one, and never above it."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))

"""Extract functions that misbehave, for the pool's tests; workers import them by name. The file says what to do."""

from __future__ import annotations

import os
import re
import signal
import time

from indexer.text.extraction import Extraction, Limits, Status


def misbehave(data: bytes, declared: str | None, name: str | None, limits: Limits) -> Extraction:
    """Do what the file says; answer with the process's id where that leaves something to answer."""
    order = data.decode()
    if order == "sleep":
        time.sleep(600)
    elif order == "hang in C":
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter lock for longer than the sun will shine
    elif order == "burst":
        return fine(str(len(bytearray(4 * limits.memory_mb * 1024 * 1024))))
    elif order == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif order == "leave":
        os._exit(0)
    elif order == "raise":
        raise ValueError("an error of ours")
    elif order == "tell limit":
        import resource

        return fine(str(resource.getrlimit(resource.RLIMIT_AS)[0]))
    elif order == "much":
        return fine("viel " * 1_000_000)
    return fine(str(os.getpid()))


def fine(page: str) -> Extraction:
    """An Extraction with one page."""
    return Extraction(Status.TEXT, None, "text/plain", (page,), 0, 1)


def never_start(limits: Limits) -> None:
    """Not an extract function: unpickling `NotImportable` in a worker fails."""

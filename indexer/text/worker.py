"""Extraction in worker processes: a file that hangs, bursts or crashes costs itself and no other file.

Every worker has a pipe of its own and the pool is a single thread, so that a worker may die at any moment without
leaving a lock or half a message to the others.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Self

from indexer.text import worker_process
from indexer.text.extraction import Extract, Extraction, Job, Limits
from indexer.text.readers import extract_bytes

__all__ = ["ExtractionPool", "ExtractorsDoNotStart", "Job"]

_JOBS_AT_HAND = 2
"""Jobs a worker holds: the one it works on, and one more so that it need not wait while the caller writes."""
_START_SECONDS = 120
_GOODBYE_SECONDS = 2
_STARTS_THAT_MAY_FAIL = 3
_log = logging.getLogger(__name__)


class ExtractorsDoNotStart(Exception):
    """Worker processes end before they are ready: the installation is at fault, and not a file."""


class ExtractionPool:
    """A number of worker processes that turn files into text.

    A context manager; its workers start when they are needed and end with it, and also when this process is killed.
    The limit on time is enforced by killing, wherever the worker hangs; the one on memory by the kernel, on Linux only
    (elsewhere a warning is logged). A worker is replaced after `files_per_worker` files, for libraries may leak.
    `extract` is for tests. Not for use by several threads.
    """

    def __init__(
        self,
        workers: int,
        limits: Limits = Limits(),
        *,
        extract: Extract = extract_bytes,
        files_per_worker: int = 500,
    ) -> None:
        if workers < 1:
            raise ValueError(f"an extraction pool needs at least one worker, not {workers}")
        self._limits = limits
        self._extract = extract
        self._files_per_worker = files_per_worker
        self._places: list[_Worker | None] = [None] * workers
        self._given_back: deque[Job] = deque()
        self._failed_starts = 0
        self._busy = False
        self._context = _process_context()
        if not worker_process.CAN_LIMIT_MEMORY:
            _log.warning("this system cannot limit the memory of extraction workers; a huge file may take all of it")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers; one that works on a file is killed."""
        for worker in self._workers():
            self._discard(worker, patience=0 if worker.jobs else _GOODBYE_SECONDS)
        self._given_back.clear()

    def extract_many(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Extraction]]:
        """Every job with its Extraction, in the order in which they are done.

        `jobs` is read as workers become free, never more than two a worker ahead. Whatever a file does, it gets an
        Extraction; a file on which a worker dies or runs out of time is FAILED. Time is looked at while the caller asks
        for the next result. Leaving the loop early, Ctrl-C included, kills what is in work.

        Raises ExtractorsDoNotStart, whatever `jobs` raises, and RuntimeError when it is called while it still runs.
        """
        if self._busy:
            raise RuntimeError("this extraction pool is already at work; use a pool for each loop")
        self._busy = True
        source = iter(jobs)
        try:
            while self._hand_out(source):
                yield from self._collect()
        finally:
            self._busy = False
            for worker in self._at_work():
                self._discard(worker, patience=0)
            self._given_back.clear()

    def _workers(self) -> list[_Worker]:
        return [worker for worker in self._places if worker is not None]

    def _at_work(self) -> list[_Worker]:
        return [worker for worker in self._workers() if worker.jobs]

    def _hand_out(self, source: Iterator[Job]) -> bool:
        """Give jobs to whoever has room, starting workers as needed; whether any job is in work."""
        for depth in range(_JOBS_AT_HAND):
            for place in range(len(self._places)):
                worker = self._at(place)
                if worker is not None and (len(worker.jobs) > depth or worker.given >= self._files_per_worker):
                    continue
                job = self._given_back.popleft() if self._given_back else next(source, None)
                if job is None:
                    return bool(self._at_work())
                if worker is None:
                    worker = self._places[place] = _Worker(self._context, self._extract, self._limits)
                worker.give(job)
        return True

    def _at(self, place: int) -> _Worker | None:
        """The worker at that place; None where one is to be started. Who had its share of files, or died idle, goes."""
        worker = self._places[place]
        if worker is not None and not worker.jobs and (worker.given >= self._files_per_worker or worker.died_idle()):
            self._discard(worker, patience=_GOODBYE_SECONDS)
        return self._places[place]

    def _collect(self) -> list[tuple[Job, Extraction]]:
        """Wait until something happens; the results that it brought."""
        at_work = self._at_work()
        next_deadline = min(worker.deadline for worker in at_work)
        wait([worker.connection for worker in at_work], max(0.0, next_deadline - time.monotonic()))
        results: list[tuple[Job, Extraction]] = []
        for worker in at_work:
            if worker.connection.poll():
                results += self._listen(worker)
            elif time.monotonic() >= worker.deadline:
                results += self._too_slow(worker)
        return results

    def _listen(self, worker: _Worker) -> list[tuple[Job, Extraction]]:
        """What a worker has to say: that it is ready, a result, or (by the end of its pipe) that it died."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            return self._died(worker)
        if message == worker_process.READY:
            self._failed_starts = 0
            worker.is_ready()
            return []
        extraction, leaves = message
        job = worker.done()
        if leaves:
            self._discard(worker, patience=_GOODBYE_SECONDS)
        return [(job, extraction)]

    def _died(self, worker: _Worker) -> list[tuple[Job, Extraction]]:
        if not worker.ready:
            self._start_failed(worker)
            return []
        job = worker.done()
        self._discard(worker, patience=_GOODBYE_SECONDS)
        return [(job, Extraction.failed(f"the extractor process died ({worker.how_it_ended})"))]

    def _too_slow(self, worker: _Worker) -> list[tuple[Job, Extraction]]:
        if not worker.ready:
            self._start_failed(worker)
            return []
        job = worker.done()
        self._discard(worker, patience=0)
        return [(job, Extraction.failed(f"took longer than {self._limits.seconds:g} seconds"))]

    def _start_failed(self, worker: _Worker) -> None:
        self._discard(worker, patience=_GOODBYE_SECONDS)
        self._failed_starts += 1
        if self._failed_starts >= _STARTS_THAT_MAY_FAIL:
            raise ExtractorsDoNotStart(
                f"{self._failed_starts} extraction workers in a row ended before they were ready, the last one with "
                f"{worker.how_it_ended}; start `python -c 'import indexer.text'` to see what is missing"
            )

    def _discard(self, worker: _Worker, patience: float) -> None:
        """End a worker and take back the jobs that it had not begun."""
        worker.end(patience)
        self._places[self._places.index(worker)] = None
        self._given_back.extend(worker.jobs)
        worker.jobs.clear()


class _Worker:
    """The pool's view of one worker process."""

    def __init__(self, context: multiprocessing.context.BaseContext, extract: Extract, limits: Limits) -> None:
        self.jobs: deque[Job] = deque()
        """The first one is in work."""
        self.given = 0
        self.ready = False
        self.how_it_ended = "still running"
        self._seconds = limits.seconds
        self.deadline = time.monotonic() + _START_SECONDS
        self.connection, theirs = _pipe(context)
        self._process = context.Process(  # type: ignore[attr-defined]
            target=worker_process.run, args=(theirs, extract, limits), name="extractor", daemon=True
        )
        self._process.start()
        theirs.close()  # or the pipe would not end with the worker

    def give(self, job: Job) -> None:
        """Hand over a job. If the worker is dead, its pipe will say so to whoever looks for the result."""
        self.given += 1
        self.jobs.append(job)
        if self.ready and len(self.jobs) == 1:
            self._wind_up()
        with suppress(OSError):
            self.connection.send(job)

    def died_idle(self) -> bool:
        """Whether it ended though nobody asked: one that is ready and has no job has nothing to say but this."""
        return self.ready and not self.jobs and self.connection.poll()

    def is_ready(self) -> None:
        """Starting is over: from now on the clock is for the file."""
        self.ready = True
        self._wind_up()

    def done(self) -> Job:
        """The job that was in work; the clock starts anew for the next."""
        self._wind_up()
        return self.jobs.popleft()

    def end(self, patience: float) -> None:
        """End the process: by the end of its pipe within `patience` seconds, else by killing it, whatever it does."""
        self.connection.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        self.how_it_ended = _ending(self._process.exitcode)
        self._process.close()

    def _wind_up(self) -> None:
        self.deadline = time.monotonic() + self._seconds


def _pipe(context: multiprocessing.context.BaseContext) -> tuple[Connection, Connection]:
    return context.Pipe(duplex=True)


def _process_context() -> multiprocessing.context.BaseContext:
    """How workers start. Never by plain fork, which is unsafe beside threads.

    A fork server imports the readers once and then starts a worker in milliseconds; where there is none (Windows),
    every worker is a new interpreter.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "indexer.text.worker_process"])
    return context


def _ending(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        try:
            return f"signal {-exitcode}, {signal.Signals(-exitcode).name}"
        except ValueError:
            return f"signal {-exitcode}"
    return f"exit code {exitcode}"

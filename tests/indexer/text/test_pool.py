"""The pool gives every job its answer, whatever the file does to the worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from indexer.text import Extraction, ExtractionPool, ExtractorsDoNotStart, Job, Limits
from indexer.text.worker_process import CAN_LIMIT_MEMORY
from tests.indexer.text.faults import misbehave
from tests.indexer.text.samples import a_docx, a_pdf
from tests.waiting import PATIENCE, stretched

REPOSITORY = Path(__file__).parents[3]
SHORT = Limits(seconds=1, memory_mb=256)


@pytest.fixture(autouse=True)
def _no_worker_stays() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def jobs(folder: Path, *orders: str) -> list[Job]:
    """A job for each order to `misbehave`."""
    made = []
    for number, order in enumerate(orders):
        path = folder / str(number)
        path.write_text(order)
        made.append(Job(str(number), path))
    return made


def run(pool: ExtractionPool, todo: list[Job]) -> dict[str, Extraction]:
    """All results by key; each job has exactly one."""
    results = list(pool.extract_many(todo))
    assert sorted(job.key for job, _ in results) == sorted(job.key for job in todo)
    return {job.key: extraction for job, extraction in results}


def interrupted(pool: ExtractionPool, todo: list[Job]) -> None:
    """What happens to a loop in which someone presses Ctrl-C."""
    for _ in pool.extract_many(todo):
        raise KeyboardInterrupt


def test_real_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(a_pdf(["Vorlage"]))
    (tmp_path / "b").write_bytes(a_docx())
    todo = [
        Job("pdf", tmp_path / "a", "application/pdf", "a.pdf"),
        Job("docx", tmp_path / "b"),
        Job("gone", tmp_path / "c"),
    ]
    with ExtractionPool(2) as pool:
        results = run(pool, todo)
    assert results["pdf"].pages == ("Vorlage",)
    assert results["docx"].status == "text"
    assert results["gone"].reason == "file cannot be opened: No such file or directory"


def test_size_is_looked_at_before_reading(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 101)
    with ExtractionPool(1, Limits(bytes=100)) as pool:
        assert run(pool, [Job("a", tmp_path / "a")])["a"].reason == "file of 101 bytes; at most 100 are read"


@pytest.mark.parametrize("order", ["sleep", "hang in C"])
def test_a_hanging_file_is_killed_and_the_others_go_on(tmp_path: Path, order: str) -> None:
    started = time.monotonic()
    with ExtractionPool(2, SHORT, extract=misbehave) as pool:
        results = run(pool, jobs(tmp_path, "ok", order, "ok", "ok", "ok"))
    assert results.pop("1").reason == "took longer than 1 seconds"
    assert all(extraction.status == "text" for extraction in results.values())
    assert time.monotonic() - started < stretched(20)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("crash", f"the extractor process died (signal {int(signal.SIGSEGV)}, SIGSEGV)"),
        ("leave", "the extractor process died (exit code 0)"),
        ("raise", "extractor error: ValueError: an error of ours"),
    ],
)
def test_a_crashing_file_fails_alone(tmp_path: Path, order: str, reason: str) -> None:
    with ExtractionPool(2, SHORT, extract=misbehave) as pool:
        results = run(pool, jobs(tmp_path, order, "ok", order, "ok", "ok", "ok", order))
    assert [results[key].reason for key in ("0", "2", "6")] == [reason] * 3
    assert [results[key].status for key in ("1", "3", "4", "5")] == ["text"] * 4


@pytest.mark.skipif(not CAN_LIMIT_MEMORY, reason="only Linux limits the memory of a process")
def test_a_bursting_file_fails_alone(tmp_path: Path) -> None:
    with ExtractionPool(1, SHORT, extract=misbehave) as pool:
        results = run(pool, jobs(tmp_path, "ok", "burst", "ok"))
    assert results["1"].reason == "needs more than 256 MB of memory"
    assert results["0"].status == results["2"].status == "text"
    assert results["0"].pages != results["2"].pages  # the process that burst was replaced


def test_a_killed_worker_is_replaced_even_when_idle(tmp_path: Path) -> None:
    with ExtractionPool(1, SHORT, extract=misbehave) as pool:
        victim = int(run(pool, jobs(tmp_path, "ok"))["0"].pages[0])
        os.kill(victim, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(victim)] if psutil.pid_exists(victim) else [], timeout=PATIENCE)
        result = run(pool, jobs(tmp_path, "ok"))["0"]
    assert result.status == "text"
    assert int(result.pages[0]) != victim


def test_workers_are_kept_and_recycled(tmp_path: Path) -> None:
    with ExtractionPool(1, SHORT, extract=misbehave, files_per_worker=3) as pool:
        results = run(pool, jobs(tmp_path, *["ok"] * 7))
    assert len({extraction.pages for extraction in results.values()}) == 3


def test_large_texts_come_through(tmp_path: Path) -> None:
    with ExtractionPool(2, Limits(), extract=misbehave) as pool:
        results = run(pool, jobs(tmp_path, *["much"] * 6))
    assert {len(extraction.pages[0]) for extraction in results.values()} == {5_000_000}


def test_jobs_are_taken_only_as_they_are_needed(tmp_path: Path) -> None:
    taken = 0

    def source() -> Iterator[Job]:
        nonlocal taken
        for job in jobs(tmp_path, *["ok"] * 50):
            taken += 1
            yield job

    with ExtractionPool(2, SHORT, extract=misbehave) as pool:
        for done, _ in enumerate(pool.extract_many(source())):
            assert taken <= done + 1 + 4


def test_results_come_as_they_are_done(tmp_path: Path) -> None:
    with ExtractionPool(2, SHORT, extract=misbehave) as pool:
        order = [job.key for job, _ in pool.extract_many(jobs(tmp_path, "sleep", "ok", "ok", "ok"))]
    assert order[0] != "0"


def test_a_slow_caller_costs_no_file_its_time(tmp_path: Path) -> None:
    with ExtractionPool(2, SHORT, extract=misbehave) as pool:
        for number, (_, extraction) in enumerate(pool.extract_many(jobs(tmp_path, *["ok"] * 6))):
            if number < 2:
                time.sleep(1.2 * SHORT.seconds)
            assert extraction.status == "text"


def test_leaving_early_ends_what_is_in_work(tmp_path: Path) -> None:
    with ExtractionPool(2, Limits(), extract=misbehave) as pool:
        with pytest.raises(KeyboardInterrupt):
            interrupted(pool, jobs(tmp_path, "ok", "sleep", "sleep", "sleep"))
        assert run(pool, jobs(tmp_path, "ok"))["0"].status == "text"


def test_an_error_of_the_source_comes_through(tmp_path: Path) -> None:
    def source() -> Iterator[Job]:
        yield from jobs(tmp_path, "ok", "sleep")
        raise LookupError("archive")

    with ExtractionPool(1, SHORT, extract=misbehave) as pool, pytest.raises(LookupError, match="archive"):
        list(pool.extract_many(source()))


def test_one_loop_at_a_time(tmp_path: Path) -> None:
    with ExtractionPool(1, SHORT, extract=misbehave) as pool:
        first = pool.extract_many(jobs(tmp_path, "ok", "ok"))
        next(first)
        with pytest.raises(RuntimeError, match="already at work"):
            next(iter(pool.extract_many([])))
        assert len(list(first)) == 1


def test_nothing_to_do_starts_nothing() -> None:
    with ExtractionPool(2) as pool:
        assert list(pool.extract_many([])) == []
        assert multiprocessing.active_children() == []


def test_no_workers_are_no_pool() -> None:
    with pytest.raises(ValueError, match="at least one worker"):
        ExtractionPool(0)


class Unimportable:
    """An extract function that no worker can receive."""

    def __call__(self, data: bytes, declared: str | None, name: str | None, limits: Limits) -> Extraction:
        raise NotImplementedError

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (3,)


def test_workers_that_do_not_start_are_no_fault_of_the_files(tmp_path: Path) -> None:
    with (
        ExtractionPool(1, SHORT, extract=Unimportable()) as pool,
        pytest.raises(ExtractorsDoNotStart, match="3 extraction workers in a row"),
    ):
        list(pool.extract_many(jobs(tmp_path, "ok")))


SCRIPT = """
import sys
from pathlib import Path
from indexer.text import ExtractionPool, Job, Limits
from tests.indexer.text.faults import misbehave

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with ExtractionPool(1, Limits(), extract=misbehave) as pool:
        for job, extraction in pool.extract_many([Job("0", folder / "0"), Job("1", folder / "1")]):
            print(extraction.pages[0], flush=True)
"""


@pytest.fixture
def stuck(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], psutil.Process]]:
    """A process whose pool's only worker sleeps over a file, and that worker."""
    jobs(tmp_path, "ok", "sleep")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    command = [sys.executable, str(script), str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        assert process.stdout is not None
        worker = psutil.Process(int(process.stdout.readline()))
        yield process, worker
        process.kill()


def test_workers_end_with_a_killed_parent(stuck: tuple[subprocess.Popen[str], psutil.Process]) -> None:
    process, worker = stuck
    process.kill()
    process.wait(PATIENCE)
    worker.wait(PATIENCE)


def test_ctrl_c_ends_all_at_once(stuck: tuple[subprocess.Popen[str], psutil.Process]) -> None:
    process, worker = stuck
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(PATIENCE) != 0
    worker.wait(PATIENCE)
    assert process.stderr is not None
    assert process.stderr.read().count("Traceback") == 1  # the one of the script itself, and none of a worker

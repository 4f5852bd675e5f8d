"""Crawls in children: ended with their worker, ended when silent; and a program without the queue's library."""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.archive import Archive, open_archive
from archive.run import Outcome, RunMode
from archive.run_reader import RunReader
from archive.run_writer import RunWriter
from archive.settings import archive_settings
from ratslupe import visit as visit_module
from ratslupe.child_processes import SILENT_AFTER, STOP_SECONDS, end_silent
from ratslupe.installation import find_installation
from ratslupe.visit import CHILD_SECONDS, ChildVisits
from ratslupe.worker import WorkerIntervals
from tests.whole.house import REGISTER, environment

PATIENT = (
    "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit({code})); print(flush=True); signal.pause()"
)
BARE = """
import sys
sys.modules["procrastinate"] = sys.modules["psycopg"] = None
from ratslupe.cli import main
main()
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(archive_settings(tmp_path, {}))
    yield opened
    opened.close()


def child(code: int = 0) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", PATIENT.format(code=code)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def visits(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, process: object) -> ChildVisits:
    monkeypatch.setattr(visit_module, "start_child", lambda installation, arguments: process)
    return ChildVisits(find_installation(tmp_path, tmp_path / "none.yaml", {}), archive)


async def cancelled(visit: ChildVisits) -> int:
    task = asyncio.create_task(visit.visit("a"))
    await asyncio.sleep(0.05)
    task.cancel()
    return await task


def test_a_crawl_that_is_cut_off_says_so_and_its_account_is_closed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    RunWriter(archive, "a").begin(RunMode.FULL)
    with child(130) as process, pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled(visits(archive, tmp_path, monkeypatch, process)))
    assert RunReader(archive).last()["a"].outcome is Outcome.DIED


def test_a_crawl_that_was_complete_when_it_heard_of_the_end_is_done(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with child(0) as process:
        assert asyncio.run(cancelled(visits(archive, tmp_path, monkeypatch, process))) == 0


def test_only_a_silent_crawl_of_ones_own_is_ended(archive: Archive) -> None:
    RunWriter(archive, "a").begin(RunMode.FULL)
    long_after = dt.datetime.now(dt.UTC) + SILENT_AFTER + dt.timedelta(seconds=1)
    with child() as process:
        archive.clock = lambda: long_after
        end_silent(archive, {"a": process, "b": process})
        assert process.poll() is None, "the run is of another process"
        with archive.writing() as connection:
            connection.exec_driver_sql(f"UPDATE run SET pid = {process.pid}")
        archive.clock = lambda: long_after - dt.timedelta(seconds=30)
        end_silent(archive, {"a": process})
        assert process.poll() is None, "it is not silent yet"
        archive.clock = lambda: long_after
        end_silent(archive, {"a": process})
        assert process.poll() == 0


@pytest.mark.parametrize(
    ("words", "url", "code", "message"),
    [
        (["status"], None, 0, ""),
        (["work"], None, 1, "`ratslupe up` does everything there"),
        (["work"], "postgresql+psycopg://127.0.0.1:9/x", 1, "install ratslupe[postgresql]"),
        (["status"], "postgresql+psycopg://127.0.0.1:9/x", 1, "extra: postgresql"),
    ],
)
def test_one_machine_needs_neither_driver_nor_queue(
    tmp_path: Path, words: list[str], url: str | None, code: int, message: str
) -> None:
    register = tmp_path / "register.yaml"
    register.write_text(REGISTER.format(key="a", url="http://127.0.0.1:9/oparl/system", system="oparl"))
    command = [sys.executable, "-c", BARE, "--home", str(tmp_path), "--register", str(register), *words]
    settings = {"RATSLUPE_ARCHIVE_URL": url} if url else {}
    done = subprocess.run(command, capture_output=True, text=True, env=environment() | settings, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert message in done.stderr


def test_a_worker_that_ends_in_order_is_not_taken_for_dead() -> None:
    pace = WorkerIntervals()
    assert pace.heartbeat + CHILD_SECONDS < pace.stalled
    assert CHILD_SECONDS < STOP_SECONDS, "its supervisor waits for it"

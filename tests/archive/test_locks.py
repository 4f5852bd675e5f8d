"""Locks: one holder among all processes, released by death, and told when it is lost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from archive.archive import Archive, ArchiveUnavailable, open_archive
from archive.locks import LockHeld
from archive.session_locks import SessionLocks, holder
from archive.settings import ArchiveSettings
from crawlers.lock import LOCK_LOST
from tests.postgresql import empty_postgresql

HOLD = """
import sys, time
from pathlib import Path
from archive.archive import open_archive
from archive.settings import ArchiveSettings
from crawlers.lock import crawl_lock
archive = open_archive(ArchiveSettings(Path(sys.argv[1]), sys.argv[2]))
with crawl_lock(archive, "a"):
    print("held", flush=True)
    time.sleep(60)
"""


def not_lost() -> None:
    raise AssertionError("the lock was lost")


def hold_elsewhere(home: Path, url: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(home), url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def url_of(archive: Archive) -> str:
    return archive.engine.url.render_as_string(hide_password=False)


def test_one_holder_a_name(archive: Archive) -> None:
    with (
        archive.holding("a", not_lost),
        archive.holding("b", not_lost),
        pytest.raises(LockHeld, match=f"process {os.getpid()}"),
        archive.holding("a", not_lost),
    ):
        pass
    with archive.holding("a", not_lost):
        pass


def test_a_holder_that_is_killed_holds_nothing(archive: Archive, tmp_path: Path) -> None:
    process = hold_elsewhere(tmp_path, url_of(archive))
    with pytest.raises(LockHeld, match=f"process {process.pid}"), archive.holding("crawl-a", not_lost):
        pass
    process.kill()
    process.communicate()
    wait_until_free(archive)


def wait_until_free(archive: Archive) -> None:
    for _ in range(100):
        try:
            with archive.holding("crawl-a", not_lost):
                return
        except LockHeld:
            threading.Event().wait(0.05)
    raise AssertionError("the dead holder still holds")


def test_the_message_names_host_and_process_on_postgresql(tmp_path: Path) -> None:
    archive = open_archive(ArchiveSettings(tmp_path, empty_postgresql()))
    assert holder(archive.engine, "a") is None
    with archive.holding("a", not_lost):
        assert holder(archive.engine, "a") == f"process {os.getpid()} on {socket.gethostname()}"[:54]
        assert holder(archive.engine, "b") is None
    assert holder(archive.engine, "a") is None
    archive.close()


def test_a_lock_whose_connection_ends_is_told_as_lost() -> None:
    engine = create_engine(empty_postgresql())
    locks, lost = SessionLocks(engine.url, look_seconds=0.1), threading.Event()
    with locks.hold("a", lost.set):
        end_holders(engine.url.render_as_string(hide_password=False))
        assert lost.wait(10)
    engine.dispose()


def test_a_crawl_that_loses_its_lock_ends_there_and_then(tmp_path: Path) -> None:
    url = empty_postgresql()
    process = hold_elsewhere(tmp_path, url)
    end_holders(url)
    assert process.wait(20) == LOCK_LOST
    process.communicate()


def end_holders(url: str) -> None:
    """As an administrator or a restart of the server does."""
    engine = create_engine(url)
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid() "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with engine.begin() as connection:
        assert connection.execute(text(ended)).all()
    engine.dispose()


def test_a_server_asks_for_its_holders(tmp_path: Path) -> None:
    engine = create_engine(empty_postgresql())
    session = SessionLocks(engine.url)._engine
    with session.connect() as connection:
        told = {name: connection.scalar(text(f"SHOW tcp_keepalives_{name}")) for name in ("idle", "interval", "count")}
    assert told == {"idle": "20", "interval": "10", "count": "3"}
    engine.dispose()


def test_no_lock_without_a_server(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(archive._locks, "hold", broken)
    with pytest.raises(ArchiveUnavailable, match="gives no lock"), archive.holding("a", not_lost):
        pass

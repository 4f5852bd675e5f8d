"""Bytes that wait: whole or not at all, each content once, readable as a file that is gone afterwards."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from archive.archive import Archive, ArchiveUnavailable, open_archive
from archive.schema import WAITING_BYTES
from archive.settings import ArchiveSettings
from archive.table_blob_store import PIECE, TableBlobStore
from archive.text_writer import TextWriter
from tests.archive.filling import fetch, hold, url_of
from tests.archive.test_archive import with_file
from tests.postgresql import empty_postgresql

WRITE = """
import os, sys
from pathlib import Path
from sqlalchemy import event
from archive.archive import open_archive
from archive.settings import ArchiveSettings
archive = open_archive(ArchiveSettings(Path(sys.argv[1]), sys.argv[2]))
rows = 0
@event.listens_for(archive.engine, "after_execute")
def count(connection, clause, *_):
    global rows
    rows += clause.is_insert
    if rows == 2:
        os.kill(os.getpid(), 9)
archive.blobs.put(bytes(4 * 1024 * 1024))
"""


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[TableBlobStore]:
    archive = open_archive(ArchiveSettings(tmp_path, empty_postgresql()))
    assert isinstance(archive.blobs, TableBlobStore)
    yield archive.blobs
    archive.close()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_what_is_laid_down_comes_out_the_same_and_leaves_nothing(archive: Archive, tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    sha256 = archive.blobs.put(content)
    assert sha256 == archive.blobs.put(content) == hashlib.sha256(content).hexdigest()
    assert archive.blobs.held([sha256, "0" * 64]) == {sha256}
    with archive.blobs.local_copies() as files:
        path = files.path(sha256)
        assert path is not None
        assert path.read_bytes() == content
        assert files.path("0" * 64) is None
        files.done(sha256)
        assert path.exists() == (archive.engine.dialect.name == "sqlite")
    archive.blobs.drop([sha256, "0" * 64])
    assert not archive.blobs.held([sha256])
    assert [p for p in (tmp_path / "bytes").rglob("*") if p.is_file()] == []


def test_a_writer_killed_half_way_leaves_nothing(tmp_path: Path) -> None:
    url = empty_postgresql()
    killed = subprocess.run([sys.executable, "-c", WRITE, str(tmp_path), url], check=False)
    assert killed.returncode == -9
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(WAITING_BYTES)) == 0
    engine.dispose()


def test_two_that_lay_down_the_same_at_once_do_it_once(shared: TableBlobStore) -> None:
    content = os.urandom(3 * PIECE)
    threads = [threading.Thread(target=shared.put, args=(content,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with shared._engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(WAITING_BYTES)) == 3


def test_a_large_file_takes_little_memory_beside_itself(shared: TableBlobStore) -> None:
    content = os.urandom(40 * PIECE)
    tracemalloc.start()
    sha256 = shared.put(content)
    with shared.local_copies() as files:
        assert files.path(sha256)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * PIECE


def test_what_a_killed_extraction_left_is_swept(shared: TableBlobStore, tmp_path: Path) -> None:
    left = tmp_path / "bytes" / "laid-out-old"
    left.mkdir(parents=True)
    (left / "file").write_bytes(b"x")
    assert shared.sweep_parts() == 0
    os.utime(left, (0, 0))
    assert shared.sweep_parts() == 1
    assert not left.exists()


def test_bytes_that_another_process_has_read_meanwhile_are_not_asked_for_again(archive: Archive) -> None:
    hold(archive, with_file())
    sha256 = fetch(archive, b"bytes", url_of("7"))
    texts = TextWriter(archive)
    archive.blobs.drop([sha256])
    with archive.writing() as connection:
        connection.execute(text("UPDATE text SET status = 'text'"))
    texts._ask_again([sha256])
    with archive.reading() as connection:
        assert connection.scalar(text("SELECT status FROM file")) == "fetched"


def test_a_server_that_is_gone_is_said(shared: TableBlobStore) -> None:
    away = TableBlobStore(create_engine("postgresql+psycopg://127.0.0.1:9/nothing"), shared._folder)
    with pytest.raises(ArchiveUnavailable, match="does not answer"):
        away.put(b"x")

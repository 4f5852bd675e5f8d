"""The archive itself: opens the database, brings its tables up to date, and hands out transactions."""

from __future__ import annotations

import datetime as dt
import fcntl
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from archive.blob_store import BlobStore
from archive.change_number import OPENING
from archive.folder_blob_store import FolderBlobStore
from archive.locks import FolderLocks, Locks
from archive.schema import is_sqlite
from archive.session_locks import NOTICE_DEAD_SERVER, SessionLocks
from archive.settings import ArchiveSettings
from archive.table_blob_store import TableBlobStore
from archive.transaction import ArchiveUnavailable as ArchiveUnavailable
from archive.transaction import reading, writing
from archive.visibility_writer import decide_all, is_decided

HEAD = "0004"
"""The newest migration; a test holds it against `migrations/versions`."""

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Now, aware."""
    return dt.datetime.now(dt.UTC)


class Archive:
    """One installation's archive. Many processes may have it open at once."""

    def __init__(self, engine: Engine, blobs: BlobStore, locks: Locks, clock: Clock = utc_now) -> None:
        self.engine = engine
        self.blobs = blobs
        self.clock = clock
        self._locks = locks

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for a few reads that belong together."""
        return reading(self.engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction. Keep it short: others wait for it."""
        return writing(self.engine)

    @contextmanager
    def holding(self, name: str, lost: Callable[[], None]) -> Iterator[None]:
        """Hold the lock of that name among all processes with this archive; `lost` is called from another thread when
        it could not be kept. Raises LockHeld when another process holds it, ArchiveUnavailable."""
        with ExitStack() as stack:
            try:
                stack.enter_context(self._locks.hold(name, lost))
            except SQLAlchemyError as error:
                raise ArchiveUnavailable(f"the archive at {self.engine.url!r} gives no lock: {error}") from error
            yield

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_archive(settings: ArchiveSettings, clock: Clock = utc_now) -> Archive:
    """Open the archive and bring its tables up to date. Raises ArchiveUnavailable with what to do."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveUnavailable(
            f"{settings.home} cannot be the folder of an archive ({error.strerror}): name another with --home or "
            "RATSLUPE_HOME, or let this user write there"
        ) from error
    try:
        engine = _engine(settings.url)
    except (ArgumentError, ImportError) as error:
        raise ArchiveUnavailable(
            f"RATSLUPE_ARCHIVE_URL {settings.url!r} cannot be used: {error}; "
            "write sqlite:///path/archive.sqlite or postgresql+psycopg://user@host/database (extra: postgresql)"
        ) from error
    if is_sqlite(engine):
        _prepare_sqlite(engine)
    try:
        _migrate(engine, settings.home)
    except (SQLAlchemyError, OSError) as error:
        raise ArchiveUnavailable(f"the archive at {engine.url!r} cannot be opened: {error}") from error
    if is_sqlite(engine):
        return Archive(engine, FolderBlobStore(settings.bytes_folder), FolderLocks(settings.home / "locks"), clock)
    return Archive(engine, TableBlobStore(engine, settings.bytes_folder), SessionLocks(engine.url), clock)


def _engine(url: str) -> Engine:
    options = {OPENING: uuid.uuid4().hex}
    if url.startswith("sqlite"):
        return create_engine(url, execution_options=options)
    return create_engine(url, execution_options=options, pool_pre_ping=True, connect_args=dict(NOTICE_DEAD_SERVER))


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, so that readers never wait; writers take the lock at once and wait for each other instead of failing."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("busy_timeout=60000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _migrate(engine: Engine, home: Path) -> None:
    """Bring the tables up to date, and decide what may be shown by the rules of this version."""
    with engine.connect() as connection:
        if _version(connection) == HEAD and is_decided(connection):
            return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with (home / "migration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            decide_all(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None

"""Locks that hold across machines: advisory locks of PostgreSQL, each on a connection of its own.

The server releases a lock when its session ends: at once when the process dies, after 50 s when its machine vanishes
(it is asked after 20 s of silence, three times, 10 s apart). A holder that no longer reaches the server notices it
earlier, within about 25 s, so that two never hold one lock for long. A pooler that hands one session to several
(pgbouncer's transaction mode) cannot carry such locks."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from archive.locks import LockHeld

LOOK_SECONDS = 5.0
"""How often a holder makes sure that its session still lives."""
NOTICE_DEAD_SERVER = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20000}
NOTICE_DEAD_HOLDER = "-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
HOLDER = re.compile(r"ratslupe (\d+) on (.+)")
_WHO = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' "
    "AND l.granted AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND l.classid = CAST(:high AS bigint)::oid AND l.objid = CAST(:low AS bigint)::oid"
)


class SessionLocks:
    """The locks of all machines that share one PostgreSQL database."""

    def __init__(self, url: URL, look_seconds: float = LOOK_SECONDS) -> None:
        options = {"application_name": holder_name(), "options": NOTICE_DEAD_HOLDER, **NOTICE_DEAD_SERVER}
        self._engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=options)
        self._look_seconds = look_seconds

    @contextmanager
    def hold(self, name: str, lost: Callable[[], None]) -> Iterator[None]:
        """See Locks. Raises SQLAlchemyError when the server does not answer."""
        with self._engine.connect() as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(name)}):
                raise LockHeld(name, _holder(connection, name) or "an unknown process")
            released = threading.Event()
            watch = threading.Thread(
                target=self._watch, args=(connection, released, lost), name=f"lock-{name}", daemon=True
            )
            watch.start()
            try:
                yield
            finally:
                released.set()
                watch.join()

    def _watch(self, connection: Connection, released: threading.Event, lost: Callable[[], None]) -> None:
        while not released.wait(self._look_seconds):
            try:
                connection.scalar(text("SELECT 1"))
            except SQLAlchemyError:
                lost()
                return


def holder(engine: Engine, name: str) -> str | None:
    """Who holds the lock of that name, as "process 7 on host"; None when nobody does."""
    with engine.connect() as connection:
        return _holder(connection, name)


def holder_name() -> str:
    """What this process calls itself to the server, which cuts after 63 bytes."""
    return f"ratslupe {os.getpid()} on {socket.gethostname()}"[:63]


def _holder(connection: Connection, name: str) -> str | None:
    key = _key(name) % 2**64
    holder = connection.scalar(_WHO, {"high": key >> 32, "low": key % 2**32})
    found = HOLDER.fullmatch(holder or "")
    return f"process {found[1]} on {found[2]}" if found else holder


def _key(name: str) -> int:
    """The name as the signed 64 bits that PostgreSQL wants."""
    return int.from_bytes(hashlib.sha256(f"ratslupe:{name}".encode()).digest()[:8], "big", signed=True)

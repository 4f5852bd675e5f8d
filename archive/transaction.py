"""Connections and transactions of the archive's database, with one word for its not answering."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree


class ArchiveUnavailable(Exception):
    """The archive cannot be opened or does not answer; the message says what to do."""


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for a few reads that belong together. Raises ArchiveUnavailable."""
    with _told(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction, committed at the end. Raises ArchiveUnavailable."""
    with _told(engine), engine.execution_options(immediate=True).begin() as connection:
        yield connection


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        if not _is_of_the_archive(error):
            raise
        raise ArchiveUnavailable(f"the archive at {engine.url!r} does not answer: {error.orig}") from error
    except NoneFree as error:
        raise ArchiveUnavailable(f"the archive at {engine.url!r} is too busy: {error}") from error


def _is_of_the_archive(error: DatabaseError) -> bool:
    """Locked, full, gone or (SQLite's plain DatabaseError) damaged; its other kinds are faults of a statement."""
    return isinstance(error, OperationalError) or type(error) is DatabaseError

"""Statements over many rows: in lists that are short enough, and inserts that meet rows that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.schema import Table

CHUNK = 500


def chunks(values: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """The values in lists short enough for one statement."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def put_rows(connection: Connection, table: Table, rows: list[dict[str, Any]], update: tuple[str, ...]) -> None:
    """Insert rows; where the primary key is there already, set the columns of `update` (none: leave the row alone)."""
    if not rows:
        return
    module = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = module.insert(table)
    keys = [column.name for column in table.primary_key]
    if update:
        values = {name: statement.excluded[name] for name in update}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), rows)
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=keys), rows)

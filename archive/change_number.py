"""Change numbers: one a transaction, in the order of the commits; and where each comes from."""

from __future__ import annotations

from sqlalchemy import Connection, select

from archive.rows import put_rows
from archive.schema import LINEAGE, SEQUENCE

OPENING = "ratslupe_opening"
"""The execution option of a connection that names the opening of the archive it belongs to; see `schema.LINEAGE`."""


def next_seq(connection: Connection) -> int:
    """The change number of this transaction. It holds the one row until the commit, so that numbers become visible in
    their order and a reader that has seen number n never misses one below it."""
    raised = SEQUENCE.update().where(SEQUENCE.c.name == "change").values(value=SEQUENCE.c.value + 1)
    number = int(connection.execute(raised.returning(SEQUENCE.c.value)).scalar_one())
    opening = connection.get_execution_options()[OPENING]
    put_rows(connection, LINEAGE, [{"opening": opening, "first_seq": number}], ())
    return number


def current_seq(connection: Connection) -> int:
    """The newest change number."""
    return int(connection.execute(select(SEQUENCE.c.value).where(SEQUENCE.c.name == "change")).scalar_one())


def one_after_the_other(connection: Connection) -> None:
    """Wait for every other transaction that has begun to change what is shown, and let the later ones wait for this."""
    connection.execute(select(SEQUENCE.c.value).where(SEQUENCE.c.name == "change").with_for_update())


def opening_of(connection: Connection, seq: int) -> str:
    """Which opening of the archive has given out this change number, or would have: a name that no other has."""
    newest_first = LINEAGE.c.first_seq.desc(), LINEAGE.c.opening
    query = select(LINEAGE.c.opening).where(LINEAGE.c.first_seq <= seq).order_by(*newest_first).limit(1)
    return str(connection.execute(query).scalar_one())

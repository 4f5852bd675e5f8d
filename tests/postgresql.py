"""The PostgreSQL server that tests may use: an empty database of its own for each, and a loud reason where there is
none. Processes that test side by side do not meet there."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import create_engine, make_url, text

SERVER = "RATSLUPE_TEST_POSTGRESQL"


def empty_postgresql() -> str:
    """The URL of a database without tables; skips the test where no server is named. What this process was given before
    is gone then, whoever is still connected to it."""
    server = os.environ.get(SERVER, "")
    if not server:
        pytest.skip(f"NO POSTGRESQL: {SERVER} names none; run tests/with_postgresql .venv/bin/pytest")
    name = f"ratslupe_test_{os.getpid()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)

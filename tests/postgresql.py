"""The PostgreSQL server that tests may use: emptied before each, and a loud reason where there is none."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import create_engine, text

SERVER = "RATSLUPE_TEST_POSTGRESQL"


def empty_postgresql() -> str:
    """The URL of a database without tables; skips the test where no server is named."""
    url = os.environ.get(SERVER, "")
    if not url:
        pytest.skip(f"NO POSTGRESQL: {SERVER} names none; run tests/with_postgresql .venv/bin/pytest")
    engine = create_engine(url)
    with engine.begin() as connection:
        for schema in ("public", "ratslupe_queue"):
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url

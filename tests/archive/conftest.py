"""An archive in a temporary folder, with a clock that a test can turn; also on PostgreSQL where a server is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.archive import Archive, open_archive
from archive.settings import ArchiveSettings
from tests.postgresql import empty_postgresql


class Clock:
    """Time as a test wants it."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += dt.timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    url = f"sqlite:///{tmp_path / 'archive.sqlite'}"
    if request.param == "postgresql":
        url = empty_postgresql()
    opened = open_archive(ArchiveSettings(tmp_path, url), clock)
    yield opened
    opened.close()

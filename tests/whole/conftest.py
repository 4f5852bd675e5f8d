"""A townhall server with a small town, and an installation on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.simulation.oparl import EditableOParl
from tests.whole.house import House
from townhall.invention.municipalities import Town, invent_town


@cache
def small_town() -> Town:
    return invent_town("Prüflingen", 11, papers=24, meetings=8)


@pytest.fixture
def server() -> Iterator[EditableOParl]:
    with EditableOParl(small_town(), page_size=10) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, server: EditableOParl) -> House:
    return House(tmp_path, server.url)

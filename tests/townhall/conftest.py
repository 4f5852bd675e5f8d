"""One server a test, of a town small enough to be read whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.simulation.oparl import EditableOParl
from townhall.invention.model import Town
from townhall.invention.municipalities import invent_town


@cache
def small_town() -> Town:
    return invent_town("Prüfhausen", 7, papers=30, meetings=12)


@pytest.fixture
def town() -> Town:
    return small_town()


@pytest.fixture
def server(town: Town) -> Iterator[EditableOParl]:
    with EditableOParl(town, page_size=10) as running:
        yield running

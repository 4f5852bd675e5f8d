"""One server a test, of a municipality small enough to be read whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.simulation.oparl import EditableOParl
from townhall.invention.model import Municipality
from townhall.invention.municipalities import invent_municipality


@cache
def small_municipality() -> Municipality:
    return invent_municipality("Prüfhausen", 7, papers=30, meetings=12)


@pytest.fixture
def municipality() -> Municipality:
    return small_municipality()


@pytest.fixture
def server(municipality: Municipality) -> Iterator[EditableOParl]:
    with EditableOParl(municipality, page_size=10) as running:
        yield running

"""A townhall server with a small municipality, and an installation on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.simulation.oparl import EditableOParl
from tests.whole.house import House
from tests.whole.products.product import Product
from tests.whole.products.visit import FirstVisit, Visit
from tests.whole.products.visit import first_visit as visit_first
from townhall.invention.municipalities import Municipality, invent_municipality


@cache
def small_municipality() -> Municipality:
    return invent_municipality("Prüflingen", 11, papers=24, meetings=8)


@pytest.fixture
def server() -> Iterator[EditableOParl]:
    with EditableOParl(small_municipality(), page_size=10) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, server: EditableOParl) -> House:
    return House(tmp_path, server.url)


@pytest.fixture(scope="session")
def first_visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Product], FirstVisit]]:
    """A product's first crawl, made when it is first wanted, for all tests of this process."""
    with ExitStack() as servers:

        @cache
        def of(product: Product) -> FirstVisit:
            server = servers.enter_context(product.serve(product.municipality()))
            return visit_first(product, server, tmp_path_factory.mktemp(str(product)))

        yield of


@pytest.fixture
def first_visit(product: Product, first_visits: Callable[[Product], FirstVisit]) -> Visit:
    """What a first crawl asked for and held."""
    return first_visits(product).visit


@pytest.fixture
def visited(product: Product, first_visits: Callable[[Product], FirstVisit], tmp_path: Path) -> Iterator[Visit]:
    """The server of a product after its first crawl, and a copy of the installation that made it."""
    first = first_visits(product)
    yield first.copied_to(tmp_path / "copy")
    first.restore()

"""Elasticsearch servers of one's own, for tests that stop them: pytest_plugins = ["tests.servers.fixtures"]."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.absence import or_skip
from tests.servers.elasticsearch import Ground, Server
from tests.servers.ingredients import VERSIONS


@pytest.fixture
def ground() -> Iterator[Ground]:
    """Where a test makes servers and clusters of its own: `with or_skip(): ground.cluster(version, 3)`."""
    with Ground() as made:
        yield made


@pytest.fixture(scope="module", params=VERSIONS)
def own_elasticsearch(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A single node that is up, of each version; a test that stops it starts it again."""
    yield from started(request.param, security=False)


@pytest.fixture(scope="module", params=VERSIONS)
def secure_elasticsearch(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The same with TLS, password and API keys: server.security tells what a client needs."""
    yield from started(request.param, security=True)


def started(version: str, *, security: bool) -> Iterator[Server]:
    with or_skip():
        made = Ground(security=security)
    with made as ground:
        with or_skip():
            server = ground.server(version)
        server.start()
        yield server

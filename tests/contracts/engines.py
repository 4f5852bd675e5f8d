"""The engines the contract is tested on. A new engine is one more line.

Elasticsearch is tested on every server that RATSLUPE_TEST_ELASTICSEARCH names (`8.19.5=http://…,9.2.0=http://…`);
`tests/with_elasticsearch` starts them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

import pytest
from elasticsearch import Elasticsearch

from indexer.index.contract import Engine
from indexer.index.elasticsearch import ElasticsearchEngine
from indexer.index.elasticsearch.settings import ElasticsearchSettings
from indexer.index.engines import open_engine
from tests.servers.ingredients import VERSIONS

NO_SERVER: Final = (
    "NOT TESTED on Elasticsearch: no server of that version is named by RATSLUPE_TEST_ELASTICSEARCH; "
    "run tests/with_elasticsearch COMMAND (needs Java 17 and Maven)"
)


class Installation(Protocol):
    """One installation of one engine, with nothing in it yet."""

    def open(self) -> Engine:
        """Its engine, as another process would open it."""
        ...

    def size(self) -> int:
        """Bytes of all its builds, old ones too."""
        ...

    def clean(self) -> None:
        """Remove it."""
        ...


class TantivyInstallation:
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "index"

    def open(self) -> Engine:
        return open_engine("tantivy", self._folder, {})

    def size(self) -> int:
        return sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())

    def clean(self) -> None:
        pass


class ElasticsearchInstallation:
    """`shards`: among so many shards every index is divided."""

    def __init__(self, urls: tuple[str, ...], folder: Path, shards: int = 1) -> None:
        name = f"test-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
        self.settings = ElasticsearchSettings(urls, index=name, shards=shards, replicas=0)
        self.client = Elasticsearch(list(urls))

    def open(self) -> Engine:
        return ElasticsearchEngine(self.settings)

    def size(self) -> int:
        stats = self.client.indices.stats(index=f"{self.settings.index}-v*", metric="store")
        return int(stats["_all"]["total"]["store"]["size_in_bytes"])

    def clean(self) -> None:
        for index in self.client.indices.get(index=f"{self.settings.index}-*", features="aliases"):
            self.client.indices.delete(index=index)
        self.client.close()


def servers(environment: Mapping[str, str] = os.environ) -> dict[str, tuple[str, ...]]:
    """The Elasticsearch servers there are: version → addresses of its nodes."""
    named = [one for one in environment.get("RATSLUPE_TEST_ELASTICSEARCH", "").split(",") if one]
    return {version: tuple(urls.split(";")) for version, _, urls in (one.partition("=") for one in named)}


ELASTICSEARCH: Final = tuple(dict.fromkeys((*VERSIONS, *servers())))
"""Every version that is tested, whether its server is there or not."""
KINDS: Final = ("tantivy", *(f"elasticsearch-{version}" for version in ELASTICSEARCH))


def install(kind: str, folder: Path) -> Installation:
    """A new installation; skips the test, and says so, where its server is missing."""
    engine, _, version = kind.partition("-")
    return TantivyInstallation(folder) if engine == "tantivy" else install_elasticsearch(version, folder)


def install_elasticsearch(version: str, folder: Path) -> ElasticsearchInstallation:
    """The same on a server of that version."""
    if version not in servers():
        pytest.skip(NO_SERVER)
    return ElasticsearchInstallation(servers()[version], folder)

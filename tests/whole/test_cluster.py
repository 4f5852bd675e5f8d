"""A cluster that is killed, frozen, cut in parts or closed to us: what the API answers, and that nothing is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from archive.archive import open_archive
from archive.change_reader import ChangeReader
from archive.settings import ArchiveSettings
from indexer.index.contract import Engine, Entry, IndexFault, IndexReader, IndexUnavailable, IndexWriter, Query
from indexer.index.elasticsearch import ElasticsearchEngine, client
from indexer.index.elasticsearch.builds import Builds
from indexer.index.elasticsearch.settings import ElasticsearchSettings, elasticsearch_settings
from search_api.app import create_app
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client
from tests.search_api.invented import Town
from tests.servers.absence import or_skip
from tests.servers.elasticsearch import Ground, Server
from tests.servers.ingredients import VERSIONS
from tests.waiting import eventually, until

pytest_plugins = ["tests.servers.fixtures"]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    archive = open_archive(ArchiveSettings(tmp_path, f"sqlite:///{tmp_path / 'archive.sqlite'}"))
    filled = Town(archive)
    filled.fill()
    yield filled
    archive.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "AWAY_PAUSES", (0.1,))


def settings_of(*servers: Server, index: str = "ratslupe", seconds: float = 60.0) -> ElasticsearchSettings:
    urls = tuple(server.url for server in servers)
    return ElasticsearchSettings(urls, index, replicas=0, timeout_seconds=seconds, write_timeout_seconds=seconds)


def entries(count: int) -> list[Entry]:
    return [Entry(id=f"{n}", kind="paper", municipality="musterstadt", title=f"Brunnen {n}") for n in range(count)]


def fill(engine: Engine, count: int) -> None:
    with engine.update() as writer:
        writer.put(entries(count))
        writer.commit(1)


def total(reader: IndexReader) -> int:
    return reader.search(Query()).total


def finds(reader: IndexReader, count: int) -> Callable[[], bool]:
    """Whether it finds so many; a cluster that is just coming up does not answer yet."""

    def found() -> bool:
        with suppress(IndexUnavailable):
            return total(reader) == count
        return False

    return found


# --- killed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("own_elasticsearch", VERSIONS[-1:], indirect=True)
def test_killed_while_asked_and_while_a_build_goes_on(
    own_elasticsearch: Server, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ElasticsearchEngine(settings_of(own_elasticsearch))
    with engine.update() as writer:
        writer.put(town.entries())
        writer.commit(ChangeReader(town.archive).seq())
    reader = engine.reader()
    api = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))
    before = api.get("/api/v1/search").json()["total"]
    building = engine.rebuild()
    building.put(entries(1000))
    building.commit(7)
    building.put(entries(2000)[1000:])
    own_elasticsearch.kill()
    for path in ("/api/v1/search?q=Radwege", "/suche?q=Radwege", "/readyz"):
        answer = api.get(path)
        assert answer.status_code == 503, path
        assert int(answer.headers["Retry-After"]) > 0
        assert "total" not in answer.text
    with pytest.raises(IndexUnavailable):
        building.commit(8)
    building.__exit__(IndexUnavailable, IndexUnavailable(), None)
    own_elasticsearch.start()
    assert eventually(lambda: api.get("/api/v1/search").status_code == 200)
    assert api.get("/api/v1/search").json()["total"] == before
    killed_while_swapping(own_elasticsearch, engine, reader, before, monkeypatch)
    reader.close()


def killed_while_swapping(
    server: Server, engine: Engine, reader: IndexReader, before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The alias points to one build or to the other, never to none."""
    swap = Builds.swap

    def killed(self: Builds, build: str) -> None:
        server.kill()
        swap(self, build)

    with monkeypatch.context() as patched:
        patched.setattr(Builds, "swap", killed)
        with pytest.raises(IndexUnavailable):
            publish(engine, 50)
    server.start()
    assert eventually(finds(reader, before))
    publish(engine, 60)  # the lock of who could not give it back has run out meanwhile, or is waited for
    assert eventually(finds(reader, 60))
    assert set(aliases(server)) == {"ratslupe", "ratslupe-previous"}


def publish(engine: Engine, count: int) -> None:
    writers: list[IndexWriter] = []

    def writing() -> bool:
        with suppress(IndexFault):
            writers.append(engine.rebuild())
        return bool(writers)

    until(writing, "the lock of who could not give it back")
    with writers[0] as writer:
        writer.put(entries(count))
        writer.commit(1)
        engine.publish(writer, count)


def aliases(server: Server) -> list[str]:
    with Elasticsearch(server.url) as asked:
        found = asked.indices.get_alias(index="ratslupe-v*")
    return [alias for about in found.values() for alias in about["aliases"]]


def wait_for_copies(server: Server) -> None:
    with Elasticsearch(server.url, request_timeout=310) as asked:
        health = asked.cluster.health(wait_for_status="green", timeout="300s")
    assert health["status"] == "green", health


def test_a_frozen_cluster_is_not_waited_for_without_end(own_elasticsearch: Server) -> None:
    fill(ElasticsearchEngine(settings_of(own_elasticsearch, index="frozen")), 3)
    reader = ElasticsearchEngine(settings_of(own_elasticsearch, index="frozen", seconds=2.0)).reader()
    assert eventually(finds(reader, 3))
    os.kill(own_elasticsearch.pid, signal.SIGSTOP)
    try:
        with pytest.raises(IndexUnavailable, match="in time"):
            total(reader)
    finally:
        os.kill(own_elasticsearch.pid, signal.SIGCONT)
    assert eventually(finds(reader, 3))
    reader.close()


# --- in parts ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[Server]]:
    with or_skip(), Ground() as ground:
        nodes = ground.cluster(VERSIONS[-1], 3)
        for node in nodes:
            node.launch()
        for node in nodes:
            node.wait()
        yield nodes


def test_a_lost_node_makes_answers_partial_without_copies_and_changes_nothing_with_them(nodes: list[Server]) -> None:
    bare = replace(settings_of(*nodes, index="bare"), shards=6)
    safe = replace(settings_of(*nodes, index="safe"), shards=6, replicas=1)
    readers = []
    for settings in (bare, safe):
        engine = ElasticsearchEngine(settings)
        publish(engine, 300)
        readers.append(engine.reader())
        assert total(readers[-1]) == 300
    wait_for_copies(nodes[0])  # a copy that is not made yet cannot stand in for a lost node
    nodes[0].kill()
    assert eventually(finds(readers[1], 300))
    complete = readers[1].search(Query(limit=300))
    assert (complete.total, complete.partial, len(complete.hits)) == (300, False, 300)
    lacking = readers[0].search(Query())
    assert lacking.partial
    assert 0 < lacking.total < 300
    assert [hit.id for hit in lacking.hits]
    nodes[0].start()
    assert eventually(finds(readers[0], 300))
    assert not readers[0].search(Query()).partial
    for reader in readers:
        reader.close()


# --- closed to us ------------------------------------------------------------------------------------------------


def test_a_password_a_key_and_an_own_authority(secure_elasticsearch: Server, tmp_path: Path) -> None:
    secrets = secure_elasticsearch.security
    assert secrets is not None
    named = {
        "RATSLUPE_ELASTICSEARCH_URL": secure_elasticsearch.url,
        "RATSLUPE_ELASTICSEARCH_CA": str(secrets.ca),
        "RATSLUPE_ELASTICSEARCH_REPLICAS": "0",
    }
    password = {
        "RATSLUPE_ELASTICSEARCH_USER": secrets.user,
        "RATSLUPE_ELASTICSEARCH_PASSWORD": secrets.password,
    }
    fill(ElasticsearchEngine(elasticsearch_settings(named | password)), 3)
    with Elasticsearch(
        secure_elasticsearch.url, ca_certs=str(secrets.ca), basic_auth=(secrets.user, secrets.password)
    ) as admin:
        rights = {
            "cluster": ["monitor"],
            "indices": [{"names": ["ratslupe*"], "privileges": ["manage", "read", "write"]}],
        }
        key = admin.security.create_api_key(name="indexer", role_descriptors={"indexer": rights})["encoded"]
    keyed = ElasticsearchEngine(elasticsearch_settings(named | {"RATSLUPE_ELASTICSEARCH_API_KEY": key}))
    publish(keyed, 5)
    reader = keyed.reader()
    assert total(reader) == 5
    assert reader.state().entries == 5
    reader.close()
    wrong = {
        "another key": named | {"RATSLUPE_ELASTICSEARCH_API_KEY": "bm9ib2R5Om5vdGhpbmc="},
        "another key or password": named | password | {"RATSLUPE_ELASTICSEARCH_PASSWORD": "guessed"},
        "cannot be reached": {name: value for name, value in (named | password).items() if not name.endswith("_CA")},
    }
    for told, environment in wrong.items():
        reader = ElasticsearchEngine(elasticsearch_settings(environment)).reader()
        with pytest.raises(IndexUnavailable, match=told):
            total(reader)
        reader.close()

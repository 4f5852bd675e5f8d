"""What Elasticsearch does beyond the contract, on real servers: `tests/with_elasticsearch pytest …`."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from elasticsearch import Elasticsearch

from indexer.index import cursor
from indexer.index.contract import Engine, Entry, FacetName, IndexFault, IndexLocked, IndexReader, Query, Sort
from indexer.index.elasticsearch import ElasticsearchEngine, client, pages, sender
from indexer.index.elasticsearch.lock import WriterLock
from indexer.index.elasticsearch.names import Names
from indexer.index.elasticsearch.sender import Operation, SendingThread, send
from indexer.index.elasticsearch.settings import ElasticsearchSettings
from indexer.index.query import parse
from tests.contracts.engines import ELASTICSEARCH, ElasticsearchInstallation, install_elasticsearch
from tests.waiting import until


@pytest.fixture(params=ELASTICSEARCH)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ElasticsearchInstallation]:
    installation = install_elasticsearch(request.param, tmp_path)
    yield installation
    installation.clean()


@pytest.fixture
def engine(installation: ElasticsearchInstallation) -> Engine:
    return installation.open()


@pytest.fixture
def reader(engine: Engine) -> Iterator[IndexReader]:
    reader = engine.reader()
    yield reader
    reader.close()


def entry(id_: str, title: str = "Brunnen", **more: object) -> Entry:
    return replace(Entry(id=id_, kind="paper", municipality="musterstadt", title=title), **more)  # type: ignore[arg-type]


def fill(engine: Engine, *entries: Entry) -> None:
    with engine.update() as writer:
        writer.put(entries)
        writer.commit(1)


def builds(installation: ElasticsearchInstallation) -> set[str]:
    return set(installation.client.indices.get(index=f"{installation.settings.index}-v*", features="aliases"))


# --- several shards ----------------------------------------------------------------------------------------------


def test_shards_change_neither_hits_nor_scores_nor_counts(
    installation: ElasticsearchInstallation, tmp_path: Path
) -> None:
    entries = [
        entry(
            f"{n:03d}",
            f"Brunnen {'Platz ' * (n % 5)}",
            date=dt.date(2020, 1, 1) + dt.timedelta(n % 50),
            organizations=tuple(f"Rat {m}" for m in range(n % 7)),
            texts=(f"Der Brunnen am Markt {n}, erneuert.",),
        )
        for n in range(200)
    ]
    asked = Query(parse("brunnen platz markt"), limit=200, facets=(FacetName.ORGANIZATION,), facet_size=3)
    divided = ElasticsearchInstallation(installation.settings.urls, tmp_path / "divided", shards=5)
    found = []
    try:
        for one in (installation, divided):
            fill(one.open(), *entries)
            reader = one.open().reader()
            results = [reader.search(replace(asked, sort=sort)) for sort in Sort]
            reader.close()
            found.append([(r.total, r.facets, [(hit.id, hit.score) for hit in r.hits]) for r in results])
    finally:
        divided.clean()
    assert found[0] == found[1]


# --- paging ------------------------------------------------------------------------------------------------------


def test_pages_deeper_than_the_window(engine: Engine, reader: IndexReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "WINDOW", 50)
    fill(engine, *(entry(f"{n:03d}", date=dt.date(2020, 1, 1) + dt.timedelta(n // 90)) for n in range(330)))
    for sort in Sort:
        everything = [hit.id for hit in reader.search(Query(parse("brunnen"), sort=sort, limit=1000)).hits]
        assert len(set(everything)) == 330
        for offset in (0, 30, 49, 50, 99, 100, 101, 250, 329, 330):
            page = reader.search(Query(parse("brunnen"), sort=sort, limit=60, offset=offset))
            assert [hit.id for hit in page.hits] == everything[offset : offset + 60], (sort, offset)
            assert (page.next is None) == (offset + 60 >= 330)
            if page.next:
                following = reader.search(Query(parse("brunnen"), sort=sort, limit=60, after=page.next))
                assert [hit.id for hit in following.hits] == everything[offset + 60 : offset + 120], (sort, offset)


@pytest.mark.parametrize("sort", list(Sort))
def test_who_goes_from_page_to_page_sees_one_state(engine: Engine, reader: IndexReader, sort: Sort) -> None:
    days = [dt.date(2020, 1, 1) + dt.timedelta(n // 4) for n in range(12)]
    fill(engine, *(entry(f"{n:03d}", "Brunnen " * (1 + n % 3), date=day) for n, day in enumerate(days)))
    asked = Query(parse("brunnen"), sort=sort, limit=3)
    before = [hit.id for hit in reader.search(replace(asked, limit=100)).hits]
    page = reader.search(asked)
    seen = [hit.id for hit in page.hits]
    page = reader.search(replace(asked, after=page.next))  # from here on the state is kept
    seen += [hit.id for hit in page.hits]
    with engine.update() as writer:
        writer.delete(["000"])
        writer.put(entry(f"new-{n}", "Brunnen Brunnen", date=days[n]) for n in range(12))
        writer.commit(2)
    while page.next:
        page = reader.search(replace(asked, after=page.next))
        seen += [hit.id for hit in page.hits]
    assert seen == before


def test_a_state_that_is_kept_no_longer_is_no_error(
    installation: ElasticsearchInstallation, engine: Engine, reader: IndexReader
) -> None:
    fill(engine, *(entry(f"{n:03d}", date=dt.date(2020, 1, 1)) for n in range(9)))
    for sort in Sort:
        asked = Query(parse("brunnen"), sort=sort, limit=3)
        first = reader.search(asked)
        second = reader.search(replace(asked, after=first.next))
        assert second.next
        kept = cursor.read(second.next, replace(asked, after=second.next))[4]
        installation.client.close_point_in_time(id=kept)
        third = reader.search(replace(asked, after=second.next))
        assert [hit.id for page in (first, second, third) for hit in page.hits] == [f"{n:03d}" for n in range(9)]
        assert third.next is None


# --- one writer --------------------------------------------------------------------------------------------------


def lock(installation: ElasticsearchInstallation) -> dict[str, float]:
    meta = Names(installation.settings.index).meta
    found: dict[str, float] = installation.client.get(index=meta, id="lock")["_source"]
    return found


def change_lock(installation: ElasticsearchInstallation, **fields: float) -> None:
    installation.client.update(index=Names(installation.settings.index).meta, id="lock", doc=fields)


def short(installation: ElasticsearchInstallation) -> ElasticsearchEngine:
    return ElasticsearchEngine(installation.settings, lease_seconds=1.0)


def test_a_dead_writers_lock_is_taken_over(
    installation: ElasticsearchInstallation, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, entry("a"))
    monkeypatch.setattr(WriterLock, "_renew_until_released", lambda self: None)
    silent = short(installation).update()
    change_lock(installation, lease_seconds=3600)
    with pytest.raises(IndexLocked, match="is being written by"):
        short(installation).update()
    change_lock(installation, renewed_at=time.time() - 3601)
    time.sleep(0.5)  # half its lease: from then on a writer looks whether its lock is still its own
    with short(installation).update() as writer:
        writer.put([entry("b")])
        silent.put([entry("c")])
        with pytest.raises(IndexLocked, match="taken over"):
            silent.commit(9)
        writer.commit(2)
    silent.__exit__(None, None, None)
    with engine.update() as writer:
        assert (writer.entries, writer.cursor) == (2, 2)


def test_a_writer_that_is_only_slow_keeps_its_lock(installation: ElasticsearchInstallation) -> None:
    with short(installation).update() as writer:
        writer.put([entry("a")])
        begun = lock(installation)["renewed_at"]
        until(lambda: lock(installation)["renewed_at"] > begun + 2 * lock(installation)["lease_seconds"])
        with pytest.raises(IndexLocked):
            short(installation).update()
        writer.commit(1)
        assert writer.entries == 1


# --- builds ------------------------------------------------------------------------------------------------------


def test_a_build_that_somebody_left_is_swept_and_others_are_not_touched(
    installation: ElasticsearchInstallation, engine: Engine
) -> None:
    fill(engine, entry("a"))
    name = installation.settings.index
    left = f"{name}-v1-20200101t000000-0123abcd"
    others = (f"{name}-v1-copy", f"{name}-v2x-v1-20200101t000000-0123abcd")
    for index in (left, *others):
        installation.client.indices.create(index=index)
    with engine.update():
        pass
    assert set(others) < builds(installation)
    assert left not in builds(installation)


def test_a_failed_build_leaves_nothing(installation: ElasticsearchInstallation, engine: Engine) -> None:
    fill(engine, entry("a"))
    before = builds(installation)
    writer = engine.rebuild()
    writer.put([entry("b")])
    writer.commit(1)
    assert len(builds(installation)) == 2
    writer.__exit__(ValueError, ValueError(), None)
    assert builds(installation) == before


def test_one_build_is_kept_to_go_back_to(installation: ElasticsearchInstallation, engine: Engine) -> None:
    for turn in range(3):
        with engine.rebuild() as writer:
            writer.put([entry("a", f"Brunnen {turn}")])
            writer.commit(turn)
            engine.publish(writer, 1)
    aliases = installation.client.indices.get_alias(index=f"{installation.settings.index}-v*")
    found = sorted(alias for about in aliases.values() for alias in about["aliases"])
    assert found == [installation.settings.index, f"{installation.settings.index}-previous"]
    settings = installation.client.indices.get_settings(index=installation.settings.index)
    (one,) = settings.values()
    assert "translog" not in one["settings"]["index"] or one["settings"]["index"]["translog"]["durability"] == "request"
    assert "blocks" not in one["settings"]["index"]


def test_a_build_that_holds_too_little_is_not_published(
    installation: ElasticsearchInstallation, engine: Engine, reader: IndexReader
) -> None:
    fill(engine, entry("old"))
    with engine.rebuild() as writer:
        writer.put([entry("a"), entry("b")])
        writer.commit(1)
        (build,) = builds(installation) - {reader.state().name}
        installation.client.delete(index=build, id="b", refresh=True)
        with pytest.raises(IndexFault, match="1 of 2 entries"):
            engine.publish(writer, 2)
    assert [hit.id for hit in reader.search(Query()).hits] == ["old"]


def test_a_build_that_vanished_is_not_made_anew_by_writing(
    installation: ElasticsearchInstallation, engine: Engine
) -> None:
    fill(engine, entry("a"))
    with engine.update() as writer:
        writer.put([entry("b")])
        (build,) = builds(installation)
        installation.client.indices.delete(index=build)
        with pytest.raises(IndexFault, match="not there any more"):
            writer.commit(2)
    assert builds(installation) == set()


# --- writing in bulk ---------------------------------------------------------------------------------------------


def test_refused_documents_are_named(installation: ElasticsearchInstallation, engine: Engine) -> None:
    fill(engine, entry("a"))
    (build,) = builds(installation)
    operations = [Operation("good", b'{"id":"good"}'), Operation("bad", b'{"nonsense":1}'), Operation("gone", None)]
    with pytest.raises(IndexFault, match=r"refused 1 documents: bad: .*strict"):
        send(installation.client, build, operations, lambda: None)
    installation.client.indices.refresh(index=build)
    assert installation.client.exists(index=build, id="good")


def test_long_ids_and_values_are_no_obstacle(engine: Engine, reader: IndexReader) -> None:
    long = "x" * 40_000
    odd = entry(f"musterstadt:paper:{long}\n1", "Brunnen " + long, paper_type=long, organizations=(long, "Rat"))
    fill(engine, odd, entry("b"))
    results = reader.search(Query(parse("brunnen"), facets=(FacetName.ORGANIZATION,)))
    assert {hit.id for hit in results.hits} == {odd.id, "b"}
    with engine.update() as writer:
        writer.delete([odd.id])
        writer.commit(2)
        assert writer.entries == 1


class Moody(BaseHTTPRequestHandler):
    """A cluster that is away, then busy, then busy with one document, then writes down what it takes."""

    moods: ClassVar[list[str]] = []
    taken: ClassVar[list[str]] = []

    def do_PUT(self) -> None:
        lines = self.rfile.read(int(self.headers["Content-Length"])).splitlines()
        ids = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        mood = Moody.moods.pop(0) if Moody.moods else ""
        if mood == "away":
            self.close_connection = True
            return
        busy = set(ids[:1]) if mood == "one" else set()
        Moody.taken += [id_ for id_ in ids if id_ not in busy and mood != "busy"]
        items = [{"index": {"_id": id_, "status": 429 if id_ in busy else 200}} for id_ in ids]
        self._answer(429 if mood == "busy" else 200, {"errors": bool(busy), "items": items})

    def _answer(self, status: int, body: dict[str, object]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def moody(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elasticsearch]:
    monkeypatch.setattr(sender, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(client, "AWAY_PAUSES", (0.01, 0.01))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    moody = client.connect(ElasticsearchSettings((f"http://127.0.0.1:{server.server_port}",)), writing=True)
    Moody.taken = []
    yield moody
    moody.close()
    server.shutdown()
    server.server_close()


def test_a_cluster_that_is_away_or_busy_is_asked_again(moody: Elasticsearch) -> None:
    Moody.moods = ["away"] * 5 + ["busy"] * 5 + ["one", "one"]
    send(moody, "index", [Operation(id_, b"{}") for id_ in "abc"], lambda: None)
    assert sorted(Moody.taken) == ["a", "b", "c"]
    assert Moody.moods == []


def test_patience_ends(moody: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "TRIES", 2)
    for mood, told in (("away", "cannot be reached"), ("busy", "429"), ("one", "refused 1 documents: a: ")):
        Moody.moods = [mood] * 100
        with pytest.raises(IndexFault, match=told):
            send(moody, "index", [Operation(id_, b"{}") for id_ in "a"], lambda: None)


def test_what_goes_wrong_while_sending_is_raised_to_who_puts() -> None:
    def lost() -> None:
        raise IndexLocked("lost")

    nobody = Elasticsearch("http://127.0.0.1:9")
    sending = SendingThread(nobody, "nowhere", lost)
    sending.put(Operation("a", b"{}"))
    with pytest.raises(IndexLocked):
        sending.flush()
    nobody.close()


def test_names_of_builds_are_told_from_others() -> None:
    names = Names("rats")
    assert names.is_build(names.new_build())
    assert not Names("rats-x").is_build(names.new_build())
    assert not names.is_build("rats-meta")

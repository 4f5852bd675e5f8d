"""The same over the real engine: a question, its passages, its facets, deep pages."""

from __future__ import annotations

from pathlib import Path

from archive.change_reader import ChangeReader
from indexer.index.engines import open_engine
from search_api.app import create_app
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client
from tests.search_api.invented import TOWN, Town


def test_a_question_is_answered_by_the_real_engine(town: Town, tmp_path: Path) -> None:
    engine = open_engine("tantivy", tmp_path / "index", {})
    reader = engine.reader()
    client = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))
    assert client.get("/api/v1/search").status_code == 503
    assert client.get("/readyz").status_code == 503
    entries = town.entries()
    with engine.update() as writer:
        writer.put(entries)
        seq = ChangeReader(town.archive).seq()
        writer.commit(seq, ChangeReader(town.archive).origin(seq))
    body = client.get("/api/v1/search?q=Radwege&kind=paper").json()
    assert [hit["id"] for hit in body["hits"]] == [f"{TOWN}:paper:7"]
    assert body["hits"][0]["passages"][0]["highlights"]
    assert {c["value"]: c["count"] for c in body["facets"]["kind"]} == {"paper": 1, "meeting": 2}
    assert client.get("/readyz").json()["changes_behind"] == 0
    first = client.get("/api/v1/search?limit=3").json()
    rest = client.get(f"/api/v1/search?limit=3&after={first['next']}").json()
    assert len({hit["id"] for hit in first["hits"] + rest["hits"]}) == 4
    assert client.get("/api/v1/search?after=broken").json()["parameter"] == "after"
    reader.close()


def test_what_was_forgiven_is_marked(town: Town, tmp_path: Path) -> None:
    engine = open_engine("tantivy", tmp_path / "index", {})
    with engine.update() as writer:
        writer.put(town.entries())
        writer.commit(1)
    reader = engine.reader()
    client = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))
    (hit,) = client.get("/api/v1/search?q=Bahnhofstrsse&kind=paper").json()["hits"]
    ((start, end),) = hit["title_highlights"]
    assert hit["title"][start:end] == "Bahnhofstraße"
    assert [p["text"][a:b] for p in hit["passages"] for a, b in p["highlights"]] == ["Bahnhofstraße"]
    text = client.page(f"/files/{TOWN}:file:f7/text?q=Bahnhofstrsse")
    assert [mark.get_text() for mark in text.find_all("mark")] == ["Bahnhofstraße"]
    reader.close()


def test_papers_are_found_and_counted_by_who_brought_them_in(town: Town, tmp_path: Path) -> None:
    engine = open_engine("tantivy", tmp_path / "index", {})
    with engine.update() as writer:
        writer.put(town.entries())
        writer.commit(1)
    reader = engine.reader()
    client = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))
    body = client.get("/api/v1/search?originator=Bauamt").json()
    assert [hit["id"] for hit in body["hits"]] == [f"{TOWN}:paper:7"]
    assert body["query"]["filters"] == {"originator": ["Bauamt"]}
    assert body["facets"]["originator"] == [{"value": "Bauamt", "label": "Bauamt", "count": 1}]
    assert client.get("/api/v1/search?originator=Hauptamt").json()["total"] == 0
    page = client.page("/suche?originator=Bauamt")
    assert "Eingebracht von" in [legend.get_text() for legend in page.select("aside legend")]
    assert [chip.get_text() for chip in page.select(".chips a")] == ["Filter entfernen: Eingebracht von: Bauamt ×"]
    reader.close()

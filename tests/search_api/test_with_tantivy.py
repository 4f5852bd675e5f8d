"""The same over the real engine: a question, its passages, its facets, deep pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from archive.change_reader import ChangeReader
from indexer.index.engines import open_engine
from indexer.index.marking import Effort, Find, Marker
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


def test_of_a_book_the_page_that_answers_is_read_and_no_other(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = [f"Auf Seite {number} steht nichts davon." for number in range(1, 81)]
    book[60] = "Hier wird der Brunnen am Markt beschlossen."
    town.read("https://ris.example/7-2.pdf", tuple(book))
    engine = open_engine("tantivy", tmp_path / "index", {})
    with engine.update() as writer:
        writer.put(town.entries())
        writer.commit(1)
    looked_at: list[str] = []
    finds = Marker.finds

    def noting_finds(self: Marker, text: str, effort: Effort, *, is_title: bool = False) -> list[Find]:
        looked_at.append(text)
        return finds(self, text, effort, is_title=is_title)

    monkeypatch.setattr(Marker, "finds", noting_finds)
    reader = engine.reader()
    client = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))

    def passages(question: str) -> list[tuple[int, str]]:
        (hit,) = client.get(f"/api/v1/search?q={question}&kind=paper").json()["hits"]
        return [(passage["page"], passage["text"]) for passage in hit["passages"]]

    assert passages("Brunnen Markt") == [(61, book[60])]
    assert [text for text in looked_at if text in book] == [book[60], book[60]]  # the page, and the passage out of it
    book[60], book[70] = "Auch hier nichts mehr.", book[60]
    town.read("https://ris.example/7-2.pdf", tuple(book[:75]))  # newer than the index
    assert passages("Brunnen Markt") == [(71, book[70])]
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


@pytest.fixture
def real(town: Town, tmp_path: Path) -> Iterator[Client]:
    """The pages and the API over the real engine."""
    engine = open_engine("tantivy", tmp_path / "index", {})
    with engine.update() as writer:
        writer.put(town.entries())
        writer.commit(1)
    reader = engine.reader()
    yield Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))
    reader.close()


def told(page: BeautifulSoup) -> list[tuple[str, str]]:
    """What a page says was understood, with the address of each link in it."""
    chips = page.select("ul.understood li")
    return [(" ".join(chip.get_text().split()), str(link["href"])) for chip in chips for link in chip.select("a")]


def test_a_correction_is_told_and_can_be_switched_off(real: Client) -> None:
    query = real.get("/api/v1/search?q=Bahnhofstrsse").json()["query"]
    correction = {"kind": "spelling", "typed": "Bahnhofstrsse", "meant": "Bahnhofstraße", "applied": True}
    assert correction | {"municipality": None} in query["understood"]
    assert (query["did_you_mean"], query["without"]) == (None, [])
    page = real.page("/suche?q=Bahnhofstrsse")
    off = "/suche?q=Bahnhofstrsse&without=spelling"
    assert ("Bahnhofstraße statt Bahnhofstrsse · nur Bahnhofstrsse", off) in told(page)
    assert not page.select(".suggestion")
    without = real.page(off)
    assert told(without) == [
        ("Tippfehler berichtigen: aus · einschalten: Tippfehler berichtigen", "/suche?q=Bahnhofstrsse")
    ]
    assert without.select_one(".suggestion a")["href"] == "/suche?q=Bahnhofstrasse&without=spelling"  # type: ignore[index]
    assert real.get(f"/api/v1/search?{off.partition('?')[2]}").json()["total"] == 0


def test_a_suggestion_is_a_question_and_nothing_is_corrected(real: Client) -> None:
    body = real.get("/api/v1/search?q=Radweg+ODER+Bahnhofstrsse").json()
    assert body["total"]
    assert body["query"]["did_you_mean"] == "Radweg ODER Bahnhofstrasse"
    page = real.page("/suche?q=Radweg+ODER+Bahnhofstrsse")
    assert " ".join(page.select_one(".suggestion").get_text().split()) == "Meinten Sie Radweg ODER Bahnhofstrasse?"  # type: ignore[union-attr]


def test_a_passage_leads_to_the_text_with_the_same_switched_off(real: Client) -> None:
    (hit,) = real.get("/api/v1/search?q=Radwege&kind=paper&without=parts,synonyms").json()["hits"]
    assert "q=Radwege&without=synonyms%2Cparts" in hit["passages"][0]["url"]
    text = real.page(f"/files/{TOWN}:file:f7/text?q=Bahnhofstrsse&without=spelling")
    assert text.find_all("mark") == []
    assert text.select_one('a[href="/suche?q=Bahnhofstrsse&without=spelling"]')
    assert real.get(f"/files/{TOWN}:file:f7/text?q=Radweg&without=sense").status_code == 400


def test_a_place_is_said_with_ways_to_take_it_otherwise(town: Town, tmp_path: Path) -> None:
    engine = open_engine("tantivy", tmp_path / "index", {})
    with engine.update() as writer:
        writer.put(town.entries())
        writer.commit(1)
    reader = engine.reader()
    client = Client(create_app(SearchSettings(remember_seconds=0), reader, town.archive, town))
    name = client.get("/api/v1/municipalities").json()["municipalities"][0]["name"]
    asked = f"/suche?q=Radwege in {name}"
    (told,) = [
        one for one in client.get(f"/api/v1/search?q=Radwege in {name}").json()["query"]["understood"]
        if one["kind"] == "place"
    ]  # fmt: skip
    assert (told["meant"], told["municipality"], told["applied"]) == (name, TOWN, True)
    (chip,) = [one for one in client.page(asked).select("ul.understood li") if "Ort erkannt" in one.get_text()]
    only, off = (str(link["href"]) for link in chip.find_all("a"))
    assert "Ort erkannt" not in client.page(only).get_text()
    assert "Orte erkennen: aus" in client.page(off).get_text()
    reader.close()

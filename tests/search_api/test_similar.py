"""Similar papers: nearest in direction, across municipalities, and never one that is not shown."""

from __future__ import annotations

import random
from collections.abc import Sequence
from urllib.parse import quote

import pytest

from archive.archive import Archive
from archive.record_writer import RecordWriter
from archive.removal import remove
from archive.run import RunMode
from archive.run_writer import RunWriter
from archive.title_vectors import TitleVectors
from council.model import Paper
from indexer.index.contract import Entry
from indexer.index.embedding import DIMENSIONS
from search_api.app import create_app
from search_api.dependencies import Services
from search_api.settings import SearchSettings
from search_api.similar import SimilarPapers
from tests.search_api.conftest import Client
from tests.search_api.fake_index import FakeIndex
from tests.search_api.invented import Town

pytest.importorskip("numpy", reason="the extra meaning is not installed")

MODEL = "topics"
CROWD = 40
"""Papers about everything else: what is similar stands out among them."""


def hold(archive: Archive, municipality: str, titles: Sequence[str]) -> None:
    run = RunWriter(archive, municipality).begin(RunMode.FULL)
    RecordWriter(archive, municipality, run).put([Paper(native_id=f"s{n}", name=t) for n, t in enumerate(titles)])


def direction(title: str) -> bytes:
    """All titles that begin with the same letter point into one direction, more or less."""
    dice = random.Random(title)
    vector = [0] * 256 + [dice.randrange(-10, 11) for _ in range(256, DIMENSIONS)]
    vector[ord(title[0])] = 120
    return bytes(number % 256 for number in vector)


def work_out(archive: Archive) -> None:
    vectors = TitleVectors(archive, MODEL)
    while batch := vectors.pending():
        vectors.put(batch, {hashed: direction(title) for hashed, title in batch.titles.items()})


@pytest.fixture
def similar(archive: Archive, town: Town) -> SimilarPapers:
    hold(
        archive,
        "lindquell",
        ["Xantener Weg", "Xantener Straße", "Xantener Weg", *(f"{chr(200 + n)}anderes" for n in range(CROWD))],
    )
    hold(archive, "hohenau", ["Xanten: Städtepartnerschaft", "Turnhalle"])
    work_out(archive)
    return SimilarPapers(archive, MODEL, seconds=0)


def test_the_nearest_come_first_and_what_does_not_stand_out_is_not_similar(similar: SimilarPapers) -> None:
    found = similar.to_paper("lindquell:paper:s0", 10)
    assert set(found) == {"lindquell:paper:s1", "lindquell:paper:s2", "hohenau:paper:s0"}
    assert found[0] == "lindquell:paper:s2"
    assert similar.to_paper("lindquell:paper:s9", 10) == []
    assert similar.to_paper("lindquell:paper:unknown", 10) == []
    assert len(similar.to_paper("lindquell:paper:s0", 1)) == 1


def test_without_any_vector_nothing_is_similar(archive: Archive) -> None:
    assert SimilarPapers(archive, MODEL, seconds=0).to_paper("lindquell:paper:s0", 5) == []


def asking(town: Town, similar: SimilarPapers | None, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("search_api.dependencies.open_similar_papers", lambda _: similar)
    return Client(create_app(SearchSettings(remember_seconds=0), FakeIndex(), town.archive, town))


def test_a_papers_page_and_answer_name_them(
    town: Town, similar: SimilarPapers, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = asking(town, similar, monkeypatch)
    page = client.page("/papers/lindquell:paper:s0")
    links = [link["href"] for link in page.select("[aria-labelledby=aehnlich] a")]
    assert sorted(links) == ["/papers/hohenau:paper:s0", "/papers/lindquell:paper:s1"]  # not the same title once more
    body = client.get("/api/v1/papers/lindquell:paper:s0").json()
    assert sorted(one["municipality"]["key"] for one in body["similar"]) == ["hohenau", "lindquell"]
    assert not client.page("/papers/lindquell:paper:s9").select("[aria-labelledby=aehnlich]")


def test_what_is_removed_is_not_named_from_then_on_though_its_vector_was_read(
    town: Town, similar: SimilarPapers, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = SimilarPapers(town.archive, MODEL, seconds=1000)
    client = asking(town, kept, monkeypatch)
    assert "hohenau" in client.get("/papers/lindquell:paper:s0").text
    remove(town.archive, "hohenau:paper:s0", "private", "clerk")
    assert "hohenau" not in client.get("/papers/lindquell:paper:s0").text
    assert "hohenau" not in client.get("/api/v1/papers/lindquell:paper:s0").text


def test_without_the_extra_the_page_is_as_it_was(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_api.similar.is_installed", lambda: False)
    assert Services(SearchSettings(), FakeIndex(), town.archive, town).similar is None
    client = asking(town, None, monkeypatch)
    hold(town.archive, "lindquell", ["Xantener Weg"])
    assert not client.page("/papers/lindquell:paper:s0").select("[aria-labelledby=aehnlich]")
    assert client.get("/api/v1/papers/lindquell:paper:s0").json()["similar"] == []


class Model:
    """Knows one thing: what is asked about Xanten, however it is said."""

    model = MODEL

    def titles(self, texts: Sequence[str]) -> list[bytes]:
        return [direction(text) for text in texts]

    def question(self, text: str) -> bytes:
        return direction("X")


@pytest.fixture
def searching(town: Town, archive: Archive, similar: SimilarPapers, monkeypatch: pytest.MonkeyPatch) -> Client:
    found = SimilarPapers(archive, MODEL, seconds=0, embedder=Model)
    monkeypatch.setattr("search_api.dependencies.open_similar_papers", lambda _: found)
    index = FakeIndex([Entry("lindquell:paper:s1", "paper", "lindquell", "Alte Römer am Rhein, neue Wege")])
    return Client(create_app(SearchSettings(remember_seconds=0), index, town.archive, town))


def block(client: Client, q: str, more: str = "") -> list[str]:
    answer = client.get(f"/api/v1/search?q={quote(q)}{more}").json()
    links = client.page(f"/suche?q={quote(q)}{more}").select("[aria-labelledby=andere-worte] a")
    assert [one["url"] for one in answer["similar"]] == [link["href"] for link in links]
    return [one["id"] for one in answer["similar"]]


def test_where_words_find_next_to_nothing_a_block_says_it_in_other_words(searching: Client) -> None:
    assert sorted(block(searching, "römer trampelpfade")) == [
        "hohenau:paper:s0", "lindquell:paper:s0", "lindquell:paper:s1",
    ]  # fmt: skip
    hits = searching.get("/api/v1/search?q=" + quote("römer rhein")).json()
    assert (hits["total"], [hit["id"] for hit in hits["hits"]]) == (1, ["lindquell:paper:s1"])
    assert "lindquell:paper:s1" not in block(searching, "römer rhein")


@pytest.mark.parametrize(
    ("q", "more"),
    [
        ("quokka xylophon", ""),  # words that stand nowhere
        ("römer quokka xylophon", ""),
        ("Lindquell quokka", ""),  # a municipality's name says nothing of what is asked for
        ("trampelpfade", ""),
        ("römer der die das", ""),
        ("römer trampelpfade 2024", ""),
        ('römer "alte trampelpfade"', ""),
        ("römer -trampelpfade", ""),
        ("römer trampel*", ""),
        ("römer ODER trampelpfade", ""),
        ("römer trampelpfade", "&kind=paper"),
        ("römer trampelpfade", "&sort=newest"),
        ("römer trampelpfade", "&page=2"),
        (" ".join(["römer"] * 13), ""),
    ],
)
def test_no_block_for_nonsense_and_where_words_mean_themselves(searching: Client, q: str, more: str) -> None:
    assert block(searching, q, more) == []


def test_what_is_removed_is_in_no_block(searching: Client, archive: Archive) -> None:
    remove(archive, "hohenau:paper:s0", "private", "clerk")
    assert "hohenau:paper:s0" not in block(searching, "römer trampelpfade")

"""The model in its package: what it says of council papers' titles, where it is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.index import embedding
from indexer.index.embedding import DIMENSIONS, LONGEST, Embedder, open_embedder


@pytest.fixture
def model() -> Embedder:
    opened = open_embedder()
    if opened is None:
        pytest.skip("the extra meaning is not installed")
    return opened


@pytest.fixture
def fresh() -> Iterator[None]:
    open_embedder.cache_clear()
    yield
    open_embedder.cache_clear()


def nearness(one: bytes, other: bytes) -> float:
    a, b = (memoryview(vector).cast("b").tolist() for vector in (one, other))
    lengths = (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5
    return float(sum(x * y for x, y in zip(a, b, strict=True)) / lengths)


def test_what_means_the_same_in_other_words_is_nearer_than_what_does_not(model: Embedder) -> None:
    pool, budget, swim = model.titles(
        ["Sanierung des Freibads", "Nachtragshaushaltssatzung", "Schwimmbad: Reparatur der Becken"]
    )
    assert len(pool) == DIMENSIONS
    assert nearness(pool, swim) > nearness(pool, budget)
    question = model.question("im Sommer baden gehen")
    assert nearness(question, pool) > nearness(question, budget)


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "ß" * 100_000, "😀" * 300, "a\nb\tc", "\ud800".encode("utf-8", "replace").decode()]
)
def test_whatever_a_source_calls_a_paper_has_a_vector(model: Embedder, text: str) -> None:
    assert [len(vector) for vector in model.titles([text, text])] == [DIMENSIONS] * 2
    assert len(model.question(text)) == DIMENSIONS


def test_only_the_beginning_of_a_long_title_is_read(model: Embedder) -> None:
    beginning = "Radweg " * LONGEST
    assert model.question(beginning) == model.question(beginning + "Haushalt")
    assert model.titles([]) == []


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    "error", [ModuleNotFoundError("no such package"), OSError("wrong ELF class"), RuntimeError("no model")]
)
def test_where_it_is_not_or_not_for_this_machine_there_is_none(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise error

    monkeypatch.setattr(embedding, "import_module", fail)
    assert open_embedder() is None

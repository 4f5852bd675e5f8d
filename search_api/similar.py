"""Papers whose titles say something similar in other words, whatever municipality they are from.

Every vector is compared, block by block: exact, nothing to build, nothing to keep on disk. The archive says what is
shown: what was withdrawn since the vectors were read is left out by whoever shows the papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from archive.archive import Archive
from archive.title_vectors import TitleVectors
from indexer.index.embedding import DIMENSIONS, MODEL, Embedder, is_installed, open_embedder
from search_api.cache import StaleWhileRevalidateCache

MOST_PAPERS: Final = 1_000_000
"""So many papers are compared, the newest changes: 384 MB, and a quarter of a second of one processor."""

ROWS_AT_ONCE: Final = 8192
KEPT_SECONDS: Final = 600.0
REMEMBERED_QUESTIONS: Final = 1000

STANDS_OUT: Final = 4.0
"""A paper is similar when it stands so far above the middle of all, in standard deviations (by the median, which the
similar ones do not move): the numbers themselves are high for any two texts, so that no fixed one tells."""

DEVIATION: Final = 1.4826
"""A standard deviation, in medians of the distances from the middle."""


@dataclass(frozen=True, slots=True)
class _Held:
    """Ids of papers with the vectors, a row each (numpy, signed bytes)."""

    ids: list[str]
    places: dict[str, int]
    rows: Any


class SimilarPapers:
    """Finds them. Safe to use from many threads."""

    def __init__(
        self,
        archive: Archive,
        model: str = MODEL,
        seconds: float = KEPT_SECONDS,
        embedder: Callable[[], Embedder | None] = open_embedder,
    ) -> None:
        self._vectors = TitleVectors(archive, model)
        self._embedder = embedder
        self._question = lru_cache(REMEMBERED_QUESTIONS)(self._work_out)
        self._held = StaleWhileRevalidateCache(self._load, seconds)

    def to_paper(self, record_id: str, most: int) -> list[str]:
        """Ids of the papers most similar to this one, the most similar first; none where it has no vector yet."""
        held = self._held()
        place = held.places.get(record_id)
        near = [] if place is None else _nearest(held, held.rows[place], most + 1, STANDS_OUT)
        return [found for found in near if found != record_id][:most]

    def to_question(self, text: str, most: int) -> list[str]:
        """Ids of the papers whose titles are nearest to what is asked for: there always are some, whatever is asked."""
        held, vector = self._held(), self._question(text)
        return _nearest(held, import_module("numpy").frombuffer(vector, "int8"), most, 0) if vector else []

    def _work_out(self, text: str) -> bytes:
        model = self._embedder()
        return model.question(text) if model else b""

    def _load(self) -> _Held:
        numpy = import_module("numpy")
        ids, packed = self._vectors.all(MOST_PAPERS)
        rows = numpy.frombuffer(packed, numpy.int8).reshape(len(ids), DIMENSIONS)
        return _Held(ids, {record_id: place for place, record_id in enumerate(ids)}, rows)


def open_similar_papers(archive: Archive) -> SimilarPapers | None:
    """None where the extra `meaning` is not installed."""
    return SimilarPapers(archive) if is_installed() else None


def _nearest(held: _Held, vector: Any, most: int, stands_out: float) -> list[str]:
    """The ids nearest in direction, as far as they stand out that much."""
    numpy = import_module("numpy")
    if len(held.ids) < 2:
        return []
    asked = vector.astype(numpy.float32)
    asked /= numpy.linalg.norm(asked) or 1
    nearness = numpy.empty(len(held.ids), numpy.float32)
    for start in range(0, len(held.ids), ROWS_AT_ONCE):
        some = held.rows[start : start + ROWS_AT_ONCE].astype(numpy.float32)
        lengths = numpy.sqrt(numpy.einsum("ij,ij->i", some, some))
        nearness[start : start + len(some)] = some @ asked / numpy.maximum(lengths, 1)
    middle = numpy.median(nearness)
    floor = middle + stands_out * DEVIATION * numpy.median(abs(nearness - middle))
    best = numpy.argpartition(-nearness, min(most, len(nearness) - 1))[:most]
    return [held.ids[i] for i in best[numpy.argsort(-nearness[best], kind="stable")] if nearness[i] >= floor]

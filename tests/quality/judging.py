"""Judged questions, answers to them, and the measures of how good these are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from indexer.index.contract import Engine, Entry, Filter, IndexReader, Query
from indexer.index.places import MunicipalityNames
from indexer.index.query import parse

EMPTY: Final = "must_be_empty"
"""The category of questions that must find nothing."""

ALL: Final = "all"
"""All questions that have an answer."""

DEPTH: Final = 10
"""So many hits are looked at."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with the grades (1 to 3) of the papers that answer it. `town` is the key of the municipality that
    is asked about, where that is one."""

    id: str
    text: str
    category: str
    grades: Mapping[str, int]
    town: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search said: ids of the first hits, and how many there are in all."""

    hits: Sequence[str]
    total: int


class Scores(NamedTuple):
    """The measures of some questions, each from 0 to 1. Of questions that must find nothing each is the share that
    does."""

    mrr: float
    hit: float
    ndcg: float


def build(engine: Engine, entries: Iterable[Entry]) -> int:
    """Index the entries anew; how many there are."""
    with engine.rebuild() as writer:
        count = writer.put(entries)
        writer.commit(1)
        engine.publish(writer, count)
    return count


def answers(
    reader: IndexReader, judged: Sequence[Judged], *, in_town: bool = False, names: Mapping[str, str] | None = None
) -> dict[str, Answer]:
    """Ask every question; `in_town`: with the municipality that is asked about as a filter."""
    found, register = {}, MunicipalityNames(names or {})
    for question in judged:
        limits = Filter(municipality=(question.town,)) if in_town and question.town else Filter()
        results = reader.search(Query(parse(question.text), limits, names=register, limit=DEPTH))
        found[question.id] = Answer([hit.id for hit in results.hits], results.listed)
    return found


def ndcg(grades: Mapping[str, int], hits: Sequence[str]) -> float:
    """nDCG of the first ten hits, with gains of 2^grade - 1."""

    def gain(values: Sequence[int]) -> float:
        return sum((math.pow(2, grade) - 1) / math.log2(rank + 1) for rank, grade in enumerate(values[:DEPTH], 1))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(hit, 0) for hit in hits]) / best if best else 0.0


def score(question: Judged, answer: Answer) -> Scores:
    """The measures of one answer. A hit of grade 1 is no right one yet, unless nothing better is known."""
    if question.category == EMPTY:
        return Scores(*[float(answer.total == 0)] * 3)
    least = min(2, max(question.grades.values()))
    right = [rank for rank, hit in enumerate(answer.hits[:DEPTH], 1) if question.grades.get(hit, 0) >= least]
    return Scores(1 / right[0] if right else 0.0, float(bool(right)), ndcg(question.grades, answer.hits))


def scores(judged: Sequence[Judged], found: Mapping[str, Answer]) -> dict[str, Scores]:
    """The mean measures by category, and of all questions that have an answer."""
    by_category: defaultdict[str, list[Scores]] = defaultdict(list)
    for question in judged:
        result = score(question, found[question.id])
        by_category[question.category].append(result)
        if question.category != EMPTY:
            by_category[ALL].append(result)
    return {
        category: Scores(*(sum(values) / len(values) for values in zip(*results, strict=True)))
        for category, results in sorted(by_category.items())
    }


def table(measured: Mapping[str, Scores], baseline: Mapping[str, Scores], floors: Mapping[str, float]) -> str:
    """The measures line by line, with those of the baseline and the least nDCG that is asked for."""
    lines = [f"{'':24} {'MRR':>6} {'hit':>6} {'nDCG':>6} {'floor':>6}   FTS5: {'MRR':>6} {'hit':>6} {'nDCG':>6}"]
    for category, found in measured.items():
        numbers = " ".join(f"{value:6.3f}" for value in (*found, floors.get(category, 0.0)))
        lines.append(f"{category:24} {numbers}         {' '.join(f'{value:6.3f}' for value in baseline[category])}")
    return "\n".join(lines)


def below(measured: Mapping[str, Scores], floors: Mapping[str, float]) -> dict[str, float]:
    """The categories whose nDCG is under its floor, or that were not measured at all."""
    missing = Scores(0.0, 0.0, 0.0)
    found = {category: measured.get(category, missing).ndcg for category in floors}
    return {category: value for category, value in found.items() if value < floors[category]}

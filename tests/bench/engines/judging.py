"""How good the answers of each engine are, by the judged questions of tests/quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.index.engines import open_engine
from tests.bench.engines.sides import Side
from tests.quality.judging import ALL, EMPTY, Answer, Judged, answers, build, scores
from tests.quality.karlsruhe import papers, questions


def measure_judgement(sides: Sequence[Side], shared: Path, folder: Path) -> None:
    """nDCG@10 by category; of the questions that must find nothing, the share that does."""
    judged = questions(shared)
    found = {side.name: _found(side, judged, shared, folder / "judged") for side in sides}
    by_side = {name: scores(judged, one) for name, one in found.items()}
    names = [side.name for side in sides]
    print(f"| nDCG@10 | questions | {' | '.join(names)} | largest difference |\n|{'---|' * (len(names) + 3)}")
    largest = 0.0
    for category in by_side[names[0]]:
        values = [by_side[name][category].ndcg for name in names]
        largest = max(largest, max(values) - min(values))
        count = sum(category == one.category or (category == ALL and one.category != EMPTY) for one in judged)
        shown = " | ".join(f"{value:.3f}" for value in values)
        print(f"| {category} | {count} | {shown} | {max(values) - min(values):.3f} |")
    print(f"\nLargest difference of a category: {largest:.4f}\n")
    for name in names[1:]:
        _tell(name, judged, found[names[0]], found[name])


def _found(side: Side, judged: Sequence[Judged], shared: Path, folder: Path) -> Mapping[str, Answer]:
    chosen = {**side.chosen, "RATSLUPE_ELASTICSEARCH_INDEX": "judged"}
    engine = open_engine(side.chosen.get("RATSLUPE_ENGINE", "tantivy"), folder, chosen)
    build(engine, papers(shared))
    reader = engine.reader()
    try:
        return answers(reader, judged)
    finally:
        reader.close()


def _tell(name: str, judged: Sequence[Judged], base: Mapping[str, Answer], other: Mapping[str, Answer]) -> None:
    pairs = [(base[one.id], other[one.id]) for one in judged]
    totals = sum(mine.total == theirs.total for mine, theirs in pairs)
    hits = sum(list(mine.hits) == list(theirs.hits) for mine, theirs in pairs)
    print(f"{name}: {totals} of {len(pairs)} judged questions with the same total, {hits} with the same ten hits\n")

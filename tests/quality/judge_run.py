"""Indexes real papers through the port, in the engine that RATSLUPE_ENGINE names, and asks judged questions.

usage: python -m tests.quality.judge_run SHARED RUN.jsonl [INDEX_FOLDER]
    SHARED        the folder with data/karlsruhe and data/queries-dev.jsonl
    RUN.jsonl     written for tools/judge.py: one line a question, with the ids of its first ten hits
    INDEX_FOLDER  kept and used again when given
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import math
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.index.contract import Engine, Entry, IndexNotReady, IndexReader, Query
from indexer.index.engines import open_engine
from indexer.index.query import parse

EMPTY = "must_be_empty"


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with the grades (1 to 3) of the papers that answer it."""

    id: str
    text: str
    category: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search said: ids of the first hits, and how many there are in all."""

    hits: Sequence[str]
    total: int


def lines(path: Path) -> Iterator[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in text.splitlines():
        yield json.loads(line)


def papers(folder: Path) -> Iterator[Entry]:
    """The papers of data/karlsruhe as entries, with the texts of their files; deleted ones are left out."""
    texts = {row["id"]: row["text"] for row in lines(folder / "files_text.jsonl.gz")}
    for paper in lines(folder / "papers.jsonl.gz"):
        if paper.get("deleted"):
            continue
        main = paper.get("mainFile")
        files = [*([main] if isinstance(main, dict) else []), *paper.get("auxiliaryFile", [])]
        yield Entry(
            id=paper["id"],
            kind="paper",
            municipality="karlsruhe",
            title=paper.get("name") or "",
            reference=paper.get("reference") or None,
            date=dt.date.fromisoformat(paper["date"][:10]) if paper.get("date") else None,
            paper_type=paper.get("paperType") or None,
            texts=tuple(texts[file["id"]] for file in files if file["id"] in texts),
        )


def build(engine: Engine, folder: Path) -> int:
    """Index the papers anew; how many there are."""
    with engine.rebuild() as writer:
        count = writer.put(papers(folder))
        writer.commit(1)
        engine.publish(writer, count)
    return count


def questions(path: Path) -> list[Judged]:
    """The judged questions."""
    return [
        Judged(
            row["id"], row["query"], row["category"], {one["paper"]: one["grade"] for one in row.get("relevant", [])}
        )
        for row in lines(path)
    ]


def answers(reader: IndexReader, judged: Sequence[Judged]) -> dict[str, Answer]:
    """Ask every question."""
    found = {}
    for question in judged:
        results = reader.search(Query(parse(question.text)))
        found[question.id] = Answer([hit.id for hit in results.hits], results.total)
    return found


def ndcg(grades: Mapping[str, int], hits: Sequence[str]) -> float:
    """nDCG of the first ten hits, with gains of 2^grade - 1."""

    def gain(values: Sequence[int]) -> float:
        return sum((math.pow(2, grade) - 1) / math.log2(rank + 1) for rank, grade in enumerate(values[:10], 1))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(hit, 0) for hit in hits]) / best if best else 0.0


def scores(judged: Sequence[Judged], found: Mapping[str, Answer]) -> dict[str, float]:
    """Mean nDCG@10 by category, and of all; of the questions that must find nothing, the share that does."""
    by_category = defaultdict(list)
    for question in judged:
        answer = found[question.id]
        score = float(answer.total == 0) if question.category == EMPTY else ndcg(question.grades, answer.hits)
        by_category[question.category].append(score)
        if question.category != EMPTY:
            by_category["all"].append(score)
    return {category: sum(values) / len(values) for category, values in sorted(by_category.items())}


def main(shared: Path, run: Path, folder: Path) -> None:
    engine = open_engine(os.environ.get("RATSLUPE_ENGINE") or "tantivy", folder, os.environ)
    reader = engine.reader()
    try:
        reader.state()
    except IndexNotReady:
        started = time.perf_counter()
        count = build(engine, shared / "data" / "karlsruhe")
        print(f"{count} papers in {time.perf_counter() - started:.0f} s, {reader.state().bytes} bytes")
    judged = questions(shared / "data" / "queries-dev.jsonl")
    found = answers(reader, judged)
    with run.open("w", encoding="utf-8") as file:
        for id_, answer in found.items():
            file.write(json.dumps({"id": id_, "hits": list(answer.hits)}) + "\n")
    for category, score in scores(judged, found).items():
        print(f"{category:26} {score:.3f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3] if len(sys.argv) > 3 else temporary))

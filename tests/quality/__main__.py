"""How well the search finds what people look for: `make judge`, or `python -m tests.quality --help`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from indexer.index.contract import Engine, Entry, IndexNotReady, IndexReader
from indexer.index.engines import open_engine
from tests.quality import karlsruhe, towns
from tests.quality.fts5 import baseline
from tests.quality.judging import ALL, Judged, answers, below, build, score, scores, table

FLOORS: Final[Mapping[str, Mapping[str, float]]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)


def judge(
    name: str,
    engine: Engine,
    entries: Callable[[], Iterable[Entry]],
    judged: Sequence[Judged],
    names: Mapping[str, str],
    options: argparse.Namespace,
) -> bool:
    """Print the table of one set; whether no floor is broken."""
    reader = engine.reader()
    about_a_town = [question for question in judged if question.town]
    started = time.perf_counter()
    if options.folder is None or not is_there(reader):
        build(engine, entries())
    try:
        asked = time.perf_counter()
        found = answers(reader, judged, names=names)
        print(
            f"{name}: {reader.state().entries} papers, ready in {asked - started:.1f} s; "
            f"{len(judged)} questions in {time.perf_counter() - asked:.1f} s"
        )
        filtered = answers(reader, about_a_town, in_town=True, names=names)
    finally:
        reader.close()
    if options.verbose:
        for question in judged:
            mrr, _, ndcg = score(question, found[question.id])
            print(f"  {question.category:20} {mrr:5.2f} {ndcg:5.2f} {found[question.id].total:6}  {question.text}")
    measured = scores(judged, found)
    print(table(measured, scores(judged, baseline(entries(), judged)), FLOORS[name]))
    if about_a_town:
        without, within = scores(about_a_town, found)[ALL].ndcg, scores(about_a_town, filtered)[ALL].ndcg
        print(
            f"{len(about_a_town)} questions about one town: nDCG {without:.3f}, with the town as a filter {within:.3f}"
        )
    broken = below(measured, FLOORS[name])
    for category, value in broken.items():
        print(f"BELOW: {name}, {category}: nDCG {value:.3f}, floor {FLOORS[name][category]:.2f}")
    return not broken


def is_there(reader: IndexReader) -> bool:
    """Whether there is an index to search."""
    try:
        reader.state()
    except IndexNotReady:
        return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description="Scores judged questions.")
    parser.add_argument(
        "--engine", default=os.environ.get("RATSLUPE_ENGINE") or "tantivy", help="tantivy, elasticsearch"
    )
    parser.add_argument("--folder", type=Path, help="keep the indexes there and use them again")
    parser.add_argument("--only", choices=list(FLOORS), help="one of the sets")
    parser.add_argument("--verbose", action="store_true", help="say how each question fared")
    options = parser.parse_args(arguments)
    fine = True
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if options.only in (None, "towns"):
            engine = open_engine(options.engine, folder / "towns", _environment("towns"))
            entries = [paper.entry for paper in towns.papers()]
            fine &= judge("towns", engine, lambda: entries, towns.questions(), towns.names(), options)
        if options.only in (None, "karlsruhe"):
            if karlsruhe.WHY_NOT:
                print(f"karlsruhe: skipped, {karlsruhe.WHY_NOT}")
            else:
                engine = open_engine(options.engine, folder / "karlsruhe", _environment("karlsruhe"))
                fine &= judge("karlsruhe", engine, karlsruhe.papers, karlsruhe.questions(), karlsruhe.NAMES, options)
    return 0 if fine else 1


def _environment(name: str) -> dict[str, str]:
    """The environment, with an index of its own in a cluster."""
    return {**os.environ, "RATSLUPE_ELASTICSEARCH_INDEX": f"ratslupe-judge-{name}"}


if __name__ == "__main__":
    sys.exit(main())

"""Which texts are found by which questions: `python -m tests.quality.recall`.

Every text of `recall.txt` is indexed twice, as a title and as the text of a file, all in one small index.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.index.contract import Engine, Entry, IndexReader, Query
from indexer.index.engines import open_engine
from indexer.index.marking import Effort, Marker
from indexer.index.query import parse

TRUTH: Final = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, a text, and whether it must be found or must not; `part` is the heading it stands under."""

    part: str
    question: str
    text: str
    is_match: bool


def truth() -> Iterator[Pair]:
    part = ""
    for line in TRUTH.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line[3:]
        elif line and not line.startswith("#"):
            question, text = line[2:].split(" | ")
            yield Pair(part, question, text, line[0] == "+")


def build(engine: Engine, pairs: list[Pair]) -> None:
    entries = []
    for number, pair in enumerate(pairs):
        entries.append(Entry(f"{number}-title", "paper", "musterstadt", pair.text))
        entries.append(Entry(f"{number}-file", "paper", "musterstadt", "Vorlage", texts=(pair.text,)))
    with engine.rebuild() as writer:
        count = writer.put(entries)
        writer.commit(1)
        engine.publish(writer, count)


def wrong(reader: IndexReader, pairs: list[Pair]) -> Iterator[str]:
    """What is not as it must be, in words."""
    for number, pair in enumerate(pairs):
        results = reader.search(Query(parse(pair.question), limit=3 * len(pairs)))
        ids = {hit.id for hit in results.hits}
        found = {where for where in ("title", "file") if f"{number}-{where}" in ids}
        marker = Marker(results.patterns)
        marked = {
            where
            for where, is_title in (("title", True), ("file", False))
            if marker.finds(pair.text, Effort(100), is_title=is_title)
        }
        if pair.is_match and found != {"title", "file"}:
            yield f"{pair.part}: {pair.question!r} must find {pair.text!r}, found in {sorted(found) or 'neither'}"
        elif pair.is_match and not found <= marked:
            yield f"{pair.part}: {pair.question!r} marks nothing in {pair.text!r}"
        elif not pair.is_match and found:
            yield f"{pair.part}: {pair.question!r} must not find {pair.text!r}"


def main() -> None:
    pairs = list(truth())
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("tantivy", Path(folder), {})
        build(engine, pairs)
        found = list(wrong(engine.reader(), pairs))
    print("\n".join(found))
    print(f"{len(pairs)} pairs, {len(pairs) - len(found)} right")


if __name__ == "__main__":
    main()

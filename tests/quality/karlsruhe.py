"""The real papers of one city and the judged questions about them, where they lie beside the repository."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from indexer.index.contract import Entry
from tests.quality.judging import Judged

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
WHY_NOT: Final = (
    ""
    if (SHARED / "data" / "karlsruhe").is_dir() and (SHARED / "data" / "queries-dev.jsonl").is_file()
    else "no ../shared/data with real papers and questions"
)

NAMES: Final = {"karlsruhe": "Karlsruhe"}
"""The names of the register."""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in text.splitlines():
        yield json.loads(line)


def papers(shared: Path = SHARED) -> Iterator[Entry]:
    """The papers as entries, with the texts of their files; deleted ones are left out."""
    folder = shared / "data" / "karlsruhe"
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


def questions(shared: Path = SHARED) -> list[Judged]:
    """The judged questions."""
    return [
        Judged(
            row["id"], row["query"], row["category"], {one["paper"]: one["grade"] for one in row.get("relevant", [])}
        )
        for row in lines(shared / "data" / "queries-dev.jsonl")
    ]

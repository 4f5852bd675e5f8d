"""The baseline: what a developer would reach for, SQLite FTS5 over reference, title and text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Final

from indexer.index.contract import Entry
from tests.quality.judging import DEPTH, Answer, Judged

_WORD: Final = re.compile(r'"[^"]+"|\w[\w/.-]*')
_MATCHING: Final = "from entries where entries match ?"


def baseline(entries: Iterable[Entry], judged: Sequence[Judged]) -> dict[str, Answer]:
    """Index the entries in memory and ask every question: all of its words, as they are."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            "create virtual table entries using fts5"
            "(id unindexed, reference, title, text, tokenize='unicode61 remove_diacritics 2')"
        )
        rows = ((entry.id, entry.reference, entry.title, "\n".join(entry.texts)) for entry in entries)
        database.executemany("insert into entries values (?, ?, ?, ?)", rows)
        return {question.id: _answer(database, question.text) for question in judged}


def _answer(database: sqlite3.Connection, text: str) -> Answer:
    words = [word if word.startswith('"') else f'"{word}"' for word in _WORD.findall(text)]
    asked = (" AND ".join(words),)
    ids = database.execute(f"select id {_MATCHING} order by bm25(entries, 0, 10, 5, 1) limit {DEPTH}", asked)
    hits = [id_ for (id_,) in ids]
    (total,) = database.execute(f"select count(*) {_MATCHING}", asked).fetchone()
    return Answer(hits, total)

"""What is particular to the embedded engine: its folder, and what happens when the process dies."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tantivy

from indexer.index.compounds import Vocabulary
from indexer.index.contract import Entry, IndexFault, IndexUnavailable, Query
from indexer.index.fields import FIELDS
from indexer.index.lexicon import NoLexicon, within_one_edit
from indexer.index.matching import interpret
from indexer.index.query import parse
from indexer.index.tantivy import TantivyEngine
from indexer.index.tantivy.conditions import Conditions
from indexer.index.tantivy.folder import engine_faults
from indexer.index.tantivy.order import Order, PageStart
from indexer.index.tantivy.schema import schema
from tests.waiting import until

WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from indexer.index.contract import Entry
from indexer.index.tantivy import TantivyEngine

with TantivyEngine(Path(sys.argv[1]), heap_bytes=20_000_000, num_threads=1).update() as writer:
    cursor = writer.cursor
    while True:
        cursor += 1
        writer.put([Entry(f"{cursor}", "paper", "m", f"Brunnen {cursor}")])
        writer.commit(cursor)
        print(cursor, flush=True)
"""


def entry(id_: str) -> Entry:
    return Entry(id_, "paper", "m", "Brunnen")


def fill(folder: Path, *ids: str) -> None:
    with TantivyEngine(folder).update() as writer:
        writer.put(map(entry, ids))
        writer.commit(1)


def test_killed_writers_lose_nothing_they_committed_and_leave_no_lock(tmp_path: Path) -> None:
    """Each entry has its own cursor: whatever the last cursor is, all entries up to it must be there."""
    for turn in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE_UNTIL_KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        said = 0
        for _ in range(5 + turn):
            said = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read().split()
        process.stdout.close()
        process.wait()
        said = int(rest[-1]) if rest else said
        with TantivyEngine(tmp_path).update() as writer:
            assert said <= writer.cursor <= said + 1
            assert writer.cursor <= writer.entries <= writer.cursor + 1
            again = range(writer.cursor + 1, writer.cursor + 3)
            writer.put(entry(f"{n}") for n in again)
            writer.commit(again[-1])
            assert writer.entries == writer.cursor


def test_an_unfinished_rebuild_is_swept_by_the_next_writer(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    with TantivyEngine(tmp_path).rebuild() as writer:
        writer.put([entry("b")])
        writer.commit(2)
    builds = tmp_path / "builds"
    assert len(list(builds.iterdir())) == 2
    fill(tmp_path, "a")
    assert len(list(builds.iterdir())) == 1


def test_the_build_before_is_kept_and_older_ones_are_not(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    names = []
    for turn in range(3):
        with engine.rebuild() as writer:
            writer.put([entry("a")])
            writer.commit(turn)
            engine.publish(writer, 1)
        names.append(engine.reader().state().name)
    assert {build.name for build in (tmp_path / "builds").iterdir()} == set(names[1:])
    assert json.loads((tmp_path / "current").read_text()) == {"build": names[2], "previous": names[1]}


def test_another_schema_version_is_not_searched_and_is_replaced_by_update(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    engine = TantivyEngine(tmp_path)
    state = tmp_path / "builds" / engine.reader().state().name / "state.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "schema_version": 0}))
    with pytest.raises(IndexFault, match="another version"):
        engine.reader().search(Query())
    with engine.update() as writer:
        assert (writer.cursor, writer.entries) == (0, 0)
    assert engine.reader().search(Query()).total == 0


@pytest.mark.parametrize("spoiled", ["current", "state.json", "meta.json", "vocabulary.json"])
def test_a_spoiled_folder_is_a_clear_fault_and_can_be_rebuilt(tmp_path: Path, spoiled: str) -> None:
    fill(tmp_path, "a")
    (path,) = tmp_path.rglob(spoiled)
    path.write_text("spoiled")
    engine = TantivyEngine(tmp_path)
    with pytest.raises(IndexUnavailable, match=r"cannot be|failed|opened"):
        engine.reader().search(Query())
    with pytest.raises(IndexFault):
        engine.update()
    path.unlink()
    if spoiled == "current":
        with engine.rebuild() as writer:
            writer.put([entry("b")])
            writer.commit(1)
            engine.publish(writer, 1)
        assert engine.reader().search(Query()).total == 1


def test_a_spoiled_build_is_replaced_by_a_rebuild(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    engine = TantivyEngine(tmp_path)
    reader = engine.reader()
    (path,) = tmp_path.rglob("meta.json")
    path.write_text("spoiled")
    with engine.rebuild() as writer:
        writer.put([entry("b")])
        writer.commit(1)
        engine.publish(writer, 1)
    assert [hit.id for hit in reader.search(Query()).hits] == ["b"]


def test_a_rebuild_mends_a_spoiled_pointer(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    (tmp_path / "current").write_text("spoiled")
    engine = TantivyEngine(tmp_path)
    with engine.rebuild() as writer:
        writer.put([entry("b")])
        writer.commit(1)
        engine.publish(writer, 1)
    assert [hit.id for hit in engine.reader().search(Query()).hits] == ["b"]


def test_a_panic_of_the_engine_is_a_fault_of_the_index() -> None:
    panic = type("PanicException", (BaseException,), {})  # as pyo3_runtime has it
    with pytest.raises(IndexFault, match="Searching failed: mid > len"), engine_faults("Searching"):
        raise panic("mid > len")
    with pytest.raises(KeyboardInterrupt), engine_faults("Searching"):
        raise KeyboardInterrupt


def test_a_pointer_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    (tmp_path / "current").write_text(json.dumps({"build": "../elsewhere", "previous": None}))
    with pytest.raises(IndexUnavailable, match="names no index build"):
        TantivyEngine(tmp_path).reader().search(Query())


def test_a_file_in_place_of_the_folder_is_a_clear_fault(tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_text("")
    with pytest.raises(IndexUnavailable, match="not a folder"):
        TantivyEngine(path).reader().search(Query())
    with pytest.raises(IndexFault, match="another folder"):
        TantivyEngine(path).update()


def test_foreign_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    fill(tmp_path, "a")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_another_process_sees_commits_and_holds_the_lock(tmp_path: Path) -> None:
    reader = TantivyEngine(tmp_path).reader()
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(IndexFault, match="written by another process"):
            TantivyEngine(tmp_path).update()
        until(lambda: reader.search(Query(parse("brunnen"))).total >= 5)
    finally:
        process.kill()
        process.communicate()


def test_a_closed_writer_writes_no_more(tmp_path: Path) -> None:
    with TantivyEngine(tmp_path).update() as writer:
        pass
    with pytest.raises(IndexFault, match="closed"):
        writer.commit(1)


def test_texts_are_not_stored(tmp_path: Path) -> None:
    with TantivyEngine(tmp_path).update() as writer:
        writer.put([Entry("a", "paper", "m", "Titel", texts=("Unwiederholbares Wortungetüm " * 3,))])
        writer.commit(1)
    assert not any(b"Unwiederholbares" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_the_schema_has_every_field_of_the_table() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert schema() is not None


def test_words_one_slip_away() -> None:
    near = within_one_edit("linden")
    assert {"lidnen", "linde", "lindens", "landen", "inden", "xlinden"} <= near
    assert "linden" not in near
    assert "lind" not in near


class CountingSearcher:
    """A searcher that counts its searches."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self.searches = 0

    def search(self, *wanted: Any, **more: Any) -> Any:
        self.searches += 1
        return self._searcher.search(*wanted, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._searcher, name)


def test_a_page_by_date_asks_no_more_often_for_a_hundred_days(tmp_path: Path) -> None:
    first = dt.date(2024, 1, 1)
    with TantivyEngine(tmp_path).update() as writer:
        writer.put(replace(entry(f"{n:03}"), date=first + dt.timedelta(n // 2)) for n in range(200))
        writer.commit(1)
    searcher = TantivyEngine(tmp_path).reader()._current().searcher  # type: ignore[attr-defined]
    conditions = Conditions(schema())
    asked = conditions.of(interpret(parse("Brunnen"), Vocabulary(), NoLexicon()).all_words)
    counting = CountingSearcher(searcher)
    order = Order(counting, conditions, asked, 200, unscored=False)  # type: ignore[arg-type]
    hits, following = order.by_day(PageStart(0), 100, oldest_first=True)
    assert [order._id(address) for _, address in hits] == [f"{n:03}" for n in range(100)]
    assert following is not None
    assert counting.searches <= 6

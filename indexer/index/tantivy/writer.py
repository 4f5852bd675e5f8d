"""Writes one build of an embedded index."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import tantivy

from indexer.index.analysis import Analysis, Values
from indexer.index.compounds import Vocabulary
from indexer.index.contract import Entry, IndexFault
from indexer.index.tantivy.folder import Build, BuildState, engine_faults
from indexer.index.tantivy.schema import document, register_tokenizers, schema

HEAP_BYTES: Final = 128_000_000


def open_index(path: Path) -> tantivy.Index:
    """Open the index of a build. Raises IndexFault."""
    with engine_faults(f"Opening the index in {path}"):
        index = tantivy.Index.open(str(path))
        register_tokenizers(index)
        return index


def make_index(build: Build) -> None:
    """Make an empty index in a new build."""
    with engine_faults(f"Making an index in {build.index}"):
        tantivy.Index(schema(), path=str(build.index))
        Vocabulary().save(build.vocabulary)


class TantivyWriter:
    """The one writer of a build. See IndexWriter.

    A commit is Tantivy's own commit first and the state file after it. When the process dies between the two, the
    index holds more than the cursor says; what is applied again from the older cursor replaces the same entries.
    """

    def __init__(
        self, build: Build, unlock: Callable[[], None], *, unpublished: bool, heap_bytes: int, num_threads: int
    ) -> None:
        self.build = build
        self.unpublished = unpublished
        self.uncommitted = False
        self._unlock = unlock
        self._state = build.state()
        with engine_faults(f"Reading {build.vocabulary}"):
            self._analysis = Analysis(Vocabulary.load(build.vocabulary), self._save)
        self._schema = schema()
        self._index = open_index(build.index)
        with engine_faults(f"Writing the index in {build.index}"):
            self._writer: tantivy.IndexWriter | None = self._index.writer(heap_bytes, num_threads)
        self._entries = self._counted()

    @property
    def name(self) -> str:
        return self.build.name

    @property
    def cursor(self) -> int:
        return self._state.cursor

    @property
    def entries(self) -> int:
        return self._entries

    def put(self, entries: Iterable[Entry]) -> int:
        """See IndexWriter."""
        written = 0
        for entry in entries:
            self.uncommitted = True
            self._write(self._analysis.put(entry))
            written += 1
        return written

    def delete(self, ids: Iterable[str]) -> None:
        """See IndexWriter."""
        self._write(self._analysis.rest())
        for id_ in ids:
            self.uncommitted = True
            self._open.delete_documents_by_term("id", id_)

    def commit(self, cursor: int, origin: str = "") -> None:
        """See IndexWriter."""
        self._write(self._analysis.rest())
        with engine_faults(f"Committing the index in {self.build.index}"):
            self._open.commit()
            self._state = BuildState(cursor, self._state.schema_version, self._state.built_at, origin)
            self.build.set_state(self._state)
        self._entries = self._counted()
        self.uncommitted = False

    def _save(self, vocabulary: Vocabulary) -> None:
        with engine_faults(f"Writing {self.build.vocabulary}"):
            vocabulary.save(self.build.vocabulary)

    def _write(self, entries: Iterable[Values]) -> None:
        for values in entries:
            with engine_faults(f"Writing the entry {values['id']}"):
                self._open.delete_documents_by_term("id", values["id"])
                self._open.add_document(document(values, self._schema))

    @property
    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise IndexFault(f"The writer of {self.build.name} is closed; open another one")
        return self._writer

    def _counted(self) -> int:
        with engine_faults(f"Counting the entries in {self.build.index}"):
            self._index.reload()
            return self._index.searcher().num_docs

    def close(self) -> None:
        """Drop what was not committed, let merges end, free the lock. May be called again."""
        if self._writer is None:
            return
        writer, self._writer = self._writer, None
        try:
            with engine_faults(f"Closing the index in {self.build.index}"):
                if self.uncommitted:
                    writer.rollback()
                writer.wait_merging_threads()
        finally:
            self._unlock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        failed = kind is not None and self.unpublished
        try:
            if failed:
                shutil.rmtree(self.build.path, ignore_errors=True)
            self.close()
        except IndexFault:
            if kind is None:
                raise
        finally:
            if failed:
                shutil.rmtree(self.build.path, ignore_errors=True)

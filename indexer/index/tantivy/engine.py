"""The embedded engine: which build is searched, which is written, and when one takes the place of the other."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from indexer.index.contract import IndexFault, IndexNotReady, IndexReader, IndexWriter
from indexer.index.fields import SCHEMA_VERSION
from indexer.index.publishing import check
from indexer.index.tantivy.folder import Build, Folder, engine_faults
from indexer.index.tantivy.reader import TantivyReader
from indexer.index.tantivy.writer import HEAP_BYTES, TantivyWriter, make_index


class TantivyEngine:
    """See Engine. `num_threads` of 0 takes as many as there are processors, at most 4."""

    def __init__(self, path: Path, *, heap_bytes: int = HEAP_BYTES, num_threads: int = 0) -> None:
        self._folder = Folder(path)
        self._heap_bytes = heap_bytes
        self._num_threads = num_threads or min(os.cpu_count() or 1, 4)

    def reader(self) -> IndexReader:
        """See Engine."""
        return TantivyReader(self._folder)

    def update(self) -> IndexWriter:
        """See Engine."""
        handle = self._folder.lock()
        try:
            with engine_faults(f"Preparing {self._folder.path}"):
                self._folder.sweep()
                build = self._published_of_this_version() or self._new_build()
                self._folder.publish(build)
                self._folder.sweep()
            return self._writer(build, handle, unpublished=False)
        except BaseException:
            self._folder.unlock(handle)
            raise

    def rebuild(self) -> IndexWriter:
        """See Engine."""
        handle = self._folder.lock()
        try:
            with suppress(IndexFault), engine_faults(f"Preparing {self._folder.path}"):
                self._folder.sweep()  # a damaged pointer is what a rebuild is to mend
            return self._writer(self._new_build(), handle, unpublished=True)
        except BaseException:
            self._folder.unlock(handle)
            raise

    def publish(self, writer: IndexWriter, expected_entries: int) -> None:
        """See Engine."""
        if not isinstance(writer, TantivyWriter):
            raise IndexFault(f"{writer!r} is not a writer of this engine")
        check(writer, writer.build.path.is_dir(), expected_entries)
        with engine_faults(f"Publishing the index {writer.name}"):
            self._folder.publish(writer.build)
            writer.unpublished = False
            self._folder.sweep()

    def _published_of_this_version(self) -> Build | None:
        try:
            build = self._folder.published()
        except IndexNotReady:
            return None
        return build if build.state().schema_version == SCHEMA_VERSION else None

    def _new_build(self) -> Build:
        with engine_faults(f"Making a new build in {self._folder.path}"):
            build = self._folder.new_build()
            make_index(build)
            return build

    def _writer(self, build: Build, handle: int, *, unpublished: bool) -> TantivyWriter:
        return TantivyWriter(
            build,
            lambda: self._folder.unlock(handle),
            unpublished=unpublished,
            heap_bytes=self._heap_bytes,
            num_threads=self._num_threads,
        )

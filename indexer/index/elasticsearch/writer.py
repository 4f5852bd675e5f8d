"""Writes one build of an index in a cluster."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import IO, Final, Self

from elasticsearch import Elasticsearch

from indexer.index.analysis import Analysis, Values
from indexer.index.compounds import Vocabulary
from indexer.index.contract import Entry, IndexFault
from indexer.index.elasticsearch.builds import Builds
from indexer.index.elasticsearch.client import cluster_faults
from indexer.index.elasticsearch.lock import WriterLock
from indexer.index.elasticsearch.mapping import document_id, source
from indexer.index.elasticsearch.sender import Operation, SendingThread, send

IN_MEMORY: Final = 32_000_000
"""Bytes of uncommitted documents; more of them wait on disk."""


class ElasticsearchWriter:
    """The one writer of a build. See IndexWriter.

    Into a build that nobody searches, documents are sent at once. For the published one they wait here until the
    commit, so that nothing of them is there if they are dropped. When the process or the cluster dies during a commit,
    the index may hold more than the cursor says; what is applied again from there replaces the same entries.
    """

    def __init__(
        self, client: Elasticsearch, builds: Builds, lock: WriterLock, name: str, *, unpublished: bool
    ) -> None:
        self.name = name
        self.unpublished = unpublished
        self.uncommitted = False
        self._client = client
        self._builds = builds
        self._lock = lock
        self.closed = False
        with cluster_faults(f"Opening {name}"):
            self._state = builds.meta.state(name)
            self._entries = builds.count(name)
            self._analysis = Analysis(builds.meta.vocabulary(name), self._save)
        self._waiting = _Waiting()
        self._sending = SendingThread(client, name, lock.check)

    @property
    def cursor(self) -> int:
        return self._state.cursor

    @property
    def entries(self) -> int:
        return self._entries

    def put(self, entries: Iterable[Entry]) -> int:
        """See IndexWriter."""
        self._check_open()
        written = 0
        for entry in entries:
            self.uncommitted = True
            self._write(self._analysis.put(entry))
            written += 1
        return written

    def delete(self, ids: Iterable[str]) -> None:
        """See IndexWriter."""
        self._check_open()
        self._write(self._analysis.rest())
        for id_ in ids:
            self.uncommitted = True
            self._do(Operation(document_id(id_), None))

    def commit(self, cursor: int, origin: str = "") -> None:
        """See IndexWriter. Raises IndexUnavailable, IndexFault naming refused entries, IndexLocked."""
        self._check_open()
        self._write(self._analysis.rest())
        self._lock.check()
        with cluster_faults(f"Committing {self.name}"):
            if not self._builds.exists(self.name):
                raise IndexFault(f"The index {self.name} is not there any more; build the index anew")
            if self.unpublished:
                self._sending.flush()
            else:
                send(self._client, self.name, self._waiting.all(), self._lock.check)
            self._builds.refresh(self.name)
            self._set_state(cursor, origin)
            self._entries = self._builds.count(self.name)
        self._waiting.clear()
        self.uncommitted = False

    def _write(self, entries: Iterable[Values]) -> None:
        for values in entries:
            self._do(Operation(document_id(str(values["id"])), source(values)))

    def _do(self, operation: Operation) -> None:
        if self.unpublished:
            self._sending.put(operation)
        else:
            self._waiting.add(operation)

    def _save(self, vocabulary: Vocabulary) -> None:
        """The vocabulary first, then its number: who reads the number finds at least that vocabulary."""
        self._lock.check()
        with cluster_faults(f"Writing the vocabulary of {self.name}"):
            self._builds.meta.save_vocabulary(self.name, vocabulary)
            self._state = replace(self._state, vocabulary=self._state.vocabulary + 1)
            self._builds.meta.set_state(self.name, self._state)

    def _set_state(self, cursor: int, origin: str) -> None:
        state = replace(self._state, cursor=cursor, origin=origin)
        self._builds.meta.set_state(self.name, state)
        self._state = state

    def _check_open(self) -> None:
        if self.closed:
            raise IndexFault(f"The writer of {self.name} is closed; open another one")

    def close(self) -> None:
        """Drop what was not committed, free the lock. May be called again."""
        if self.closed:
            return
        self.closed = True
        try:
            self._waiting.close()
            self._lock.release()
        finally:
            self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self.unpublished and kind is not None:
                with cluster_faults(f"Removing {self.name}"):
                    self._lock.check()
                    self._builds.remove(self.name)
        except IndexFault:
            pass  # the next writer sweeps it away
        finally:
            self.close()


class _Waiting:
    """Operations that wait for the commit: in memory, or, when they are many, in a file that has no name."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - lives as long as the writer

    def add(self, operation: Operation) -> None:
        """Append one: two lines of JSON, its id and its source."""
        self._file.write(json.dumps(operation.id).encode() + b"\n" + (operation.source or b"") + b"\n")

    def all(self) -> Iterator[Operation]:
        """All of them, in their order."""
        self._file.seek(0)
        while id_ := self._file.readline():
            yield Operation(json.loads(id_), self._file.readline()[:-1] or None)

    def clear(self) -> None:
        self._file.close()
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115

    def close(self) -> None:
        self._file.close()

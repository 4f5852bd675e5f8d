"""The cluster engine: which build is searched, which is written, and when one takes the place of the other."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from elasticsearch import Elasticsearch

from indexer.index.contract import Clause, Hit, IndexFault, IndexReader, IndexWriter, Occur, Query
from indexer.index.elasticsearch.builds import Builds
from indexer.index.elasticsearch.client import cluster_faults, connect
from indexer.index.elasticsearch.lock import LEASE_SECONDS, WriterLock
from indexer.index.elasticsearch.names import Names
from indexer.index.elasticsearch.reader import ElasticsearchReader
from indexer.index.elasticsearch.settings import ElasticsearchSettings
from indexer.index.elasticsearch.writer import ElasticsearchWriter
from indexer.index.folding import PIECE, tidy
from indexer.index.language import pieces
from indexer.index.publishing import check


class ElasticsearchEngine:
    """See Engine. Every writer and reader has its own connection."""

    def __init__(self, settings: ElasticsearchSettings, *, lease_seconds: float = LEASE_SECONDS) -> None:
        self._settings = settings
        self._names = Names(settings.index)
        self._lease_seconds = lease_seconds

    def reader(self) -> IndexReader:
        """See Engine."""
        return ElasticsearchReader(self._settings)

    def update(self) -> IndexWriter:
        """See Engine. Raises IndexUnavailable as well."""
        return self._writer(unpublished=False)

    def rebuild(self) -> IndexWriter:
        """See Engine. Raises IndexUnavailable as well."""
        return self._writer(unpublished=True)

    def _writer(self, *, unpublished: bool) -> IndexWriter:
        client = connect(self._settings, writing=True)
        lock = WriterLock(client, self._names, self._lease_seconds)
        locked = False
        try:
            with cluster_faults(f"Preparing {self._names.alias}"):
                builds = self._builds(client)
                builds.meta.ensure()
                lock.acquire()
                locked = True
                builds.sweep()
                name = builds.create(unpublished=True) if unpublished else _current(builds)
                return ElasticsearchWriter(client, builds, lock, name, unpublished=unpublished)
        except BaseException:
            if locked:
                lock.release()
            client.close()
            raise

    def publish(self, writer: IndexWriter, expected_entries: int) -> None:
        """See Engine. Raises IndexUnavailable as well."""
        if not isinstance(writer, ElasticsearchWriter):
            raise IndexFault(f"{writer!r} is not a writer of this engine")
        with self._connected(f"Publishing {writer.name}") as builds:
            check(writer, builds.exists(writer.name), expected_entries)
            self._try_out(writer.name, expected_entries)
            builds.settle(writer.name)
            builds.swap(writer.name)
            writer.unpublished = False
            if not writer.closed:  # the lock is still held
                builds.sweep()

    def _try_out(self, build: str, expected_entries: int) -> None:
        """Ask the build for everything, and for one entry by the words of its title. Raises IndexFault unless both
        are answered."""
        reader = ElasticsearchReader(self._settings, build)
        try:
            everything = reader.search(Query(limit=100))
            if everything.partial or everything.total != expected_entries:
                raise IndexFault(f"The index {build} answers with {everything.total} of {expected_entries} entries")
            titled = next((hit for hit in everything.hits if pieces(hit.title)), None)
            if titled is not None and not reader.search(_about(titled)).total:
                raise IndexFault(f"The index {build} does not find {titled.id} by its title")
        finally:
            reader.close()

    @contextlib.contextmanager
    def _connected(self, doing: str) -> Iterator[Builds]:
        client = connect(self._settings, writing=True)
        try:
            with cluster_faults(doing):
                yield self._builds(client)
        finally:
            client.close()

    def _builds(self, client: Elasticsearch) -> Builds:
        return Builds(client, self._names, self._settings.shards, self._settings.replicas)


def _current(builds: Builds) -> str:
    """The published build, or an empty one that is published now."""
    name = builds.published_of_this_version()
    if name is None:
        name = builds.create(unpublished=False)
        builds.swap(name)
        builds.sweep()
    return name


def _about(hit: Hit) -> Query:
    """A question that the entry answers: the first word of its title."""
    return Query((Clause(PIECE.findall(tidy(hit.title))[0], Occur.MUST),))

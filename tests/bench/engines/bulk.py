"""Ready documents into an engine, as fast as it takes them: seconds until they are committed, or seen."""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import tantivy
from elasticsearch import Elasticsearch

from indexer.index.analysis import Values
from indexer.index.elasticsearch.mapping import document_id, mappings, settings, source
from indexer.index.elasticsearch.sender import AT_ONCE, BYTES_AT_ONCE, Operation, send
from indexer.index.tantivy.schema import document, register_tokenizers, schema
from indexer.index.tantivy.writer import HEAP_BYTES
from tests.bench.engines.sides import Side

RAW = "bench-raw"


def into_tantivy(documents: Sequence[Values], folder: Path) -> float:
    """As the port's writer does, and no more."""
    folder.mkdir()
    table = schema()
    index = tantivy.Index(table, path=str(folder))
    register_tokenizers(index)
    began = time.perf_counter()
    writer = index.writer(HEAP_BYTES, min(os.cpu_count() or 1, 4))
    for values in documents:
        writer.add_document(document(values, table))
    writer.commit()
    writer.wait_merging_threads()
    return time.perf_counter() - began


def into_elasticsearch(side: Side, documents: Sequence[Values], connections: int) -> float:
    """Bodies of `_bulk` that lie ready, over so many connections; then a refresh."""
    bodies = list(_bodies(documents))
    with _empty(side) as client:
        began = time.perf_counter()
        with ThreadPoolExecutor(connections) as pool:
            parts = [bodies[number::connections] for number in range(connections)]
            list(pool.map(lambda part: _post(side, part), parts))
        client.indices.refresh(index=RAW)
        return time.perf_counter() - began


def through_the_sender(side: Side, documents: Sequence[Values]) -> float:
    """The same documents through the port's own sender."""
    operations = [Operation(document_id(str(values["id"])), source(values)) for values in documents]
    with _empty(side) as client:
        began = time.perf_counter()
        send(client, RAW, operations, lambda: None)
        client.indices.refresh(index=RAW)
        return time.perf_counter() - began


def _bodies(documents: Sequence[Values]) -> Iterator[bytes]:
    """Cut as the sender cuts."""
    lines: list[bytes] = []
    for values in documents:
        action = json.dumps({"index": {"_id": document_id(str(values["id"]))}}).encode()
        line = action + b"\n" + source(values) + b"\n"
        if lines and (len(lines) >= AT_ONCE or sum(map(len, lines)) + len(line) > BYTES_AT_ONCE):
            yield b"".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield b"".join(lines)


def _post(side: Side, bodies: Sequence[bytes]) -> None:
    assert side.server is not None
    connection = http.client.HTTPConnection(urlsplit(side.server.url).netloc, timeout=600)
    for body in bodies:
        connection.request("POST", f"/{RAW}/_bulk", body, {"Content-Type": "application/x-ndjson"})
        told = connection.getresponse().read()
        if b'"errors":false' not in told:
            raise SystemExit(f"{side.name} refused: {told[:500]!r}")
    connection.close()


class _empty:  # noqa: N801 - used like a function
    """A new index as the port makes it for a build, gone afterwards."""

    def __init__(self, side: Side) -> None:
        assert side.server is not None
        self._client = Elasticsearch(side.server.url, request_timeout=600)

    def __enter__(self) -> Elasticsearch:
        made = settings(1, 0) | {"translog": {"durability": "async"}}
        self._client.indices.create(index=RAW, settings=made, mappings=mappings())
        return self._client

    def __exit__(self, *_: object) -> None:
        self._client.indices.delete(index=RAW)
        self._client.close()

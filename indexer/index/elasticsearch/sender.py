"""Writes documents in bulk: as fast as the cluster takes them, patient when it is busy, exact about what it refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import Full, Queue
from typing import Any, Final

from elasticsearch import Elasticsearch, helpers

from indexer.index.contract import IndexFault
from indexer.index.elasticsearch.client import cluster_faults, reason

AT_ONCE: Final = 500
BYTES_AT_ONCE: Final = 8_000_000
WAITING: Final = 200
"""So many documents wait for the sending thread at most; then whoever makes them waits."""

TRIES: Final = 8
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
TOLD: Final = 5
"""So many refused documents are named."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One document to write, or, without `source`, to remove; `id` is its `_id`."""

    id: str
    source: bytes | None


def send(client: Elasticsearch, index: str, operations: Iterable[Operation], check: Callable[[], None]) -> None:
    """Write all operations, in their order. `check` is called before every part that is sent. Raises IndexUnavailable
    when the cluster does not take them even after waiting, IndexFault naming the documents that it refused."""
    refused: list[str] = []
    with cluster_faults(f"Writing into {index}"):
        for ok, answer in helpers.streaming_bulk(
            client,
            _checked(operations, check),  # type: ignore[arg-type]  # the callback makes of them what is expected
            index=index,
            expand_action_callback=_expanded,  # type: ignore[arg-type]
            chunk_size=AT_ONCE,
            max_chunk_bytes=BYTES_AT_ONCE,
            raise_on_error=False,
            max_retries=TRIES,
            initial_backoff=FIRST_PAUSE,
            max_backoff=LONGEST_PAUSE,
            retry_on_status=(429, 503),
        ):
            if not ok:
                refused += _refusal(answer)
    if refused:
        more = f" and {len(refused) - TOLD} more" if len(refused) > TOLD else ""
        raise IndexFault(f"{index} refused {len(refused)} documents: {'; '.join(refused[:TOLD])}{more}")


def _checked(operations: Iterable[Operation], check: Callable[[], None]) -> Iterator[Operation]:
    for number, operation in enumerate(operations):
        if number % AT_ONCE == 0:
            check()
        yield operation


def _expanded(operation: Operation) -> tuple[dict[str, Any], bytes | None]:
    return {"index" if operation.source is not None else "delete": {"_id": operation.id}}, operation.source


def _refusal(answer: dict[str, Any]) -> list[str]:
    ((action, told),) = answer.items()
    if action == "delete" and told.get("status") == 404:
        return []
    return [f"{told.get('_id')}: {reason(told)}"]


class SendingThread:
    """Sends while the next documents are being made. Raises in `put` or `flush` what the sending raised."""

    def __init__(self, client: Elasticsearch, index: str, check: Callable[[], None]) -> None:
        self._client = client
        self._index = index
        self._check = check
        self._queue: Queue[Operation | None] = Queue(WAITING)
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None

    def put(self, operation: Operation) -> None:
        """Send this one as well; waits while too many wait already."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="index-sender", daemon=True)
            self._thread.start()
        self._hand_over(operation)

    def flush(self) -> None:
        """Wait until everything is sent."""
        if self._thread is not None:
            self._hand_over(None)
            self._thread.join()
            self._thread = None
        self._raise()

    def _hand_over(self, operation: Operation | None) -> None:
        while True:
            self._raise()
            try:
                self._queue.put(operation, timeout=0.5)
            except Full:
                continue
            return

    def _raise(self) -> None:
        if self._error is not None:
            error, self._error = self._error, None
            self._thread = None
            self._queue = Queue(WAITING)
            raise error

    def _run(self) -> None:
        try:
            send(self._client, self._index, iter(self._queue.get, None), self._check)
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for it
            self._error = error

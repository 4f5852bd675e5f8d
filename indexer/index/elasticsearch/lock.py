"""One writer at a time, on whatever machine: a document that its holder renews, and that runs out when he is gone."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from typing import Any, Final

from elasticsearch import ConflictError, Elasticsearch, NotFoundError

from indexer.index.contract import IndexFault, IndexLocked
from indexer.index.elasticsearch.client import cluster_faults
from indexer.index.elasticsearch.names import Names

LOG = logging.getLogger("ratslupe.index")
LEASE_SECONDS: Final = 30.0
"""So long a lock outlives its holder. The clocks of machines that write must not differ by half of it."""

RENEW_SECONDS: Final = 5.0


class WriterLock:
    """Held from `acquire` to `release`; renewed by a thread of its own meanwhile."""

    def __init__(self, client: Elasticsearch, names: Names, lease_seconds: float = LEASE_SECONDS) -> None:
        self._client = client
        self._index = names.meta
        self._lease = lease_seconds
        self._token = secrets.token_hex(8)
        self._place: dict[str, Any] = {}
        self._renewed = 0.0
        self._lost = False
        self._ended = threading.Event()
        self._busy = threading.Lock()
        self._thread: threading.Thread | None = None

    def acquire(self) -> None:
        """Take the lock. Raises IndexLocked at once when somebody else holds it, IndexUnavailable."""
        with cluster_faults(f"Locking {self._index}"):
            try:
                self._write(op_type="create")
            except ConflictError:
                self._take_over()
        self._thread = threading.Thread(target=self._renew_until_released, name="index-lock", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Before something is written. Raises IndexLocked when the lock may be somebody else's by now."""
        if not self._lost and time.monotonic() - self._renewed > self._lease / 2:
            with cluster_faults(f"Renewing the lock in {self._index}"):
                self._renew()
        if self._lost:
            raise IndexLocked(
                f"{self._index}: this writer was silent for too long and another one has taken over; "
                "what was not committed is written by that one"
            )

    def release(self) -> None:
        """Give the lock back; if the cluster does not answer, it runs out by itself."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if not self._lost:
            try:
                with cluster_faults(f"Unlocking {self._index}"):
                    self._client.options(ignore_status=[404, 409]).delete(index=self._index, id="lock", **self._place)
            except IndexFault as fault:
                LOG.warning("%s; the lock runs out in %.0f s", fault, self._lease)

    def _take_over(self) -> None:
        try:
            found = self._client.get(index=self._index, id="lock")
        except NotFoundError:
            raise IndexLocked(f"{self._index}: another writer has just ended; try again") from None
        held: dict[str, Any] = found["_source"]
        silent = time.time() - float(held.get("renewed_at", 0))
        if abs(silent) < float(held.get("lease_seconds", self._lease)):
            raise IndexLocked(
                f"The index {self._index.removesuffix('-meta')} is being written by {held.get('holder')}; "
                f"wait for it or stop it (a dead one is noticed after {self._lease:.0f} s)"
            )
        try:
            self._write(if_seq_no=found["_seq_no"], if_primary_term=found["_primary_term"])
        except ConflictError:
            raise IndexLocked(f"{self._index}: another writer was faster; wait for it") from None
        LOG.warning("%s was locked by %s, silent for %.0f s: taken over", self._index, held.get("holder"), silent)

    def _renew_until_released(self) -> None:
        while not self._ended.wait(min(RENEW_SECONDS, self._lease / 4)) and not self._lost:
            try:
                with cluster_faults(f"Renewing the lock in {self._index}"):
                    self._renew()
            except IndexFault as fault:
                LOG.warning("%s", fault)

    def _renew(self) -> None:
        with self._busy:
            try:
                self._write(**self._place)
            except ConflictError:
                self._lost = not self._is_mine()

    def _is_mine(self) -> bool:
        """After a conflict: whether it was only this writer's own renewal, sent twice."""
        try:
            found = self._client.get(index=self._index, id="lock")
        except NotFoundError:
            return False
        if found["_source"].get("token") != self._token:
            return False
        self._place = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        return True

    def _write(self, **condition: Any) -> None:
        sent = time.monotonic()
        held = {
            "holder": f"{socket.gethostname()}, process {os.getpid()}",
            "token": self._token,
            "renewed_at": time.time(),
            "lease_seconds": self._lease,
        }
        answer = self._client.index(index=self._index, id="lock", document=held, **condition)
        self._place = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
        self._renewed = sent

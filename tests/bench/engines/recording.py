"""What the port sends to a cluster for one question, written down, and sent once more without the port."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from indexer.index.contract import IndexReader
from tests.bench.measuring import Took


@dataclass(frozen=True, slots=True)
class Request:
    """One request as bytes; `search` is the one that asks for hits."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None
    search: bool


@dataclass(slots=True)
class Recorder:
    """Stands in the way of what a reader sends."""

    sent: list[Request] = field(default_factory=list)

    def listen(self, reader: IndexReader) -> None:
        """From now on."""
        transport = reader._client.transport  # type: ignore[attr-defined]
        perform = transport.perform_request

        def heard(method: str, target: str, *, body: Any = None, headers: Any = None, **more: Any) -> Any:
            wire = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() if body is not None else None
            search = isinstance(body, dict) and "query" in body and target.split("?")[0].endswith("/_search")
            self.sent.append(Request(method, target, dict(headers or {}), wire, search))
            return perform(method, target, body=body, headers=headers, **more)

        transport.perform_request = heard

    def taken(self) -> list[Request]:
        """What was sent since this was asked last."""
        sent, self.sent = self.sent, []
        return sent


def replay(url: str, questions: Sequence[Sequence[Request]]) -> Took:
    """The requests of each question over one kept connection; answers are read and not looked at."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    took = []
    for requests in questions:
        began = time.perf_counter()
        for request in requests:
            connection.request(request.method, request.target, request.body, dict(request.headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{request.target}: status {answer.status}")
        took.append(time.perf_counter() - began)
    connection.close()
    return took, sum(took)

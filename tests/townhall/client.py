"""How these tests ask a simulated server: plain HTTP, JSON, and all pages of a list."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def get(url: str, headers: dict[str, str] | None = None) -> Reply:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": "townhall-test", **(headers or {})})
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def pages(url: str) -> list[Any]:
    """Every page of a list, following `next`."""
    found = []
    address: str | None = url
    while address:
        page = get(address).json
        found.append(page)
        address = page["links"].get("next")
        assert len(found) < 50
    return found


def everything(url: str) -> list[Any]:
    return [record for page in pages(url) for record in page["data"]]

"""`ratslupe read`: what a spider would read out of one saved page or answer, for people who debug a source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from council.system import System
from crawlers.oparl.payload import read_answer


def read_oparl(body: bytes, url: str) -> dict[str, Any]:
    """What is read out of an OParl answer. Raises PageChanged."""
    answer = read_answer(body, url)
    records = [{"kind": record.kind.value} | record.model_dump(mode="json") for record in answer.records]
    return {
        "page": answer.page,
        "records": records,
        "follow": list(answer.follow),
        "not_understood": [{"where": gap.where, "what": gap.what} for gap in answer.not_understood],
    }


READERS: dict[System, Callable[[bytes, str], dict[str, Any]]] = {
    System.OPARL: read_oparl,
}
"""One reader a system that can be crawled; a test holds it against `crawlers.systems`."""

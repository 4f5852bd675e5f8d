"""The place in an answer from which the next page goes on, as a text that a person may carry in an address."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from indexer.index.contract import BadCursor, Query


def written(place: Sequence[Any], query: Query) -> str:
    """A place (an engine's own plain values) as a text that fits this question only."""
    inner = json.dumps(place, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(inner, query) + inner).decode().rstrip("=")


def read(text: str, query: Query) -> list[Any]:
    """The place that `written` wrote. Raises BadCursor."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadCursor("This is no place in an answer; ask again without it") from error
    check, inner = raw[:8], raw[8:]
    if check != _check(inner, query) or base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise BadCursor("This place belongs to another question; ask again without it")
    place: list[Any] = json.loads(inner)
    return place


def _check(inner: bytes, query: Query) -> bytes:
    question = repr((query.clauses, query.filter, query.sort)).encode()
    return hashlib.blake2b(inner, key=hashlib.sha256(question).digest(), digest_size=8).digest()

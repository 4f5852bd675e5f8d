"""The place in an answer from which the next page goes on, as a text that a person may carry in an address."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from indexer.index.contract import BadCursor, Query


@dataclass(frozen=True, slots=True)
class Place:
    """`skip` hits have been shown: of the whole answer, or, when it is ordered by date, of this `day`."""

    skip: int
    day: int | None = None


def written(place: Place, query: Query) -> str:
    """The place as a text that fits this question only."""
    inner = json.dumps([place.skip, place.day], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(inner, query) + inner).decode().rstrip("=")


def read(text: str, query: Query) -> Place:
    """The place that `written` wrote. Raises BadCursor."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadCursor("This is no place in an answer; ask again without it") from error
    check, inner = raw[:8], raw[8:]
    if check != _check(inner, query):
        raise BadCursor("This place belongs to another question; ask again without it")
    skip, day = json.loads(inner)
    return Place(skip, day)


def _check(inner: bytes, query: Query) -> bytes:
    question = repr((query.clauses, query.filter, query.sort)).encode()
    return hashlib.blake2b(inner, key=hashlib.sha256(question).digest(), digest_size=8).digest()

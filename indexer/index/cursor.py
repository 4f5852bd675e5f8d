"""The place in an answer from which the next page goes on, as a text that a person may carry in an address."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from indexer.index.contract import BadCursor, Query

NOWHERE: Final = "This is no place in an answer; ask again without it"
MOST_HITS: Final = 100_000_000


def written(place: Sequence[Any], query: Query) -> str:
    """A place (an engine's own plain values) as a text that fits this question only."""
    inner = json.dumps(place, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(inner, query) + inner).decode().rstrip("=")


def read(text: str, query: Query) -> list[Any]:
    """The place that `written` wrote. Raises BadCursor."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadCursor(NOWHERE) from error
    check, inner = raw[:8], raw[8:]
    if check != _check(inner, query) or base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise BadCursor("This place belongs to another question; ask again without it")
    try:
        place = json.loads(inner)
    except (ValueError, RecursionError) as error:  # whoever knows how may write one: the key is the question
        raise BadCursor(NOWHERE) from error
    if not isinstance(place, list):
        raise BadCursor(NOWHERE)
    return place


def number(value: Any) -> int:
    """A number out of a place, of hits or of a day: from 0 to more than there can be. Raises BadCursor."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_HITS:
        raise BadCursor(NOWHERE)
    return value


def _check(inner: bytes, query: Query) -> bytes:
    question = repr((query.clauses, sorted(query.without), query.filter, query.sort, query.match)).encode()
    return hashlib.blake2b(inner, key=hashlib.sha256(question).digest(), digest_size=8).digest()

"""The table of fields as an Elasticsearch mapping, and its values as the bytes of a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from indexer.index.analysis import Values
from indexer.index.fields import FIELDS, Field, Kept

LONGEST_VALUE: Final = 8000
"""Characters. Elasticsearch refuses a whole document for a longer value; so only the value is left out."""

LONGEST_ID: Final = 512
"""Bytes of `_id`."""


def mappings() -> dict[str, Any]:
    """The mapping of every build of this version. Of a document only the stored fields are given back."""
    return {
        "dynamic": "strict",
        "_source": {"includes": ["stored"]},
        "properties": {field.name: _property(field) for field in FIELDS},
    }


def _property(field: Field) -> dict[str, Any]:
    match field.kept:
        case Kept.TOKENS:
            options = "positions" if field.positions else "freqs" if field.frequencies else "docs"
            return {
                "type": "text",
                "analyzer": "whitespace",
                "index_options": options,
                "norms": field.frequencies,
            }
        case Kept.VALUE:
            return {"type": "keyword", "ignore_above": LONGEST_VALUE, "doc_values": field.ordered}
        case Kept.NUMBER:
            return {"type": "integer", "doc_values": field.ordered}
        case Kept.STORED:
            return {"type": "keyword", "index": False, "doc_values": False}


def settings(shards: int, replicas: int) -> dict[str, Any]:
    """The settings of a build: what is written is seen when it is committed, and not before."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "codec": "best_compression",
    }


def source(values: Values) -> bytes:
    """A document. Empty fields are left out."""
    return json.dumps(
        {name: value for name, value in values.items() if value not in ("", [])},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def document_id(id_: str) -> str:
    """The `_id` of an entry: its own id where that is short enough."""
    raw = id_.encode()
    return id_ if len(raw) <= LONGEST_ID else hashlib.sha256(raw).hexdigest()


def stored_of(hit: Mapping[str, Any]) -> str:
    """The stored fields of a hit as the cluster gives it."""
    return str(hit["_source"]["stored"])

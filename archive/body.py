"""A noun as the archive keeps it: packed JSON, and the hash that says whether it changed."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

from archive.visibility import public_items
from council.model import RECORD_TYPES, AgendaItem, File, Kind, Meeting, Paper, Record

# Many servers set these to the day of the request on every object (ris-systems A.6: more!rubin, Peine), so they say
# nothing about whether an object changed.
NOT_CONTENT = frozenset({"created", "modified"})


def pack(record: Record) -> tuple[bytes, bytes]:
    """(hash of the content, packed body). The hash is the same for the same content whatever the source's own dates."""
    values = record.model_dump(mode="json", exclude_defaults=True)
    content = json.dumps(_without_dates(values), ensure_ascii=False, sort_keys=True).encode()
    body = zlib.compress(json.dumps(values, ensure_ascii=False).encode(), 3)
    return hashlib.sha256(content).digest(), body


def unpack(kind: Kind, body: bytes) -> Record:
    """The noun again."""
    return RECORD_TYPES[kind].model_validate_json(zlib.decompress(body))


def fingerprint(file: File, trust_dates: bool) -> bytes:
    """What the source says of a file, hashed: while it says the same, the bytes need not be asked for again.
    `trust_dates`: the source's `modified` is known to mean something."""
    parts = [file.url, file.size, file.date and file.date.isoformat(), file.text_sha256]
    if trust_dates and file.modified:
        parts.append(file.modified.isoformat())
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def links_of(record: Record) -> set[tuple[str, str]]:
    """(relation, native id) of everything a change of which matters to this record, or to which this one matters."""
    links: set[tuple[str, str]] = set()
    match record:
        case Paper():
            for consultation in record.consultations:
                links |= {("consultation", consultation.native_id)}
                links |= {("agenda_item", consultation.agenda_item)} if consultation.agenda_item else set()
                links |= {("meeting", consultation.meeting)} if consultation.meeting else set()
                links |= {("organization", o.native_id) for o in consultation.organization if o.native_id}
            links |= {("organization", o.native_id) for o in record.originator if o.native_id}
        case Meeting():
            links |= {("withheld", native_id) for native_id in record.withheld}
            links |= {("withheld_paper", native_id) for native_id in record.withheld_papers}
            links |= {("organization", o.native_id) for o in record.organization if o.native_id}
            public = public_items(record)
            for item in record.agenda:
                links |= _links_of_item(item) if item in public else _links_of_withheld(item)
        case _:
            pass
    return links


def _links_of_item(item: AgendaItem) -> set[tuple[str, str]]:
    links = {("item_consultation", item.consultation), ("item_paper", item.paper)}
    return {(relation, target) for relation, target in links if target}


def _links_of_withheld(item: AgendaItem) -> set[tuple[str, str]]:
    """An item that is held and not public says the same as one that its reader left out."""
    links = {("withheld", item.native_id), ("withheld", item.consultation), ("withheld_paper", item.paper)}
    return {(relation, target) for relation, target in links if target}


def _without_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_dates(v) for k, v in value.items() if k not in NOT_CONTENT}
    if isinstance(value, list):
        return [_without_dates(v) for v in value]
    return value

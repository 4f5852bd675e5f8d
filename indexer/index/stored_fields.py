"""What a hit shows of an entry, as every engine keeps it beside the entry: one text."""

from __future__ import annotations

import datetime as dt
import json

from indexer.index.contract import Entry, Hit


def written(entry: Entry) -> str:
    """The entry's card."""
    return json.dumps(
        [
            entry.id,
            entry.kind,
            entry.municipality,
            entry.title,
            entry.reference,
            entry.date.isoformat() if entry.date else None,
            entry.paper_type,
            list(entry.organizations),
            entry.source_id,
            entry.source_url,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def hit(card: str | bytes, score: float | None) -> Hit:
    """The hit that a card stands for. Raises ValueError when it is none that `written` wrote."""
    id_, kind, municipality, title, reference, date, paper_type, organizations, source_id, source_url = json.loads(card)
    return Hit(
        id=id_,
        kind=kind,
        municipality=municipality,
        title=title,
        reference=reference,
        date=dt.date.fromisoformat(date) if date else None,
        paper_type=paper_type,
        organizations=tuple(organizations),
        source_id=source_id,
        source_url=source_url,
        score=score,
    )

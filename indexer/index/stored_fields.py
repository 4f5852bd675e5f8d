"""What a hit shows of an entry, as every engine keeps it beside the entry: one JSON object whose names are Hit's."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Final

from indexer.index.contract import Entry, Hit

_NOT_OF_ENTRIES: Final = ("score", "pages", "matches_all")

NAMES: Final = tuple(field.name for field in dataclasses.fields(Hit) if field.name not in _NOT_OF_ENTRIES)


def written(entry: Entry, pages: str = "") -> str:
    """The stored fields of an entry. `pages` are the signatures of its pages."""
    kept = {name: getattr(entry, name) for name in NAMES} | {"pages": pages}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=dt.date.isoformat)


def hit(stored: str | bytes, score: float | None, *, matches_all: bool = True) -> Hit:
    """The hit that the stored fields stand for. Raises ValueError when they are none that `written` wrote."""
    try:
        kept = json.loads(stored)
        date = dt.date.fromisoformat(kept["date"]) if kept["date"] else None
        found = {"date": date, "organizations": tuple(kept["organizations"]), "score": score}
        return Hit(**kept | found, matches_all=matches_all)
    except (KeyError, TypeError) as error:
        raise ValueError(f"these are no stored fields of a hit ({error!r})") from error

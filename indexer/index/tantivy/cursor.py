"""Where the next page of an answer begins, as Tantivy can find it again."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index import cursor
from indexer.index.contract import BadCursor, Query


@dataclass(frozen=True, slots=True)
class Place:
    """`skip` hits have been shown: of the whole answer, or, when it is ordered by date, of this `day`."""

    skip: int
    day: int | None = None


def written(place: Place, query: Query) -> str:
    """The place as a text that fits this question only."""
    return cursor.written((place.skip, place.day), query)


def read(text: str, query: Query) -> Place:
    """The place that `written` wrote. Raises BadCursor."""
    match cursor.read(text, query):
        case [skip, None]:
            return Place(cursor.number(skip))
        case [skip, day]:
            return Place(cursor.number(skip), cursor.number(day))
        case _:
            raise BadCursor(cursor.NOWHERE)

"""Where the next page of an answer begins, as Tantivy can find it again."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index import cursor
from indexer.index.contract import BadCursor, Query


@dataclass(frozen=True, slots=True)
class PageStart:
    """`skip` hits have been shown: of the whole answer, or, when it is ordered by date, of this `day`."""

    skip: int
    day: int | None = None


def written(place: PageStart, query: Query) -> str:
    """The place as a text that fits this question only."""
    return cursor.written((place.skip, place.day), query)


def read(text: str, query: Query) -> PageStart:
    """The place that `written` wrote. Raises BadCursor."""
    match cursor.read(text, query):
        case [skip, None]:
            return PageStart(cursor.number(skip))
        case [skip, day]:
            return PageStart(cursor.number(skip), cursor.number(day))
        case _:
            raise BadCursor(cursor.NOWHERE)

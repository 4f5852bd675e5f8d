"""Pages of one answer: the order of hits to the last tie, by number or from a place on, to any depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from indexer.index import cursor
from indexer.index.contract import BadCursor, Query, Sort
from indexer.index.sections import ListSection, section_of

WINDOW: Final = 10_000
"""A cluster counts off no more hits than these; what is behind them is reached from the hit before."""

KEPT_OPEN: Final = "2m"
"""So long the state of the index is kept for whoever goes on from page to page, so that pages fit each other."""

Answer = Mapping[str, Any]
Hits = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SearchAfter:
    """`skip` hits have been shown: of a whole section, or, when it is ordered by date, of this `day` in it. `after` are
    the sort values of the last of them, which lead on in the `kept` state of a `build`, as long as that is there."""

    skip: int
    day: int | None = None
    after: Sequence[Any] | None = None
    build: str | None = None
    kept: str | None = None
    section: ListSection = ListSection.ALL

    def written(self, query: Query) -> str:
        """As a text that fits this question only."""
        return cursor.written((self.skip, self.day, self.after, self.build, self.kept, self.section), query)


def read(text: str, query: Query) -> SearchAfter:
    """The place that `SearchAfter.written` wrote. Raises BadCursor."""
    match cursor.read(text, query):
        case [skip, day, None | [*_] as after, None | str() as build, None | str() as kept, section]:
            day = None if day is None else cursor.number(day)
            place = SearchAfter(cursor.number(skip), day, after, build, kept, section_of(section, query.sort))
        case _:
            raise BadCursor(cursor.NOWHERE)
    if not all(type(value) in (int, float, str) for value in place.after or ()) or (kept and not place.after):
        raise BadCursor(cursor.NOWHERE)
    return place


def day_field(sort: Sort) -> str:
    """By which of the two days hits are ordered."""
    return "day_or_last" if sort is Sort.OLDEST else "day"


def order(sort: Sort, unscored: bool) -> list[dict[str, str]]:
    """The order of hits. `unscored`: all have the same score, so that it is left out."""
    day = {day_field(sort): "asc" if sort is Sort.OLDEST else "desc"}
    score = [] if unscored else [{"_score": "desc"}]
    return [*score, day, {"id": "asc"}] if sort is Sort.RELEVANCE else [day, *score, {"id": "asc"}]


@dataclass(frozen=True, slots=True)
class HitPage:
    """Hits as the cluster gives them, the first answer with totals and counts, and where the next page begins."""

    hits: Hits
    answer: Answer
    partial: bool
    next: SearchAfter | None


class HitPages:
    """Asks for one page of the answer to a `body` (query, order, counts) in one build. `dated`: ordered by date
    first. One object serves one page."""

    def __init__(
        self,
        client: Elasticsearch,
        build: str,
        body: dict[str, Any],
        extra: Mapping[str, Any],
        sort: Sort,
        dated: bool,
    ) -> None:
        self._client = client
        self._build = build
        self._body = body
        self._rest = {name: value for name, value in body.items() if name != "aggregations"}
        self._extra = extra
        self._sort = sort
        self._dated = dated
        self._kept: str | None = None
        self._partial = False

    def by_number(self, offset: int, limit: int) -> HitPage:
        """Hits from number `offset` on."""
        first, hits = self._numbered(self._body, offset, limit)
        return self._page(first, hits, limit, lambda day: offset - self._before(day) if self._dated else offset)

    def from_place(self, place: SearchAfter, limit: int) -> HitPage:
        """Hits after a place, in the state of the index that was kept for it; else in the newest, which is kept."""
        if place.kept is not None and place.build == self._build:
            self._kept = place.kept
            try:
                first, hits = self._after(place, limit)
                return self._page(first, hits, limit, lambda day: place.skip if place.day in (None, day) else 0)
            except NotFoundError:
                pass  # kept no longer
            except BadRequestError as error:  # no place that this cluster ever wrote
                raise BadCursor(cursor.NOWHERE) from error
        self._kept = self._keep()
        if place.day is None:
            return self.by_number(place.skip, limit)
        first = self._ask(self._body | {"size": 0})
        _, hits = self._numbered(self._limited(place.day, included=True), place.skip, limit)
        return self._page(first, hits, limit, lambda day: place.skip if place.day in (None, day) else 0)

    def _numbered(self, body: dict[str, Any], offset: int, limit: int) -> tuple[Answer, Hits]:
        """The answer, and the hits from a number on: as many as asked for and one more, if there is one."""
        if not limit or offset >= WINDOW:
            first = self._ask(body | {"size": 0})
            if not limit or offset >= total_of(first):
                return first, []
            return first, self._walked(body, offset, limit + 1)
        first = self._ask(body | {"from": offset, "size": min(limit + 1, WINDOW - offset)})
        return first, self._enough(hits_of(first), limit + 1, WINDOW - offset)

    def _after(self, place: SearchAfter, limit: int) -> tuple[Answer, Hits]:
        if not limit:
            return self._ask(self._body | {"size": 0}), []
        size = min(limit + 1, WINDOW)
        first = self._ask({**self._body, "size": size, "search_after": place.after})
        return first, self._enough(hits_of(first), limit + 1, WINDOW)

    def _walked(self, body: dict[str, Any], offset: int, wanted: int) -> Hits:
        """Hits from a number on that lies too deep to be asked for: from hit to hit."""
        body = {name: value for name, value in body.items() if name != "aggregations"}
        passed, last = 0, self._ask(body | {"size": WINDOW})
        while (hits := hits_of(last)) and passed + len(hits) <= offset:
            passed += len(hits)
            last = self._ask(body | {"size": WINDOW, "search_after": hits[-1]["sort"]})
        return self._enough(hits_of(last), wanted + offset - passed, WINDOW)[offset - passed :]

    def _enough(self, hits: Hits, wanted: int, asked: int) -> Hits:
        """Go on behind these hits, of which `asked` were asked for, until there are as many as wanted."""
        while hits and len(hits) < wanted and len(hits) >= asked:
            size = min(WINDOW, wanted - len(hits))
            found = hits_of(self._ask(self._rest | {"size": size, "search_after": hits[-1]["sort"]}))
            hits, asked = hits + found, len(hits) + size
        return hits

    def _page(self, first: Answer, hits: Hits, limit: int, skipped: Callable[[int], int]) -> HitPage:
        """`skipped`: how many hits were shown before these; in an order by date, those of the day it is asked for."""
        shown, following = hits[:limit], None
        if len(hits) > limit and limit:
            following = self._following(shown, skipped)
        return HitPage(shown, first, self._partial, following)

    def _following(self, shown: Hits, skipped: Callable[[int], int]) -> SearchAfter:
        after = shown[-1]["sort"]
        build = self._build if self._kept else None
        if not self._dated:
            return SearchAfter(skipped(0) + len(shown), None, after, build, self._kept)
        day = int(after[0])
        same = sum(1 for _ in takewhile(lambda found: found["sort"][0] == day, reversed(shown)))
        return SearchAfter(same + (skipped(day) if same == len(shown) else 0), day, after, build, self._kept)

    def _before(self, day: int) -> int:
        """How many hits come before a day in the order."""
        return total_of(self._ask(self._limited(day, included=False) | {"size": 0}))

    def _limited(self, day: int, *, included: bool) -> dict[str, Any]:
        """The body for hits from a day on, or for those before it in the order."""
        later = (self._sort is Sort.OLDEST) == included
        bound = ("g" if later else "l") + ("te" if included else "t")
        days = {"range": {day_field(self._sort): {bound: day}}}
        return self._rest | {"query": {"bool": {"must": [self._body["query"]], "filter": [days]}}}

    def _keep(self) -> str | None:
        """Have the state of the index kept; None when the cluster keeps too many already."""
        try:
            opened = self._client.open_point_in_time(
                index=self._build, keep_alive=KEPT_OPEN, preference=self._extra.get("preference")
            )
        except ApiError as error:
            if error.status_code in (400, 429):
                return None
            raise
        return str(opened["id"])

    def _ask(self, body: dict[str, Any]) -> Answer:
        if self._kept is None:
            found = self._client.search(index=self._build, **self._extra, **body)
        else:
            extra = {name: value for name, value in self._extra.items() if name != "preference"}
            found = self._client.search(pit={"id": self._kept, "keep_alive": KEPT_OPEN}, **extra, **body)
            self._kept = str(found["pit_id"])
        answer: Answer = found.body
        self._partial = self._partial or bool(answer["timed_out"] or answer["_shards"]["failed"])
        return answer


def total_of(answer: Answer) -> int:
    """How many hits there are in all."""
    return int(answer["hits"]["total"]["value"])


def hits_of(answer: Answer) -> Hits:
    """The hits of one answer."""
    found: Hits = answer["hits"]["hits"]
    return found

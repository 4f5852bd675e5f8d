"""The list of hits of one answer: its length, its pages, and which hits hold all words of the question.

One request; one more where it shows only then that few entries hold all words, and where a page by date goes on into
those that hold a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from elasticsearch import Elasticsearch

from indexer.index.conditions import Node, is_unscored
from indexer.index.contract import Hit, Match, Query, Sort
from indexer.index.elasticsearch.conditions import Condition, condition, filters
from indexer.index.elasticsearch.facets import aggregations
from indexer.index.elasticsearch.mapping import stored_of
from indexer.index.elasticsearch.pages import Answer, HitPage, HitPages, SearchAfter, order, total_of
from indexer.index.matching import Interpretation
from indexer.index.sections import ALL_WORDS, ListSection, chosen_match, ranked, sections
from indexer.index.stored_fields import hit

_TOTALS: Final = "totals"
"""The aggregation that counts, whatever section is asked for, who holds all words and who holds a part."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list; `answer` holds the facets' counts. `next` is where the next page begins."""

    hits: tuple[Hit, ...]
    total: int
    total_some: int
    match: Match
    answer: Answer
    partial: bool
    next: SearchAfter | None


class ClusterListing:
    """The list that a question means in one build."""

    def __init__(
        self,
        client: Elasticsearch,
        build: str,
        shards: int,
        extra: Mapping[str, Any],
        meant: Interpretation,
        query: Query,
    ) -> None:
        self._client = client
        self._build = build
        self._shards = shards
        self._extra = extra
        self._meant = meant
        self._query = query
        self._limits = filters(query.filter)

    def page(self, place: SearchAfter | None) -> ListPage:
        """The page that begins at a place, or at the query's offset."""
        if place is not None:
            return self._page(place.section.match, place)
        if self._query.match is Match.SOME and self._meant.some_words is not None:
            return self._page(Match.SOME, None)
        found = self._page(Match.ALL, None)
        match = chosen_match(self._query.match, found.total, found.total_some)
        return found if match is Match.ALL else self._page(match, None)

    def _page(self, match: Match, place: SearchAfter | None) -> ListPage:
        listed = sections(match, self._query.sort)
        first = listed.index(place.section) if place else 0
        page = self._ask(listed[first], place, self._query.offset, self._query.limit)
        total, total_some = self._totals(page.answer)
        hits, following, partial = self._hits(listed[first], page), page.next, page.partial
        if following is None and first + 1 < len(listed) and total_some:
            skip, left = (0 if place else max(self._query.offset - total, 0)), self._query.limit - len(hits)
            if hits and not left:
                following = SearchAfter(0, section=listed[first + 1])
            else:
                rest = self._ask(listed[first + 1], None, skip, left)
                hits, following, partial = (
                    hits + self._hits(listed[first + 1], rest),
                    rest.next,
                    partial or rest.partial,
                )
        return ListPage(tuple(hits), total, total_some, match, page.answer, partial, following)

    def _ask(self, section: ListSection, place: SearchAfter | None, offset: int, limit: int) -> HitPage:
        sort, unscored = self._query.sort, is_unscored(self._ranked(section))
        body = self._body(section, unscored)
        dated = sort is not Sort.RELEVANCE or unscored
        pages = HitPages(self._client, self._build, body, self._extra, sort, dated=dated)
        page = pages.from_place(place, limit) if place else pages.by_number(offset, limit)
        return replace(page, next=replace(page.next, section=section)) if page.next else page

    def _body(self, section: ListSection, unscored: bool) -> dict[str, Any]:
        """What to ask for a section. Facets are counted in the whole list that it is a piece of."""
        query, meant = self._query, self._meant
        own = {name: limit for name, limit in self._limits.items() if name in {facet.value for facet in query.facets}}
        others = [limit for name, limit in self._limits.items() if name not in own]
        behind = list(own.values())
        if section is ListSection.DATED_ALL:
            behind.append(condition(meant.all_words))
        elif section is ListSection.DATED_PART:
            behind.append({"bool": {"must_not": [condition(meant.all_words)]}})
        counts = aggregations(own, query.facets, query.facet_size, self._shards)
        if meant.some_words is not None:
            counts[_TOTALS] = self._counted(meant.all_words, meant.some_words)
        body = {
            "query": {"bool": {"must": [condition(self._ranked(section))], "filter": others}},
            "sort": order(query.sort, unscored),
            "source": ["stored"],
            "track_total_hits": True,
        }
        if behind:
            body["post_filter"] = {"bool": {"filter": behind}}
        if counts:
            body["aggregations"] = counts
        return body

    def _ranked(self, section: ListSection) -> Node:
        """Both sections by date ask for both, so that facets are counted in both; what is shown is filtered behind."""
        return ranked(ListSection.ALL if section is ListSection.ALL else ListSection.BOTH, self._meant)

    def _counted(self, *nodes: Node) -> Condition:
        asked = [{"bool": {"filter": [condition(node), *self._limits.values()]}} for node in nodes]
        counts = {_TOTALS: {"filters": {"keyed": False, "filters": asked}}}
        return {"global": {}, "aggregations": counts}

    def _totals(self, answer: Answer) -> tuple[int, int]:
        """How many hold all words, and how many further ones a part."""
        if self._meant.some_words is None:
            return total_of(answer), 0
        buckets = answer["aggregations"][_TOTALS][_TOTALS]["buckets"]
        all_words, some_words = (int(bucket["doc_count"]) for bucket in buckets)
        return all_words, some_words - all_words

    def _hits(self, section: ListSection, page: HitPage) -> list[Hit]:
        scored = self._query.sort is Sort.RELEVANCE and not is_unscored(self._ranked(section))
        return [
            hit(
                stored_of(found),
                float(found["sort"][0]) if scored else None,
                matches_all=section is ListSection.ALL or ALL_WORDS in found.get("matched_queries", ()),
            )
            for found in page.hits
        ]
